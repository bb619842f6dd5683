/** nginx's two logs: what happened to the server, and what was asked of it. */
import { Errno, isErrno } from '../../../kernel/errno.ts';
import type { Fd, Sys } from '../../../kernel/sys.ts';
import { say } from '../../program-io.ts';

/** From the least to the gravest. */
const LEVELS: readonly string[] = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (value: number): string => String(value).padStart(2, '0');
const dateOf = (sys: Sys): Date => new Date(Number(sys.clock.nowNs() / 1_000_000n));

/** `2026/01/31 12:00:00` */
export function logTime(sys: Sys): string {
  const date = dateOf(sys);
  return `${date.getUTCFullYear()}/${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
}

/** `31/Jan/2026:12:00:00 +0000` */
export function localTime(sys: Sys): string {
  const date = dateOf(sys);
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()] ?? ''}/${date.getUTCFullYear()}:${clock} +0000`;
}

export const isoTime = (sys: Sys): string =>
  dateOf(sys)
    .toISOString()
    .replace(/\.\d+Z$/, '+00:00');
export const httpDate = (ms: number): string => new Date(ms).toUTCString();
export const nowDate = (sys: Sys): string => httpDate(dateOf(sys).getTime());

/** Files that logs go to, opened once. */
export class Logs {
  readonly #open = new Map<string, Fd>();

  /** Opens a log file. Throws what open(2) says. */
  async open(sys: Sys, path: string): Promise<void> {
    if (this.#open.has(path) || path === 'off') return;
    this.#open.set(path, path === 'stderr' ? 2 : await sys.open(path, { write: true, append: true, create: true }, 0o644));
  }

  async write(sys: Sys, path: string, text: string): Promise<void> {
    const fd = this.#open.get(path);
    if (fd === undefined) return;
    try {
      await say(sys, fd, text);
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }

  /** Opens all files anew, as after USR1. */
  async reopen(sys: Sys): Promise<void> {
    for (const [path, fd] of [...this.#open]) {
      if (path === 'stderr') continue;
      sys.fds.close(fd);
      this.#open.delete(path);
      await this.open(sys, path).catch((error: unknown) => {
        if (!(error instanceof Errno)) throw error;
      });
    }
  }
}

export interface ErrorLog {
  readonly path: string;
  readonly level: string;
}

/** Logs a line if its level is asked for. */
export async function logError(sys: Sys, logs: Logs, { to, level, text }: { to: ErrorLog; level: string; text: string }): Promise<void> {
  const least = LEVELS.indexOf(to.level);
  if (LEVELS.indexOf(level) < least) return;
  await logs.write(sys, to.path, `${logTime(sys)} [${level}] ${sys.pid}#${sys.pid}: ${text}\n`);
}
