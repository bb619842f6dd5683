/** Statements that define databases, tables and views, carried out: the world after them. */

import type { AccountRecord } from './accounts.ts';
import { accountText, may } from './accounts.ts';
import { alterTable, renameTable } from './alter.ts';
import type { Statement, TableName } from './ast.ts';
import { SYSTEM_SCHEMAS, tableKey } from './cluster.ts';
import { bareScope, type Context } from './compile.ts';
import { putTable, type World, withSchema } from './constraints.ts';
import { checkDroppable, createTable } from './define.ts';
import { deniedDatabase, deniedTable, noDatabase, noSuchTable, plain, tableExists, unknownDatabase, unknownTable } from './errors.ts';
import { planQuery } from './plan.ts';
import type { Warning } from './show.ts';
import { collationOf, DEFAULT_CHARSET, emptySchema, isCharset, type Schema, type Table, without } from './state.ts';

export interface Defining {
  readonly world: World;
  readonly context: Context;
  readonly schema: string | null;
  readonly account: AccountRecord;
  readonly checksForeign: boolean;
  warn(warning: Warning): void;
}

export interface Defined {
  readonly world: World;
  readonly count: number;
  readonly info?: string;
  /** Tables whose AUTO_INCREMENT begins at a number (or is forgotten). */
  readonly numbers?: readonly (readonly [key: string, next: bigint | undefined])[];
  /** A table that took another's place, with its number. */
  readonly moved?: readonly [from: string, to: string];
}

function need({ account }: Defining, privilege: string, schema: string, table?: string): void {
  if (may(account, privilege, schema, table)) return;
  throw table === undefined ? deniedDatabase(accountText(account), schema) : deniedTable(privilege, accountText(account), table);
}

function homeOf({ schema: given }: TableName, { schema, world }: Defining): Schema {
  const home = given ?? schema;
  if (home === null) throw noDatabase();
  if (SYSTEM_SCHEMAS.includes(home)) throw plain(1044, '42000', `Access to system schema '${home}' is rejected by this model`);
  const found = world.get(home);
  if (found === undefined) throw unknownDatabase(home);
  return found;
}

function existing(name: TableName, defining: Defining): { readonly schema: string; readonly table: Table } {
  const home = homeOf(name, defining);
  const table = home.tables.get(name.name);
  if (table === undefined) throw noSuchTable(home.name, name.name);
  return { schema: home.name, table };
}

function charsetOf(options: ReadonlyMap<string, string>): { readonly charset: string; readonly collation: string } {
  const collation = options.get('collate')?.toLowerCase();
  const charset = options.get('charset')?.toLowerCase() ?? collation?.split('_', 1)[0] ?? DEFAULT_CHARSET;
  if (!isCharset(charset)) throw plain(1115, '42000', `Unknown character set: '${charset}'`);
  const known = charset === 'utf8' ? 'utf8mb3' : charset;
  return { charset: known, collation: collation ?? collationOf(known) };
}

function createDatabase({ name, isLenient, options }: Extract<Statement, { kind: 'create-database' }>, defining: Defining): Defined {
  need(defining, 'CREATE', name);
  if (defining.world.has(name) || SYSTEM_SCHEMAS.includes(name)) {
    if (!isLenient) throw plain(1007, 'HY000', `Can't create database '${name}'; database exists`);
    defining.warn({ level: 'Note', code: 1007, message: `Can't create database '${name}'; database exists` });
    return { world: defining.world, count: 1 };
  }
  const { charset, collation } = charsetOf(options);
  return { world: withSchema(defining.world, emptySchema(name, charset, collation)), count: 1 };
}

