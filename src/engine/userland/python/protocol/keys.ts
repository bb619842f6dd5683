/** Equality and hashing of keys: what dicts and sets find things by. */

import { PyComplex } from '../runtime/complex.ts';
import { fail, typeError } from '../runtime/exceptions.ts';
import { argsOf, Call, type Steps, type Thread } from '../runtime/thread.ts';
import {
  classOf,
  type Entry,
  type Key,
  lookup,
  OBJECT,
  PyBuiltin,
  PyByteArray,
  PyBytes,
  PyDict,
  PyException,
  PyFloat,
  PyInstance,
  PyList,
  PyMethod,
  PyRange,
  PySet,
  PySlice,
  PyTuple,
  type Value,
} from '../runtime/values.ts';
import { equals } from './compare.ts';

/** Marks keys of the host's that stand for something other than a text. */
const MARK = '\u0000';

export const unhashable = (value: Value) => typeError(`unhashable type: '${classOf(value).name}'`);

/** The key of a value; undefined if its class has its own way. Raises TypeError for what cannot be one. */
export function keyOf(value: Value): Key | undefined {
  switch (typeof value) {
    case 'string':
      return value.startsWith(MARK) ? `${MARK}s${value}` : value;
    case 'number':
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    default:
  }
  if (value === null) return null;
  if (value instanceof PyTuple) return ownWay(value) ? undefined : tupleKey(value.items);
  if (value instanceof PyFloat) return floatKey(value.v);
  if (value instanceof PyBytes) return `${MARK}b${value.data.join(',')}`;
  if (value instanceof PyInstance) return instanceKey(value);
  if (value instanceof PyList || value instanceof PyDict || value instanceof PyByteArray || value instanceof PySlice) {
    if (!(value instanceof PyByteArray || value instanceof PySlice) && !value.cls.isBuiltin && ownWay(value)) return undefined;
    throw unhashable(value);
  }
  if (value instanceof PySet) {
    if (value.cls.mro.some(({ name }) => name === 'frozenset')) return `${MARK}f${[...value.map.keys()].map(partOf).sort().join(',')}`;
    throw unhashable(value);
  }
  if (value instanceof PyRange)
    return `${MARK}r${value.length},${value.length > 0 ? value.start : ''},${value.length > 1 ? value.step : ''}`;
  if (value instanceof PyMethod)
    return `${MARK}m${identity(value.func as object)},${typeof value.self === 'object' && value.self !== null ? identity(value.self) : String(value.self)}`;
  if (value instanceof PyComplex) return value.imag === 0 ? floatKey(value.real) : `${MARK}c${value.real},${value.imag}`;
  if (value instanceof PyException && ownWay(value)) return undefined;
  return value;
}

function floatKey(v: number): Key {
  if (Number.isInteger(v) && !Number.isSafeInteger(v)) return BigInt(v);
  return Object.is(v, -0) ? 0 : v;
}

/** Whether a class says itself what its hash is. */
function ownWay(value: PyInstance | PyTuple | PyList | PyDict | PyException): boolean {
  const hash = lookup(value.cls, '__hash__');
  const eq = lookup(value.cls, '__eq__');
  if (hash === null) throw unhashable(value);
  return !(hash instanceof PyBuiltin || hash === undefined) || !(eq instanceof PyBuiltin || eq === undefined);
}

function instanceKey(value: PyInstance): Key | undefined {
  if (ownWay(value)) return undefined;
  return value.worth === undefined ? value : keyOf(value.worth);
}

function tupleKey(items: readonly Value[]): Key | undefined {
  let text = `${MARK}t`;
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) return undefined;
    text += `${partOf(key)},`;
  }
  return text;
}

