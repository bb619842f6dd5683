/** The columns of procps' ps: header, width, and what stands in them. */
import type { Sys } from '../../../kernel/sys.ts';
import { strftime, zoneOf } from '../dates.ts';
import { nameTables } from '../users.ts';
import { bootNs, memoryKib, type ProcessRow, startNs, TICKS_PER_S, ttyName, uptimeSeconds } from './processes.ts';

export interface Context {
  readonly names: ReturnType<typeof nameTables>;
  readonly bootNs: bigint;
  readonly nowNs: bigint;
  readonly uptimeSeconds: number;
  readonly totalKib: number;
  readonly tz: string | undefined;
  /** Branches of the tree before a command, by pid. */
  readonly indents: ReadonlyMap<number, string>;
}

export const contextOf = (sys: Sys): Context => ({
  names: nameTables(sys),
  bootNs: bootNs(sys),
  nowNs: sys.clock.nowNs(),
  uptimeSeconds: uptimeSeconds(sys),
  totalKib: memoryKib(sys)('MemTotal'),
  tz: sys.env.get('TZ'),
  indents: new Map(),
});

export interface Column {
  readonly header: string;
  readonly width: number;
  readonly align: 'left' | 'right';
  /** Too long a value is cut, also in the middle of a line. */
  readonly cuts?: boolean;
  readonly value: (row: ProcessRow, context: Context) => string;
}

const two = (value: number): string => String(value).padStart(2, '0');
const cpuSeconds = ({ cpuTicks }: ProcessRow): number => Math.floor(cpuTicks / TICKS_PER_S);
const elapsed = (row: ProcessRow, { uptimeSeconds: up }: Context): number => Math.max(0, Math.floor(up - row.startTicks / TICKS_PER_S));

/** `[[DD-]HH:]MM:SS`. */
function elapsedText(seconds: number): string {
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  return `${days > 0 ? `${two(days)}-` : ''}${days > 0 || hours > 0 ? `${two(hours)}:` : ''}${two(minutes)}:${two(seconds % 60)}`;
}

