/** What processes ask of the file system and the network. Declared by the one who needs it; `kernel.ts` joins them. */
import type { OpenFlags } from '../fs/types.ts';
import type { NetOps, SocketAddress } from '../net/types.ts';
import type { Again, OpenFile } from '../open-file.ts';
import type { Pipe } from '../pipe.ts';
import type { Credentials, Fd, NamespaceRef, PathOps, Pid, SpanId } from '../sys.ts';

/** The mounts that a mount namespace consists of, opaque to processes. */
export type MountTable = object;
/** A network namespace's links, routes and sockets, opaque to processes. */
export type NetworkStack = object;

/** What one process sees of the file system: its root, working directory and mounts. */
export interface FileView {
  readonly path: PathOps;
  umask: number;
  /** A fifo is handed back for the caller to wait for its other end. */
  open(path: string, flags: OpenFlags, mode: number): OpenFile | { readonly fifo: Pipe };
  /** A child's view: the same places, its own from now on. */
  fork(credentials: () => Credentials): FileView;
  /** Its root, as a path of the machine's: `/` unless it has been changed. */
  rootPath(): string;
  /** As /proc/PID/cwd shows it: with `(deleted)` behind what is there no more. */
  cwdPath(): string;
  mountTable(): MountTable;
  /** As unshare(CLONE_NEWNS): a copy of the mounts that nobody else sees. */
  unshareMounts(): MountTable;
  /** As setns(2): root and directory become those of that table. */
  joinMounts(table: MountTable): void;
  /** The process is gone. */
  close(): void;
}

/** Whom a process's network calls act for. */
export interface NetworkBinding {
  stack(): NetworkStack;
  install(file: OpenFile): Fd;
  file(fd: Fd): OpenFile;
  credentials(): Credentials;
  pid(): Pid;
  program(): string;
  span(): SpanId;
  view(): FileView;
  resolve(ref: NamespaceRef): NetworkStack;
}

export interface NetworkPort {
  readonly root: NetworkStack;
  /** `inode` is the number of its namespace. */
  createStack(inode: number): NetworkStack;
  /** The last process and holder of the namespace are gone. */
  destroyStack(stack: NetworkStack): void;
  ops(binding: NetworkBinding): NetOps;
}

/** A socket as `connect` and `accept` see it: neither waits. */
export interface SocketFile extends OpenFile {
  connect(address: SocketAddress): undefined | Again;
  accept(): OpenFile | Again;
}
