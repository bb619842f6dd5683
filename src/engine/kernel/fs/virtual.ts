/**
 * File systems that hold nothing: procfs, sysfs, control groups, devpts, mqueue. Their directories are told what is in them whenever
 * somebody looks; the node for a name stays the same as long as the name is there, so that mounts can hang on it.
 */
import { Errno } from '../errno.ts';
import { EMPTY } from './body.ts';
import type { Stamps } from './memory.ts';
import type { Location } from './mount.ts';
import type { AttributeChange, Computed, Descriptor, FileBody, FileSystem, Making, Node, Slot } from './node.ts';
import type { DirEntry, FileType, Stat, StatFs } from './types.ts';
import type { FsView } from './view.ts';

interface Owned {
  readonly mode: number;
  readonly uid?: number;
  readonly gid?: number;
}

export interface VirtualDirectory extends Owned {
  readonly type: 'directory';
  names(): readonly string[];
  entry(name: string): VirtualEntry | undefined;
  mkdir?(name: string): void;
  rmdir?(name: string): void;
}

export type VirtualEntry =
  | VirtualDirectory
  | (Owned & Computed & { readonly type: 'regular'; readonly ino?: number })
  | (Owned & {
      readonly type: 'symlink';
      target(reader?: FsView): string;
      jump?(view: FsView): Location | undefined;
      readonly descriptor?: Descriptor;
    })
  | (Owned & { readonly type: 'char-device'; readonly rdev: number });

export const text = (read: (view: FsView) => string, mode = 0o444): VirtualEntry => ({ type: 'regular', mode, read });
export const symlink = (target: (reader?: FsView) => string, jump?: (view: FsView) => Location | undefined): VirtualEntry => ({
  type: 'symlink',
  mode: 0o777,
  target,
  ...(jump && { jump }),
});

/** A directory whose entries are always the same. */
export function folder(entries: Readonly<Record<string, VirtualEntry>>, mode = 0o555): VirtualDirectory {
  return {
    type: 'directory',
    mode,
    names: () => Object.keys(entries),
    entry: (name) => (Object.hasOwn(entries, name) ? entries[name] : undefined),
  };
}

export interface VirtualOptions {
  readonly type: string;
  readonly dev: number;
  readonly stamps: Stamps;
  readonly root: VirtualEntry;
  readonly options?: readonly string[];
}

export class VirtualFs implements FileSystem {
  readonly type: string;
  readonly dev: number;
  readonly stamps: Stamps;
  readonly options: readonly string[];
  readonly root: VirtualNode;
  readOnly = false;
  #lastIno = 0;

  constructor({ type, dev, stamps, root, options = [] }: VirtualOptions) {
    this.type = type;
    this.dev = dev;
    this.stamps = stamps;
    this.options = options;
    this.root = new VirtualNode(this, root);
  }

  nextIno(): number {
    this.#lastIno += 1;
    return this.#lastIno;
  }

  statfs(): StatFs {
    return { type: this.type, totalBytes: 0, freeBytes: 0, totalInodes: 0, freeInodes: 0 };
  }
}

/** A file is longer than what it says: readers stop at its end. */
const nothing: FileBody = {
  sizeBytes: 0,
  allocatedBytes: 0,
  read: () => new Uint8Array(0),
  write: (_offset, bytes) => bytes.length,
  truncate: () => {},
  replace: () => {},
  snapshot: () => EMPTY,
};
/** What Linux says of /proc/PID/fd/N, however long the target is. */
const DESCRIPTOR_LINK_BYTES = 64;
const NO_XATTRS: ReadonlyMap<string, Uint8Array> = new Map();

const refuse = (): never => {
  throw new Errno('EPERM');
};

export class VirtualNode implements Node {
  readonly fs: VirtualFs;
  readonly parent: VirtualNode | undefined;
  readonly name: string;
  readonly slot: Slot = {};
  readonly computed?: Computed;
  readonly #ino: number;
  readonly #madeNs: bigint;
  readonly #children = new Map<string, VirtualNode>();
  #entry: VirtualEntry;
  #changes: AttributeChange = {};

