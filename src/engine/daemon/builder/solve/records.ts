/**
 * The build cache: what steps have made, by what they were made from. Each record is a snapshot; it is found by its key, and by other
 * keys that turned out to mean the same. Kept in one file below /var/lib/docker/buildkit. Upstream: buildkit solver/bboltcachestorage.
 */
import type { Descriptor } from '../../../oci/manifest.ts';
import { cacheFile, type Daemon } from '../../daemon.ts';
import { mkdirAll, readJson, removeAll, treeSize, writeWhole } from '../../files.ts';

export type RecordType = 'regular' | 'source.local' | 'exec.cachemount' | 'frontend' | 'internal';

export interface CacheRecord {
  readonly id: string;
  readonly key: string;
  /** The record below; empty at the bottom. */
  readonly parent: string;
  /** Its snapshot. */
  readonly snapshot: string;
  readonly type: RecordType;
  readonly description: string;
  readonly createdNs: string;
  lastUsedNs: string;
  usageCount: number;
  sizeBytes: number;
  /** An image's layers, if it is one: they were not made here. */
  readonly image?: {
    readonly layers: readonly Descriptor[];
    readonly diffIds: readonly string[];
    readonly createdNs?: readonly string[];
    /** The index, the manifest and the configuration that led to it, which stay with it. */
    readonly documents?: readonly string[];
  };
  /** The layer that it is in an image, once somebody wanted it. */
  layer?: { readonly descriptor: Descriptor; readonly diffId: string };
  /** No step finds it any more, since a prune has taken others; a build that needs it makes another one. */
  orphaned?: true;
  /** The record that its layer is made of, if that is another one (`COPY --link`). */
  readonly layerOf?: string;
}

interface Saved {
  readonly records: readonly CacheRecord[];
  readonly aliases: readonly (readonly [string, string])[];
}

const LEASE = 'buildkit';
const ID_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 25;

/** An id as BuildKit has them: 25 letters and digits. */
export function newCacheId({ sys }: Daemon): string {
  return [...sys.random.bytes(ID_LENGTH)].map((byte) => ID_LETTERS[byte % ID_LETTERS.length]).join('');
}

export class CacheStore {
  readonly #daemon: Daemon;
  readonly #path: string;
  readonly #records = new Map<string, CacheRecord>();
  readonly #byKey = new Map<string, string>();
  readonly #aliases = new Map<string, string>();
  /** Records that somebody reads right now. */
  readonly #inUse = new Map<string, number>();
  /** Records that a build which failed has not let go of. */
  readonly #leaked = new Set<string>();

  constructor(daemon: Daemon) {
    this.#daemon = daemon;
    const directory = `${daemon.root}/buildkit`;
    mkdirAll(daemon.sys, directory, 0o711);
    this.#path = cacheFile(daemon);
    const saved = readJson(daemon.sys, this.#path) as Saved | undefined;
    for (const record of saved?.records ?? [])
      if (daemon.images.snapshots.has(record.snapshot) || record.snapshot === '') this.#put(record);
    for (const [from, to] of saved?.aliases ?? []) this.#aliases.set(from, to);
    this.#sweep(directory);
  }

  /** What builds of a daemon that is no more have left behind. */
  #sweep(directory: string): void {
    const { sys, images } = this.#daemon;
    for (const { target } of [...sys.path.mounts()].reverse())
      if (target.startsWith(`${directory}/mounts/`)) sys.path.umount(target, { lazy: true });
    removeAll(sys, `${directory}/mounts`);
    const kept = new Set(this.all().map(({ snapshot }) => snapshot));
    for (const key of images.snapshots.keys())
      if (/^(buildkit|classic)-/.test(key) && !kept.has(key) && !images.snapshots.hasChildren(key)) images.snapshots.remove(key);
    for (const name of images.leases()) if (/^(build|session)-/.test(name)) images.lease(name, { snapshots: [], content: [] });
  }

