/** Values of one type as another's, as the language does it. */
import { call } from './functions.ts';
import { get } from './objects.ts';
import { type Steps, start, suspend, taken } from './steps.ts';
import { isCallable, isObject, JsObject, JsSymbol, type Key, PENDING, type Result, SYMBOLS, type Value } from './values.ts';
import { insist, realm } from './vm.ts';

export type Primitive = Exclude<Value, JsObject>;

/** The number of an array's element that a key names; -1 if it names none. */
export function arrayIndex(key: Key): number {
  if (typeof key !== 'string') return -1;
  const { length } = key;
  if (length === 0 || length > 10) return -1;
  const first = key.charCodeAt(0);
  if (first === 48) return length === 1 ? 0 : -1;
  let index = 0;
  for (let at = 0; at < length; at += 1) {
    const digit = key.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    index = index * 10 + digit;
  }
  return index < 4_294_967_295 ? index : -1;
}

export const truthy = (value: Value): boolean => value instanceof JsObject || value instanceof JsSymbol || Boolean(value);

export function typeOf(value: Value): string {
  if (value === null) return 'object';
  if (value instanceof JsSymbol) return 'symbol';
  if (value instanceof JsObject) return value.fn === null ? 'object' : 'function';
  return typeof value;
}

type Hint = 'default' | 'number' | 'string';

/** An object as a primitive: by its own method, else by `valueOf` and `toString`. */
export function toPrimitive(value: Value, hint: Hint = 'default'): Primitive | typeof PENDING {
  if (!(value instanceof JsObject)) return value;
  return start(primitiveSteps(value, hint)) as Primitive | typeof PENDING;
}

function* primitiveSteps(object: JsObject, hint: Hint): Steps {
  const own = yield* got(get(object, SYMBOLS.toPrimitive));
  if (isCallable(own)) {
    const made = yield* got(call(own, object, [hint]));
    if (!isObject(made)) return made;
    throw realm().typeError('Cannot convert object to primitive value');
  }
  for (const name of hint === 'string' ? ['toString', 'valueOf'] : ['valueOf', 'toString']) {
    const method = yield* got(get(object, name));
    if (!isCallable(method)) continue;
    const made = yield* got(call(method, object, []));
    if (!isObject(made)) return made;
  }
  throw realm().typeError('Cannot convert object to primitive value');
}

/** A result inside of a generator. */
export function* got(result: Result): Steps {
  return result === PENDING ? ((yield taken()) as Value) : result;
}

const TRIMMED = /^[\s\uFEFF]+|[\s\uFEFF]+$/g;

export function textToNumber(text: string): number {
  const trimmed = text.replace(TRIMMED, '');
  return /^[-+]?(?:\d|\.\d|Infinity$)|^$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}

export function primitiveToNumber(value: Primitive): number {
  switch (typeof value) {
    case 'number':
      return value;
    case 'string':
      return textToNumber(value);
    case 'bigint':
      throw realm().typeError('Cannot convert a BigInt value to a number');
    default:
      if (value instanceof JsSymbol) throw realm().typeError('Cannot convert a Symbol value to a number');
      return Number(value);
  }
}

/** Where nothing can be waited for. */
export const toNumber = (value: Value): number =>
  typeof value === 'number' ? value : primitiveToNumber(insist(toPrimitive(value, 'number')));

export function toInteger(value: Value): number {
  const number = toNumber(value);
  return Number.isNaN(number) ? 0 : Math.trunc(number);
}

export function primitiveToText(value: Primitive): string {
  if (typeof value === 'string') return value;
  if (value instanceof JsSymbol) throw realm().typeError('Cannot convert a Symbol value to a string');
  return String(value);
}

export const toText = (value: Value): string => (typeof value === 'string' ? value : primitiveToText(insist(toPrimitive(value, 'string'))));

export function* textOf(value: Value): Steps<string> {
  const primitive = toPrimitive(value, 'string');
  return primitiveToText(primitive === PENDING ? ((yield taken()) as Primitive) : primitive);
}

/** A value as the key of a property. */
export function toKey(value: Value): Key {
  if (typeof value === 'string' || value instanceof JsSymbol) return value;
  if (value instanceof JsObject) {
    const made = insist(toPrimitive(value, 'string'));
    return made instanceof JsSymbol ? made : primitiveToText(made);
  }
  return String(value);
}

export function toObject(value: Value): JsObject {
  if (value instanceof JsObject) return value;
  if (value === undefined || value === null) throw realm().typeError('Cannot convert undefined or null to object');
  return realm().box(value);
}

/** Strings that are put together take memory. */
export const lengthOf = (object: JsObject): number => {
  if (object.items !== null) return object.items.length;
  const length = toInteger(insist(get(object, 'length')));
  return Math.min(Math.max(length, 0), Number.MAX_SAFE_INTEGER);
};

export function strictEquals(a: Value, b: Value): boolean {
  return a === b;
}

export function sameZero(a: Value, b: Value): boolean {
  return a === b || (typeof a === 'number' && typeof b === 'number' && Number.isNaN(a) && Number.isNaN(b));
}

/** `==` */
export function looseEquals(a: Value, b: Value): boolean | typeof PENDING {
  const x = a;
  const y = b;
  if (x === y) return true;
  if (x === null || x === undefined) return y === null || y === undefined;
  if (y === null || y === undefined) return false;
  if (isObject(x) && isObject(y)) return false;
  if (isObject(x)) return through(toPrimitive(x), (one) => loosePrimitives(one, y as Primitive));
  if (isObject(y)) return through(toPrimitive(y), (one) => loosePrimitives(x, one));
  return loosePrimitives(x, y);
}

function through(value: Primitive | typeof PENDING, go: (value: Primitive) => boolean): boolean | typeof PENDING {
  if (value !== PENDING) return go(value);
  const held = taken();
  return suspend(
    (function* () {
      return go((yield held) as Primitive);
    })(),
  );
}

function loosePrimitives(x: Primitive, y: Primitive): boolean {
  if (x === y) return true;
  if (x === null || x === undefined || y === null || y === undefined) return false;
  if (x instanceof JsSymbol || y instanceof JsSymbol) return false;
  if (typeof x === typeof y) return false;
  if (typeof x === 'boolean') return loosePrimitives(Number(x), y);
  if (typeof y === 'boolean') return loosePrimitives(x, Number(y));
  // Numbers, texts and big integers: the host compares these as the language says.
  // biome-ignore lint/suspicious/noDoubleEquals: this is `==`.
  return x == y;
}
