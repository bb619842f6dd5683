/** set and frozenset. */

import { methodSteps, methods } from '../library/define.ts';
import { plainContains } from '../protocol/items.ts';
import { collect, iteratorNow } from '../protocol/iterate.ts';
import { keyError, keyIn, removeKey, setAdd } from '../protocol/keys.ts';
import { combineSets } from '../protocol/sequences.ts';
import { typeError } from '../runtime/exceptions.ts';
import type { Steps, Thread } from '../runtime/thread.ts';
import { FROZENSET, NOT_IMPLEMENTED, PySet, type PyTuple, type PyType, SET, type Value } from '../runtime/values.ts';

function* make(thread: Thread, cls: PyType, list: readonly Value[]): Steps {
  if (list.length > 1) throw typeError(`${cls.name} expected at most 1 argument, got ${list.length}`);
  const set = new PySet(cls);
  if (list[0] !== undefined) for (const one of yield* collect(thread, list[0])) yield* setAdd(thread, set, one);
  return set;
}
SET.isFilledLater = true;
SET.makeSteps = (thread, cls, { list }) => make(thread, cls, list);
FROZENSET.makeSteps = (thread, cls, { list }) => make(thread, cls, list);

const s = (value: Value | undefined): PySet => value as PySet;

function* toSet(thread: Thread, value: Value): Steps<PySet> {
  return value instanceof PySet ? value : ((yield* make(thread, SET, [value])) as PySet);
}

function* combined(thread: Thread, op: string, self: Value, others: readonly Value[]): Steps {
  let result = combineSets('|', s(self), new PySet());
  for (const one of others) result = combineSets(op, result, yield* toSet(thread, one));
  return result;
}

function replaceWith(set: PySet, by: PySet): void {
  const all = [...by.map];
  set.map.clear();
  for (const [key, value] of all) set.map.set(key, value);
}

function isWithin(small: PySet, large: PySet): boolean {
  return small.map.size <= large.map.size && [...small.map.keys()].every((key) => large.map.has(key));
}

for (const type of [SET, FROZENSET]) {
  methods(type, {
    '__len__(self)': ([self]) => s(self).map.size,
    '__iter__(self)': ([self]) => {
      const plain = new PySet();
      for (const [key, value] of s(self).map) plain.map.set(key, value);
      return iteratorNow(s(self).cls.isBuiltin ? (self as Value) : plain) as Value;
    },
    'copy(self)': ([self]) => combineSets('|', s(self), new PySet()),
  });
  methodSteps(type, {
    *'union(self, *others)'([self, others], thread) {
      return yield* combined(thread, '|', self as Value, (others as PyTuple).items);
    },
    *'intersection(self, *others)'([self, others], thread) {
      return yield* combined(thread, '&', self as Value, (others as PyTuple).items);
    },
    *'difference(self, *others)'([self, others], thread) {
      return yield* combined(thread, '-', self as Value, (others as PyTuple).items);
    },
    *'symmetric_difference(self, other, /)'([self, other], thread) {
      return yield* combined(thread, '^', self as Value, [other as Value]);
    },
    *'issubset(self, other, /)'([self, other], thread) {
      return isWithin(s(self), yield* toSet(thread, other as Value));
    },
    *'issuperset(self, other, /)'([self, other], thread) {
      return isWithin(yield* toSet(thread, other as Value), s(self));
    },
    *'isdisjoint(self, other, /)'([self, other], thread) {
      const set = yield* toSet(thread, other as Value);
      return ![...s(self).map.keys()].some((key) => set.map.has(key));
    },
    *'__contains__(self, value, /)'([self, value], thread) {
      return yield* plainContains(thread, self as Value, value as Value);
    },
  });
}

methods(SET, {
  'clear(self)': ([self]) => {
    s(self).map.clear();
    return null;
  },
  'pop(self)': ([self]) => {
    const [first] = s(self).map;
    if (first === undefined) throw keyError('pop from an empty set');
    s(self).map.delete(first[0]);
    return first[1];
  },
});

/** `a |= b` and the like: the set itself changes. */
function* inPlace(thread: Thread, op: string, self: Value, others: readonly Value[]): Steps {
  replaceWith(s(self), (yield* combined(thread, op, self, others)) as PySet);
  return null;
}

methodSteps(SET, {
  *'__init__(self, iterable=None, /)'([self, iterable], thread) {
    s(self).map.clear();
    if (iterable !== null) for (const one of yield* collect(thread, iterable as Value)) yield* setAdd(thread, s(self), one);
    return null;
  },
  *'add(self, value, /)'([self, value], thread) {
    thread.interpreter.memory.count(64);
    yield* setAdd(thread, s(self), value as Value);
    return null;
  },
  *'discard(self, value, /)'([self, value], thread) {
    removeKey(s(self).map, yield* keyIn(thread, s(self).map, value as Value));
    return null;
  },
  *'remove(self, value, /)'([self, value], thread) {
    if (!removeKey(s(self).map, yield* keyIn(thread, s(self).map, value as Value))) throw keyError(value as Value);
    return null;
  },
  *'update(self, *others)'([self, others], thread) {
    for (const other of (others as PyTuple).items) for (const one of yield* collect(thread, other)) yield* setAdd(thread, s(self), one);
    return null;
  },
  *'intersection_update(self, *others)'([self, others], thread) {
    return yield* inPlace(thread, '&', self as Value, (others as PyTuple).items);
  },
  *'difference_update(self, *others)'([self, others], thread) {
    return yield* inPlace(thread, '-', self as Value, (others as PyTuple).items);
  },
  *'symmetric_difference_update(self, other, /)'([self, other], thread) {
    return yield* inPlace(thread, '^', self as Value, [other as Value]);
  },
});
for (const [name, op] of [
  ['__ior__', '|'],
  ['__iand__', '&'],
  ['__isub__', '-'],
  ['__ixor__', '^'],
] as const)
  methodSteps(SET, {
    *[`${name}(self, other, /)`]([self, other]: Value[], thread: Thread): Steps {
      if (!(other instanceof PySet)) return NOT_IMPLEMENTED;
      yield* inPlace(thread, op, self as Value, [other]);
      return self as Value;
    },
  });
