/** Iteration. */
import { fail, Raised, typeError } from '../runtime/exceptions.ts';
import { argsOf, Call, type Steps, type Thread } from '../runtime/thread.ts';
import {
  builtinType,
  classOf,
  DICT_ITEMS,
  DICT_VALUES,
  lookup,
  PyBuiltin,
  PyByteArray,
  PyBytes,
  PyDict,
  PyGenerator,
  PyGeneric,
  PyInstance,
  PyIterator,
  PyList,
  PyRange,
  PySet,
  PyTuple,
  PyView,
  STOP,
  type Stop,
  type Value,
} from '../runtime/values.ts';
import { ordered } from './set-order.ts';
import { isWide } from './strings.ts';

export const LIST_ITERATOR = builtinType('list_iterator');
export const TUPLE_ITERATOR = builtinType('tuple_iterator');
export const RANGE_ITERATOR = builtinType('range_iterator');
export const STR_ITERATOR = builtinType('str_iterator');
export const BYTES_ITERATOR = builtinType('bytes_iterator');
export const SET_ITERATOR = builtinType('set_iterator');
export const DICT_KEY_ITERATOR = builtinType('dict_keyiterator');
export const DICT_VALUE_ITERATOR = builtinType('dict_valueiterator');
export const DICT_ITEM_ITERATOR = builtinType('dict_itemiterator');
export const CALLABLE_ITERATOR = builtinType('callable_iterator');
export const SEQUENCE_ITERATOR = builtinType('iterator');
/** All iterators of the interpreter's own; what they have in common is added to each. */
export const ITERATOR_TYPES = [
  LIST_ITERATOR,
  TUPLE_ITERATOR,
  RANGE_ITERATOR,
  STR_ITERATOR,
  BYTES_ITERATOR,
  SET_ITERATOR,
  DICT_KEY_ITERATOR,
  DICT_VALUE_ITERATOR,
  DICT_ITEM_ITERATOR,
  CALLABLE_ITERATOR,
  SEQUENCE_ITERATOR,
];

const ended = (): Stop => STOP;

function overItems(of: { readonly items: readonly Value[] } & Value & object, cls = LIST_ITERATOR): PyIterator {
  let at = 0;
  return new PyIterator(cls, {
    of,
    next: () => {
      const { items } = of;
      if (at >= items.length) {
        at = Number.POSITIVE_INFINITY;
        return STOP;
      }
      at += 1;
      return items[at - 1] as Value;
    },
  });
}

function overRange(range: PyRange): PyIterator {
  let value = range.start;
  const { stop, step } = range;
  return new PyIterator(RANGE_ITERATOR, {
    of: range,
    next: () => {
      if (step > 0 ? value >= stop : value <= stop) return STOP;
      value += step;
      return value - step;
    },
  });
}

function overText(text: string): PyIterator {
  let at = 0;
  const chars = isWide(text) ? [...text] : text;
  return new PyIterator(STR_ITERATOR, {
    next: () => {
      at += 1;
      return at > chars.length ? STOP : (chars[at - 1] as string);
    },
  });
}

function overBytes(of: PyBytes | PyByteArray): PyIterator {
  let at = 0;
  return new PyIterator(BYTES_ITERATOR, {
    next: () => {
      at += 1;
      return of.data[at - 1] ?? STOP;
    },
  });
}

interface Walked<T> {
  readonly map: ReadonlyMap<unknown, T>;
  /** In the order in which it is walked. */
  readonly values: { values(): IterableIterator<T> };
}

const walked = <T>(map: ReadonlyMap<unknown, T>): Walked<T> => ({ map, values: map });

/** What a map holds, as long as nobody changes its size. */
function overMap<T>(
  { map, values: all }: Walked<T>,
  options: { cls: PyIterator['cls']; pick: (one: T) => Value; word: string; of: Value },
): PyIterator {
  const values = all.values();
  const { size } = map;
  return new PyIterator(options.cls, {
    of: options.of,
    next: () => {
      if (map.size !== size) throw fail('RuntimeError', `${options.word} changed size during iteration`);
      const next = values.next();
      return next.done ? STOP : options.pick(next.value);
    },
  });
}

function overDict(dict: PyDict, kind: 'keys' | 'values' | 'items'): PyIterator {
  const word = 'dictionary';
  if (kind === 'keys') return overMap(walked(dict.map), { cls: DICT_KEY_ITERATOR, pick: ({ k }) => k, word, of: dict });
  if (kind === 'values') return overMap(walked(dict.map), { cls: DICT_VALUE_ITERATOR, pick: ({ v }) => v, word, of: dict });
  return overMap(walked(dict.map), { cls: DICT_ITEM_ITERATOR, pick: ({ k, v }) => new PyTuple([k, v]), word, of: dict });
}

