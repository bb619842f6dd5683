/** Assignments and declarations in functions. */
import { type Code, lift1, lift2, liftAll, pure } from '../runtime/frame.ts';
import { Cell, type Pointer, storeInto, type Value, zeroOf } from '../runtime/values.ts';
import type { Declaration, Expr, Named, Stmt } from '../syntax/ast.ts';
import { defaultType, INVALID, isValid, type Type, UNTYPED_NIL } from '../types/types.ts';
import { assign, isOneValue } from './assign.ts';
import { representable } from './constants.ts';
import { type Context, complain, declare } from './context.ts';
import { constantOperand, expression, meant, single } from './expressions.ts';
import { describe, exprText, invalid, type Operand } from './operand.ts';
import { combine } from './operators.ts';
import type { Constant, FuncContext, Variable } from './scope.ts';
import { done, type StmtCode } from './statements.ts';
import { declareType, typeOf } from './type-expressions.ts';

type Assign = Extract<Stmt, { kind: 'assign' }>;

/** Where a value goes: how it is stored, and the type that it has there. */
interface Target {
  readonly type: Type | null;
  /** Code that is run before any value is stored, so that all places are known; then the store takes it. */
  readonly place: Code;
  readonly store: (place: Code, value: Code) => Code;
}

const NOWHERE: Code = pure(() => null);

export function assignment(context: Context, stmt: Assign): StmtCode {
  if (stmt.op === ':=') return define(context, stmt);
  if (stmt.op !== '=') return compound(context, stmt);
  const values = valuesOf(context, { count: stmt.left.length, right: stmt.right, left: stmt.left, at: stmt.left[0]?.at ?? stmt.at });
  const targets = stmt.left.map((expr) => targetOf(context, expr));
  if (values === null) return done(NOWHERE);
  const codes = values.map((operand, index) => assign(context, operand, targets[index]?.type ?? openType(context, operand), 'assignment'));
  const [target, code] = [targets[0], codes[0]];
  if (targets.length === 1 && target && code) return done(target.store(target.place, code));
  return several(context, targets, codes);
}

/** The type of what is thrown away; complains about a nil. */
function openType(context: Context, operand: Operand): Type {
  if (operand.mode === 'nil') complain(context, operand.expr.at, 'use of untyped nil in assignment');
  return defaultType(operand.type);
}

/** All places and values first, then the stores. */
function several(context: Context, targets: readonly Target[], codes: readonly Code[]): StmtCode {
  const { fn } = context;
  if (fn === null) return done(NOWHERE);
  const first = fn.slots;
  fn.slots += targets.length + codes.length;
  const at = (slot: number): Code => pure((frame) => frame.locals[slot]?.v);
  const before = liftAll([...targets.map(({ place }) => place), ...codes], (values, frame) => {
    values.forEach((one, index) => {
      frame.locals[first + index] = new Cell(one);
    });
    return null;
  });
  const stores = targets.map(({ store }, index) => store(at(first + index), at(first + targets.length + index)));
  return done(liftAll([before, ...stores], () => null));
}

function targetOf(context: Context, expr: Expr): Target {
  if (expr.kind === 'name' && expr.name === '_') return { type: null, place: NOWHERE, store: (_, value) => value };
  const operand = targetOperand(context, expr);
  if (operand.mode === 'element' && operand.store) {
    const { store } = operand;
    return { type: operand.type, place: NOWHERE, store: (_, value) => store(value) };
  }
  if (operand.mode === 'variable' && operand.pointer) {
    const put = storeInto(operand.type);
    return {
      type: operand.type,
      place: operand.pointer,
      store: (place, value) =>
        lift2(place, value, (pointer, of) => {
          put(pointer as Pointer, of);
          return null;
        }),
    };
  }
  if (operand.mode !== 'invalid') {
    const isField = expr.kind === 'selector' && expression(context, expr.x).mode === 'element';
    complain(
      context,
      expr.at,
      `cannot assign to ${isField ? `struct field ${exprText(expr)} in map` : `${exprText(expr)} (neither addressable nor a map index expression)`}`,
    );
  }
  return { type: INVALID, place: NOWHERE, store: (_, value) => value };
}

/** A variable that is only assigned to is not used. */
function targetOperand(context: Context, expr: Expr): Operand {
  const meaning = expr.kind === 'name' ? context.scope.find(expr.name) : undefined;
  if (meaning?.kind !== 'var') return expression(context, expr);
  const { used } = meaning;
  const operand = meant(context, expr, meaning);
  meaning.used = used;
  return operand;
}

interface Values {
  readonly count: number;
  readonly left: readonly Expr[];
  readonly right: readonly Expr[];
  readonly at: number;
  /** Types that are wanted, where they are known. */
  readonly types?: readonly (Type | undefined)[];
}

