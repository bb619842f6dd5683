/** A file or directory as it appears through the layers. */
import { Errno } from '../../errno.ts';
import type { AttributeChange, FileBody, Making, Node, Slot } from '../node.ts';
import type { DirEntry, FileType, Stat } from '../types.ts';
import { copyUp } from './copy-up.ts';
import { isOpaque, isWhiteout, lookupIn, lookupLower, mergedNames, OPAQUE, PRIVATE_PREFIX, type Stack } from './layers.ts';
import type { OverlayFs } from './overlay.ts';

const WHITEOUT: Making = { type: 'char-device', mode: 0, uid: 0, gid: 0, rdev: 0 };
const opaqueMark = (): Uint8Array => new TextEncoder().encode('y');

interface Place {
  readonly parent: OverlayNode;
  readonly name: string;
}

export class OverlayNode implements Node {
  readonly fs: OverlayFs;
  readonly type: FileType;
  readonly slot: Slot = {};
  readonly #ino: number;
  #upper: Node | undefined;
  #lowers: readonly Node[];
  /** By which directory and name it was reached; none for the root and for what has been removed. */
  #place: Place | undefined;
  /** What is known of names in this directory. Names that are not there are kept too: looking through many layers is dear. */
  readonly #children = new Map<string, OverlayNode | undefined>();
  #list: readonly DirEntry[] | undefined;

  constructor(fs: OverlayFs, { upper, lowers }: Stack, place: Place | undefined) {
    this.fs = fs;
    this.#upper = upper;
    this.#lowers = lowers;
    this.#place = place;
    this.type = this.real.type;
    this.#ino = this.real.stat().ino;
  }

  /** The file whose bytes and attributes are seen. */
  get real(): Node {
    const node = this.#upper ?? this.#lowers[0];
    if (node === undefined) throw new Errno('ENOENT');
    return node;
  }

  get mode(): number {
    return this.real.mode;
  }

  get uid(): number {
    return this.real.uid;
  }

  get gid(): number {
    return this.real.gid;
  }

  get parent(): OverlayNode | undefined {
    return this.type === 'directory' ? this.#place?.parent : undefined;
  }

  get name(): string {
    return this.type === 'directory' ? (this.#place?.name ?? '') : '';
  }

  /** The inode number stays when a file is copied up. A merged directory has one link, so that nobody counts on the number. */
  stat(): Stat {
    const stat = this.real.stat();
    return { ...stat, ino: this.#ino, dev: this.fs.dev, nlink: this.#links(stat.nlink) };
  }

  #links(real: number): number {
    const isOwn = this.#upper !== undefined && this.type !== 'directory';
    if (!isOwn && this.#isGone()) return 0;
    return this.#isMerged() ? Math.min(real, 1) : real;
  }

  /** The name it was reached by does not mean it any more. */
  #isGone(): boolean {
    return this.#place !== undefined && this.#place.parent.lookup(this.#place.name) !== this;
  }

  #isMerged(): boolean {
    return this.type === 'directory' && this.#lowers.length > (this.#upper === undefined ? 1 : 0);
  }

  lookup(name: string): OverlayNode | undefined {
    if (this.#children.has(name)) return this.#children.get(name);
    const stack = lookupIn({ upper: this.#upper, lowers: this.#lowers }, name);
    const node = stack === undefined ? undefined : this.#nodeFor(stack, name);
    this.#children.set(name, node);
    return node;
  }

  /** Names of one file are one node: in the upper layer always, below only as long as there is but one. */
  #nodeFor(stack: Stack, name: string): OverlayNode {
    const [lower] = stack.lowers;
    const key = stack.upper ?? (lower !== undefined && lower.stat().nlink === 1 ? lower : undefined);
    const known = key === undefined ? undefined : this.fs.known.get(key);
    if (known !== undefined && known.type !== 'directory') return known;
    const node = new OverlayNode(this.fs, stack, { parent: this, name });
    if (key !== undefined) this.fs.known.set(key, node);
    return node;
  }

  list(): readonly DirEntry[] {
    this.#list ??= mergedNames({ upper: this.#upper, lowers: this.#lowers }).flatMap((name) => {
      const node = this.lookup(name);
      return node === undefined ? [] : [{ name, type: node.type, ino: node.#ino }];
    });
    return this.#list;
  }

  /** The file in the upper layer, copied there if it is not. */
  #own(): Node {
    if (this.#upper !== undefined) return this.#upper;
    const [lower] = this.#lowers;
    if (lower === undefined || this.fs.readOnly) throw new Errno('EROFS');
    const place = this.#place;
    if (place === undefined) throw new Errno('ENOENT');
    const isGone = this.#isGone();
    const name = isGone ? `.${place.name}.gone` : place.name;
    const directory = place.parent.#own();
    this.#upper = copyUp({ lower, directory, name });
    if (isGone) directory.remove(name);
    if (this.type !== 'directory') this.#lowers = [];
    this.fs.known.set(this.#upper, this);
    return this.#upper;
  }

  create(name: string, making: Making): OverlayNode {
    this.#mustBeLinked();
    const directory = this.#own();
    const hidesBelow = this.#clearWhiteout(directory, name);
    const made = directory.create(name, making);
    if (making.type === 'directory' && hidesBelow) made.setXattr(OPAQUE, opaqueMark());
    const node = new OverlayNode(this.fs, { upper: made, lowers: [] }, { parent: this, name });
    this.fs.known.set(made, node);
    this.#know(name, node);
    return node;
  }

  #mustBeLinked(): void {
    if (this.stat().nlink === 0) throw new Errno('ENOENT');
  }

  #know(name: string, node: OverlayNode | undefined): void {
    this.#children.set(name, node);
    this.#list = undefined;
  }

  /** Makes room for a new name. Whether something below was hidden there. */
  #clearWhiteout(directory: Node, name: string): boolean {
    const there = directory.lookup(name);
    if (there === undefined || !isWhiteout(there)) return false;
    directory.remove(name);
    return true;
  }

