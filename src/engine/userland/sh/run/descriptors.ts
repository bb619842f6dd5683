import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Sys } from '../../../kernel/sys.ts';

/** Whether `fd` is open on a terminal. */
export const isTerminal = (sys: Sys, fd: Fd): boolean => sys.fds.has(fd) && sys.fds.isatty(fd);

/** The first descriptor that a script cannot name with one digit: the shell's own are from here on. */
export const PRIVATE_FD = 10;

/** A private copy of `fd`, closed by exec; null if it is not open. */
export function keep(sys: Sys, fd: Fd): Fd | null {
  try {
    const copy = sys.fds.dup(fd, PRIVATE_FD);
    sys.fds.setCloseOnExec(copy, true);
    return copy;
  } catch (error) {
    if (isErrno(error, 'EBADF')) return null;
    throw error;
  }
}
