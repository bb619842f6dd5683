/** INSERT, UPDATE, DELETE: a new state with the table's new rows, and what RETURNING asks for. */
import type { Assignment, Expr, FromTable, Insert, SelectItem, Statement } from './ast.ts';
import { type Context, compile, condition, type Env, type Scope } from './compile.ts';
import { checkReferences, checkRows, checkUnique, follow, pick, placeOf, tableScope } from './constraints.ts';
import { noSuchColumnOf, noSuchTable, SqlError } from './errors.ts';
import { planItems, planQuery } from './plan.ts';
import { planFrom } from './plan-from.ts';
import { allIndexes, type Column, type DatabaseState, type Table, withTable } from './state.ts';
import { canAssign, convert, type Row, rowKey, type SqlType, typeText, UNKNOWN, type Value } from './types.ts';

export interface Written {
  readonly state: DatabaseState;
  readonly count: number;
  readonly columns?: readonly { readonly name: string; readonly type: SqlType }[];
  readonly rows?: readonly Row[];
}

export interface Writing {
  readonly state: DatabaseState;
  readonly context: Context;
}

export function tableOf(state: DatabaseState, { name, schema, at }: FromTable): Table {
  const table = schema === undefined || schema === 'public' || schema === state.name ? state.tables.get(name) : undefined;
  if (table !== undefined) return table;
  if (state.views.has(name)) throw new SqlError('55000', `cannot change view "${name}"`);
  throw noSuchTable(schema === undefined ? name : `${schema}.${name}`, at);
}

function returning(items: readonly SelectItem[] | undefined, scope: Scope, envs: readonly Env[]): Pick<Written, 'columns' | 'rows'> {
  if (items === undefined) return {};
  const outputs = planItems(items, scope);
  return {
    columns: outputs.map(({ name, compiled }) => ({ name, type: compiled.type })),
    rows: envs.map((env) => outputs.map(({ compiled }) => compiled.run(env))),
  };
}

const noType = (column: Column, type: SqlType, at?: number): SqlError =>
  new SqlError(
    '42804',
    `column "${column.name}" is of type ${typeText({ ...column.type, arguments: [] })} but expression is of type ${typeText(type)}`,
    {
      hint: 'You will need to rewrite or cast the expression.',
      ...(at === undefined ? {} : { at }),
    },
  );

/** A value for a column that nobody gave one. */
function fallbackOf(column: Column, { context }: Writing): () => Value {
  if (column.sequence !== undefined) {
    const { sequence } = column;
    return () => context.nextval(sequence);
  }
  if (column.fallback === undefined) return () => null;
  const scope: Scope = { context, columns: [], outer: null, ctes: new Map() };
  const compiled = compile(column.fallback.expr, scope);
  return () => convert(compiled.run({ row: [], outer: null }), compiled.type, column.type, { nowUs: context.nowUs });
}

type Source = (place: number) => { readonly type: SqlType; readonly at?: number; value(row: number): Value | 'default' };

/** The rows that INSERT brings, a function of place and row; and how many. */
function sourceOf(insert: Insert, context: Context): { readonly count: number; readonly width: number; readonly source: Source } {
  const scope: Scope = { context, columns: [], outer: null, ctes: new Map() };
  const body = insert.query?.body;
  if (body?.kind === 'values' && insert.query?.ctes.length === 0) {
    const { rows } = body;
    const known = rows.map((row) => row.map((expr) => (expr.kind === 'default' ? null : compile(expr, scope))));
    return {
      count: rows.length,
      width: Math.max(...rows.map((row) => row.length)),
      source: (place) => {
        const compiled = known.map((row) => row[place]);
        const typed = compiled.find((one) => one !== null && one !== undefined && one.type.name !== 'unknown');
        const at = rows[0]?.[place]?.at;
        return {
          type: typed?.type ?? UNKNOWN,
          ...(at === undefined ? {} : { at }),
          value: (row) => {
            const one = compiled[row];
            if (one === undefined || one === null) return 'default';
            return one.run({ row: [], outer: null });
          },
        };
      },
    };
  }
  if (insert.query === undefined) return { count: 1, width: 0, source: () => ({ type: UNKNOWN, value: () => 'default' }) };
  const plan = planQuery(insert.query, scope);
  const rows = plan.rows(null);
  return {
    count: rows.length,
    width: plan.columns.length,
    source: (place) => ({ type: plan.columns[place]?.type ?? UNKNOWN, value: (row) => rows[row]?.[place] ?? null }),
  };
}

