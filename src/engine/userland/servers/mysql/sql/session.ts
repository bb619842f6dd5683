/** One connection's session: statements in order, transactions, variables. */
import { type AccountStatement, administer } from './account-statements.ts';
import { type AccountRecord, accountText, may, maySee } from './accounts.ts';
import type { Query, Statement, TableName } from './ast.ts';
import { type CatalogueSource, catalogue, type Process } from './catalogue.ts';
import { type Cluster, SYSTEM_SCHEMAS, tableKey } from './cluster.ts';
import { bareScope, type Context, type Relation, type RelationColumn, type Scope } from './compile.ts';
import { childrenOf } from './constraints.ts';
import { type Definition, define, isDefinition } from './definitions.ts';
import {
  deniedDatabase,
  deniedTable,
  MysqlError,
  needsPrivilege,
  noDatabase,
  noSuchTable,
  notSupported,
  plain,
  unknownDatabase,
} from './errors.ts';
import { insert } from './insert.ts';
import { parseStatement } from './parse/statement.ts';
import { constantValue, planQuery } from './plan.ts';
import { type Shown, show, type Warning } from './show.ts';
import { checkTables } from './table-check.ts';
import { Transaction, type Waiting } from './transaction.ts';
import { type Row, toText, type Value } from './values.ts';
import { Variables, variableValue } from './variables.ts';
import { remove, tablesIn, update, type Writing, type Written } from './write.ts';

export interface SqlResult {
  readonly columns?: readonly RelationColumn[];
  readonly rows?: readonly Row[];
  readonly affected: bigint;
  readonly insertId: bigint;
  readonly info: string;
}

export interface SessionOptions {
  readonly cluster: Cluster;
  readonly account: AccountRecord;
  /** Where the client is: `localhost`, `172.18.0.3`. */
  readonly clientHost: string;
  readonly user: string;
  readonly id: number;
  readonly nowUs: () => number;
  readonly random: () => number;
  readonly waiting: Waiting;
  readonly processes: () => readonly Process[];
  readonly secretOf: (plugin: string, password: string) => string;
  readonly kill: (id: number) => boolean;
  readonly shutDown: () => void;
}

type Write = Extract<Statement, { kind: 'insert' | 'update' | 'delete' }>;
const MS_PER_SECOND = 1000;
const DONE: SqlResult = { affected: 0n, insertId: 0n, info: '' };
/** Statements after which the diagnostics of the one before are still there. */
const KEEPS_WARNINGS = /^\s*show\s+(?:count\s*\(\s*\*\s*\)\s+)?(?:warnings|errors)\b/i;

