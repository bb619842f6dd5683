/** Items by index, slice or key. */
import { fail, typeError, valueError } from '../runtime/exceptions.ts';
import { argsOf, Call, type Steps, type Thread } from '../runtime/thread.ts';
import {
  ALIAS,
  classOf,
  lookup,
  PyBuiltin,
  PyByteArray,
  PyBytes,
  PyDict,
  PyGeneric,
  PyInstance,
  PyList,
  PyRange,
  PySet,
  PySlice,
  PyTuple,
  PyType,
  PyView,
  plain,
  STOP,
  type Value,
} from '../runtime/values.ts';
import { integer } from './arithmetic.ts';
import { equals, equalsNow } from './compare.ts';
import { collect, iterator, next } from './iterate.ts';
import { dictSet, keyError, keyIn, keyOf, removeKey } from './keys.ts';
import { charAt, charsOf, textLength } from './strings.ts';

/** A whole number that may count or be an index. */
export function* indexOf(_: Thread, value: Value, message?: string): Steps<number> {
  const own = integer(plain(value));
  if (own !== null) {
    if (typeof own === 'bigint') throw fail('IndexError', "cannot fit 'int' into an index-sized integer");
    return own;
  }
  const method = lookup(classOf(value), '__index__');
  if (method === undefined || typeof value !== 'object')
    throw typeError(message ?? `'${classOf(value).name}' object cannot be interpreted as an integer`);
  return Number((yield new Call(method, argsOf([value]))) as number);
}

export interface Range {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly count: number;
}

/** What a slice takes of so many items. */
export function* sliceRange(thread: Thread, slice: PySlice, length: number): Steps<Range> {
  const message = 'slice indices must be integers or None or have an __index__ method';
  const one = function* (value: Value): Steps<number | null> {
    if (value === null) return null;
    const big = integer(value);
    if (typeof big === 'bigint') return big > 0n ? Number.MAX_SAFE_INTEGER : -Number.MAX_SAFE_INTEGER;
    return yield* indexOf(thread, value, message);
  };
  const step = (yield* one(slice.step)) ?? 1;
  if (step === 0) throw valueError('slice step cannot be zero');
  const clamp = (value: number): number => {
    const at = value < 0 ? value + length : value;
    return step > 0 ? Math.max(0, Math.min(length, at)) : Math.max(-1, Math.min(length - 1, at));
  };
  const [from, to] = [yield* one(slice.start), yield* one(slice.stop)];
  const start = from === null ? (step > 0 ? 0 : length - 1) : clamp(from);
  const stop = to === null ? (step > 0 ? length : -1) : clamp(to);
  return { start, stop, step, count: Math.max(0, Math.ceil((stop - start) / step)) };
}

export function pick<T>(items: ArrayLike<T>, { start, step, count }: Range): T[] {
  const result: T[] = [];
  for (let index = 0; index < count; index += 1) result.push(items[start + index * step] as T);
  return result;
}

const outOf = (word: string) => fail('IndexError', `${word} index out of range`);

/** An item that is there at once; undefined if more has to be done to find it. */
export function itemNow(value: Value, key: Value): Value | undefined {
  if (typeof key === 'number') {
    if (value instanceof PyList || value instanceof PyTuple) {
      if (!value.cls.isBuiltin) return undefined;
      const { items } = value;
      const found = items[key < 0 ? key + items.length : key];
      if (found === undefined) throw outOf(value instanceof PyList ? 'list' : 'tuple');
      return found;
    }
    if (typeof value === 'string') {
      const length = textLength(value);
      const at = key < 0 ? key + length : key;
      if (at < 0 || at >= length) throw outOf('string');
      return charAt(value, at);
    }
  }
  if (!(value instanceof PyDict) || !value.cls.isBuiltin) return undefined;
  const at = keyOf(key);
  if (at === undefined) return undefined;
  const entry = value.map.get(at);
  if (entry === undefined) throw keyError(key);
  return entry.v;
}

