import { signalNumber, signalOfNumber } from '../../kernel/process/signals.ts';
import type { Signal } from '../../kernel/sys.ts';

const KNOWN = new Set([
  'HUP',
  'INT',
  'QUIT',
  'ILL',
  'TRAP',
  'ABRT',
  'BUS',
  'FPE',
  'KILL',
  'USR1',
  'SEGV',
  'USR2',
  'PIPE',
  'ALRM',
  'TERM',
  'STKFLT',
  'CHLD',
  'CONT',
  'STOP',
  'TSTP',
  'TTIN',
  'TTOU',
  'URG',
  'XCPU',
  'XFSZ',
  'VTALRM',
  'PROF',
  'WINCH',
  'IO',
  'PWR',
  'SYS',
]);

/** `KILL`, `SIGKILL`, `kill`, `9`, `RTMIN+3`; undefined for what is none. */
export function parseSignal(text: string): Signal | undefined {
  if (/^\d+$/.test(text)) return signalOfNumber(Number(text));
  const name = text.toUpperCase().replace(/^SIG/, '');
  if (KNOWN.has(name)) return `SIG${name}` as Signal;
  const realtime = /^RTMIN(?:\+(\d+))?$/.exec(name);
  return realtime ? `SIGRT${Number(realtime[1] ?? 0)}` : undefined;
}

export { signalNumber };
