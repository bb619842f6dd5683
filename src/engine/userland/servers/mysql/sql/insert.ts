/** INSERT and REPLACE. */
import type { Expr, Insert } from './ast.ts';
import { bareScope, compile, type Env, type Scope } from './compile.ts';
import { type Change, checkReferences, clustered, follow, putTable, rowChecker, sameRow, UniqueIndex } from './constraints.ts';
import { columnCount, duplicateEntry, MysqlError, plain, unknownColumn } from './errors.ts';
import { planQuery } from './plan.ts';
import { placeOf, type Table } from './state.ts';
import { type Row, toInteger, type Value } from './values.ts';
import { assigner, fallbackOf, heldBy, type Target, targetOf, type Writing, type Written } from './write.ts';

type Given = readonly (Value | undefined)[];

/** The rows that come, value by value; undefined where DEFAULT stands. Later values of a row may name earlier columns. */
function givenRows(insert: Insert, { table }: Target, { context, schema }: Writing): readonly (() => Given)[] {
  const body = insert.query?.body;
  const bare = bareScope(context, schema);
  const width = insert.columns?.length ?? table.columns.length;
  if (body?.kind === 'values' && insert.query?.ctes.length === 0) {
    return body.rows.map((row, i) => {
      const isAllDefault = row.length === 0 && (insert.columns ?? []).length === 0;
      if (row.length !== width && !isAllDefault) throw columnCount(i + 1);
      const compiled = row.map((expr: Expr) => (expr.kind === 'default' ? undefined : compile(expr, bare)));
      return () => compiled.map((one) => one?.run({ row: [], outer: null }));
    });
  }
  if (insert.query === undefined) return [() => []];
  const plan = planQuery(insert.query, bare);
  if (plan.columns.length !== width) throw columnCount(1);
  return plan.rows(null).map((row) => () => row);
}

interface Numbered {
  /** The first number that was given out. */
  first?: bigint;
}

/** Makes whole rows of what was given: defaults and the columns' types. A number that counts by itself is still missing. */
function rowMaker(insert: Insert, { table }: Target, writing: Writing): (given: Given, number: number) => Row {
  const names = insert.columns ?? table.columns.map(({ name }) => name);
  for (const [i, name] of names.entries()) {
    if (placeOf(table, name) < 0) throw unknownColumn(name, 'field list');
    if (names.findIndex((one) => one.toLowerCase() === name.toLowerCase()) !== i)
      throw plain(1110, '42000', `Column '${name}' specified twice`);
  }
  const makers = table.columns.map((column) => {
    const place = names.findIndex((name) => name.toLowerCase() === column.name.toLowerCase());
    const fallback = fallbackOf(column, writing);
    return (given: Given, number: number): Value => {
      const value = place < 0 ? undefined : given[place];
      if (!column.isAutoIncrement) return value === undefined ? fallback(number) : heldBy(column, value, number, writing);
      return value === undefined || value === null ? null : heldBy(column, value, number, writing);
    };
  });
  return (given, number) => makers.map((make) => make(given, number));
}

/** The row with the table's next number, if it wants one: given out last, when nothing else is wrong with the row. */
function withNumber(row: Row, { schema, table }: Target, writing: Writing, numbered: Numbered): Row {
  const place = table.columns.findIndex(({ isAutoIncrement }) => isAutoIncrement);
  if (place < 0) return row;
  const asked = row[place] ?? null;
  if (asked !== null && (toInteger(asked) !== 0n || writing.context.isOn('NO_AUTO_VALUE_ON_ZERO'))) {
    writing.nextAuto(schema, table.name, toInteger(asked) + 1n);
    return row;
  }
  const next = writing.nextAuto(schema, table.name);
  writing.nextAuto(schema, table.name, next + 1n);
  numbered.first ??= next;
  return row.map((value, i) => (i === place ? next : value));
}

/** The surroundings of ON DUPLICATE KEY UPDATE: the row that is there and the one that would have come. */
function updateScope({ table, schema }: Target, { alias }: Insert, { context }: Writing): Scope {
  const proposed = alias ?? '\0new';
  const columns = table.columns.map(({ name, type, notNull }) => ({ table: table.name, name, type, nullable: !notNull }));
  return {
    ...bareScope(context, schema),
    proposed,
    columns: [...columns, ...columns.map((column) => ({ ...column, table: proposed, isHidden: true }))],
  };
}