const hasOwn = (value: Value, name: string): boolean => {
  const type = classOf(value);
  return !type.isBuiltin && !(lookup(type, name) instanceof PyBuiltin) && lookup(type, name) !== undefined;
};

export function* getItem(thread: Thread, value: Value, key: Value): Steps {
  if (value instanceof PyType) return yield* typeItem(value, key);
  if (hasOwn(value, '__getitem__')) return (yield new Call(lookup(classOf(value), '__getitem__') ?? null, argsOf([value, key]))) as Value;
  return yield* plainItem(thread, value, key);
}

/** Without the methods of the value's class: what the builtin classes' own `__getitem__` does. */
export function* plainItem(thread: Thread, value: Value, key: Value): Steps {
  const own = plain(value);
  if (own instanceof PyDict) return yield* dictItem(thread, own, key);
  if (key instanceof PySlice) {
    const part = yield* slicePart(thread, own, key);
    if (part !== undefined) return part;
  } else if (own instanceof PyList || own instanceof PyTuple) {
    const word = own instanceof PyList ? 'list' : 'tuple';
    const at = yield* indexOf(thread, key, `${word} indices must be integers or slices, not ${classOf(key).name}`);
    const found = own.items[at < 0 ? at + own.items.length : at];
    if (found === undefined) throw outOf(word);
    return found;
  } else if (typeof own === 'string') {
    const at = yield* indexOf(thread, key, `string indices must be integers, not '${classOf(key).name}'`);
    const chars = charsOf(own);
    const found = chars[at < 0 ? at + chars.length : at];
    if (found === undefined) throw outOf('string');
    return found;
  } else if (own instanceof PyBytes || own instanceof PyByteArray) {
    const at = yield* indexOf(thread, key, `byte indices must be integers or slices, not ${classOf(key).name}`);
    const found = own.data[at < 0 ? at + own.data.length : at];
    if (found === undefined) throw outOf(own instanceof PyBytes ? '' : 'bytearray');
    return found;
  } else if (own instanceof PyRange) {
    const at = yield* indexOf(thread, key, `range indices must be integers or slices, not ${classOf(key).name}`);
    const index = at < 0 ? at + own.length : at;
    if (index < 0 || index >= own.length) throw fail('IndexError', 'range object index out of range');
    return own.start + index * own.step;
  }
  const method = lookup(classOf(value), '__getitem__');
  if (method === undefined || (method instanceof PyBuiltin && method.name === '__getitem__' && !(value instanceof PyInstance)))
    throw typeError(`'${classOf(value).name}' object is not subscriptable`);
  return (yield new Call(method, argsOf([value, key]))) as Value;
}

function* typeItem(value: PyType, key: Value): Steps {
  const meta = lookup(value.cls, '__getitem__');
  if (meta !== undefined) return (yield new Call(meta, argsOf([value, key]))) as Value;
  const own = lookup(value, '__class_getitem__');
  const args = key instanceof PyTuple ? key.items : [key];
  if (own instanceof PyBuiltin || (own === undefined && value.isBuiltin)) {
    if (['int', 'str', 'float', 'bool', 'bytes', 'NoneType', 'object'].includes(value.name))
      throw typeError(`type '${value.name}' is not subscriptable`);
    return new PyGeneric(ALIAS, value, args);
  }
  if (own === undefined) throw typeError(`type '${value.name}' is not subscriptable`);
  const fn = typeof own === 'object' && own !== null && 'func' in own ? (own as { func: Value }).func : own;
  return (yield new Call(fn, argsOf([value, key]))) as Value;
}

function* dictItem(thread: Thread, dict: PyDict, key: Value): Steps {
  const found = dict.map.get(yield* keyIn(thread, dict.map, key));
  if (found !== undefined) return found.v;
  const missing = dict.cls.isBuiltin ? undefined : lookup(dict.cls, '__missing__');
  if (missing === undefined) throw keyError(key);
  return (yield new Call(missing, argsOf([dict, key]))) as Value;
}

