/** CREATE TABLE: columns, keys and constraints from what a statement says. */
import type { ColumnNode, KeyNode, Reference, SqlType, Statement } from './ast.ts';
import { bareScope, type Context, compile } from './compile.ts';
import { childrenOf, clustered, tableScope, UniqueIndex, type World } from './constraints.ts';
import {
  autoColumn,
  badDefault,
  duplicateColumn,
  duplicateEntry,
  duplicateKey,
  MysqlError,
  manyPrimaryKeys,
  noDatabase,
  noKeyColumn,
  notSupported,
  plain,
} from './errors.ts';
import { planQuery } from './plan.ts';
import { type Column, collationOf, type ForeignKey, isCharset, type Key, placeOf, type Schema, type Table } from './state.ts';
import { stored } from './store.ts';
import { categoryOf } from './types.ts';
import type { Row } from './values.ts';

const MOST_LETTERS = 16_383;
const lower = (text: string): string => text.toLowerCase();

function checkedType({ name, type }: ColumnNode): SqlType {
  const [first = 0, second = 0] = type.args;
  if (type.base === 'varchar' && first > MOST_LETTERS)
    throw plain(1074, '42000', `Column length too big for column '${name}' (max = ${MOST_LETTERS}); use BLOB or TEXT instead`);
  if (type.base === 'char' && first > 255)
    throw plain(1074, '42000', `Column length too big for column '${name}' (max = 255); use BLOB or TEXT instead`);
  if (type.base === 'decimal' && first > 65)
    throw plain(1426, '42000', `Too-big precision ${first} specified for '${name}'. Maximum is 65.`);
  if (type.base === 'decimal' && second > first)
    throw plain(1427, '42000', `For float(M,D), double(M,D) or decimal(M,D), M must be >= D (column '${name}').`);
  return type;
}

/** A column from what a statement says of it. */
export function columnOf(node: ColumnNode, context: Context): Column {
  const type = checkedType(node);
  const isKey = node.keys.some(({ kind }) => kind === 'primary');
  const { name, fallback, onUpdateNow, isAutoIncrement, comment } = node;
  if (fallback !== undefined) checkDefault(node, context);
  if (isAutoIncrement && !['integer', 'double'].includes(categoryOf(type)))
    throw plain(1063, '42000', `Incorrect column specifier for column '${name}'`);
  const isNull = fallback?.expr.kind === 'literal' && fallback.expr.type === 'null';
  const notNull = node.notNull === true || isKey || isAutoIncrement;
  if (isNull && notNull) throw badDefault(name);
  return { name, type, notNull, onUpdateNow, isAutoIncrement, comment, ...(fallback === undefined || isNull ? {} : { fallback }) };
}

function checkDefault({ name, type, fallback }: ColumnNode, context: Context): void {
  if (fallback === undefined) return;
  const isBig = /text$|blob$|^json$/.test(type.base);
  if (isBig && fallback.expr.kind === 'literal' && fallback.expr.type !== 'null')
    throw plain(1101, '42000', `BLOB, TEXT, GEOMETRY or JSON column '${name}' can't have a default value`);
  try {
    const { problem } = stored(compile(fallback.expr, bareScope(context, null)).run({ row: [], outer: null }), type, {
      column: name,
      row: 1,
    });
    if (problem !== undefined) throw badDefault(name);
  } catch (error) {
    if (error instanceof MysqlError && error.code === 1054) throw badDefault(name);
    throw error;
  }
}

function freeName(taken: readonly string[], wanted: string): string {
  const has = (name: string): boolean => taken.some((one) => lower(one) === lower(name));
  if (!has(wanted)) return wanted;
  let number = 2;
  while (has(`${wanted}_${number}`)) number += 1;
  return `${wanted}_${number}`;
}

function numbered(taken: readonly string[], stem: string): string {
  let number = 1;
  while (taken.includes(`${stem}${number}`)) number += 1;
  return `${stem}${number}`;
}

export interface Home {
  readonly world: World;
  readonly schema: string;
  readonly context: Context;
  /** foreign_key_checks: without it a table may refer to one that is still to come. */
  readonly checksForeign: boolean;
}

const withKey = (table: Table, key: Key): Table => ({
  ...table,
  keys: [...table.keys, key],
  columns:
    key.kind === 'primary'
      ? table.columns.map((column) =>
          key.columns.some((name) => lower(name) === lower(column.name)) ? { ...column, notNull: true } : column,
        )
      : table.columns,
});

