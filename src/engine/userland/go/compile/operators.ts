/** Operators: arithmetic, comparison and logic, with untyped operands taking the other's type. */

import { type Code, later, lift1, lift2, pure, run } from '../runtime/frame.ts';
import { arithmetic, kept, wrap } from '../runtime/numbers.ts';
import { equalOf, type Value } from '../runtime/values.ts';
import type { Expr } from '../syntax/ast.ts';
import { Fraction } from '../syntax/fraction.ts';
import {
  type BasicType,
  basicOf,
  defaultType,
  hasNil,
  INT,
  identical,
  isComparable,
  isNumeric,
  isSort,
  isUntyped,
  type Type,
  UNTYPED_BOOL,
  UNTYPED_INT,
  under,
} from '../types/types.ts';
import { tryAssign } from './assign.ts';
import { compare, fold, representable } from './constants.ts';
import { type Context, complain, textOf } from './context.ts';
import { constantOperand, single, untypedBool } from './expressions.ts';
import { constantText, describe, exprText, invalid, type Operand, value } from './operand.ts';
import type { Constant } from './scope.ts';

type Binary = Extract<Expr, { kind: 'binary' }>;

const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];

export function unary(context: Context, expr: Extract<Expr, { kind: 'unary' }>): Operand {
  const operand = single(context, expr.x);
  const { op } = expr;
  const { type, constant } = operand;
  if (operand.mode === 'invalid') return invalid(expr);
  const basic = basicOf(type);
  const fits = op === '!' ? isSort(type, 'bool') : op === '^' ? isSort(type, 'int') : isNumeric(type);
  if (!fits || basic === null) {
    complain(context, expr.x.at, `invalid operation: operator ${op} not defined on ${describe(context, operand)}`);
    return invalid(expr);
  }
  if (constant !== undefined) return checked(context, constantOperand(expr, type, negated(op, constant, basic)));
  if (op === '!')
    return value(
      expr,
      type,
      lift1(operand.code, (of) => !of),
    );
  if (op === '+') return { ...operand, expr };
  if (op === '-') {
    const minus = arithmetic('-', basic);
    return value(
      expr,
      type,
      lift1(operand.code, (of) => (basic.sort === 'float' ? -(of as number) : (minus?.(0, of) ?? null))),
    );
  }
  return value(
    expr,
    type,
    lift1(operand.code, (of) => wrap(basic, kept(~BigInt(of as number)))),
  );
}

function negated(op: string, constant: Constant, { bits, signed, untyped }: BasicType): Constant {
  if (typeof constant === 'boolean') return !constant;
  if (op === '+') return constant;
  if (op === '-') return typeof constant === 'bigint' ? -constant : (constant as Fraction).negated();
  return untyped || signed ? ~(constant as bigint) : BigInt.asUintN(bits, ~(constant as bigint));
}

/** Complains about a constant that its type cannot hold. */
function checked(context: Context, operand: Operand): Operand {
  const { constant, type, expr } = operand;
  if (constant === undefined || isUntyped(type)) return operand;
  const fitted = representable(constant, type);
  if ('value' in fitted) return constantOperand(expr, type, fitted.value);
  complain(
    context,
    expr.at,
    `${exprText(expr)} (constant ${constantText(constant)} of type ${textOf(context, type)}) overflows ${textOf(context, type)}`,
  );
  return invalid(expr);
}

export function binary(context: Context, expr: Binary): Operand {
  const [x, y] = [single(context, expr.x), single(context, expr.y)];
  if (x.mode === 'invalid' || y.mode === 'invalid') return invalid(expr);
  return combine(context, expr, x, y);
}

