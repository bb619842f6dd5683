/** Queries made into relations: what columns they have, and their rows. */
import { AGGREGATES } from './aggregates.ts';
import type { Body, Expr, OrderItem, Query, SelectBody, SelectItem } from './ast.ts';
import {
  type AggregateUse,
  aggregateOver,
  type Compiled,
  coerce,
  compile,
  condition,
  constant,
  type Env,
  type Grouping,
  type Relation,
  type Scope,
  sameExpr,
} from './compile.ts';
import { SqlError } from './errors.ts';
import { bounded, planFrom } from './plan-from.ts';
import {
  BIGINT,
  commonType,
  compareValues,
  convert,
  type Row,
  rowKey,
  type SqlType,
  TEXT,
  typeText,
  UNKNOWN,
  type Value,
} from './types.ts';

export function planQuery(query: Query, scope: Scope): Relation {
  const ctes = new Map(scope.ctes);
  const inner: Scope = { ...scope, ctes };
  for (const { name, columns, query: one } of query.ctes) ctes.set(name, renamed(planQuery(one, inner), columns));
  const { body } = query;
  const ordered = body.kind === 'select' ? planSelect(body, query.orderBy, inner) : sortedBy(planBody(body, inner), query.orderBy, inner);
  return limited(ordered, query, inner);
}

/** With other names for the first of its columns. */
export const renamed = (relation: Relation, names: readonly string[] = []): Relation => ({
  columns: relation.columns.map((column, i) => ({ ...column, name: names[i] ?? column.name })),
  rows: (env) => relation.rows(env),
});

function limited(relation: Relation, { limit, offset }: Query, scope: Scope): Relation {
  if (limit === undefined && offset === undefined) return relation;
  const count = (expr: Expr | undefined, what: string): ((env: Env | null) => number | undefined) => {
    if (expr === undefined) return () => undefined;
    const compiled = coerce(compile(expr, { ...scope, columns: [], outer: scope }), BIGINT, scope.context);
    return (env) => {
      const value = compiled.run({ row: [], outer: env });
      if (value === null) return undefined;
      if (Number(value) < 0) throw new SqlError('2201W', `${what} must not be negative`);
      return Number(value);
    };
  };
  const [most, skipped] = [count(limit, 'LIMIT'), count(offset, 'OFFSET')];
  return {
    columns: relation.columns,
    rows: (env) => {
      const from = skipped(env) ?? 0;
      const size = most(env);
      return relation.rows(env).slice(from, size === undefined ? undefined : from + size);
    },
  };
}

function planBody(body: Body, scope: Scope): Relation {
  switch (body.kind) {
    case 'select':
      return planSelect(body, [], scope);
    case 'nested':
      return planQuery(body.query, scope);
    case 'values':
      return planValues(body.rows, scope);
    case 'set':
      return planSet(body, scope);
  }
}

function planValues(rows: readonly (readonly Expr[])[], scope: Scope): Relation {
  const inner: Scope = { ...scope, columns: [], outer: scope };
  const compiled = rows.map((row) => row.map((expr) => compile(expr, inner)));
  const width = compiled[0]?.length ?? 0;
  if (compiled.some((row) => row.length !== width)) throw new SqlError('42601', 'VALUES lists must all be the same length');
  const types = Array.from({ length: width }, (_, i) =>
    matched(
      compiled.map((row) => row[i]?.type ?? UNKNOWN),
      'VALUES',
    ),
  );
  const ready = compiled.map((row) => row.map((one, i) => coerce(one, types[i] ?? TEXT, scope.context)));
  return {
    columns: types.map((type, i) => ({ name: `column${i + 1}`, type })),
    rows: (env) => ready.map((row) => row.map((one) => one.run({ row: [], outer: env }))),
  };
}

function matched(types: readonly SqlType[], word: string): SqlType {
  const type = types.reduce((a, b) => {
    const common = commonType(a, b);
    if (common === null) throw new SqlError('42804', `${word} types ${typeText(a)} and ${typeText(b)} cannot be matched`);
    return common;
  }, UNKNOWN);
  return type.name === 'unknown' ? TEXT : type;
}

function planSet({ op, all, left, right }: Extract<Body, { kind: 'set' }>, scope: Scope): Relation {
  const [a, b] = [planBody(left, scope), planBody(right, scope)];
  const word = op.toUpperCase();
  if (a.columns.length !== b.columns.length) throw new SqlError('42601', `each ${word} query must have the same number of columns`);
  const types = a.columns.map(({ type }, i) => matched([type, b.columns[i]?.type ?? type], word));
  const brought = (relation: Relation, env: Env | null): readonly Row[] =>
    relation.rows(env).map((row) => row.map((value, i) => convert(value, relation.columns[i]?.type ?? TEXT, types[i] ?? TEXT)));
  return {
    columns: a.columns.map(({ name }, i) => ({ name, type: types[i] ?? TEXT })),
    rows: (env) => combined(op, all, [brought(a, env), brought(b, env)]),
  };
}