/** A table with one more key or constraint. */
export function withNode(table: Table, node: KeyNode, home: Home): Table {
  if (node.kind === 'check') {
    const taken = table.checks.map(({ name }) => name);
    compile(node.expr, tableScope(table, home.context, home.schema));
    const name = node.name ?? numbered(taken, `${table.name}_chk_`);
    return { ...table, checks: [...table.checks, { name, expr: node.expr, text: node.text }] };
  }
  const columns = node.columns.map((name) => {
    const found = table.columns[placeOf(table, name)];
    if (found === undefined) throw noKeyColumn(name);
    if (/text$|blob$/.test(found.type.base) && node.kind !== 'foreign')
      throw plain(1170, '42000', `BLOB/TEXT column '${name}' used in key specification without a key length`);
    return found.name;
  });
  if (node.kind === 'foreign') return withForeign(table, { ...node, columns }, home);
  if (node.kind === 'primary') {
    if (table.keys.some(({ kind }) => kind === 'primary')) throw manyPrimaryKeys();
    return withKey(table, { kind: 'primary', name: 'PRIMARY', columns });
  }
  const taken = table.keys.map(({ name }) => name);
  if (node.name !== undefined && taken.some((name) => lower(name) === lower(node.name ?? ''))) throw duplicateKey(node.name);
  return withKey(table, { kind: node.kind, name: node.name ?? freeName(taken, columns[0] ?? ''), columns });
}

/** Whether a key begins with these columns. */
const leads = (key: Key, columns: readonly string[]): boolean => columns.every((name, i) => lower(key.columns[i] ?? '') === lower(name));

interface Referring {
  readonly name: string;
  readonly columns: readonly string[];
  readonly targetColumns: readonly string[];
  readonly references: Reference;
}

/** Whether a foreign key fits the table that it refers to. */
function checkForeign(table: Table, target: Table, { name, columns, targetColumns, references }: Referring): void {
  for (const column of targetColumns)
    if (placeOf(target, column) < 0)
      throw plain(
        3734,
        'HY000',
        `Failed to add the foreign key constraint. Missing column '${column}' for constraint '${name}' in the referenced table '${target.name}'`,
      );
  if (!target.keys.some((one) => leads(one, targetColumns)))
    throw plain(
      1822,
      'HY000',
      `Failed to add the foreign key constraint. Missing index for constraint '${name}' in the referenced table '${target.name}'`,
    );
  for (const [i, column] of columns.entries()) {
    const [a, b] = [table.columns[placeOf(table, column)], target.columns[placeOf(target, targetColumns[i] ?? '')]];
    if (a !== undefined && b !== undefined && !fits(a.type, b.type))
      throw plain(
        3780,
        'HY000',
        `Referencing column '${a.name}' and referenced column '${b.name}' in foreign key constraint '${name}' are incompatible.`,
      );
    if (a?.notNull === true && (references.onDelete === 'set null' || references.onUpdate === 'set null'))
      throw plain(1830, 'HY000', `Column '${a.name}' cannot be NOT NULL: needed in a foreign key constraint '${name}' SET NULL`);
  }
}

function withForeign(table: Table, node: Extract<KeyNode, { kind: 'foreign' }>, { world, schema, checksForeign }: Home): Table {
  const { references, columns } = node;
  const home = references.table.schema ?? schema;
  const name =
    node.name ??
    numbered(
      table.foreign.map((one) => one.name),
      `${table.name}_ibfk_`,
    );
  const isSelf = home === schema && references.table.name === table.name;
  const target = isSelf ? table : world.get(home)?.tables.get(references.table.name);
  if (target === undefined && checksForeign) throw plain(1824, 'HY000', `Failed to open the referenced table '${references.table.name}'`);
  const key = target?.keys.find(({ kind }) => kind === 'primary');
  const targetColumns = references.columns.length > 0 ? references.columns : (key?.columns ?? []);
  if (target !== undefined) checkForeign(table, target, { name, columns, targetColumns, references });
  const foreign: ForeignKey = {
    name,
    columns,
    schema: home,
    target: references.table.name,
    targetColumns: targetColumns.map((column) => target?.columns[placeOf(target, column)]?.name ?? column),
    ...(references.onDelete ? { onDelete: references.onDelete } : {}),
    ...(references.onUpdate ? { onUpdate: references.onUpdate } : {}),
  };
  const withIt = { ...table, foreign: [...table.foreign, foreign] };
  // InnoDB wants an index on the columns, and makes one if there is none.
  if (table.keys.some((one) => leads(one, columns))) return withIt;
  const keyName =
    node.name ??
    freeName(
      table.keys.map((one) => one.name),
      columns[0] ?? '',
    );
  return withKey(withIt, { kind: 'index', name: keyName, columns });
}

const fits = (a: SqlType, b: SqlType): boolean => {
  if (categoryOf(a) === 'text' && categoryOf(b) === 'text') return true;
  return a.base === b.base && (a.isUnsigned === true) === (b.isUnsigned === true);
};

/** What holds for every table: one column counts by itself and begins a key; no rows are twins. */
export function checkTable(table: Table): Table {
  const counted = table.columns.filter(({ isAutoIncrement }) => isAutoIncrement);
  const [first] = counted;
  if (counted.length > 1 || (first !== undefined && !table.keys.some(({ columns }) => lower(columns[0] ?? '') === lower(first.name))))
    throw autoColumn();
  const index = new UniqueIndex(table, []);
  for (const row of table.rows) {
    const twin = index.twinOf(row);
    if (twin !== undefined) throw duplicateEntry(twin.shown, twin.key);
    index.add(row);
  }
  return clustered(table);
}

