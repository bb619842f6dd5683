/** Columns found by name: in the tables at hand, then in those of the queries around. */
import type { Expr } from './ast.ts';
import type { Compiled, Env, Scope, ScopeColumn } from './compile.ts';
import { SqlError } from './errors.ts';
import type { Row } from './types.ts';

interface Found {
  readonly index: number;
  readonly column: ScopeColumn;
}

function findIn({ columns }: Scope, { table, name, at }: Extract<Expr, { kind: 'column' }>): Found | undefined {
  const hits = columns.flatMap((column, index) =>
    column.name === name && (table === undefined ? !column.isHidden : column.table === table) ? [{ index, column }] : [],
  );
  if (hits.length > 1) throw new SqlError('42702', `column reference "${name}" is ambiguous`, { at });
  return hits[0];
}

/** A column by its name, here or in what stands around. */
export function column(expr: Extract<Expr, { kind: 'column' }>, scope: Scope): Compiled {
  let depth = 0;
  for (let here: Scope | null = scope; here !== null; here = here.outer) {
    const found = findIn(here, expr);
    if (found !== undefined) {
      checkGrouping(here, found.column, expr);
      const { index } = found;
      const up = depth;
      return { type: found.column.type, run: (env) => rowAt(env, up)[index] ?? null };
    }
    depth += 1;
  }
  return noColumn(expr, scope);
}

function rowAt(env: Env, depth: number): Row {
  let here: Env | null = env;
  for (let i = 0; i < depth; i += 1) here = here?.outer ?? null;
  return here?.row ?? [];
}

function noColumn({ table, name, at }: Extract<Expr, { kind: 'column' }>, scope: Scope): never {
  const known = (here: Scope | null): boolean => here !== null && (here.columns.some((one) => one.table === table) || known(here.outer));
  if (table !== undefined && !known(scope)) throw new SqlError('42P01', `missing FROM-clause entry for table "${table}"`, { at });
  const shown = table === undefined ? `"${name}"` : `${table}.${name}`;
  const close = scope.columns.find((one) => one.name !== name && distance(one.name, name) <= Math.min(3, name.length / 2));
  const hint = close === undefined ? {} : { hint: `Perhaps you meant to reference the column "${close.table}.${close.name}".` };
  throw new SqlError('42703', `column ${shown} does not exist`, { at, ...hint });
}

/** How many letters have to change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}

function checkGrouping(scope: Scope, column: ScopeColumn, { name, at }: { name: string; at: number }): void {
  const { grouping } = scope;
  if (grouping === undefined || scope.isInAggregate || grouping.determined.has(column.table)) return;
  const isKey = grouping.keys.some(
    (key) => key.kind === 'column' && key.name === name && (key.table === undefined || key.table === column.table),
  );
  if (isKey) return;
  throw new SqlError('42803', `column "${column.table}.${name}" must appear in the GROUP BY clause or be used in an aggregate function`, {
    at,
  });
}