function combined(op: 'union' | 'intersect' | 'except', all: boolean, [a, b]: readonly [readonly Row[], readonly Row[]]): readonly Row[] {
  if (op === 'union') return all ? [...a, ...b] : distinct([...a, ...b]);
  const left = new Map<string, number>();
  for (const row of b) left.set(rowKey(row), (left.get(rowKey(row)) ?? 0) + 1);
  const kept = a.filter((row) => {
    const count = left.get(rowKey(row)) ?? 0;
    if (all && count > 0) left.set(rowKey(row), count - 1);
    return count > 0 === (op === 'intersect');
  });
  return all ? kept : distinct(kept);
}

const distinct = (rows: readonly Row[]): readonly Row[] => [...new Map(rows.map((row) => [rowKey(row), row])).values()];

interface SortKey {
  readonly descending: boolean;
  readonly nulls: 'first' | 'last';
}

const sortKey = ({ descending, nulls }: OrderItem): SortKey => ({ descending, nulls: nulls ?? (descending ? 'first' : 'last') });

/** Sorts by the values in `keys`, one list for each row. */
function sort<T>(rows: readonly { readonly keys: readonly Value[]; readonly row: T }[], by: readonly SortKey[]): readonly T[] {
  return [...rows]
    .sort((x, y) => {
      for (const [i, { descending, nulls }] of by.entries()) {
        const [a = null, b = null] = [x.keys[i], y.keys[i]];
        if (a === null && b === null) continue;
        if (a === null || b === null) return (a === null) === (nulls === 'first') ? -1 : 1;
        const order = compareValues(a, b);
        if (order !== 0) return descending ? -order : order;
      }
      return 0;
    })
    .map(({ row }) => row);
}

/** The place of an output column that ORDER BY names or counts; -1 if it is an expression. */
function outputPlace(expr: Expr, columns: Relation['columns'], clause: string): number {
  if (expr.kind === 'literal' && expr.type === 'number') {
    const at = Number(expr.text) - 1;
    if (columns[at] === undefined) throw new SqlError('42P10', `${clause} position ${expr.text} is not in select list`, { at: expr.at });
    return at;
  }
  if (expr.kind !== 'column' || expr.table !== undefined) return -1;
  return columns.findIndex(({ name }) => name === expr.name);
}

function sortedBy(relation: Relation, orderBy: readonly OrderItem[], scope: Scope): Relation {
  if (orderBy.length === 0) return relation;
  const inner: Scope = { ...scope, outer: scope, columns: relation.columns.map((column) => ({ ...column, table: '' })) };
  const keys = orderBy.map(({ expr }) => {
    const at = outputPlace(expr, relation.columns, 'ORDER BY');
    return at >= 0 ? ({ type: UNKNOWN, run: ({ row }) => row[at] ?? null } satisfies Compiled) : compile(expr, inner);
  });
  return {
    columns: relation.columns,
    rows: (env) =>
      sort(
        relation.rows(env).map((row) => ({ row, keys: keys.map((key) => key.run({ row, outer: env })) })),
        orderBy.map(sortKey),
      ),
  };
}

interface Output {
  readonly name: string;
  readonly compiled: Compiled;
}

/** The name of a column that nobody named. */
function nameOf(expr: Expr): string {
  switch (expr.kind) {
    case 'column':
      return expr.name;
    case 'call':
      return expr.name;
    case 'cast':
      return nameOf(expr.of) === '?column?' ? expr.type.name : nameOf(expr.of);
    case 'case':
      return expr.otherwise !== undefined && nameOf(expr.otherwise) !== '?column?' ? nameOf(expr.otherwise) : 'case';
    case 'exists':
      return 'exists';
    case 'subquery': {
      const { body } = expr.query;
      const first = body.kind === 'select' ? body.items[0] : undefined;
      return first === undefined || first.expr.kind === 'star' ? '?column?' : (first.alias ?? nameOf(first.expr));
    }
    case 'literal':
      return expr.type === 'boolean' ? 'bool' : '?column?';
    default:
      return '?column?';
  }
}

/** The select list, stars spread out. */
export function planItems(items: readonly SelectItem[], scope: Scope): readonly Output[] {
  return items.flatMap(({ expr, alias }): Output[] => {
    if (expr.kind !== 'star') {
      const compiled = compile(expr, scope);
      const ready = compiled.type.name === 'unknown' ? coerce(compiled, TEXT, scope.context) : compiled;
      return [{ name: alias ?? nameOf(expr), compiled: ready }];
    }
    const { table, at } = expr;
    if (table !== undefined && !scope.columns.some((column) => column.table === table))
      throw new SqlError('42P01', `missing FROM-clause entry for table "${table}"`, { at });
    if (table === undefined && scope.columns.length === 0)
      throw new SqlError('42601', 'SELECT * with no tables specified is not valid', { at });
    return scope.columns
      .filter((column) => (table === undefined ? !column.isHidden : column.table === table))
      .map((column) => ({ name: column.name, compiled: compile({ kind: 'column', table: column.table, name: column.name, at }, scope) }));
  });
}

function hasAggregate(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some(hasAggregate);
  const record = node as Record<string, unknown>;
  if (record.kind === 'call' && Object.hasOwn(AGGREGATES, String(record.name))) return true;
  // A query inside has groups of its own.
  return Object.entries(record).some(([key, value]) => key !== 'query' && key !== 'list' && hasAggregate(value));
}

