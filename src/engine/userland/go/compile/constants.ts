/** Constants: exact integers, and what of them a type can hold. */

import { kept } from '../runtime/numbers.ts';
import type { Value } from '../runtime/values.ts';
import { type BasicType, basicOf, type Type } from '../types/types.ts';
import type { Constant } from './scope.ts';

/** A constant as a value of its type. */
export const runtimeValue = (constant: Constant, type: Type): Value => {
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
      if (typeof constant === 'bigint') return { value: basic.untyped ? constant : Number(constant) };
      if (typeof constant !== 'number') return { problem: 'kind' };
      return { value: basic.bits === 32 ? Math.fround(constant) : constant };
    default:
      return { problem: 'kind' };
  }
}

function fitInteger(constant: Constant, { bits, signed, untyped }: BasicType): Fit {
  if (typeof constant === 'number') {
    if (!Number.isInteger(constant)) return { problem: 'truncated' };
    return fitInteger(BigInt(constant), { bits, signed, untyped } as BasicType);
  }
  if (typeof constant !== 'bigint') return { problem: 'kind' };
  if (untyped) return { value: constant };
  const inRange = signed ? BigInt.asIntN(bits, constant) === constant : BigInt.asUintN(bits, constant) === constant;
  return inRange ? { value: constant } : { problem: 'overflows' };
}

/** Folds an operator over constants; undefined if it cannot. Division by zero is for the caller to see. */
export function fold(op: string, a: Constant, b: Constant): Constant | undefined {
  if (typeof a === 'string' && typeof b === 'string') return op === '+' ? a + b : compare(op, a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') {
    if (op === '&&') return a && b;
    if (op === '||') return a || b;
    return op === '==' || op === '!=' ? (a === b) === (op === '==') : undefined;
  }
  if (typeof a === 'bigint' && typeof b === 'bigint') return foldIntegers(op, a, b) ?? compare(op, a, b);
  if ((typeof a !== 'bigint' && typeof a !== 'number') || (typeof b !== 'bigint' && typeof b !== 'number')) return undefined;
  const [x, y] = [Number(a), Number(b)];
  switch (op) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    default:
      return compare(op, x, y);
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
