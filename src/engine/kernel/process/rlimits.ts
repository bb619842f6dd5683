/** Resource limits (getrlimit(2)): what a process starts with, and how /proc/PID/limits calls them. */
import type { Rlimit, RlimitName } from '../sys.ts';
import type { Process } from './process.ts';
import type { KernelState } from './state.ts';

const UNLIMITED = Number.POSITIVE_INFINITY;
const limit = (soft: number, hard: number = soft): Rlimit => ({ soft, hard });

/** The first process's limits. */
export const DEFAULT_RLIMITS: Readonly<Record<RlimitName, Rlimit>> = {
  cpu: limit(UNLIMITED),
  fsize: limit(UNLIMITED),
  data: limit(UNLIMITED),
  stack: limit(8_388_608, UNLIMITED),
  core: limit(0, UNLIMITED),
  rss: limit(UNLIMITED),
  nproc: limit(UNLIMITED),
  nofile: limit(1024, 524_288),
  memlock: limit(8_388_608),
  as: limit(UNLIMITED),
  locks: limit(UNLIMITED),
  sigpending: limit(31_000),
  msgqueue: limit(819_200),
  nice: limit(0),
  rtprio: limit(0),
  rttime: limit(UNLIMITED),
};

/** In the order of /proc/PID/limits: name there, unit, and ours. */
export const RLIMIT_TABLE: readonly (readonly [string, string, RlimitName])[] = [
  ['Max cpu time', 'seconds', 'cpu'],
  ['Max file size', 'bytes', 'fsize'],
  ['Max data size', 'bytes', 'data'],
  ['Max stack size', 'bytes', 'stack'],
  ['Max core file size', 'bytes', 'core'],
  ['Max resident set', 'bytes', 'rss'],
  ['Max processes', 'processes', 'nproc'],
  ['Max open files', 'files', 'nofile'],
  ['Max locked memory', 'bytes', 'memlock'],
  ['Max address space', 'bytes', 'as'],
  ['Max file locks', 'locks', 'locks'],
  ['Max pending signals', 'signals', 'sigpending'],
  ['Max msgqueue size', 'bytes', 'msgqueue'],
  ['Max nice priority', '', 'nice'],
  ['Max realtime priority', '', 'rtprio'],
  ['Max realtime timeout', 'us', 'rttime'],
];

/** RLIMIT_CPU: a signal at the soft limit and at each second after it, the end at the hard one. Upstream: posix-cpu-timers.c. */
export function limitCpu({ signal }: KernelState, process: Process): void {
  const limit = process.rlimits.get('cpu');
  if (limit === undefined) return;
  const seconds = process.selfNs / 1e9;
  if (seconds >= limit.hard) signal(process, 'SIGKILL', null);
  else if (seconds >= limit.soft) {
    process.rlimits.set('cpu', { ...limit, soft: limit.soft + 1 });
    signal(process, 'SIGXCPU', null);
  }
}
