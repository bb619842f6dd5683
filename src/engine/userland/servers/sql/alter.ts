/** ALTER TABLE: one action after the other. */
import type { AlterAction, Statement } from './ast.ts';
import { compile } from './compile.ts';
import { checkReferences, checkRows, checkUnique, placeOf, tableScope } from './constraints.ts';
import { columnOf, constraintOf, type Defined, isTaken, skipped, withConstraint, withSequences } from './define.ts';
import { noSuchColumnOf, SqlError, tableExists } from './errors.ts';
import { type Column, type DatabaseState, type Table, without, withTable } from './state.ts';
import { canAssign, convert, type Row, resolveType, type SqlType, typeText } from './types.ts';
import { tableOf, type Writing } from './write.ts';

export function alterTable(statement: Extract<Statement, { kind: 'alter-table' }>, writing: Writing): Defined {
  const { table: named } = statement;
  if (statement.ifExists && !writing.state.tables.has(named.name))
    return skipped(writing.state, `relation "${named.name}" does not exist, skipping`);
  let { state } = writing;
  const notices: string[] = [];
  let name = named.name;
  for (const action of statement.actions) {
    const table = tableOf(state, { ...named, name });
    const done = altered(action, table, { ...writing, state });
    state = done.state;
    notices.push(...(done.notices ?? []));
    if (action.kind === 'rename') name = action.to;
  }
  return { state, notices };
}

function columnAt(table: Table, name: string): { readonly place: number; readonly column: Column } {
  const place = placeOf(table, name);
  const column = table.columns[place];
  if (column === undefined) throw noSuchColumnOf(name, table.name);
  return { place, column };
}

const changedColumn = (table: Table, place: number, change: Partial<Column>): Table => ({
  ...table,
  columns: table.columns.map((column, i) => (i === place ? { ...column, ...change } : column)),
});

function altered(action: AlterAction, table: Table, writing: Writing): Defined {
  const { state, context } = writing;
  switch (action.kind) {
    case 'add-column':
      return addColumn(action, table, writing);
    case 'drop-column':
      return dropColumn(action, table, state);
    case 'rename-column':
      return renameColumn(action, table, state);
    case 'rename':
      return renameTable(action, table, state);
    case 'add-constraint': {
      const next = withConstraint(table, constraintOf(action.constraint, table, state));
      checkRows(next, next.rows, context);
      checkUnique(next);
      checkReferences(state, next, next.rows);
      return { state: withTable(state, next) };
    }
    case 'drop-constraint':
      if (!table.constraints.some(({ name }) => name === action.name)) {
        if (action.ifExists) return skipped(state, `constraint "${action.name}" of relation "${table.name}" does not exist, skipping`);
        throw new SqlError('42704', `constraint "${action.name}" of relation "${table.name}" does not exist`);
      }
      return { state: withTable(state, { ...table, constraints: table.constraints.filter(({ name }) => name !== action.name) }) };
    case 'set-default': {
      const { place, column } = columnAt(table, action.name);
      const { fallback: _old, ...bare } = column;
      const columns = table.columns.map((one, i) =>
        i === place ? { ...bare, ...(action.fallback ? { fallback: action.fallback } : {}) } : one,
      );
      return { state: withTable(state, { ...table, columns }) };
    }
    case 'set-not-null': {
      const next = changedColumn(table, columnAt(table, action.name).place, { notNull: action.on });
      if (action.on && table.rows.some((row) => row[placeOf(table, action.name)] === null))
        throw new SqlError('23502', `column "${action.name}" of relation "${table.name}" contains null values`);
      return { state: withTable(state, next) };
    }
    case 'set-type':
      return setType(action, table, writing);
    case 'owner':
      return { state };
  }
}

