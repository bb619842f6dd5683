/** What small programs read and say. */
import { Errno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import { say } from '../program-io.ts';
import type { Caller } from './applet.ts';

export { textOf } from './file-text.ts';

/** A wrong call: an applet of busybox shows how it is called, any other program says `text`. */
export async function refuse(
  sys: Sys,
  caller: Caller | undefined,
  { message, text, status }: { readonly message?: string; readonly text: string; readonly status?: number },
): Promise<number> {
  return caller?.isBusybox ? caller.wrongUsage({ short: '' }, message) : leave(sys, text, status);
}

export const print = (sys: Sys, text: string): Promise<void> => say(sys, 1, text);

/** A message on standard error as it is; the status to leave with. */
export async function leave(sys: Sys, text: string, status = 1): Promise<number> {
  await say(sys, 2, text);
  return status;
}

/** The sentence of a system call's error; anything else goes on. */
export function sentence(error: unknown): string {
  if (error instanceof Errno) return error.message;
  throw error;
}

export const baseName = (path: string): string => path.replace(/.*\//, '');
