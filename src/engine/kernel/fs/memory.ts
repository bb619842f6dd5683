/** A file system whose nodes are held in memory: the host's disk (as ext4 shows itself) and tmpfs, which differ only in figures. */
import { Errno } from '../errno.ts';
import { BLOCK_BYTES, EMPTY, PagedBody, type Space } from './body.ts';
import type { AttributeChange, FileBody, FileSystem, Making, Node, Slot } from './node.ts';
import type { DirEntry, FileType, Stat, StatFs } from './types.ts';

/** Who knows the time, and why something happens. */
export interface Stamps {
  nowNs(): bigint;
  span(): number;
}

export interface MemoryOptions {
  readonly type: 'ext4' | 'tmpfs';
  readonly dev: number;
  readonly stamps: Stamps;
  readonly totalBytes: number;
  /** As many as fit, unless said. */
  readonly totalInodes?: number;
  readonly options?: readonly string[];
  /** Is told of bytes that are taken. */
  readonly charge?: ((bytes: number) => void) | undefined;
  readonly root?: { readonly mode?: number; readonly uid?: number; readonly gid?: number };
}

/** One inode for each so many bytes, as mkfs.ext4 does. */
const BYTES_PER_INODE = 16_384;
/** What tmpfs says an entry takes (BOGO_DIRENT_SIZE). */
const TMPFS_ENTRY_BYTES = 20;
const EXT4_ROOT_INO = 2;
const EXT4_FIRST_INO = 11;
const NOTHING: ReadonlyMap<string, Uint8Array> = new Map();

export class MemoryFs implements FileSystem, Space {
  readonly type: 'ext4' | 'tmpfs';
  readonly dev: number;
  readonly root: MemoryNode;
  readonly stamps: Stamps;
  readOnly = false;
  options: readonly string[];
  totalBytes: number;
  readonly #totalInodes: number | undefined;
  readonly #charge: ((bytes: number) => void) | undefined;
  usedBytes = 0;
  usedInodes = 0;
  #lastIno: number;

  constructor({ type, dev, stamps, totalBytes, totalInodes, options = [], charge, root = {} }: MemoryOptions) {
    this.type = type;
    this.dev = dev;
    this.stamps = stamps;
    this.totalBytes = totalBytes;
    this.#totalInodes = totalInodes;
    this.#charge = charge;
    this.options = options;
    this.#lastIno = type === 'ext4' ? EXT4_ROOT_INO - 1 : 0;
    this.root = new MemoryNode(this, { type: 'directory', mode: root.mode ?? 0o755, uid: root.uid ?? 0, gid: root.gid ?? 0 });
    if (type === 'ext4') this.#lastIno = EXT4_FIRST_INO;
  }

  get freeBytes(): number {
    return this.totalBytes - this.usedBytes;
  }

  take(bytes: number): void {
    this.usedBytes += bytes;
    this.#charge?.(bytes);
  }

  nextIno(): number {
    this.#lastIno += 1;
    this.usedInodes += 1;
    return this.#lastIno;
  }

  /** Only where their number was set is there an end to them. */
  get hasInode(): boolean {
    return this.#totalInodes === undefined || this.usedInodes < this.#totalInodes;
  }

  statfs(): StatFs {
    const totalInodes = this.#totalInodes ?? Math.floor(this.totalBytes / BYTES_PER_INODE);
    return {
      type: this.type,
      totalBytes: this.totalBytes,
      freeBytes: this.freeBytes,
      totalInodes,
      freeInodes: Math.max(0, totalInodes - this.usedInodes),
    };
  }
}

const byName = (a: DirEntry, b: DirEntry): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

export class MemoryNode implements Node {
  readonly fs: MemoryFs;
  readonly type: FileType;
  readonly ino: number;
  readonly rdev: number;
  readonly slot: Slot = {};
  parent: MemoryNode | undefined;
  name = '';
  mode: number;
  uid: number;
  gid: number;
  nlink: number;
  atimeNs: bigint;
  mtimeNs: bigint;
  ctimeNs: bigint;
  /** Why it was last written. */
  span: number;
  readonly #target: string;
  readonly #body: PagedBody | undefined;
  readonly #children: Map<string, MemoryNode> | undefined;
  #list: readonly DirEntry[] | undefined;
  #xattrs: Map<string, Uint8Array> | undefined;

  constructor(fs: MemoryFs, making: Making) {
    this.fs = fs;
    this.type = making.type;
    this.ino = fs.nextIno();
    this.mode = making.mode;
    this.uid = making.uid;
    this.gid = making.gid;
    this.rdev = making.rdev ?? 0;
    this.nlink = making.type === 'directory' ? 2 : 1;
    this.atimeNs = this.mtimeNs = this.ctimeNs = fs.stamps.nowNs();
    this.span = fs.stamps.span();
    this.#target = making.target ?? '';
    this.#body = making.type === 'regular' ? new PagedBody(fs) : undefined;
    this.#children = making.type === 'directory' ? new Map() : undefined;
  }

