/** Expressions made into functions of a row, with the type of what they give. */
import { parseDecimal, rescale } from '../../sql/decimal.ts';
import { AGGREGATES, type Aggregate } from './aggregates.ts';
import type { Expr, Query, SqlType, TableName } from './ast.ts';
import { cases, choices } from './choices.ts';
import { column } from './columns.ts';
import { groupFunction, manyRows, noFunction, notSupported, operandColumns, parameterCount, plain } from './errors.ts';
import { FUNCTIONS, type FunctionContext, isAbsent } from './functions/index.ts';
import { binary, shifted, unary } from './operators.ts';
import { cast } from './store.ts';
import { BIGINT, DOUBLE, decimalType, isNumber, NULL_TYPE, scaleOf, TEXT, UNSIGNED } from './types.ts';
import { compareValues, isTrue, keyOf, type NotNull, type Row, toDecimal, toDouble, toText, truth, type Value } from './values.ts';

/** The row at hand, what stands around it, and the values of a group. */
export interface Env {
  readonly row: Row;
  readonly outer: Env | null;
  readonly aggregates?: Row;
}

export interface Compiled {
  readonly type: SqlType;
  readonly nullable: boolean;
  /** The value, where it is the same for all rows. */
  readonly constant?: Value;
  run(env: Env): Value;
}

export interface ScopeColumn {
  readonly schema?: string;
  readonly table: string;
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
  /** Joined by USING: hidden when it is asked for without its table. */
  readonly isHidden?: boolean;
}

/** An aggregate that the select list, HAVING or ORDER BY has; its value is found in `Env.aggregates`. */
export interface AggregateUse {
  readonly aggregate: Aggregate;
  readonly args: readonly Compiled[];
  readonly isDistinct: boolean;
  readonly separator: string;
  readonly orderBy: readonly { readonly key: Compiled; readonly descending: boolean }[];
}

export interface Grouping {
  readonly keys: readonly Expr[];
  readonly uses: AggregateUse[];
  /** Tables whose primary key is among the keys: all their columns may be named. */
  readonly determined: ReadonlySet<string>;
}

export interface RelationColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
}
export interface Relation {
  readonly columns: readonly RelationColumn[];
  readonly primaryKey?: readonly string[];
  rows(env: Env | null): readonly Row[];
}

/** What a statement runs in. */
export interface Context extends FunctionContext {
  /** A table, view or catalogue that may be read; a refusal is thrown. */
  relation(table: TableName, schema: string | null): Relation;
  plan(query: Query, scope: Scope): Relation;
}

/** As errors call it. */
export type Clause = 'field list' | 'where clause' | 'order clause' | 'group statement' | 'having clause' | 'on clause';

export interface Scope {
  readonly context: Context;
  /** The database of names without one. */
  readonly schema: string | null;
  readonly columns: readonly ScopeColumn[];
  readonly outer: Scope | null;
  readonly ctes: ReadonlyMap<string, Relation>;
  readonly clause: Clause;
  /** What the select list calls its values: for GROUP BY, HAVING and ORDER BY. */
  readonly aliases?: ReadonlyMap<string, Expr>;
  readonly grouping?: Grouping;
  /** Inside an aggregate's argument, where columns are free again. */
  readonly isInAggregate?: boolean;
  /** Which value of the select list this is, counted from 1. */
  readonly item?: number;
  /** The row that INSERT would have made: for VALUES(column). */
  readonly proposed?: string;
}

export const constant = (type: SqlType, value: Value): Compiled => ({ type, nullable: value === null, constant: value, run: () => value });
export const bareScope = (context: Context, schema: string | null): Scope => ({
  context,
  schema,
  columns: [],
  outer: null,
  ctes: new Map(),
  clause: 'field list',
});

