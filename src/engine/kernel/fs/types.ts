/** The words of the file system: what a path names, what it says of itself, and how it is opened. */

import type { NamespaceRef } from '../sys.ts';

/** A file's bytes: immutable and shared; in memory, sparse, or elsewhere behind a synchronous reader. */
export interface Content {
  readonly sizeBytes: number;
  read(offset: number, length: number): Uint8Array;
}

export type FileType = 'regular' | 'directory' | 'symlink' | 'char-device' | 'block-device' | 'fifo' | 'socket';

/** As stat(2). Times are nanoseconds since 1970; `mode` holds permissions with setuid, setgid and sticky (0o7777), not the type. */
export interface Stat {
  readonly type: FileType;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  /** Bytes really held, a multiple of 512; smaller than the size for a sparse file. */
  readonly allocatedBytes: number;
  readonly nlink: number;
  readonly ino: number;
  /** The file system's device number. */
  readonly dev: number;
  /** A device file's own number, `major * 256 + minor`; else 0. */
  readonly rdev: number;
  readonly atimeNs: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  /** Why it was last written, where files are written at all. No part of stat(2). */
  readonly span?: number;
}

export interface DirEntry {
  readonly name: string;
  readonly type: FileType;
  readonly ino: number;
}

export interface OpenFlags {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly append?: boolean;
  readonly create?: boolean;
  readonly exclusive?: boolean;
  readonly truncate?: boolean;
  readonly directory?: boolean;
  readonly noFollow?: boolean;
  /** Opening a fifo, reading or writing never waits: EAGAIN. */
  readonly nonBlock?: boolean;
  readonly closeOnExec?: boolean;
}

export interface StatFs {
  readonly type: string;
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly totalInodes: number;
  readonly freeInodes: number;
}

/** As mount(2). `type` none with `bind` makes a bind mount of `source`. */
export interface MountRequest {
  readonly type: 'overlay' | 'tmpfs' | 'proc' | 'sysfs' | 'cgroup' | 'cgroup2' | 'devpts' | 'mqueue' | 'ext4' | 'none';
  readonly source: string;
  readonly target: string;
  readonly readOnly?: boolean;
  readonly bind?: boolean;
  /** Binds the file of this namespace instead of `source`: it stands for the path of an open /proc/self/fd/N. */
  readonly namespace?: NamespaceRef;
  readonly recursive?: boolean;
  readonly remount?: boolean;
  /** As in the last field of mount(2): `lowerdir=…,upperdir=…,workdir=…`, `size=64m,mode=1777`. */
  readonly data?: string;
  /** Further words shown in /proc/mounts: nosuid, nodev, noexec, relatime. */
  readonly flags?: readonly string[];
}

export interface MountInfo {
  readonly id: number;
  readonly parentId: number;
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly options: readonly string[];
}