/** As many operands as there are places; null after a complaint. */
export function valuesOf(context: Context, { count, right, left, at, types = [] }: Values): readonly Operand[] | null {
  if (right.length === count && count > 1) return right.map((expr, index) => single(context, expr, types[index]));
  const [only] = right;
  if (right.length !== 1 || only === undefined) {
    for (const expr of right) expression(context, expr);
    complain(context, right[0]?.at ?? at, `assignment mismatch: ${counted(count, 'variable')} but ${counted(right.length, 'value')}`);
    return null;
  }
  const operand = expression(context, only, types[0]);
  if (operand.mode === 'invalid') return left.map((expr) => invalid(expr));
  if (count === 1) {
    if (operand.type.kind !== 'tuple') return operand.mode === 'nil' || isOneValue(context, operand) ? [operand] : [invalid(only)];
  } else if (operand.pair && count === 2) return pairOf(context, operand, operand.pair);
  else if (operand.type.kind === 'tuple' && operand.type.types.length === count) return partsOf(context, operand);
  const name = only.kind === 'call' ? `${exprText(only.fn)}(${only.args.length > 0 ? '…' : ''})`.replace('(…)', '') : '';
  const results = operand.type.kind === 'tuple' ? operand.type.types.length : operand.mode === 'none' ? 0 : 1;
  if (operand.mode === 'none' && count === 1) isOneValue(context, operand);
  else
    complain(
      context,
      only.at,
      `assignment mismatch: ${counted(count, 'variable')} but ${only.kind === 'call' ? `${name.replace('()', '')} returns ${counted(results, 'value')}` : counted(1, 'value')}`,
    );
  return null;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** The parts of a value with several, which is found once and kept in a place of its own. */
function partsOf(context: Context, operand: Operand): readonly Operand[] {
  return operand.type.kind === 'tuple' ? kept(context, operand, operand.code, operand.type.types) : [];
}

const pairOf = (context: Context, operand: Operand, pair: Code): readonly Operand[] => {
  const parts = kept(context, operand, pair, [operand.type, UNTYPED_NIL]);
  const [first, second] = parts;
  return first && second ? [first, { ...second, type: context.package.boolType }] : parts;
};

function kept(context: Context, { expr }: Operand, code: Code, types: readonly Type[]): readonly Operand[] {
  const fn = context.fn ?? context.package.initializer;
  const slot = fn.slots;
  fn.slots += 1;
  return types.map((type, index): Operand => {
    const part: Code =
      index === 0
        ? lift1(code, (values, frame) => {
            frame.locals[slot] = new Cell(values);
            return (values as Value[])[0];
          })
        : pure((frame) => ((frame.locals[slot] as Cell).v as Value[])[index]);
    return { mode: 'value', type, expr, code: part };
  });
}

function compound(context: Context, stmt: Assign): StmtCode {
  const [left, right] = [stmt.left[0], stmt.right[0]];
  if (left === undefined || right === undefined || stmt.left.length > 1 || stmt.right.length > 1) {
    complain(context, stmt.at, `assignment operation ${stmt.op} requires single-valued expressions`);
    return done(NOWHERE);
  }
  return update(context, { left, op: stmt.op.slice(0, -1), at: stmt.at, right: single(context, right) });
}

export function step(context: Context, stmt: Extract<Stmt, { kind: 'step' }>): StmtCode {
  const one: Expr = { kind: 'literal', at: stmt.x.at, type: 'int', value: 1n, text: '1' };
  const operand = single(context, stmt.x);
  if (operand.mode === 'invalid') return done(NOWHERE);
  return update(context, {
    left: stmt.x,
    op: stmt.op.slice(1),
    at: stmt.at,
    right: constantOperand(one, expression(context, one).type, 1n),
  });
}

interface Update {
  readonly left: Expr;
  readonly op: string;
  readonly at: number;
  readonly right: Operand;
}

function update(context: Context, { left, op, at, right }: Update): StmtCode {
  const operand = single(context, left);
  if (operand.mode === 'invalid' || right.mode === 'invalid') return done(NOWHERE);
  const target = targetOf(context, left);
  const expr: Extract<Expr, { kind: 'binary' }> = { kind: 'binary', at, op, x: left, y: right.expr };
  const { fn } = context;
  const isDirect = operand.pointer === undefined || operand.pointer.now !== undefined || fn === null;
  if (isDirect) {
    const result = combine(context, expr, operand, right);
    return result.mode === 'invalid'
      ? done(NOWHERE)
      : done(target.store(target.place, assign(context, result, operand.type, 'assignment')));
  }
  const slot = fn.slots;
  fn.slots += 1;
  const place = pure((frame) => frame.locals[slot]?.v);
  const current: Operand = { ...operand, code: pure((frame) => ((frame.locals[slot] as Cell).v as Pointer).v) };
  const result = combine(context, expr, current, right);
  const find = lift1(target.place, (pointer, frame) => {
    frame.locals[slot] = new Cell(pointer);
    return null;
  });
  return done(liftAll([find, target.store(place, assign(context, result, operand.type, 'assignment'))], () => null));
}

/** Gives a new variable its value. */
export const begin = (variable: Variable, value: Code): Code =>
  lift1(value, (of, frame) => {
    frame.locals[variable.slot] = new Cell(of);
    return null;
  });

function define(context: Context, stmt: Assign): StmtCode {
  const { fn } = context;
  if (fn === null) return done(NOWHERE);
  const isNew = stmt.left.map((expr) => expr.kind === 'name' && expr.name !== '_' && !context.scope.names.has(expr.name));
  const values = valuesOf(context, { count: stmt.left.length, right: stmt.right, left: stmt.left, at: stmt.left[0]?.at ?? stmt.at });
  const odd = stmt.left.find((expr) => expr.kind !== 'name');
  if (odd) complain(context, odd.at, `non-name ${exprText(odd)} on left side of :=`);
  else if (!isNew.includes(true)) complain(context, stmt.at, 'no new variables on left side of :=');
  const operands = values ?? stmt.left.map((expr) => invalid(expr));
  const codes: Code[] = [];
  const targets = stmt.left.map((expr, index): Target => {
    const operand = operands[index] ?? invalid(expr);
    if (!isNew[index] || expr.kind !== 'name') {
      const target = targetOf(context, expr);
      codes.push(assign(context, operand, target.type ?? openType(context, operand), 'assignment'));
      return target;
    }
    const type = newType(context, operand);
    codes.push(assign(context, operand, type, 'assignment'));
    const variable = fn.declare(expr.name, type, expr.at);
    if (!isValid(type)) variable.used = true;
    return { type, place: NOWHERE, store: (_, value) => begin(variable, value), variable } as Target & { readonly variable: Variable };
  });
  for (const target of targets) if ('variable' in target) declareVariable(context, target.variable as Variable);
  const [target, code] = [targets[0], codes[0]];
  return targets.length === 1 && target && code ? done(target.store(target.place, code)) : several(context, targets, codes);
}

const declareVariable = (context: Context, variable: Variable): void => declare(context, variable.name, variable.at, variable);

/** The type of a variable that takes it from its value. */
export function newType(context: Context, operand: Operand): Type {
  if (operand.mode === 'invalid') return INVALID;
  if (operand.mode === 'nil') {
    complain(context, operand.expr.at, 'use of untyped nil in assignment');
    return INVALID;
  }
  return defaultType(operand.type);
}

export function localDeclaration(context: Context, declarations: readonly Declaration[]): StmtCode {
  const codes = declarations.map((one): Code => {
    if (one.kind === 'var') return localVariables(context, one);
    if (one.kind === 'const') declareConstants(context, one);
    else if (one.kind === 'type') declareType(context, one);
    return NOWHERE;
  });
  return done(liftAll(codes, () => null));
}

function localVariables(context: Context, { names, type, values, at }: Extract<Declaration, { kind: 'var' }>): Code {
  const fn = context.fn as FuncContext;
  const given = type ? typeOf(context, type) : null;
  const make = (name: Named, of: Type): Variable => {
    const variable = fn.declare(name.name, of, name.at);
    if (!isValid(of)) variable.used = true;
    return variable;
  };
  if (values.length === 0) {
    const variables = names.map((name) => make(name, given ?? INVALID));
    for (const variable of variables) declareVariable(context, variable);
    return liftAll(
      variables.map((variable) => {
        const zero = zeroOf(variable.type);
        return begin(variable, pure(zero));
      }),
      () => null,
    );
  }
  const left = names.map((name): Expr => ({ kind: 'name', at: name.at, name: name.name }));
  const operands =
    valuesOf(context, { count: names.length, right: values, left, at, types: names.map(() => given ?? undefined) }) ??
    left.map((expr) => invalid(expr));
  const variables = names.map((name, index) => make(name, given ?? newType(context, operands[index] ?? invalid(left[index] as Expr))));
  const codes = variables.map((variable, index) =>
    assign(context, operands[index] ?? invalid(left[index] as Expr), variable.type, 'variable declaration'),
  );
  for (const variable of variables) declareVariable(context, variable);
  return liftAll(
    variables.map((variable, index) => begin(variable, codes[index] ?? NOWHERE)),
    () => null,
  );
}

export function declareConstants(context: Context, declaration: Extract<Declaration, { kind: 'const' }>): void {
  for (const [index, { name, at }] of declaration.names.entries()) {
    const { type, value } = constantOf(context, declaration, index);
    declare(context, name, at, { kind: 'const', name, type, value });
  }
}

/** The value of a constant of a group: its own expression, or the one before it, with its own `iota`. */
export function constantOf(
  context: Context,
  { type, values, iota, at }: Extract<Declaration, { kind: 'const' }>,
  index: number,
): { readonly type: Type; readonly value: Constant } {
  const expr = values[index];
  const bad = { type: INVALID, value: 0n };
  if (expr === undefined) {
    complain(context, at, 'missing init expr for const declaration');
    return bad;
  }
  const operand = single({ ...context, iota: BigInt(iota) }, expr);
  if (operand.mode === 'invalid') return bad;
  if (operand.constant === undefined) {
    complain(context, expr.at, `${describe(context, operand)} is not constant`);
    return bad;
  }
  if (type === null) return { type: operand.type, value: operand.constant };
  const given = typeOf(context, type);
  const fitted = representable(operand.constant, given);
  if ('value' in fitted) return { type: given, value: fitted.value };
  assign(context, operand, given, 'constant declaration');
  return bad;
}
