/** Constants: exact integers and fractions, and what of them a type can hold. */

import { kept } from '../runtime/numbers.ts';
import type { Value } from '../runtime/values.ts';
import { Fraction } from '../syntax/fraction.ts';
import { type BasicType, basicOf, type Type } from '../types/types.ts';
import type { Constant } from './scope.ts';

/** A constant as a value of its type. */
export const runtimeValue = (constant: Constant, type: Type): Value => {
  if (constant instanceof Fraction) return constant.toNumber();
  if (typeof constant === 'bigint') return basicOf(type)?.sort === 'float' ? Number(constant) : kept(constant);
  return constant;
};

export type Fit = { readonly value: Constant } | { readonly problem: 'overflows' | 'truncated' | 'kind' };

/** A constant in the range of a type, or why it is not. */
export function representable(constant: Constant, type: Type): Fit {
  const basic = basicOf(type);
  if (basic === null) return { problem: 'kind' };
  switch (basic.sort) {
    case 'bool':
      return typeof constant === 'boolean' ? { value: constant } : { problem: 'kind' };
    case 'string':
      return typeof constant === 'string' ? { value: constant } : { problem: 'kind' };
    case 'int':
      return fitInteger(constant, basic);
    case 'float':
      return fitFloat(constant, basic);
    default:
      return { problem: 'kind' };
  }
}

/** A type with bits rounds what it holds. */
function fitFloat(constant: Constant, { bits, untyped }: BasicType): Fit {
  const exact = fractionOf(constant);
  if (exact === undefined) return { problem: 'kind' };
  if (untyped) return { value: constant };
  const number = bits === 32 ? Math.fround(exact.toNumber()) : exact.toNumber();
  return Number.isFinite(number) ? { value: Fraction.of(number) } : { problem: 'overflows' };
}

const fractionOf = (constant: Constant): Fraction | undefined =>
  typeof constant === 'bigint' ? new Fraction(constant) : constant instanceof Fraction ? constant : undefined;

function fitInteger(constant: Constant, basic: BasicType): Fit {
  const { bits, signed, untyped } = basic;
  if (constant instanceof Fraction) return constant.isInteger ? fitInteger(constant.numerator, basic) : { problem: 'truncated' };
  if (typeof constant !== 'bigint') return { problem: 'kind' };
  if (untyped) return { value: constant };
  const inRange = signed ? BigInt.asIntN(bits, constant) === constant : BigInt.asUintN(bits, constant) === constant;
  return inRange ? { value: constant } : { problem: 'overflows' };
}

/** Folds an operator over constants of a sort; undefined if it cannot. Division by zero is for the caller to see. */
export function fold(op: string, a: Constant, b: Constant, sort?: BasicType['sort']): Constant | undefined {
  if (typeof a === 'string' && typeof b === 'string') return op === '+' ? a + b : compare(op, a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') {
    if (op === '&&') return a && b;
    if (op === '||') return a || b;
    return op === '==' || op === '!=' ? (a === b) === (op === '==') : undefined;
  }
  if (typeof a === 'bigint' && typeof b === 'bigint' && sort !== 'float') return foldIntegers(op, a, b) ?? compare(op, a, b);
  const [x, y] = [fractionOf(a), fractionOf(b)];
  return x && y && foldFractions(op, x, y);
}

function foldFractions(op: string, x: Fraction, y: Fraction): Constant | undefined {
  switch (op) {
    case '+':
      return x.plus(y);
    case '-':
      return x.plus(y.negated());
    case '*':
      return x.times(y);
    case '/':
      return x.times(y.inverse());
    default:
      return compare(op, x.numerator * y.denominator, y.numerator * x.denominator);
  }
}

const INTEGER: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '&^': (a, b) => a & ~b,
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
};
const foldIntegers = (op: string, a: bigint, b: bigint): bigint | undefined => INTEGER[op]?.(a, b);

export function compare(op: string, a: Value, b: Value): boolean | undefined {
  if (a === null || a === undefined || b === null || b === undefined) return undefined;
  switch (op) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      return undefined;
  }
}
