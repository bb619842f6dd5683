/** Patterns of `match`. */
import { findAttribute, getAttribute } from '../protocol/attributes.ts';
import { contains, getItem } from '../protocol/items.ts';
import { keyIn } from '../protocol/keys.ts';
import { length } from '../protocol/truth.ts';
import { typeError } from '../runtime/exceptions.ts';
import type { Steps, Thread } from '../runtime/thread.ts';
import { classOf, isSubclass, lookup, PyDict, PyInstance, PyList, PyTuple, PyType, type Value } from '../runtime/values.ts';
import { type Handlers, later } from './handler.ts';

const SHIFT = 256;
/** Classes whose one positional pattern is the value itself. */
const ITSELF = ['bool', 'bytearray', 'bytes', 'dict', 'float', 'frozenset', 'int', 'list', 'set', 'str', 'tuple'];

const isSequence = (value: Value): boolean =>
  value instanceof PyList ||
  value instanceof PyTuple ||
  (value instanceof PyInstance && value.cls.mro.some(({ name }) => name === 'Sequence' || name === 'deque'));
const isMapping = (value: Value): boolean =>
  value instanceof PyDict || (value instanceof PyInstance && value.cls.mro.some(({ name }) => name === 'Mapping'));

function* matchSequence(thread: Thread, value: Value, arg: number): Steps {
  if (!isSequence(value)) return false;
  const count = yield* length(thread, value);
  return arg >= SHIFT * SHIFT ? count >= (arg - SHIFT * SHIFT) / SHIFT : count === arg;
}

/** A list in a list, so that it is true even if it is empty; None if a key is not there. */
function* matchKeys(thread: Thread, value: Value, keys: PyTuple): Steps {
  const found: Value[] = [];
  for (const key of keys.items) {
    if (!(yield* contains(thread, value, key))) return null;
    found.push(yield* getItem(thread, value, key));
  }
  return new PyList([new PyList(found)]);
}

function* matchRest(thread: Thread, value: PyDict, keys: PyTuple): Steps {
  const rest = new PyDict();
  for (const [key, { k, v }] of value.map) rest.map.set(key, { k, v });
  for (const key of keys.items) rest.map.delete(yield* keyIn(thread, rest.map, key));
  return rest;
}

function* matchClass(thread: Thread, value: Value, options: { cls: Value; names: PyTuple; count: number }): Steps {
  const { cls, names, count } = options;
  if (!(cls instanceof PyType)) throw typeError('called match pattern must be a class');
  if (!isSubclass(classOf(value), cls)) return null;
  const found: Value[] = [];
  if (count > 0) {
    const own = lookup(cls, '__match_args__');
    const args = own instanceof PyTuple ? own.items : null;
    if (args === null && count === 1 && cls.mro.some(({ name, isBuiltin }) => isBuiltin && ITSELF.includes(name))) found.push(value);
    else {
      const most = args?.length ?? 0;
      if (count > most) throw typeError(`${cls.name}() accepts ${most} positional sub-pattern${most === 1 ? '' : 's'} (${count} given)`);
      for (const name of (args ?? []).slice(0, count)) found.push(yield* getAttribute(thread, value, String(name)));
    }
  }
  for (const name of names.items) {
    const attribute = yield* findAttribute(thread, value, String(name));
    if (attribute === undefined) return null;
    found.push(attribute);
  }
  return new PyList([new PyList(found)]);
}

export const MATCHING: Handlers = {
  MATCH_SEQUENCE: (frame, arg, thread) => later(thread, matchSequence(thread, frame.pop(), arg)),
  MATCH_MAPPING: (frame) => {
    frame.stack.push(isMapping(frame.pop()));
  },
  MATCH_KEYS: (frame, _, thread) => {
    const keys = frame.pop() as PyTuple;
    later(thread, matchKeys(thread, frame.pop(), keys));
  },
  MATCH_REST: (frame, _, thread) => {
    const keys = frame.pop() as PyTuple;
    later(thread, matchRest(thread, frame.pop() as PyDict, keys));
  },
  MATCH_CLASS: (frame, arg, thread) => {
    const names = frame.pop() as PyTuple;
    const cls = frame.pop();
    later(thread, matchClass(thread, frame.pop(), { cls, names, count: arg }));
  },
};
