/** Expressions: each is checked, and becomes the code that finds its value. */
import { receive } from '../runtime/channels.ts';
import { type Code, constant as constantCode, later, lift1, pure, run } from '../runtime/frame.ts';
import { nilPanic } from '../runtime/panic.ts';
import { Cell, Closure, type Pointer } from '../runtime/values.ts';
import type { Expr } from '../syntax/ast.ts';
import {
  INVALID,
  pointerTo,
  type Type,
  UNTYPED_BOOL,
  UNTYPED_FLOAT,
  UNTYPED_INT,
  UNTYPED_RUNE,
  UNTYPED_STRING,
  under,
} from '../types/types.ts';
import { assertion } from './assertions.ts';
import { isOneValue } from './assign.ts';
import { call } from './calls.ts';
import { runtimeValue } from './constants.ts';
import { type Context, complain } from './context.ts';
import { functionBody } from './functions.ts';
import { indexed, sliced } from './indexing.ts';
import { composite } from './literals.ts';
import { describe, invalid, nil, type Operand, typeOperand, value } from './operand.ts';
import { binary, unary } from './operators.ts';
import { type Constant, FuncContext, type Meaning, type Variable } from './scope.ts';
import { selector } from './selectors.ts';
import { maybeType, signatureOf } from './type-expressions.ts';

const LITERALS = { int: UNTYPED_INT, float: UNTYPED_FLOAT, rune: UNTYPED_RUNE, string: UNTYPED_STRING } as const;

/** What an expression is; `wanted` is the type of a literal without one. */
export function expression(context: Context, expr: Expr, wanted?: Type): Operand {
  switch (expr.kind) {
    case 'name':
      return name(context, expr);
    case 'literal':
      return constantOperand(expr, LITERALS[expr.type], expr.value);
    case 'paren':
      return { ...expression(context, expr.x, wanted), expr };
    case 'selector':
      return selector(context, expr);
    case 'index':
      return typed(context, expr) ?? indexed(context, expr);
    case 'slice':
      return sliced(context, expr);
    case 'assert':
      return assertion(context, expr);
    case 'call':
      return call(context, expr);
    case 'star':
      return star(context, expr);
    case 'unary':
      return expr.op === '&' ? address(context, expr) : expr.op === '<-' ? received(context, expr) : unary(context, expr);
    case 'binary':
      return binary(context, expr);
    case 'composite':
      return composite(context, expr, wanted);
    case 'function':
      return functionLiteral(context, expr);
    default:
      return typed(context, expr) ?? invalid(expr);
  }
}

/** A value of one type; complains about anything else. */
export function single(context: Context, expr: Expr, wanted?: Type): Operand {
  const operand = expression(context, expr, wanted);
  return operand.mode === 'nil' || isOneValue(context, operand) ? operand : invalid(expr);
}

function typed(context: Context, expr: Expr): Operand | null {
  const type = maybeType(context, expr);
  return type && typeOperand(expr, type);
}

export const constantOperand = (expr: Expr, type: Type, constant: Constant): Operand => ({
  mode: 'constant',
  type,
  expr,
  constant,
  code: constantCode(runtimeValue(constant, type)),
});

function name(context: Context, expr: Extract<Expr, { kind: 'name' }>): Operand {
  if (expr.name === '_') {
    complain(context, expr.at, 'cannot use _ as value');
    return invalid(expr);
  }
  const received = context.package.received.get(expr.name);
  if (received) return received;
  const meaning = context.scope.find(expr.name);
  if (meaning === undefined) {
    complain(context, expr.at, `undefined: ${expr.name}`);
    return invalid(expr);
  }
  return meant(context, expr, meaning);
}

/** The operand that a meaning is. */
export function meant(context: Context, expr: Expr, meaning: Meaning): Operand {
  switch (meaning.kind) {
    case 'var':
      return variable(context, expr, meaning);
    case 'const':
      if (expr.kind === 'name' && expr.name === 'iota' && context.iota !== null) return constantOperand(expr, UNTYPED_INT, context.iota);
      return constantOperand(expr, meaning.type, meaning.value);
    case 'func':
      context.package.depends(meaning.code);
      return { ...value(expr, meaning.type, constantCode(meaning.value)), target: { code: meaning.code, receiver: null } };
    case 'nil':
      return nil(expr);
    case 'type':
      return typeOperand(expr, meaning.type);
    case 'package':
      return { mode: 'package', type: INVALID, expr, code: constantCode(null), meaning };
    case 'builtin':
      return { mode: 'builtin', type: INVALID, expr, code: constantCode(null), meaning };
    case 'generic-func':
      return { mode: 'generic', type: INVALID, expr, code: constantCode(null), meaning };
    default: {
      const type = maybeType(context, expr);
      return type === null ? invalid(expr) : typeOperand(expr, type);
    }
  }
}

