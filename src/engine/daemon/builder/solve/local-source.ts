/** Contexts that a client has sent: unpacked into snapshots, each below a root that nothing leads out of. */
import type { Sys } from '../../../kernel/sys.ts';
import { decompress } from '../../../oci/gzip.ts';
import { readTar } from '../../../oci/tar/read.ts';
import type { Daemon } from '../../daemon.ts';
import { system } from '../../errors.ts';
import { exists, inRoot, namesIn, treeSize } from '../../files.ts';
import { extract } from './copy.ts';
import { type CacheRecord, type CacheStore, cacheOf, newCacheId } from './records.ts';

const ROOT = { uid: 0, gid: 0 };

/** Unpacks an archive; the key of its snapshot. Everything belongs to root. Throws FormatError for what is no archive. */
export function unpackContext(daemon: Daemon, bytes: Uint8Array): string {
  const { sys, images } = daemon;
  // A cache that is opened sweeps away what it knows nothing of.
  cacheOf(daemon);
  const key = `buildkit-${newCacheId(daemon)}`;
  images.snapshots.prepare(`${key}-active`, '');
  const root = images.snapshots.files(`${key}-active`);
  try {
    for (const entry of bytes.length === 0 ? [] : readTar(decompress(bytes))) extract(sys, entry, { root, owner: ROOT });
    dateRoot(sys, root);
  } catch (error) {
    images.snapshots.remove(`${key}-active`);
    throw error;
  }
  images.snapshots.commit(key, `${key}-active`);
  return key;
}

/** A context that was sent before and has not changed is as old as it was. */
function dateRoot(sys: Sys, root: string): void {
  const times = namesIn(sys, root).map((name) => sys.path.lstat(`${root}/${name}`).mtimeNs);
  const mtimeNs = times.reduce((newest, time) => (time > newest ? time : newest), 0n);
  sys.path.utimes(root, { mtimeNs, atimeNs: mtimeNs });
}

/** Files of a client as a record of the cache, in the place of those that it sent before. */
export function addLocal(
  { daemon, cache }: { readonly daemon: Daemon; readonly cache: CacheStore },
  {
    key,
    snapshot,
    description,
    type = 'source.local',
  }: Pick<CacheRecord, 'key' | 'snapshot' | 'description'> & Partial<Pick<CacheRecord, 'type'>>,
): CacheRecord {
  const now = String(daemon.sys.clock.nowNs());
  const known = cache.find(key);
  const before = known && !cache.isInUse(known) ? known : undefined;
  if (before) cache.remove(before);
  const record: CacheRecord = {
    id: before?.id ?? newCacheId(daemon),
    key,
    parent: '',
    snapshot,
    type,
    description,
    createdNs: before?.createdNs ?? now,
    lastUsedNs: now,
    usageCount: (before?.usageCount ?? 0) + 1,
    sizeBytes: 0,
  };
  cache.measure(record);
  cache.add(record);
  return record;
}

export interface ContextsRequest {
  readonly snapshots: ReadonlyMap<string, string>;
  readonly paths: readonly string[];
  readonly remote?: CacheRecord | undefined;
}

export class Contexts {
  readonly #daemon: Daemon;
  /** Snapshots that no record has taken yet, by the context's name. */
  readonly #snapshots: Map<string, string>;
  readonly #taken = new Set<string>();
  /** What the build reads of its context: patterns of COPY and ADD. */
  readonly #paths: readonly string[];

  /** The main context, if it is in the cache already. */
  readonly remote: CacheRecord | undefined;

  constructor(daemon: Daemon, { snapshots, paths, remote }: ContextsRequest) {
    this.#daemon = daemon;
    this.#snapshots = new Map(snapshots);
    this.#paths = paths;
    this.remote = remote;
  }

  take(name: string): { readonly snapshot: string; readonly sizeBytes: number } {
    const snapshot = this.#snapshots.get(name);
    if (snapshot === undefined) throw system(`no local context ${name}`);
    this.#taken.add(snapshot);
    return { snapshot, sizeBytes: treeSize(this.#daemon.sys, this.#daemon.images.snapshots.files(snapshot)).sizeBytes };
  }

  /** A client sends only what is asked for: whether anything below a directory was. */
  wasSent(directory: string): boolean {
    const snapshot = this.remote?.snapshot ?? this.#snapshots.get('context');
    if (snapshot === undefined) return false;
    const root = this.#daemon.images.snapshots.files(snapshot);
    return this.#paths.some(
      (path) =>
        (path === '/' || path === directory || path.startsWith(`${directory}/`) || directory.startsWith(`${path}/`)) &&
        exists(this.#daemon.sys, inRoot(this.#daemon.sys, root, path)),
    );
  }

  /** What nobody has taken goes. */
  close(): void {
    const { snapshots } = this.#daemon.images;
    for (const snapshot of this.#snapshots.values()) if (!this.#taken.has(snapshot) && snapshots.has(snapshot)) snapshots.remove(snapshot);
  }
}
