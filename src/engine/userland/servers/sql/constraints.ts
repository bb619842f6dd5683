/** What a table's rows must keep: no null, no twin, a condition, a row elsewhere. */
import { type Context, compile, type Scope } from './compile.ts';
import { duplicateKey, notNull, SqlError } from './errors.ts';
import { allIndexes, type Constraint, type DatabaseState, type Table, withTable } from './state.ts';
import { outputText, type Row, rowKey, TEXT, type Value } from './types.ts';

export const placeOf = (table: Table, column: string): number => table.columns.findIndex(({ name }) => name === column);
export const pick = (table: Table, row: Row, columns: readonly string[]): Row =>
  columns.map((column) => row[placeOf(table, column)] ?? null);

export function rowText(table: Table, row: Row): string {
  return row.map((value, i) => (value === null ? 'null' : outputText(value, table.columns[i]?.type ?? TEXT))).join(', ');
}

const keyText = (table: Table, columns: readonly string[], values: readonly Value[]): string =>
  values
    .map((value, i) => (value === null ? 'null' : outputText(value, table.columns[placeOf(table, columns[i] ?? '')]?.type ?? TEXT)))
    .join(', ');

/** The scope in which a table's own conditions and defaults are read. */
export const tableScope = (table: Table, context: Context): Scope => ({
  context,
  outer: null,
  ctes: new Map(),
  columns: table.columns.map(({ name, type }) => ({ table: table.name, name, type })),
});

/** Checks of single rows: nulls and conditions. */
export function checkRows(table: Table, rows: readonly Row[], context: Context): void {
  const checks = table.constraints
    .filter((one): one is Extract<Constraint, { kind: 'check' }> => one.kind === 'check')
    .map((one) => ({ name: one.name, compiled: compile(one.expr, tableScope(table, context)) }));
  for (const row of rows) {
    for (const [i, column] of table.columns.entries())
      if (column.notNull && (row[i] ?? null) === null) throw notNull(column.name, table.name, rowText(table, row));
    for (const { name, compiled } of checks)
      if (compiled.run({ row, outer: null }) === false)
        throw new SqlError('23514', `new row for relation "${table.name}" violates check constraint "${name}"`, {
          detail: `Failing row contains (${rowText(table, row)}).`,
        });
  }
}

/** The first pair of rows that an index must not have, with the index; undefined if all is well. */
export function checkUnique(table: Table): void {
  for (const index of allIndexes(table).filter(({ isUnique }) => isUnique)) {
    const seen = new Set<string>();
    for (const row of table.rows) {
      const values = pick(table, row, index.columns);
      if (values.includes(null)) continue;
      const key = rowKey(values);
      if (seen.has(key)) throw duplicateKey(index.name, index.columns.join(', '), keyText(table, index.columns, values));
      seen.add(key);
    }
  }
}

type Foreign = Extract<Constraint, { kind: 'foreign' }>;
const foreignOf = ({ constraints }: Table): readonly Foreign[] => constraints.filter((one): one is Foreign => one.kind === 'foreign');

/** Every row of `table` (or of those given) must have its row in the other tables. */
export function checkReferences(state: DatabaseState, table: Table, rows: readonly Row[]): void {
  for (const one of foreignOf(table)) {
    const target = one.target === table.name ? table : state.tables.get(one.target);
    if (target === undefined) continue;
    const known = new Set(target.rows.map((row) => rowKey(pick(target, row, one.targetColumns))));
    for (const row of rows) {
      const values = pick(table, row, one.columns);
      if (values.includes(null) || known.has(rowKey(values))) continue;
      throw new SqlError('23503', `insert or update on table "${table.name}" violates foreign key constraint "${one.name}"`, {
        detail: `Key (${one.columns.join(', ')})=(${keyText(table, one.columns, values)}) is not present in table "${target.name}".`,
      });
    }
  }
}

/** After rows of `table` went or changed: what refers to them goes, loses its reference, or refuses. */
export function follow(state: DatabaseState, table: Table, before: Table, depth = 0): DatabaseState {
  let after = state;
  if (depth > 50) return after;
  for (const other of [...state.tables.values()]) {
    for (const one of foreignOf(other).filter(({ target }) => target === table.name)) {
      const here = after.tables.get(other.name) ?? other;
      const now = after.tables.get(table.name) ?? table;
      const known = new Set(now.rows.map((row) => rowKey(pick(now, row, one.targetColumns))));
      const had = new Set(before.rows.map((row) => rowKey(pick(before, row, one.targetColumns))));
      const isLost = (row: Row): boolean => {
        const values = pick(here, row, one.columns);
        return !values.includes(null) && !known.has(rowKey(values)) && had.has(rowKey(values));
      };
      const lost = here.rows.find(isLost);
      if (lost === undefined) continue;
      after = resolved(after, { one, here, lost, isLost, table, depth });
    }
  }
  return after;
}

interface Lost {
  readonly one: Foreign;
  readonly here: Table;
  readonly lost: Row;
  readonly isLost: (row: Row) => boolean;
  readonly table: Table;
  readonly depth: number;
}

function resolved(state: DatabaseState, { one, here, lost, isLost, table, depth }: Lost): DatabaseState {
  if (one.onDelete === 'cascade') {
    const next = { ...here, rows: here.rows.filter((row) => !isLost(row)) };
    return follow(withTable(state, next), next, here, depth + 1);
  }
  if (one.onDelete === 'set null' || one.onDelete === 'set default') {
    const places = new Set(one.columns.map((column) => placeOf(here, column)));
    const rows = here.rows.map((row) => (isLost(row) ? row.map((value, i) => (places.has(i) ? null : value)) : row));
    return withTable(state, { ...here, rows });
  }
  const values = pick(here, lost, one.columns);
  throw new SqlError(
    '23503',
    `update or delete on table "${table.name}" violates foreign key constraint "${one.name}" on table "${here.name}"`,
    {
      detail: `Key (${one.targetColumns.join(', ')})=(${keyText(here, one.columns, values)}) is still referenced from table "${here.name}".`,
    },
  );
}