  #isBelow(name: string): boolean {
    return lookupLower(this.#lowers, name).length > 0;
  }

  link(name: string, node: Node): void {
    if (!(node instanceof OverlayNode) || node.fs !== this.fs) throw new Errno('EXDEV');
    this.#mustBeLinked();
    const file = node.#own();
    const directory = this.#own();
    this.#clearWhiteout(directory, name);
    directory.link(name, file);
    this.#know(name, node);
  }

  remove(name: string): void {
    const node = this.lookup(name);
    if (node === undefined) throw new Errno('ENOENT');
    if (node.type === 'directory' && node.list().length > 0) throw new Errno('ENOTEMPTY');
    const directory = this.#own();
    if (node.#upper !== undefined) {
      if (node.type === 'directory') purge(node.#upper);
      directory.remove(name);
    }
    this.#hide(directory, name);
    this.#know(name, undefined);
  }

  /** Leaves a whiteout where a lower layer has the name. */
  #hide(directory: Node, name: string): void {
    if (this.#isBelow(name)) directory.create(name, WHITEOUT);
  }

  /** A directory that is merged from layers cannot be moved without `redirect_dir`: EXDEV, and whoever moves it copies. */
  rename(name: string, to: Node, toName: string): void {
    const node = this.lookup(name);
    if (node === undefined) throw new Errno('ENOENT');
    if (!(to instanceof OverlayNode) || to.fs !== this.fs) throw new Errno('EXDEV');
    if (node.type === 'directory' && node.#lowers.length > 0) throw new Errno('EXDEV');
    to.#mustBeLinked();
    const file = node.#own();
    const [from, into] = [this.#own(), to.#own()];
    const there = to.lookup(toName);
    if (there?.type === 'directory' && there.#upper !== undefined) purge(there.#upper);
    from.rename(name, into, toName);
    if (node.type === 'directory' && to.#isBelow(toName) && !isOpaque(file)) file.setXattr(OPAQUE, opaqueMark());
    this.#hide(from, name);
    this.#know(name, undefined);
    to.#know(toName, node);
    node.#place = { parent: to, name: toName };
  }

  change(attributes: AttributeChange): void {
    this.#own().change(attributes);
  }

  accessed(nowNs: bigint): void {
    this.#upper?.accessed(nowNs);
  }

  readlink(): string {
    return this.real.readlink();
  }

  xattrs(): ReadonlyMap<string, Uint8Array> {
    const all = this.real.xattrs();
    return all.size === 0 ? all : new Map([...all].filter(([name]) => !name.startsWith(PRIVATE_PREFIX)));
  }

  setXattr(name: string, value: Uint8Array): void {
    if (name.startsWith(PRIVATE_PREFIX)) throw new Errno('EPERM');
    this.#own().setXattr(name, value);
  }

  body(forWriting: boolean): FileBody {
    return forWriting ? this.#own().body(true) : this.real.body(false);
  }
}

/** Takes the whiteouts out of a directory that looks empty, so that it is. */
function purge(directory: Node): void {
  for (const { name } of directory.list()) directory.remove(name);
}
