/** `docker system df`. */
import type { BuildCacheRecord, ContainerSummary, DiskUsage, ImageSummary, Volume } from '../../api-types/index.ts';
import { imageUsers } from '../containers/held.ts';
import { list as listContainers } from '../containers/list.ts';
import type { Daemon } from '../daemon.ts';
import { treeSize } from '../files.ts';
import { chooseManifest, layerSizes } from '../images/image.ts';
import { list as listImages } from '../images/list.ts';

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

const usersOf = (daemon: Daemon, id: string): number => imageUsers(daemon).filter(({ imageId }) => imageId === id).length;

function usedImages(daemon: Daemon): readonly ImageSummary[] {
  return listImages(daemon.images, { all: true }).map((image) => ({
    ...image,
    Containers: usersOf(daemon, image.Id),
    SharedSize: sharedSize(daemon, image),
  }));
}

/** What its layers have in common with other images. */
function sharedSize(daemon: Daemon, { Id }: ImageSummary): number {
  const layersOf = (digest: string): ReadonlyMap<string, number> => {
    const target = daemon.images.targets().find((one) => one.digest === digest);
    const image = target && chooseManifest(daemon.images, target);
    const sizes = image ? layerSizes(daemon.images, image) : [];
    return new Map((image?.config.rootfs.diff_ids ?? []).map((id, i) => [id, sizes[i] ?? 0]));
  };
  const others = new Set(
    daemon.images
      .targets()
      .filter(({ digest }) => digest !== Id)
      .flatMap(({ digest }) => [...layersOf(digest).keys()]),
  );
  return [...layersOf(Id)].filter(([id]) => others.has(id)).reduce((sum, [, size]) => sum + size, 0);
}

/** Every layer and every content once. */
function layersSize({ images }: Daemon): number {
  const unpacked = images.snapshots
    .keys()
    .filter((key) => key.startsWith('sha256:'))
    .reduce((sum, key) => sum + images.snapshots.sizeOf(key), 0);
  return unpacked + images.content.digests().reduce((sum, digest) => sum + images.content.sizeOf(digest), 0);
}

function imageUsage(daemon: Daemon, images: readonly ImageSummary[]): DiskUsage['ImageUsage'] {
  const active = images.filter(({ Containers }) => Containers > 0);
  const total = layersSize(daemon);
  const used = active.reduce((sum, { Size }) => sum + Size, 0);
  return set({
    ActiveCount: active.length,
    TotalCount: images.length,
    TotalSize: total,
    Reclaimable: Math.max(0, total - used),
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
