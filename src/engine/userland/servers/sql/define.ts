/** CREATE, ALTER, DROP, TRUNCATE: a new state with other tables. */
import type { ColumnNode, ConstraintNode, Statement } from './ast.ts';
import { type Context, compile, type Scope } from './compile.ts';
import { checkUnique, placeOf, tableScope } from './constraints.ts';
import { noSuchColumn, noSuchTable, SqlError, tableExists } from './errors.ts';
import { planQuery } from './plan.ts';
import { allIndexes, type Column, type Constraint, type DatabaseState, type Table, without, withTable } from './state.ts';
import { canAssign, isSerial, resolveType, typeText } from './types.ts';
import { tableOf, type Writing } from './write.ts';

export interface Defined {
  readonly state: DatabaseState;
  readonly notices?: readonly string[];
  /** Where the words differ from the statement's own. */
  readonly tag?: string;
  /** Sequences that begin anew. */
  readonly restarted?: readonly string[];
}

export const skipped = (state: DatabaseState, notice: string): Defined => ({ state, notices: [notice] });
export const isTaken = (state: DatabaseState, name: string): boolean =>
  state.tables.has(name) ||
  state.views.has(name) ||
  state.sequences.has(name) ||
  [...state.tables.values()].some((table) => allIndexes(table).some((one) => one.name === name));

/** A name that is free: with a number behind it if need be. */
function freeName(state: DatabaseState, wanted: string, own: readonly string[] = []): string {
  let name = wanted;
  for (let i = 1; isTaken(state, name) || own.includes(name); i += 1) name = `${wanted}${i}`;
  return name;
}

export function columnOf(node: ColumnNode, table: string, context: Context): { readonly column: Column; readonly sequence?: string } {
  const type = resolveType(node.type);
  const isCounted = isSerial(node.type) || node.identity !== undefined || node.isAutoIncrement === true;
  const sequence = isCounted ? `${table}_${node.name}_seq` : undefined;
  const isKey = node.constraints.some(({ kind }) => kind === 'primary');
  if (node.fallback !== undefined) {
    const scope: Scope = { context, columns: [], outer: null, ctes: new Map() };
    const { type: given } = compile(node.fallback.expr, scope);
    if (!canAssign(given, type))
      throw new SqlError(
        '42804',
        `column "${node.name}" is of type ${typeText(type)} but default expression is of type ${typeText(given)}`,
        {
          hint: 'You will need to rewrite or cast the expression.',
        },
      );
  }
  const column: Column = {
    name: node.name,
    type,
    notNull: node.notNull || isKey || isCounted,
    ...(node.fallback === undefined ? {} : { fallback: node.fallback }),
    ...(node.identity === undefined ? {} : { identity: node.identity }),
    ...(sequence === undefined ? {} : { sequence }),
  };
  return sequence === undefined ? { column } : { column, sequence };
}

/** A constraint with its name, its columns checked. */
export function constraintOf(node: ConstraintNode, table: Table, state: DatabaseState): Constraint {
  const columns = node.kind === 'check' ? [] : node.columns;
  for (const column of columns)
    if (placeOf(table, column) < 0)
      throw new SqlError(
        '42703',
        `column "${column}" ${node.kind === 'foreign' ? 'referenced in foreign key constraint does not exist' : 'named in key does not exist'}`,
      );
  const taken = table.constraints.map(({ name }) => name);
  const name = (fallback: string): string => node.name ?? freeName(state, fallback, taken);
  switch (node.kind) {
    case 'primary':
      if (table.constraints.some(({ kind }) => kind === 'primary'))
        throw new SqlError('42P16', `multiple primary keys for table "${table.name}" are not allowed`);
      return { kind: 'primary', columns, name: name(`${table.name}_pkey`) };
    case 'unique':
      return { kind: 'unique', columns, name: name(`${table.name}_${columns.join('_')}_key`) };
    case 'check': {
      const named = table.columns.filter((column) => new RegExp(`\\b${column.name}\\b`).test(node.text)).map((column) => column.name);
      return {
        kind: 'check',
        expr: node.expr,
        text: node.text,
        name: name(`${table.name}_${named.length === 1 ? `${named[0]}_` : ''}check`),
      };
    }
    case 'foreign': {
      const { references } = node;
      const target = references.table === table.name ? table : state.tables.get(references.table);
      if (target === undefined) throw noSuchTable(references.table);
      const key = target.constraints.find(({ kind }) => kind === 'primary');
      const targetColumns = references.columns.length > 0 ? references.columns : key?.kind === 'primary' ? key.columns : [];
      for (const column of targetColumns)
        if (placeOf(target, column) < 0)
          throw new SqlError('42703', `column "${column}" referenced in foreign key constraint does not exist`);
      const isUnique = allIndexes(target).some((one) => one.isUnique && one.columns.join() === targetColumns.join());
      if (!isUnique) throw new SqlError('42830', `there is no unique constraint matching given keys for referenced table "${target.name}"`);
      return {
        kind: 'foreign',
        columns,
        target: target.name,
        targetColumns,
        onDelete: references.onDelete,
        name: name(`${table.name}_${columns.join('_')}_fkey`),
      };
    }
  }
}