const ENGINES: Readonly<Record<string, string>> = { innodb: 'InnoDB', myisam: 'MyISAM', memory: 'MEMORY' };

/** ENGINE, CHARSET, COLLATE, COMMENT. */
export function withOptions(table: Table, options: ReadonlyMap<string, string>): Table {
  let next = table;
  const charset = options.get('charset');
  if (charset !== undefined && !isCharset(lower(charset))) throw plain(1115, '42000', `Unknown character set: '${charset}'`);
  if (charset !== undefined) next = { ...next, charset: lower(charset), collation: collationOf(lower(charset)) };
  const collation = options.get('collate');
  if (collation !== undefined) next = { ...next, collation: lower(collation), charset: lower(collation).split('_', 1)[0] ?? next.charset };
  const comment = options.get('comment');
  if (comment !== undefined) next = { ...next, comment };
  const engine = options.get('engine');
  if (engine === undefined) return next;
  const known = ENGINES[lower(engine)];
  if (known === undefined) throw plain(1286, '42000', `Unknown storage engine '${engine}'`);
  if (known !== 'InnoDB') throw notSupported(`ENGINE=${known}`);
  return next;
}

export function createTable(statement: Extract<Statement, { kind: 'create-table' }>, home: Home): Table {
  const schema = home.world.get(home.schema);
  if (schema === undefined) throw noDatabase();
  const { name } = statement.table;
  if (statement.like !== undefined) return likeTable(statement, schema, home);
  let table: Table = withOptions(
    {
      name,
      columns: statement.columns.map((node) => columnOf(node, home.context)),
      keys: [],
      checks: [],
      foreign: [],
      charset: schema.charset,
      collation: schema.collation,
      comment: '',
      engine: 'InnoDB',
      createdUs: home.context.nowUs,
      rows: [],
    },
    statement.options,
  );
  if (statement.query !== undefined) table = filledBy(statement.query, table, home);
  for (const [i, column] of table.columns.entries()) if (placeOf(table, column.name) !== i) throw duplicateColumn(column.name);
  const nodes = [...statement.columns.flatMap(({ keys }) => keys), ...statement.keys];
  // Checks are read last: they may name any column.
  const order = ['primary', 'unique', 'index', 'foreign', 'check'];
  for (const kind of order) for (const node of nodes) if (node.kind === kind) table = withNode(table, node, home);
  return checkTable(table);
}

function likeTable({ table: { name }, like }: Extract<Statement, { kind: 'create-table' }>, schema: Schema, { world }: Home): Table {
  const home = like?.schema ?? schema.name;
  const found = world.get(home)?.tables.get(like?.name ?? '');
  if (found === undefined) throw plain(1146, '42S02', `Table '${home}.${like?.name}' doesn't exist`);
  return { ...found, name, rows: [], foreign: [] };
}

/** CREATE TABLE … SELECT: the query's columns behind those that were written. */
function filledBy(
  query: NonNullable<Extract<Statement, { kind: 'create-table' }>['query']>,
  table: Table,
  { context, schema }: Home,
): Table {
  const plan = planQuery(query, bareScope(context, schema));
  const added = plan.columns.filter(({ name }) => placeOf(table, name) < 0);
  const columns: readonly Column[] = [
    ...table.columns,
    ...added.map(({ name, type, nullable }) => ({
      name,
      type: keptType(type),
      notNull: !nullable,
      onUpdateNow: false,
      isAutoIncrement: false,
      comment: '',
    })),
  ];
  const whole = { ...table, columns };
  const places = plan.columns.map(({ name }) => placeOf(whole, name));
  const rows = plan.rows(null).map((row): Row => {
    const out: Row[number][] = columns.map(() => null);
    for (const [i, place] of places.entries())
      out[place] = stored(row[i] ?? null, columns[place]?.type ?? { base: 'varchar', args: [255] }, {
        column: plan.columns[i]?.name ?? '',
        row: 1,
      }).value;
    return out;
  });
  return { ...whole, rows };
}

const keptType = (type: SqlType): SqlType => (type.base === 'null' ? { base: 'varbinary', args: [0] } : type);

/** A table that others refer to cannot go; those that go with it do not count. */
export function checkDroppable(world: World, schema: string, name: string, together: readonly string[]): void {
  const child = childrenOf(world, schema, name).find((one) => !(one.schema === schema && together.includes(one.table.name)));
  if (child !== undefined)
    throw plain(
      3730,
      'HY000',
      `Cannot drop table '${name}' referenced by a foreign key constraint '${child.foreign.name}' on table '${child.table.name}'.`,
    );
}
