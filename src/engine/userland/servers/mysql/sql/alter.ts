/** ALTER TABLE: one action after the other. */
import type { AlterAction, ColumnPlace } from './ast.ts';
import { bareScope, compile } from './compile.ts';
import { checkReferences, childrenOf, putTable, rowChecker, type World, withSchema } from './constraints.ts';
import { checkTable, columnOf, type Home, withNode, withOptions } from './define.ts';
import { cannotDrop, duplicateColumn, duplicateKey, MysqlError, plain, tableExists, unknownColumn } from './errors.ts';
import { type Column, placeOf, type Table, without } from './state.ts';
import { stored } from './store.ts';
import { categoryOf } from './types.ts';
import type { Row, Value } from './values.ts';

export interface Altered {
  readonly world: World;
  readonly schema: string;
  readonly table: Table;
}

const lower = (text: string): string => text.toLowerCase();

export function alterTable(actions: readonly AlterAction[], table: Table, home: Home): Altered {
  let now: Altered = { world: home.world, schema: home.schema, table };
  for (const action of actions) now = altered(action, now, { ...home, world: now.world });
  const checked = checkTable(now.table);
  const check = rowChecker(checked, home.context, now.schema);
  for (const row of checked.rows) check(row);
  const world = putTable(now.world, now.schema, checked);
  if (actions.some((action) => action.kind === 'add-key')) checkReferences(world, now.schema, checked, checked.rows);
  return { world, schema: now.schema, table: checked };
}

function columnAt(table: Table, name: string): { readonly place: number; readonly column: Column } {
  const place = placeOf(table, name);
  const column = table.columns[place];
  if (column === undefined) throw unknownColumn(name, table.name as 'field list');
  return { place, column };
}

function altered(action: AlterAction, now: Altered, home: Home): Altered {
  const { table } = now;
  const as = (next: Table): Altered => ({ ...now, table: next });
  switch (action.kind) {
    case 'add-column':
      return as(addColumn(action, table, home));
    case 'change-column':
      return as(changeColumn(action, table, home));
    case 'drop-column':
      return as(dropColumn(action.name, table));
    case 'rename-column':
      return as(renameColumn(table, action.from, action.to));
    case 'rename':
      return renameTable(now, action.to);
    case 'add-key':
      return as(withNode(table, action.key, home));
    case 'drop-primary':
    case 'drop-index':
      return as(dropIndex(action.kind === 'drop-primary' ? 'PRIMARY' : action.name, table));
    case 'rename-index': {
      if (table.keys.some(({ name }) => lower(name) === lower(action.to))) throw duplicateKey(action.to);
      if (!table.keys.some(({ name }) => lower(name) === lower(action.from)))
        throw plain(1176, '42000', `Key '${action.from}' doesn't exist in table '${table.name}'`);
      return as({ ...table, keys: table.keys.map((key) => (lower(key.name) === lower(action.from) ? { ...key, name: action.to } : key)) });
    }
    case 'drop-foreign':
    case 'drop-check':
    case 'drop-constraint':
      return as(dropConstraint(action, table));
    case 'set-default': {
      const { place, column } = columnAt(table, action.name);
      const { fallback: _old, ...bare } = column;
      const next = { ...bare, ...(action.fallback ? { fallback: action.fallback } : {}) };
      return as({ ...table, columns: table.columns.map((one, i) => (i === place ? next : one)) });
    }
    case 'options':
      return as(withOptions(table, action.options));
    case 'nothing':
      return now;
  }
}

/** Moves what is last to its place, in columns and rows. */
function placed(table: Table, from: number, place: ColumnPlace | undefined): Table {
  if (place === undefined) return table;
  const name = table.columns[from]?.name ?? '';
  const others = table.columns.filter((_, i) => i !== from);
  const at = 'first' in place ? 0 : others.findIndex((one) => lower(one.name) === lower(place.after)) + 1;
  if ('after' in place && at === 0) throw unknownColumn(place.after, table.name as 'field list');
  const names = [...others.slice(0, at).map((one) => one.name), name, ...others.slice(at).map((one) => one.name)];
  const places = names.map((one) => placeOf(table, one));
  return {
    ...table,
    columns: places.flatMap((i) => table.columns[i] ?? []),
    rows: table.rows.map((row) => places.map((i) => row[i] ?? null)),
  };
}

function addColumn({ column: node, place }: Extract<AlterAction, { kind: 'add-column' }>, table: Table, home: Home): Table {
  if (placeOf(table, node.name) >= 0) throw duplicateColumn(node.name);
  const column = columnOf(node, home.context);
  const given =
    column.fallback === undefined
      ? null
      : compile(column.fallback.expr, bareScope(home.context, home.schema)).run({ row: [], outer: null });
  const value = (number: number): Value => {
    if (column.isAutoIncrement) return BigInt(number);
    if (column.fallback !== undefined) return stored(given, column.type, { column: column.name, row: number }).value;
    return column.notNull ? emptyOf(column) : null;
  };
  let next: Table = { ...table, columns: [...table.columns, column], rows: table.rows.map((row, i): Row => [...row, value(i + 1)]) };
  for (const key of node.keys) next = withNode(next, key, home);
  return placed(next, next.columns.length - 1, place);
}

/** What rows that are there already get in a new column that may not be null. */
function emptyOf({ type }: Column): Value {
  const category = categoryOf(type);
  if (category === 'integer') return 0n;
  if (category === 'decimal') return { digits: 0n, scale: type.args[1] ?? 0 };
  return category === 'double' ? 0 : category === 'text' ? (type.values?.[0] ?? '') : null;
}

