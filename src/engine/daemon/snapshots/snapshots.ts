/**
 * Layers, unpacked: numbered directories that overlay mounts are put together from. A committed one is a layer under its chain id;
 * an active one is what a container writes into. Upstream: containerd's overlayfs snapshotter.
 */
import type { SpanId, Sys } from '../../kernel/sys.ts';
import { system } from '../errors.ts';
import { mkdirAll, removeAll, treeSize } from '../files.ts';
import type { Metadata, SnapshotRecord } from '../metadata.ts';

const DIRECTORY = 'io.containerd.snapshotter.v1.overlayfs/snapshots';

export class Snapshots {
  readonly #sys: Sys;
  readonly #root: string;
  readonly #metadata: Metadata;

  constructor(sys: Sys, root: string, metadata: Metadata) {
    this.#sys = sys;
    this.#root = `${root}/${DIRECTORY}`;
    this.#metadata = metadata;
    mkdirAll(sys, this.#root);
  }

  has(key: string): boolean {
    return this.#metadata.snapshots.has(key);
  }

  get(key: string): SnapshotRecord {
    const record = this.#metadata.snapshots.get(key);
    if (!record) throw system(`snapshot ${key} does not exist: not found`);
    return record;
  }

  keys(): readonly string[] {
    return [...this.#metadata.snapshots.keys()];
  }

  /** The directory with its files. */
  files(key: string): string {
    return `${this.#root}/${this.get(key).id}/fs`;
  }

  /** Why it was made. */
  causeOf(key: string): SpanId {
    return this.#sys.path.lstat(`${this.#root}/${this.get(key).id}`).span ?? 0;
  }

  /** The directories of it and all below, uppermost first. */
  chain(key: string): readonly string[] {
    const found: string[] = [];
    for (let at = key; at !== ''; at = this.get(at).parent) found.push(this.files(at));
    return found;
  }

  /** A new, empty snapshot on top of `parent` (empty: of nothing). */
  prepare(key: string, parent: string): void {
    if (this.has(key)) throw system(`snapshot "${key}": already exists`);
    if (parent !== '') this.get(parent);
    const id = this.#metadata.lastSnapshot + 1;
    mkdirAll(this.#sys, `${this.#root}/${id}/fs`);
    mkdirAll(this.#sys, `${this.#root}/${id}/work`, 0o711);
    this.#copyRoot(`${this.#root}/${id}/fs`, parent);
    this.#metadata.change(['snapshots', key, { key, id, parent, kind: 'active', sizeBytes: 0 }]);
  }

  /** The root directory of an upper layer is the one that is seen: it looks like the one below. */
  #copyRoot(path: string, parent: string): void {
    if (parent === '') return;
    const { mode, uid, gid, mtimeNs } = this.#sys.path.stat(this.files(parent));
    this.#sys.path.chmod(path, mode);
    this.#sys.path.chown(path, uid, gid);
    this.#sys.path.utimes(path, { mtimeNs });
  }

  /** From now on it is a layer called `name`. */
  commit(name: string, key: string, sizeBytes = this.sizeOf(key)): void {
    const record = this.get(key);
    this.#metadata.change(['snapshots', key, null], ['snapshots', name, { ...record, key: name, kind: 'committed', sizeBytes }]);
  }

  /** Bytes on the disk: of a layer as it was committed, of a container's as it is now. */
  sizeOf(key: string): number {
    const record = this.get(key);
    return record.kind === 'committed' ? record.sizeBytes : treeSize(this.#sys, this.files(key)).allocatedBytes;
  }

  /** Bytes of it and all below. */
  chainSize(key: string): number {
    let sum = 0;
    for (let at = key; at !== ''; at = this.get(at).parent) sum += this.sizeOf(at);
    return sum;
  }

  hasChildren(key: string): boolean {
    return this.#metadata.childrenOf(key) > 0;
  }

  remove(key: string): void {
    if (this.hasChildren(key)) throw system(`cannot remove snapshot with child: failed precondition`);
    removeAll(this.#sys, `${this.#root}/${this.get(key).id}`);
    this.#metadata.change(['snapshots', key, null]);
  }

  /** Mounts it at `target`: writable if it is active, with the layers below. */
  mount(key: string, target: string): void {
    const record = this.get(key);
    const [upper = '', ...lower] = this.chain(key);
    mkdirAll(this.#sys, target);
    if (record.kind === 'active' && lower.length === 0) {
      this.#sys.path.mount({ type: 'none', source: upper, target, bind: true });
      return;
    }
    const data =
      record.kind === 'active'
        ? `lowerdir=${lower.join(':')},upperdir=${upper},workdir=${upper.replace(/fs$/, 'work')}`
        : `lowerdir=${[upper, ...lower].join(':')}`;
    this.#sys.path.mount({ type: 'overlay', source: 'overlay', target, data, flags: ['relatime'], readOnly: record.kind === 'committed' });
  }
}
