/** Displays, formatting and unpacking. */
import { qualified } from '../protocol/describe.ts';
import { format, formatNow } from '../protocol/format.ts';
import { collect, iterator, next } from '../protocol/iterate.ts';
import { dictSet, dictSetKey, keyOf, setAdd } from '../protocol/keys.ts';
import { repr, str, toAscii } from '../protocol/text.ts';
import { typeError, valueError } from '../runtime/exceptions.ts';
import type { Frame } from '../runtime/frame.ts';
import { argsOf, Call, type Steps, type Thread } from '../runtime/thread.ts';
import {
  classOf,
  lookup,
  PyBuiltin,
  PyDict,
  PyFunction,
  PyList,
  PyMethod,
  PySet,
  PySlice,
  PyTuple,
  PyType,
  STOP,
  type Value,
} from '../runtime/values.ts';
import { type Handlers, later, silently } from './handler.ts';

const take = (frame: Frame, count: number): Value[] => (count === 0 ? [] : (frame.stack.splice(frame.stack.length - count) as Value[]));
const SLOT_BYTES = 8;
const LIST_BYTES = 56;

function* setOf(thread: Thread, items: readonly Value[]): Steps {
  const set = new PySet();
  for (const item of items) yield* setAdd(thread, set, item);
  return set;
}

function* dictOf(thread: Thread, items: readonly Value[]): Steps {
  const dict = new PyDict();
  for (let at = 0; at < items.length; at += 2) yield* dictSet(thread, dict, items[at] as Value, items[at + 1] as Value);
  return dict;
}

/** `of`: what is called with what is in the list, for `f(*values)`. */
function* extend(thread: Thread, list: PyList, value: Value, of?: Value): Steps<void> {
  try {
    for (const item of yield* collect(thread, value)) list.items.push(item);
  } catch (error) {
    if (lookup(classOf(value), '__iter__') === undefined && lookup(classOf(value), '__getitem__') === undefined)
      throw typeError(
        `${of === undefined ? 'Value' : `${calledName(of)} argument`} after * must be an iterable, not ${classOf(value).name}`,
      );
    throw error;
  }
}

/** What is called, as messages name it. */
function calledName(of: Value): string {
  if (of instanceof PyMethod) return calledName(of.func);
  if (of instanceof PyFunction) return `${String(of.globals.get('__name__') ?? '')}.${of.qualname}()`;
  if (of instanceof PyBuiltin) return `${of.owner === null ? '' : `${of.owner.name}.`}${of.name}()`;
  return of instanceof PyType ? (of.isBuiltin ? of.name : qualified(of)) : `${classOf(of).name} object`;
}

function* update(thread: Thread, dict: PyDict, value: Value, of?: Value): Steps<void> {
  if (value instanceof PyDict) {
    for (const [key, { k, v }] of value.map) {
      if (of !== undefined && dict.map.has(key))
        throw typeError(`${calledName(of)} got multiple values for keyword argument '${String(k)}'`);
      dictSetKey(dict, key, k, v);
    }
    return;
  }
  const keys = lookup(classOf(value), 'keys');
  if (keys === undefined)
    throw typeError(
      of !== undefined
        ? `${calledName(of)} argument after ** must be a mapping, not ${classOf(value).name}`
        : `'${classOf(value).name}' object is not a mapping`,
    );
  const getitem = lookup(classOf(value), '__getitem__') ?? null;
  for (const key of yield* collect(thread, (yield new Call(keys, argsOf([value]))) as Value))
    yield* dictSet(thread, dict, key, (yield new Call(getitem, argsOf([value, key]))) as Value);
}

const CONVERSIONS = ['', 'r', 's', 'a'];

function* formatted(thread: Thread, value: Value, { conversion, spec }: { readonly conversion: string; readonly spec: string }): Steps {
  if (conversion === '') return yield* format(thread, value, spec);
  const text = conversion === 's' ? yield* str(thread, value) : yield* repr(thread, value);
  return yield* format(thread, conversion === 'a' ? toAscii(text) : text, spec);
}

/** Puts so many items on the stack, the last one first. */
function spread(frame: Frame, items: readonly Value[]): void {
  for (let at = items.length - 1; at >= 0; at -= 1) frame.stack.push(items[at]);
}

function checkCount(given: number, count: number): void {
  if (given < count) throw valueError(`not enough values to unpack (expected ${count}, got ${given})`);
  if (given > count) throw valueError(`too many values to unpack (expected ${count})`);
}

function* unpack(thread: Thread, frame: Frame, value: Value, count: number): Steps<void> {
  if (lookup(classOf(value), '__iter__') === undefined && lookup(classOf(value), '__getitem__') === undefined)
    throw typeError(`cannot unpack non-iterable ${classOf(value).name} object`);
  const it = yield* iterator(thread, value);
  const items: Value[] = [];
  for (let one = yield* next(thread, it); one !== STOP; one = yield* next(thread, it)) {
    items.push(one);
    if (items.length > count) break;
  }
  checkCount(items.length, count);
  spread(frame, items);
}

