/** The server's log, as it goes to standard error. */
import type { Sys } from '../../../kernel/sys.ts';
import { say } from '../../program-io.ts';

export type Level = 'System' | 'Warning' | 'ERROR' | 'Note';
export type Log = (
  level: Level,
  code: string,
  text: string,
  options?: { readonly thread?: number; readonly part?: string },
) => Promise<void>;

/** `2026-01-15T09:00:03.123456Z` */
function logTime(sys: Sys): string {
  const ns = sys.clock.nowNs();
  const seconds = new Date(Number(ns / 1_000_000n)).toISOString().slice(0, 19);
  return `${seconds}.${String((ns / 1000n) % 1_000_000n).padStart(6, '0')}Z`;
}

export const logOf =
  (sys: Sys): Log =>
  (level, code, text, { thread = 0, part = 'Server' } = {}) =>
    say(sys, 2, `${logTime(sys)} ${thread} [${level}] [${code}] [${part}] ${text}\n`);