export const withConstraint = (table: Table, constraint: Constraint): Table => ({
  ...table,
  constraints: [...table.constraints, constraint],
  columns:
    constraint.kind === 'primary'
      ? table.columns.map((column) => (constraint.columns.includes(column.name) ? { ...column, notNull: true } : column))
      : table.columns,
});

export function withSequences(state: DatabaseState, names: readonly string[], owner: string): DatabaseState {
  const sequences = new Map(state.sequences);
  for (const name of names) sequences.set(name, { name, owner, last: null });
  return { ...state, sequences };
}

export function createTable(
  statement: Extract<Statement, { kind: 'create-table' }>,
  { state, context }: Writing,
): Defined & { readonly count?: number } {
  const { name, schema } = statement.table;
  if (schema !== undefined && schema !== 'public' && schema !== state.name)
    throw new SqlError('3F000', `schema "${schema}" does not exist`, { at: statement.table.at });
  if (isTaken(state, name)) {
    if (statement.ifNotExists) return skipped(state, `relation "${name}" already exists, skipping`);
    throw tableExists(name);
  }
  const base = { oid: state.nextOid, name, owner: context.user, constraints: [], indexes: [] };
  const next = { ...state, nextOid: state.nextOid + 1 };
  if (statement.query !== undefined) {
    const plan = planQuery(statement.query, { context, columns: [], outer: null, ctes: new Map() });
    const columns = plan.columns.map((column) => ({ ...column, notNull: false }));
    const rows = plan.rows(null);
    return { state: withTable(next, { ...base, columns, rows }), tag: `SELECT ${rows.length}` };
  }
  const parts = statement.columns.map((node) => columnOf(node, name, context));
  const twice = parts.find(({ column }, i) => parts.findIndex((one) => one.column.name === column.name) !== i);
  if (twice !== undefined) throw new SqlError('42701', `column "${twice.column.name}" specified more than once`);
  let table: Table = { ...base, columns: parts.map(({ column }) => column), rows: [] };
  for (const node of [...statement.columns.flatMap(({ constraints }) => constraints), ...statement.constraints]) {
    const constraint = constraintOf(node, table, state);
    if (constraint.kind === 'check') compile(constraint.expr, tableScope(table, context));
    table = withConstraint(table, constraint);
  }
  const sequences = parts.flatMap(({ sequence }) => (sequence === undefined ? [] : [sequence]));
  return { state: withTable(withSequences(next, sequences, context.user), table) };
}

export function createIndex(statement: Extract<Statement, { kind: 'create-index' }>, { state }: Writing): Defined {
  const table = tableOf(state, statement.table);
  for (const column of statement.columns) if (placeOf(table, column) < 0) throw noSuchColumn(column);
  const name = statement.name ?? freeName(state, `${table.name}_${statement.columns.join('_')}_idx`);
  if (isTaken(state, name)) {
    if (statement.ifNotExists) return skipped(state, `relation "${name}" already exists, skipping`);
    throw tableExists(name);
  }
  const next = { ...table, indexes: [...table.indexes, { name, columns: statement.columns, isUnique: statement.isUnique }] };
  try {
    checkUnique(next);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    throw new SqlError('23505', `could not create unique index "${name}"`, {
      detail: (error.details.detail ?? '').replace('already exists', 'is duplicated'),
    });
  }
  return { state: withTable(state, next) };
}