  #put(record: CacheRecord): void {
    this.#records.set(record.id, record);
    if (record.orphaned !== true) this.#byKey.set(record.key, record.id);
  }

  all(): readonly CacheRecord[] {
    return [...this.#records.values()];
  }

  get(id: string): CacheRecord | undefined {
    return this.#records.get(id);
  }

  /** The record that a key, or what it means, leads to. */
  find(key: string): CacheRecord | undefined {
    return this.#records.get(this.#byKey.get(this.meaning(key)) ?? '');
  }

  /** The key that another one stands for. */
  meaning(key: string): string {
    return this.#aliases.get(key) ?? key;
  }

  /** What it answers takes it back. */
  alias(from: string, to: string): () => void {
    const before = this.#aliases.get(from);
    if (from !== to) this.#aliases.set(from, to);
    return () => {
      if (before === undefined) this.#aliases.delete(from);
      else this.#aliases.set(from, before);
    };
  }

  add(record: CacheRecord): void {
    this.#put(record);
    this.save();
  }

  touch(record: CacheRecord): void {
    record.lastUsedNs = String(this.#daemon.sys.clock.nowNs());
    record.usageCount += 1;
  }

  hold(record: CacheRecord, by: 1 | -1): void {
    this.#inUse.set(record.id, (this.#inUse.get(record.id) ?? 0) + by);
  }

  isInUse({ id }: CacheRecord): boolean {
    return (this.#inUse.get(id) ?? 0) > 0;
  }

  /**
   * What a step looked into and did not find what it wanted: BuildKit never lets go of it, and does not count it as used. Upstream:
   * buildkit solver/llbsolver/result.go.
   */
  leak(record: CacheRecord): void {
    if (this.#leaked.has(record.id)) return;
    this.hold(record, 1);
    this.#leaked.add(record.id);
    record.usageCount = record.type === 'source.local' ? 0 : record.usageCount - 1;
  }

  isLeaked({ id }: CacheRecord): boolean {
    return this.#leaked.has(id);
  }

  childrenOf({ id }: CacheRecord): readonly CacheRecord[] {
    return this.all().filter(({ parent, layerOf }) => parent === id || layerOf === id);
  }

  /** Forgets a record and its snapshot. An image's snapshot is the image's own. */
  remove(record: CacheRecord): void {
    const { snapshots } = this.#daemon.images;
    this.#records.delete(record.id);
    if (this.#byKey.get(record.key) === record.id) this.#byKey.delete(record.key);
    for (const [from, to] of this.#aliases) if (to === record.key) this.#aliases.delete(from);
    if (!record.image && record.snapshot !== '' && snapshots.has(record.snapshot) && !snapshots.hasChildren(record.snapshot))
      snapshots.remove(record.snapshot);
  }

  /**
   * What a prune that took anything does to the steps that stay: their records are kept, and nothing leads to them any more. Sources
   * and the caches of RUN are found by other means. Upstream: solver/cachemanager.go, ReleaseUnreferenced.
   */
  orphanSteps(): void {
    for (const record of this.#records.values()) {
      if (record.type === 'source.local' || record.type === 'exec.cachemount') continue;
      record.orphaned = true;
      if (this.#byKey.get(record.key) === record.id) this.#byKey.delete(record.key);
      for (const [from, to] of this.#aliases) if (to === record.key) this.#aliases.delete(from);
    }
  }

  /** The record of an image, also if a prune has cut it off: its files are known by what they are. */
  imageOf(key: string): CacheRecord | undefined {
    return this.find(key) ?? this.all().find((record) => record.image && record.key === key);
  }

  /** Lets steps find a record again. */
  adopt(record: CacheRecord): void {
    delete record.orphaned;
    this.#byKey.set(record.key, record.id);
  }

  measure(record: CacheRecord): void {
    const { sys, images } = this.#daemon;
    if (record.snapshot === '' || !images.snapshots.has(record.snapshot)) return;
    record.sizeBytes =
      record.image && record.parent === ''
        ? images.snapshots.chainSize(record.snapshot)
        : treeSize(sys, images.snapshots.files(record.snapshot)).allocatedBytes;
  }

  /** Writes it down, and tells the image store what is to be kept. */
  save(): void {
    const records = this.all();
    writeWhole(this.#daemon.sys, this.#path, JSON.stringify({ records, aliases: [...this.#aliases] } satisfies Saved));
    this.#daemon.images.lease(LEASE, {
      snapshots: records.map(({ snapshot }) => snapshot).filter((key) => key !== '' && this.#daemon.images.snapshots.has(key)),
      content: records.flatMap(({ image, layer }) => [
        ...(image?.layers.map(({ digest }) => digest) ?? []),
        ...(image?.documents ?? []),
        ...(layer ? [layer.descriptor.digest] : []),
      ]),
    });
  }
}

const stores = new WeakMap<Daemon, CacheStore>();

/** The daemon's build cache, read from the disk when it is first asked for. */
export function cacheOf(daemon: Daemon): CacheStore {
  const known = stores.get(daemon) ?? new CacheStore(daemon);
  stores.set(daemon, known);
  return known;
}
