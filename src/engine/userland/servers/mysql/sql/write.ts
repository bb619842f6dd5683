/** UPDATE and DELETE, and what INSERT shares with them. */
import type { Assignment, Expr, FromItem, OrderItem, Statement, TableName } from './ast.ts';
import { bareScope, type Compiled, type Context, compile, condition, type Env, type Scope } from './compile.ts';
import { type Change, checkReferences, clustered, follow, putTable, rowChecker, sameRow, UniqueIndex, type World } from './constraints.ts';
import { duplicateEntry, type MysqlError, noDefault, noSuchTable, notNull, plain, unknownColumn } from './errors.ts';
import { planFrom, ROW_NUMBER } from './from.ts';
import { sort } from './plan.ts';
import { type Column, placeOf, type Table } from './state.ts';
import { stored } from './store.ts';
import { dateOf, rounded } from './temporal.ts';
import { categoryOf } from './types.ts';
import type { Row, Value } from './values.ts';

export interface Written {
  readonly world: World;
  readonly count: number;
  /** `Rows matched: 1  Changed: 1  Warnings: 0`, the warnings left out. */
  readonly info?: string;
  /** The first number that was given out by itself. */
  readonly insertId?: bigint;
}

export interface Writing {
  readonly world: World;
  readonly context: Context;
  readonly schema: string | null;
  readonly isStrict: boolean;
  /** foreign_key_checks. */
  readonly checksForeign: boolean;
  /** The next number of a table's AUTO_INCREMENT; with `least` it becomes at least that. */
  nextAuto(schema: string, table: string, least?: bigint): bigint;
  /** May the account do this to the table? Refuses if not. */
  allow(privilege: string, schema: string, table: string): void;
}

export interface Target {
  readonly schema: string;
  readonly table: Table;
}

export function targetOf({ world, schema, context }: Writing, { schema: given, name }: TableName): Target {
  const home = given ?? schema ?? '';
  if (home === '') throw plain(1046, '3D000', 'No database selected');
  const found = world.get(home);
  const table = found?.tables.get(name);
  if (table !== undefined) return { schema: home, table };
  if (found?.views.has(name)) throw plain(1471, 'HY000', `The target table ${name} of the INSERT is not insertable-into`);
  // Whoever may not even know of it is told so; a catalogue cannot be written.
  context.relation({ schema: home, name }, home);
  throw noSuchTable(home, name);
}

/** Takes what is wrong with a value as an error in strict mode, as a warning otherwise. */
export function kept(problem: MysqlError | undefined, { isStrict, context }: Writing): void {
  if (problem === undefined) return;
  if (isStrict) throw problem;
  context.warn(problem.code, problem.message);
}

/** What a type has where nothing better is known. */
function impliedDefault({ type }: Column): Value {
  switch (categoryOf(type)) {
    case 'integer':
      return 0n;
    case 'double':
      return 0;
    case 'decimal':
      return { digits: 0n, scale: type.args[1] ?? 0 };
    case 'text':
      return type.values?.[0] ?? '';
    default:
      return null;
  }
}

/** A value for a column that nobody gave one. */
export function fallbackOf(column: Column, writing: Writing): (row: number) => Value {
  const { fallback, notNull: isNeeded, isAutoIncrement } = column;
  if (fallback !== undefined) {
    const compiled = compile(fallback.expr, bareScope(writing.context, writing.schema));
    return (row) => {
      const { value, problem } = stored(compiled.run({ row: [], outer: null }), column.type, { column: column.name, row });
      kept(problem, writing);
      return value;
    };
  }
  if (!isNeeded || isAutoIncrement) return () => null;
  if (column.type.base === 'enum') return () => impliedDefault(column);
  return () => {
    kept(noDefault(column.name), writing);
    return impliedDefault(column);
  };
}

/** A given value as the column holds it. */
export function heldBy(column: Column, value: Value, row: number, writing: Writing): Value {
  if (value === null && column.notNull) {
    kept(notNull(column.name), writing);
    return impliedDefault(column);
  }
  const { value: held, problem, note } = stored(value, column.type, { column: column.name, row });
  kept(problem, writing);
  if (note !== undefined) writing.context.warn(note.code, note.message, 'Note');
  return held;
}