/** The rows to insert, complete and of the columns' types. */
function newRows(insert: Insert, table: Table, writing: Writing): readonly Row[] {
  const { context } = writing;
  const names = insert.columns ?? table.columns.map(({ name }) => name);
  for (const name of names) if (placeOf(table, name) < 0) throw noSuchColumnOf(name, table.name, insert.table.at);
  const { count, width, source } = sourceOf(insert, context);
  if (width > names.length) throw new SqlError('42601', 'INSERT has more expressions than target columns');
  if (insert.columns !== undefined && width < names.length && insert.query !== undefined)
    throw new SqlError('42601', 'INSERT has more target columns than expressions');
  const makers = table.columns.map((column) => {
    const place = names.indexOf(column.name);
    const fallback = fallbackOf(column, writing);
    if (place < 0 || place >= width) return () => fallback();
    const { type, value, at } = source(place);
    if (!canAssign(type, column.type)) throw noType(column, type, at);
    return (row: number): Value => {
      const given = value(row);
      if (given === 'default') return fallback();
      if (column.identity === 'always')
        throw new SqlError('428C9', `cannot insert a non-DEFAULT value into column "${column.name}"`, {
          detail: `Column "${column.name}" is an identity column defined as GENERATED ALWAYS.`,
          hint: 'Use OVERRIDING SYSTEM VALUE to override.',
        });
      return converted(given, { from: type, column, context, at });
    };
  });
  return Array.from({ length: count }, (_, row) => makers.map((make) => make(row)));
}

function converted(
  value: Value,
  { from, column, context, at }: { from: SqlType; column: Column; context: Context; at: number | undefined },
): Value {
  try {
    return convert(value, from, column.type, { nowUs: context.nowUs });
  } catch (error) {
    if (error instanceof SqlError && error.code.startsWith('22P') && at !== undefined && error.details.at === undefined)
      throw new SqlError(error.code, error.message, { ...error.details, at });
    throw error;
  }
}

export function insert(statement: Insert, writing: Writing): Written {
  const { context, state } = writing;
  const table = tableOf(state, statement.table);
  const rows = newRows(statement, table, writing);
  checkRows(table, rows, context);
  const { kept, added, changed } = settle(statement, table, { rows, writing });
  const next: Table = { ...table, rows: [...kept, ...added] };
  checkUnique(next);
  const after = withTable(state, next);
  checkReferences(after, next, [...added, ...changed]);
  const scope = {
    ...tableScope(table, context),
    columns: tableScope({ ...table, name: statement.table.alias ?? table.name }, context).columns,
  };
  const touched = [...changed, ...added];
  return {
    state: after,
    count: touched.length,
    ...returning(
      statement.returning,
      scope,
      touched.map((row) => ({ row, outer: null })),
    ),
  };
}

interface Settled {
  readonly kept: readonly Row[];
  readonly added: readonly Row[];
  readonly changed: readonly Row[];
}

/** ON CONFLICT: which rows come in, and which change in place of coming in. */
function settle({ conflict, table: named }: Insert, table: Table, { rows, writing }: { rows: readonly Row[]; writing: Writing }): Settled {
  if (conflict === undefined) return { kept: table.rows, added: rows, changed: [] };
  const wanted = conflict.columns;
  const indexes = allIndexes(table).filter(
    ({ isUnique, columns }) =>
      isUnique && (wanted === undefined || (columns.length === wanted.length && columns.every((one) => wanted.includes(one)))),
  );
  if (indexes.length === 0 && wanted !== undefined)
    throw new SqlError('42P10', 'there is no unique or exclusion constraint matching the ON CONFLICT specification');
  const kept = [...table.rows];
  const added: Row[] = [];
  const changed: Row[] = [];
  const keyIn = (row: Row, columns: readonly string[]): string | null => {
    const values = pick(table, row, columns);
    return values.includes(null) ? null : rowKey(values);
  };
  for (const row of rows) {
    const twin = (other: Row): boolean =>
      indexes.some(({ columns }) => keyIn(row, columns) !== null && keyIn(row, columns) === keyIn(other, columns));
    const at = kept.findIndex(twin);
    if (at < 0 && !added.some(twin)) added.push(row);
    else if (conflict.set !== undefined && at >= 0) {
      const before = kept[at] ?? [];
      const after = updated(conflict.set, table, {
        row: before,
        proposed: row,
        alias: named.alias ?? table.name,
        where: conflict.where,
        writing,
      });
      if (after === null) continue;
      kept[at] = after;
      changed.push(after);
    }
  }
  checkRows(table, changed, writing.context);
  return { kept, added, changed };
}