function dropDatabase({ name, isLenient }: Extract<Statement, { kind: 'drop-database' }>, defining: Defining): Defined {
  need(defining, 'DROP', name);
  const { world } = defining;
  const found = world.get(name);
  if (SYSTEM_SCHEMAS.includes(name)) throw plain(3552, 'HY000', `Access to system schema '${name}' is rejected.`);
  if (found === undefined) {
    const message = `Can't drop database '${name}'; database doesn't exist`;
    if (!isLenient) throw plain(1008, 'HY000', message);
    defining.warn({ level: 'Note', code: 1008, message });
    return { world, count: 0 };
  }
  const names = [...found.tables.keys()];
  if (defining.checksForeign) for (const table of names) checkDroppable(world, name, table, names);
  return {
    world: new Map([...world].filter(([key]) => key !== name)),
    count: found.tables.size + found.views.size,
    numbers: names.map((table) => [tableKey(name, table), undefined] as const),
  };
}

function create(statement: Extract<Statement, { kind: 'create-table' }>, defining: Defining): Defined {
  const home = homeOf(statement.table, defining);
  const { name } = statement.table;
  need(defining, 'CREATE', home.name, name);
  if (home.tables.has(name) || home.views.has(name)) {
    if (!statement.isLenient) throw tableExists(name);
    defining.warn({ level: 'Note', code: 1050, message: `Table '${name}' already exists` });
    return { world: defining.world, count: 0 };
  }
  const { schema = defining.schema } = statement.like ?? {};
  const like = statement.like === undefined || schema === null ? {} : { like: { ...statement.like, schema } };
  const table = createTable(
    { ...statement, ...like },
    { world: defining.world, schema: home.name, context: defining.context, checksForeign: defining.checksForeign },
  );
  const first = statement.options.get('auto_increment');
  return {
    world: putTable(defining.world, home.name, table),
    count: table.rows.length,
    ...(statement.query === undefined ? {} : { info: `Records: ${table.rows.length}  Duplicates: 0` }),
    numbers: [[tableKey(home.name, name), first === undefined ? undefined : BigInt(first)]],
  };
}

function createView(statement: Extract<Statement, { kind: 'create-view' }>, defining: Defining): Defined {
  const home = homeOf(statement.table, defining);
  const { name } = statement.table;
  need(defining, 'CREATE VIEW', home.name, name);
  if (home.tables.has(name) || (home.views.has(name) && !statement.orReplace)) throw tableExists(name);
  const plan = planQuery(statement.query, bareScope(defining.context, defining.schema ?? home.name));
  const columns = plan.columns.map((column, i) => ({ ...column, name: statement.columns?.[i] ?? column.name }));
  const { user, host } = defining.account;
  const view = { name, query: statement.query, text: statement.text, definer: `${user}@${host}`, columns };
  return { world: withSchema(defining.world, { ...home, views: new Map(home.views).set(name, view) }), count: 0 };
}

function dropTables(statement: Extract<Statement, { kind: 'drop-table' | 'drop-view' }>, defining: Defining): Defined {
  const isView = statement.kind === 'drop-view';
  const named = statement.tables.map((one) => ({ ...one, schema: homeOf(one, defining).name }));
  const has = ({ schema, name }: { readonly schema: string; readonly name: string }): boolean => {
    const home = defining.world.get(schema);
    return (isView ? home?.views : home?.tables)?.has(name) === true;
  };
  for (const { schema, name } of named) need(defining, 'DROP', schema, name);
  const missing = named.filter((one) => !has(one)).map(({ schema, name }) => `${schema}.${name}`);
  if (missing.length > 0 && !statement.isLenient) throw unknownTable(missing.join(','));
  for (const name of missing) defining.warn({ level: 'Note', code: 1051, message: `Unknown table '${name}'` });
  let { world } = defining;
  const there = named.filter(has);
  for (const { schema, name } of there) {
    const together = there.filter((one) => one.schema === schema).map((one) => one.name);
    if (!isView && defining.checksForeign) checkDroppable(world, schema, name, together);
  }
  for (const { schema, name } of there) {
    const home = world.get(schema);
    if (home !== undefined)
      world = withSchema(world, isView ? { ...home, views: without(home.views, name) } : { ...home, tables: without(home.tables, name) });
  }
  return { world, count: 0, numbers: there.map(({ schema, name }) => [tableKey(schema, name), undefined] as const) };
}