function* unpackStar(thread: Thread, frame: Frame, value: Value, { before, after }: { before: number; after: number }): Steps<void> {
  if (lookup(classOf(value), '__iter__') === undefined && lookup(classOf(value), '__getitem__') === undefined)
    throw typeError(`cannot unpack non-iterable ${classOf(value).name} object`);
  const items = yield* collect(thread, value);
  if (items.length < before + after)
    throw valueError(`not enough values to unpack (expected at least ${before + after}, got ${items.length})`);
  const end = items.length - after;
  spread(frame, [...items.slice(0, before), new PyList(items.slice(before, end)), ...items.slice(end)]);
}

const SHIFT = 256;

export const BUILD: Handlers = {
  BUILD_TUPLE: (frame, arg) => {
    frame.stack.push(new PyTuple(take(frame, arg)));
  },
  BUILD_LIST: (frame, arg, thread) => {
    thread.interpreter.memory.count(LIST_BYTES + arg * SLOT_BYTES);
    frame.stack.push(new PyList(take(frame, arg)));
  },
  BUILD_SET: (frame, arg, thread) => later(thread, setOf(thread, take(frame, arg))),
  BUILD_DICT: (frame, arg, thread) => {
    const items = take(frame, arg * 2);
    const dict = new PyDict();
    thread.interpreter.memory.count(LIST_BYTES + arg * 100);
    for (let at = 0; at < items.length; at += 2) {
      const key = keyOf(items[at] as Value);
      if (key === undefined) {
        later(thread, dictOf(thread, items));
        return;
      }
      dictSetKey(dict, key, items[at] as Value, items[at + 1] as Value);
    }
    frame.stack.push(dict);
  },
  BUILD_SLICE: (frame) => {
    const [start = null, stop = null, step = null] = take(frame, 3);
    frame.stack.push(new PySlice(start, stop, step));
  },
  BUILD_STRING: (frame, arg) => {
    frame.stack.push(take(frame, arg).join(''));
  },
  FORMAT: (frame, arg, thread) => {
    const spec = arg % 2 === 1 ? String(frame.pop()) : '';
    const value = frame.pop();
    const conversion = CONVERSIONS[arg >> 1] ?? '';
    const now = conversion === '' ? formatNow(value, spec) : undefined;
    if (now === undefined) later(thread, formatted(thread, value, { conversion, spec }));
    else frame.stack.push(now);
  },
  LIST_APPEND: (frame, arg, thread) => {
    const value = frame.pop();
    thread.interpreter.memory.count(SLOT_BYTES * 4);
    (frame.stack[frame.stack.length - arg] as PyList).items.push(value);
  },
  SET_ADD: (frame, arg, thread) => {
    const value = frame.pop();
    const set = frame.stack[frame.stack.length - arg] as PySet;
    const key = keyOf(value);
    if (key === undefined) silently(thread, setAdd(thread, set, value));
    else if (!set.map.has(key)) set.map.set(key, value);
  },
  DICT_ADD: (frame, arg, thread) => {
    const value = frame.pop();
    const key = frame.pop();
    const dict = frame.stack[frame.stack.length - arg] as PyDict;
    thread.interpreter.memory.count(100);
    const at = keyOf(key);
    if (at === undefined) silently(thread, dictSet(thread, dict, key, value));
    else dictSetKey(dict, at, key, value);
  },
  LIST_EXTEND: (frame, isCall, thread) => {
    const value = frame.pop();
    const of = isCall === 1 ? (frame.stack[frame.stack.length - 2] as Value) : undefined;
    silently(thread, extend(thread, frame.top as PyList, value, of));
  },
  SET_UPDATE: (frame, _, thread) => {
    const value = frame.pop();
    const set = frame.top as PySet;
    silently(
      thread,
      (function* () {
        for (const item of yield* collect(thread, value)) yield* setAdd(thread, set, item);
      })(),
    );
  },
  DICT_UPDATE: (frame, _, thread) => {
    const value = frame.pop();
    silently(thread, update(thread, frame.top as PyDict, value));
  },
  DICT_MERGE: (frame, _, thread) => {
    const value = frame.pop();
    const of = frame.stack[frame.stack.length - 3] as Value;
    silently(thread, update(thread, frame.top as PyDict, value, of));
  },
  LIST_TO_TUPLE: (frame) => {
    frame.stack.push(new PyTuple((frame.pop() as PyList).items));
  },
  UNPACK: (frame, arg, thread) => {
    const value = frame.pop();
    if (value instanceof PyTuple || value instanceof PyList) {
      checkCount(value.items.length, arg);
      spread(frame, value.items);
    } else silently(thread, unpack(thread, frame, value, arg));
  },
  UNPACK_EX: (frame, arg, thread) =>
    silently(thread, unpackStar(thread, frame, frame.pop(), { before: arg % SHIFT, after: Math.floor(arg / SHIFT) })),
  LEN: (frame) => {
    frame.stack.push(frame.top);
  },
};
