/** One connection's session: statements in order, transactions, settings. */

import { alterTable } from './alter.ts';
import type { Statement } from './ast.ts';
import { type Activity, catalogue } from './catalogues.ts';
import type { Cluster } from './cluster.ts';
import type { Context, Relation, Scope } from './compile.ts';
import { createIndex, createTable, createView, type Defined, drop, truncate } from './define.ts';
import { noSuchTable, notSupported, SqlError } from './errors.ts';
import { parseStatement } from './parse-statement.ts';
import { planQuery } from './plan.ts';
import type { DatabaseState, Role } from './state.ts';
import { type Row, type SqlType, TEXT } from './types.ts';
import { insert, remove, update, type Written } from './write.ts';

export interface SqlResult {
  readonly columns?: readonly { readonly name: string; readonly type: SqlType }[];
  readonly rows?: readonly Row[];
  /** `INSERT 0 1`, `SELECT 3`. */
  readonly tag: string;
  readonly notices: readonly string[];
  /** How many rows were changed or found. */
  readonly count?: number;
}

export interface SessionOptions {
  readonly cluster: Cluster;
  readonly database: string;
  readonly user: string;
  readonly pid: number;
  readonly nowUs: () => number;
  readonly random: () => number;
  /** Waits until somebody's transaction has ended. */
  readonly waitForWriter: () => Promise<void>;
  /** Tells those who wait that one has ended. */
  readonly writerEnded: () => void;
  readonly activity: () => readonly Activity[];
  readonly databaseUsers: (database: string) => number;
}

export type TransactionStatus = 'idle' | 'open' | 'failed';

const WRITES = ['insert', 'update', 'delete', 'create-table', 'create-index', 'create-view', 'alter-table', 'drop', 'truncate'];

