/**
 * Containers' control groups: directories whose files are limits and accounts. The kernel has one of two versions of them; what dockerd
 * wants of either is `Cgroups`. Here is version 2 (runc libcontainer/cgroups/fs2), in `cgroup-v1.ts` the older one.
 */
import type { CpuStats, HostConfig, Resources, StatsResponse } from '../../api-types/index.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import { exists, isDirectory, mkdirAll, namesIn, readTextIfThere, writeText } from '../files.ts';
import { RuntimeError } from './become.ts';
import type { ContainerMount } from './spec.ts';

export const CGROUP_ROOT = '/sys/fs/cgroup';
export const CPU_PERIOD_US = 100_000;
const MICROSECOND_NS = 1000;
export const CGROUP_FLAGS = ['nosuid', 'nodev', 'noexec', 'relatime'];

/** Of a CPU account, what the groups know. */
export type CgroupCpu = Pick<CpuStats, 'cpu_usage' | 'throttling_data'>;
type NamespaceMode = 'private' | 'host';

/** The files of one group. */
export interface CgroupFiles {
  /** A file with one number; undefined for `max` and for a file that is not there. */
  number(file: string): number | undefined;
  /** A file of `key value` lines. */
  keyed(file: string): ReadonlyMap<string, number>;
  /** Nothing, if the file is not there. Throws RuntimeError. */
  write(file: string, value: string | number): void;
}

/** How one version's files are called, and what stands in them. */
export interface CgroupVersion {
  readonly version: 1 | 2;
  /** Where the hierarchy is mounted. */
  readonly root: string;
  /** The way to a file by its controller's own name, if it has one. */
  rootFor?(file: string): string;
  /** What this version lets one ask of a container. */
  readonly can: { readonly disableOomKill: boolean; readonly swappiness: boolean; readonly weighBlockIo: boolean };
  /** Writes what is limited; what is not stays as it is. */
  apply(files: CgroupFiles, resources: Resources): void;
  freeze(files: CgroupFiles, on: boolean): void;
  /** How many processes were killed for want of memory. */
  oomKills(files: CgroupFiles): number;
  cpuOf(files: CgroupFiles): CgroupCpu;
  memoryOf(files: CgroupFiles): StatsResponse['memory_stats'];
  /** What a container sees of it all. */
  mounts(readOnly: boolean): readonly ContainerMount[];
}

/** Paths of groups begin at the root of the hierarchy: `/docker/ID`. */
export class Cgroups {
  readonly kind: CgroupVersion;
  /** Who makes the groups: dockerd itself, or systemd, which has its own names for them. */
  readonly driver: 'cgroupfs' | 'systemd';
  /** Of containers that ask for no other (`dockerd --default-cgroupns-mode`). */
  readonly namespaceMode: NamespaceMode;
  readonly #sys: Sys;

  constructor(
    sys: Sys,
    { kind = UNIFIED, namespaceMode }: { readonly kind?: CgroupVersion; readonly namespaceMode?: NamespaceMode | undefined } = {},
  ) {
    this.#sys = sys;
    this.kind = kind;
    this.driver = kind.version === 2 && exists(sys, '/run/systemd/system') ? 'systemd' : 'cgroupfs';
    this.namespaceMode = namespaceMode ?? (kind.version === 2 ? 'private' : 'host');
  }

  get version(): 1 | 2 {
    return this.kind.version;
  }

  get can(): CgroupVersion['can'] {
    return this.kind.can;
  }

  /** What a container has that asks for nothing. */
  get defaults(): Pick<HostConfig, 'CgroupnsMode' | 'OomKillDisable'> {
    return { CgroupnsMode: this.namespaceMode, OomKillDisable: this.can.disableOomKill ? false : null };
  }

  of({ id, hostConfig }: { readonly id: string; readonly hostConfig: Pick<HostConfig, 'CgroupParent'> }): string {
    return this.pathOf(id, hostConfig.CgroupParent);
  }

  /** The group of a container; below `parent`, unless that is ''. */
  pathOf(id: string, parent: string): string {
    if (this.driver === 'systemd') return `${sliceAt(parent || 'system.slice')}/docker-${id}.scope`;
    return `${parent === '' ? '/docker' : parent.startsWith('/') ? parent : `/${parent}`}/${id}`;
  }

