/** One session's transaction: what it sees, what it has changed, which tables it holds. */
import { type Cluster, tableKey } from './cluster.ts';
import { putTable, type World } from './constraints.ts';
import { lockTimeout, plain } from './errors.ts';

export interface Waiting {
  /** Waits until somebody's transaction has ended; false if the time was over first. */
  readonly wait: (timeoutMs: number) => Promise<boolean>;
  /** Tells those who wait that one has ended. */
  readonly ended: () => void;
}

/** Whom a transaction waits for, for finding circles. */
const WAITS = new WeakMap<object, object>();

export class Transaction {
  readonly #cluster: Cluster;
  readonly #waiting: Waiting;
  #working: World | null = null;
  #changed = new Set<string>();
  #savepoints: { readonly name: string; readonly world: World | null; readonly changed: ReadonlySet<string> }[] = [];
  isOpen = false;

  constructor(cluster: Cluster, waiting: Waiting) {
    this.#cluster = cluster;
    this.#waiting = waiting;
  }

  /** What this session sees. An open transaction goes on seeing what was there at its first look. */
  get world(): World {
    if (this.#working !== null) return this.#working;
    if (this.isOpen) this.#working = this.#cluster.world;
    return this.#cluster.world;
  }

  /** Takes tables for itself until the transaction's end; waits for whoever has them. */
  async hold(keys: readonly string[], timeoutMs: number): Promise<void> {
    const { writers } = this.#cluster;
    for (;;) {
      const holder = keys.map((key) => writers.get(key)).find((one) => one !== undefined && one !== this);
      if (holder === undefined) break;
      WAITS.set(this, holder);
      for (let next = WAITS.get(holder); next !== undefined; next = WAITS.get(next))
        if (next === this) {
          WAITS.delete(this);
          this.rollback();
          throw plain(1213, '40001', 'Deadlock found when trying to get lock; try restarting transaction');
        }
      const isInTime = await this.#waiting.wait(timeoutMs);
      WAITS.delete(this);
      if (!isInTime) throw lockTimeout();
    }
    for (const key of keys) {
      if (writers.get(key) === this) continue;
      writers.set(key, this);
      this.#refresh(key);
    }
  }

  /** A table that is to be changed is taken as it is by now. */
  #refresh(key: string): void {
    if (this.#working === null) return;
    const dot = key.indexOf('.');
    const now = this.#cluster.world.get(key.slice(0, dot))?.tables.get(key.slice(dot + 1));
    if (now !== undefined) this.#working = putTable(this.#working, key.slice(0, dot), now);
  }

  /** What a statement made of the world. Outside of a transaction it is committed at once. */
  put(world: World, before: World): void {
    for (const [name, schema] of world)
      for (const [table, state] of schema.tables)
        if (before.get(name)?.tables.get(table) !== state) this.#changed.add(tableKey(name, table));
    this.#working = world;
    if (!this.isOpen) this.commit();
  }

  commit(): void {
    if (this.#working !== null && this.#changed.size > 0) this.#cluster.merge(this.#working, this.#changed);
    this.#end();
  }

  rollback(): void {
    this.#end();
  }

  #end(): void {
    this.#working = null;
    this.#changed = new Set();
    this.#savepoints = [];
    this.isOpen = false;
    this.release();
  }

  /** Gives tables back, if no transaction is open. */
  release(): void {
    if (this.isOpen) return;
    const { writers } = this.#cluster;
    let isFree = false;
    for (const [key, holder] of writers)
      if (holder === this) {
        writers.delete(key);
        isFree = true;
      }
    if (isFree) this.#waiting.ended();
  }

  savepoint(verb: 'savepoint' | 'rollback to' | 'release', name: string): void {
    const at = this.#savepoints.findLastIndex((one) => one.name.toLowerCase() === name.toLowerCase());
    if (verb === 'savepoint') {
      if (at >= 0) this.#savepoints.splice(at, 1);
      if (this.isOpen) this.#savepoints.push({ name, world: this.#working, changed: new Set(this.#changed) });
      return;
    }
    const found = this.#savepoints[at];
    if (found === undefined) throw plain(1305, '42000', `SAVEPOINT ${name} does not exist`);
    if (verb === 'rollback to') {
      this.#working = found.world;
      this.#changed = new Set(found.changed);
    }
    this.#savepoints.length = verb === 'release' ? at : at + 1;
  }
}
