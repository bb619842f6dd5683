/** Sockets of this process as the duplex that HTTP speaks over. */
import type { Duplex } from '../http/types.ts';
import { isErrno } from '../kernel/errno.ts';
import type { Fd, Sys } from '../kernel/sys.ts';

const READ_BYTES = 64 * 1024;

/** A connected socket. Reading and writing may go on in different threads; the descriptor is closed by `close`, once. */
export interface SocketDuplex extends Duplex {
  close(): void;
}

export function socketDuplex(sys: Sys, fd: Fd): SocketDuplex {
  let isOpen = true;
  const shut = (how: 'write' | 'both'): void => {
    if (!isOpen) return;
    try {
      sys.net.shutdown(fd, how);
    } catch (error) {
      if (!isErrno(error, 'ENOTCONN')) throw error;
    }
  };
  return {
    read: async () => {
      if (!isOpen) return null;
      const bytes = await sys.read(fd, READ_BYTES);
      return bytes.length === 0 ? null : bytes;
    },
    write: async (bytes) => {
      if (bytes.length > 0) await sys.write(fd, bytes);
    },
    closeWrite: () => shut('write'),
    abort: () => shut('both'),
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      sys.fds.close(fd);
    },
  };
}