  /** The ids in the names of groups that stand where containers' groups do. */
  ids(): readonly string[] {
    const parent = this.pathOf('', '').replace(/\/[^/]*$/, '');
    return namesIn(this.#sys, `${this.kind.root}${parent}`).flatMap((name) => idIn(name) ?? []);
  }

  /** Throws RuntimeError. */
  create(path: string, resources: Resources): void {
    mkdirAll(this.#sys, `${this.kind.root}${path}`);
    this.apply(path, resources);
  }

  /** Throws RuntimeError. */
  apply(path: string, resources: Resources): void {
    this.kind.apply(this.files(path), resources);
  }

  freeze(path: string, on: boolean): void {
    this.kind.freeze(this.files(path), on);
  }

  wasOomKilled(path: string): boolean {
    return this.kind.oomKills(this.files(path)) > 0;
  }

  /** Takes the group away, if nothing is in it any more. */
  remove(path: string): void {
    const sys = this.#sys;
    const at = `${this.kind.root}${path}`;
    if (!isDirectory(sys, at)) return;
    try {
      for (const name of namesIn(sys, at)) if (isDirectory(sys, `${at}/${name}`)) this.remove(`${path}/${name}`);
      sys.path.rmdir(at);
    } catch (error) {
      if (!isErrno(error, 'EBUSY', 'ENOTEMPTY')) throw error;
    }
  }

  /** Host pids of everything in the group. */
  members(path: string): readonly number[] {
    return linesOf(this.#sys, `${this.kind.root}${path}/cgroup.procs`).map(Number);
  }

  files(path: string): CgroupFiles {
    return filesAt(this.#sys, (file) => `${this.kind.rootFor?.(file) ?? this.kind.root}${path}/${file}`);
  }
}

const linesOf = (sys: Sys, path: string): readonly string[] => (readTextIfThere(sys, path) ?? '').split('\n').filter((line) => line !== '');

const filesAt = (sys: Sys, placeOf: (file: string) => string): CgroupFiles => ({
  number: (file) => {
    const text = (readTextIfThere(sys, placeOf(file)) ?? '').trim();
    return /^\d+$/.test(text) ? Number(text) : undefined;
  },
  keyed: (file) => {
    const lines = linesOf(sys, placeOf(file));
    return new Map(lines.map((line) => line.split(' ')).map(([key = '', value = '0']) => [key, Number(value)]));
  },
  write: (file, value) => {
    const whole = placeOf(file);
    if (!exists(sys, whole)) return;
    try {
      writeText(sys, whole, String(value));
    } catch (error) {
      if (!isErrno(error)) throw error;
      throw new RuntimeError(`failed to write "${value}": write ${whole}: ${error.message.toLowerCase()}`);
    }
  },
});

/** `memory.stat`, as the API has it. */
export const sortedStat = (files: CgroupFiles): Readonly<Record<string, number>> =>
  Object.fromEntries([...files.keyed('memory.stat')].sort(([a], [b]) => (a < b ? -1 : 1)));

/** What a request for a container is held against. */
export type CgroupSupport = Pick<Cgroups, 'version' | 'driver' | 'namespaceMode' | 'can' | 'defaults'>;

/** The id of the container whose group is called that. */
export const idIn = (group: string): string | undefined => /^(?:docker-)?([0-9a-f]{64})(?:\.scope)?$/.exec(group)?.[1];

/** A slice's place: each dash in its name is a step down (systemd.slice(5)). */
function sliceAt(name: string): string {
  const parts = name.replace(/\.slice$/, '').split('-');
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('-')}.slice`).join('');
}

/** Version 2: one hierarchy of all controllers. */
const UNIFIED: CgroupVersion = {
  version: 2,
  root: CGROUP_ROOT,
  can: { disableOomKill: false, swappiness: false, weighBlockIo: true },
  apply: ({ write }, resources) => {
    const { Memory, MemorySwap, MemoryReservation, NanoCpus, CpuQuota, CpuPeriod, CpuShares, CpusetCpus, PidsLimit, BlkioWeight } =
      resources;
    if (MemorySwap > 0 && MemorySwap < Memory) throw new RuntimeError('memory+swap limit should be >= memory limit');
    if (Memory > 0) write('memory.max', Memory);
    if (MemorySwap === -1) write('memory.swap.max', 'max');
    else if (MemorySwap > 0) write('memory.swap.max', Math.max(0, MemorySwap - Memory));
    if (MemoryReservation > 0) write('memory.low', MemoryReservation);
    if (NanoCpus > 0) write('cpu.max', `${Math.round((NanoCpus / 1e9) * CPU_PERIOD_US)} ${CPU_PERIOD_US}`);
    else if (CpuQuota > 0) write('cpu.max', `${CpuQuota} ${CpuPeriod || CPU_PERIOD_US}`);
    if (CpuShares > 0) write('cpu.weight', Math.round(1 + ((CpuShares - 2) * 9999) / 262_142));
    if (CpusetCpus !== '') write('cpuset.cpus', CpusetCpus);
    if (PidsLimit) write('pids.max', PidsLimit > 0 ? PidsLimit : 'max');
    if (BlkioWeight > 0) write('io.weight', `default ${1 + Math.floor(((BlkioWeight - 10) * 9999) / 990)}`);
  },
  freeze: (files, on) => files.write('cgroup.freeze', Number(on)),
  oomKills: (files) => files.keyed('memory.events').get('oom_kill') ?? 0,
  cpuOf: (files) => {
    const stat = files.keyed('cpu.stat');
    const of = (key: string): number => stat.get(key) ?? 0;
    return {
      cpu_usage: {
        total_usage: of('usage_usec') * MICROSECOND_NS,
        usage_in_kernelmode: of('system_usec') * MICROSECOND_NS,
        usage_in_usermode: of('user_usec') * MICROSECOND_NS,
      },
      throttling_data: {
        periods: of('nr_periods'),
        throttled_periods: of('nr_throttled'),
        throttled_time: of('throttled_usec') * MICROSECOND_NS,
      },
    };
  },
  memoryOf: (files) => {
    const limit = files.number('memory.max');
    return { usage: files.number('memory.current') ?? 0, stats: sortedStat(files), ...(limit === undefined ? {} : { limit }) };
  },
  mounts: (readOnly) => [{ type: 'cgroup2', source: 'cgroup', target: CGROUP_ROOT, flags: CGROUP_FLAGS, readOnly, place: 'directory' }],
};

/** Those of the host; how its older ones work is fetched where it has them. */
export async function cgroupsOf(sys: Sys, mode?: string): Promise<Cgroups> {
  const namespaceMode = mode === 'private' || mode === 'host' ? mode : undefined;
  if (exists(sys, `${CGROUP_ROOT}/cgroup.controllers`)) return new Cgroups(sys, { namespaceMode });
  const { cgroupV1 } = await sys.stall(() => import('./cgroup-v1.ts'));
  return new Cgroups(sys, { kind: cgroupV1(sys), namespaceMode });
}