function changeColumn({ name, column: node, place }: Extract<AlterAction, { kind: 'change-column' }>, table: Table, home: Home): Table {
  const { place: at, column: before } = columnAt(table, name);
  if (lower(node.name) !== lower(name) && placeOf(table, node.name) >= 0) throw duplicateColumn(node.name);
  const isKey = table.keys.some(({ kind, columns }) => kind === 'primary' && columns.some((one) => lower(one) === lower(before.name)));
  const column = columnOf(node, home.context);
  const next = { ...column, notNull: column.notNull || isKey };
  const rows = table.rows.map((row, i) => row.map((value, j) => (j === at ? moved(value, next, i + 1) : value)));
  let whole: Table = { ...renameColumn(table, before.name, node.name), rows };
  whole = { ...whole, columns: whole.columns.map((one, i) => (i === at ? next : one)) };
  for (const key of node.keys) if (!(key.kind === 'primary' && isKey)) whole = withNode(whole, key, home);
  return placed(whole, at, place);
}

/** A value that was in the column, as the changed column holds it. */
function moved(value: Value, column: Column, row: number): Value {
  if (value === null && column.notNull) throw plain(1138, '22004', 'Invalid use of NULL value');
  const { value: held, problem } = stored(value, column.type, { column: column.name, row });
  if (problem instanceof MysqlError) throw problem;
  return held;
}

function dropColumn(name: string, table: Table): Table {
  const place = placeOf(table, name);
  if (place < 0) throw cannotDrop(name);
  const used = table.foreign.find(({ columns }) => columns.some((one) => lower(one) === lower(name)));
  if (used !== undefined) throw plain(1828, 'HY000', `Cannot drop column '${name}': needed in a foreign key constraint '${used.name}'`);
  const checked = table.checks.find(({ text }) => new RegExp(`\\b${name}\\b`, 'i').test(text));
  if (checked !== undefined)
    throw plain(3959, 'HY000', `Check constraint '${checked.name}' uses column '${name}', hence column cannot be dropped or renamed.`);
  if (table.columns.length === 1) throw plain(1090, '42000', "You can't delete all columns with ALTER TABLE; use DROP TABLE instead");
  return {
    ...table,
    columns: table.columns.filter((_, i) => i !== place),
    rows: table.rows.map((row) => row.filter((_, i) => i !== place)),
    keys: table.keys
      .map((key) => ({ ...key, columns: key.columns.filter((one) => lower(one) !== lower(name)) }))
      .filter(({ columns }) => columns.length > 0),
  };
}

function dropIndex(name: string, table: Table): Table {
  const key = table.keys.find((one) => lower(one.name) === lower(name));
  if (key === undefined) throw cannotDrop(name);
  const rest = table.keys.filter((one) => one !== key);
  const needed = table.foreign.find(({ columns }) => {
    const leads = (one: (typeof rest)[number]): boolean => columns.every((column, i) => lower(one.columns[i] ?? '') === lower(column));
    return leads(key) && !rest.some(leads);
  });
  if (needed !== undefined) throw plain(1553, 'HY000', `Cannot drop index '${name}': needed in a foreign key constraint`);
  return { ...table, keys: rest };
}

function dropConstraint({ kind, name }: { readonly kind: string; readonly name: string }, table: Table): Table {
  const foreign = table.foreign.filter((one) => kind === 'drop-check' || lower(one.name) !== lower(name));
  const checks = table.checks.filter((one) => kind === 'drop-foreign' || lower(one.name) !== lower(name));
  if (foreign.length < table.foreign.length || checks.length < table.checks.length) return { ...table, foreign, checks };
  if (kind === 'drop-check') throw plain(3821, 'HY000', `Check constraint '${name}' is not found in the table.`);
  if (kind === 'drop-constraint' && table.keys.some((one) => lower(one.name) === lower(name))) return dropIndex(name, table);
  if (kind === 'drop-constraint') throw plain(3940, 'HY000', `Constraint '${name}' does not exist.`);
  throw cannotDrop(name);
}

function renameColumn(table: Table, from: string, to: string): Table {
  const { place } = columnAt(table, from);
  if (lower(from) !== lower(to) && placeOf(table, to) >= 0) throw duplicateColumn(to);
  const rename = (names: readonly string[]): readonly string[] => names.map((one) => (lower(one) === lower(from) ? to : one));
  return {
    ...table,
    columns: table.columns.map((column, i) => (i === place ? { ...column, name: to } : column)),
    keys: table.keys.map((key) => ({ ...key, columns: rename(key.columns) })),
    foreign: table.foreign.map((one) => ({ ...one, columns: rename(one.columns) })),
  };
}

/** A table under another name, also in another database; who refers to it goes on doing so. */
export function renameTable({ world, schema, table }: Altered, to: { readonly schema?: string; readonly name: string }): Altered {
  const home = to.schema ?? schema;
  const target = world.get(home);
  if (target === undefined) throw plain(1049, '42000', `Unknown database '${home}'`);
  if (target.tables.has(to.name) || target.views.has(to.name)) throw tableExists(to.name);
  const next = { ...table, name: to.name };
  const source = world.get(schema);
  let after = source === undefined ? world : withSchema(world, { ...source, tables: without(source.tables, table.name) });
  after = putTable(after, home, next);
  for (const child of childrenOf(after, schema, table.name)) {
    const foreign = child.table.foreign.map((one) =>
      one.schema === schema && one.target === table.name ? { ...one, schema: home, target: to.name } : one,
    );
    after = putTable(after, child.schema, { ...child.table, foreign });
  }
  return { world: after, schema: home, table: next };
}
