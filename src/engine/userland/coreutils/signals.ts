/** Signals by number and by name, as `kill -l` lists them; the numbers are the kernel's. */
import { FIRST_REALTIME, SIGNALS, signalNumber, signalOfNumber } from '../../kernel/process/signals.ts';
import type { Signal } from '../../kernel/sys.ts';

export { signalNumber };

/** What kill(1) calls each signal, without SIG, from 1. */
export const SIGNAL_NAMES: readonly string[] = SIGNALS.map((name) => name.slice(3).replace(/^IO$/, 'POLL'));

/** `9`, `KILL`, `SIGKILL`, `kill`; undefined if there is no such signal. Zero is null: only a question. */
export function parseSignal(text: string): Signal | null | undefined {
  if (/^\d+$/.test(text)) return Number(text) === 0 ? null : signalOfNumber(Number(text));
  const name = text.toUpperCase().replace(/^SIG/, '');
  if (name === 'POLL') return 'SIGIO';
  const min = /^RTMIN(?:\+(\d+))?$/.exec(name);
  if (min) return signalOfNumber(FIRST_REALTIME + Number(min[1] ?? 0));
  return SIGNALS.find((known) => known === `SIG${name}`);
}
