/** `x.(T)`: what an interface holds, if it is that. */
import { type Code, lift1 } from '../runtime/frame.ts';
import { GoPanic } from '../runtime/panic.ts';
import { ASSERTION_ERROR } from '../runtime/plain-error.ts';
import { Boxed, type Value, zeroOf } from '../runtime/values.ts';
import type { Expr } from '../syntax/ast.ts';
import { missing } from '../types/members.ts';
import { typeText } from '../types/text.ts';
import { type InterfaceType, identical, isInterface, type Type, under } from '../types/types.ts';
import { notImplemented } from './assign.ts';
import { type Context, complain, textOf } from './context.ts';
import { single } from './expressions.ts';
import { describe, exprText, invalid, type Operand, value } from './operand.ts';
import { typeOf } from './type-expressions.ts';

const implementing = new Map<string, boolean>();

/** Whether what an interface holds is of a type, or has its methods. */
export function holds(boxed: Value, type: Type): boxed is Boxed {
  if (!(boxed instanceof Boxed)) return false;
  if (boxed.type === type) return true;
  if (!isInterface(type)) return identical(boxed.type, type);
  const key = `${boxed.type.key} ${type.key}`;
  const known = implementing.get(key) ?? missing(boxed.type, under(type) as InterfaceType) === null;
  implementing.set(key, known);
  return known;
}

export function assertion(context: Context, expr: Extract<Expr, { kind: 'assert' }>): Operand {
  const operand = single(context, expr.x);
  if (operand.mode === 'invalid') return invalid(expr);
  if (expr.type === null) {
    complain(context, expr.at, 'invalid syntax tree: use of .(type) outside type switch');
    return invalid(expr);
  }
  const type = typeOf(context, expr.type);
  if (!isInterface(operand.type)) {
    complain(context, expr.x.at, `invalid operation: ${describe(context, operand)} is not an interface`);
    return invalid(expr);
  }
  if (!canHold(context, expr, operand, type)) return invalid(expr);
  const zero = zeroOf(type);
  const isOpen = isInterface(type);
  const code: Code = lift1(operand.code, (of) => {
    if (holds(of, type)) return isOpen ? of : of.value;
    throw failed(of, operand.type, type);
  });
  const pair: Code = lift1(operand.code, (of) => (holds(of, type) ? [isOpen ? of : of.value, true] : [zero(), false]));
  return { ...value(expr, type, code), pair };
}

/** Complains if no value of the interface could be of the type. */
export function canHold(context: Context, expr: Expr, operand: Operand, type: Type): boolean {
  if (isInterface(type) || missing(type, under(operand.type) as InterfaceType) === null) return true;
  const why = notImplemented(context, type, operand.type).replace(/^: /, '');
  complain(
    context,
    expr.kind === 'assert' && expr.type ? expr.type.at : expr.at,
    `impossible type ${expr.kind === 'assert' ? `assertion: ${exprText(expr)}` : `switch case: ${describe(context, operand)} cannot have dynamic type ${textOf(context, type)}`}\n\t${why}`,
  );
  return false;
}

function failed(of: Value, from: Type, to: Type): GoPanic {
  const source = typeText(from);
  const isOpen = isInterface(to);
  const text =
    of instanceof Boxed
      ? isOpen
        ? `interface conversion: ${typeText(of.type)} is not ${typeText(to)}: missing method ${missing(of.type, under(to) as InterfaceType)?.name ?? ''}`
        : `interface conversion: ${source} is ${typeText(of.type)}, not ${typeText(to)}`
      : `interface conversion: ${isOpen ? 'interface' : source} is nil, not ${typeText(to)}`;
  return new GoPanic(new Boxed(ASSERTION_ERROR, text));
}