function* slicePart(thread: Thread, value: Value, slice: PySlice): Steps<Value | undefined> {
  if (value instanceof PyList) return new PyList(pick(value.items, yield* sliceRange(thread, slice, value.items.length)));
  if (value instanceof PyTuple) return new PyTuple(pick(value.items, yield* sliceRange(thread, slice, value.items.length)));
  if (typeof value === 'string') {
    const chars = charsOf(value);
    const range = yield* sliceRange(thread, slice, chars.length);
    if (range.step === 1)
      return chars.length === value.length
        ? value.slice(range.start, range.start + range.count)
        : chars.slice(range.start, range.start + range.count).join('');
    return pick(chars, range).join('');
  }
  if (value instanceof PyBytes) return new PyBytes(Uint8Array.from(pick(value.data, yield* sliceRange(thread, slice, value.data.length))));
  if (value instanceof PyByteArray)
    return new PyByteArray(Uint8Array.from(pick(value.data, yield* sliceRange(thread, slice, value.data.length))));
  if (!(value instanceof PyRange)) return undefined;
  const { start, count, step } = yield* sliceRange(thread, slice, value.length);
  const first = value.start + start * value.step;
  return new PyRange(first, first + count * step * value.step, step * value.step);
}

export function* setItem(thread: Thread, value: Value, key: Value, to: Value): Steps<void> {
  if (hasOwn(value, '__setitem__')) {
    yield new Call(lookup(classOf(value), '__setitem__') ?? null, argsOf([value, key, to]));
    return;
  }
  yield* plainSetItem(thread, value, key, to);
}

export function* plainSetItem(thread: Thread, value: Value, key: Value, to: Value): Steps<void> {
  if (value instanceof PyDict) {
    yield* dictSet(thread, value, key, to);
    return;
  }
  if (value instanceof PyList) {
    if (key instanceof PySlice) {
      yield* setSlice(thread, value, { slice: key, to });
      return;
    }
    const at = yield* indexOf(thread, key, `list indices must be integers or slices, not ${classOf(key).name}`);
    const index = at < 0 ? at + value.items.length : at;
    if (index < 0 || index >= value.items.length) throw fail('IndexError', 'list assignment index out of range');
    value.items[index] = to;
    return;
  }
  if (value instanceof PyByteArray && !(key instanceof PySlice)) {
    const at = yield* indexOf(thread, key);
    const byte = yield* indexOf(thread, to);
    if (byte < 0 || byte > 255) throw valueError('byte must be in range(0, 256)');
    if (at >= value.data.length || at < -value.data.length) throw fail('IndexError', 'bytearray index out of range');
    value.data[at < 0 ? at + value.data.length : at] = byte;
    return;
  }
  const method = lookup(classOf(value), '__setitem__');
  if (method === undefined || !(value instanceof PyInstance))
    throw typeError(`'${classOf(value).name}' object does not support item assignment`);
  yield new Call(method, argsOf([value, key, to]));
}

function* setSlice(thread: Thread, list: PyList, { slice, to }: { readonly slice: PySlice; readonly to: Value }): Steps<void> {
  const items = yield* collect(thread, to);
  const { start, step, count, stop } = yield* sliceRange(thread, slice, list.items.length);
  if (step === 1) {
    list.items.splice(start, Math.max(0, stop - start), ...items);
    return;
  }
  if (items.length !== count) throw valueError(`attempt to assign sequence of size ${items.length} to extended slice of size ${count}`);
  items.forEach((item, index) => {
    list.items[start + index * step] = item;
  });
}

export function* deleteItem(thread: Thread, value: Value, key: Value): Steps<void> {
  if (hasOwn(value, '__delitem__')) {
    yield new Call(lookup(classOf(value), '__delitem__') ?? null, argsOf([value, key]));
    return;
  }
  yield* plainDeleteItem(thread, value, key);
}

