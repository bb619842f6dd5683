/** Expressions made into functions of a row, with the type of what they give. */
import { AGGREGATES, type Aggregate } from './aggregates.ts';
import type { Expr, Query } from './ast.ts';
import { column } from './columns.ts';
import { SqlError } from './errors.ts';
import { FUNCTIONS, type FunctionContext } from './functions.ts';
import { binary, operatorError, unary } from './operators.ts';
import {
  BIGINT,
  BOOLEAN,
  canConvert,
  categoryOf,
  commonType,
  compareValues,
  convert,
  INTEGER,
  keyOf,
  NUMERIC,
  type Row,
  resolveType,
  type SqlType,
  TEXT,
  typeText,
  UNKNOWN,
  type Value,
} from './types.ts';

/** The row at hand, what stands around it, and the values of a group. */
export interface Env {
  readonly row: Row;
  readonly outer: Env | null;
  readonly aggregates?: Row;
}

export interface Compiled {
  readonly type: SqlType;
  run(env: Env): Value;
}

export interface ScopeColumn {
  readonly table: string;
  readonly name: string;
  readonly type: SqlType;
  /** Joined by USING: hidden when it is asked for without its table. */
  readonly isHidden?: boolean;
}

/** An aggregate that the select list or HAVING has; its value is found in `Env.aggregates`. */
export interface AggregateUse {
  readonly aggregate: Aggregate;
  readonly argument: Compiled | null;
  readonly more: readonly Compiled[];
  readonly isDistinct: boolean;
  readonly filter: Compiled | null;
  readonly orderBy: readonly { readonly key: Compiled; readonly descending: boolean }[];
}

/** What a select with groups knows: by what, and which aggregates are asked for. */
export interface Grouping {
  readonly keys: readonly Expr[];
  readonly uses: AggregateUse[];
  /** Tables whose primary key is among the keys: all their columns may be named. */
  readonly determined: ReadonlySet<string>;
}

export interface Relation {
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[];
  rows(env: Env | null): readonly Row[];
}

/** What a statement runs in. */
export interface Context extends FunctionContext {
  /** A table, view or catalogue; null if there is none of that name. */
  relation(name: string, schema: string | undefined): Relation | null;
  plan(query: Query, scope: Scope): Relation;
}

export interface Scope {
  readonly context: Context;
  readonly columns: readonly ScopeColumn[];
  readonly outer: Scope | null;
  readonly ctes: ReadonlyMap<string, Relation>;
  readonly grouping?: Grouping;
  /** Inside an aggregate's argument, where columns are free again. */
  readonly isInAggregate?: boolean;
}

export const constant = (type: SqlType, value: Value): Compiled => ({ type, run: () => value });

