/** `T(x)`: conversions between numbers, strings, slices of bytes and characters, and types that are the same below their names. */
import { bytesText, listOfBytes } from '../runtime/bytes.ts';
import { type Code, lift1 } from '../runtime/frame.ts';
import { converted } from '../runtime/numbers.ts';
import { encodeRune, encodeRunes, runesOf } from '../runtime/text.ts';
import { Slice, type Value } from '../runtime/values.ts';
import type { Expr } from '../syntax/ast.ts';
import { basicOf, defaultType, identical, isNumeric, isSort, isUntyped, isValid, type Type, under } from '../types/types.ts';
import { passed, tryAssign } from './assign.ts';
import { representable } from './constants.ts';
import { type Context, complain, textOf } from './context.ts';
import { constantOperand, single } from './expressions.ts';
import { constantText, describe, exprText, invalid, type Operand, value } from './operand.ts';

type CallExpr = Extract<Expr, { kind: 'call' }>;

export function conversion(context: Context, expr: CallExpr, type: Type): Operand {
  const [arg] = expr.args;
  if (arg === undefined || expr.args.length > 1) {
    complain(
      context,
      expr.args[1]?.at ?? expr.end,
      `${arg === undefined ? 'missing argument' : 'too many arguments'} in conversion to ${textOf(context, type)}`,
    );
    return invalid(expr);
  }
  const operand = single(context, arg, type);
  if (operand.mode === 'invalid' || !isValid(type)) return invalid(expr);
  const constant = ofConstant(context, expr, operand, type);
  if (constant !== null) return constant;
  const code = convert(operand, type);
  if (code !== null) return value(expr, type, code);
  complain(context, arg.at, `cannot convert ${describe(context, operand)} to type ${textOf(context, type)}`);
  return invalid(expr);
}

/** A constant stays one if the type can be a constant's. */
function ofConstant(context: Context, expr: CallExpr, operand: Operand, type: Type): Operand | null {
  const { constant } = operand;
  if (constant === undefined || basicOf(type) === null) return null;
  if (isSort(type, 'string') && typeof constant === 'bigint')
    return constantOperand(expr, type, encodeRune(Number(BigInt.asIntN(32, constant))));
  const fitted = representable(constant, type);
  if ('value' in fitted) return constantOperand(expr, type, fitted.value);
  if (fitted.problem === 'kind') return null;
  const isTruncated = fitted.problem === 'truncated';
  complain(
    context,
    expr.args[0]?.at ?? expr.at,
    `cannot convert ${describe(context, operand)} to type ${textOf(context, type)}${isTruncated ? ' (truncated)' : ''}`.replace(
      /^cannot convert (.*) \((.*)\) to type (.*)$/,
      (whole, text: string) =>
        isTruncated
          ? whole
          : isUntyped(operand.type)
            ? `cannot convert ${text} (${textOf(context, operand.type)} constant${constantText(constant) === exprText(operand.expr) ? '' : ` ${constantText(constant)}`}) to type ${textOf(context, type)} (overflows)`
            : whole,
    ),
  );
  return invalid(expr);
}

/** Null if there is no such conversion. */
export function convert(operand: Operand, type: Type): Code | null {
  const assigned = tryAssign(operand, type);
  if (assigned !== null) return assigned;
  const from = defaultType(operand.type);
  const code = isUntyped(operand.type) ? (tryAssign(operand, from) ?? operand.code) : passed(operand);
  const [a, b] = [under(from), under(type)];
  if (a.kind === 'basic' && b.kind === 'basic') {
    if (isNumeric(a) && isNumeric(b)) return lift1(code, converted(a, b));
    if (b.sort === 'string') return a.sort === 'int' ? lift1(code, (of) => encodeRune(Number(of))) : a.sort === 'string' ? code : null;
    return a.sort === b.sort ? code : null;
  }
  if (isSort(a, 'string') && b.kind === 'slice') return fromText(code, b.element);
  if (isSort(b, 'string') && a.kind === 'slice') return toText(code, a.element);
  if (identical(a, b)) return code;
  if (a.kind === 'struct' && b.kind === 'struct' && sameFields(a, b)) return code;
  if (a.kind === 'pointer' && b.kind === 'pointer' && identical(under(a.element), under(b.element))) return code;
  return null;
}

const sameFields = (a: Extract<Type, { kind: 'struct' }>, b: Extract<Type, { kind: 'struct' }>): boolean =>
  a.fields.length === b.fields.length &&
  a.fields.every((field, index) => field.name === b.fields[index]?.name && identical(field.type, b.fields[index]?.type ?? a));

function fromText(code: Code, element: Type): Code | null {
  const bits = basicOf(element)?.bits;
  if (bits === 8) return lift1(code, (text) => listOfBytes(text as string));
  return bits === 32 ? lift1(code, (text) => new Slice(runesOf(text as string))) : null;
}

function toText(code: Code, element: Type): Code | null {
  const bits = basicOf(element)?.bits;
  if (bits === 8) return lift1(code, bytesText);
  return bits === 32 ? lift1(code, (list: Value) => (list instanceof Slice ? encodeRunes(list.list() as number[]) : '')) : null;
}