function partOf(key: Key): string {
  switch (typeof key) {
    case 'string':
      return `s${key.length}:${key}`;
    case 'object':
      return key === null ? 'n' : `o${identity(key)}`;
    default:
      return `i${String(key)}`;
  }
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;
/** A number of an object's own; it is not shown to programs. */
function identity(value: object): number {
  let number = identities.get(value);
  if (number === undefined) {
    lastIdentity += 1;
    number = lastIdentity;
    identities.set(value, number);
  }
  return number;
}

/** The key in a map of a value whose class has its own `__hash__` and `__eq__`: a free one if there is no equal. */
export function* keyIn(thread: Thread, map: ReadonlyMap<Key, Entry | Value>, value: Value): Steps<Key> {
  const now = keyOf(value);
  if (now !== undefined) return now;
  const number = yield* hash(thread, value);
  for (let probe = 0; ; probe += 1) {
    const key = `${MARK}h${String(number)}#${probe}`;
    const found = map.get(key);
    if (found === undefined && !map.has(key)) return key;
    const other = isEntry(found) ? found.k : (found as Value);
    if (other === value || (yield* equals(thread, other, value))) return key;
  }
}

const isEntry = (value: Entry | Value | undefined): value is Entry =>
  typeof value === 'object' && value !== null && 'k' in value && 'v' in value && !('cls' in value);

/** `hash(value)` */
export function* hash(thread: Thread, value: Value): Steps<number | bigint> {
  const now = value instanceof PyTuple && keyOf(value) === undefined ? undefined : keyOf(value);
  if (now !== undefined) return hashOfKey(thread, now);
  if (value instanceof PyTuple && value.cls.isBuiltin) {
    let sum = 7;
    for (const item of value.items) sum = (sum * 31 + Number(yield* hash(thread, item))) % 2_305_843_009;
    return sum;
  }
  const own = lookup(classOf(value), '__hash__');
  if (
    own === undefined ||
    own === null ||
    (own instanceof PyBuiltin && lookup(classOf(value), '__eq__') !== undefined && own.owner === OBJECT)
  )
    throw unhashable(value);
  const result = (yield new Call(own, argsOf([value]))) as Value;
  if (typeof result === 'boolean') return Number(result);
  if (typeof result !== 'number' && typeof result !== 'bigint') throw typeError('__hash__ method should return an integer');
  return result;
}

const MODULUS = (1n << 61n) - 1n;

function hashOfKey(thread: Thread, key: Key): number | bigint {
  if (typeof key === 'number' && Number.isInteger(key)) return key === -1 ? -2 : key;
  if (typeof key === 'bigint') {
    const rest = Number((key < 0n ? -key : key) % MODULUS);
    return key < 0n ? -rest : rest;
  }
  if (typeof key === 'object') return key === null ? 238_175 : Math.floor(thread.interpreter.address(key) / 16);
  return thread.interpreter.hashText(String(key));
}

export function* dictGet(thread: Thread, dict: PyDict, key: Value): Steps<Value | undefined> {
  return dict.map.get(yield* keyIn(thread, dict.map, key))?.v;
}

export function dictSetKey(dict: PyDict, at: Key, key: Value, value: Value): void {
  const entry = dict.map.get(at);
  if (entry === undefined) dict.map.set(at, { k: key, v: value });
  else entry.v = value;
}

export function* dictSet(thread: Thread, dict: PyDict, key: Value, value: Value): Steps<void> {
  dictSetKey(dict, yield* keyIn(thread, dict.map, key), key, value);
}

/** Takes an entry out. Those that had the same hash move up. */
export function removeKey<T>(map: Map<Key, T>, key: Key): boolean {
  if (!map.delete(key)) return false;
  const probe = typeof key === 'string' && key.startsWith(`${MARK}h`) ? /^(.*#)(\d+)$/s.exec(key) : null;
  if (probe === null) return true;
  for (let at = Number(probe[2]); ; at += 1) {
    const next = map.get(`${probe[1]}${at + 1}`);
    if (next === undefined) return true;
    map.delete(`${probe[1]}${at + 1}`);
    map.set(`${probe[1]}${at}`, next);
  }
}

export function* setAdd(thread: Thread, set: PySet, value: Value): Steps<void> {
  const key = yield* keyIn(thread, set.map, value);
  if (!set.map.has(key)) set.map.set(key, value);
}

export const keyError = (key: Value) => {
  const raised = fail('KeyError', '');
  raised.exc.args = new PyTuple([key]);
  return raised;
};