/** The moment for a column that follows changes. */
export function nowFor({ type }: Column, { nowUs }: Context): Value {
  if (type.base === 'date') return dateOf(nowUs);
  const places = type.args[0] ?? 0;
  const unit = 10 ** (6 - places);
  return rounded({ temporal: 'datetime', us: Math.floor(nowUs / unit) * unit, places }, places);
}

/** SET: a row with new values in some columns. Later ones see what earlier ones did. */
export function assigner(
  set: readonly Assignment[],
  { table }: Target,
  { scope, writing }: { readonly scope: Scope; readonly writing: Writing },
) {
  const makers = set.map(({ column: name, value }) => {
    const place = placeOf(table, name);
    const column = table.columns[place];
    if (column === undefined) throw unknownColumn(name, 'field list');
    return { place, column, compiled: value.kind === 'default' ? null : compile(value, scope) };
  });
  const follows = table.columns.flatMap((column, place) =>
    column.onUpdateNow && !makers.some((one) => one.place === place) ? [{ column, place }] : [],
  );
  return (env: Env, own: Row, offset: number, number: number): Row => {
    const next = [...own];
    const seen = [...env.row];
    for (const { place, column, compiled } of makers) {
      next[place] = givenValue(compiled, column, { env: { ...env, row: seen }, number, writing });
      seen[offset + place] = next[place] ?? null;
    }
    if (!sameRow(own, next)) for (const { column, place } of follows) next[place] = nowFor(column, writing.context);
    return next;
  };
}

function givenValue(
  compiled: Compiled | null,
  column: Column,
  { env, number, writing }: { readonly env: Env; readonly number: number; readonly writing: Writing },
): Value {
  return compiled === null ? fallbackOf(column, writing)(number) : heldBy(column, compiled.run(env), number, writing);
}

interface Chosen {
  readonly from: FromItem;
  readonly where?: Expr;
  readonly orderBy: readonly OrderItem[];
  readonly limit?: Expr;
}

/** The rows that a condition finds, in order. */
function chosen(
  { from, where, orderBy, limit }: Chosen,
  { context, schema }: Writing,
): { readonly scope: Scope; readonly envs: readonly Env[] } {
  const bare = bareScope(context, schema);
  const source = planFrom(from, bare, true);
  const scope: Scope = { ...bare, columns: source.columns };
  const test = where === undefined ? () => true : condition(where, { ...scope, clause: 'where clause' });
  const keys = orderBy.map(({ expr }) => compile(expr, { ...scope, clause: 'order clause' }));
  const found = source
    .rows(null)
    .map((row): Env => ({ row, outer: null }))
    .filter(test)
    .map((env) => ({ ...env, keys: keys.map((key) => key.run(env)) }));
  const ordered = orderBy.length === 0 ? found : sort(found, orderBy);
  return { scope, envs: limit?.kind === 'literal' ? ordered.slice(0, Number(limit.text)) : ordered };
}

/** The tables of a FROM, by the names that they have there. */
export function tablesIn(item: FromItem): readonly { readonly table: TableName; readonly alias: string }[] {
  if (item.kind === 'table') return [{ table: item.table, alias: item.alias ?? item.table.name }];
  return item.kind === 'join' ? [...tablesIn(item.left), ...tablesIn(item.right)] : [];
}

const placeIn = (scope: Scope, alias: string): { readonly offset: number; readonly number: number } => ({
  offset: scope.columns.findIndex(({ table }) => table === alias),
  number: scope.columns.findIndex(({ table, name }) => table === alias && name === ROW_NUMBER),
});

type Update = Extract<Statement, { kind: 'update' }>;

/** Which table of the FROM an assignment means. */
function aliasFor({ table, column }: Assignment, { from }: Update, writing: Writing): string {
  const tables = tablesIn(from);
  if (table !== undefined) return table;
  const found = tables.find((one) => placeOf(targetOf(writing, one.table).table, column) >= 0);
  if (found === undefined) throw unknownColumn(column, 'field list');
  return found.alias;
}

