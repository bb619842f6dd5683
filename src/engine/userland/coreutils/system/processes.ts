/** The processes that /proc shows to whoever asks: what `ps`, `top`, `pgrep`, `kill` and their like are made of. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { decode } from '../../program-io.ts';

export interface ProcessRow {
  readonly pid: number;
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  readonly name: string;
  readonly state: string;
  readonly argv: readonly string[];
  readonly uid: number;
  readonly euid: number;
  readonly gid: number;
  readonly ttyDevice: number;
  readonly tpgid: number;
  readonly niceness: number;
  readonly threads: number;
  readonly cpuTicks: number;
  readonly startTicks: number;
  readonly vszBytes: number;
  readonly rssBytes: number;
  readonly namespaces: () => string;
}

export const TICKS_PER_S = 100;
const PAGE_BYTES = 4096;

export function readText(sys: Sys, path: string): string | undefined {
  try {
    return decode(sys.path.readFile(path));
  } catch (error) {
    // It may have ended while we looked.
    if (isErrno(error)) return undefined;
    throw error;
  }
}

/** Everybody, by ascending pid. */
export function processes(sys: Sys): readonly ProcessRow[] {
  return pids(sys).flatMap((pid) => readProcess(sys, pid) ?? []);
}

function pids(sys: Sys): readonly number[] {
  try {
    return sys.path
      .readdir('/proc')
      .map(({ name }) => name)
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((left, right) => left - right);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

export function readProcess(sys: Sys, pid: number): ProcessRow | undefined {
  const stat = readText(sys, `/proc/${pid}/stat`);
  const status = readText(sys, `/proc/${pid}/status`);
  if (stat === undefined || status === undefined) return undefined;
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .trim()
    .split(' ');
  // Field 3 of proc_pid_stat(5) is the first after the name.
  const field = (number: number): number => Number(fields[number - 3] ?? 0);
  const ids = (key: string): readonly number[] => (new RegExp(`^${key}:\\t(.*)$`, 'm').exec(status)?.[1] ?? '').split('\t').map(Number);
  const [uid = 0, euid = 0] = ids('Uid');
  const [gid = 0] = ids('Gid');
  const commandLine = readText(sys, `/proc/${pid}/cmdline`) ?? '';
  return {
    pid,
    uid,
    euid,
    gid,
    name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')),
    state: fields[0] ?? 'S',
    ppid: field(4),
    pgid: field(5),
    sid: field(6),
    ttyDevice: field(7),
    tpgid: field(8),
    argv: commandLine === '' ? [] : commandLine.replace(/\0$/, '').split('\0'),
    cpuTicks: field(14) + field(15),
    niceness: field(19),
    threads: field(20),
    startTicks: field(22),
    vszBytes: field(23),
    rssBytes: field(24) * PAGE_BYTES,
    namespaces: () => linkText(sys, `/proc/${pid}/ns/pid`),
  };
}

function linkText(sys: Sys, path: string): string {
  try {
    return sys.path.readlink(path);
  } catch (error) {
    if (isErrno(error)) return '-';
    throw error;
  }
}

/** Seconds since the machine was switched on. */
export const uptimeSeconds = (sys: Sys): number => Number((readText(sys, '/proc/uptime') ?? '0').split(' ')[0]);

/** When the machine was switched on, as nanoseconds since 1970. */
export function bootNs(sys: Sys): bigint {
  const seconds = /^btime (\d+)$/m.exec(readText(sys, '/proc/stat') ?? '')?.[1];
  return seconds === undefined ? sys.clock.nowNs() : BigInt(seconds) * 1_000_000_000n;
}

export const startNs = (boot: bigint, { startTicks }: ProcessRow): bigint =>
  boot + BigInt(startTicks) * (1_000_000_000n / BigInt(TICKS_PER_S));

/** `pts/0`, `console`, `?`. */
export function ttyName(device: number): string {
  const [major, minor] = [Math.floor(device / 256), device % 256];
  if (device === 0) return '?';
  if (major === 136) return `pts/${minor}`;
  return major === 5 && minor === 1 ? 'console' : `tty${minor}`;
}

/** The command line; a name in brackets where there is none (a zombie, a thread of the kernel). */
export const commandOf = ({ argv, name }: ProcessRow): string => (argv.length === 0 ? `[${name}]` : argv.join(' '));

/** The numbers of /proc/meminfo, in KiB. */
export function memoryKib(sys: Sys): (name: string) => number {
  const text = readText(sys, '/proc/meminfo') ?? '';
  return (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
}

export const loadAverage = (sys: Sys): string => (readText(sys, '/proc/loadavg') ?? '0.00 0.00 0.00').split(' ').slice(0, 3).join(', ');