/** The iterator of the interpreter's own values; undefined for others. */
export function iteratorNow(value: Value): Value | undefined {
  if (typeof value === 'string') return overText(value);
  if (value instanceof PyIterator || value instanceof PyGenerator) return value;
  if (value === null || typeof value !== 'object') return undefined;
  if (!value.cls.isBuiltin && !(value instanceof PyInstance)) {
    const own = lookup(value.cls, '__iter__');
    if (own !== undefined && !(own instanceof PyBuiltin)) return undefined;
  }
  if (value instanceof PyList) return overItems(value);
  if (value instanceof PyTuple) return overItems(value, TUPLE_ITERATOR);
  if (value instanceof PyRange) return overRange(value);
  if (value instanceof PyDict) return overDict(value, 'keys');
  if (value instanceof PySet) return overMap(ordered(value), { cls: SET_ITERATOR, pick: (one) => one, word: 'Set', of: value });
  if (value instanceof PyView)
    return overDict(value.dict, value.cls === DICT_ITEMS ? 'items' : value.cls === DICT_VALUES ? 'values' : 'keys');
  if (value instanceof PyBytes || value instanceof PyByteArray) return overBytes(value);
  if (value instanceof PyInstance && typeof value.worth === 'string' && lookup(value.cls, '__iter__') instanceof PyBuiltin)
    return overText(value.worth);
  return undefined;
}

export function* iterator(_thread: Thread, value: Value): Steps {
  const now = iteratorNow(value);
  if (now !== undefined) return now;
  const type = classOf(value);
  const own = lookup(type, '__iter__');
  if (own !== undefined && own !== null) {
    const result = (yield new Call(own, argsOf([value]))) as Value;
    if (!(result instanceof PyIterator || result instanceof PyGenerator) && lookup(classOf(result), '__next__') === undefined)
      throw typeError(`iter() returned non-iterator of type '${classOf(result).name}'`);
    return result;
  }
  const getitem = value instanceof PyGeneric ? undefined : lookup(type, '__getitem__');
  if (getitem === undefined || own === null) throw typeError(`'${type.name}' object is not iterable`);
  let at = 0;
  return new PyIterator(SEQUENCE_ITERATOR, {
    steps: function* () {
      try {
        at += 1;
        return (yield new Call(getitem, argsOf([value, at - 1]))) as Value;
      } catch (error) {
        if (error instanceof Raised && ['IndexError', 'StopIteration'].includes(error.exc.cls.name)) return ended();
        throw error;
      }
    },
  });
}

/** The next value, or STOP. */
export function* next(thread: Thread, value: Value): Steps<Value | Stop> {
  if (value instanceof PyIterator) {
    if (value.next !== null) return value.next();
    if (value.steps !== null) return yield* value.steps(thread);
  }
  if (value instanceof PyGenerator) return (yield new Call(value, argsOf([]), { send: null })) as Value | Stop;
  const own = lookup(classOf(value), '__next__');
  if (own === undefined) throw typeError(`'${classOf(value).name}' object is not an iterator`);
  try {
    return (yield new Call(own, argsOf([value]))) as Value;
  } catch (error) {
    if (error instanceof Raised && error.exc.cls.mro.some(({ name }) => name === 'StopIteration')) {
      thread.returned = error.exc.args.items[0] ?? null;
      return STOP;
    }
    throw error;
  }
}

/** All that an iterable gives. */
export function* collect(thread: Thread, value: Value): Steps<Value[]> {
  if (value instanceof PyTuple && value.cls.isBuiltin) return [...value.items];
  if (value instanceof PyList && value.cls.isBuiltin) {
    thread.interpreter.memory.take(value.items.length * 8);
    return [...value.items];
  }
  const it = yield* iterator(thread, value);
  const items: Value[] = [];
  const quick = it instanceof PyIterator ? it.next : null;
  if (quick !== null) {
    for (let one = quick(); one !== STOP; one = quick()) {
      items.push(one);
      if (items.length % 1024 === 0) {
        thread.interpreter.memory.take(1024 * 8);
        const passed = thread.sys.charge(20_000);
        if (passed) yield passed;
      }
    }
    return items;
  }
  for (let one = yield* next(thread, it); one !== STOP; one = yield* next(thread, it)) {
    items.push(one);
    if (items.length % 1024 === 0) {
      thread.interpreter.memory.take(1024 * 8);
      const passed = thread.sys.charge(20_000);
      if (passed) yield passed;
    }
  }
  return items;
}
