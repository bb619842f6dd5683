/** The texts of /proc/PID/{status,stat,statm,limits}, field by field as fs/proc/array.c writes them. */
import type { ProcessInfo } from '../sources.ts';

const KIB = 1024;
const PAGE_BYTES = 4096;
const TICK_NS = 10_000_000n;
const STATES = { R: 'running', S: 'sleeping', D: 'disk sleep', T: 'stopped', Z: 'zombie' } as const;

const ticks = (ns: bigint): bigint => ns / TICK_NS;
const kb = (bytes: number): string => `${String(Math.floor(bytes / KIB)).padStart(8)} kB`;
const mask = (bits: bigint): string => bits.toString(16).padStart(16, '0');
const four = (id: number): string => `${id}\t${id}\t${id}\t${id}`;

export function statusText(info: ProcessInfo): string {
  const last = info.nsPids.join('\t');
  const rows: (readonly [string, string | number])[] = [
    ['Name', info.name],
    ...(info.umask === undefined ? [] : [['Umask', info.umask.toString(8).padStart(4, '0')] as const]),
    ['State', `${info.state} (${STATES[info.state]})`],
    ['Tgid', info.pid],
    ['Ngid', 0],
    ['Pid', info.pid],
    ['PPid', info.ppid],
    ['TracerPid', 0],
    ['Uid', four(info.uid)],
    ['Gid', four(info.gid)],
    ['FDSize', 64],
    ['Groups', `${info.groups.join(' ')} `],
    ['NStgid', last],
    ['NSpid', last],
    ['NSpgid', info.pgid],
    ['NSsid', info.sid],
    ['Kthread', 0],
    ...(info.state === 'Z' ? [] : memory(info)),
    ['Threads', info.threads],
    ['SigQ', '0/15500'],
    ['SigPnd', mask(0n)],
    ['ShdPnd', mask(0n)],
    ['SigBlk', mask(0n)],
    ['SigIgn', mask(info.ignored)],
    ['SigCgt', mask(info.caught)],
    ['CapInh', mask(0n)],
    ['CapPrm', mask(info.capabilities)],
    ['CapEff', mask(info.capabilities)],
    ['CapBnd', mask(info.bounding)],
    ['CapAmb', mask(0n)],
    ['NoNewPrivs', Number(info.noNewPrivileges)],
    ['Seccomp', info.isFiltered ? 2 : 0],
    ['Seccomp_filters', Number(info.isFiltered)],
    ['Cpus_allowed_list', info.allowedCpus],
    ['voluntary_ctxt_switches', 0],
    ['nonvoluntary_ctxt_switches', 0],
  ];
  return rows.map(([name, value]) => `${name}:\t${value}\n`).join('');
}

const memory = ({ rssBytes }: ProcessInfo): (readonly [string, string])[] => [
  ['VmPeak', kb(rssBytes)],
  ['VmSize', kb(rssBytes)],
  ['VmHWM', kb(rssBytes)],
  ['VmRSS', kb(rssBytes)],
  ['RssAnon', kb(rssBytes)],
  ['RssFile', kb(0)],
  ['RssShmem', kb(0)],
];

export function statText(info: ProcessInfo): string {
  const before = [info.pid, `(${info.name})`, info.state, info.ppid, info.pgid, info.sid, info.ttyDevice, info.tpgid];
  const times = [ticks(info.userNs), ticks(info.systemNs), 0, 0];
  const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);
  const after = [
    20,
    0,
    info.threads,
    0,
    ticks(info.startNs),
    info.rssBytes,
    Math.floor(info.rssBytes / PAGE_BYTES),
    '18446744073709551615',
  ];
  return `${[...before, 4194304, 0, 0, 0, 0, ...times, ...after, ...zeros(12), 17, ...zeros(14)].join(' ')}\n`;
}

export function statmText({ rssBytes }: ProcessInfo): string {
  const pages = Math.floor(rssBytes / PAGE_BYTES);
  return `${pages} ${pages} 0 0 0 ${pages} 0\n`;
}

export function limitsText({ limits }: ProcessInfo): string {
  const line = (name: string, soft: string, hard: string, unit: string): string =>
    `${name.padEnd(26)}${soft.padEnd(21)}${hard.padEnd(21)}${unit.padEnd(10)}\n`;
  return (
    line('Limit', 'Soft Limit', 'Hard Limit', 'Units') + limits.map(({ name, soft, hard, unit }) => line(name, soft, hard, unit)).join('')
  );
}