/** `x op y`, of operands that are known: also what `x op= y` stores. */
export function combine(context: Context, expr: Binary, x: Operand, y: Operand): Operand {
  const { op } = expr;
  if (op === '<<' || op === '>>') return shift(context, expr, x, y);
  const type = commonType(x, y);
  if (type === null) return mismatch(context, expr, x, y);
  if (COMPARISONS.includes(op)) return comparison(context, expr, { x, y, type });
  const basic = basicOf(type);
  const isLogic = op === '&&' || op === '||';
  const isDefined = basic !== null && (isLogic ? basic.sort === 'bool' : arithmetic(op, basic) !== undefined);
  if (!isDefined || basic === null) {
    complain(context, x.expr.at, `invalid operation: operator ${op} not defined on ${describe(context, x)}`);
    return invalid(expr);
  }
  const isZero = (op === '/' || op === '%') && (y.constant === 0n || (y.constant instanceof Fraction && y.constant.numerator === 0n));
  if (isZero && (basic.sort === 'int' || x.constant !== undefined)) {
    complain(context, y.expr.at, 'invalid operation: division by zero');
    return invalid(expr);
  }
  if (x.constant !== undefined && y.constant !== undefined) {
    const folded = fold(op, held(x.constant, type), held(y.constant, type), basic.sort);
    return folded === undefined ? invalid(expr) : checked(context, constantOperand(expr, type, folded));
  }
  const [left, right] = [as(x, type), as(y, type)];
  if (left === null || right === null) return mismatch(context, expr, x, y);
  if (isLogic) return value(expr, type, logic(op, left, right));
  const operation = arithmetic(op, basic);
  return operation
    ? value(
        expr,
        type,
        lift2(left, right, (a, b) => operation(a, b)),
      )
    : invalid(expr);
}

/** A constant as the type of its operation holds it. */
function held(constant: Constant, type: Type): Constant {
  const fitted = representable(constant, type);
  return 'value' in fitted ? fitted.value : constant;
}

const as = (operand: Operand, type: Type): Code | null =>
  identical(operand.type, type) && operand.mode !== 'constant' ? operand.code : tryAssign(operand, type);

/** The type that both operands have, or that one of them takes; null if there is none. */
function commonType(x: Operand, y: Operand): Type | null {
  if (identical(x.type, y.type)) return x.type;
  if (isUntyped(x.type) && isUntyped(y.type)) {
    if (x.mode === 'nil' || y.mode === 'nil') return null;
    const order = ['untyped int', 'untyped rune', 'untyped float'];
    const [a, b] = [order.indexOf(x.type.key), order.indexOf(y.type.key)];
    return a < 0 || b < 0 ? null : a > b ? x.type : y.type;
  }
  if (isUntyped(x.type) || x.mode === 'nil') return tryAssign(x, y.type) === null ? null : y.type;
  if (isUntyped(y.type) || y.mode === 'nil') return tryAssign(y, x.type) === null ? null : x.type;
  if (tryAssign(x, y.type) !== null) return y.type;
  return tryAssign(y, x.type) === null ? null : x.type;
}

function mismatch(context: Context, expr: Binary, x: Operand, y: Operand): Operand {
  const open = isUntyped(x.type) || x.mode === 'nil' ? x : isUntyped(y.type) || y.mode === 'nil' ? y : null;
  const other = open === x ? y : x;
  if (open?.mode === 'nil')
    complain(
      context,
      open.expr.at,
      `invalid operation: ${exprText(expr)} (mismatched types ${textOf(context, x.type)} and ${textOf(context, y.type)})`,
    );
  else if (open !== null && open.constant !== undefined && isNumeric(open.type) && isNumeric(other.type)) {
    const fitted = representable(open.constant, other.type);
    const truncated = 'problem' in fitted && fitted.problem === 'truncated';
    complain(
      context,
      open.expr.at,
      truncated
        ? `${describe(context, open).replace(/ \(.*/, '')} (${textOf(context, open.type)} constant) truncated to ${textOf(context, other.type)}`
        : `cannot use ${describe(context, open)} as ${textOf(context, other.type)} value in ${'operation'} (overflows)`,
    );
  } else
    complain(
      context,
      x.expr.at,
      `invalid operation: ${exprText(expr)} (mismatched types ${textOf(context, x.type)} and ${textOf(context, y.type)})`,
    );
  return invalid(expr);
}

