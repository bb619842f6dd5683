/** Columns found by name: in the tables at hand, among the select list's names, then in the queries around. */
import type { Expr } from './ast.ts';
import { type Compiled, compile, type Env, type Scope, type ScopeColumn } from './compile.ts';
import { ambiguous, plain, unknownColumn } from './errors.ts';
import type { Row } from './values.ts';

type ColumnExpr = Extract<Expr, { kind: 'column' }>;

function findIn({ columns, clause }: Scope, { schema, table, name }: ColumnExpr): { index: number; column: ScopeColumn } | undefined {
  const wanted = name.toLowerCase();
  const hits = columns.flatMap((column, index) =>
    column.name.toLowerCase() === wanted &&
    (table === undefined ? !column.isHidden : column.table === table) &&
    (schema === undefined || column.schema === schema)
      ? [{ index, column }]
      : [],
  );
  if (hits.length > 1) throw ambiguous(table === undefined ? name : `${table}.${name}`, clause);
  return hits[0];
}

/** A column by its name, here or in what stands around. */
export function column(expr: ColumnExpr, scope: Scope): Compiled {
  let depth = 0;
  for (let here: Scope | null = scope; here !== null; here = here.outer) {
    const alias = expr.table === undefined ? here.aliases?.get(expr.name.toLowerCase()) : undefined;
    // HAVING and ORDER BY take the select list's name first.
    if (alias !== undefined && here.clause !== 'group statement' && here === scope && !here.isInAggregate)
      return compile(alias, withoutAliases(here));
    const found = findIn(here, expr);
    if (found !== undefined) {
      checkGrouping(here, found.column);
      const { index, column: one } = found;
      const up = depth;
      return { type: one.type, nullable: one.nullable, run: (env) => rowAt(env, up)[index] ?? null };
    }
    if (alias !== undefined && here === scope) return compile(alias, withoutAliases(here));
    depth += 1;
  }
  const { schema, table, name } = expr;
  throw unknownColumn([schema, table, name].filter((part) => part !== undefined).join('.'), scope.clause);
}

function withoutAliases({ aliases: _aliases, ...rest }: Scope): Scope {
  return rest;
}

function rowAt(env: Env, depth: number): Row {
  let here: Env | null = env;
  for (let i = 0; i < depth; i += 1) here = here?.outer ?? null;
  return here?.row ?? [];
}

function checkGrouping(scope: Scope, { schema, table, name }: ScopeColumn): void {
  const { grouping, item = 1 } = scope;
  if (grouping === undefined || scope.isInAggregate || grouping.determined.has(table)) return;
  const isKey = grouping.keys.some(
    (key) => key.kind === 'column' && key.name.toLowerCase() === name.toLowerCase() && (key.table === undefined || key.table === table),
  );
  if (isKey || !scope.context.isOn('ONLY_FULL_GROUP_BY')) return;
  const shown = [schema, table, name].filter((part) => part !== undefined && part !== '').join('.');
  const list = scope.clause === 'order clause' ? 'ORDER BY clause' : scope.clause === 'having clause' ? 'HAVING clause' : 'SELECT list';
  if (list === 'HAVING clause') throw unknownColumn(name, 'having clause');
  if (grouping.keys.length === 0)
    throw plain(
      1140,
      '42000',
      `In aggregated query without GROUP BY, expression #${item} of ${list} contains nonaggregated column '${shown}'; this is incompatible with sql_mode=only_full_group_by`,
    );
  throw plain(
    1055,
    '42000',
    `Expression #${item} of ${list} is not in GROUP BY clause and contains nonaggregated column '${shown}' which is not functionally dependent on columns in GROUP BY clause; this is incompatible with sql_mode=only_full_group_by`,
  );
}
