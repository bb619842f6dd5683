/** Iterators, and what can be done with each of them. */
import { lengthOf, toInteger, truthy } from '../runtime/convert.ts';
import { call } from '../runtime/functions.ts';
import { iterResult, resumeAsyncGenerator, resumeGenerator, throwing } from '../runtime/generators.ts';
import { arrayOf, get } from '../runtime/objects.ts';
import type { Steps } from '../runtime/steps.ts';
import { isCallable, isObject, JsObject, PENDING, type Result, SYMBOLS, UNSET, type Value } from '../runtime/values.ts';
import { intrinsics, realm } from '../runtime/vm.ts';
import { fnOf } from './array.ts';
import { got, makeClass, method, stepsMethod, stepsMethods, tag } from './define.ts';

/** An iterator of the library; `next` gives undefined at the end. */
export function hostIterator(proto: JsObject, kind: string, next: () => Value | typeof UNSET, preview?: () => Value[]): JsObject {
  const made = new JsObject(proto);
  made.inner = { kind: 'iterator', next: next as () => Value | undefined, isOver: false, tag: kind, ...(preview && { preview }) };
  return made;
}

export function arrayIterator(array: JsObject, kind: 'key' | 'value' | 'entry'): JsObject {
  let at = 0;
  return hostIterator(intrinsics().arrayIterator, 'Array Iterator', () => {
    const length = array.inner?.kind === 'typed' ? array.inner.view.length : lengthOf(array);
    if (at >= length) return UNSET;
    const index = at;
    at += 1;
    if (kind === 'key') return index;
    const item = array.items?.[index];
    const value = array.items !== null ? (item === UNSET ? undefined : item) : (get(array, String(index)) as Value);
    return kind === 'value' ? value : arrayOf([index, value]);
  });
}

function hostNext(_: readonly Value[], self: Value): Result {
  const inner = isObject(self) ? self.inner : null;
  if (inner?.kind !== 'iterator') throw realm().typeError(`next method called on incompatible receiver ${realm().show(self)}`);
  if (inner.isOver) return iterResult(undefined, true);
  const value = inner.next() as Value | typeof UNSET;
  if (value === UNSET) {
    inner.isOver = true;
    return iterResult(undefined, true);
  }
  return iterResult(value, false);
}

export function setUpIterators(): void {
  const own = intrinsics();
  method(own.iterator, SYMBOLS.iterator, 0, (_, self) => self);
  method(own.asyncIterator, SYMBOLS.asyncIterator, 0, (_, self) => self);
  const kinds = [
    ['arrayIterator', 'Array Iterator'],
    ['mapIterator', 'Map Iterator'],
    ['setIterator', 'Set Iterator'],
    ['stringIterator', 'String Iterator'],
    ['regexpIterator', 'RegExp String Iterator'],
  ] as const;
  for (const [name, shown] of kinds) {
    method(own[name], 'next', 0, hostNext);
    tag(own[name], SYMBOLS.toStringTag, shown);
  }
  generators();
  makeClass({ name: 'Iterator', length: 0, prototype: own.iterator }, (_, __, newTarget) => {
    const proto = newTarget ? get(newTarget, 'prototype') : own.iterator;
    return new JsObject(isObject(proto) ? proto : own.iterator);
  });
  stepsMethod(own.helperIterator, 'next', 0, function* (_, self) {
    const held = isObject(self) && self.inner?.kind === 'host' ? (self.inner.held as { next: () => Steps<Value | typeof UNSET> }) : null;
    if (held === null) throw realm().typeError('next method called on incompatible receiver');
    const value = yield* held.next();
    return value === UNSET ? iterResult(undefined, true) : iterResult(value, false);
  });
  tag(own.helperIterator, SYMBOLS.toStringTag, 'Iterator Helper');
  lazily(own.iterator);
  eagerly(own.iterator);
}

function generators(): void {
  const own = intrinsics();
  stepsMethods(own.generator, {
    *next([value], self) {
      return yield* resumeGenerator(self, { kind: 'next', value }, 'next');
    },
    *return([value], self) {
      return yield* resumeGenerator(self, { kind: 'return', value }, 'return');
    },
    *throw([value], self) {
      return yield* resumeGenerator(self, throwing(value), 'throw');
    },
  });
  stepsMethods(own.asyncGenerator, {
    *next([value], self) {
      return yield* resumeAsyncGenerator(self, { kind: 'next', value });
    },
    *return([value], self) {
      return yield* resumeAsyncGenerator(self, { kind: 'return', value });
    },
    *throw([value], self) {
      return yield* resumeAsyncGenerator(self, throwing(value));
    },
  });
  tag(own.generator, SYMBOLS.toStringTag, 'Generator');
  tag(own.asyncGenerator, SYMBOLS.toStringTag, 'AsyncGenerator');
  tag(own.generatorFunction, SYMBOLS.toStringTag, 'GeneratorFunction');
  tag(own.asyncGeneratorFunction, SYMBOLS.toStringTag, 'AsyncGeneratorFunction');
  tag(own.asyncFunction, SYMBOLS.toStringTag, 'AsyncFunction');
  for (const [name, proto] of [
    ['AsyncFunction', own.asyncFunction],
    ['GeneratorFunction', own.generatorFunction],
    ['AsyncGeneratorFunction', own.asyncGeneratorFunction],
  ] as const)
    makeClass({ name, length: 1, prototype: proto, isGlobal: false }, () => {
      throw realm().absent('code that is made from text');
    });
}

