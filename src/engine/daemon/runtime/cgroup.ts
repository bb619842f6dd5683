/** A container's control group: a directory below /sys/fs/cgroup/docker, whose files are its limits and its accounts. */
import type { Resources } from '../../api-types/index.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import { exists, isDirectory, mkdirAll, namesIn, readTextIfThere, writeText } from '../files.ts';
import { RuntimeError } from './become.ts';

const ROOT = '/sys/fs/cgroup';
const CPU_PERIOD_US = 100_000;

export const cgroupPath = (id: string, parent: string): string =>
  `${parent === '' ? '/docker' : parent.startsWith('/') ? parent : `/${parent}`}/${id}`;

export function createCgroup(sys: Sys, path: string, resources: Resources): void {
  mkdirAll(sys, `${ROOT}${path}`);
  applyLimits(sys, path, resources);
}

/** Writes what is limited; what is not stays as it is. Upstream: runc libcontainer/cgroups/fs2. */
export function applyLimits(sys: Sys, path: string, resources: Resources): void {
  const write = (file: string, value: string): void => {
    const whole = `${ROOT}${path}/${file}`;
    if (!exists(sys, whole)) return;
    try {
      writeText(sys, whole, value);
    } catch (error) {
      if (!isErrno(error)) throw error;
      throw new RuntimeError(`failed to write "${value}": write ${whole}: ${error.message.toLowerCase()}`);
    }
  };
  const { Memory, MemorySwap, MemoryReservation, NanoCpus, CpuQuota, CpuPeriod, CpuShares, CpusetCpus, PidsLimit } = resources;
  if (Memory > 0) write('memory.max', String(Memory));
  if (MemorySwap === -1) write('memory.swap.max', 'max');
  else if (MemorySwap > 0) write('memory.swap.max', String(Math.max(0, MemorySwap - Memory)));
  if (MemoryReservation > 0) write('memory.low', String(MemoryReservation));
  if (NanoCpus > 0) write('cpu.max', `${Math.round((NanoCpus / 1e9) * CPU_PERIOD_US)} ${CPU_PERIOD_US}`);
  else if (CpuQuota > 0) write('cpu.max', `${CpuQuota} ${CpuPeriod || CPU_PERIOD_US}`);
  if (CpuShares > 0) write('cpu.weight', String(Math.round(1 + ((CpuShares - 2) * 9999) / 262_142)));
  if (CpusetCpus !== '') write('cpuset.cpus', CpusetCpus);
  if (PidsLimit !== null && PidsLimit !== undefined && PidsLimit !== 0) write('pids.max', PidsLimit > 0 ? String(PidsLimit) : 'max');
}

export const freeze = (sys: Sys, path: string, on: boolean): void => writeText(sys, `${ROOT}${path}/cgroup.freeze`, on ? '1' : '0');

/** A file of `key value` lines. */
export function readKeyed(sys: Sys, path: string, file: string): ReadonlyMap<string, number> {
  const lines = (readTextIfThere(sys, `${ROOT}${path}/${file}`) ?? '').split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => line.split(' ')).map(([key = '', value = '0']) => [key, Number(value)]));
}

/** A file with one number; undefined for `max` and for a file that is not there. */
export function readNumber(sys: Sys, path: string, file: string): number | undefined {
  const text = readTextIfThere(sys, `${ROOT}${path}/${file}`)?.trim();
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text);
}

/** Host pids of everything in the group. */
export const processesIn = (sys: Sys, path: string): readonly number[] =>
  (readTextIfThere(sys, `${ROOT}${path}/cgroup.procs`) ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map(Number);

export const wasOomKilled = (sys: Sys, path: string): boolean => (readKeyed(sys, path, 'memory.events').get('oom_kill') ?? 0) > 0;

/** Takes the group away, if nothing is in it any more. */
export function removeCgroup(sys: Sys, path: string): void {
  const at = `${ROOT}${path}`;
  if (!isDirectory(sys, at)) return;
  try {
    for (const name of namesIn(sys, at)) if (isDirectory(sys, `${at}/${name}`)) removeCgroup(sys, `${path}/${name}`);
    sys.path.rmdir(at);
  } catch (error) {
    if (!isErrno(error, 'EBUSY', 'ENOTEMPTY')) throw error;
  }
}