  constructor(fs: VirtualFs, entry: VirtualEntry, place?: { readonly parent: VirtualNode; readonly name: string }) {
    this.fs = fs;
    this.#entry = entry;
    this.parent = place?.parent;
    this.name = place?.name ?? '';
    this.#ino = entry.type === 'regular' && entry.ino !== undefined ? entry.ino : fs.nextIno();
    this.#madeNs = fs.stamps.nowNs();
    if (entry.type === 'symlink' && entry.descriptor !== undefined) this.slot.descriptor = entry.descriptor;
    if (entry.type === 'regular')
      this.computed = {
        read: (view) => this.#file().read(view),
        ...(entry.open && { open: (view) => this.#file().open?.(view) }),
        ...(entry.write && { write: (words, view) => this.#file().write?.(words, view) }),
      };
  }

  get type(): FileType {
    return this.#entry.type;
  }

  get mode(): number {
    return this.#changes.mode ?? this.#entry.mode;
  }

  get uid(): number {
    return this.#changes.uid ?? this.#entry.uid ?? 0;
  }

  get gid(): number {
    return this.#changes.gid ?? this.#entry.gid ?? 0;
  }

  #file(): Computed {
    if (this.#entry.type !== 'regular') throw new Errno('EINVAL');
    return this.#entry;
  }

  #directory(): VirtualDirectory {
    if (this.#entry.type !== 'directory') throw new Errno('ENOTDIR');
    return this.#entry;
  }

  stat(): Stat {
    const { type, mode, uid, gid } = this;
    const timeNs = this.#madeNs;
    const nlink = this.#entry.type === 'directory' ? 2 : 1;
    const rdev = this.#entry.type === 'char-device' ? this.#entry.rdev : 0;
    return {
      type,
      mode,
      uid,
      gid,
      sizeBytes: this.slot.descriptor === undefined ? 0 : DESCRIPTOR_LINK_BYTES,
      allocatedBytes: 0,
      nlink,
      ino: this.#ino,
      dev: this.fs.dev,
      rdev,
      atimeNs: timeNs,
      mtimeNs: timeNs,
      ctimeNs: timeNs,
    };
  }

  lookup(name: string): VirtualNode | undefined {
    const entry = this.#directory().entry(name);
    const known = this.#children.get(name);
    if (entry !== undefined && known !== undefined && known.type === entry.type) {
      known.#entry = entry;
      return known;
    }
    this.#children.delete(name);
    if (entry === undefined) return undefined;
    const node = new VirtualNode(this.fs, entry, { parent: this, name });
    this.#children.set(name, node);
    return node;
  }

  list(): readonly DirEntry[] {
    return this.#directory()
      .names()
      .flatMap((name) => {
        const node = this.lookup(name);
        return node === undefined ? [] : [{ name, type: node.type, ino: node.#ino }];
      });
  }

  create(name: string, { type }: Making): VirtualNode {
    const directory = this.#directory();
    if (directory.mkdir === undefined || type !== 'directory') throw new Errno(this.fs.type === 'proc' ? 'ENOENT' : 'EPERM');
    directory.mkdir(name);
    const node = this.lookup(name);
    if (node === undefined) throw new Errno('ENOENT');
    return node;
  }

  remove(name: string): void {
    const { rmdir } = this.#directory();
    if (rmdir === undefined) return refuse();
    rmdir(name);
    this.#children.delete(name);
  }

  link(): void {
    refuse();
  }

  rename(): void {
    refuse();
  }

  change({ mode, uid, gid }: AttributeChange): void {
    this.#changes = {
      ...this.#changes,
      ...(mode !== undefined && { mode }),
      ...(uid !== undefined && { uid }),
      ...(gid !== undefined && { gid }),
    };
  }

  accessed(): void {}

  readlink(reader?: FsView): string {
    if (this.#entry.type !== 'symlink') throw new Errno('EINVAL');
    return this.#entry.target(reader);
  }

  jump(view: FsView): Location | undefined {
    return this.#entry.type === 'symlink' ? this.#entry.jump?.(view) : undefined;
  }

  xattrs(): ReadonlyMap<string, Uint8Array> {
    return NO_XATTRS;
  }

  setXattr(): void {
    throw new Errno('EOPNOTSUPP');
  }

  body(): FileBody {
    return nothing;
  }
}
