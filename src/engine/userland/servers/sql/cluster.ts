/** All databases of one server: what is committed, who may log in, who writes at the moment, and where it is kept. */
import { type DatabaseState, emptyDatabase, type Role } from './state.ts';

/** Where a cluster is kept. Each is told as soon as something is committed. */
export interface Keeper {
  keepDatabase(state: DatabaseState, before: DatabaseState | undefined, counters: ReadonlyMap<string, number>): void;
  dropDatabase(state: DatabaseState): void;
  keepRoles(roles: readonly Role[]): void;
}

export interface ClusterOptions {
  readonly version: string;
  readonly keeper: Keeper;
  readonly settings: ReadonlyMap<string, string>;
}

/** The numbers of the databases that are there from the beginning. */
const OIDS: Readonly<Record<string, number>> = { template1: 1, template0: 4, postgres: 5 };

export class Cluster {
  readonly options: ClusterOptions;
  readonly #databases = new Map<string, DatabaseState>();
  readonly #roles = new Map<string, Role>();
  /** The newest number of each sequence: not undone by a rollback. */
  readonly #counters = new Map<string, Map<string, number>>();
  #nextOid = 16_384;
  /** Who has changed something and not ended the transaction yet, by database. */
  readonly writers = new Map<string, object>();

  constructor(options: ClusterOptions) {
    this.options = options;
  }

  databases(): readonly DatabaseState[] {
    return [...this.#databases.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map((state) => this.#counted(state));
  }

  database(name: string): DatabaseState | undefined {
    const state = this.#databases.get(name);
    return state && this.#counted(state);
  }

  roles(): readonly Role[] {
    return [...this.#roles.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  role(name: string): Role | undefined {
    return this.#roles.get(name);
  }

  /** With the newest numbers of its sequences. */
  #counted(state: DatabaseState): DatabaseState {
    const counters = this.#counters.get(state.name);
    if (counters === undefined || counters.size === 0) return state;
    return {
      ...state,
      sequences: new Map([...state.sequences].map(([name, one]) => [name, { ...one, last: counters.get(name) ?? one.last }] as const)),
    };
  }

  /** Puts back what was kept: nothing is told to the keeper. */
  restore(state: DatabaseState): void {
    this.#databases.set(state.name, state);
    this.#nextOid = Math.max(this.#nextOid, state.oid + 1);
  }

  restoreRole(role: Role): void {
    this.#roles.set(role.name, role);
  }

  createDatabase(name: string, owner: string): void {
    const oid = OIDS[name] ?? this.#nextOid;
    this.#nextOid = Math.max(this.#nextOid, oid + 1);
    const state = emptyDatabase(name, oid, owner);
    this.#databases.set(name, state);
    this.options.keeper.keepDatabase(state, undefined, new Map());
  }

  dropDatabase(name: string): void {
    const state = this.#databases.get(name);
    if (state === undefined) return;
    this.#databases.delete(name);
    this.#counters.delete(name);
    this.options.keeper.dropDatabase(state);
  }

  setRole(role: Role): void {
    this.#roles.set(role.name, role);
    this.options.keeper.keepRoles(this.roles());
  }

  dropRole(name: string): void {
    this.#roles.delete(name);
    this.options.keeper.keepRoles(this.roles());
  }

  commit(state: DatabaseState): void {
    const before = this.#databases.get(state.name);
    this.#databases.set(state.name, state);
    this.options.keeper.keepDatabase(state, before, this.#counters.get(state.name) ?? new Map());
  }

  counter(database: string, sequence: string): number | undefined {
    return this.#counters.get(database)?.get(sequence);
  }

  /** Undefined forgets the number: the sequence begins anew. */
  count(database: string, sequence: string, value: number | undefined): void {
    const counters = this.#counters.get(database) ?? new Map<string, number>();
    this.#counters.set(database, counters);
    if (value === undefined) counters.delete(sequence);
    else counters.set(sequence, value);
  }
}