interface Settling {
  readonly insert: Insert;
  readonly target: Target;
  readonly writing: Writing;
  readonly index: UniqueIndex;
  readonly rows: Row[];
  readonly changes: Change[];
}

/** Brings one row in, or does what is to be done when its twin is there; how many rows that affects. */
function settler({ insert, target, writing, index, rows, changes }: Settling): (row: Row, number: number) => number {
  const { table } = target;
  const update =
    insert.update === undefined ? null : assigner(insert.update, target, { scope: updateScope(target, insert, writing), writing });
  const put = (row: Row): number => {
    rows.push(row);
    index.add(row);
    return 1;
  };
  const takeOut = (row: Row): void => {
    rows.splice(rows.lastIndexOf(row), 1);
    index.remove(row);
  };
  return (row, number) => {
    let twin = index.twinOf(row);
    if (twin === undefined) return put(row);
    if (insert.isReplace) {
      let count = 0;
      for (; twin !== undefined; twin = index.twinOf(row)) {
        takeOut(twin.row);
        changes.push({ before: twin.row, after: null });
        count += 1;
      }
      return count + put(row);
    }
    if (update === null) {
      const problem = duplicateEntry(twin.shown, twin.key);
      if (!insert.isIgnore) throw problem;
      writing.context.warn(problem.code, problem.message);
      return 0;
    }
    const env: Env = { row: [...twin.row, ...row], outer: null };
    const after = update(env, twin.row, 0, number);
    if (sameRow(twin.row, after)) return 0;
    const before = twin.row;
    const at = rows.lastIndexOf(before);
    index.remove(before);
    const other = index.twinOf(after);
    if (other !== undefined) throw duplicateEntry(other.shown, `${table.name}.${other.key.split('.')[1] ?? ''}`);
    rows[at] = after;
    index.add(after);
    changes.push({ before, after });
    return 2;
  };
}

export function insert(statement: Insert, outer: Writing): Written {
  const writing: Writing = { ...outer, isStrict: outer.isStrict && !statement.isIgnore };
  const target = targetOf(writing, statement.table);
  const { schema, table } = target;
  writing.allow('INSERT', schema, table.name);
  if (statement.isReplace) writing.allow('DELETE', schema, table.name);
  if (statement.update !== undefined) writing.allow('UPDATE', schema, table.name);
  const numbered: Numbered = {};
  const makeRow = rowMaker(statement, target, writing);
  const check = rowChecker(table, writing.context, schema);
  const settling: Settling = {
    insert: statement,
    target,
    writing,
    index: new UniqueIndex(table, table.rows),
    rows: [...table.rows],
    changes: [],
  };
  const settle = settler(settling);
  const given = givenRows(statement, target, writing);
  let count = 0;
  let twins = 0;
  for (const [i, make] of given.entries()) {
    const row = makeRow(make(), i + 1);
    const isFine = passes(row, { check, settling, target });
    const affected = isFine ? settle(withNumber(row, target, writing, numbered), i + 1) : 0;
    count += affected;
    if (affected !== 1) twins += 1;
  }
  const world = finished(table, settling, target);
  const info = given.length > 1 || statement.query?.body.kind !== 'values' ? `Records: ${given.length}  Duplicates: ${twins}` : undefined;
  return { world, count, ...(info === undefined ? {} : { info }), ...(numbered.first === undefined ? {} : { insertId: numbered.first }) };
}

/** Whether a row keeps its conditions; with IGNORE one that does not is left out. */
function passes(
  row: Row,
  { check, settling, target }: { readonly check: (row: Row) => void; readonly settling: Settling; readonly target: Target },
): boolean {
  const { insert: statement, writing } = settling;
  try {
    check(row);
    if (statement.isIgnore && writing.checksForeign) checkReferences(writing.world, target.schema, target.table, [row]);
    return true;
  } catch (error) {
    if (!(error instanceof MysqlError) || !statement.isIgnore) throw error;
    writing.context.warn(error.code, error.message);
    return false;
  }
}

function finished(table: Table, { rows, changes, writing }: Settling, { schema }: Target): Writing['world'] {
  const old = new Set(table.rows);
  const fresh = rows.filter((row) => !old.has(row));
  const next = clustered({ ...table, rows });
  const world = putTable(writing.world, schema, next);
  if (!writing.checksForeign) return world;
  checkReferences(world, schema, next, fresh);
  return follow(world, { schema, table: next }, changes);
}
