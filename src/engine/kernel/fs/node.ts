/**
 * What every file system gives the VFS: nodes. A node is an inode together with what can be done to it; names belong to the
 * directory that holds them. Nodes never check permissions, read-only mounts or types: `path-ops.ts` and `open.ts` do, once
 * for all file systems. A node object is the identity of its file for as long as anybody can reach it: mounts hang on it.
 */
import type { Pipe } from '../pipe.ts';
import type { NamespaceRef } from '../sys.ts';
import type { Location } from './mount.ts';
import type { Content, DirEntry, FileType, Stat, StatFs } from './types.ts';
import type { FsView } from './view.ts';

/** A regular file's bytes while it is open. */
export interface FileBody {
  readonly sizeBytes: number;
  readonly allocatedBytes: number;
  read(offset: number, length: number): Uint8Array;
  /** How many bytes were taken: fewer than all when the file system is nearly full, ENOSPC when it is. */
  write(offset: number, bytes: Uint8Array): number;
  truncate(sizeBytes: number): void;
  /** All bytes at once. They are kept, not copied: nobody may change them afterwards. */
  replace(content: Content): void;
  /** The bytes as they are now, for good. */
  snapshot(): Content;
}

/** What a new node is to be. */
export interface Making {
  readonly type: FileType;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev?: number;
  /** A symbolic link's text. */
  readonly target?: string;
}

export interface AttributeChange {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly atimeNs?: bigint;
  readonly mtimeNs?: bigint;
}

/** A file whose text is made when somebody reads it. */
export interface Computed {
  /** Throws if who looks may not read it. */
  open?(view: FsView): void;
  read(view: FsView): string;
  write?(text: string, view: FsView): void;
}

/** What a fifo's or a socket's name leads to while somebody uses it. */
export interface Slot {
  pipe?: Pipe;
  socket?: object;
  /** Of a file of nsfs. */
  namespace?: NamespaceRef;
  /** Of a link in /proc/PID/fd: which descriptor it stands for. */
  descriptor?: Descriptor;
}

export interface Descriptor {
  readonly pidNamespace: number;
  readonly pid: number;
  readonly fd: number;
}

export interface FileSystem {
  /** As /proc/mounts names it. */
  readonly type: string;
  readonly dev: number;
  readonly root: Node;
  readOnly: boolean;
  /** What follows the mount's own flags in /proc/mounts. */
  readonly options: readonly string[];
  statfs(): StatFs;
}

export interface Node {
  readonly fs: FileSystem;
  readonly type: FileType;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Of directories: where it hangs. */
  readonly parent: Node | undefined;
  readonly name: string;
  readonly slot: Slot;
  readonly computed?: Computed;
  stat(): Stat;
  lookup(name: string): Node | undefined;
  /** Without `.` and `..`, by name. */
  list(): readonly DirEntry[];
  create(name: string, making: Making): Node;
  link(name: string, node: Node): void;
  /** Takes a name away; a directory must be empty. */
  remove(name: string): void;
  /** Puts what is called `name` here under `toName` into `to`, in place of what is there. */
  rename(name: string, to: Node, toName: string): void;
  change(attributes: AttributeChange): void;
  /** Somebody has read it. */
  accessed(nowNs: bigint): void;
  /** Who reads matters in /proc alone. */
  readlink(reader?: FsView): string;
  /** Where a magic link of /proc leads, whatever its text says. */
  jump?(view: FsView): Location | undefined;
  xattrs(): ReadonlyMap<string, Uint8Array>;
  setXattr(name: string, value: Uint8Array): void;
  body(forWriting: boolean): FileBody;
}

export const isDirectory = (node: Node): boolean => node.type === 'directory';
export const isDevice = (node: Node): boolean => node.type === 'char-device' || node.type === 'block-device';
