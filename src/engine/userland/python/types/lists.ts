/** list and tuple. */

import { methodSteps, methods } from '../library/define.ts';
import { integer } from '../protocol/arithmetic.ts';
import { compare, compareNumbers, compareText, equals, equalsNow, numeric } from '../protocol/compare.ts';
import { plainDeleteItem, plainItem, plainSetItem } from '../protocol/items.ts';
import { collect, iteratorNow, LIST_ITERATOR } from '../protocol/iterate.ts';
import { sequenceOp } from '../protocol/sequences.ts';
import { plainRepr } from '../protocol/text.ts';
import { truth } from '../protocol/truth.ts';
import { fail, typeError, valueError } from '../runtime/exceptions.ts';
import { call, type Steps, type Thread } from '../runtime/thread.ts';
import { LIST, NOT_IMPLEMENTED, PyIterator, PyList, PyTuple, STOP, TUPLE, type Value } from '../runtime/values.ts';

LIST.isFilledLater = true;
LIST.makeSteps = function* (thread, cls, { list, named }) {
  if (list.length > 1) throw typeError(`list expected at most 1 argument, got ${list.length}`);
  if (named !== null && named.size > 0 && cls === LIST) throw typeError('list() takes no keyword arguments');
  const made = new PyList([], cls);
  if (list.length > 0) made.items = yield* collect(thread, list[0] as Value);
  return made;
};
TUPLE.makeSteps = function* (thread, cls, { list }) {
  if (list.length > 1) throw typeError(`tuple expected at most 1 argument, got ${list.length}`);
  const [given] = list;
  if (cls === TUPLE && given instanceof PyTuple && given.cls === TUPLE) return given;
  return new PyTuple(given === undefined ? [] : yield* collect(thread, given), cls);
};

const l = (value: Value | undefined): PyList => value as PyList;
const items = (value: Value | undefined): readonly Value[] => (value as PyList | PyTuple).items;
const SLOT_BYTES = 32;

function* find(thread: Thread, all: readonly Value[], wanted: Value): Steps<number> {
  for (let at = 0; at < all.length; at += 1) {
    const one = all[at] as Value;
    if (one === wanted || (equalsNow(one, wanted) ?? (yield* equals(thread, one, wanted)))) return at;
  }
  return -1;
}

function* indexIn(thread: Thread, args: readonly Value[], word: string): Steps {
  const [self, wanted, start, stop] = args;
  const all = items(self);
  const from = Math.max(0, Number(start) < 0 ? Number(start) + all.length : Number(start));
  const to = stop === null ? all.length : Number(stop) < 0 ? Number(stop) + all.length : Number(stop);
  const at = yield* find(thread, all.slice(from, to), wanted as Value);
  if (at < 0)
    throw valueError(word === 'tuple' ? 'tuple.index(x): x not in tuple' : `${yield* plainRepr(thread, wanted as Value)} is not in list`);
  return at + from;
}

function* countIn(thread: Thread, all: readonly Value[], wanted: Value): Steps {
  let count = 0;
  for (const one of all) if (one === wanted || (equalsNow(one, wanted) ?? (yield* equals(thread, one, wanted)))) count += 1;
  return count;
}

/** Sorts stably, by comparisons that may call the program. */
export function* sorted(
  thread: Thread,
  all: readonly Value[],
  { key, isReversed }: { readonly key: Value; readonly isReversed: boolean },
): Steps<Value[]> {
  const keyed: { key: Value; value: Value }[] = [];
  for (const value of all) keyed.push({ value, key: key === null ? value : yield* call(key, value) });
  if (isReversed) keyed.reverse();
  const passed = thread.sys.charge(keyed.length * Math.max(1, Math.log2(keyed.length + 1)) * 30);
  if (passed) yield passed;
  const quick = quickOrder(keyed.map((one) => one.key));
  const result = quick === null ? yield* mergeSort(thread, keyed) : keyed.sort((a, b) => quick(a.key, b.key));
  if (isReversed) result.reverse();
  return result.map(({ value }) => value);
}

/** If all keys are numbers or all are texts, the host sorts. */
function quickOrder(keys: readonly Value[]): ((a: Value, b: Value) => number) | null {
  if (keys.every((one) => typeof one === 'string')) return (a, b) => compareText(a as string, b as string);
  if (!keys.every((one) => numeric(one) !== null && !Number.isNaN(Number(numeric(one))))) return null;
  return (a, b) => {
    const [x, y] = [numeric(a) ?? 0, numeric(b) ?? 0];
    return compareNumbers('<', x, y) ? -1 : compareNumbers('>', x, y) ? 1 : 0;
  };
}

type Keyed = { readonly key: Value; readonly value: Value };