interface Proposed {
  readonly row: Row;
  readonly proposed: Row;
  readonly alias: string;
  readonly where: Expr | undefined;
  readonly writing: Writing;
}

function updated(set: readonly Assignment[], table: Table, { row, proposed, alias, where, writing }: Proposed): Row | null {
  const columns = [
    ...table.columns.map(({ name, type }) => ({ table: alias, name, type })),
    ...table.columns.map(({ name, type }) => ({ table: 'excluded', name, type, isHidden: true })),
  ];
  const scope: Scope = { context: writing.context, columns, outer: null, ctes: new Map() };
  const env: Env = { row: [...row, ...proposed], outer: null };
  if (where !== undefined && !condition(where, scope, 'WHERE')(env)) return null;
  return assigned(set, table, { scope, writing })(env, row);
}

/** A row with new values in the columns that SET names. */
function assigned(
  set: readonly Assignment[],
  table: Table,
  { scope, writing }: { scope: Scope; writing: Writing },
): (env: Env, row: Row) => Row {
  const makers = set.map(({ column: name, value, at }) => {
    const place = placeOf(table, name);
    const column = table.columns[place];
    if (column === undefined) throw noSuchColumnOf(name, table.name, at);
    if (value.kind === 'default') {
      const fallback = fallbackOf(column, writing);
      return { place, run: () => fallback() };
    }
    const compiled = compile(value, scope);
    if (!canAssign(compiled.type, column.type)) throw noType(column, compiled.type, value.at);
    return {
      place,
      run: (env: Env) => converted(compiled.run(env), { from: compiled.type, column, context: writing.context, at: value.at }),
    };
  });
  return (env, row) => {
    const next = [...row];
    for (const { place, run } of makers) next[place] = run(env);
    return next;
  };
}

type Changing = Extract<Statement, { kind: 'update' | 'delete' }>;

/** For each row the surroundings in which the condition holds; null where it does not. */
function matches(
  statement: Changing,
  table: Table,
  { context }: Writing,
): { readonly scope: Scope; readonly envs: readonly (Env | null)[] } {
  const alias = statement.table.alias ?? table.name;
  const outer: Scope = { context, columns: [], outer: null, ctes: new Map() };
  const more = statement.kind === 'update' ? statement.from : statement.using;
  const source = more === undefined ? null : planFrom(more, outer);
  const columns = [...table.columns.map(({ name, type }) => ({ table: alias, name, type })), ...(source?.columns ?? [])];
  const scope: Scope = { ...outer, columns };
  const where = statement.where === undefined ? () => true : condition(statement.where, scope, 'WHERE');
  const others = source === null ? [[]] : source.rows(null);
  const envs = table.rows.map((row) => {
    for (const other of others) {
      const env: Env = { row: [...row, ...other], outer: null };
      if (where(env)) return env;
    }
    return null;
  });
  return { scope, envs };
}

export function update(statement: Extract<Statement, { kind: 'update' }>, writing: Writing): Written {
  const table = tableOf(writing.state, statement.table);
  const { scope, envs } = matches(statement, table, writing);
  const change = assigned(statement.set, table, { scope, writing });
  const changed: Row[] = [];
  const touched: Env[] = [];
  const rows = table.rows.map((row, i) => {
    const env = envs[i];
    if (env === null || env === undefined) return row;
    const next = change(env, row);
    changed.push(next);
    touched.push({ row: [...next, ...env.row.slice(row.length)], outer: null });
    return next;
  });
  checkRows(table, changed, writing.context);
  // As PostgreSQL stores it: a changed row is a new one, behind the others.
  const isChanged = new Set<Row>(changed);
  const next: Table = { ...table, rows: [...rows.filter((row) => !isChanged.has(row)), ...changed] };
  checkUnique(next);
  const after = withTable(writing.state, next);
  checkReferences(after, next, changed);
  return { state: follow(after, next, table), count: changed.length, ...returning(statement.returning, scope, touched) };
}

export function remove(statement: Extract<Statement, { kind: 'delete' }>, writing: Writing): Written {
  const table = tableOf(writing.state, statement.table);
  const { scope, envs } = matches(statement, table, writing);
  const next: Table = { ...table, rows: table.rows.filter((_, i) => envs[i] === null) };
  const gone = envs.filter((env): env is Env => env !== null);
  return { state: follow(withTable(writing.state, next), next, table), count: gone.length, ...returning(statement.returning, scope, gone) };
}
