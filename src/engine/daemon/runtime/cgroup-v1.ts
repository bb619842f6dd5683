/** Control groups of version 1, their controllers mounted as one hierarchy. Upstream: runc libcontainer/cgroups/fs, moby daemon/stats_unix.go. */
import type { Resources } from '../../api-types/index.ts';
import type { Sys } from '../../kernel/sys.ts';
import { readText } from '../files.ts';
import { RuntimeError } from './become.ts';
import { CGROUP_FLAGS, CGROUP_ROOT, type CgroupCpu, type CgroupFiles, type CgroupVersion, CPU_PERIOD_US, sortedStat } from './cgroup.ts';
import type { ContainerMount } from './spec.ts';

const TICK_NS = 10_000_000;

/** The version as this host has it: where the hierarchy is, `/proc/self/cgroup` says (`1:cpu,memory:/`). */
export function cgroupV1(sys: Sys): CgroupVersion {
  const controllers = readText(sys, '/proc/self/cgroup').split(':')[1] ?? '';
  return {
    version: 1,
    root: `${CGROUP_ROOT}/${controllers}`,
    rootFor: (file) => `${CGROUP_ROOT}/${file.replace(/\..*/, '')}`,
    can: { disableOomKill: true, swappiness: true, weighBlockIo: false },
    apply,
    freeze: (files, on) => files.write('freezer.state', on ? 'FROZEN' : 'THAWED'),
    oomKills: (files) => files.keyed('memory.oom_control').get('oom_kill') ?? 0,
    cpuOf,
    memoryOf: (files) => ({
      usage: files.number('memory.usage_in_bytes') ?? 0,
      max_usage: files.number('memory.max_usage_in_bytes') ?? 0,
      stats: sortedStat(files),
      limit: files.number('memory.limit_in_bytes') ?? 0,
    }),
    mounts: (readOnly) => mounts(controllers, readOnly),
  };
}

function apply(files: CgroupFiles, resources: Resources): void {
  const { write } = files;
  const { MemoryReservation, MemorySwappiness, OomKillDisable, CpuShares, CpusetCpus, CpusetMems, PidsLimit } = resources;
  limitMemory(files, resources);
  if (MemoryReservation > 0) write('memory.soft_limit_in_bytes', MemoryReservation);
  if (typeof MemorySwappiness === 'number' && MemorySwappiness >= 0) write('memory.swappiness', MemorySwappiness);
  if (OomKillDisable) write('memory.oom_control', 1);
  limitCpu(files, resources);
  if (CpuShares === 1) throw new RuntimeError('the minimum allowed cpu-shares is 2');
  if (CpuShares > 0) write('cpu.shares', CpuShares);
  if (CpusetCpus !== '') write('cpuset.cpus', CpusetCpus);
  if (CpusetMems !== '') write('cpuset.mems', CpusetMems);
  if (PidsLimit) write('pids.max', PidsLimit > 0 ? PidsLimit : 'max');
}

/** Memory alone is never more than memory and swap together: which of the two is written first depends on which way it goes. */
function limitMemory({ number, write }: CgroupFiles, { Memory, MemorySwap }: Resources): void {
  const limits: [string, number][] = [];
  if (Memory > 0) limits.push(['memory.limit_in_bytes', Memory]);
  if (MemorySwap !== 0) limits.push(['memory.memsw.limit_in_bytes', MemorySwap]);
  const isRaised = MemorySwap === -1 || MemorySwap > (number('memory.memsw.limit_in_bytes') ?? 0);
  for (const [file, value] of isRaised ? limits.reverse() : limits) write(file, value);
}

function limitCpu({ write }: CgroupFiles, { NanoCpus, CpuQuota, CpuPeriod }: Resources): void {
  const periodUs = NanoCpus > 0 ? CPU_PERIOD_US : CpuPeriod;
  const quotaUs = NanoCpus > 0 ? Math.round((NanoCpus / 1e9) * CPU_PERIOD_US) : CpuQuota;
  if (periodUs > 0) write('cpu.cfs_period_us', periodUs);
  if (quotaUs !== 0) write('cpu.cfs_quota_us', quotaUs);
}

function cpuOf({ number, keyed }: CgroupFiles): CgroupCpu {
  const [ticks, stat] = [keyed('cpuacct.stat'), keyed('cpu.stat')];
  return {
    cpu_usage: {
      total_usage: number('cpuacct.usage') ?? 0,
      usage_in_kernelmode: (ticks.get('system') ?? 0) * TICK_NS,
      usage_in_usermode: (ticks.get('user') ?? 0) * TICK_NS,
    },
    throttling_data: {
      periods: stat.get('nr_periods') ?? 0,
      throttled_periods: stat.get('nr_throttled') ?? 0,
      throttled_time: stat.get('throttled_time') ?? 0,
    },
  };
}

/** A memory of its own, in it the hierarchy, and beside that each controller's name. */
function mounts(controllers: string, readOnly: boolean): readonly ContainerMount[] {
  const [flags, place] = [CGROUP_FLAGS, 'directory'] as const;
  const hierarchy: ContainerMount = {
    ...{ type: 'cgroup', source: 'cgroup', target: `${CGROUP_ROOT}/${controllers}`, flags, data: controllers, readOnly, place },
    links: controllers.split(','),
  };
  return [
    { type: 'tmpfs', source: 'tmpfs', target: CGROUP_ROOT, flags, data: 'mode=755', place },
    hierarchy,
    ...(readOnly ? [{ type: 'none', source: CGROUP_ROOT, target: CGROUP_ROOT, bind: true, remount: true, readOnly, place } as const] : []),
  ];
}