function truncate({ table: name }: Extract<Statement, { kind: 'truncate' }>, defining: Defining): Defined {
  const { schema, table } = existing(name, defining);
  need(defining, 'DROP', schema, table.name);
  if (defining.checksForeign) {
    for (const home of defining.world.values())
      for (const child of home.tables.values())
        for (const foreign of child.foreign)
          if (foreign.schema === schema && foreign.target === table.name && child.name !== table.name)
            throw plain(
              1701,
              '42000',
              `Cannot truncate a table referenced in a foreign key constraint (\`${home.name}\`.\`${child.name}\`, CONSTRAINT \`${foreign.name}\`)`,
            );
  }
  return {
    world: putTable(defining.world, schema, { ...table, rows: [] }),
    count: 0,
    numbers: [[tableKey(schema, table.name), undefined]],
  };
}

function alter(statement: Extract<Statement, { kind: 'alter-table' }>, defining: Defining): Defined {
  const { schema, table } = existing(statement.table, defining);
  need(defining, 'ALTER', schema, table.name);
  const home = { world: defining.world, schema, context: defining.context, checksForeign: defining.checksForeign };
  const done = alterTable(statement.actions, table, home);
  const first = statement.actions.flatMap((action) => (action.kind === 'options' ? (action.options.get('auto_increment') ?? []) : []))[0];
  const key = tableKey(done.schema, done.table.name);
  const isCopied = statement.actions.some(({ kind }) => kind === 'change-column');
  return {
    world: done.world,
    count: isCopied ? table.rows.length : 0,
    ...(statement.actions.every(({ kind }) => kind === 'rename')
      ? {}
      : { info: `Records: ${isCopied ? table.rows.length : 0}  Duplicates: 0` }),
    ...(first === undefined ? {} : { numbers: [[key, BigInt(first)]] as const }),
    ...(key === tableKey(schema, table.name) ? {} : { moved: [tableKey(schema, table.name), key] as const }),
  };
}

function renameTables({ pairs }: Extract<Statement, { kind: 'rename-table' }>, defining: Defining): Defined {
  let { world } = defining;
  let moved: readonly [string, string] | undefined;
  for (const [from, to] of pairs) {
    const { schema, table } = existing(from, { ...defining, world });
    need(defining, 'ALTER', schema, table.name);
    need(defining, 'DROP', schema, table.name);
    const done = renameTable({ world, schema, table }, to);
    world = done.world;
    moved = [tableKey(schema, table.name), tableKey(done.schema, done.table.name)];
  }
  return { world, count: 0, ...(moved === undefined ? {} : { moved }) };
}

export type Definition = Extract<
  Statement,
  {
    kind:
      | 'create-database'
      | 'alter-database'
      | 'drop-database'
      | 'create-table'
      | 'create-view'
      | 'drop-table'
      | 'drop-view'
      | 'truncate'
      | 'alter-table'
      | 'rename-table';
  }
>;

export function define(statement: Definition, defining: Defining): Defined {
  switch (statement.kind) {
    case 'create-database':
      return createDatabase(statement, defining);
    case 'drop-database':
      return dropDatabase(statement, defining);
    case 'alter-database': {
      const name = statement.name ?? defining.schema ?? '';
      const home = homeOf({ schema: name, name: '' }, defining);
      need(defining, 'ALTER', name);
      return { world: withSchema(defining.world, { ...home, ...charsetOf(statement.options) }), count: 1 };
    }
    case 'create-table':
      return create(statement, defining);
    case 'create-view':
      return createView(statement, defining);
    case 'drop-table':
    case 'drop-view':
      return dropTables(statement, defining);
    case 'truncate':
      return truncate(statement, defining);
    case 'alter-table':
      return alter(statement, defining);
    case 'rename-table':
      return renameTables(statement, defining);
  }
}

const DEFINITIONS = [
  'create-database',
  'alter-database',
  'drop-database',
  'create-table',
  'create-view',
  'drop-table',
  'drop-view',
  'truncate',
  'alter-table',
  'rename-table',
];
export const isDefinition = (statement: Statement): statement is Definition => DEFINITIONS.includes(statement.kind);
