/** What a table's rows must keep: no twin, a condition, a row elsewhere. */
import { bareScope, type Context, compareNullable, compile, type Scope } from './compile.ts';
import { checkViolated, plain } from './errors.ts';
import { type ForeignKey, placeOf, type Schema, sortedKeys, type Table, withTable } from './state.ts';
import { isTrue, keyOf, type Row, rowKey, toText } from './values.ts';

/** All databases of the server at one moment. */
export type World = ReadonlyMap<string, Schema>;

export const withSchema = (world: World, schema: Schema): World => new Map(world).set(schema.name, schema);
export function putTable(world: World, schema: string, table: Table): World {
  const found = world.get(schema);
  return found === undefined ? world : withSchema(world, withTable(found, table));
}

export const pick = (table: Table, row: Row, columns: readonly string[]): Row =>
  columns.map((column) => row[placeOf(table, column)] ?? null);

/** The scope in which a table's own conditions are read. */
export const tableScope = (table: Table, context: Context, schema: string): Scope => ({
  ...bareScope(context, schema),
  columns: table.columns.map(({ name, type, notNull }) => ({ table: table.name, name, type, nullable: !notNull })),
});

export function rowChecker(table: Table, context: Context, schema: string): (row: Row) => void {
  const checks = table.checks.map(({ name, expr }) => ({ name, compiled: compile(expr, tableScope(table, context, schema)) }));
  return (row) => {
    for (const { name, compiled } of checks) {
      const answer = compiled.run({ row, outer: null });
      if (answer !== null && !isTrue(answer)) throw checkViolated(name);
    }
  };
}

export interface Twin {
  readonly key: string;
  readonly shown: string;
  /** The row that is there already. */
  readonly row: Row;
}

/** Which values of its unique keys a table has. */
export class UniqueIndex {
  readonly #table: Table;
  readonly #indexes: readonly { readonly name: string; readonly columns: readonly string[]; readonly rows: Map<string, Row> }[];

  constructor(table: Table, rows: readonly Row[]) {
    this.#table = table;
    this.#indexes = sortedKeys(table)
      .filter(({ kind }) => kind !== 'index')
      .map(({ name, columns }) => ({ name, columns, rows: new Map() }));
    for (const row of rows) this.add(row);
  }