const timeText = (seconds: number): string =>
  `${seconds >= 86_400 ? `${Math.floor(seconds / 86_400)}-` : ''}${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;

function percentCpu(row: ProcessRow, context: Context): number {
  const seconds = context.uptimeSeconds - row.startTicks / TICKS_PER_S;
  return seconds <= 0 ? 0 : (row.cpuTicks / TICKS_PER_S / seconds) * 100;
}

/** The hour if it began today, else the day. */
function started(row: ProcessRow, context: Context): string {
  const ns = startNs(context.bootNs, row);
  const zone = zoneOf(context.tz);
  return strftime(context.nowNs - ns < 86_400_000_000_000n ? '%H:%M' : '%b%d', ns, zone);
}

function command(row: ProcessRow, { indents }: Context): string {
  const text = row.argv.length === 0 ? `[${row.name}]` : row.argv.join(' ');
  return (indents.get(row.pid) ?? '') + text + (row.state === 'Z' ? ' <defunct>' : '');
}

const stat = ({ state, niceness, sid, pid, threads, tpgid, pgid }: ProcessRow): string =>
  `${state}${niceness < 0 ? '<' : niceness > 0 ? 'N' : ''}${sid === pid ? 's' : ''}${threads > 1 ? 'l' : ''}${tpgid === pgid && tpgid > 0 ? '+' : ''}`;

const right = (header: string, width: number, value: Column['value']): Column => ({ header, width, align: 'right', value });
const left = (header: string, width: number, value: Column['value'], cuts = false): Column => ({
  header,
  width,
  align: 'left',
  value,
  cuts,
});
const PID_WIDTH = 7;

const user = left('USER', 8, ({ euid }, { names }) => names.user(euid));
const args = left('COMMAND', 27, command, true);
const name: Column['value'] = (row, { indents }) => (indents.get(row.pid) ?? '') + row.name + (row.state === 'Z' ? ' <defunct>' : '');
const pcpu = right('%CPU', 4, (row, context) => percentCpu(row, context).toFixed(1));
const pmem = right('%MEM', 4, ({ rssBytes }, { totalKib }) => (totalKib === 0 ? 0 : (rssBytes / 1024 / totalKib) * 100).toFixed(1));
const tt = left('TT', 8, ({ ttyDevice }) => ttyName(ttyDevice));
const nice = right('NI', 3, ({ niceness }) => String(niceness));
const time = right('TIME', 8, (row) => timeText(cpuSeconds(row)));
const rss = right('RSS', 5, ({ rssBytes }) => String(rssBytes / 1024));
const vsz = right('VSZ', 6, ({ vszBytes }) => String(Math.floor(vszBytes / 1024)));
const pgid = right('PGID', PID_WIDTH, (row) => String(row.pgid));
const sid = right('SID', PID_WIDTH, (row) => String(row.sid));

export const COLUMNS: Readonly<Record<string, Column>> = {
  pid: right('PID', PID_WIDTH, ({ pid }) => String(pid)),
  tgid: right('TGID', PID_WIDTH, ({ pid }) => String(pid)),
  ppid: right('PPID', PID_WIDTH, ({ ppid }) => String(ppid)),
  pgid,
  pgrp: { ...pgid, header: 'PGRP' },
  sid,
  sess: { ...sid, header: 'SESS' },
  tpgid: right('TPGID', PID_WIDTH, ({ tpgid }) => String(tpgid)),
  user,
  euser: { ...user, header: 'EUSER' },
  uname: user,
  ruser: left('RUSER', 8, ({ uid }, { names }) => names.user(uid)),
  uid_hack: { ...user, header: 'UID' },
  uid: right('UID', 5, ({ euid }) => String(euid)),
  euid: right('EUID', 5, ({ euid }) => String(euid)),
  ruid: right('RUID', 5, ({ uid }) => String(uid)),
  gid: right('GID', 5, ({ gid }) => String(gid)),
  group: left('GROUP', 8, ({ gid }, { names }) => names.group(gid)),
  egroup: left('EGROUP', 8, ({ gid }, { names }) => names.group(gid)),
  rgroup: left('RGROUP', 8, ({ gid }, { names }) => names.group(gid)),
  comm: left('COMMAND', 15, name, true),
  ucmd: left('CMD', 15, name, true),
  ucomm: left('COMMAND', 15, name, true),
  args,
  command: args,
  cmd: { ...args, header: 'CMD' },
  tty: tt,
  tt,
  tname: { ...tt, header: 'TTY' },
  time,
  cputime: time,
  bsdtime: right('TIME', 6, (row) => `${Math.floor(cpuSeconds(row) / 60)}:${two(cpuSeconds(row) % 60)}`),
  times: right('TIME', 8, (row) => String(cpuSeconds(row))),
  etime: right('ELAPSED', 11, (row, context) => elapsedText(elapsed(row, context))),
  etimes: right('ELAPSED', 7, (row, context) => String(elapsed(row, context))),
  stat: left('STAT', 4, stat),
  s: left('S', 1, ({ state }) => state),
  state: left('S', 1, ({ state }) => state),
  rss,
  rssize: rss,
  rsz: { ...rss, header: 'RSZ' },
  vsz,
  vsize: vsz,
  sz: right('SZ', 5, ({ vszBytes }) => String(Math.floor(vszBytes / 4096))),
  pcpu,
  '%cpu': pcpu,
  pmem,
  '%mem': pmem,
  ni: nice,
  nice,
  pri: right('PRI', 3, ({ niceness }) => String(19 - niceness)),
  opri: right('PRI', 3, ({ niceness }) => String(80 + niceness)),
  c: right('C', 2, (row, context) => String(Math.floor(percentCpu(row, context)))),
  stime: left('STIME', 5, started),
  start_time: left('START', 5, started),
  start: right('STARTED', 8, (row, context) => strftime('%H:%M:%S', startNs(context.bootNs, row), zoneOf(context.tz))),
  lstart: right('STARTED', 24, (row, context) => strftime('%a %b %e %H:%M:%S %Y', startNs(context.bootNs, row), zoneOf(context.tz))),
  nlwp: right('NLWP', 4, ({ threads }) => String(threads)),
  thcount: right('THCNT', 5, ({ threads }) => String(threads)),
  psr: right('PSR', 3, () => '0'),
  f: right('F', 1, () => '4'),
  flags: right('F', 1, () => '4'),
  addr: left('ADDR', 4, () => '-'),
  wchan: left('WCHAN', 6, () => '-'),
  pidns: right('PIDNS', 10, (row) => /\d+/.exec(row.namespaces())?.[0] ?? '-'),
};

/** What the options without `-o` show. */
export const FORMATS = {
  plain: 'pid,tname,time,ucmd',
  bsd: 'pid,tname,stat,bsdtime,command',
  full: 'uid_hack,pid,ppid,c,stime,tname,time,cmd',
  fuller: 'uid_hack,pid,ppid,c,sz,rss,psr,stime,tname,time,cmd',
  long: 'f,s,uid,pid,ppid,c,opri,ni,addr,sz,wchan,tname,time,ucmd',
  jobs: 'pid,pgid,sid,tname,time,ucmd',
  user: 'user,pid,pcpu,pmem,vsz,rss,tname,stat,start_time,bsdtime,command',
} as const;
