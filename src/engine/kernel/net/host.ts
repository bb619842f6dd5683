/** What the network needs of the kernel around it, and what the kernel binds to a process when it hands out `sys.net`. */
import type { OpenFile } from '../open-file.ts';
import type { Credentials, Fd, NamespaceRef, SpanId } from '../sys.ts';
import type { NetNamespace } from './namespace.ts';

export interface NetHost {
  nowNs(): bigint;
  /** Chance: MAC addresses and ephemeral ports. */
  bytes(count: number): Uint8Array;
  /** Why the running task acts. */
  span(): SpanId;
  /** Calls `callback` at a tick of the scheduler when `delayNs` have passed. */
  after(delayNs: number, callback: () => void): void;
  /** A new inode number for a socket. */
  inode?(): number;
  /** The kernel's log. */
  log?(text: string): void;
}

/** A process, as its sockets see it. */
export interface Binding {
  namespace(): NetNamespace;
  install(file: OpenFile): Fd;
  file(fd: Fd): OpenFile;
  credentials(): Credentials;
  pid(): number;
  program(): string;
  span(): SpanId;
  /** Makes the inode of a bound unix socket. EADDRINUSE if there is something. */
  bindUnix(path: string, socket: object): void;
  /** What is bound there. ENOENT, ECONNREFUSED, EACCES. */
  unixAt(path: string): object;
  resolve(ref: NamespaceRef): NetNamespace;
}
