/** `docker system df`. */
import type { BuildCacheRecord, ContainerSummary, DiskUsage, ImageSummary, Volume } from '../../api-types/index.ts';
import { chainIds } from '../../oci/layer.ts';
import { list as listContainers } from '../containers/list.ts';
import type { Daemon } from '../daemon.ts';
import { treeSize } from '../files.ts';
import { contentsOf, layerSizes, manifestsOf, readManifest } from '../images/image.ts';
import { list as listImages } from '../images/list.ts';
import { usersByManifest } from '../images/users.ts';

export interface DiskUsageOptions {
  /** `image`, `container`, `volume`, `build-cache`; none: all. */
  readonly types: readonly string[];
  readonly verbose: boolean;
  /** The build cache, which is read by whoever knows builders. */
  readonly buildCache: readonly BuildCacheRecord[];
}

export function diskUsage(daemon: Daemon, { types, verbose, buildCache }: DiskUsageOptions): DiskUsage {
  const wants = (type: string): boolean => types.length === 0 || types.includes(type);
  const images = wants('image') ? usedImages(daemon) : undefined;
  const containers = wants('container')
    ? listContainers(daemon, { all: true, size: true }).map(({ ImageManifestDescriptor: _omitted, ...rest }) => rest)
    : undefined;
  const volumes = wants('volume') ? usedVolumes(daemon) : undefined;
  return {
    ...(images && !verbose ? { LayersSize: layersSize(daemon), Images: images } : {}),
    ...(containers && !verbose ? { Containers: containers } : {}),
    ...(volumes && !verbose ? { Volumes: volumes } : {}),
    ...(verbose || !wants('build-cache') ? {} : { BuildCache: buildCache }),
    ...(images ? { ImageUsage: imageUsage(daemon, images) } : {}),
    ...(containers ? { ContainerUsage: containerUsage(containers) } : {}),
    ...(volumes ? { VolumeUsage: volumeUsage(volumes) } : {}),
    ...(wants('build-cache') ? { BuildCacheUsage: buildCacheUsage(buildCache) } : {}),
  };
}

/** Go leaves out what is 0. */
const set = <T extends object>(usage: T): Partial<T> =>
  Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== 0)) as Partial<T>;

function usedImages(daemon: Daemon): readonly ImageSummary[] {
  const images = listImages(daemon.images, { users: usersByManifest(daemon) });
  const parts = images.map(({ Id }) => partsOf(daemon, Id));
  const owners = new Map<string, number>();
  for (const part of parts) for (const key of part.keys()) owners.set(key, (owners.get(key) ?? 0) + 1);
  return images.map((image, i) => ({
    ...image,
    SharedSize: [...(parts[i] ?? [])].filter(([key]) => (owners.get(key) ?? 0) > 1).reduce((sum, [, size]) => sum + size, 0),
  }));
}

/** What an image takes: its unpacked layers and the contents that are here, each by its digest. */
function partsOf({ images }: Daemon, id: string): ReadonlyMap<string, number> {
  const target = images.targets().find(({ digest }) => digest === id);
  const parts = new Map<string, number>();
  for (const descriptor of target ? manifestsOf(images, target) : []) {
    for (const [digest, size] of contentsOf(images, descriptor)) parts.set(digest, size);
    const image = readManifest(images, descriptor);
    const sizes = image ? layerSizes(images, image) : [];
    const keys = chainIds((image?.config.rootfs.diff_ids ?? []) as Parameters<typeof chainIds>[0]);
    for (const [i, key] of keys.entries()) parts.set(`layer ${key}`, sizes[i] ?? 0);
  }
  return parts;
}

/** Every layer and every content once. */
export function layersSize(daemon: Daemon): number {
  const { content } = daemon.images;
  const all = new Map<string, number>(content.digests().map((digest) => [digest, content.sizeOf(digest)]));
  for (const { digest } of daemon.images.targets()) for (const [part, size] of partsOf(daemon, digest)) all.set(part, size);
  return [...all.values()].reduce((sum, size) => sum + size, 0);
}

function imageUsage(daemon: Daemon, images: readonly ImageSummary[]): DiskUsage['ImageUsage'] {
  const idle = images.filter(({ Containers }) => Containers === 0);
  return set({
    ActiveCount: images.length - idle.length,
    TotalCount: images.length,
    TotalSize: layersSize(daemon),
    Reclaimable: idle.reduce((sum, { Size, SharedSize }) => sum + Size - SharedSize, 0),
    Items: images,
  });
}

function containerUsage(containers: readonly ContainerSummary[]): DiskUsage['ContainerUsage'] {
  const isActive = ({ State }: ContainerSummary): boolean => ['running', 'paused', 'restarting'].includes(State);
  const sizeOf = (some: readonly ContainerSummary[]): number => some.reduce((sum, { SizeRw = 0 }) => sum + SizeRw, 0);
  const idle = containers.filter((container) => !isActive(container));
  return set({
    ActiveCount: containers.length - idle.length,
    TotalCount: containers.length,
    TotalSize: sizeOf(containers),
    Reclaimable: sizeOf(idle),
    Items: containers,
  });
}

function usedVolumes(daemon: Daemon): readonly Volume[] {
  return daemon.volumes.all().map((record) => ({
    ...daemon.volumes.inspect(record),
    UsageData: {
      RefCount: daemon.containers.all().filter(({ mounts }) => mounts.some(({ Name }) => Name === record.name)).length,
      Size: treeSize(daemon.sys, daemon.volumes.directory(record.name)).sizeBytes,
    },
  }));
}

function volumeUsage(volumes: readonly Volume[]): DiskUsage['VolumeUsage'] {
  const active = volumes.filter(({ UsageData }) => (UsageData?.RefCount ?? 0) > 0);
  const sizeOf = (some: readonly Volume[]): number => some.reduce((sum, { UsageData }) => sum + (UsageData?.Size ?? 0), 0);
  return set({
    ActiveCount: active.length,
    TotalCount: volumes.length,
    TotalSize: sizeOf(volumes),
    Reclaimable: sizeOf(volumes) - sizeOf(active),
    Items: volumes,
  });
}

/** What an image has too is not given back by forgetting it here. */
function buildCacheUsage(records: readonly BuildCacheRecord[]): DiskUsage['BuildCacheUsage'] {
  if (records.length === 0) return {};
  const sizeOf = (some: readonly BuildCacheRecord[]): number => some.reduce((sum, { Size }) => sum + Size, 0);
  return set({
    ActiveCount: records.filter(({ InUse }) => InUse).length,
    TotalCount: records.length,
    TotalSize: sizeOf(records.filter(({ Shared }) => !Shared)),
    Reclaimable: sizeOf(records.filter(({ InUse, Shared }) => !InUse && !Shared)),
    Items: records,
  });
}