export function update(statement: Update, writing: Writing): Written {
  const aliases = [...new Set(statement.set.map((one) => aliasFor(one, statement, writing)))];
  const { scope, envs } = chosen(statement, writing);
  let { world } = writing;
  let [matched, changed] = [0, 0];
  for (const alias of aliases) {
    const named = tablesIn(statement.from).find((one) => one.alias === alias);
    if (named === undefined) throw unknownColumn(`${alias}.${statement.set[0]?.column ?? ''}`, 'field list');
    const target = targetOf({ ...writing, world }, named.table);
    writing.allow('UPDATE', target.schema, target.table.name);
    const set = statement.set.filter((one) => aliasFor(one, statement, writing) === alias);
    const done = updateTable(set, target, {
      writing: { ...writing, world, isStrict: writing.isStrict && !statement.isIgnore },
      scope,
      envs,
      alias,
      isIgnore: statement.isIgnore,
    });
    world = done.world;
    matched += done.matched;
    changed += done.changed;
  }
  return { world, count: changed, info: `Rows matched: ${matched}  Changed: ${changed}` };
}

interface Updating {
  readonly writing: Writing;
  readonly scope: Scope;
  readonly envs: readonly Env[];
  readonly alias: string;
  readonly isIgnore: boolean;
}

function updateTable(set: readonly Assignment[], target: Target, { writing, scope, envs, alias, isIgnore }: Updating) {
  const { table, schema } = target;
  const { offset, number } = placeIn(scope, alias);
  const assign = assigner(set, target, { scope, writing });
  const check = rowChecker(table, writing.context, schema);
  const index = new UniqueIndex(table, table.rows);
  const rows = [...table.rows];
  const changes: Change[] = [];
  const seen = new Set<number>();
  for (const env of envs) {
    const at = Number(env.row[number] ?? -1n);
    const before = table.rows[at];
    if (before === undefined || seen.has(at)) continue;
    seen.add(at);
    const after = assign(env, before, offset, seen.size);
    if (sameRow(before, after)) continue;
    check(after);
    index.remove(before);
    const twin = index.twinOf(after);
    if (twin !== undefined && isIgnore) {
      writing.context.warn(1062, duplicateEntry(twin.shown, twin.key).message);
      index.add(before);
      continue;
    }
    if (twin !== undefined) throw duplicateEntry(twin.shown, twin.key);
    index.add(after);
    rows[at] = after;
    changes.push({ before, after });
  }
  const next = clustered({ ...table, rows });
  const world = putTable(writing.world, schema, next);
  if (writing.checksForeign)
    checkReferences(
      world,
      schema,
      next,
      changes.flatMap(({ after }) => (after === null ? [] : [after])),
    );
  return {
    world: writing.checksForeign ? follow(world, { schema, table: next }, changes) : world,
    matched: seen.size,
    changed: changes.length,
  };
}

export function remove(statement: Extract<Statement, { kind: 'delete' }>, writing: Writing): Written {
  const tables = tablesIn(statement.from);
  const wanted = statement.targets.length > 0 ? statement.targets : tables.map(({ alias }) => alias).slice(0, 1);
  const { scope, envs } = chosen(statement, writing);
  let { world } = writing;
  let count = 0;
  for (const alias of wanted) {
    const named = tables.find((one) => one.alias === alias);
    if (named === undefined) throw plain(1109, '42S02', `Unknown table '${alias}' in MULTI DELETE`);
    const { schema, table } = targetOf({ ...writing, world }, named.table);
    writing.allow('DELETE', schema, table.name);
    const { number } = placeIn(scope, alias);
    const gone = new Set(
      envs
        .map(({ row }) => row[number])
        .filter((at) => at !== null)
        .map(Number),
    );
    const next = { ...table, rows: table.rows.filter((_, i) => !gone.has(i)) };
    const changes = table.rows.filter((_, i) => gone.has(i)).map((before) => ({ before, after: null }));
    world = putTable(world, schema, next);
    if (writing.checksForeign) world = follow(world, { schema, table: next }, changes);
    count += gone.size;
  }
  return { world, count };
}
