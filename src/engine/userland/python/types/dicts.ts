/** dict, its views, and mappingproxy. */

import { classMethodSteps, methodSteps, methods } from '../library/define.ts';
import { plainContains, plainDeleteItem, plainItem, plainSetItem } from '../protocol/items.ts';
import { collect, DICT_KEY_ITERATOR, iteratorNow } from '../protocol/iterate.ts';
import { dictGet, dictSet, dictSetKey, keyError, keyIn, keyOf, removeKey } from '../protocol/keys.ts';
import { typeError, valueError } from '../runtime/exceptions.ts';
import { argsOf, Call, type Steps, type Thread } from '../runtime/thread.ts';
import {
  classOf,
  DICT,
  DICT_ITEMS,
  DICT_KEYS,
  DICT_VALUES,
  lookup,
  MAPPINGPROXY,
  PyDict,
  PyIterator,
  PyTuple,
  type PyType,
  PyView,
  STOP,
  type Value,
} from '../runtime/values.ts';

function dictOf(cls: PyType): PyDict {
  const dict = new PyDict();
  dict.cls = cls;
  return dict;
}

DICT.isFilledLater = true;
DICT.makeSteps = function* (thread, cls, { list, named }) {
  const dict = dictOf(cls);
  yield* fill(thread, dict, { list, named });
  return dict;
};
MAPPINGPROXY.makeSteps = function* (thread, cls, { list }) {
  const dict = dictOf(cls);
  yield* fill(thread, dict, { list, named: null });
  return dict;
};

interface Given {
  readonly list: readonly Value[];
  readonly named: ReadonlyMap<string, Value> | null;
}

function* fill(thread: Thread, dict: PyDict, { list, named }: Given): Steps<void> {
  if (list.length > 1) throw typeError(`dict expected at most 1 argument, got ${list.length}`);
  const [given] = list;
  if (given !== undefined) yield* updateDict(thread, dict, given);
  for (const [key, value] of named ?? []) yield* dictSet(thread, dict, key, value);
}

export function* updateDict(thread: Thread, dict: PyDict, given: Value): Steps<void> {
  if (given instanceof PyDict) {
    thread.interpreter.memory.take(given.map.size * 100);
    for (const [key, { k, v }] of given.map) dictSetKey(dict, key, k, v);
    return;
  }
  const keys = lookup(classOf(given), 'keys');
  if (keys !== undefined) {
    const getitem = lookup(classOf(given), '__getitem__') ?? null;
    for (const key of yield* collect(thread, (yield new Call(keys, argsOf([given]))) as Value))
      yield* dictSet(thread, dict, key, (yield new Call(getitem, argsOf([given, key]))) as Value);
    return;
  }
  let index = 0;
  for (const pair of yield* collect(thread, given)) {
    if (lookup(classOf(pair), '__iter__') === undefined && typeof pair !== 'string' && lookup(classOf(pair), '__getitem__') === undefined)
      throw typeError(`cannot convert dictionary update sequence element #${index} to a sequence`);
    const parts = yield* collect(thread, pair);
    if (parts.length !== 2) throw valueError(`dictionary update sequence element #${index} has length ${parts.length}; 2 is required`);
    yield* dictSet(thread, dict, parts[0] as Value, parts[1] as Value);
    index += 1;
  }
}

const d = (value: Value | undefined): PyDict => value as PyDict;

/** The last entry, taken out. */
function popLast(dict: PyDict): PyTuple {
  const last = [...dict.map].at(-1);
  if (last === undefined) {
    const raised = keyError('popitem(): dictionary is empty');
    throw raised;
  }
  dict.map.delete(last[0]);
  return new PyTuple([last[1].k, last[1].v]);
}

methods(DICT, {
  'keys(self)': ([self]) => new PyView(DICT_KEYS, d(self)),
  'values(self)': ([self]) => new PyView(DICT_VALUES, d(self)),
  'items(self)': ([self]) => new PyView(DICT_ITEMS, d(self)),
  'clear(self)': ([self]) => {
    d(self).map.clear();
    return null;
  },
  'copy(self)': ([self]) => {
    const copy = new PyDict();
    for (const [key, { k, v }] of d(self).map) copy.map.set(key, { k, v });
    return copy;
  },
  'popitem(self)': ([self]) => popLast(d(self)),
  '__len__(self)': ([self]) => d(self).map.size,
  '__iter__(self)': ([self]) => overKeys(d(self)),
  '__reversed__(self)': ([self]) => {
    const keys = [...d(self).map.values()].map(({ k }) => k).reverse();
    let at = 0;
    return new PyIterator(DICT_KEY_ITERATOR, {
      next: () => {
        at += 1;
        return at > keys.length ? STOP : (keys[at - 1] as Value);
      },
    });
  },
});

