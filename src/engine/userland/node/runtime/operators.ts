/** Operators on values. The quick ways are for numbers and texts; objects are made primitive first, which may have to wait. */
import { got, looseEquals, type Primitive, primitiveToNumber, primitiveToText, toPrimitive } from './convert.ts';
import { call } from './functions.ts';
import { get, has, prototypeOfObject } from './objects.ts';
import { type Steps, start, suspend, taken } from './steps.ts';
import { heap, isCallable, isObject, JsObject, JsSymbol, PENDING, type Result, SYMBOLS, type Value } from './values.ts';
import { realm } from './vm.ts';

export type Binary = (a: Value, b: Value) => Result;

/** As long as V8 lets a text be. */
const MAX_TEXT = 536_870_888;
const LARGE_TEXT = 1024;

export function joined(a: string, b: string): string {
  const length = a.length + b.length;
  if (length > LARGE_TEXT) {
    if (length > MAX_TEXT) throw realm().rangeError('Invalid string length');
    // The host shares what is joined, as V8 does: what is new is the shorter part and a node.
    heap.bytes += Math.min(a.length, b.length) + 32;
  } else heap.bytes += length;
  return a + b;
}

function* withPrimitives(a: Value, b: Value, hint: 'default' | 'number', op: (a: Primitive, b: Primitive) => Value): Steps {
  const left = (yield* got(toPrimitive(a, hint))) as Primitive;
  return op(left, (yield* got(toPrimitive(b, hint))) as Primitive);
}

const mixed = (): unknown => realm().typeError('Cannot mix BigInt and other types, use explicit conversions');

function addPrimitives(a: Primitive, b: Primitive): Value {
  if (typeof a === 'string' || typeof b === 'string') return joined(primitiveToText(a), primitiveToText(b));
  if (typeof a === 'bigint' && typeof b === 'bigint') return a + b;
  if (typeof a === 'bigint' || typeof b === 'bigint') throw mixed();
  return primitiveToNumber(a) + primitiveToNumber(b);
}

export const add: Binary = (a, b) => {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (typeof a === 'string' && typeof b === 'string') return joined(a, b);
  if (isObject(a) || isObject(b)) return start(withPrimitives(a, b, 'default', addPrimitives));
  return addPrimitives(a, b);
};

const MAX_BITS = 1_073_741_824n;
function power(a: bigint, b: bigint): bigint {
  if (b < 0n) throw realm().rangeError('Exponent must be non-negative');
  if (b > MAX_BITS && a !== 0n && a !== 1n && a !== -1n) throw realm().rangeError('Maximum BigInt size exceeded');
  return a ** b;
}
function divided(a: bigint, b: bigint, op: (a: bigint, b: bigint) => bigint): bigint {
  if (b === 0n) throw realm().rangeError('Division by zero');
  return op(a, b);
}

function arithmetic(numbers: (a: number, b: number) => number, bigs: (a: bigint, b: bigint) => bigint): Binary {
  const primitives = (a: Primitive, b: Primitive): Value => {
    if (typeof a === 'bigint' && typeof b === 'bigint') return bigs(a, b);
    if (typeof a === 'bigint' || typeof b === 'bigint') throw mixed();
    return numbers(primitiveToNumber(a), primitiveToNumber(b));
  };
  return (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return numbers(a, b);
    if (isObject(a) || isObject(b)) return start(withPrimitives(a, b, 'number', primitives));
    return primitives(a, b);
  };
}

function comparison(numbers: (a: number | string | bigint, b: number | string | bigint) => boolean): Binary {
  const primitives = (a: Primitive, b: Primitive): Value => {
    if (typeof a === 'string' && typeof b === 'string') return numbers(a, b);
    const x = typeof a === 'bigint' ? a : primitiveToNumber(a);
    return numbers(x, typeof b === 'bigint' ? b : primitiveToNumber(b));
  };
  return (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return numbers(a, b);
    if (isObject(a) || isObject(b)) return start(withPrimitives(a, b, 'number', primitives));
    return primitives(a, b);
  };
}

export function instanceOf(value: Value, target: Value): Result {
  if (!isObject(target)) throw realm().typeError("Right-hand side of 'instanceof' is not an object");
  return start(instanceSteps(value, target));
}

function* instanceSteps(value: Value, target: JsObject): Steps {
  const own = yield* got(get(target, SYMBOLS.hasInstance));
  if (isCallable(own)) return Boolean(yield* got(call(own, target, [value])));
  if (!isCallable(target)) throw realm().typeError("Right-hand side of 'instanceof' is not callable");
  return yield* ordinaryInstance(target, value);
}

/** What `instanceof` asks of a function. */
export function* ordinaryInstance(target: JsObject, value: Value): Steps {
  if (!isObject(value)) return false;
  const prototype = yield* got(get(target, 'prototype'));
  for (let at = prototypeOfObject(value); at !== null; at = prototypeOfObject(at)) if (at === prototype) return true;
  return false;
}

function inside(key: Value, target: Value): Result {
  if (!isObject(target))
    throw realm().typeError(
      `Cannot use 'in' operator to search for '${key instanceof JsSymbol ? 'Symbol()' : String(key)}' in ${typeof target === 'string' ? target : realm().show(target)}`,
    );
  return has(target, key instanceof JsSymbol ? key : primitiveToText(key as Primitive));
}

const negate = (value: boolean | typeof PENDING): Result => {
  if (value !== PENDING) return !value;
  const held = taken();
  return suspend(
    (function* () {
      return !(yield held);
    })(),
  );
};

export const BINARY: Readonly<Record<string, Binary>> = {
  '+': add,
  '-': arithmetic(
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  '*': arithmetic(
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  '/': arithmetic(
    (a, b) => a / b,
    (a, b) => divided(a, b, (x, y) => x / y),
  ),
  '%': arithmetic(
    (a, b) => a % b,
    (a, b) => divided(a, b, (x, y) => x % y),
  ),
  '**': arithmetic((a, b) => a ** b, power),
  '&': arithmetic(
    (a, b) => a & b,
    (a, b) => a & b,
  ),
  '|': arithmetic(
    (a, b) => a | b,
    (a, b) => a | b,
  ),
  '^': arithmetic(
    (a, b) => a ^ b,
    (a, b) => a ^ b,
  ),
  '<<': arithmetic(
    (a, b) => a << b,
    (a, b) => a << b,
  ),
  '>>': arithmetic(
    (a, b) => a >> b,
    (a, b) => a >> b,
  ),
  '>>>': arithmetic(
    (a, b) => a >>> b,
    () => {
      throw realm().typeError('BigInts have no unsigned right shift, use >> instead');
    },
  ),
  '<': comparison((a, b) => a < b),
  '>': comparison((a, b) => a > b),
  '<=': comparison((a, b) => a <= b),
  '>=': comparison((a, b) => a >= b),
  '===': (a, b) => a === b,
  '!==': (a, b) => a !== b,
  '==': (a, b) => looseEquals(a, b),
  '!=': (a, b) => negate(looseEquals(a, b)),
  instanceof: instanceOf,
  in: inside,
};

/** A value as a number or a big integer: `-x`, `x++`. */
export function toNumeric(value: Value): number | bigint | typeof PENDING {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (!(value instanceof JsObject)) return primitiveToNumber(value);
  const made = toPrimitive(value, 'number');
  if (made !== PENDING) return typeof made === 'bigint' ? made : primitiveToNumber(made);
  const held = taken();
  return suspend(
    (function* () {
      const late = (yield held) as Primitive;
      return typeof late === 'bigint' ? late : primitiveToNumber(late);
    })(),
  );
}
