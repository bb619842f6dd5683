/** Queries made into relations: what columns they have, and their rows. */
import { AGGREGATES } from './aggregates.ts';
import type { Body, Expr, OrderItem, Query, SelectBody, SelectItem } from './ast.ts';
import {
  type AggregateUse,
  aggregateOver,
  bareScope,
  type Compiled,
  coerce,
  compareNullable,
  compile,
  condition,
  type Env,
  type Grouping,
  type Relation,
  type RelationColumn,
  type Scope,
  sameExpr,
} from './compile.ts';
import { groupFunction, notSupported, plain, unknownColumn } from './errors.ts';
import { bounded, planFrom, ROW_NUMBER, type Source } from './from.ts';
import { commonType } from './types.ts';
import { type Row, rowKey, toText, type Value } from './values.ts';

export function planQuery(query: Query, scope: Scope): Relation {
  const ctes = new Map(scope.ctes);
  const inner: Scope = { ...scope, ctes };
  for (const cte of query.ctes) ctes.set(cte.name, planCte(cte, inner));
  const { body } = query;
  const ordered = body.kind === 'select' ? planSelect(body, query.orderBy, inner) : sortedBy(planBody(body, inner), query.orderBy, inner);
  return limited(ordered, query);
}

/** With other names for the first of its columns. */
const renamed = (relation: Relation, names: readonly string[] = []): Relation => ({
  columns: relation.columns.map((column, i) => ({ ...column, name: names[i] ?? column.name })),
  rows: (env) => relation.rows(env),
});

const MOST_ITERATIONS = 1000;

function planCte({ name, columns, query, isRecursive }: Query['ctes'][number], scope: Scope): Relation {
  const { body } = query;
  if (!isRecursive || body.kind !== 'set' || body.op !== 'union') return renamed(planQuery(query, scope), columns);
  const first = renamed(planBody(body.left, scope), columns);
  let working: readonly Row[] = [];
  const self: Relation = { columns: first.columns.map((one) => ({ ...one, nullable: true })), rows: () => working };
  const step = planBody(body.right, { ...scope, ctes: new Map(scope.ctes).set(name, self) });
  return {
    columns: self.columns,
    rows: (env) => {
      const seen = new Set<string>();
      const fresh = (rows: readonly Row[]): readonly Row[] =>
        body.all ? rows : rows.filter((row) => !seen.has(rowKey(row)) && seen.add(rowKey(row)));
      working = fresh(first.rows(env));
      const all: Row[] = [...working];
      for (let turns = 0; working.length > 0; turns += 1) {
        if (turns > MOST_ITERATIONS)
          throw plain(
            3636,
            'HY000',
            `Recursive query aborted after ${MOST_ITERATIONS + 1} iterations. Try increasing @@cte_max_recursion_depth to a larger value.`,
          );
        working = fresh(step.rows(env));
        all.push(...working);
        bounded(all);
      }
      return all;
    },
  };
}

const countOf = (expr: Expr | undefined): number | undefined => (expr?.kind === 'literal' ? Number(expr.text) : undefined);

function limited(relation: Relation, { limit, offset }: Query): Relation {
  const size = countOf(limit);
  if (size === undefined) return relation;
  const from = countOf(offset) ?? 0;
  return { ...relation, rows: (env) => relation.rows(env).slice(from, from + size) };
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
  const inner: Scope = { ...bareScope(scope.context, scope.schema), outer: scope };
  const compiled = rows.map((row) => row.map((expr) => compile(expr, inner)));
  const columns = (compiled[0] ?? []).map(({ type, nullable }, i) => ({ name: `column_${i}`, type, nullable }));
  return { columns, rows: (env) => compiled.map((row) => row.map((one) => one.run({ row: [], outer: env }))) };
}

function planSet({ op, all, left, right }: Extract<Body, { kind: 'set' }>, scope: Scope): Relation {
  const [a, b] = [planBody(left, scope), planBody(right, scope)];
  if (a.columns.length !== b.columns.length) throw plain(1222, '21000', 'The used SELECT statements have a different number of columns');
  const columns: RelationColumn[] = a.columns.map(({ name, type, nullable }, i) => {
    const other = b.columns[i];
    return { name, type: commonType(type, other?.type ?? type), nullable: nullable || other?.nullable === true };
  });
  const brought = (relation: Relation): ((env: Env | null) => readonly Row[]) => {
    const picks = relation.columns.map(({ type, nullable }, i) =>
      coerce({ type, nullable, run: ({ row }) => row[i] ?? null }, columns[i]?.type ?? type),
    );
    return (env) => relation.rows(env).map((row) => picks.map((pick) => pick.run({ row, outer: null })));
  };
  const [x, y] = [brought(a), brought(b)];
  return { columns, rows: (env) => combined(op, all, [x(env), y(env)]) };
}

