/** `top`: the table of processes, again and again; with -b as text for a file or a pipe. */
import type { Tool, Utility } from '../../tool.ts';
import { nameTables } from '../users.ts';
import { uptimeLine } from './machine.ts';
import { commandOf, memoryKib, type ProcessRow, processes, readText, TICKS_PER_S, uptimeSeconds } from './processes.ts';

const SPEC = {
  short: 'bn:d:p:u:o:cHiw::1Ss',
  usage: '[-bmH] [-n COUNT] [-d SECONDS]',
  long: { batch: 'b', iterations: 'n:', delay: 'd:' },
  package: 'procps-ng 4.0.4',
};

const BUSYBOX_COLUMNS = '  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND';

interface Sample {
  readonly atS: number;
  readonly ticks: ReadonlyMap<number, number>;
}

const sample = (tool: Tool, rows: readonly ProcessRow[]): Sample => ({
  atS: uptimeSeconds(tool.sys),
  ticks: new Map(rows.map(({ pid, cpuTicks }) => [pid, cpuTicks])),
});

/** Since the last look, or since it began. */
function percentOf(row: ProcessRow, now: Sample, before: Sample | null): number {
  const seconds = before === null ? now.atS - row.startTicks / TICKS_PER_S : now.atS - before.atS;
  const ticks = row.cpuTicks - (before?.ticks.get(row.pid) ?? 0);
  return seconds <= 0 ? 0 : (ticks / TICKS_PER_S / seconds) * 100;
}

function shownSize({ sys }: Tool): { columns: number; rows: number } {
  const { columns, rows } = sys.tty.size(1);
  return { columns: columns || 80, rows: rows || 24 };
}

