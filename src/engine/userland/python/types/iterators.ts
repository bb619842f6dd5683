/** enumerate, zip, map, filter, and what all iterators have. */

import { methodSteps, methods } from '../library/define.ts';
import { integerOp } from '../protocol/arithmetic.ts';
import { ASYNC_STEP, type PyAsyncStep } from '../protocol/awaiting.ts';
import { ITERATOR_TYPES, iterator, next } from '../protocol/iterate.ts';
import { lengthNow, truth } from '../protocol/truth.ts';
import { fail, typeError, valueError } from '../runtime/exceptions.ts';
import type { Steps, Thread } from '../runtime/thread.ts';
import { call } from '../runtime/thread.ts';
import { builtinType, classOf, PyIterator, PyTuple, type PyType, STOP, type Value } from '../runtime/values.ts';

/** What each iterator of the interpreter's own can be asked. */
export function describeIterator(type: PyType): void {
  methods(type, {
    '__iter__(self)': ([self]) => self as Value,
    '__length_hint__(self)': ([self]) => lengthNow((self as PyIterator).of) ?? 0,
  });
  methodSteps(type, {
    *'__next__(self)'([self], thread) {
      const value = yield* next(thread, self as Value);
      if (value === STOP) throw fail('StopIteration', '');
      return value;
    },
  });
}

export const ENUMERATE = builtinType('enumerate');
export const ZIP = builtinType('zip');
export const MAP = builtinType('map');
export const FILTER = builtinType('filter');
for (const type of [...ITERATOR_TYPES, ENUMERATE, ZIP, MAP, FILTER]) describeIterator(type);

ENUMERATE.makeSteps = function* (thread, cls, { list, named }) {
  const given = list[0] ?? named?.get('iterable');
  if (given === undefined) throw typeError("enumerate() missing required argument 'iterable' (pos 1)");
  const it = yield* iterator(thread, given);
  let index: Value = list[1] ?? named?.get('start') ?? 0;
  return new PyIterator(cls, {
    steps: function* (own) {
      const value = yield* next(own, it);
      if (value === STOP) return STOP;
      const pair = new PyTuple([index, value]);
      index = integerOp('+', index as number, 1) ?? 0;
      return pair;
    },
  });
};

ZIP.makeSteps = function* (thread, cls, { list, named }) {
  const isStrict = named?.get('strict') === true;
  const all: Value[] = [];
  for (const one of list) {
    if (typeof one !== 'object' && typeof one !== 'string') throw typeError(`'${classOf(one).name}' object is not iterable`);
    all.push(yield* iterator(thread, one));
  }
  return new PyIterator(cls, {
    steps: function* (own) {
      const values: Value[] = [];
      if (all.length === 0) return STOP;
      for (const [index, it] of all.entries()) {
        const value = yield* next(own, it);
        if (value === STOP) {
          if (isStrict) yield* checkStrict(own, { all, index, values });
          return STOP;
        }
        values.push(value);
      }
      return new PyTuple(values);
    },
  });
};

interface Strict {
  readonly all: readonly Value[];
  readonly index: number;
  readonly values: readonly Value[];
}

function* checkStrict(thread: Thread, { all, index, values }: Strict): Steps<void> {
  const words = (count: number): string => (count === 1 ? 'argument 1' : `arguments 1-${count}`);
  if (values.length > 0) throw valueError(`zip() argument ${index + 1} is shorter than ${words(index)}`);
  for (const [later, it] of all.entries()) {
    if (later <= index) continue;
    if ((yield* next(thread, it)) !== STOP) throw valueError(`zip() argument ${later + 1} is longer than ${words(later)}`);
  }
}

MAP.makeSteps = function* (thread, cls, { list }) {
  const [fn, ...sources] = list;
  if (fn === undefined || sources.length === 0) throw typeError('map() must have at least two arguments.');
  const all: Value[] = [];
  for (const one of sources) all.push(yield* iterator(thread, one));
  return new PyIterator(cls, {
    steps: function* (own) {
      const values: Value[] = [];
      for (const it of all) {
        const value = yield* next(own, it);
        if (value === STOP) return STOP;
        values.push(value);
      }
      return yield* call(fn, ...values);
    },
  });
};

FILTER.makeSteps = function* (thread, cls, { list }) {
  const [fn, source] = list;
  if (fn === undefined || source === undefined) throw typeError(`filter expected 2 arguments, got ${list.length}`);
  const it = yield* iterator(thread, source);
  return new PyIterator(cls, {
    steps: function* (own) {
      for (let value = yield* next(own, it); value !== STOP; value = yield* next(own, it))
        if (yield* truth(own, fn === null ? value : yield* call(fn, value))) return value;
      return STOP;
    },
  });
};

methods(ASYNC_STEP, { '__await__(self)': ([self]) => self as Value, '__iter__(self)': ([self]) => self as Value });
methodSteps(ASYNC_STEP, {
  *'__next__(self)'([self], thread) {
    return yield* step(thread, self as PyAsyncStep, null);
  },
  *'send(self, value, /)'([self, value], thread) {
    return yield* step(thread, self as PyAsyncStep, value as Value);
  },
});

function* step(thread: Thread, own: PyAsyncStep, send: Value): Steps {
  const value = yield* own.advance(thread, { send });
  if (value !== STOP) return value;
  const raised = fail('StopIteration', '');
  raised.exc.args = new PyTuple([thread.returned]);
  throw raised;
}
