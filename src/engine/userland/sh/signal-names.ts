/** Signals by the names that people type. */
import { signalOfNumber } from '../../kernel/process/signals.ts';
import type { Signal } from '../../kernel/sys.ts';

const LAST_SIGNAL = 31;

/** Without SIG, from 1 on. */
export const SIGNAL_NAMES: readonly string[] = Array.from({ length: LAST_SIGNAL }, (_, i) => signalOfNumber(i + 1)?.slice(3) ?? '');

/** `9`, `KILL`, `SIGKILL`, `kill`; null for 0, which only asks; undefined if there is none. */
export function parseSignal(text: string): Signal | null | undefined {
  if (text === '0') return null;
  if (/^\d+$/.test(text)) return signalOfNumber(Number(text));
  const name = text.toUpperCase().replace(/^SIG/, '');
  const index = SIGNAL_NAMES.indexOf(name);
  return index < 0 ? undefined : signalOfNumber(index + 1);
}