/** `a = b` as trees; names know no case. */
export function sameExpr(a: unknown, b: unknown): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a.toLowerCase() === b.toLowerCase();
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.every((key) => sameExpr((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

/** Brings values to a type, where values of different kinds meet. */
export function coerce(compiled: Compiled, to: SqlType): Compiled {
  const { type, nullable } = compiled;
  if (type === to) return compiled;
  const convert = converter(to);
  return {
    type: to,
    nullable,
    run: (env) => {
      const value = compiled.run(env);
      return value === null ? null : convert(value);
    },
  };
}

function converter(to: SqlType): (value: NotNull) => Value {
  if (!isNumber(to))
    return to.base === 'date' || to.base === 'datetime' || to.base === 'time' || to.base === 'timestamp' ? (value) => value : toText;
  if (to.base === 'double' || to.base === 'float') return toDouble;
  const scale = scaleOf(to);
  return scale === undefined || scale === 0 ? (value) => value : (value) => rescale(toDecimal(value), scale);
}

export function compile(expr: Expr, scope: Scope): Compiled {
  const { grouping } = scope;
  if (grouping !== undefined && !scope.isInAggregate && expr.kind !== 'literal') {
    if (grouping.keys.some((key) => sameExpr(key, expr))) return compile(expr, { ...scope, isInAggregate: true });
  }
  switch (expr.kind) {
    case 'literal':
      return literal(expr);
    case 'column':
      return column(expr, scope);
    case 'variable':
      return variable(expr, scope);
    case 'assign':
      return assignment(expr, scope);
    case 'unary':
      return unary(expr.op, compile(expr.of, scope), scope.context);
    case 'binary':
      return operation(expr, scope);
    case 'call':
      return Object.hasOwn(AGGREGATES, expr.name) ? aggregate(expr, scope) : call(expr, scope);
    case 'cast': {
      const inner = compile(expr.of, scope);
      const { type } = expr;
      return { type, nullable: true, run: (env) => cast(inner.run(env), type) };
    }
    case 'case':
      return cases(expr, scope);
    case 'in':
      return membership(expr, scope);
    case 'is':
      return test(expr, scope);
    case 'exists': {
      const plan = scope.context.plan(expr.query, scope);
      return { type: BIGINT, nullable: false, run: (env) => truth(plan.rows(env).length > 0) };
    }
    case 'subquery':
      return subquery(expr.query, scope);
    case 'row':
      throw operandColumns();
    case 'interval':
      throw notSupported('INTERVAL by itself');
    case 'default':
      throw notSupported('DEFAULT in this place');
  }
}

function literal({ type, text }: Extract<Expr, { kind: 'literal' }>): Compiled {
  switch (type) {
    case 'null':
      return constant(NULL_TYPE, null);
    case 'boolean':
      return constant(BIGINT, truth(text === 'true'));
    case 'string':
      return constant({ base: 'varchar', args: [text.length] }, text);
    case 'hex': {
      const bytes = text.match(/../g) ?? [];
      return constant(
        { base: 'varbinary', args: [bytes.length] },
        bytes.map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join(''),
      );
    }
    case 'number': {
      if (/e/i.test(text)) return constant(DOUBLE, Number(text));
      if (!text.includes('.')) {
        const whole = BigInt(text);
        return constant(whole > 9_223_372_036_854_775_807n ? UNSIGNED : BIGINT, whole);
      }
      const value = parseDecimal(text);
      return constant(decimalType(text.replace(/^0+(?=\d)|\./g, '').length, value.scale), value);
    }
  }
}

function variable({ scope: kind, name }: Extract<Expr, { kind: 'variable' }>, { context }: Scope): Compiled {
  if (kind !== 'user') {
    const value = context.variable(name, kind);
    return constant(typeof value === 'bigint' ? BIGINT : TEXT, value);
  }
  const now = context.userVariables.get(name) ?? null;
  const type = typeof now === 'bigint' ? BIGINT : typeof now === 'number' ? DOUBLE : TEXT;
  return { type, nullable: true, run: () => context.userVariables.get(name) ?? null };
}

function assignment({ name, value }: Extract<Expr, { kind: 'assign' }>, scope: Scope): Compiled {
  const compiled = compile(value, scope);
  return {
    type: compiled.type,
    nullable: true,
    run: (env) => {
      const made = compiled.run(env);
      scope.context.userVariables.set(name, made);
      return made;
    },
  };
}

export const isEqual = (left: Expr, right: Expr): Expr => ({ kind: 'binary', op: '=', left, right });

function operation(expr: Extract<Expr, { kind: 'binary' }>, scope: Scope): Compiled {
  const { op, left, right } = expr;
  if (left.kind === 'row' || right.kind === 'row') return rows(op, left, right, scope);
  if ((op === '+' || op === '-') && right.kind === 'interval')
    return shifted(compile(left, scope), compile(right.count, scope), { unit: right.unit, sign: op === '+' ? 1 : -1 });
  if (op === '+' && left.kind === 'interval') return operation({ ...expr, left: right, right: left }, scope);
  return binary(op, [compile(left, scope), compile(right, scope)], scope.context);
}

/** `(a, b) = (1, 2)` */
function rows(op: string, left: Expr, right: Expr, scope: Scope): Compiled {
  if (left.kind !== 'row' || right.kind !== 'row' || left.items.length !== right.items.length)
    throw plain(1241, '21000', `Operand should contain ${left.kind === 'row' ? left.items.length : 1} column(s)`);
  if (op !== '=' && op !== '<>') throw notSupported(`rows compared by ${op}`);
  const both = left.items
    .map((one, i) => isEqual(one, right.items[i] ?? one))
    .reduce((a, b): Expr => ({ kind: 'binary', op: 'and', left: a, right: b }));
  return compile(op === '=' ? both : { kind: 'unary', op: 'not', of: both }, scope);
}

function aggregate(expr: Extract<Expr, { kind: 'call' }>, scope: Scope): Compiled {
  const found = AGGREGATES[expr.name];
  const { grouping } = scope;
  if (found === undefined || grouping === undefined || scope.isInAggregate) throw groupFunction();
  const inside: Scope = { ...scope, isInAggregate: true };
  if (expr.args.length === 0 && !expr.isStar) throw parameterCount(expr.name);
  const args = expr.args.map((arg) => compile(arg, inside));
  const index = grouping.uses.length;
  grouping.uses.push({
    aggregate: found,
    args,
    isDistinct: expr.isDistinct === true,
    separator: expr.separator ?? ',',
    orderBy: (expr.orderBy ?? []).map(({ expr: key, descending }) => ({ key: compile(key, inside), descending })),
  });
  return { type: found.result(args[0]?.type ?? BIGINT), nullable: found.nullable, run: (env) => env.aggregates?.[index] ?? null };
}

/** The value of one aggregate over a group's rows. */
export function aggregateOver(use: AggregateUse, envs: readonly Env[]): Value {
  const sorted = use.orderBy.length === 0 ? envs : [...envs].sort((a, b) => compareKeys(use, a, b));
  const { args } = use;
  if (args.length === 0) return BigInt(envs.length);
  const tuples = sorted.map((env) => args.map((arg) => arg.run(env))).filter((tuple): tuple is NotNull[] => !tuple.includes(null));
  const distinct = use.isDistinct ? [...new Map(tuples.map((tuple) => [tuple.map(keyOf).join('\0'), tuple])).values()] : tuples;
  const values =
    args.length === 1
      ? distinct.flatMap(([first]) => (first === undefined ? [] : [first]))
      : distinct.map((tuple) => tuple.map(toText).join(''));
  return use.aggregate.run(values, { type: args[0]?.type ?? BIGINT, separator: use.separator });
}

function compareKeys({ orderBy }: AggregateUse, a: Env, b: Env): number {
  for (const { key, descending } of orderBy) {
    const order = compareNullable(key.run(a), key.run(b));
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
}

/** Nulls come first. */
export const compareNullable = (a: Value, b: Value): number =>
  a === null || b === null ? Number(b === null) - Number(a === null) : compareValues(a, b);

function call(expr: Extract<Expr, { kind: 'call' }>, scope: Scope): Compiled {
  const { context } = scope;
  if (expr.name === 'values' && scope.proposed !== undefined && expr.args[0]?.kind === 'column')
    return column({ kind: 'column', table: scope.proposed, name: expr.args[0].name }, scope);
  const last = expr.args[1];
  if (/^(date_add|date_sub|adddate|subdate)$/.test(expr.name) && last !== undefined) {
    const step = last.kind === 'interval' ? last : ({ kind: 'interval', count: last, unit: 'day' } as const);
    const sign = expr.name.includes('sub') ? -1 : 1;
    return shifted(compile(expr.args[0] ?? last, scope), compile(step.count, scope), { unit: step.unit, sign });
  }
  const args = expr.args.map((arg) => compile(arg, scope));
  if (['coalesce', 'ifnull', 'if', 'nullif'].includes(expr.name)) return choices(expr.name, args);
  const found = Object.hasOwn(FUNCTIONS, expr.name) ? FUNCTIONS[expr.name] : undefined;
  if (found === undefined && isAbsent(expr.name)) throw notSupported(`the function ${expr.name.toUpperCase()}()`);
  if (found === undefined) throw noFunction(`${context.database === null ? '' : `${context.database}.`}${expr.name}`);
  if (args.length < found.counts[0] || args.length > found.counts[1]) throw parameterCount(expr.name);
  const types = args.map(({ type }) => type);
  const type = typeof found.result === 'function' ? found.result(types) : found.result;
  const nullable = found.nullable ?? args.some((arg) => arg.nullable);
  return {
    type,
    nullable,
    run: (env) => {
      const values = args.map((arg) => arg.run(env));
      return !found.takesNulls && values.includes(null) ? null : found.run(values, { types, context });
    },
  };
}

function membership(expr: Extract<Expr, { kind: 'in' }>, scope: Scope): Compiled {
  if ('body' in expr.list) return inQuery(expr, expr.list, scope);
  const tests = expr.list.map((one) => compile(isEqual(expr.of, one), scope));
  return {
    type: BIGINT,
    nullable: tests.some(({ nullable }) => nullable),
    run: (env) => {
      const answers = tests.map((one) => one.run(env));
      if (answers.some(isTrue)) return truth(!expr.not);
      return answers.includes(null) ? null : truth(expr.not);
    },
  };
}

function inQuery(expr: Extract<Expr, { kind: 'in' }>, query: Query, scope: Scope): Compiled {
  const plan = scope.context.plan(query, scope);
  const left = (expr.of.kind === 'row' ? expr.of.items : [expr.of]).map((one) => compile(one, scope));
  if (plan.columns.length !== left.length) throw plain(1241, '21000', `Operand should contain ${left.length} column(s)`);
  const matches = (values: Row, row: Row): boolean | null => {
    const answers = values.map((value, i) => {
      const other = row[i] ?? null;
      return value === null || other === null ? null : compareValues(value, other) === 0;
    });
    return answers.includes(false) ? false : answers.includes(null) ? null : true;
  };
  return {
    type: BIGINT,
    nullable: true,
    run: (env) => {
      const values = left.map((one) => one.run(env));
      const answers = plan.rows(env).map((row) => matches(values, row));
      if (answers.includes(true)) return truth(!expr.not);
      return answers.includes(null) ? null : truth(expr.not);
    },
  };
}

function test(expr: Extract<Expr, { kind: 'is' }>, scope: Scope): Compiled {
  const of = compile(expr.of, scope);
  const { what, not } = expr;
  const holds = (value: Value): boolean => (what === 'null' ? value === null : value !== null && isTrue(value) === (what === 'true'));
  return { type: BIGINT, nullable: false, run: (env) => truth(holds(of.run(env)) !== not) };
}

function subquery(query: Query, scope: Scope): Compiled {
  const plan = scope.context.plan(query, scope);
  const [first] = plan.columns;
  if (first === undefined || plan.columns.length > 1) throw operandColumns();
  return {
    type: first.type,
    nullable: true,
    run: (env) => {
      const found = plan.rows(env);
      if (found.length > 1) throw manyRows();
      return found[0]?.[0] ?? null;
    },
  };
}

export function condition(expr: Expr, scope: Scope): (env: Env) => boolean {
  const compiled = compile(expr, scope);
  return (env) => isTrue(compiled.run(env));
}
