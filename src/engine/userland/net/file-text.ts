import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import { decode } from '../encoding.ts';

/** A small file's text; undefined if there is none to read. */
export function textOf(sys: Sys, path: string): string | undefined {
  try {
    return decode(sys.path.readFile(path));
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}