export class SqlSession {
  readonly #options: SessionOptions;
  readonly settings: Map<string, string>;
  database: string;
  status: TransactionStatus = 'idle';
  /** What this transaction has made of the database; null as long as it has changed nothing. */
  #working: DatabaseState | null = null;
  readonly #savepoints: { readonly name: string; readonly state: DatabaseState | null }[] = [];
  /** The instant of the transaction, or of the statement. */
  #nowUs = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.database = options.database;
    this.settings = new Map(options.cluster.options.settings);
  }

  get user(): string {
    return this.#options.user;
  }

  get state(): DatabaseState {
    const state = this.#working ?? this.#options.cluster.database(this.database);
    if (state === undefined) throw new SqlError('3D000', `database "${this.database}" does not exist`);
    return state;
  }

  /** Carries one statement out. A refusal is thrown, and spoils the transaction. */
  async execute(text: string): Promise<SqlResult> {
    try {
      const statement = parseStatement(text);
      if (this.status === 'failed' && !(statement.kind === 'transaction' && /^(commit|rollback|rollback to)$/.test(statement.verb)))
        throw new SqlError('25P02', 'current transaction is aborted, commands ignored until end of transaction block');
      if (this.status === 'idle') this.#nowUs = this.#options.nowUs();
      return await this.#run(statement);
    } catch (error) {
      if (error instanceof SqlError && this.status === 'open') this.status = 'failed';
      if (this.status === 'idle') this.#release();
      throw error;
    }
  }

  /** Gives up what is not committed: the connection has ended. */
  close(): void {
    this.#rollback();
  }

  async #run(statement: Statement): Promise<SqlResult> {
    if (WRITES.includes(statement.kind)) await this.#becomeWriter();
    switch (statement.kind) {
      case 'query': {
        const { columns, rows } = this.#query(statement);
        return { columns, rows, tag: `SELECT ${rows.length}`, notices: [], count: rows.length };
      }
      case 'insert':
        return this.#written(insert(statement, this.#writing), (count) => `INSERT 0 ${count}`);
      case 'update':
        return this.#written(update(statement, this.#writing), (count) => `UPDATE ${count}`);
      case 'delete':
        return this.#written(remove(statement, this.#writing), (count) => `DELETE ${count}`);
      case 'create-table':
        return this.#defined(createTable(statement, this.#writing), 'CREATE TABLE');
      case 'create-index':
        return this.#defined(createIndex(statement, this.#writing), 'CREATE INDEX');
      case 'create-view':
        return this.#defined(createView(statement, this.#writing), 'CREATE VIEW');
      case 'alter-table':
        return this.#defined(alterTable(statement, this.#writing), 'ALTER TABLE');
      case 'drop':
        return this.#defined(drop(statement, this.#writing), `DROP ${statement.what.toUpperCase()}`);
      case 'truncate':
        return this.#defined(truncate(statement, this.#writing), 'TRUNCATE TABLE');
      case 'transaction':
        return this.#transaction(statement);
      case 'create-database':
      case 'drop-database':
        return this.#databases(statement);
      case 'role':
        return this.#role(statement);
      case 'set':
        return this.#set(statement);
      case 'show':
        return this.#show(statement);
      case 'use':
      case 'describe':
        throw notSupported(statement.kind.toUpperCase(), 0);
      case 'accepted':
        return { tag: statement.tag, notices: [] };
    }
  }

  get #writing(): { state: DatabaseState; context: Context } {
    return { state: this.state, context: this.#context };
  }

  #query({ query }: Extract<Statement, { kind: 'query' }>): { columns: Relation['columns']; rows: readonly Row[] } {
    const plan = planQuery(query, { context: this.#context, columns: [], outer: null, ctes: new Map() });
    return { columns: plan.columns, rows: plan.rows(null) };
  }

  /** From the first change to the end of the transaction nobody else changes this database. */
  async #becomeWriter(): Promise<void> {
    const { writers } = this.#options.cluster;
    const { database } = this;
    while (writers.has(database) && writers.get(database) !== this) await this.#options.waitForWriter();
    writers.set(database, this);
  }

  #release(): void {
    const { writers } = this.#options.cluster;
    if (writers.get(this.database) !== this) return;
    writers.delete(this.database);
    this.#options.writerEnded();
  }

  #keep(state: DatabaseState): void {
    const before = this.state;
    for (const name of before.sequences.keys()) if (!state.sequences.has(name)) this.#options.cluster.count(this.database, name, undefined);
    if (this.status === 'open') {
      this.#working = state;
      return;
    }
    this.#options.cluster.commit(state);
    this.#release();
  }

  #written(written: Written, tag: (count: number) => string): SqlResult {
    this.#keep(written.state);
    const { columns, rows, count } = written;
    return { tag: tag(count), notices: [], count, ...(columns ? { columns } : {}), ...(rows ? { rows } : {}) };
  }

  #defined({ state, notices = [], tag, restarted = [] }: Defined, word: string): SqlResult {
    for (const name of restarted) this.#options.cluster.count(this.database, name, undefined);
    this.#keep(state);
    return { tag: tag ?? word, notices };
  }

  #rollback(): void {
    this.#working = null;
    this.status = 'idle';
    this.#savepoints.length = 0;
    this.#release();
  }

  #transaction({ verb, name, tag }: Extract<Statement, { kind: 'transaction' }>): SqlResult {
    const done = (notices: readonly string[] = [], word = tag): SqlResult => ({ tag: word, notices });
    switch (verb) {
      case 'begin':
        if (this.status !== 'idle') return done(['WARNING:  there is already a transaction in progress']);
        this.status = 'open';
        return done();
      case 'commit': {
        if (this.status === 'idle') return done(['WARNING:  there is no transaction in progress']);
        const isFailed = this.status === 'failed';
        if (this.#working !== null && !isFailed) this.#options.cluster.commit(this.#working);
        this.#rollback();
        return done([], isFailed ? 'ROLLBACK' : tag);
      }
      case 'rollback': {
        const wasIdle = this.status === 'idle';
        this.#rollback();
        return done(wasIdle ? ['WARNING:  there is no transaction in progress'] : []);
      }
      default:
        return this.#savepoint(verb, name ?? '', tag);
    }
  }

  #savepoint(verb: 'savepoint' | 'rollback to' | 'release', name: string, tag: string): SqlResult {
    if (this.status === 'idle')
      throw new SqlError(
        '25P01',
        `${verb === 'savepoint' ? 'SAVEPOINT' : verb === 'release' ? 'RELEASE SAVEPOINT' : 'ROLLBACK TO SAVEPOINT'} can only be used in transaction blocks`,
      );
    if (verb === 'savepoint') {
      this.#savepoints.push({ name, state: this.#working });
      return { tag, notices: [] };
    }
    const at = this.#savepoints.findLastIndex((one) => one.name === name);
    const found = this.#savepoints[at];
    if (found === undefined) throw new SqlError('3B001', `savepoint "${name}" does not exist`);
    if (verb === 'rollback to') {
      this.#working = found.state;
      this.status = 'open';
    }
    this.#savepoints.length = verb === 'release' ? at : at + 1;
    return { tag, notices: [] };
  }

  #outsideTransaction(what: string): void {
    if (this.status !== 'idle') throw new SqlError('25001', `${what} cannot run inside a transaction block`);
  }

  #databases(statement: Extract<Statement, { kind: 'create-database' | 'drop-database' }>): SqlResult {
    const { cluster, databaseUsers } = this.#options;
    const { name, isLenient } = statement;
    const isThere = cluster.database(name) !== undefined;
    if (statement.kind === 'create-database') {
      this.#outsideTransaction('CREATE DATABASE');
      if (isThere && !isLenient) throw new SqlError('42P04', `database "${name}" already exists`);
      if (!isThere) cluster.createDatabase(name, statement.owner ?? this.user);
      return { tag: 'CREATE DATABASE', notices: [] };
    }
    this.#outsideTransaction('DROP DATABASE');
    if (!isThere) {
      if (!isLenient) throw new SqlError('3D000', `database "${name}" does not exist`);
      return { tag: 'DROP DATABASE', notices: [`database "${name}" does not exist, skipping`] };
    }
    if (name === this.database) throw new SqlError('55006', 'cannot drop the currently open database');
    const users = databaseUsers(name);
    if (users > 0)
      throw new SqlError('55006', `database "${name}" is being accessed by other users`, {
        detail: users === 1 ? 'There is 1 other session using the database.' : `There are ${users} other sessions using the database.`,
      });
    cluster.dropDatabase(name);
    return { tag: 'DROP DATABASE', notices: [] };
  }

  #role({ verb, name, isUser, isLenient, password, flags }: Extract<Statement, { kind: 'role' }>): SqlResult {
    const { cluster } = this.#options;
    const before = cluster.role(name);
    const tag = `${verb.toUpperCase()} ROLE`;
    if (verb === 'create' && before !== undefined) throw new SqlError('42710', `role "${name}" already exists`);
    if (verb !== 'create' && before === undefined) {
      if (isLenient) return { tag, notices: [`role "${name}" does not exist, skipping`] };
      throw new SqlError('42704', `role "${name}" does not exist`);
    }
    if (verb === 'drop') {
      if (name === this.user) throw new SqlError('55006', 'current user cannot be dropped');
      cluster.dropRole(name);
      return { tag, notices: [] };
    }
    const role: Role = {
      name,
      password: password ?? before?.password ?? '',
      isSuperuser: flags.get('superuser') ?? before?.isSuperuser ?? false,
      canLogin: flags.get('login') ?? before?.canLogin ?? isUser,
      canCreateDb: flags.get('createdb') ?? before?.canCreateDb ?? false,
      canCreateRole: flags.get('createrole') ?? before?.canCreateRole ?? false,
    };
    cluster.setRole(role);
    return { tag, notices: [] };
  }

  #set({ name, value }: Extract<Statement, { kind: 'set' }>): SqlResult {
    const key = name.toLowerCase();
    if (!this.settings.has(key) && !key.includes('.')) throw new SqlError('42704', `unrecognized configuration parameter "${name}"`);
    const initial = this.#options.cluster.options.settings.get(key) ?? '';
    this.settings.set(key, value ?? initial);
    return { tag: value === null ? 'RESET' : 'SET', notices: [] };
  }

  #show({ name }: Extract<Statement, { kind: 'show' }>): SqlResult {
    const key = name.toLowerCase();
    if (key === 'all') {
      const rows = [...this.settings].sort().map((one) => [...one]);
      return {
        columns: [
          { name: 'name', type: TEXT },
          { name: 'setting', type: TEXT },
        ],
        rows,
        tag: 'SHOW',
        notices: [],
      };
    }
    const value = this.settings.get(key);
    if (value === undefined) throw new SqlError('42704', `unrecognized configuration parameter "${name}"`);
    return { columns: [{ name: key, type: TEXT }], rows: [[value]], tag: 'SHOW', notices: [] };
  }

  get #context(): Context {
    const { cluster, pid, random } = this.#options;
    const { database } = this;
    const last = (name: string): number | null => {
      const sequence = this.state.sequences.get(name);
      if (sequence === undefined) throw noSuchTable(name);
      return cluster.counter(database, name) ?? sequence.last;
    };
    const count = (name: string, value: number): number => {
      cluster.count(database, name, value);
      return value;
    };
    return {
      nowUs: this.#nowUs,
      user: this.user,
      database,
      version: cluster.options.version,
      pid,
      random,
      nextval: (name) => count(name, (last(name) ?? 0) + 1),
      currval: (name) => {
        const value = last(name);
        if (value === null) throw new SqlError('55000', `currval of sequence "${name}" is not yet defined in this session`);
        return value;
      },
      setval: (name, value) => {
        last(name);
        return count(name, value);
      },
      sizeOf: (name) => Math.max(1, Math.ceil((this.state.tables.get(name)?.rows.length ?? 0) / 100)) * 8192,
      relation: (name, schema) => this.#relation(name, schema),
      plan: (query, scope: Scope) => planQuery(query, scope),
    };
  }

  #relation(name: string, schema: string | undefined): (Relation & { readonly primaryKey?: readonly string[] }) | null {
    const { state } = this;
    if (schema === undefined || schema === 'public' || schema === state.name) {
      const table = state.tables.get(name);
      if (table !== undefined) {
        const key = table.constraints.find(({ kind }) => kind === 'primary');
        return { columns: table.columns, rows: () => table.rows, primaryKey: key?.kind === 'primary' ? key.columns : [] };
      }
      const view = state.views.get(name);
      if (view !== undefined) return planQuery(view.query, { context: this.#context, columns: [], outer: null, ctes: new Map() });
    }
    const { cluster, activity } = this.#options;
    return catalogue(name, schema, () => ({
      state,
      databases: cluster.databases(),
      roles: cluster.roles(),
      activity: activity(),
      settings: this.settings,
    }));
  }
}