const distinct = (rows: readonly Row[]): readonly Row[] => {
  const seen = new Map<string, Row>();
  for (const row of rows) if (!seen.has(rowKey(row))) seen.set(rowKey(row), row);
  return [...seen.values()];
};

function combined(op: 'union' | 'intersect' | 'except', all: boolean, [a, b]: readonly [readonly Row[], readonly Row[]]): readonly Row[] {
  if (op === 'union') return all ? [...a, ...b] : distinct([...a, ...b]);
  const left = new Map<string, number>();
  for (const row of b) left.set(rowKey(row), (left.get(rowKey(row)) ?? 0) + 1);
  const kept = a.filter((row) => {
    const count = left.get(rowKey(row)) ?? 0;
    if (count > 0 && all) left.set(rowKey(row), count - 1);
    return count > 0 === (op === 'intersect');
  });
  return all ? kept : distinct(kept);
}

interface Keyed {
  readonly row: Row;
  readonly keys: readonly Value[];
}

export function sort<T extends Keyed>(rows: readonly T[], orderBy: readonly OrderItem[]): readonly T[] {
  return [...rows].sort((a, b) => {
    for (const [i, { descending }] of orderBy.entries()) {
      const order = compareNullable(a.keys[i] ?? null, b.keys[i] ?? null);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
}

/** ORDER BY 2, or by a name of the select list: which of its columns that is; -1 if none. */
function outputPlace(expr: Expr, columns: readonly RelationColumn[]): number {
  if (expr.kind === 'literal' && expr.type === 'number') {
    if (columns[Number(expr.text) - 1] === undefined) throw unknownColumn(expr.text, 'order clause');
    return Number(expr.text) - 1;
  }
  if (expr.kind !== 'column' || expr.table !== undefined) return -1;
  return columns.findIndex(({ name }) => name.toLowerCase() === expr.name.toLowerCase());
}

function sortedBy(relation: Relation, orderBy: readonly OrderItem[], scope: Scope): Relation {
  if (orderBy.length === 0) return relation;
  const columns = relation.columns.map((column) => ({ ...column, table: '' }));
  const inner: Scope = { ...scope, columns, outer: scope, clause: 'order clause' };
  const keys = orderBy.map(({ expr }) => {
    const at = outputPlace(expr, relation.columns);
    return at >= 0 ? ({ row }: Env): Value => row[at] ?? null : compile(expr, inner).run;
  });
  return {
    ...relation,
    rows: (env) =>
      sort(
        relation.rows(env).map((row) => ({ row, keys: keys.map((key) => key({ row, outer: env })) })),
        orderBy,
      ).map(({ row }) => row),
  };
}

interface Output {
  readonly name: string;
  readonly expr: Expr | null;
  readonly compiled: Compiled;
}

function nameOf({ expr, alias, text }: SelectItem): string {
  if (alias !== undefined) return alias;
  if (expr.kind === 'column') return expr.name;
  if (expr.kind !== 'literal') return text;
  return expr.type === 'string' ? expr.text : expr.type === 'null' || expr.type === 'boolean' ? text.toUpperCase() : text;
}

/** The select list, stars spread out. */
function planItems(items: readonly SelectItem[], scope: Scope): readonly Output[] {
  let count = 0;
  return items.flatMap((item): Output[] => {
    const { expr } = item;
    if (expr.kind !== 'star') {
      count += 1;
      return [{ name: nameOf(item), expr, compiled: compile(expr, { ...scope, item: count }) }];
    }
    const { table } = expr;
    if (table !== undefined && !scope.columns.some((column) => column.table === table))
      throw plain(1051, '42S02', `Unknown table '${table}'`);
    if (scope.columns.length === 0) throw plain(1096, 'HY000', 'No tables used');
    const common = new Set(
      scope.columns.filter(({ isHidden, name }) => isHidden && name !== ROW_NUMBER).map(({ name }) => name.toLowerCase()),
    );
    const shown = scope.columns.filter(
      (column) => column.name !== ROW_NUMBER && (table === undefined ? !column.isHidden : column.table === table),
    );
    const isCommon = (name: string): boolean => table === undefined && common.has(name.toLowerCase());
    return [...shown.filter(({ name }) => isCommon(name)), ...shown.filter(({ name }) => !isCommon(name))].map((column) => {
      count += 1;
      const named: Expr = { kind: 'column', table: column.table, name: column.name };
      return { name: column.name, expr: named, compiled: compile(named, { ...scope, item: count }) };
    });
  });
}

export function hasAggregate(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some(hasAggregate);
  const record = node as Record<string, unknown>;
  if (record.kind === 'call' && Object.hasOwn(AGGREGATES, String(record.name))) return true;
  // A query inside has groups of its own.
  return Object.entries(record).some(
    ([key, value]) => key !== 'query' && hasAggregate(value) && !(key === 'list' && !Array.isArray(value)),
  );
}

const aliasesOf = (items: readonly SelectItem[]): ReadonlyMap<string, Expr> =>
  new Map(items.flatMap(({ expr, alias }) => (alias === undefined || expr.kind === 'star' ? [] : [[alias.toLowerCase(), expr] as const])));

function groupKeys({ groupBy, items }: SelectBody, scope: Scope): readonly Expr[] {
  const aliases = aliasesOf(items);
  return groupBy.map((expr) => {
    if (expr.kind === 'literal' && expr.type === 'number') {
      const item = items[Number(expr.text) - 1];
      if (item === undefined || item.expr.kind === 'star') throw unknownColumn(expr.text, 'group statement');
      return item.expr;
    }
    const isColumn =
      expr.kind === 'column' &&
      (expr.table !== undefined || scope.columns.some(({ name }) => name.toLowerCase() === expr.name.toLowerCase()));
    return expr.kind !== 'column' || isColumn ? expr : (aliases.get(expr.name.toLowerCase()) ?? expr);
  });
}

const NOTHING: Source = { columns: [], keys: new Map(), rows: () => [[]] };

function planSelect(body: SelectBody, orderBy: readonly OrderItem[], scope: Scope): Relation {
  const from = body.from === undefined ? NOTHING : planFrom(body.from, scope);
  const inner: Scope = { ...bareScope(scope.context, scope.schema), ctes: scope.ctes, outer: scope, columns: from.columns };
  if (body.where !== undefined && hasAggregate(body.where)) throw groupFunction();
  const where = body.where === undefined ? () => true : condition(body.where, { ...inner, clause: 'where clause' });
  const isGrouped = body.groupBy.length > 0 || hasAggregate(body.items) || hasAggregate(orderBy) || hasAggregate(body.having);
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
function determined(keys: readonly Expr[], from: Source): ReadonlySet<string> {
  const named = (table: string, column: string): boolean =>
    keys.some(
      (key) => key.kind === 'column' && key.name.toLowerCase() === column.toLowerCase() && (key.table === undefined || key.table === table),
    );
  return new Set(
    [...from.keys]
      .filter(([table, columns]) => columns.length > 0 && columns.every((column) => named(table, column)))
      .map(([table]) => table),
  );
}

function grouped(
  grouping: Grouping,
  scope: Scope,
  { rows, env, isPlain }: { readonly rows: readonly Env[]; readonly env: Env | null; readonly isPlain: boolean },
): readonly Env[] {
  const keys = grouping.keys.map((key) => compile(key, { ...scope, clause: 'group statement' }));
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
  const columns = outputs.map(({ name, compiled: { type, nullable } }) => ({ name, type, nullable }));
  const aliases = aliasesOf(body.items);
  const having = body.having === undefined ? () => true : condition(body.having, { ...scope, aliases, clause: 'having clause' });
  const keys = orderBy.map(({ expr }): Compiled => {
    const place = outputPlace(expr, columns);
    const same = outputs.findIndex((one) => sameExpr(one.expr, expr));
    const at = place >= 0 ? place : same;
    return outputs[at]?.compiled ?? compile(expr, { ...scope, aliases, clause: 'order clause' });
  });
  return {
    columns,
    rows: (env) => {
      const ready = envs(env)
        .filter(having)
        .map((one) => ({ row: outputs.map(({ compiled }) => compiled.run(one)), keys: keys.map((key) => key.run(one)) }));
      const seen = new Set<string>();
      const unique = body.distinct ? ready.filter(({ row }) => !seen.has(rowKey(row)) && seen.add(rowKey(row))) : ready;
      return orderBy.length === 0 ? unique.map(({ row }) => row) : sort(unique, orderBy).map(({ row }) => row);
    },
  };
}

/** A constant of a statement that needs no table: SET, LIKE, a default. */
export function constantValue(expr: Expr, scope: Scope): Value {
  if (expr.kind === 'default') throw notSupported('DEFAULT in this place');
  return compile(expr, scope).run({ row: [], outer: null });
}
export const constantText = (expr: Expr, scope: Scope): string => {
  const value = constantValue(expr, scope);
  return value === null ? '' : toText(value);
};
