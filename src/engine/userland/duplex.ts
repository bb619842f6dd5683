import type { Duplex } from '../http/types.ts';
import { isErrno } from '../kernel/errno.ts';
import type { Fd, Sys } from '../kernel/sys.ts';

const READ_BYTES = 65_536;

/** A connected socket (or terminal, or pipe) as the two directions of a connection. */
export function duplexOf(sys: Sys, fd: Fd): Duplex {
  let isClosed = false;
  const close = (): void => {
    if (!isClosed) sys.fds.close(fd);
    isClosed = true;
  };
  return {
    read: async () => {
      if (isClosed) return null;
      const bytes = await sys.read(fd, READ_BYTES);
      return bytes.length === 0 ? null : bytes;
    },
    write: async (bytes) => {
      await sys.write(fd, bytes);
    },
    closeWrite: () => {
      if (!isClosed) endWriting(sys, fd);
    },
    abort: close,
  };
}

/** The other end may be gone already, and then there is nothing to end. */
function endWriting(sys: Sys, fd: Fd): void {
  try {
    sys.net.shutdown(fd, 'write');
  } catch (error) {
    if (!isErrno(error, 'ENOTCONN', 'ENOTSOCK')) throw error;
  }
}
