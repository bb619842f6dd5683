/** Operators of texts, lists, tuples, bytes, sets and dicts. */
import { fail } from '../runtime/exceptions.ts';
import type { Steps, Thread } from '../runtime/thread.ts';
import {
  DICT,
  PyByteArray,
  PyBytes,
  PyDict,
  PyGeneric,
  PyList,
  PySet,
  PyTuple,
  PyType,
  PyView,
  SET,
  UNION,
  type Value,
} from '../runtime/values.ts';
import { integer } from './arithmetic.ts';
import { collect } from './iterate.ts';
import { setAdd } from './keys.ts';
import { percentBytes, percentText } from './percent.ts';

const MOST_CHARS = 0x1ff_fff_00;
const SLOT_BYTES = 8;

/** Memory that a big value takes is told before it is made. */
export function reserve(thread: Thread, bytes: number): void {
  if (bytes > Number.MAX_SAFE_INTEGER) throw fail('MemoryError', '');
  thread.interpreter.memory.take(bytes);
}

const bytesOf = (value: Value): Uint8Array | null => (value instanceof PyBytes || value instanceof PyByteArray ? value.data : null);

/** Undefined if these two have no such operation. */
export function* sequenceOp(thread: Thread, op: string, a: Value, b: Value): Steps<Value | undefined> {
  switch (op) {
    case '+':
      return add(thread, a, b);
    case '*': {
      const [right, left] = [integer(b), integer(a)];
      if (right !== null) return repeat(thread, a, Number(right));
      return left === null ? undefined : repeat(thread, b, Number(left));
    }
    case '%':
      if (typeof a === 'string') return yield* percentText(thread, a, b);
      if (a instanceof PyBytes || a instanceof PyByteArray) return yield* percentBytes(thread, a, b);
      return undefined;
    case '|':
      if (isTypeLike(a) && isTypeLike(b) && thread.interpreter.version.has.unionOperator) return unionOf(a, b);
      if (a instanceof PyDict && b instanceof PyDict) return merged(a, b);
      return yield* setOp(thread, op, a, b);
    case '&':
    case '-':
    case '^':
      return yield* setOp(thread, op, a, b);
    default:
      return undefined;
  }
}

const isTypeLike = (value: Value): boolean => value === null || value instanceof PyType || value instanceof PyGeneric;

function unionOf(a: Value, b: Value): Value | undefined {
  if (a === null && b === null) return undefined;
  const parts = (value: Value): readonly Value[] => (value instanceof PyGeneric && value.cls === UNION ? value.args : [value]);
  return new PyGeneric(UNION, null, [...new Set([...parts(a), ...parts(b)])]);
}

function merged(a: PyDict, b: PyDict): PyDict {
  const result = new PyDict();
  result.cls = DICT;
  for (const [key, { k, v }] of [...a.map, ...b.map]) {
    const entry = result.map.get(key);
    if (entry === undefined) result.map.set(key, { k, v });
    else entry.v = v;
  }
  return result;
}

function add(thread: Thread, a: Value, b: Value): Value | undefined {
  if (typeof a === 'string' && typeof b === 'string') return joinText(thread, a, b);
  if (a instanceof PyList && b instanceof PyList) {
    reserve(thread, (a.items.length + b.items.length) * SLOT_BYTES);
    return new PyList([...a.items, ...b.items]);
  }
  if (a instanceof PyTuple && b instanceof PyTuple) return new PyTuple([...a.items, ...b.items]);
  const [x, y] = [bytesOf(a), bytesOf(b)];
  if (x === null || y === null) return undefined;
  reserve(thread, x.length + y.length);
  const data = new Uint8Array(x.length + y.length);
  data.set(x);
  data.set(y, x.length);
  return a instanceof PyBytes ? new PyBytes(data) : new PyByteArray(data);
}

export function joinText(thread: Thread, a: string, b: string): string {
  if (a.length + b.length > MOST_CHARS) throw fail('MemoryError', '');
  if (a.length + b.length > 1024) thread.interpreter.memory.take(a.length + b.length);
  return a + b;
}

function repeat(thread: Thread, value: Value, times: number): Value | undefined {
  const count = Math.max(0, times);
  if (typeof value === 'string') {
    if (value.length * count > MOST_CHARS) {
      reserve(thread, value.length * count);
      throw fail('MemoryError', '');
    }
    if (value.length * count > 1024) reserve(thread, value.length * count);
    return value.repeat(count);
  }
  if (value instanceof PyList || value instanceof PyTuple) {
    reserve(thread, value.items.length * count * SLOT_BYTES);
    if (value.items.length * count > 2 ** 27) throw fail('MemoryError', '');
    const items: Value[] = value.items.length === 1 ? new Array<Value>(count).fill(value.items[0] as Value) : [];
    if (value.items.length > 1) for (let index = 0; index < count; index += 1) for (const item of value.items) items.push(item);
    return value instanceof PyList ? new PyList(items) : new PyTuple(items);
  }
  const bytes = bytesOf(value);
  if (bytes === null) return undefined;
  reserve(thread, bytes.length * count);
  if (bytes.length * count > 2 ** 31) throw fail('MemoryError', '');
  const data = new Uint8Array(bytes.length * count);
  if (bytes.length === 1) data.fill(bytes[0] ?? 0);
  else for (let index = 0; index < count; index += 1) data.set(bytes, index * bytes.length);
  return value instanceof PyBytes ? new PyBytes(data) : new PyByteArray(data);
}

/** The members of what counts as a set. */
function* setIn(thread: Thread, value: Value): Steps<PySet | null> {
  if (value instanceof PySet) return value;
  if (!(value instanceof PyView) || value.cls.name === 'dict_values') return null;
  const set = new PySet();
  for (const one of yield* collect(thread, value)) yield* setAdd(thread, set, one);
  return set;
}

function* setOp(thread: Thread, op: string, a: Value, b: Value): Steps<Value | undefined> {
  const [left, right] = [yield* setIn(thread, a), yield* setIn(thread, b)];
  if (left === null || right === null) return undefined;
  return combineSets(op, left, right, a instanceof PySet ? left.cls : SET);
}

export function combineSets(op: string, a: PySet, b: PySet, cls = a.cls): PySet {
  const result = new PySet(cls.isBuiltin ? cls : SET);
  for (const [key, value] of a.map) if (op === '|' || b.map.has(key) === (op === '&')) result.map.set(key, value);
  if (op === '|' || op === '^') for (const [key, value] of b.map) if (!a.map.has(key)) result.map.set(key, value);
  return result;
}
