/** Comparison: of the interpreter's own values at once, of others by their methods. */

import { PyComplex } from '../runtime/complex.ts';
import { typeError } from '../runtime/exceptions.ts';
import { argsOf, Call, type Steps, type Thread } from '../runtime/thread.ts';
import {
  classOf,
  isSubclass,
  lookup,
  NOT_IMPLEMENTED,
  PyBuiltin,
  PyByteArray,
  PyBytes,
  PyDict,
  PyFloat,
  PyGeneric,
  PyInstance,
  PyList,
  PyMethod,
  PyRange,
  PySet,
  PySlice,
  PyTuple,
  PyView,
  plain,
  type Value,
} from '../runtime/values.ts';
import { keyOf } from './keys.ts';
import { truth } from './truth.ts';

export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';
const METHODS: Readonly<Record<Comparison, string>> = {
  '<': '__lt__',
  '<=': '__le__',
  '>': '__gt__',
  '>=': '__ge__',
  '==': '__eq__',
  '!=': '__ne__',
};
const MIRRORED: Readonly<Record<Comparison, Comparison>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' };

/** What a number is worth to the host; null for what is none. */
export function numeric(value: Value): number | bigint | null {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof PyFloat ? value.v : null;
}

/** Undefined if a method of the program has to say it, or if more than one step is needed. */
export function equalsNow(a: Value, b: Value): boolean | undefined {
  if (typeof a === 'string' && typeof b === 'string') return a === b;
  if (a === b && !(a instanceof PyFloat)) return true;
  const [x, y] = [numeric(a), numeric(b)];
  // biome-ignore lint/suspicious/noDoubleEquals: a number and a bigint of the same worth are the same integer.
  if (x !== null && y !== null) return x == y;
  if (isPlain(a) && isPlain(b)) return x === null && y === null ? a === b : false;
  return undefined;
}

/** Neither compound nor with a method of its own. */
const isPlain = (value: Value): boolean => value === null || typeof value !== 'object' || value instanceof PyFloat;

export function* equals(thread: Thread, a: Value, b: Value): Steps<boolean> {
  const now = equalsNow(a, b);
  if (now !== undefined) return now;
  if (a === b) return true;
  return yield* truth(thread, yield* compare(thread, '==', a, b));
}

const hasOwn = (value: Value, method: string): boolean => {
  const type = classOf(value);
  if (type.isBuiltin) return false;
  const found = lookup(type, method);
  return found !== undefined && !(found instanceof PyBuiltin);
};

export function* compare(thread: Thread, op: Comparison, a: Value, b: Value): Steps {
  const method = METHODS[op];
  const mirrored = METHODS[MIRRORED[op]];
  const isRightFirst = classOf(a) !== classOf(b) && isSubclass(classOf(b), classOf(a)) && hasOwn(b, mirrored);
  if (isRightFirst) {
    const result = yield* ask(b, mirrored, a);
    if (result !== NOT_IMPLEMENTED) return result;
  }
  const left = yield* ask(a, method, b);
  if (left !== NOT_IMPLEMENTED) return left;
  if (!isRightFirst) {
    const right = yield* ask(b, mirrored, a);
    if (right !== NOT_IMPLEMENTED) return right;
  }
  if (op === '!=' && (hasOwn(a, '__eq__') || hasOwn(b, '__eq__'))) return !(yield* truth(thread, yield* compare(thread, '==', a, b)));
  const own = yield* compareOwn(thread, op, plain(a), plain(b));
  if (own !== undefined) return own;
  if (op === '==') return a === b;
  if (op === '!=') return a !== b;
  throw typeError(`'${op}' not supported between instances of '${classOf(a).name}' and '${classOf(b).name}'`);
}

function* ask(value: Value, method: string, other: Value): Steps {
  const found = lookup(classOf(value), method);
  if (found === undefined || found === null) return NOT_IMPLEMENTED;
  if (found instanceof PyBuiltin && (found.owner === null || value instanceof PyInstance === false)) return NOT_IMPLEMENTED;
  return (yield new Call(found, argsOf([value, other]))) as Value;
}

const ordered = (op: Comparison, order: number): boolean => {
  switch (op) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '==':
      return order === 0;
    default:
      return order !== 0;
  }
};