export function* plainDeleteItem(thread: Thread, value: Value, key: Value): Steps<void> {
  if (value instanceof PyDict) {
    if (!removeKey(value.map, yield* keyIn(thread, value.map, key))) throw keyError(key);
    return;
  }
  if (value instanceof PyList) {
    if (key instanceof PySlice) {
      const range = yield* sliceRange(thread, key, value.items.length);
      const gone = new Set<number>();
      for (let index = 0; index < range.count; index += 1) gone.add(range.start + index * range.step);
      value.items = value.items.filter((_, index) => !gone.has(index));
      return;
    }
    const at = yield* indexOf(thread, key, `list indices must be integers or slices, not ${classOf(key).name}`);
    const index = at < 0 ? at + value.items.length : at;
    if (index < 0 || index >= value.items.length) throw fail('IndexError', 'list assignment index out of range');
    value.items.splice(index, 1);
    return;
  }
  const method = lookup(classOf(value), '__delitem__');
  if (method === undefined || !(value instanceof PyInstance))
    throw typeError(`'${classOf(value).name}' object doesn't support item deletion`);
  yield new Call(method, argsOf([value, key]));
}

/** `item in value` */
export function* contains(thread: Thread, value: Value, item: Value): Steps<boolean> {
  if (hasOwn(value, '__contains__')) {
    const result = (yield new Call(lookup(classOf(value), '__contains__') ?? null, argsOf([value, item]))) as Value;
    return result !== false && result !== null && result !== 0;
  }
  return yield* plainContains(thread, value, item);
}

export function* plainContains(thread: Thread, value: Value, item: Value): Steps<boolean> {
  const own = plain(value);
  if (typeof own === 'string') {
    const part = plain(item);
    if (typeof part !== 'string') throw typeError(`'in <string>' requires string as left operand, not ${classOf(item).name}`);
    return own.includes(part);
  }
  if (own instanceof PyDict || own instanceof PySet) return own.map.has(yield* keyIn(thread, own.map, item));
  if (own instanceof PyView && own.cls.name === 'dict_keys') return own.dict.map.has(yield* keyIn(thread, own.dict.map, item));
  if (own instanceof PyRange) {
    const number = integer(item);
    if (typeof number === 'number')
      return (
        (own.step > 0 ? number >= own.start && number < own.stop : number <= own.start && number > own.stop) &&
        (number - own.start) % own.step === 0
      );
  }
  if (own instanceof PyBytes || own instanceof PyByteArray) {
    const byte = integer(item);
    if (byte !== null) return own.data.includes(Number(byte));
    if (item instanceof PyBytes || item instanceof PyByteArray) return findBytes(own.data, item.data, 0) >= 0;
  }
  const method = value instanceof PyInstance ? lookup(value.cls, '__contains__') : undefined;
  if (method !== undefined) return ((yield new Call(method, argsOf([value, item]))) as Value) === true;
  if (
    lookup(classOf(value), '__iter__') === undefined &&
    lookup(classOf(value), '__getitem__') === undefined &&
    (value === null || typeof value !== 'object' || value instanceof PyType || value instanceof PyInstance)
  )
    throw typeError(`argument of type '${classOf(value).name}' is not iterable`);
  const it = yield* iterator(thread, value);
  for (let one = yield* next(thread, it); one !== STOP; one = yield* next(thread, it))
    if (one === item || (equalsNow(one, item) ?? (yield* equals(thread, one, item)))) return true;
  return false;
}

/** Where bytes stand in others; -1 if nowhere. */
export function findBytes(all: Uint8Array, part: Uint8Array, from: number): number {
  for (let at = Math.max(0, from); at + part.length <= all.length; at += 1) {
    let index = 0;
    while (index < part.length && all[at + index] === part[index]) index += 1;
    if (index === part.length) return at;
  }
  return -1;
}
