/** Arithmetic of integers of any size and of floats. */
import { fail, valueError } from '../runtime/exceptions.ts';
import { normal, PyFloat, type Value } from '../runtime/values.ts';

export type Integer = number | bigint;

/** An integer's worth; null for what is none. */
export function integer(value: Value): Integer | null {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  return typeof value === 'boolean' ? Number(value) : null;
}

const zero = (message: string) => fail('ZeroDivisionError', message);
const MOST_BITS = 40_000_000n;

function checkShift(bits: bigint): void {
  if (bits < 0n) throw valueError('negative shift count');
  if (bits > MOST_BITS) throw fail('MemoryError', '');
}

/** An operation on two integers. Undefined if there is no such one. */
export function integerOp(op: string, a: Integer, b: Integer): Value | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const quick = smallOp(op, a, b);
    if (quick !== undefined) return quick;
  }
  return bigOp(op, BigInt(a), BigInt(b));
}

function smallOp(op: string, a: number, b: number): Value | undefined {
  let result: number;
  switch (op) {
    case '+':
      result = a + b;
      break;
    case '-':
      result = a - b;
      break;
    case '*':
      result = a * b;
      break;
    case '//':
      if (b === 0) throw zero('integer division or modulo by zero');
      result = Math.floor(a / b);
      if (Math.abs(a) > 2 ** 50) return undefined;
      break;
    case '%':
      if (b === 0) throw zero('integer division or modulo by zero');
      result = a - b * Math.floor(a / b);
      if (Math.abs(a) > 2 ** 50) return undefined;
      break;
    case '/':
      if (b === 0) throw zero('division by zero');
      return new PyFloat(a / b);
    case '&':
    case '|':
    case '^':
      if (a !== (a | 0) || b !== (b | 0)) return undefined;
      return op === '&' ? a & b : op === '|' ? a | b : a ^ b;
    case '>>':
      if (b < 0) throw valueError('negative shift count');
      return a === (a | 0) ? a >> Math.min(b, 31) : undefined;
    default:
      return undefined;
  }
  return Number.isSafeInteger(result) ? result + 0 : undefined;
}

function bigOp(op: string, a: bigint, b: bigint): Value | undefined {
  switch (op) {
    case '+':
      return normal(a + b);
    case '-':
      return normal(a - b);
    case '*':
      return normal(a * b);
    case '//':
      if (b === 0n) throw zero('integer division or modulo by zero');
      return normal(floorDivide(a, b));
    case '%':
      if (b === 0n) throw zero('integer division or modulo by zero');
      return normal(a - b * floorDivide(a, b));
    case '/':
      if (b === 0n) throw zero('division by zero');
      return new PyFloat(divideExactly(a, b));
    case '**':
      return power(a, b);
    case '<<':
      checkShift(b);
      return normal(a << b);
    case '>>':
      if (b < 0n) throw valueError('negative shift count');
      return normal(a >> b);
    case '&':
      return normal(a & b);
    case '|':
      return normal(a | b);
    case '^':
      return normal(a ^ b);
    default:
      return undefined;
  }
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function divideExactly(a: bigint, b: bigint): number {
  const direct = Number(a) / Number(b);
  if (Number.isFinite(direct) && Number.isSafeInteger(Number(a)) && Number.isSafeInteger(Number(b))) return direct;
  const shift = BigInt(Math.max(0, 64 - (a.toString(2).length - b.toString(2).length)));
  const quotient = Number(((a < 0n ? -a : a) << shift) / (b < 0n ? -b : b)) / 2 ** Number(shift);
  if (!Number.isFinite(quotient)) throw fail('OverflowError', 'integer division result too large for a float');
  return a < 0n !== b < 0n ? -quotient : quotient;
}

function power(a: bigint, b: bigint): Value {
  if (b < 0n) {
    if (a === 0n) throw zero('0.0 cannot be raised to a negative power');
    return new PyFloat(Number(a) ** Number(b));
  }
  if (BigInt((a < 0n ? -a : a).toString(2).length) * b > MOST_BITS && a !== 0n && a !== 1n && a !== -1n) throw fail('MemoryError', '');
  return normal(a ** b);
}

export function powerModulo(base: Integer, exponent: Integer, modulus: Integer): Value {
  const m = BigInt(modulus);
  if (m === 0n) throw valueError('pow() 3rd argument cannot be 0');
  let b = ((BigInt(base) % m) + m) % m;
  let e = BigInt(exponent);
  if (e < 0n) {
    b = inverse(b, m);
    e = -e;
  }
  let result = 1n % m;
  for (; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * b) % m;
    b = (b * b) % m;
  }
  return normal(result);
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value, modulus, 1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a % b];
    [x, y] = [y, x - quotient * y];
  }
  if (a !== 1n) throw valueError('base is not invertible for the given modulus');
  return ((x % modulus) + modulus) % modulus;
}

/** An integer as a float. */
export function toFloat(value: Integer): number {
  const result = Number(value);
  if (!Number.isFinite(result)) throw fail('OverflowError', 'int too large to convert to float');
  return result;
}

/** An operation on two floats. Undefined if there is no such one. */
export function floatOp(op: string, a: number, b: number): Value | undefined {
  switch (op) {
    case '+':
      return new PyFloat(a + b);
    case '-':
      return new PyFloat(a - b);
    case '*':
      return new PyFloat(a * b);
    case '/':
      if (b === 0) throw zero('float division by zero');
      return new PyFloat(a / b);
    case '//':
      if (b === 0) throw zero('float floor division by zero');
      return new PyFloat(Math.floor((a - floatModulo(a, b)) / b + 0.5));
    case '%':
      if (b === 0) throw zero('float modulo by zero');
      return new PyFloat(floatModulo(a, b));
    case '**':
      return floatPower(a, b);
    default:
      return undefined;
  }
}

function floatModulo(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

function floatPower(a: number, b: number): Value | undefined {
  if (a === 0 && b < 0) throw zero('0.0 cannot be raised to a negative power');
  if (a < 0 && !Number.isInteger(b) && Number.isFinite(b)) return undefined;
  if (a === 1 || b === 0) return new PyFloat(1);
  const result = a ** b;
  if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b))
    throw fail('OverflowError', "(34, 'Numerical result out of range')");
  return new PyFloat(result);
}

/** To the nearest integer; halves to the even one. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