export const top: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options(SPEC);
  const isBatch = options.has('b') || !tool.out.isTerminal;
  const count = options.has('n') ? Number(options.value('n')) : Number.POSITIVE_INFINITY;
  const delayMs = Number(options.value('d') ?? (tool.isBusybox ? 5 : 3)) * 1000;
  const size = isBatch ? { columns: tool.isBusybox ? 80 : 512, rows: Number.POSITIVE_INFINITY } : shownSize(tool);
  const mode = !isBatch && sys.fds.isatty(0) ? sys.tty.mode(0) : null;
  if (mode !== null) sys.tty.setMode(0, { canonical: false, echo: false });
  let before: Sample | null = null;
  for (let round = 0; round < count; round += 1) {
    const wanted = options.value('p')?.split(',').map(Number);
    const rows = processes(sys).filter(({ pid }) => wanted === undefined || wanted.includes(pid));
    const now = sample(tool, rows);
    const lines = tool.isBusybox ? busyboxScreen(tool, rows, { now, before }) : procpsScreen(tool, rows, { now, before });
    const shown = lines.slice(0, Math.max(0, size.rows - 1)).map((line) => line.slice(0, size.columns));
    if (isBatch) await tool.out.write(`${round > 0 ? '\n' : ''}${shown.map((line) => `${line}\n`).join('')}`);
    else await tool.out.write(`\x1b[H\x1b[J${shown.map((line) => (line === BUSYBOX_COLUMNS ? `\x1b[7m${line}\x1b[m` : line)).join('\n')}`);
    await tool.out.flush();
    before = now;
    if (round + 1 >= count) break;
    if (isBatch) await sys.sleep(delayMs);
    else if (await quits(tool, delayMs)) break;
  }
  if (mode !== null) sys.tty.setMode(0, mode);
  if (!isBatch || tool.isBusybox) await tool.out.write('\n');
  return 0;
};

/** Waits for the next round; `q` ends it. */
async function quits({ sys }: Tool, delayMs: number): Promise<boolean> {
  const ready = await sys.poll([{ fd: 0, events: { read: true } }], delayMs);
  if (ready.length === 0) return false;
  const key = await sys.read(0, 16);
  return key.length === 0 || key[0] === 113 || key[0] === 3;
}

interface Samples {
  readonly now: Sample;
  readonly before: Sample | null;
}

const mebi = (kib: number): string => (kib / 1024).toFixed(1);

function procpsScreen(tool: Tool, rows: readonly ProcessRow[], { now, before }: Samples): readonly string[] {
  const { sys } = tool;
  const kib = memoryKib(sys);
  const names = nameTables(sys);
  const inState = (letters: string): number => rows.filter(({ state }) => letters.includes(state)).length;
  const busy = Math.min(
    100,
    rows.reduce((sum, row) => sum + percentOf(row, now, before), 0),
  );
  const number = (value: number, width: number): string => String(value).padStart(width);
  const [total, unused, available] = [kib('MemTotal'), kib('MemFree'), kib('MemAvailable')];
  const head = [
    `top -${uptimeLine(tool, Math.floor(now.atS))}`,
    `Tasks:${number(rows.length, 4)} total,${number(inState('R'), 4)} running,${number(inState('SDI'), 4)} sleeping,${number(inState('T'), 4)} stopped,${number(inState('Z'), 4)} zombie`,
    `%Cpu(s):${busy.toFixed(1).padStart(5)} us,  0.0 sy,  0.0 ni,${(100 - busy).toFixed(1).padStart(5)} id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st`,
    `MiB Mem :${mebi(total).padStart(9)} total,${mebi(unused).padStart(9)} free,${mebi(total - available).padStart(9)} used,${mebi(kib('Buffers') + kib('Cached')).padStart(9)} buff/cache`,
    `MiB Swap:${mebi(kib('SwapTotal')).padStart(9)} total,${mebi(kib('SwapFree')).padStart(9)} free,${mebi(kib('SwapTotal') - kib('SwapFree')).padStart(9)} used.${mebi(available).padStart(9)} avail Mem`,
    '',
    '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND',
  ];
  const byUse = [...rows].sort((left, right) => percentOf(right, now, before) - percentOf(left, now, before) || left.pid - right.pid);
  return [
    ...head,
    ...byUse.map((row) => {
      const seconds = row.cpuTicks / TICKS_PER_S;
      const time = `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(2).padStart(5, '0')}`;
      const memory = ((row.rssBytes / 1024 / total) * 100).toFixed(1);
      return [
        number(row.pid, 7),
        names.user(row.euid).slice(0, 8).padEnd(8),
        number(20 + row.niceness, 3),
        number(row.niceness, 3),
        number(row.vszBytes / 1024, 7),
        number(row.rssBytes / 1024, 6),
        number(0, 6),
        row.state,
        percentOf(row, now, before).toFixed(1).padStart(5),
        memory.padStart(5),
        time.padStart(9),
        row.name,
      ].join(' ');
    }),
  ];
}

const short = (kib: number): string => (kib >= 100_000 ? `${Math.floor(kib / 1024)}m` : String(kib));

function busyboxScreen(tool: Tool, rows: readonly ProcessRow[], { now, before }: Samples): readonly string[] {
  const { sys } = tool;
  const kib = memoryKib(sys);
  const names = nameTables(sys);
  const [total, unused] = [kib('MemTotal'), kib('MemFree')];
  const busy = Math.min(100, Math.round(rows.reduce((sum, row) => sum + percentOf(row, now, before), 0)));
  const head = [
    `Mem: ${total - unused}K used, ${unused}K free, ${kib('Shmem')}K shrd, ${kib('Buffers')}K buff, ${kib('Cached')}K cached`,
    `CPU:${String(busy).padStart(4)}% usr   0% sys   0% nic${String(100 - busy).padStart(4)}% idle   0% io   0% irq   0% sirq`,
    `Load average: ${(readText(sys, '/proc/loadavg') ?? '0.00 0.00 0.00 1/1 1').trim()}`,
    BUSYBOX_COLUMNS,
  ];
  const byUse = [...rows].sort(
    (left, right) => percentOf(right, now, before) - percentOf(left, now, before) || right.vszBytes - left.vszBytes || left.pid - right.pid,
  );
  return [
    ...head,
    ...byUse.map((row) => {
      const share = Math.round((row.vszBytes / 1024 / total) * 100);
      return `${String(row.pid).padStart(5)} ${String(row.ppid).padStart(5)} ${names.user(row.euid).slice(0, 8).padEnd(8)} ${row.state.padEnd(4)} ${short(row.vszBytes / 1024).padStart(5)} ${String(share).padStart(3)}% ${String(Math.round(percentOf(row, now, before))).padStart(3)}% ${commandOf(row)}`;
    }),
  ];
}
