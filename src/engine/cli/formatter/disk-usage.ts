import type { BuildCacheRecord, ContainerSummary, DiskUsage, DiskUsageOf, ImageSummary } from '../../api-types/index.ts';
import { type Struct, struct } from '../template/index.ts';
import { CONTAINERS } from './containers.ts';
import { humanDuration } from './human.ts';
import { IMAGES, type ImageRow, imageRows } from './images.ts';
import { formatList, type ListFormat, rowStruct } from './list.ts';
import { truncateId } from './text.ts';
import { parseTimeNs } from './time.ts';
import { humanSize } from './units.ts';
import { VOLUMES } from './volumes.ts';

interface Row {
  readonly type: string;
  readonly usage: DiskUsageOf<unknown>;
}

/** The rows of `docker system df`. */
export const USAGE: ListFormat<Row> = {
  // Images come first, and so does their type in what is wrong with a template.
  type: '*formatter.diskUsageImagesContext',
  table: '{{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}',
  quiet: '{{.Type}}',
  heads: { Type: 'TYPE', TotalCount: 'TOTAL', Active: 'ACTIVE', Size: 'SIZE', Reclaimable: 'RECLAIMABLE' },
  columns: {
    Type: ({ type }) => type,
    TotalCount: ({ usage }) => String(usage.TotalCount ?? 0),
    Active: ({ usage }) => String(usage.ActiveCount ?? 0),
    Size: ({ usage }) => humanSize(usage.TotalSize ?? 0),
    Reclaimable: ({ usage, type }) => reclaimable(usage, type),
  },
};

function reclaimable({ TotalSize = 0, Reclaimable = 0 }: DiskUsageOf<unknown>, type: string): string {
  if (TotalSize <= 0 || type === 'Build Cache') return humanSize(Reclaimable);
  return `${humanSize(Reclaimable)} (${Math.trunc((Reclaimable * 100) / TotalSize)}%)`;
}

export const usageRows = (usage: DiskUsage): readonly Row[] => [
  { type: 'Images', usage: usage.ImageUsage ?? {} },
  { type: 'Containers', usage: usage.ContainerUsage ?? {} },
  { type: 'Local Volumes', usage: usage.VolumeUsage ?? {} },
  { type: 'Build Cache', usage: usage.BuildCacheUsage ?? {} },
];

interface Lists {
  readonly images: ListFormat<ImageRow>;
  readonly containers: ListFormat<ContainerSummary>;
  readonly cache: ListFormat<BuildCacheRecord>;
}

function lists(nowNs: bigint, truncate: boolean): Lists {
  const images = IMAGES({ nowNs, truncate, digests: false });
  const containers = CONTAINERS({ nowNs, truncate, size: true });
  const own = { ...containers.columns, Size: (row: ContainerSummary) => humanSize(row.SizeRw ?? 0, 3) };
  return {
    images: {
      ...images,
      table: '{{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}\t{{.SharedSize}}\t{{.UniqueSize}}\t{{.Containers}}',
    },
    containers: {
      ...containers,
      columns: own,
      table: '{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.LocalVolumes}}\t{{.Size}}\t{{.RunningFor}}\t{{.Status}}\t{{.Names}}',
    },
    cache: CACHE(nowNs, truncate),
  };
}

const DF_VOLUMES = { ...VOLUMES, table: '{{.Name}}\t{{.Links}}\t{{.Size}}' };

const CACHE = (nowNs: bigint, truncate: boolean): ListFormat<BuildCacheRecord> => ({
  type: '*formatter.buildCacheContext',
  table: '{{.ID}}\t{{.CacheType}}\t{{.Size}}\t{{.CreatedSince}}\t{{.LastUsedSince}}\t{{.UsageCount}}\t{{.Shared}}',
  quiet: '{{.ID}}',
  heads: {
    ID: 'CACHE ID',
    CacheType: 'CACHE TYPE',
    Size: 'SIZE',
    CreatedSince: 'CREATED',
    LastUsedSince: 'LAST USED',
    UsageCount: 'USAGE',
    Shared: 'SHARED',
  },
  columns: {
    ID: (row) => (truncate ? truncateId(row.ID) : row.ID) + (row.InUse ? '*' : ''),
    CacheType: (row) => row.Type,
    Size: (row) => humanSize(row.Size, 3),
    CreatedSince: (row) => `${humanDuration(Number(nowNs - parseTimeNs(row.CreatedAt)))} ago`,
    LastUsedSince: (row) => (row.LastUsedAt === null ? '' : `${humanDuration(Number(nowNs - parseTimeNs(row.LastUsedAt)))} ago`),
    UsageCount: (row) => String(row.UsageCount),
    Shared: (row) => String(row.Shared),
  },
});

/** Each image under the first of its names only. */
const firstRows = (images: readonly ImageSummary[]): readonly ImageRow[] =>
  images.flatMap((image) => imageRows([image], { digests: false }).slice(0, 1));

/** `docker system df -v`. */
export function showVerbose(usage: DiskUsage, nowNs: bigint): string {
  const { images, containers, cache } = lists(nowNs, true);
  return [
    `Images space usage:\n\n${formatList(images, '', firstRows(usage.ImageUsage?.Items ?? []))}`,
    `Containers space usage:\n\n${formatList(containers, '', usage.ContainerUsage?.Items ?? [])}`,
    `Local Volumes space usage:\n\n${formatList(DF_VOLUMES, '', usage.VolumeUsage?.Items ?? [])}`,
    `Build cache usage: ${humanSize(usage.BuildCacheUsage?.TotalSize ?? 0)}\n\n${formatList(cache, '', usage.BuildCacheUsage?.Items ?? [])}`,
  ].join('\n');
}

/** All lists in one document, for a template; ids are whole but in a table. */
export function verboseStruct(usage: DiskUsage, { nowNs, isTable }: { readonly nowNs: bigint; readonly isTable: boolean }): Struct {
  const { images, containers, cache } = lists(nowNs, isTable);
  return struct('*formatter.diskUsageContext', {
    Images: firstRows(usage.ImageUsage?.Items ?? []).map((row) => rowStruct(images, row)),
    Containers: (usage.ContainerUsage?.Items ?? []).map((row) => rowStruct(containers, row)),
    Volumes: (usage.VolumeUsage?.Items ?? []).map((row) => rowStruct(DF_VOLUMES, row)),
    BuildCache: (usage.BuildCacheUsage?.Items ?? []).map((row) => rowStruct(cache, row)),
  });
}
