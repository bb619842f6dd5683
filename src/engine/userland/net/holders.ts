/** Which processes hold a socket, as `ss` and `netstat` find out: by the links in /proc/PID/fd, as far as one may read them. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import { textOf } from './text.ts';

export interface Holder {
  readonly pid: number;
  readonly program: string;
  readonly fd: number;
}

/** By the socket's inode; the process that is latest comes first. */
export function socketHolders(sys: Sys): ReadonlyMap<number, readonly Holder[]> {
  const found = new Map<number, Holder[]>();
  for (const pid of numbersIn(sys, '/proc').toReversed()) {
    const program = (textOf(sys, `/proc/${pid}/comm`) ?? '').trimEnd();
    for (const fd of numbersIn(sys, `/proc/${pid}/fd`)) {
      const inode = socketAt(sys, `/proc/${pid}/fd/${fd}`);
      if (inode !== undefined) found.set(inode, [...(found.get(inode) ?? []), { pid, program, fd }]);
    }
  }
  return found;
}

function numbersIn(sys: Sys, folder: string): readonly number[] {
  try {
    const names = sys.path.readdir(folder).map(({ name }) => name);
    return names
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

function socketAt(sys: Sys, path: string): number | undefined {
  try {
    const inode = /^socket:\[(\d+)\]$/.exec(sys.path.readlink(path))?.[1];
    return inode === undefined ? undefined : Number(inode);
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}