function* mergeSort(thread: Thread, all: readonly Keyed[]): Steps<Keyed[]> {
  if (all.length < 2) return [...all];
  const middle = all.length >> 1;
  const left = yield* mergeSort(thread, all.slice(0, middle));
  const right = yield* mergeSort(thread, all.slice(middle));
  const result: Keyed[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    const [a, b] = [left[i] as Keyed, right[j] as Keyed];
    if (yield* truth(thread, yield* compare(thread, '<', b.key, a.key))) {
      result.push(b);
      j += 1;
    } else {
      result.push(a);
      i += 1;
    }
  }
  return [...result, ...left.slice(i), ...right.slice(j)];
}

/** Iterates the list itself, whatever its class says. */
function overList(list: PyList): PyIterator {
  let at = 0;
  return new PyIterator(LIST_ITERATOR, {
    of: list,
    next: () => {
      at += 1;
      return at > list.items.length ? STOP : (list.items[at - 1] as Value);
    },
  });
}

methods(LIST, {
  'append(self, object, /)': ([self, value], thread) => {
    thread.interpreter.memory.count(SLOT_BYTES);
    l(self).items.push(value as Value);
    return null;
  },
  'clear(self)': ([self]) => {
    l(self).items = [];
    return null;
  },
  'copy(self)': ([self], thread) => {
    thread.interpreter.memory.take(items(self).length * 8);
    return new PyList([...items(self)]);
  },
  'reverse(self)': ([self]) => {
    l(self).items.reverse();
    return null;
  },
  'insert(self, index, object, /)': ([self, index, value]) => {
    const all = l(self).items;
    const at = Number(integer(index as Value) ?? 0);
    all.splice(at < 0 ? Math.max(0, at + all.length) : at, 0, value as Value);
    return null;
  },
  'pop(self, index=-1, /)': ([self, index]) => {
    const all = l(self).items;
    if (all.length === 0) throw fail('IndexError', 'pop from empty list');
    const at = Number(integer(index as Value) ?? -1);
    if (at === -1) return all.pop() as Value;
    const from = at < 0 ? at + all.length : at;
    if (from < 0 || from >= all.length) throw fail('IndexError', 'pop index out of range');
    return all.splice(from, 1)[0] as Value;
  },
  '__len__(self)': ([self]) => items(self).length,
  '__iter__(self)': ([self]) => overList(l(self)),
  '__reversed__(self)': ([self]) => {
    const all = items(self);
    let at = all.length;
    return new PyIterator(LIST_ITERATOR, {
      next: () => {
        at -= 1;
        return at < 0 ? STOP : (all[at] as Value);
      },
    });
  },
});

methodSteps(LIST, {
  *'__init__(self, iterable=None, /)'([self, iterable], thread) {
    l(self).items = iterable === null ? [] : yield* collect(thread, iterable as Value);
    return null;
  },
  *'extend(self, iterable, /)'([self, iterable], thread) {
    const more = yield* collect(thread, iterable as Value);
    thread.interpreter.memory.take(more.length * SLOT_BYTES);
    for (const one of more) l(self).items.push(one);
    return null;
  },
  *'__iadd__(self, other, /)'([self, other], thread) {
    for (const one of yield* collect(thread, other as Value)) l(self).items.push(one);
    return self as Value;
  },
  *'__imul__(self, other, /)'([self, other], thread) {
    const times = integer(other as Value);
    if (times === null) return NOT_IMPLEMENTED;
    const made = yield* sequenceOp(thread, '*', new PyList([...items(self)]), times);
    l(self).items = (made as PyList).items;
    return self as Value;
  },
  *'remove(self, value, /)'([self, value], thread) {
    const at = yield* find(thread, items(self), value as Value);
    if (at < 0) throw valueError('list.remove(x): x not in list');
    l(self).items.splice(at, 1);
    return null;
  },
  *'index(self, value, start=0, stop=None, /)'(args, thread) {
    return yield* indexIn(thread, args, 'list');
  },
  *'count(self, value, /)'([self, value], thread) {
    return yield* countIn(thread, items(self), value as Value);
  },
  *'sort(self, *, key=None, reverse=False)'([self, key, reverse], thread) {
    l(self).items = yield* sorted(thread, items(self), { key: key ?? null, isReversed: yield* truth(thread, reverse as Value) });
    return null;
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
  *'__contains__(self, value, /)'([self, value], thread) {
    return (yield* find(thread, items(self), value as Value)) >= 0;
  },
});

methods(TUPLE, {
  '__len__(self)': ([self]) => items(self).length,
  '__iter__(self)': ([self]) => iteratorNow(new PyTuple(items(self))) as Value,
});
methodSteps(TUPLE, {
  *'index(self, value, start=0, stop=None, /)'(args, thread) {
    return yield* indexIn(thread, args, 'tuple');
  },
  *'count(self, value, /)'([self, value], thread) {
    return yield* countIn(thread, items(self), value as Value);
  },
  *'__getitem__(self, key, /)'([self, key], thread) {
    return yield* plainItem(thread, new PyTuple(items(self)), key as Value);
  },
  *'__contains__(self, value, /)'([self, value], thread) {
    return (yield* find(thread, items(self), value as Value)) >= 0;
  },
});