/** `a = b` as trees, positions aside. */
export function sameExpr(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => key !== 'at');
  return keys.every((key) => sameExpr((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

/** Brings a value to a type; a literal is read as that type. */
export function coerce(compiled: Compiled, to: SqlType, { nowUs }: Context): Compiled {
  if (compiled.type.name === to.name && to.arguments.length === 0) return compiled;
  const isExplicit = false;
  return { type: to, run: (env) => convert(compiled.run(env), compiled.type, to, { nowUs, isExplicit }) };
}

export function compile(expr: Expr, scope: Scope): Compiled {
  const { grouping } = scope;
  if (grouping !== undefined && !scope.isInAggregate && expr.kind !== 'literal') {
    const at = grouping.keys.findIndex((key) => sameExpr(key, expr));
    if (at >= 0) return compile(expr, { ...scope, isInAggregate: true });
  }
  switch (expr.kind) {
    case 'literal':
      return literal(expr, scope.context);
    case 'column':
      return column(expr, scope);
    case 'unary':
      return unary(expr.op, compile(expr.of, scope), { context: scope.context, at: expr.at });
    case 'binary':
      return binary(expr.op, [compile(expr.left, scope), compile(expr.right, scope)], { context: scope.context, at: expr.at });
    case 'call':
      return Object.hasOwn(AGGREGATES, expr.name) ? aggregate(expr, scope) : call(expr, scope);
    case 'cast':
      return cast(expr, scope);
    case 'case':
      return cases(expr, scope);
    case 'in':
      return membership(expr, scope);
    case 'is':
      return test(expr, scope);
    case 'exists': {
      const plan = scope.context.plan(expr.query, scope);
      return { type: BOOLEAN, run: (env) => plan.rows(env).length > 0 };
    }
    case 'subquery':
      return subquery(expr, scope);
    case 'default':
      throw new SqlError('42601', 'DEFAULT is not allowed in this context', { at: expr.at });
  }
}

function literal({ type, text }: Extract<Expr, { kind: 'literal' }>, _context: Context): Compiled {
  switch (type) {
    case 'null':
      return constant(UNKNOWN, null);
    case 'boolean':
      return constant(BOOLEAN, text === 'true');
    case 'string':
      return constant(UNKNOWN, text);
    case 'number': {
      if (!/^\d+$/.test(text)) return constant(NUMERIC, convert(text, TEXT, NUMERIC));
      const value = Number(text);
      if (value < 2_147_483_648) return constant(INTEGER, value);
      return Number.isSafeInteger(value) ? constant(BIGINT, value) : constant(NUMERIC, convert(text, TEXT, NUMERIC));
    }
  }
}

function aggregate(expr: Extract<Expr, { kind: 'call' }>, scope: Scope): Compiled {
  const found = AGGREGATES[expr.name];
  const { grouping } = scope;
  if (found === undefined) throw noFunction(expr.name, [], expr.at);
  if (scope.isInAggregate) throw new SqlError('42803', 'aggregate function calls cannot be nested', { at: expr.at });
  if (grouping === undefined) throw new SqlError('42803', 'aggregate functions are not allowed here', { at: expr.at });
  const inside: Scope = { ...scope, isInAggregate: true };
  const [argument, ...more] = expr.args.map((arg) => compile(arg, inside));
  if (argument === undefined && !expr.isStar) throw noFunction(expr.name, [], expr.at);
  const type = argument?.type ?? INTEGER;
  if ((expr.name === 'sum' || expr.name === 'avg') && !['number', 'interval'].includes(categoryOf(type)))
    throw noFunction(expr.name, [type], expr.at);
  const index = grouping.uses.length;
  grouping.uses.push({
    aggregate: found,
    argument: argument ?? null,
    more,
    isDistinct: expr.isDistinct,
    filter: expr.filter === undefined ? null : compile(expr.filter, inside),
    orderBy: expr.orderBy.map(({ expr: key, descending }) => ({ key: compile(key, inside), descending })),
  });
  return { type: found.result(type), run: (env) => env.aggregates?.[index] ?? null };
}

/** The value of one aggregate over a group's rows. */
export function aggregateOver(use: AggregateUse, rows: readonly Env[]): Value {
  const kept = rows.filter((env) => use.filter === null || use.filter.run(env) === true);
  const sorted = use.orderBy.length === 0 ? kept : [...kept].sort((a, b) => compareKeys(use, a, b));
  const { argument } = use;
  if (argument === null) return kept.length;
  const values = sorted.map((env) => argument.run(env)).filter((value): value is Exclude<Value, null> => value !== null);
  const distinct = use.isDistinct ? [...new Map(values.map((value) => [keyOf(value), value])).values()] : values;
  const [first] = kept;
  return use.aggregate.run(distinct, argument.type, first === undefined ? [] : use.more.map((one) => one.run(first)));
}

function compareKeys({ orderBy }: AggregateUse, a: Env, b: Env): number {
  for (const { key, descending } of orderBy) {
    const [x, y] = [key.run(a), key.run(b)];
    const order = x === null || y === null ? Number(x === null) - Number(y === null) : compareValues(x, y);
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
}

const noFunction = (name: string, types: readonly SqlType[], at: number): SqlError =>
  new SqlError('42883', `function ${name}(${types.map(typeText).join(', ')}) does not exist`, {
    at,
    hint: 'No function matches the given name and argument types. You might need to add explicit type casts.',
  });

function call(expr: Extract<Expr, { kind: 'call' }>, scope: Scope): Compiled {
  const { context } = scope;
  const args = expr.args.map((arg) => compile(arg, scope));
  if (expr.name === 'coalesce' || expr.name === 'ifnull') return coalesce(args, scope, expr.at);
  if (expr.name === 'nullif') {
    const equal = binary('=', [args[0] ?? constant(UNKNOWN, null), args[1] ?? constant(UNKNOWN, null)], { context, at: expr.at });
    return { type: args[0]?.type ?? UNKNOWN, run: (env) => (equal.run(env) === true ? null : (args[0]?.run(env) ?? null)) };
  }
  const found = Object.hasOwn(FUNCTIONS, expr.name) ? FUNCTIONS[expr.name] : undefined;
  const types = args.map(({ type }) => type);
  if (found === undefined || args.length < found.counts[0] || args.length > found.counts[1]) throw noFunction(expr.name, types, expr.at);
  const ready = args.map((arg, i) => {
    const want = found.params[Math.min(i, found.params.length - 1)] ?? 'any';
    if (want === 'any') return arg;
    if (arg.type.name === 'unknown') return coerce(arg, want, context);
    if (!canConvert(arg.type, want)) throw noFunction(expr.name, types, expr.at);
    return arg;
  });
  const readyTypes = ready.map(({ type }) => type);
  const type = typeof found.result === 'function' ? found.result(readyTypes) : found.result;
  return {
    type,
    run: (env) => {
      const values = ready.map((arg) => arg.run(env));
      return !found.takesNulls && values.includes(null) ? null : found.run(values, readyTypes, context);
    },
  };
}

/** Brings several to one type; an error names the word that wanted it. */
function unify(
  args: readonly Compiled[],
  scope: Scope,
  { word, at }: { word: string; at: number },
): { type: SqlType; args: readonly Compiled[] } {
  const type = args.reduce((common, arg) => {
    const next = commonType(common, arg.type);
    if (next === null) throw new SqlError('42804', `${word} types ${typeText(common)} and ${typeText(arg.type)} cannot be matched`, { at });
    return next;
  }, UNKNOWN);
  const to = type.name === 'unknown' ? TEXT : type;
  return { type: to, args: args.map((arg) => coerce(arg, to, scope.context)) };
}

function coalesce(args: readonly Compiled[], scope: Scope, at: number): Compiled {
  const { type, args: ready } = unify(args, scope, { word: 'COALESCE', at });
  return {
    type,
    run: (env) => {
      for (const arg of ready) {
        const value = arg.run(env);
        if (value !== null) return value;
      }
      return null;
    },
  };
}

function cast(expr: Extract<Expr, { kind: 'cast' }>, scope: Scope): Compiled {
  const inner = compile(expr.of, scope);
  const type = resolveType(expr.type);
  if (!canConvert(inner.type, type))
    throw new SqlError('42846', `cannot cast type ${typeText(inner.type)} to ${typeText(type)}`, { at: expr.at });
  const { nowUs } = scope.context;
  return { type, run: (env) => convert(inner.run(env), inner.type, type, { nowUs, isExplicit: true }) };
}

function cases(expr: Extract<Expr, { kind: 'case' }>, scope: Scope): Compiled {
  const { context } = scope;
  const subject = expr.subject && compile(expr.subject, scope);
  const conditions = expr.whens.map(([when]) =>
    subject === undefined ? compile(when, scope) : binary('=', [subject, compile(when, scope)], { context, at: expr.at }),
  );
  const results = expr.whens.map(([, then]) => compile(then, scope));
  const otherwise = expr.otherwise === undefined ? constant(UNKNOWN, null) : compile(expr.otherwise, scope);
  const { type, args } = unify([...results, otherwise], scope, { word: 'CASE', at: expr.at });
  return {
    type,
    run: (env) => {
      const hit = conditions.findIndex((condition) => condition.run(env) === true);
      return (hit < 0 ? args.at(-1) : args[hit])?.run(env) ?? null;
    },
  };
}

function membership(expr: Extract<Expr, { kind: 'in' }>, scope: Scope): Compiled {
  const { context } = scope;
  const of = compile(expr.of, scope);
  if ('body' in expr.list) return inQuery(expr, expr.list, { of, scope });
  const tests = expr.list.map((one) => binary('=', [of, compile(one, scope)], { context, at: expr.at }));
  return {
    type: BOOLEAN,
    run: (env) => {
      const answers = tests.map((one) => one.run(env));
      if (answers.includes(true)) return !expr.not;
      return answers.includes(null) ? null : expr.not;
    },
  };
}

function inQuery(expr: Extract<Expr, { kind: 'in' }>, query: Query, { of, scope }: { of: Compiled; scope: Scope }): Compiled {
  const plan = scope.context.plan(query, scope);
  const [first] = plan.columns;
  if (first === undefined || plan.columns.length > 1) throw new SqlError('42601', 'subquery has too many columns', { at: expr.at });
  const type = commonType(of.type, first.type);
  if (type === null) throw operatorError('=', [of.type, first.type], expr.at);
  const left = coerce(of, type, scope.context);
  return {
    type: BOOLEAN,
    run: (env) => {
      const value = left.run(env);
      const values = plan.rows(env).map(([one = null]) => convert(one, first.type, type));
      if (values.length === 0) return expr.not;
      if (value === null) return null;
      if (values.some((one) => one !== null && keyOf(one) === keyOf(value))) return !expr.not;
      return values.includes(null) ? null : expr.not;
    },
  };
}

function test(expr: Extract<Expr, { kind: 'is' }>, scope: Scope): Compiled {
  const of = compile(expr.of, scope);
  const wanted = expr.what === 'null' ? null : expr.what === 'true';
  if (wanted !== null && of.type.name !== 'boolean' && of.type.name !== 'unknown')
    throw new SqlError('42804', `argument of IS ${expr.what.toUpperCase()} must be type boolean, not type ${typeText(of.type)}`, {
      at: expr.at,
    });
  return { type: BOOLEAN, run: (env) => (of.run(env) === wanted) !== expr.not };
}

function subquery(expr: Extract<Expr, { kind: 'exists' | 'subquery' }>, scope: Scope): Compiled {
  const plan = scope.context.plan(expr.query, scope);
  const [first] = plan.columns;
  if (first === undefined || plan.columns.length > 1) throw new SqlError('42601', 'subquery must return only one column', { at: expr.at });
  return {
    type: first.type,
    run: (env) => {
      const rows = plan.rows(env);
      if (rows.length > 1) throw new SqlError('21000', 'more than one row returned by a subquery used as an expression');
      return rows[0]?.[0] ?? null;
    },
  };
}

/** A condition: of type boolean, or refused. */
export function condition(expr: Expr, scope: Scope, clause: string): (env: Env) => boolean {
  const compiled = compile(expr, scope);
  const ready = compiled.type.name === 'unknown' ? coerce(compiled, BOOLEAN, scope.context) : compiled;
  if (ready.type.name !== 'boolean')
    throw new SqlError('42804', `argument of ${clause} must be type boolean, not type ${typeText(ready.type)}`, { at: expr.at });
  return (env) => ready.run(env) === true;
}