/** Where a variable is, as code that finds its cell. */
export function cellOf(
  context: Context,
  of: Variable,
): (frame: { readonly locals: readonly Cell[]; readonly captured: readonly Cell[] }) => Cell {
  const { cell, slot, home } = of;
  if (cell !== null) {
    context.package.depends(of);
    return () => cell;
  }
  if (home === context.fn) return (frame) => frame.locals[slot] as Cell;
  let index = -1;
  for (let fn = context.fn; fn !== null && fn !== home; fn = fn.parent) {
    const own = fn.capture(of);
    if (index < 0) index = own;
  }
  return (frame) => frame.captured[index] as Cell;
}

function variable(context: Context, expr: Expr, of: Variable): Operand {
  of.used = true;
  if (of.type === INVALID) return invalid(expr);
  const find = cellOf(context, of);
  return { mode: 'variable', type: of.type, expr, code: pure((frame) => find(frame).v), pointer: pure(find) };
}

export const dereference = (pointer: Code): Code => lift1(pointer, (at) => ((at as Pointer | null) ?? fault()).v);
const fault = (): never => {
  throw nilPanic();
};
export const notNil = (pointer: Code): Code => lift1(pointer, (at) => at ?? fault());

function star(context: Context, expr: Extract<Expr, { kind: 'star' }>): Operand {
  const operand = expression(context, expr.x);
  if (operand.mode === 'type') return typeOperand(expr, pointerTo(operand.type));
  if (operand.mode === 'invalid') return invalid(expr);
  const below = under(operand.type);
  if (operand.mode === 'nil' || below.kind !== 'pointer') {
    complain(
      context,
      expr.at,
      operand.mode === 'nil'
        ? 'invalid operation: cannot indirect nil'
        : `invalid operation: cannot indirect ${describe(context, operand)}`,
    );
    return invalid(expr);
  }
  return { mode: 'variable', type: below.element, expr, code: dereference(operand.code), pointer: notNil(operand.code) };
}

function address(context: Context, expr: Extract<Expr, { kind: 'unary' }>): Operand {
  const inside = expr.x.kind === 'paren' ? expr.x.x : expr.x;
  const operand = expression(context, expr.x);
  if (operand.mode === 'invalid') return invalid(expr);
  if (operand.mode === 'variable' && operand.pointer) return value(expr, pointerTo(operand.type), operand.pointer);
  if (inside.kind === 'composite') return value(expr, pointerTo(operand.type), newCell(operand.code));
  complain(context, expr.at, `invalid operation: cannot take address of ${describe(context, operand)}`);
  return invalid(expr);
}

/** A variable without a name, for a value. */
export const newCell = (code: Code): Code => lift1(code, (of) => makeCell(of));
const makeCell = (v: Pointer['v']): Pointer => new Cell(v);

function received(context: Context, expr: Extract<Expr, { kind: 'unary' }>): Operand {
  const operand = single(context, expr.x);
  const below = under(operand.type);
  if (operand.mode === 'invalid') return invalid(expr);
  if (below.kind !== 'chan' || below.direction === 'send') {
    const what = below.kind === 'chan' ? 'receive from send-only channel' : 'receive from non-channel';
    complain(context, expr.x.at, `invalid operation: cannot ${what} ${describe(context, operand)}`);
    return invalid(expr);
  }
  const both = later(function* (frame) {
    const channel = yield* run(operand.code, frame);
    const { value: got, ok } = yield* receive(frame.goroutine, channel);
    return [got, ok];
  });
  const code = later(function* (frame) {
    const channel = yield* run(operand.code, frame);
    return (yield* receive(frame.goroutine, channel)).value;
  });
  return { ...value(expr, below.element, code), pair: both };
}

function functionLiteral(context: Context, expr: Extract<Expr, { kind: 'function' }>): Operand {
  const type = signatureOf(context, expr.type);
  const fn = new FuncContext(context.fn, type);
  const outer = context.package.nameOfLiteral(context.fn);
  const code = functionBody(
    { ...context, fn, inside: { loop: false, breakable: false, labels: [] } },
    { name: outer, params: expr.type.params, results: expr.type.results, body: expr.body, at: expr.at },
  );
  const captured = fn.captures.map((one) => cellOf(context, one));
  return value(
    expr,
    type,
    pure(
      (frame) =>
        new Closure(
          code,
          captured.map((find) => find(frame)),
        ),
    ),
  );
}

/** A comparison's result, or another truth that has no type yet. */
export const untypedBool = (expr: Expr, code: Code): Operand => value(expr, UNTYPED_BOOL, code);

/** Complains unless the operand is a condition. */
export function condition(context: Context, expr: Expr, where: string): Code<boolean> {
  const operand = single(context, expr);
  const below = under(operand.type);
  if (operand.mode !== 'invalid' && !(below.kind === 'basic' && below.sort === 'bool'))
    complain(context, expr.at, `non-boolean condition in ${where} statement`);
  return operand.code as Code<boolean>;
}