/** Text by its characters, not by the host's units. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x === y) continue;
    const isSurrogate = x >= 0xd800 && y >= 0xd800;
    return isSurrogate ? (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0) : x - y;
  }
  return a.length - b.length;
}

const bytesIn = (value: Value): Uint8Array | null => (value instanceof PyBytes || value instanceof PyByteArray ? value.data : null);

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) if (a[at] !== b[at]) return (a[at] ?? 0) - (b[at] ?? 0);
  return a.length - b.length;
}

/** Numbers, with what is not a number among them. */
export function compareNumbers(op: Comparison, x: number | bigint, y: number | bigint): boolean {
  switch (op) {
    case '<':
      return x < y;
    case '<=':
      return x <= y;
    case '>':
      return x > y;
    case '>=':
      return x >= y;
    case '==':
      // biome-ignore lint/suspicious/noDoubleEquals: a number and a bigint of the same worth are the same integer.
      return x == y;
    default:
      // biome-ignore lint/suspicious/noDoubleEquals: as above.
      return x != y;
  }
}

/** Comparison of the interpreter's own kinds; undefined if these two cannot be compared so. */
function* compareOwn(thread: Thread, op: Comparison, a: Value, b: Value): Steps<boolean | undefined> {
  const [x, y] = [numeric(a), numeric(b)];
  if (x !== null && y !== null) return compareNumbers(op, x, y);
  if (typeof a === 'string' && typeof b === 'string') return ordered(op, compareText(a, b));
  const [left, right] = [bytesIn(a), bytesIn(b)];
  if (left !== null && right !== null) return ordered(op, compareBytes(left, right));
  if ((a instanceof PyList && b instanceof PyList) || (a instanceof PyTuple && b instanceof PyTuple))
    return yield* compareSequences(thread, op, a.items, b.items);
  const [set, other] = [setIn(a), setIn(b)];
  if (set !== null && other !== null) return compareSets(op, set, other);
  if (op !== '==' && op !== '!=') return undefined;
  const same = yield* sameOwn(thread, a, b);
  return same === undefined ? undefined : (op === '==') === same;
}

/** The keys of what can be compared as a set. */
function setIn(value: Value): ReadonlySet<unknown> | ReadonlyMap<unknown, unknown> | null {
  if (value instanceof PySet) return value.map;
  return value instanceof PyView && value.cls.name === 'dict_keys' ? value.dict.map : null;
}

function compareSets(
  op: Comparison,
  a: { readonly size: number; has(key: unknown): boolean; keys(): Iterable<unknown> },
  b: typeof a,
): boolean {
  const within = (small: typeof a, large: typeof a): boolean =>
    small.size <= large.size && [...small.keys()].every((key) => large.has(key));
  switch (op) {
    case '==':
      return a.size === b.size && within(a, b);
    case '!=':
      return a.size !== b.size || !within(a, b);
    case '<=':
      return within(a, b);
    case '<':
      return a.size < b.size && within(a, b);
    case '>=':
      return within(b, a);
    default:
      return b.size < a.size && within(b, a);
  }
}

function* compareSequences(thread: Thread, op: Comparison, a: readonly Value[], b: readonly Value[]): Steps<boolean> {
  if ((op === '==' || op === '!=') && a.length !== b.length) return op === '!=';
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const [x, y] = [a[at] as Value, b[at] as Value];
    const same = equalsNow(x, y) ?? (yield equals(thread, x, y));
    if (same) continue;
    if (op === '==') return false;
    if (op === '!=') return true;
    return yield* truth(thread, yield* compare(thread, op, x, y));
  }
  return ordered(op, a.length - b.length);
}

function* sameOwn(thread: Thread, a: Value, b: Value): Steps<boolean | undefined> {
  if (a instanceof PyDict && b instanceof PyDict) {
    if (a.map.size !== b.map.size) return false;
    for (const [key, entry] of a.map) {
      const other = b.map.get(key);
      if (other === undefined) return false;
      if (!(equalsNow(entry.v, other.v) ?? (yield equals(thread, entry.v, other.v)))) return false;
    }
    return true;
  }
  if (a instanceof PyRange && b instanceof PyRange) return keyOf(a) === keyOf(b);
  if (a instanceof PyMethod && b instanceof PyMethod) return a.func === b.func && a.self === b.self;
  if (a instanceof PyComplex || b instanceof PyComplex) {
    const parts = (value: Value): readonly [number, number] | null =>
      value instanceof PyComplex ? [value.real, value.imag] : numeric(value) === null ? null : [Number(numeric(value)), 0];
    const [x, y] = [parts(a), parts(b)];
    return x !== null && y !== null && x[0] === y[0] && x[1] === y[1];
  }
  if (a instanceof PySlice && b instanceof PySlice)
    return yield* compareSequences(thread, '==', [a.start, a.stop, a.step], [b.start, b.stop, b.step]);
  if (a instanceof PyGeneric && b instanceof PyGeneric)
    return a.origin === b.origin && (yield* compareSequences(thread, '==', a.args, b.args));
  return undefined;
}