export function createView(statement: Extract<Statement, { kind: 'create-view' }>, { state, context }: Writing): Defined {
  const { name } = statement.table;
  if (isTaken(state, name) && !(statement.orReplace && state.views.has(name))) throw tableExists(name);
  const { columns } = planQuery(statement.query, { context, columns: [], outer: null, ctes: new Map() });
  const view = { oid: state.nextOid, name, owner: context.user, query: statement.query, text: statement.text, columns };
  return { state: { ...state, nextOid: state.nextOid + 1, views: new Map(state.views).set(name, view) } };
}

export function drop(statement: Extract<Statement, { kind: 'drop' }>, { state }: Writing): Defined {
  let next = state;
  const notices: string[] = [];
  for (const { name } of statement.tables) {
    const isThere =
      statement.what === 'table'
        ? next.tables.has(name)
        : statement.what === 'view'
          ? next.views.has(name)
          : statement.what === 'sequence'
            ? next.sequences.has(name)
            : isTaken(next, name);
    if (!isThere) {
      if (!statement.ifExists) throw new SqlError('42P01', `${statement.what} "${name}" does not exist`);
      notices.push(`${statement.what} "${name}" does not exist, skipping`);
      continue;
    }
    next = dropped(next, { what: statement.what, name, cascade: statement.cascade });
  }
  return { state: next, notices };
}

function dropped(
  state: DatabaseState,
  { what, name, cascade }: { what: 'table' | 'index' | 'view' | 'sequence'; name: string; cascade: boolean },
): DatabaseState {
  if (what === 'view') return { ...state, views: without(state.views, name) };
  if (what === 'sequence') return { ...state, sequences: without(state.sequences, name) };
  if (what === 'index') {
    const tables = new Map(
      [...state.tables].map(([key, table]) => [key, { ...table, indexes: table.indexes.filter((one) => one.name !== name) }] as const),
    );
    return { ...state, tables };
  }
  const users = [...state.tables.values()].flatMap((table) =>
    table.name === name
      ? []
      : table.constraints.filter((one) => one.kind === 'foreign' && one.target === name).map((one) => ({ table, one })),
  );
  if (users.length > 0 && !cascade)
    throw new SqlError('2BP01', `cannot drop table ${name} because other objects depend on it`, {
      detail: users.map(({ table, one }) => `constraint ${one.name} on table ${table.name} depends on table ${name}`).join('\n'),
      hint: 'Use DROP ... CASCADE to drop the dependent objects too.',
    });
  const gone = new Set(users.map(({ one }) => one));
  const own = new Set(state.tables.get(name)?.columns.flatMap(({ sequence }) => (sequence === undefined ? [] : [sequence])));
  const tables = new Map(
    [...without(state.tables, name)].map(
      ([key, table]) => [key, { ...table, constraints: table.constraints.filter((one) => !gone.has(one)) }] as const,
    ),
  );
  return { ...state, tables, sequences: new Map([...state.sequences].filter(([key]) => !own.has(key))) };
}

export function truncate(statement: Extract<Statement, { kind: 'truncate' }>, { state }: Writing): Defined {
  const names = new Set(statement.tables.map(({ name }) => name));
  let next = state;
  const restarted: string[] = [];
  for (const named of statement.tables) {
    const table = tableOf(next, named);
    for (const other of next.tables.values()) {
      const refers = other.constraints.find((one) => one.kind === 'foreign' && one.target === table.name);
      if (refers === undefined || names.has(other.name)) continue;
      if (!statement.cascade)
        throw new SqlError('0A000', 'cannot truncate a table referenced in a foreign key constraint', {
          detail: `Table "${other.name}" references "${table.name}".`,
          hint: `Truncate table "${other.name}" at the same time, or use TRUNCATE ... CASCADE.`,
        });
      next = withTable(next, { ...other, rows: [] });
    }
    next = withTable(next, { ...table, rows: [] });
    if (statement.restart) {
      const sequences = new Map(next.sequences);
      for (const { sequence } of table.columns) {
        if (sequence === undefined) continue;
        sequences.set(sequence, { name: sequence, owner: table.owner, last: null });
        restarted.push(sequence);
      }
      next = { ...next, sequences };
    }
  }
  return { state: next, restarted };
}