function groupKeys(body: SelectBody, scope: Scope): readonly Expr[] {
  return body.groupBy.map((expr) => {
    if (expr.kind === 'literal' && expr.type === 'number') {
      const item = body.items[Number(expr.text) - 1];
      if (item === undefined || item.expr.kind === 'star')
        throw new SqlError('42P10', `GROUP BY position ${expr.text} is not in select list`, { at: expr.at });
      return item.expr;
    }
    const isColumn = expr.kind === 'column' && (expr.table !== undefined || scope.columns.some(({ name }) => name === expr.name));
    if (expr.kind !== 'column' || isColumn) return expr;
    const named = body.items.find(({ alias }) => alias === expr.name)?.expr;
    return named === undefined || named.kind === 'star' ? expr : named;
  });
}

function planSelect(body: SelectBody, orderBy: readonly OrderItem[], scope: Scope): Relation {
  const from =
    body.from === undefined
      ? { columns: [], keys: new Map<string, readonly string[]>(), rows: (): readonly Row[] => [[]] }
      : planFrom(body.from, scope);
  const inner: Scope = { context: scope.context, ctes: scope.ctes, outer: scope, columns: from.columns };
  if (body.where !== undefined && hasAggregate(body.where))
    throw new SqlError('42803', 'aggregate functions are not allowed in WHERE', { at: body.where.at });
  const where = body.where === undefined ? () => true : condition(body.where, inner, 'WHERE');
  const isGrouped = body.groupBy.length > 0 || body.having !== undefined || hasAggregate(body.items) || hasAggregate(orderBy);
  const input = (env: Env | null): readonly Env[] =>
    bounded(
      from
        .rows(env)
        .map((row) => ({ row, outer: env }))
        .filter(where),
    );
  if (!isGrouped) return finish(body, orderBy, { scope: inner, envs: input });
  const keys = groupKeys(body, inner);
  const grouping: Grouping = { keys, uses: [], determined: determined(keys, from) };
  return finish(body, orderBy, {
    scope: { ...inner, grouping },
    envs: (env) => grouped(grouping, inner, { rows: input(env), env, isPlain: body.groupBy.length === 0 }),
  });
}

/** Tables whose whole primary key one groups by. */
function determined(keys: readonly Expr[], from: { readonly keys: ReadonlyMap<string, readonly string[]> }): ReadonlySet<string> {
  const named = (table: string, column: string): boolean =>
    keys.some((key) => key.kind === 'column' && key.name === column && (key.table === undefined || key.table === table));
  return new Set(
    [...from.keys]
      .filter(([table, columns]) => columns.length > 0 && columns.every((column) => named(table, column)))
      .map(([table]) => table),
  );
}

function grouped(
  grouping: Grouping,
  scope: Scope,
  { rows, env, isPlain }: { rows: readonly Env[]; env: Env | null; isPlain: boolean },
): readonly Env[] {
  const keys = grouping.keys.map((key) => compile(key, scope));
  const groups = new Map<string, Env[]>();
  for (const one of rows) {
    const key = rowKey(keys.map((compiled) => compiled.run(one)));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  if (isPlain && groups.size === 0) groups.set('', []);
  return [...groups.values()].map((group) => ({
    row: group[0]?.row ?? scope.columns.map(() => null),
    outer: env,
    aggregates: grouping.uses.map((use: AggregateUse) => aggregateOver(use, group)),
  }));
}

interface Finishing {
  readonly scope: Scope;
  readonly envs: (env: Env | null) => readonly Env[];
}

/** The select list, HAVING, DISTINCT and ORDER BY over what came so far. */
function finish(body: SelectBody, orderBy: readonly OrderItem[], { scope, envs }: Finishing): Relation {
  const outputs = planItems(body.items, scope);
  const columns = outputs.map(({ name, compiled }) => ({ name, type: compiled.type }));
  const having = body.having === undefined ? () => true : condition(body.having, scope, 'HAVING');
  const keys = orderBy.map(({ expr }): Compiled => {
    const place = outputPlace(expr, columns, 'ORDER BY');
    const same = body.items.every((item) => item.expr.kind !== 'star') ? body.items.findIndex((item) => sameExpr(item.expr, expr)) : -1;
    const at = place >= 0 ? place : same;
    if (at >= 0) return outputs[at]?.compiled ?? constant(UNKNOWN, null);
    if (body.distinct) throw new SqlError('42P10', 'for SELECT DISTINCT, ORDER BY expressions must appear in select list', { at: expr.at });
    return compile(expr, scope);
  });
  return {
    columns,
    rows: (env) => {
      const ready = envs(env)
        .filter(having)
        .map((one) => ({ row: outputs.map(({ compiled }) => compiled.run(one)), keys: keys.map((key) => key.run(one)) }));
      const unique = body.distinct ? [...new Map(ready.map((one) => [rowKey(one.row), one])).values()] : ready;
      return orderBy.length === 0 ? unique.map(({ row }) => row) : sort(unique, orderBy.map(sortKey));
    },
  };
}