export class SqlSession {
  readonly #options: SessionOptions;
  readonly variables: Variables;
  readonly #transaction: Transaction;
  readonly #userVariables = new Map<string, Value>();
  database: string | null = null;
  warnings: readonly Warning[] = [];
  #lastInsertId = 0n;
  #isAboutWarnings = false;
  #rowCount = -1n;
  #foundRows = 0n;
  #nowUs = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.variables = new Variables(options.cluster);
    this.#transaction = new Transaction(options.cluster, options.waiting);
  }

  /** The account as it is by now. */
  get #account(): AccountRecord {
    const { account, cluster } = this.#options;
    return cluster.account(account.user, account.host) ?? account;
  }

  get isInTransaction(): boolean {
    return this.#transaction.isOpen;
  }

  /** How many warnings the last statement left: one that shows them leaves none. */
  get warningCount(): number {
    return this.#isAboutWarnings ? 0 : this.warnings.length;
  }

  /** Gives up what is not committed: the connection has ended. */
  close(): void {
    this.#transaction.rollback();
  }

  use(name: string): void {
    const isSystem = SYSTEM_SCHEMAS.includes(name.toLowerCase());
    if (!maySee(this.#account, name) && !/^(information|performance)_schema$/i.test(name))
      throw deniedDatabase(accountText(this.#account), name);
    if (!isSystem && !this.#transaction.world.has(name)) throw unknownDatabase(name);
    this.database = name;
  }

  /** Carries one statement out. A refusal is thrown; what its transaction did before stays. */
  async execute(text: string): Promise<SqlResult> {
    this.#nowUs = this.#options.nowUs();
    this.#options.cluster.questions += 1;
    this.#isAboutWarnings = KEEPS_WARNINGS.test(text);
    if (!this.#isAboutWarnings) this.warnings = [];
    try {
      const result = await this.#run(parseStatement(text));
      this.#rowCount = result.columns === undefined ? result.affected : -1n;
      return result;
    } catch (error) {
      if (!(error instanceof MysqlError)) throw error;
      this.#rowCount = -1n;
      this.#transaction.release();
      this.warnings = [...this.warnings, { level: 'Error', code: error.code, message: error.message }];
      throw error;
    }
  }

  readonly #warn = (warning: Warning): void => {
    this.warnings = [...this.warnings, warning];
  };

  async #run(statement: Statement): Promise<SqlResult> {
    const isWork = ['query', 'insert', 'update', 'delete'].includes(statement.kind);
    if (isWork && !this.variables.isOn('autocommit')) this.#transaction.isOpen = true;
    if (isDefinition(statement)) return this.#define(statement);
    switch (statement.kind) {
      case 'query':
        return this.#query(statement.query);
      case 'insert':
      case 'update':
      case 'delete':
        return this.#write(statement);
      case 'transaction':
        return this.#transact(statement);
      case 'set':
        return this.#set(statement);
      case 'show':
        return this.#shown(show(statement, this.#showing));
      case 'use':
        this.use(statement.name);
        return DONE;
      case 'lock':
        for (const table of statement.tables) this.#relation(table, this.database);
        return DONE;
      case 'table-check':
        return this.#shown(checkTables(statement, this.#transaction.world, this.database));
      case 'kill':
        if (!this.#options.kill(statement.id)) throw plain(1094, 'HY000', `Unknown thread id: ${statement.id}`);
        return DONE;
      case 'shutdown':
        if (!may(this.#account, 'SHUTDOWN')) throw needsPrivilege('SHUTDOWN');
        this.#options.shutDown();
        return DONE;
      case 'accepted':
        return DONE;
      default:
        return this.#administer(statement);
    }
  }

  #query(query: Query): SqlResult {
    const plan = planQuery(query, bareScope(this.#context, this.database));
    const rows = plan.rows(null);
    this.#foundRows = BigInt(rows.length);
    return { ...DONE, columns: plan.columns, rows };
  }

  #shown({ columns, rows }: Shown): SqlResult {
    this.#foundRows = BigInt(rows.length);
    return { ...DONE, columns, rows };
  }

  /** The tables that a statement may change: its own, and those that refer to them. */
  #touched(statement: Write): readonly string[] {
    const named = statement.kind === 'insert' ? [statement.table] : tablesIn(statement.from).map(({ table }) => table);
    const { world } = this.#transaction;
    const keys = new Set<string>();
    const add = (schema: string, name: string): void => {
      if (keys.has(tableKey(schema, name))) return;
      keys.add(tableKey(schema, name));
      for (const child of childrenOf(world, schema, name)) add(child.schema, child.table.name);
    };
    for (const { schema, name } of named) add(schema ?? this.database ?? '', name);
    return [...keys];
  }

  async #write(statement: Write): Promise<SqlResult> {
    await this.#transaction.hold(this.#touched(statement), Number(this.variables.get('innodb_lock_wait_timeout')) * MS_PER_SECOND);
    const before = this.#transaction.world;
    const written = this.#written(statement, this.#writing);
    this.#transaction.put(written.world, before);
    if (written.insertId !== undefined) this.#lastInsertId = written.insertId;
    const info = written.info === undefined ? '' : `${written.info}  Warnings: ${this.warnings.length}`;
    return { affected: BigInt(written.count), insertId: written.insertId ?? 0n, info };
  }

  #written(statement: Write, writing: Writing): Written {
    switch (statement.kind) {
      case 'insert':
        return insert(statement, writing);
      case 'update':
        return update(statement, writing);
      case 'delete':
        return remove(statement, writing);
    }
  }

  get #writing(): Writing {
    const { cluster } = this.#options;
    return {
      world: this.#transaction.world,
      context: this.#context,
      schema: this.database,
      isStrict: this.#isMode('STRICT_TRANS_TABLES') || this.#isMode('STRICT_ALL_TABLES'),
      checksForeign: this.variables.isOn('foreign_key_checks'),
      nextAuto: (schema, table, least = 1n) =>
        cluster.next(tableKey(schema, table), this.#transaction.world.get(schema)?.tables.get(table), least),
      allow: (privilege, schema, table) => this.#allow(privilege, schema, table),
    };
  }

  #isMode(word: string): boolean {
    return this.variables.get('sql_mode').split(',').includes(word);
  }

  #allow(privilege: string, schema: string, table: string): void {
    if (!may(this.#account, privilege, schema, table))
      throw deniedTable(privilege, accountText({ user: this.#options.user, host: this.#options.clientHost }), table);
  }

  /** Definitions are transactions of their own: what was open is committed. */
  #define(statement: Definition): SqlResult {
    this.#transaction.commit();
    const { cluster } = this.#options;
    const done = define(statement, {
      world: cluster.world,
      context: this.#context,
      schema: this.database,
      account: this.#account,
      checksForeign: this.variables.isOn('foreign_key_checks'),
      warn: this.#warn,
    });
    for (const [key, next] of done.numbers ?? []) cluster.setNumber(key, next);
    if (done.moved !== undefined) {
      cluster.setNumber(done.moved[1], cluster.number(done.moved[0]));
      cluster.setNumber(done.moved[0], undefined);
    }
    if (done.world !== cluster.world) cluster.commit(done.world);
    if (statement.kind === 'drop-database' && statement.name === this.database) this.database = null;
    return {
      affected: BigInt(done.count),
      insertId: 0n,
      info: done.info === undefined ? '' : `${done.info}  Warnings: ${this.warnings.length}`,
    };
  }

  #administer(statement: AccountStatement): SqlResult {
    this.#transaction.commit();
    const { cluster, secretOf } = this.#options;
    administer(statement, { cluster, own: this.#account, schema: this.database, secretOf, warn: this.#warn });
    return DONE;
  }

  #transact({ verb, name = '' }: Extract<Statement, { kind: 'transaction' }>): SqlResult {
    switch (verb) {
      case 'begin':
        this.#transaction.commit();
        this.#transaction.isOpen = true;
        return DONE;
      case 'commit':
        this.#transaction.commit();
        return DONE;
      case 'rollback':
        this.#transaction.rollback();
        return DONE;
      default:
        this.#transaction.savepoint(verb, name);
        return DONE;
    }
  }

  #set({ items }: Extract<Statement, { kind: 'set' }>): SqlResult {
    const scope = bareScope(this.#context, this.database);
    for (const { scope: kind, name, value } of items) {
      if (kind === 'global' && !['SUPER', 'SYSTEM_VARIABLES_ADMIN'].some((one) => may(this.#account, one)))
        throw needsPrivilege('SUPER or SYSTEM_VARIABLES_ADMIN');
      const given = value.kind === 'default' ? undefined : constantValue(value, scope);
      if (kind === 'user') this.#userVariables.set(name, given ?? null);
      else {
        this.variables.set(name, given === undefined || given === null ? undefined : toText(given), kind);
        if (name === 'autocommit' && this.variables.isOn('autocommit')) this.#transaction.commit();
      }
    }
    return DONE;
  }

  get #source(): CatalogueSource {
    const { cluster, processes } = this.#options;
    return { world: this.#transaction.world, cluster, account: this.#account, nowUs: this.#nowUs, processes };
  }

  get #showing() {
    return { ...this.#source, context: this.#context, schema: this.database, variables: this.variables, warnings: this.warnings };
  }

  #variable(name: string, scope: 'session' | 'global'): Value {
    if (name === 'warning_count') return BigInt(this.warnings.length);
    if (name === 'error_count') return BigInt(this.warnings.filter(({ level }) => level === 'Error').length);
    if (name === 'last_insert_id' || name === 'identity') return this.#lastInsertId;
    return variableValue(name, this.variables.get(name, scope));
  }

  get #context(): Context {
    const { user, clientHost, id, cluster, random } = this.#options;
    const { user: name, host } = this.#account;
    return {
      nowUs: this.#nowUs,
      user: `${user}@${clientHost}`,
      account: `${name}@${host}`,
      database: this.database,
      id,
      version: cluster.options.version,
      lastInsertId: this.#lastInsertId,
      rowCount: this.#rowCount,
      foundRows: this.#foundRows,
      userVariables: this.#userVariables,
      variable: (one, scope) => this.#variable(one, scope),
      isOn: (mode) => this.#isMode(mode),
      random,
      warn: (code, message, level = 'Warning') => this.#warn({ level, code, message }),
      setLastInsertId: (value) => {
        this.#lastInsertId = value;
      },
      relation: (table, schema) => this.#relation(table, schema),
      plan: (query, scope: Scope) => planQuery(query, scope),
    };
  }

  #relation({ schema: given, name }: TableName, fallback: string | null): Relation {
    const schema = given ?? fallback;
    if (schema === null) throw noDatabase();
    if (SYSTEM_SCHEMAS.includes(schema.toLowerCase())) return this.#catalogue(schema.toLowerCase(), name);
    const home = this.#transaction.world.get(schema);
    const table = home?.tables.get(name);
    this.#allow('SELECT', schema, name);
    if (home === undefined) throw unknownDatabase(schema);
    if (table !== undefined) {
      const columns = table.columns.map(({ name: column, type, notNull }) => ({ name: column, type, nullable: !notNull }));
      const key = table.keys.find(({ kind }) => kind === 'primary');
      return { columns, rows: () => table.rows, ...(key ? { primaryKey: key.columns } : {}) };
    }
    const view = home.views.get(name);
    if (view === undefined) throw noSuchTable(schema, name);
    // Whoever may read the view reads what its maker may.
    const plan = planQuery(view.query, bareScope({ ...this.#context, relation: (one, near) => this.#definersRelation(one, near) }, schema));
    return {
      columns: plan.columns.map((column, i) => ({ ...column, name: view.columns[i]?.name ?? column.name })),
      rows: (env) => plan.rows(env),
    };
  }

  #definersRelation(table: TableName, schema: string | null): Relation {
    const home = table.schema ?? schema ?? '';
    const found = this.#transaction.world.get(home)?.tables.get(table.name);
    if (found === undefined) return this.#relation(table, schema);
    return { columns: found.columns.map(({ name, type, notNull }) => ({ name, type, nullable: !notNull })), rows: () => found.rows };
  }

  #catalogue(schema: string, name: string): Relation {
    if (schema !== 'information_schema') this.#allow('SELECT', schema, name);
    if (name.toLowerCase() === 'files' && !may(this.#account, 'PROCESS')) throw needsPrivilege('PROCESS');
    const found = catalogue(schema, name, () => this.#source);
    if (found !== null) return found;
    if (schema === 'performance_schema' || schema === 'sys') throw notSupported(`tables of ${schema}`);
    if (schema === 'mysql') throw noSuchTable(schema, name);
    throw plain(1109, '42S02', `Unknown table '${name.toUpperCase()}' in information_schema`);
  }
}
