/** What stands behind FROM: tables, queries, functions, and their joins. */
import type { FromItem } from './ast.ts';
import { type Compiled, coerce, compile, condition, type Env, type Relation, type Scope, type ScopeColumn } from './compile.ts';
import { noSuchColumn, noSuchTable, notSupported, SqlError } from './errors.ts';
import { binary } from './operators.ts';
import { INTEGER, type Row, type Value } from './types.ts';

export interface Source {
  readonly columns: readonly ScopeColumn[];
  /** The primary key of each table, by the name that it has here. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
  rows(env: Env | null): readonly Row[];
}

/** More rows than this and a statement is refused, so that a product of tables cannot take all the memory. */
const MOST_ROWS = 1_000_000;

export function bounded<T>(rows: readonly T[]): readonly T[] {
  if (rows.length > MOST_ROWS)
    throw new SqlError('53200', 'out of memory', { detail: `A statement of this model has at most ${MOST_ROWS} rows at a time.` });
  return rows;
}

function named(relation: Relation & { readonly primaryKey?: readonly string[] }, table: string, names: readonly string[] = []): Source {
  return {
    columns: relation.columns.map(({ name, type }, i) => ({ table, name: names[i] ?? name, type })),
    keys: new Map([[table, relation.primaryKey ?? []]]),
    rows: (env) => relation.rows(env),
  };
}

export function planFrom(item: FromItem, scope: Scope): Source {
  switch (item.kind) {
    case 'table': {
      const cte = item.schema === undefined ? scope.ctes.get(item.name) : undefined;
      const relation = cte ?? scope.context.relation(item.name, item.schema);
      if (relation === null) throw noSuchTable(item.schema === undefined ? item.name : `${item.schema}.${item.name}`, item.at);
      return named(relation, item.alias ?? item.name, item.columns);
    }
    case 'query':
      return named(scope.context.plan(item.query, scope), item.alias ?? '', item.columns);
    case 'function':
      return series(item, scope);
    case 'join':
      return join(item, scope);
  }
}

/** `generate_series(1, 10)` */
function series(item: Extract<FromItem, { kind: 'function' }>, scope: Scope): Source {
  const { call } = item;
  if (call.kind !== 'call') throw notSupported('this in FROM', item.at);
  const name = item.alias ?? call.name;
  const column = { table: name, name: item.columns?.[0] ?? name };
  const inner: Scope = { ...scope, columns: [], outer: scope };
  if (call.name !== 'generate_series') {
    const compiled = compile(call, inner);
    return { columns: [{ ...column, type: compiled.type }], keys: new Map(), rows: (env) => [[compiled.run({ row: [], outer: env })]] };
  }
  const [from, to, step] = call.args.map((arg) => coerce(compile(arg, inner), INTEGER, scope.context));
  if (from === undefined || to === undefined) throw notSupported('generate_series without two numbers', item.at);
  const value = (compiled: Compiled | undefined, env: Env | null): number => Number(compiled?.run({ row: [], outer: env }) ?? 1);
  return {
    columns: [{ ...column, type: INTEGER }],
    keys: new Map(),
    rows: (env) => {
      const [first, last, by] = [value(from, env), value(to, env), value(step, env)];
      if (by === 0) throw new SqlError('22023', 'step size cannot equal zero');
      const count = Math.max(0, Math.floor((last - first) / by) + 1);
      if (count > MOST_ROWS) bounded(Array.from({ length: MOST_ROWS + 1 }));
      return Array.from({ length: count }, (_, i) => [first + i * by]);
    },
  };
}

type Join = Extract<FromItem, { kind: 'join' }>;

function usingColumns(item: Join, left: Source, right: Source): readonly string[] {
  if (!item.natural) return item.using ?? [];
  const names = new Set(right.columns.map(({ name }) => name));
  return left.columns.map(({ name }) => name).filter((name) => names.has(name));
}

function join(item: Join, scope: Scope): Source {
  const [left, right] = [planFrom(item.left, scope), planFrom(item.right, scope)];
  const aliases = new Set(left.columns.map(({ table }) => table));
  const twice = right.columns.find(({ table }) => table !== '' && aliases.has(table));
  if (twice !== undefined) throw new SqlError('42712', `table name "${twice.table}" specified more than once`);
  const using = usingColumns(item, left, right);
  const isShared = (column: ScopeColumn): boolean => using.includes(column.name);
  // Of a shared column one stays to be seen: the left one, or the right one of a right join.
  const hideLeft = item.type === 'right';
  const columns = [
    ...left.columns.map((column) => (hideLeft && isShared(column) ? { ...column, isHidden: true } : column)),
    ...right.columns.map((column) => (!hideLeft && isShared(column) ? { ...column, isHidden: true } : column)),
  ];
  const inner: Scope = { ...scope, columns, outer: scope };
  const test = joinTest(item, using, { inner, left, right });
  return {
    columns,
    keys: new Map([...left.keys, ...right.keys]),
    rows: (env) =>
      joined(item.type, { left: left.rows(env), right: right.rows(env), test, env, widths: [left.columns.length, right.columns.length] }),
  };
}

function joinTest(
  item: Join,
  using: readonly string[],
  { inner, left, right }: { inner: Scope; left: Source; right: Source },
): (env: Env) => boolean {
  if (item.on !== undefined) return condition(item.on, inner, 'JOIN/ON');
  const tests = using.map((name) => {
    const [a, b] = [left.columns.findIndex((one) => one.name === name), right.columns.findIndex((one) => one.name === name)];
    const [x, y] = [left.columns[a], right.columns[b]];
    if (x === undefined || y === undefined) throw noSuchColumn(name);
    const pick = (index: number, type: ScopeColumn['type']): Compiled => ({ type, run: ({ row }) => row[index] ?? null });
    return binary('=', [pick(a, x.type), pick(left.columns.length + b, y.type)], { context: inner.context, at: 0 });
  });
  return (env) => tests.every((test) => test.run(env) === true);
}

interface Joining {
  readonly left: readonly Row[];
  readonly right: readonly Row[];
  readonly test: (env: Env) => boolean;
  readonly env: Env | null;
  readonly widths: readonly [number, number];
}

function joined(type: Join['type'], { left, right, test, env, widths }: Joining): readonly Row[] {
  if (left.length * right.length > 20 * MOST_ROWS) bounded(Array.from({ length: MOST_ROWS + 1 }));
  const blank = (width: number): Value[] => Array.from({ length: width }, () => null);
  const out: Row[] = [];
  const met = new Set<number>();
  for (const a of left) {
    let found = false;
    for (const [i, b] of right.entries()) {
      const row = [...a, ...b];
      if (!test({ row, outer: env })) continue;
      found = true;
      met.add(i);
      out.push(row);
    }
    if (!found && (type === 'left' || type === 'full')) out.push([...a, ...blank(widths[1])]);
    bounded(out);
  }
  if (type === 'right' || type === 'full') for (const [i, b] of right.entries()) if (!met.has(i)) out.push([...blank(widths[0]), ...b]);
  return out;
}
