/** Arithmetic of Go's integers and floats: they wrap around at their size, and division by zero panics. */
import type { BasicType } from '../types/types.ts';
import { runtimePanic } from './panic.ts';
import type { Value } from './values.ts';

type Int = number | bigint;
type Operation = (a: Value, b: Value) => Value;

const isSafe = (value: number): boolean => value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER;
/** A bigint as it is kept: as a number if that is exact. */
export const kept = (value: bigint): Int => {
  const short = Number(value);
  return isSafe(short) ? short : value;
};

/** An integer brought into the range of its type. */
export function wrap({ bits, signed }: BasicType, value: Int): Int {
  if (bits === 64) {
    if (typeof value === 'number' && isSafe(value) && (signed || value >= 0)) return value;
    return kept(signed ? BigInt.asIntN(64, BigInt(value)) : BigInt.asUintN(64, BigInt(value)));
  }
  if (typeof value === 'bigint' || !isSafe(value))
    return Number(signed ? BigInt.asIntN(bits, BigInt(value)) : BigInt.asUintN(bits, BigInt(value)));
  if (bits === 32) return signed ? value | 0 : value >>> 0;
  return signed ? (value << (32 - bits)) >> (32 - bits) : value & (2 ** bits - 1);
}

/** Numbers go the short way; where that is not exact, bigints do it again. */
const exact =
  (type: BasicType, short: (a: number, b: number) => number, long: (a: bigint, b: bigint) => bigint): Operation =>
  (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') {
      const result = short(a, b);
      if (isSafe(result)) return wrap(type, result);
    }
    return wrap(type, kept64(type, long(BigInt(a as Int), BigInt(b as Int))));
  };
const kept64 = ({ bits, signed }: BasicType, value: bigint): Int => kept(signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value));

const divided =
  (type: BasicType, short: (a: number, b: number) => number, long: (a: bigint, b: bigint) => bigint): Operation =>
  (a, b) => {
    if (b === 0) throw runtimePanic('integer divide by zero');
    if (typeof a === 'number' && typeof b === 'number') return wrap(type, short(a, b) + 0);
    return wrap(type, kept64(type, long(BigInt(a as Int), BigInt(b as Int))));
  };

const bitwise =
  (type: BasicType, short: (a: number, b: number) => number, long: (a: bigint, b: bigint) => bigint): Operation =>
  (a, b) =>
    typeof a === 'number' && typeof b === 'number' && a === (a | 0) && b === (b | 0)
      ? wrap(type, short(a, b))
      : wrap(type, kept64(type, long(BigInt(a as Int), BigInt(b as Int))));

function shift(type: BasicType, isLeft: boolean): Operation {
  return (a, b) => {
    if ((b as Int) < 0) throw runtimePanic('negative shift amount');
    const count = Math.min(Number(b), 128);
    const value = BigInt(a as Int);
    return kept64(type, isLeft ? value << BigInt(count) : value >> BigInt(count));
  };
}

const integer: Readonly<Record<string, (type: BasicType) => Operation>> = {
  '+': (type) =>
    exact(
      type,
      (a, b) => a + b,
      (a, b) => a + b,
    ),
  '-': (type) =>
    exact(
      type,
      (a, b) => a - b,
      (a, b) => a - b,
    ),
  '*': (type) =>
    exact(
      type,
      (a, b) => a * b,
      (a, b) => a * b,
    ),
  '/': (type) =>
    divided(
      type,
      (a, b) => Math.trunc(a / b),
      (a, b) => a / b,
    ),
  '%': (type) =>
    divided(
      type,
      (a, b) => a % b,
      (a, b) => a % b,
    ),
  '&': (type) =>
    bitwise(
      type,
      (a, b) => a & b,
      (a, b) => a & b,
    ),
  '|': (type) =>
    bitwise(
      type,
      (a, b) => a | b,
      (a, b) => a | b,
    ),
  '^': (type) =>
    bitwise(
      type,
      (a, b) => a ^ b,
      (a, b) => a ^ b,
    ),
  '&^': (type) =>
    bitwise(
      type,
      (a, b) => a & ~b,
      (a, b) => a & ~b,
    ),
  '<<': (type) => shift(type, true),
  '>>': (type) => shift(type, false),
};
const float: Readonly<Record<string, Operation>> = {
  '+': (a, b) => (a as number) + (b as number),
  '-': (a, b) => (a as number) - (b as number),
  '*': (a, b) => (a as number) * (b as number),
  '/': (a, b) => (a as number) / (b as number),
};

/** What an operator does to values of a type; undefined if it is not defined on it. */
export function arithmetic(op: string, type: BasicType): Operation | undefined {
  if (type.sort === 'string') return op === '+' ? (a, b) => (a as string) + (b as string) : undefined;
  if (type.sort === 'int') return integer[op]?.(type);
  if (type.sort !== 'float') return undefined;
  const plain = float[op];
  return plain && type.bits === 32 ? (a, b) => Math.fround(plain(a, b) as number) : plain;
}

/** A number of one type as one of another. */
export function converted(from: BasicType, to: BasicType): (value: Value) => Value {
  if (to.sort === 'int') {
    if (from.sort === 'int') return (value) => wrap(to, value as Int);
    return (value) => (Number.isFinite(value) ? wrap(to, kept(BigInt(Math.trunc(value as number)))) : wrap(to, -(2n ** 63n)));
  }
  return to.bits === 32 ? (value) => Math.fround(Number(value)) : (value) => Number(value);
}
