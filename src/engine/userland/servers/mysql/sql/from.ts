/** What stands behind FROM: tables, queries and their joins. */
import type { FromItem } from './ast.ts';
import { condition, type Env, type Relation, type Scope, type ScopeColumn } from './compile.ts';
import { plain, unknownColumn } from './errors.ts';
import { BIGINT } from './types.ts';
import { compareValues, type Row, type Value } from './values.ts';

export interface Source {
  readonly columns: readonly ScopeColumn[];
  /** The primary key of each table, by the name that it has here. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
  rows(env: Env | null): readonly Row[];
}

/** More rows than this and a statement is refused, so that a product of tables cannot take all the memory. */
const MOST_ROWS = 1_000_000;
/** The name of a column that says which row of its table this is; nobody can write it. */
export const ROW_NUMBER = '\0row';

export function bounded<T>(rows: readonly T[]): readonly T[] {
  if (rows.length > MOST_ROWS)
    throw plain(1041, 'HY000', `Out of memory; a statement of this model has at most ${MOST_ROWS} rows at a time`);
  return rows;
}

interface Naming {
  readonly table: string;
  readonly schema?: string;
  readonly names?: readonly string[];
  /** Whether a column says which row it is. */
  readonly isNumbered: boolean;
}

function named(relation: Relation, { table, schema, names = [], isNumbered }: Naming): Source {
  const columns: ScopeColumn[] = relation.columns.map(({ name, type, nullable }, i) => ({
    ...(schema === undefined ? {} : { schema }),
    table,
    name: names[i] ?? name,
    type,
    nullable,
  }));
  const keys = new Map([[table, relation.primaryKey ?? []]]);
  if (!isNumbered) return { columns, keys, rows: (env) => relation.rows(env) };
  return {
    columns: [...columns, { table, name: ROW_NUMBER, type: BIGINT, nullable: false, isHidden: true }],
    keys,
    rows: (env) => relation.rows(env).map((row, i) => [...row, BigInt(i)]),
  };
}

/** With `isNumbered` each table's rows carry their number. */
export function planFrom(item: FromItem, scope: Scope, isNumbered = false): Source {
  switch (item.kind) {
    case 'table': {
      const { table, alias } = item;
      const cte = table.schema === undefined ? scope.ctes.get(table.name) : undefined;
      const relation = cte ?? scope.context.relation(table, scope.schema);
      const schema = cte === undefined ? (table.schema ?? scope.schema ?? undefined) : undefined;
      return named(relation, {
        table: alias ?? table.name,
        isNumbered: isNumbered && cte === undefined,
        ...(schema === undefined ? {} : { schema }),
      });
    }
    case 'query':
      return named(scope.context.plan(item.query, { ...scope, columns: [] }), {
        table: item.alias,
        isNumbered: false,
        ...(item.columns ? { names: item.columns } : {}),
      });
    case 'join':
      return join(item, scope, isNumbered);
  }
}

type Join = Extract<FromItem, { kind: 'join' }>;
const lower = (text: string): string => text.toLowerCase();

function usingColumns(item: Join, left: Source, right: Source): readonly string[] {
  if (!item.natural) return item.using ?? [];
  const names = new Set(right.columns.filter(({ name }) => name !== ROW_NUMBER).map(({ name }) => lower(name)));
  return left.columns.map(({ name }) => name).filter((name) => names.has(lower(name)));
}

function join(item: Join, scope: Scope, isNumbered: boolean): Source {
  const [left, right] = [planFrom(item.left, scope, isNumbered), planFrom(item.right, scope, isNumbered)];
  const aliases = new Set(left.columns.map(({ table }) => table));
  const twice = right.columns.find(({ table }) => aliases.has(table));
  if (twice !== undefined) throw plain(1066, '42000', `Not unique table/alias: '${twice.table}'`);
  const using = usingColumns(item, left, right).map(lower);
  const isShared = (column: ScopeColumn): boolean => using.includes(lower(column.name));
  const hideLeft = item.type === 'right';
  const seen = (column: ScopeColumn, isLeft: boolean): ScopeColumn => ({
    ...column,
    nullable: column.nullable || (isLeft ? item.type === 'right' : item.type === 'left'),
    ...(isShared(column) && isLeft === hideLeft ? { isHidden: true } : {}),
  });
  const columns = [...left.columns.map((one) => seen(one, true)), ...right.columns.map((one) => seen(one, false))];
  const inner: Scope = { ...scope, columns, outer: scope, clause: 'on clause' };
  const test = joinTest(item, using, { inner, left, right });
  const widths = [left.columns.length, right.columns.length] as const;
  return {
    columns,
    keys: new Map([...left.keys, ...right.keys]),
    rows: (env) => joined(item.type, { left: left.rows(env), right: right.rows(env), test, env, widths }),
  };
}

function joinTest(
  item: Join,
  using: readonly string[],
  { inner, left, right }: { readonly inner: Scope; readonly left: Source; readonly right: Source },
): (env: Env) => boolean {
  if (item.on !== undefined) return condition(item.on, inner);
  const places = using.map((name) => {
    const [a, b] = [left, right].map(({ columns }) => columns.findIndex((one) => lower(one.name) === name));
    if (a === undefined || b === undefined || a < 0 || b < 0) throw unknownColumn(name, 'from clause' as 'on clause');
    return [a, left.columns.length + b] as const;
  });
  return ({ row }) =>
    places.every(([a, b]) => {
      const [x, y] = [row[a] ?? null, row[b] ?? null];
      return x !== null && y !== null && compareValues(x, y) === 0;
    });
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
  const [outer, inner] = type === 'right' ? [right, left] : [left, right];
  for (const a of outer) {
    let found = false;
    for (const b of inner) {
      const row = type === 'right' ? [...b, ...a] : [...a, ...b];
      if (!test({ row, outer: env })) continue;
      found = true;
      out.push(row);
    }
    if (!found && type === 'left') out.push([...a, ...blank(widths[1])]);
    if (!found && type === 'right') out.push([...blank(widths[0]), ...a]);
    bounded(out);
  }
  return out;
}
