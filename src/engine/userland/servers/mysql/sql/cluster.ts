/** Everything one server holds: databases as committed, accounts, numbers given out, who holds which table. */
import { type AccountRecord, accountKey } from './accounts.ts';
import type { World } from './constraints.ts';
import type { Schema, Table } from './state.ts';

/** Where a server's data are kept. Each is told as soon as something is committed. */
export interface Keeper {
  keep(world: World, before: World, numbers: ReadonlyMap<string, bigint>): void;
  keepAccounts(accounts: readonly AccountRecord[]): void;
}

export interface ClusterOptions {
  /** `8.4.7`. */
  readonly version: string;
  readonly keeper: Keeper;
  /** Variables of the server; a session begins with a copy. */
  readonly variables: Map<string, string>;
  readonly startedUs: number;
}

/** Databases that are there from the beginning and hold no tables of users. */
export const SYSTEM_SCHEMAS = ['information_schema', 'mysql', 'performance_schema', 'sys'];
export const tableKey = (schema: string, table: string): string => `${schema}.${table}`;

export class Cluster {
  readonly options: ClusterOptions;
  #world: World = new Map();
  readonly #accounts = new Map<string, AccountRecord>();
  /** The next AUTO_INCREMENT of each table: not undone by a rollback. */
  readonly #numbers = new Map<string, bigint>();
  /** Who has changed a table and not ended the transaction yet. */
  readonly writers = new Map<string, object>();
  /** Statements since the start, for SHOW STATUS. */
  questions = 0;
  connections = 0;

  constructor(options: ClusterOptions) {
    this.options = options;
  }

  get world(): World {
    return this.#world;
  }

  schema(name: string): Schema | undefined {
    return this.#world.get(name);
  }

  accounts(): readonly AccountRecord[] {
    return [...this.#accounts.values()];
  }

  account(user: string, host: string): AccountRecord | undefined {
    return this.#accounts.get(accountKey({ user, host }));
  }

  /** Puts back what was kept: nothing is told to the keeper. */
  restore(world: World, accounts: readonly AccountRecord[], numbers: ReadonlyMap<string, bigint>): void {
    this.#world = world;
    for (const account of accounts) this.#accounts.set(accountKey(account), account);
    for (const [key, next] of numbers) this.#numbers.set(key, next);
  }

  setAccount(account: AccountRecord): void {
    this.#accounts.set(accountKey(account), account);
    this.options.keeper.keepAccounts(this.accounts());
  }

  dropAccount(user: string, host: string): void {
    this.#accounts.delete(accountKey({ user, host }));
    this.options.keeper.keepAccounts(this.accounts());
  }

  /** Another state of everything, at once. */
  commit(world: World): void {
    const before = this.#world;
    this.#world = world;
    this.options.keeper.keep(world, before, this.#numbers);
  }

  /** Tables that a transaction has changed, brought into what is committed by now. */
  merge(working: World, keys: ReadonlySet<string>): void {
    let world = this.#world;
    for (const key of keys) {
      const dot = key.indexOf('.');
      const [schema, table] = [world.get(key.slice(0, dot)), working.get(key.slice(0, dot))?.tables.get(key.slice(dot + 1))];
      if (schema !== undefined && table !== undefined)
        world = new Map(world).set(schema.name, { ...schema, tables: new Map(schema.tables).set(table.name, table) });
    }
    if (world !== this.#world) this.commit(world);
  }

  number(key: string): bigint | undefined {
    return this.#numbers.get(key);
  }

  setNumber(key: string, next: bigint | undefined): void {
    if (next === undefined) this.#numbers.delete(key);
    else this.#numbers.set(key, next);
  }

  /** The next AUTO_INCREMENT; what `least` says it is at least. */
  next(key: string, table: Table | undefined, least: bigint): bigint {
    const known = this.#numbers.get(key) ?? 1n;
    const next = least > known ? least : known;
    if (table !== undefined) this.#numbers.set(key, next);
    return next;
  }
}
