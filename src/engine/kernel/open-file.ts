import type { OpenFlags, Stat } from './fs/types.ts';
import type { WaitQueue } from './wait-queue.ts';

/** A call that cannot go on now. The caller sleeps on the file's queue and tries again. */
export const AGAIN = 'again';
export type Again = typeof AGAIN;

/** O_RDONLY, O_WRONLY, O_RDWR. */
export type Access = 'read' | 'write' | 'both';

export interface Readiness {
  readonly readable: boolean;
  readonly writable: boolean;
  /** The other end is gone. */
  readonly hangup: boolean;
}

/**
 * What a descriptor refers to (Linux: an open file description): a regular file, a directory, a pipe's end, a terminal, a socket.
 * No method ever waits. What cannot go on answers `AGAIN`, and `changed` is woken whenever `poll()` may answer differently;
 * the system calls that may wait (`read`, `write`, `accept`, …) are loops over these, written once.
 */
export interface OpenFile {
  readonly kind: 'regular' | 'directory' | 'pipe' | 'tty' | 'device' | 'socket' | 'proc';
  readonly changed: WaitQueue;
  /** Up to `maxBytes`; an empty array is the end of the file. Throws Errno. */
  read(maxBytes: number): Uint8Array | Again;
  /**
   * How many bytes were taken (at least one unless `bytes` is empty). Throws Errno (EPIPE: the caller also raises SIGPIPE). A regular
   * file takes nothing beyond `maxSizeBytes` (EFBIG: SIGXFSZ).
   */
  write(bytes: Uint8Array, maxSizeBytes?: number): number | Again;
  poll(): Readiness;
  stat(): Stat;
  /** Called once, when the last descriptor that shares it is gone. */
  close(): void;
  /** Absent where there is nothing to seek (ESPIPE). Returns the new offset in bytes. */
  seek?(offset: number, whence: 'set' | 'cur' | 'end'): number;
  truncate?(sizeBytes: number): void;
  /** Another description of the same thing, as opening /proc/PID/fd/N makes: a pipe's end, a terminal. */
  reopen?(flags: OpenFlags): OpenFile;
  /** What one end can only do: a pipe's. Else the way it was opened decides. */
  readonly access?: Access;
  /** The path that it was opened by, for /proc/PID/fd; `pipe:[N]`, `socket:[N]` for others. */
  readonly name: string;
}
