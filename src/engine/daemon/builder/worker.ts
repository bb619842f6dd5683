/** The builder inside of the daemon: what it says of itself, and how it keeps its cache in bounds. Upstream: moby daemon/internal/builder-next/worker. */
import type { BuilderInfo, GcRule } from '../../api-types/builder.ts';
import { digestOf } from '../../oci/digest.ts';
import { hostGateway } from '../containers/etc-files.ts';
import type { Daemon } from '../daemon.ts';
import { pruneCache } from './prune.ts';
import { cacheOf } from './solve/records.ts';

const VERSION = 'v0.32.2';
const GB = 1e9;
const PERCENT = { reserved: 10, mostUsed: 80, leastFree: 20 } as const;
/** What is made again without much ado may take this share of what is reserved, or 512 MB. */
const TEMPORARY_PERCENT = Math.E * Math.PI * ((1 + Math.sqrt(5)) / 2);
const LEAST_TEMPORARY_BYTES = 512e6;
const HOUR_NS = 3600e9;
const TEMPORARY = ['source.local', 'exec.cachemount', 'source.git.checkout'];
const ID_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 25;

/** The rules by which the cache is swept after a build, in their order. */
export function gcPolicy({ sys, root }: Pick<Daemon, 'sys' | 'root'>): readonly GcRule[] {
  const { totalBytes } = sys.path.statfs(root);
  const share = (percent: number): number => (Math.floor((totalBytes * percent) / 100 / 2 ** 30) + 1) * GB;
  const ReservedSpace = share(PERCENT.reserved);
  const cap = { ReservedSpace, MaxUsedSpace: share(PERCENT.mostUsed), MinFreeSpace: share(PERCENT.leastFree) };
  const temporary = Math.max(LEAST_TEMPORARY_BYTES, Math.round((ReservedSpace / 100) * TEMPORARY_PERCENT));
  return [
    { All: false, Types: TEMPORARY, KeepDuration: 48 * HOUR_NS, ReservedSpace: 0, MaxUsedSpace: temporary, MinFreeSpace: 0 },
    { All: false, Types: [], KeepDuration: 60 * 24 * HOUR_NS, ...cap },
    { All: false, Types: [], KeepDuration: 0, ...cap },
    { All: true, Types: [], KeepDuration: 0, ...cap },
  ];
}

/** How much of the cache may stay: as much as there may be, less what the disk lacks, but what is reserved in any case. 0: no such cap. */
export function keptBytes(
  { ReservedSpace, MaxUsedSpace, MinFreeSpace }: Pick<GcRule, 'ReservedSpace' | 'MaxUsedSpace' | 'MinFreeSpace'>,
  { usedBytes, freeBytes }: { readonly usedBytes: number; readonly freeBytes: number },
): number {
  const missing = MinFreeSpace - freeBytes;
  const enough = MinFreeSpace > 0 ? usedBytes : 0;
  const most = MaxUsedSpace || (missing > 0 ? usedBytes : enough);
  return Math.max(ReservedSpace, missing > 0 ? Math.min(most, usedBytes - missing) : most);
}

const usedBytes = (daemon: Daemon): number =>
  cacheOf(daemon)
    .all()
    .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

/** How much may stay by these limits, on this disk as it is. */
export const keptNow = (daemon: Daemon, limits: Parameters<typeof keptBytes>[0]): number =>
  keptBytes(limits, { usedBytes: usedBytes(daemon), freeBytes: daemon.sys.path.statfs(daemon.root).freeBytes });

/** Removes what the rules no longer keep. */
export function collectGarbage(daemon: Daemon): void {
  const used = usedBytes(daemon);
  const { freeBytes } = daemon.sys.path.statfs(daemon.root);
  for (const rule of gcPolicy(daemon)) {
    const { All, Types, KeepDuration } = rule;
    const keepBytes = keptBytes(rule, { usedBytes: used, freeBytes });
    if (used <= keepBytes) continue;
    const filters = new Map<string, readonly string[]>([
      ...(Types.length > 0 ? [['type', Types] as const] : []),
      ...(KeepDuration > 0 ? [['unused-for', [`${KeepDuration / HOUR_NS}h`]] as const] : []),
    ]);
    pruneCache(daemon, { all: All, filters, keepBytes });
  }
}

/** The same for as long as the engine keeps its own id. */
export function builderInfo(daemon: Daemon): BuilderInfo {
  const hex = digestOf(new TextEncoder().encode(`builder of ${daemon.id}`)).slice(7);
  const letters = hex.match(/../g) ?? [];
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
  const label = (name: string): string => `org.mobyproject.buildkit.worker.${name}`;
  return {
    ID: letters
      .slice(0, ID_LENGTH)
      .map((pair) => ID_LETTERS[Number.parseInt(pair, 16) % ID_LETTERS.length])
      .join(''),
    Version: VERSION,
    Platforms: ['linux/amd64', 'linux/amd64/v2', 'linux/amd64/v3', 'linux/amd64/v4'],
    Labels: {
      [label('containerd.namespace')]: 'moby',
      [label('containerd.uuid')]: uuid,
      [label('executor')]: 'containerd',
      [label('hostname')]: daemon.sys.hostname(),
      [label('moby.host-gateway-ip')]: hostGateway(daemon),
      [label('network')]: 'host',
      [label('selinux.enabled')]: 'false',
      [label('snapshotter')]: 'overlayfs',
    },
    GCPolicy: gcPolicy(daemon),
  };
}
