/** Small files as text, and the sentences of errors. */
import { Errno, isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import { decode, say } from '../program-io.ts';

export const print = (sys: Sys, text: string): Promise<void> => say(sys, 1, text);

/** A message on standard error as it is; the status to leave with. */
export async function leave(sys: Sys, text: string, status = 1): Promise<number> {
  await say(sys, 2, text);
  return status;
}

/** A small file's text; undefined if there is none to read. */
export function textOf(sys: Sys, path: string): string | undefined {
  try {
    return decode(sys.path.readFile(path));
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

/** The sentence of a system call's error; anything else goes on. */
export function sentence(error: unknown): string {
  if (error instanceof Errno) return error.message;
  throw error;
}

export const baseName = (path: string): string => path.replace(/.*\//, '');