  stat(): Stat {
    const { type, mode, uid, gid, nlink, ino, rdev, atimeNs, mtimeNs, ctimeNs, span } = this;
    return { type, mode, uid, gid, ...this.#sizes(), nlink, ino, dev: this.fs.dev, rdev, atimeNs, mtimeNs, ctimeNs, span };
  }

  #sizes(): Pick<Stat, 'sizeBytes' | 'allocatedBytes'> {
    if (this.#body !== undefined) return { sizeBytes: this.#body.sizeBytes, allocatedBytes: this.#body.allocatedBytes };
    if (this.#children === undefined) return { sizeBytes: new TextEncoder().encode(this.#target).length, allocatedBytes: 0 };
    if (this.fs.type === 'tmpfs') return { sizeBytes: TMPFS_ENTRY_BYTES * (this.#children.size + 2), allocatedBytes: 0 };
    return { sizeBytes: BLOCK_BYTES, allocatedBytes: BLOCK_BYTES };
  }

  get #entries(): Map<string, MemoryNode> {
    if (this.#children === undefined) throw new Errno('ENOTDIR');
    return this.#children;
  }

  lookup(name: string): MemoryNode | undefined {
    return this.#children?.get(name);
  }

  list(): readonly DirEntry[] {
    if (this.#list === undefined) {
      const entries = [...this.#entries].map(([name, { type, ino }]) => ({ name, type, ino }));
      // tmpfs lists what came last first; ext4 has an order of its own (hashes), for which names stand.
      this.#list = this.fs.type === 'tmpfs' ? entries.reverse() : entries.sort(byName);
    }
    return this.#list;
  }

  create(name: string, making: Making): MemoryNode {
    this.#mustBeLinked();
    if (this.#entries.has(name)) throw new Errno('EEXIST');
    if (!this.fs.hasInode) throw new Errno('ENOSPC');
    const node = new MemoryNode(this.fs, making);
    this.#attach(name, node);
    return node;
  }

  /** A directory that has been removed takes nothing in. */
  #mustBeLinked(): void {
    if (this.nlink === 0) throw new Errno('ENOENT');
  }

  #attach(name: string, node: MemoryNode): void {
    this.#entries.set(name, node);
    if (node.type === 'directory') {
      node.parent = this;
      node.name = name;
      this.nlink += 1;
    }
    this.#written();
  }

  #detach(name: string, node: MemoryNode): void {
    this.#entries.delete(name);
    if (node.type === 'directory') this.nlink -= 1;
    this.#written();
  }

  #written(): void {
    this.#list = undefined;
    this.mtimeNs = this.ctimeNs = this.fs.stamps.nowNs();
    this.span = this.fs.stamps.span();
  }

  #changed(): void {
    this.ctimeNs = this.fs.stamps.nowNs();
  }

  link(name: string, node: Node): void {
    this.#mustBeLinked();
    if (!(node instanceof MemoryNode) || node.fs !== this.fs) throw new Errno('EXDEV');
    if (this.#entries.has(name)) throw new Errno('EEXIST');
    node.nlink += 1;
    node.#changed();
    this.#attach(name, node);
  }

  remove(name: string): void {
    const node = this.#entries.get(name);
    if (node === undefined) throw new Errno('ENOENT');
    if (node.#children !== undefined && node.#children.size > 0) throw new Errno('ENOTEMPTY');
    this.#detach(name, node);
    node.#unlinked();
  }

  #unlinked(): void {
    this.nlink = this.type === 'directory' ? 0 : this.nlink - 1;
    this.#changed();
    if (this.nlink > 0) return;
    this.fs.usedInodes -= 1;
    this.#body?.release();
  }

  rename(name: string, to: Node, toName: string): void {
    const node = this.#entries.get(name);
    if (node === undefined) throw new Errno('ENOENT');
    if (!(to instanceof MemoryNode) || to.fs !== this.fs) throw new Errno('EXDEV');
    to.#mustBeLinked();
    if (to.#entries.has(toName)) to.remove(toName);
    this.#detach(name, node);
    to.#attach(toName, node);
    node.#changed();
  }

  change({ mode, uid, gid, atimeNs, mtimeNs }: AttributeChange): void {
    this.mode = mode ?? this.mode;
    this.uid = uid ?? this.uid;
    this.gid = gid ?? this.gid;
    this.atimeNs = atimeNs ?? this.atimeNs;
    this.mtimeNs = mtimeNs ?? this.mtimeNs;
    this.span = this.fs.stamps.span();
    this.#changed();
  }

  accessed(nowNs: bigint): void {
    this.atimeNs = nowNs;
  }

  readlink(): string {
    return this.#target;
  }

  xattrs(): ReadonlyMap<string, Uint8Array> {
    return this.#xattrs ?? NOTHING;
  }

  setXattr(name: string, value: Uint8Array): void {
    this.#xattrs ??= new Map();
    this.#xattrs.set(name, value);
    this.#changed();
  }

  body(forWriting: boolean): FileBody {
    if (this.#body === undefined) throw new Errno('EINVAL');
    return forWriting ? this.#writing(this.#body) : this.#body;
  }

  /** The body, with each write stamped. */
  #writing(body: PagedBody): FileBody {
    const stamped =
      <A extends unknown[], R>(write: (...args: A) => R) =>
      (...args: A): R => {
        const result = write(...args);
        this.mtimeNs = this.ctimeNs = this.fs.stamps.nowNs();
        this.span = this.fs.stamps.span();
        return result;
      };
    return {
      get sizeBytes() {
        return body.sizeBytes;
      },
      get allocatedBytes() {
        return body.allocatedBytes;
      },
      read: (offset, length) => body.read(offset, length),
      snapshot: () => body.snapshot(),
      write: stamped((offset, bytes) => body.write(offset, bytes)),
      truncate: stamped((sizeBytes) => body.truncate(sizeBytes)),
      replace: stamped((content) => body.replace(content.sizeBytes === 0 ? EMPTY : content)),
    };
  }
}