function comparison(
  context: Context,
  expr: Binary,
  { x, y, type }: { readonly x: Operand; readonly y: Operand; readonly type: Type },
): Operand {
  const { op } = expr;
  if (x.constant !== undefined && y.constant !== undefined) {
    const result = fold(op, held(x.constant, type), held(y.constant, type));
    if (typeof result === 'boolean') return constantOperand(expr, UNTYPED_BOOL, result);
  }
  const isNil = x.mode === 'nil' || y.mode === 'nil';
  const isEquality = op === '==' || op === '!=';
  const isOrdered = isSort(type, 'int', 'float', 'string');
  if (isEquality ? !isNil && !isComparable(type) : !isOrdered) {
    const { kind } = under(type);
    const why =
      isEquality && kind === 'struct'
        ? `struct containing uncomparable field cannot be compared`
        : isEquality
          ? `${kind} can only be compared to nil`
          : `operator ${op} not defined on ${kind === 'basic' ? basicOf(type)?.sort : kind}`;
    complain(context, x.expr.at, `invalid operation: ${exprText(expr)} (${why})`);
    return invalid(expr);
  }
  const target = isUntyped(type) ? defaultType(type) : type;
  const [left, right] = [as(x, target) ?? x.code, as(y, target) ?? y.code];
  if (isNil && hasNil(target))
    return untypedBool(
      expr,
      lift2(left, right, (a, b) => (a === b) === (op === '==')),
    );
  if (isEquality) {
    const equal = equalOf(target);
    return untypedBool(
      expr,
      lift2(left, right, (a, b) => equal(a, b) === (op === '==')),
    );
  }
  return untypedBool(expr, lift2(left, right, ordering(op)));
}

const ordering =
  (op: string): ((a: Value, b: Value) => boolean) =>
  (a, b) =>
    compare(op, a, b) ?? false;

function logic(op: string, left: Code, right: Code): Code {
  const isAnd = op === '&&';
  const [a, b] = [left.now, right.now];
  if (a && b) return isAnd ? pure((frame) => (a(frame) as boolean) && b(frame)) : pure((frame) => (a(frame) as boolean) || b(frame));
  return later(function* (frame) {
    const first = yield* run(left, frame);
    return first === isAnd ? yield* run(right, frame) : first;
  });
}

function shift(context: Context, expr: Binary, x: Operand, y: Operand): Operand {
  const count = y.constant === undefined ? null : representable(y.constant, UNTYPED_INT);
  if (!isSort(y.type, 'int') && !(count && 'value' in count)) {
    complain(context, y.expr.at, `invalid operation: shift count ${describe(context, y)} must be integer`);
    return invalid(expr);
  }
  const whole = x.constant === undefined ? null : representable(x.constant, UNTYPED_INT);
  if (!isSort(x.type, 'int') && !(isUntyped(x.type) && whole && 'value' in whole)) {
    complain(context, x.expr.at, `invalid operation: shifted operand ${describe(context, x)} must be integer`);
    return invalid(expr);
  }
  if (whole && 'value' in whole && count && 'value' in count) {
    if ((count.value as bigint) > 10_000n) return invalid(expr);
    const folded = fold(expr.op, whole.value, count.value);
    return folded === undefined ? invalid(expr) : checked(context, constantOperand(expr, isUntyped(x.type) ? UNTYPED_INT : x.type, folded));
  }
  const right = isUntyped(y.type) ? tryAssign(y, INT) : y.code;
  const made = (type: Type): Code | null => {
    const basic = basicOf(type);
    const operation = basic?.sort === 'int' ? arithmetic(expr.op, basic) : undefined;
    const left = as(x, type);
    return operation && left && right ? lift2(left, right, (a, b) => operation(a, b)) : null;
  };
  const code = made(isUntyped(x.type) ? INT : x.type);
  if (code === null) return invalid(expr);
  return isUntyped(x.type) ? { ...value(expr, UNTYPED_INT, code), retype: made } : value(expr, x.type, code);
}