function overKeys(dict: PyDict): Value {
  if (dict.cls === DICT) return iteratorNow(dict) as Value;
  const entries = dict.map.values();
  return new PyIterator(DICT_KEY_ITERATOR, {
    next: () => {
      const next = entries.next();
      return next.done ? STOP : next.value.k;
    },
  });
}

methodSteps(DICT, {
  *'__init__(self, *args, **kwargs)'([self, args, named], thread) {
    yield* fill(thread, d(self), { list: (args as PyTuple).items, named: null });
    yield* updateDict(thread, d(self), named as Value);
    return null;
  },
  *'get(self, key, default=None, /)'([self, key, otherwise], thread) {
    const now = keyOf(key as Value);
    if (now !== undefined) return d(self).map.get(now)?.v ?? (d(self).map.has(now) ? null : (otherwise as Value));
    return (yield* dictGet(thread, d(self), key as Value)) ?? (otherwise as Value);
  },
  *'setdefault(self, key, default=None, /)'([self, key, value], thread) {
    const at = yield* keyIn(thread, d(self).map, key as Value);
    const entry = d(self).map.get(at);
    if (entry !== undefined) return entry.v;
    d(self).map.set(at, { k: key as Value, v: value as Value });
    return value as Value;
  },
  *'pop(self, key, *default)'([self, key, others], thread) {
    const at = yield* keyIn(thread, d(self).map, key as Value);
    const entry = d(self).map.get(at);
    if (entry !== undefined) {
      removeKey(d(self).map, at);
      return entry.v;
    }
    const [otherwise] = (others as PyTuple).items;
    if (otherwise === undefined) throw keyError(key as Value);
    return otherwise;
  },
  *'update(self, *args, **kwargs)'([self, args, named], thread) {
    for (const one of (args as PyTuple).items) yield* updateDict(thread, d(self), one);
    yield* updateDict(thread, d(self), named as Value);
    return null;
  },
  *'__ior__(self, other, /)'([self, other], thread) {
    yield* updateDict(thread, d(self), other as Value);
    return self as Value;
  },
  *'__getitem__(self, key, /)'([self, key], thread) {
    return yield* plainItem(thread, self as Value, key as Value);
  },
  *'__setitem__(self, key, value, /)'([self, key, value], thread) {
    yield* plainSetItem(thread, self as Value, key as Value, value as Value);
    return null;
  },
  *'__delitem__(self, key, /)'([self, key], thread) {
    yield* plainDeleteItem(thread, self as Value, key as Value);
    return null;
  },
  *'__contains__(self, key, /)'([self, key], thread) {
    return yield* plainContains(thread, self as Value, key as Value);
  },
});
classMethodSteps(DICT, {
  *'fromkeys(cls, iterable, value=None, /)'([cls, keys, value], thread) {
    const dict = dictOf(cls as PyType);
    for (const key of yield* collect(thread, keys as Value)) yield* dictSet(thread, dict, key, value as Value);
    return dict;
  },
});
for (const name of ['keys', 'values', 'items', 'get', 'copy', '__getitem__', '__contains__', '__len__', '__iter__']) {
  const method = DICT.attrs.get(name);
  if (method !== undefined) MAPPINGPROXY.attrs.set(name, method);
}

for (const type of [DICT_KEYS, DICT_VALUES, DICT_ITEMS]) {
  methods(type, {
    '__len__(self)': ([self]) => (self as PyView).dict.map.size,
    '__iter__(self)': ([self]) => iteratorNow(self as Value) as Value,
    '__reversed__(self)': ([self]) => {
      const items = [...(self as PyView).dict.map.values()].reverse();
      let at = 0;
      return new PyIterator(DICT_KEY_ITERATOR, {
        next: () => {
          const one = items[at];
          at += 1;
          if (one === undefined) return STOP;
          return type === DICT_KEYS ? one.k : type === DICT_VALUES ? one.v : new PyTuple([one.k, one.v]);
        },
      });
    },
  });
}
methodSteps(DICT_KEYS, {
  *'isdisjoint(self, other, /)'([self, other], thread) {
    for (const one of yield* collect(thread, other as Value)) if (yield* plainContains(thread, self as Value, one)) return false;
    return true;
  },
});
