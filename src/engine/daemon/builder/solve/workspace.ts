/** What a build has on the disk while it runs: its contexts, and views of records, which are mounted when they are first looked at. */
import type { Daemon } from '../../daemon.ts';
import { mkdirAll, removeAll } from '../../files.ts';
import { type CacheRecord, type CacheStore, newCacheId } from './records.ts';

/** Of 32 bits, as names of temporary directories end. */
const numberOf = (id: string): number => [...id].reduce((sum, sign) => (Math.imul(sum, 31) + sign.charCodeAt(0)) >>> 0, 0);

export class Workspace {
  readonly #daemon: Daemon;
  readonly #cache: CacheStore;
  readonly #root: string;
  readonly #mountPoints: string[] = [];
  readonly #views = new Map<string, string>();
  readonly #held: CacheRecord[] = [];
  readonly #adopted: string[] = [];
  readonly #content = new Set<string>();
  readonly #name: string;
  readonly #startedNs: bigint;
  /** Keys of cache mounts that the build has used. */
  readonly begun = new Set<string>();

  constructor(daemon: Daemon, cache: CacheStore) {
    this.#startedNs = daemon.sys.clock.nowNs();
    this.#daemon = daemon;
    this.#cache = cache;
    this.#name = `build-${newCacheId(daemon)}`;
    this.#root = `${daemon.root}/buildkit/mounts/${this.#name}`;
  }

  /** Whether it is of this build, or of another that began later. */
  isNew({ createdNs }: CacheRecord): boolean {
    return BigInt(createdNs) >= this.#startedNs;
  }

  /** A directory that nobody else has. */
  place(name: string): string {
    const path = `${this.#root}/${name}`;
    mkdirAll(this.#daemon.sys, path);
    return path;
  }

  /** Where a step writes; messages name it. Upstream: buildkit snapshot/localmounter_linux.go. */
  mountPoint(id: string): string {
    const path = `${this.#daemon.root}/buildkit/containerd-overlayfs/cachemounts/buildkit${numberOf(id)}`;
    mkdirAll(this.#daemon.sys, path);
    this.#mountPoints.push(path);
    return path;
  }

  /** A record's files, to be read; an empty directory for nothing. */
  view(record: Pick<CacheRecord, 'id' | 'snapshot'> | null): string {
    if (!record || record.snapshot === '') return this.place('scratch');
    const known = this.#views.get(record.id);
    if (known !== undefined) return known;
    const path = this.place(record.id);
    this.#daemon.images.snapshots.mount(record.snapshot, path);
    this.#views.set(record.id, path);
    return path;
  }

  /** A snapshot that goes with the build, unless a record of the cache takes it. */
  adopt(snapshot: string): string {
    this.#adopted.push(snapshot);
    this.#lease();
    return snapshot;
  }

  /** Content that nobody may sweep away while the build runs. */
  holdContent(digests: readonly string[]): void {
    for (const digest of digests) this.#content.add(digest);
    this.#lease();
  }

  #lease(): void {
    this.#daemon.images.lease(this.#name, { snapshots: this.#adopted, content: [...this.#content] });
  }

  /** The record stays until the build is over. */
  hold(record: CacheRecord): void {
    this.#held.push(record);
    this.#cache.hold(record, 1);
  }

  close(): void {
    const { sys } = this.#daemon;
    for (const path of this.#views.values()) sys.path.umount(path, { lazy: true });
    this.#views.clear();
    for (const record of this.#held.splice(0)) this.#cache.hold(record, -1);
    removeAll(sys, this.#root);
    for (const path of this.#mountPoints.splice(0)) removeAll(sys, path);
    const taken = new Set(this.#cache.all().map(({ snapshot }) => snapshot));
    const { snapshots } = this.#daemon.images;
    for (const key of this.#adopted.splice(0)) if (!taken.has(key) && snapshots.has(key)) snapshots.remove(key);
    this.#daemon.images.lease(this.#name, { snapshots: [], content: [] });
  }
}