/** The next value of any iterator. */
function* nextOf(iterator: JsObject): Steps<Value | typeof UNSET> {
  const result = yield* got(call((yield* got(get(iterator, 'next'))) as Value, iterator, []));
  if (!isObject(result)) throw realm().typeError(`Iterator result ${realm().show(result)} is not an object`);
  if (truthy(yield* got(get(result, 'done')))) return UNSET;
  return yield* got(get(result, 'value'));
}

function* closeOf(iterator: JsObject): Steps {
  const end = yield* got(get(iterator, 'return'));
  if (isCallable(end)) yield* got(call(end, iterator, []));
  return undefined;
}

function helper(next: () => Steps<Value | typeof UNSET>): JsObject {
  const made = new JsObject(intrinsics().helperIterator);
  made.inner = { kind: 'host', held: { next } };
  return made;
}

function lazily(proto: JsObject): void {
  const each = (name: string, make: (iterator: JsObject, argument: Value) => () => Steps<Value | typeof UNSET>): void =>
    method(proto, name, 1, ([argument], self) => helper(make(self as JsObject, argument)));
  each('map', (iterator, fn) => {
    let at = 0;
    return function* () {
      const value = yield* nextOf(iterator);
      return value === UNSET ? UNSET : yield* got(call(fnOf(fn), undefined, [value, at++]));
    };
  });
  each('filter', (iterator, fn) => {
    let at = 0;
    return function* () {
      for (;;) {
        const value = yield* nextOf(iterator);
        if (value === UNSET || truthy(yield* got(call(fnOf(fn), undefined, [value, at++])))) return value;
      }
    };
  });
  each('take', (iterator, count) => {
    let left = toInteger(count);
    return function* () {
      if (left <= 0) {
        yield* closeOf(iterator);
        return UNSET;
      }
      left -= 1;
      return yield* nextOf(iterator);
    };
  });
  each('drop', (iterator, count) => {
    let left = toInteger(count);
    return function* () {
      for (; left > 0; left -= 1) if ((yield* nextOf(iterator)) === UNSET) return UNSET;
      return yield* nextOf(iterator);
    };
  });
}

function eagerly(proto: JsObject): void {
  stepsMethods(proto, {
    *toArray(_, self) {
      const values: Value[] = [];
      for (let value = yield* nextOf(self as JsObject); value !== UNSET; value = yield* nextOf(self as JsObject)) values.push(value);
      return arrayOf(values);
    },
    *forEach([fn], self) {
      let at = 0;
      for (let value = yield* nextOf(self as JsObject); value !== UNSET; value = yield* nextOf(self as JsObject))
        yield* got(call(fnOf(fn), undefined, [value, at++]));
      return undefined;
    },
    *some([fn], self) {
      for (let value = yield* nextOf(self as JsObject); value !== UNSET; value = yield* nextOf(self as JsObject))
        if (truthy(yield* got(call(fnOf(fn), undefined, [value])))) {
          yield* closeOf(self as JsObject);
          return true;
        }
      return false;
    },
    *every([fn], self) {
      for (let value = yield* nextOf(self as JsObject); value !== UNSET; value = yield* nextOf(self as JsObject))
        if (!truthy(yield* got(call(fnOf(fn), undefined, [value])))) return false;
      return true;
    },
    *find([fn], self) {
      for (let value = yield* nextOf(self as JsObject); value !== UNSET; value = yield* nextOf(self as JsObject))
        if (truthy(yield* got(call(fnOf(fn), undefined, [value])))) return value;
      return undefined;
    },
    *reduce(args, self) {
      let value: Value | typeof UNSET = args.length > 1 ? args[1] : yield* nextOf(self as JsObject);
      if (value === UNSET) throw realm().typeError('Reduce of a done iterator with no initial value');
      for (let one = yield* nextOf(self as JsObject); one !== UNSET; one = yield* nextOf(self as JsObject))
        value = yield* got(call(fnOf(args[0]), undefined, [value, one]));
      return value;
    },
  });
}

export const isPending = (value: Result): boolean => value === PENDING;