function addColumn(
  { column: node, ifNotExists }: Extract<AlterAction, { kind: 'add-column' }>,
  table: Table,
  { state, context }: Writing,
): Defined {
  if (placeOf(table, node.name) >= 0) {
    if (ifNotExists) return skipped(state, `column "${node.name}" of relation "${table.name}" already exists, skipping`);
    throw new SqlError('42701', `column "${node.name}" of relation "${table.name}" already exists`);
  }
  const { column, sequence } = columnOf(node, table.name, context);
  const withSequence = sequence === undefined ? state : withSequences(state, [sequence], context.user);
  const fallback = column.fallback && compile(column.fallback.expr, { context, columns: [], outer: null, ctes: new Map() });
  let count = 0;
  const value = (): Row[number] => {
    if (sequence !== undefined) {
      count += 1;
      return count;
    }
    return fallback === undefined
      ? null
      : convert(fallback.run({ row: [], outer: null }), fallback.type, column.type, { nowUs: context.nowUs });
  };
  let next: Table = { ...table, columns: [...table.columns, column], rows: table.rows.map((row) => [...row, value()]) };
  for (const constraint of node.constraints) next = withConstraint(next, constraintOf(constraint, next, state));
  if (column.notNull && next.rows.some((row) => row.at(-1) === null))
    throw new SqlError('23502', `column "${column.name}" of relation "${table.name}" contains null values`);
  checkUnique(next);
  const sequences =
    sequence === undefined
      ? withSequence.sequences
      : new Map(withSequence.sequences).set(sequence, { name: sequence, owner: context.user, last: count === 0 ? null : count });
  return { state: withTable({ ...withSequence, sequences }, next) };
}

function dropColumn({ name, ifExists }: Extract<AlterAction, { kind: 'drop-column' }>, table: Table, state: DatabaseState): Defined {
  if (ifExists && placeOf(table, name) < 0) return skipped(state, `column "${name}" of relation "${table.name}" does not exist, skipping`);
  const { place } = columnAt(table, name);
  return {
    state: withTable(state, {
      ...table,
      columns: table.columns.filter((_, i) => i !== place),
      rows: table.rows.map((row) => row.filter((_, i) => i !== place)),
      indexes: table.indexes.filter(({ columns }) => !columns.includes(name)),
      constraints: table.constraints.filter((one) =>
        one.kind === 'check' ? !new RegExp(`\\b${name}\\b`).test(one.text) : !one.columns.includes(name),
      ),
    }),
  };
}

function setType(action: Extract<AlterAction, { kind: 'set-type' }>, table: Table, { state, context }: Writing): Defined {
  const { place, column } = columnAt(table, action.name);
  const type: SqlType = resolveType(action.type);
  const using = action.using && compile(action.using, tableScope(table, context));
  if (using === undefined && !canAssign(column.type, type))
    throw new SqlError('42804', `column "${column.name}" cannot be cast automatically to type ${typeText(type)}`, {
      hint: `You might need to specify "USING ${column.name}::${typeText(type)}".`,
    });
  const rows = table.rows.map((row) =>
    row.map((value, i) => {
      if (i !== place) return value;
      return using === undefined
        ? convert(value, column.type, type, { nowUs: context.nowUs })
        : convert(using.run({ row, outer: null }), using.type, type, { nowUs: context.nowUs });
    }),
  );
  return { state: withTable(state, { ...changedColumn(table, place, { type }), rows }) };
}

function renameColumn(action: Extract<AlterAction, { kind: 'rename-column' }>, table: Table, state: DatabaseState): Defined {
  const { place } = columnAt(table, action.from);
  if (placeOf(table, action.to) >= 0) throw new SqlError('42701', `column "${action.to}" of relation "${table.name}" already exists`);
  const rename = (names: readonly string[]): readonly string[] => names.map((one) => (one === action.from ? action.to : one));
  const next = changedColumn(table, place, { name: action.to });
  return {
    state: withTable(state, {
      ...next,
      indexes: next.indexes.map((index) => ({ ...index, columns: rename(index.columns) })),
      constraints: next.constraints.map((one) => (one.kind === 'check' ? one : { ...one, columns: rename(one.columns) })),
    }),
  };
}

function renameTable(action: Extract<AlterAction, { kind: 'rename' }>, table: Table, state: DatabaseState): Defined {
  if (isTaken(state, action.to)) throw tableExists(action.to);
  const tables = new Map(
    [...without(state.tables, table.name)].map(
      ([key, one]) =>
        [
          key,
          {
            ...one,
            constraints: one.constraints.map((constraint) =>
              constraint.kind === 'foreign' && constraint.target === table.name ? { ...constraint, target: action.to } : constraint,
            ),
          },
        ] as const,
    ),
  );
  return { state: withTable({ ...state, tables }, { ...table, name: action.to }) };
}
