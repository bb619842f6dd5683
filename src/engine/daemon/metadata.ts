/**
 * The tables of a containerd namespace: names of images and snapshots, kept in one file as containerd keeps them in one database. Its
 * first line is all tables; each line after it is what changed since, all of it or nothing. So a change costs what it changes.
 */

import type { Sys } from '../kernel/sys.ts';
import type { Descriptor } from '../oci/manifest.ts';
import { mkdirAll, parentOf, readTextIfThere, writeWhole } from './files.ts';

/** A name and what it stands for. Times are nanoseconds since 1970 as text, as JSON cannot hold them. */
export interface ImageRecord {
  readonly name: string;
  readonly target: Descriptor;
  readonly createdNs: string;
  readonly updatedNs: string;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface SnapshotRecord {
  readonly key: string;
  /** The number of its directory. */
  readonly id: number;
  /** The key of the one below, empty at the bottom. */
  readonly parent: string;
  readonly kind: 'committed' | 'active';
  /** Bytes on the disk, once it is committed. */
  readonly sizeBytes: number;
}

/** What is kept although no name leads to it. Upstream: containerd's leases. */
export interface Lease {
  readonly snapshots: readonly string[];
  readonly content: readonly string[];
}

/** A build that an image came of. */
export interface BuildOrigin {
  readonly ref: string;
  readonly createdNs: string;
}

interface Rows {
  readonly images: ImageRecord;
  readonly snapshots: SnapshotRecord;
  /** Which repositories a content was pulled from, by digest. */
  readonly sources: readonly string[];
  readonly leases: Lease;
  readonly builds: BuildOrigin;
}

type Table = keyof Rows;

/** A row as it is from now on; null: it is gone. */
export type Change = { readonly [T in Table]: readonly [table: T, key: string, row: Rows[T] | null] }[Table];

interface Whole {
  readonly images: readonly ImageRecord[];
  readonly snapshots: readonly SnapshotRecord[];
  readonly lastSnapshot: number;
  readonly sources: Readonly<Record<string, readonly string[]>>;
  readonly leases?: Readonly<Record<string, Lease>>;
  readonly builds?: Readonly<Record<string, BuildOrigin>>;
}

const FILE = 'io.containerd.metadata.v1.bolt/meta.db';
/** So many changes are written behind the tables, and as many more as there are rows, before the file is written anew. */
const MIN_CHANGES = 256;
const encoder = new TextEncoder();

export class Metadata {
  readonly #tables: { readonly [T in Table]: Map<string, Rows[T]> } = {
    images: new Map(),
    snapshots: new Map(),
    sources: new Map(),
    leases: new Map(),
    builds: new Map(),
  };
  readonly #children = new Map<string, number>();
  #lastSnapshot = 0;
  /** Infinite: what is on the disk cannot be added to. */
  #changes = Number.POSITIVE_INFINITY;
  readonly #sys: Sys;
  readonly #path: string;

  /** Reads what is on the disk. A last line that is cut short is left out. Throws SyntaxError for what is no table. */
  constructor(sys: Sys, root: string) {
    this.#sys = sys;
    this.#path = `${root}/${FILE}`;
    const [first, ...more] = (readTextIfThere(sys, this.#path) ?? '').split('\n');
    if (first === undefined || first === '') return;
    this.#read(first);
    for (const line of more.slice(0, -1)) this.#read(line);
    if (more.at(-1) === '') this.#changes = more.length;
  }

  get images(): ReadonlyMap<string, ImageRecord> {
    return this.#tables.images;
  }

  get snapshots(): ReadonlyMap<string, SnapshotRecord> {
    return this.#tables.snapshots;
  }

  get sources(): ReadonlyMap<string, readonly string[]> {
    return this.#tables.sources;
  }

  get leases(): ReadonlyMap<string, Lease> {
    return this.#tables.leases;
  }

  get builds(): ReadonlyMap<string, BuildOrigin> {
    return this.#tables.builds;
  }

  /** The highest number that a snapshot ever had. */
  get lastSnapshot(): number {
    return this.#lastSnapshot;
  }

  /** How many snapshots stand on this one. */
  childrenOf(key: string): number {
    return this.#children.get(key) ?? 0;
  }

  /** Changes rows, here and on the disk, together. */
  change(...asked: readonly Change[]): void {
    const changes = asked.filter(([table, key, row]) => row !== null || this.#tables[table].has(key));
    if (changes.length === 0) return;
    for (const one of changes) this.#apply(one);
    const before = this.#changes;
    this.#changes = Number.POSITIVE_INFINITY;
    if (before < MIN_CHANGES + this.#rows()) {
      this.#sys.path.appendFile(this.#path, encoder.encode(`${JSON.stringify(changes)}\n`));
      this.#changes = before + 1;
      return;
    }
    mkdirAll(this.#sys, parentOf(this.#path), 0o711);
    writeWhole(this.#sys, this.#path, `${JSON.stringify(this.#whole())}\n`);
    this.#changes = 0;
  }

  #apply<T extends Table>([table, key, row]: readonly [T, string, Rows[T] | null]): void {
    if (table === 'snapshots') this.#count(this.#tables.snapshots.get(key), row as SnapshotRecord | null);
    if (row === null) this.#tables[table].delete(key);
    else this.#tables[table].set(key, row);
  }

  #count(before: SnapshotRecord | undefined, after: SnapshotRecord | null): void {
    if (before) this.#children.set(before.parent, this.childrenOf(before.parent) - 1);
    if (before && this.childrenOf(before.parent) === 0) this.#children.delete(before.parent);
    if (!after) return;
    this.#children.set(after.parent, this.childrenOf(after.parent) + 1);
    this.#lastSnapshot = Math.max(this.#lastSnapshot, after.id);
  }

  #rows(): number {
    return Object.values(this.#tables).reduce((sum, { size }) => sum + size, 0);
  }

  #read(line: string): void {
    const read = JSON.parse(line) as Whole | readonly Change[];
    for (const one of 'images' in read ? rowsOf(read) : read) this.#apply(one);
    if ('images' in read) this.#lastSnapshot = Math.max(this.#lastSnapshot, read.lastSnapshot);
  }

  #whole(): Whole {
    return {
      images: [...this.images.values()],
      snapshots: [...this.snapshots.values()],
      lastSnapshot: this.#lastSnapshot,
      sources: Object.fromEntries(this.sources),
      ...(this.builds.size > 0 ? { builds: Object.fromEntries(this.builds) } : {}),
      ...(this.leases.size > 0 ? { leases: Object.fromEntries(this.leases) } : {}),
    };
  }
}

const rowsOf = ({ images, snapshots, sources, leases = {}, builds = {} }: Whole): readonly Change[] => [
  ...images.map((image): Change => ['images', image.name, image]),
  ...snapshots.map((snapshot): Change => ['snapshots', snapshot.key, snapshot]),
  ...Object.entries(sources).map(([digest, names]): Change => ['sources', digest, names]),
  ...Object.entries(leases).map(([name, lease]): Change => ['leases', name, lease]),
  ...Object.entries(builds).map(([digest, origin]): Change => ['builds', digest, origin]),
];