  add(row: Row): void {
    for (const { columns, rows } of this.#indexes) {
      const values = pick(this.#table, row, columns);
      if (!values.includes(null)) rows.set(rowKey(values), row);
    }
  }

  remove(row: Row): void {
    for (const { columns, rows } of this.#indexes) {
      const key = rowKey(pick(this.#table, row, columns));
      if (rows.get(key) === row) rows.delete(key);
    }
  }

  /** A row that must not be beside this one. */
  twinOf(row: Row): Twin | undefined {
    for (const { name, columns, rows } of this.#indexes) {
      const values = pick(this.#table, row, columns);
      const found = values.includes(null) ? undefined : rows.get(rowKey(values));
      if (found === undefined) continue;
      return {
        key: `${this.#table.name}.${name}`,
        shown: values.map((value) => (value === null ? '' : toText(value))).join('-'),
        row: found,
      };
    }
    return undefined;
  }
}

/** Rows as InnoDB keeps them: by the primary key. */
export function clustered(table: Table): Table {
  const key = table.keys.find(({ kind }) => kind === 'primary');
  if (key === undefined) return table;
  const places = key.columns.map((column) => placeOf(table, column));
  const order = (a: Row, b: Row): number => {
    for (const place of places) {
      const found = compareNullable(a[place] ?? null, b[place] ?? null);
      if (found !== 0) return found;
    }
    return 0;
  };
  const isSorted = table.rows.every((row, i) => i === 0 || order(table.rows[i - 1] ?? row, row) <= 0);
  return isSorted ? table : { ...table, rows: [...table.rows].sort(order) };
}

const quote = (name: string): string => `\`${name}\``;
const quoted = (names: readonly string[]): string => names.map(quote).join(', ');

/** A foreign key as SHOW CREATE TABLE and errors write it. */
export function foreignText({ name, columns, schema, target, targetColumns, onDelete, onUpdate }: ForeignKey, home: string): string {
  const where = schema === home ? quote(target) : `${quote(schema)}.${quote(target)}`;
  const action = (word: string, what: string | undefined): string =>
    what === undefined || what === 'no action' ? '' : ` ON ${word} ${what.toUpperCase()}`;
  return `CONSTRAINT ${quote(name)} FOREIGN KEY (${quoted(columns)}) REFERENCES ${where} (${quoted(targetColumns)})${action('DELETE', onDelete)}${action('UPDATE', onUpdate)}`;
}

const failing = (schema: string, table: string, foreign: ForeignKey): string =>
  `a foreign key constraint fails (${quote(schema)}.${quote(table)}, ${foreignText(foreign, schema)})`;

/** Every one of the rows must have its row in the other tables. */
export function checkReferences(world: World, schema: string, table: Table, rows: readonly Row[]): void {
  for (const foreign of table.foreign) {
    const target = world.get(foreign.schema)?.tables.get(foreign.target);
    const known = new Set((target?.rows ?? []).map((row) => rowKey(target === undefined ? [] : pick(target, row, foreign.targetColumns))));
    for (const row of rows) {
      const values = pick(table, row, foreign.columns);
      if (values.includes(null) || known.has(rowKey(values))) continue;
      throw plain(1452, '23000', `Cannot add or update a child row: ${failing(schema, table.name, foreign)}`);
    }
  }
}

export interface Change {
  readonly before: Row;
  /** Null: the row is gone. */
  readonly after: Row | null;
}

export interface Child {
  readonly schema: string;
  readonly table: Table;
  readonly foreign: ForeignKey;
}

/** The foreign keys that refer to a table. */
export const childrenOf = (world: World, schema: string, name: string): readonly Child[] =>
  [...world.values()].flatMap((one) =>
    [...one.tables.values()].flatMap((table) =>
      table.foreign
        .filter((foreign) => foreign.schema === schema && foreign.target === name)
        .map((foreign) => ({ schema: one.name, table, foreign })),
    ),
  );

/** After rows of a table went or changed: what refers to them goes along, loses its reference, or refuses. */
export function follow(
  world: World,
  parent: { readonly schema: string; readonly table: Table },
  changes: readonly Change[],
  depth = 0,
): World {
  if (depth > 15 || changes.length === 0) return world;
  let after = world;
  for (const {
    schema,
    table: { name },
    foreign,
  } of childrenOf(world, parent.schema, parent.table.name)) {
    const table = after.get(schema)?.tables.get(name);
    if (table === undefined) continue;
    const lost = new Map<string, Row | null>();
    for (const change of changes) {
      const key = pick(parent.table, change.before, foreign.targetColumns);
      const next = change.after === null ? null : pick(parent.table, change.after, foreign.targetColumns);
      if (!key.includes(null) && (next === null || rowKey(key) !== rowKey(next))) lost.set(rowKey(key), next);
    }
    after = settle(after, { schema, table, foreign }, { lost, depth });
  }
  return after;
}

function settle(
  world: World,
  { schema, table, foreign }: Child,
  { lost, depth }: { readonly lost: ReadonlyMap<string, Row | null>; readonly depth: number },
): World {
  const changes: Change[] = [];
  const rows = table.rows.flatMap((row): Row[] => {
    const values = pick(table, row, foreign.columns);
    const next = values.includes(null) ? undefined : lost.get(rowKey(values));
    if (next === undefined) return [row];
    const action = (next === null ? foreign.onDelete : foreign.onUpdate) ?? 'no action';
    if (action === 'cascade' && next === null) {
      changes.push({ before: row, after: null });
      return [];
    }
    if (action !== 'cascade' && action !== 'set null')
      throw plain(1451, '23000', `Cannot delete or update a parent row: ${failing(schema, table.name, foreign)}`);
    const changed = [...row];
    for (const [i, column] of foreign.columns.entries())
      changed[placeOf(table, column)] = action === 'cascade' ? (next?.[i] ?? null) : null;
    changes.push({ before: row, after: changed });
    return [changed];
  });
  if (changes.length === 0) return world;
  const next = { ...table, rows };
  return follow(putTable(world, schema, next), { schema, table: next }, changes, depth + 1);
}

export const sameRow = (a: Row, b: Row): boolean =>
  a.length === b.length && a.every((value, i) => keyOf(value) === keyOf(b[i] ?? null) && textOf(value) === textOf(b[i] ?? null));
const textOf = (value: Row[number]): string => (value === null ? '' : toText(value));
