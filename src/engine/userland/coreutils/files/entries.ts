/** What a directory holds, as programs walk it. */
import type { DirEntry } from '../../../kernel/fs/types.ts';
import type { Sys } from '../../../kernel/sys.ts';

/** Without `.` and `..`, in the file system's order. */
export const entries = (sys: Sys, path: string): readonly DirEntry[] =>
  sys.path.readdir(path).filter(({ name }) => name !== '.' && name !== '..');

/** `directory/name`, without a second slash. */
export const joined = (directory: string, name: string): string =>
  directory === '' ? name : directory.endsWith('/') ? directory + name : `${directory}/${name}`;
