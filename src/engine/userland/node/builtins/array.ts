/** `Array`: what only looks, or makes new ones. */
// biome-ignore-all lint/correctness/useYield: what could wait is a generator, though some need not.

import { listSteps } from '../compile/iteration.ts';
import { arrayIndex, lengthOf, sameZero, toInteger, toObject, toText, truthy } from '../runtime/convert.ts';
import { call, construct } from '../runtime/functions.ts';
import { arrayOf, get, hide, isProxy, setLength } from '../runtime/objects.ts';
import type { Steps } from '../runtime/steps.ts';
import {
  isCallable,
  isObject,
  type JsObject,
  type Property,
  type Result,
  type Slot,
  SYMBOLS,
  UNSET,
  type Value,
} from '../runtime/values.ts';
import { intrinsics, realm } from '../runtime/vm.ts';
import { setUpArrayChanges } from './array-changes.ts';
import { accessor, got, makeClass, method, methods, stepsMethod, stepsMethods } from './define.ts';
import { arrayIterator } from './iterators.ts';

/** The elements of an array, or of what is like one. */
export function itemsOf(self: Value): readonly Slot[] {
  const object = toObject(self);
  if (object.items !== null) return object.items;
  if (object.inner?.kind === 'typed') return Array.from(object.inner.view as ArrayLike<number>);
  return Array.from({ length: lengthOf(object) }, (_, index) => get(object, String(index)) as Value);
}

export const plain = (slot: Slot | undefined): Value => (slot === UNSET ? undefined : slot);

/** A place counted from the end if it is negative. */
export function relative(value: Value, length: number, fallback: number): number {
  if (value === undefined) return fallback;
  const at = toInteger(value);
  return at < 0 ? Math.max(0, length + at) : Math.min(at, length);
}

export function fnOf(value: Value): JsObject {
  if (isCallable(value)) return value;
  const shown = realm().show(value);
  throw realm().typeError(
    `${typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? `${typeof value} ` : ''}${shown} is not a function`,
  );
}

export function setUpArray(): void {
  const proto = intrinsics().array;
  const array = makeClass({ name: 'Array', length: 1, prototype: proto }, (args, _, newTarget) => {
    const made = arrayOf([]);
    if (newTarget !== undefined && newTarget !== array) made.proto = (get(newTarget, 'prototype') as JsObject | null) ?? proto;
    const [first] = args;
    if (args.length === 1 && typeof first === 'number') setLength(made, first);
    else made.items = [...args];
    return made;
  });
  methods(array, {
    isArray: [
      1,
      ([value]) =>
        isObject(value) &&
        (value.items !== null ||
          (isProxy(value) && value.inner?.kind === 'proxy' && value.inner.target?.items !== null && value.inner.target !== null)),
    ],
    of: [0, (args) => arrayOf([...args])],
  });
  stepsMethod(array, 'from', 1, from);
  stepsMethod(array, 'fromAsync', 1, function* (args, self) {
    return yield* from(args, self);
  });
  accessor(array, SYMBOLS.species, (self) => self);
  looking(proto);
  together(proto);
  calling(proto);
  folding(proto);
  finding(proto);
  for (const [name, kind] of [
    ['keys', 'key'],
    ['entries', 'entry'],
    ['values', 'value'],
  ] as const)
    method(proto, name, 0, (_, self) => arrayIterator(toObject(self), kind));
  hide(proto, SYMBOLS.iterator, get(proto, 'values') as Value);
  setUpArrayChanges(proto);
}

function* from([source, fn, self]: readonly Value[], of: Value): Steps {
  if (source === undefined || source === null) throw realm().typeError(`${source} is not iterable`);
  const iterates = yield* got(get(toObject(source), SYMBOLS.iterator, source));
  const values = isCallable(iterates) ? yield* listSteps(source, () => 'not iterable') : itemsOf(source).map(plain);
  realm().memory.take(values.length * 8);
  if (fn !== undefined) for (let at = 0; at < values.length; at += 1) values[at] = yield* got(call(fn, self, [values[at], at]));
  if (isCallable(of) && of.fn?.name !== 'Array' && of.fn?.construct !== 'none') {
    const made = (yield* got(construct(of, []))) as JsObject;
    if (made.items !== null) made.items = [...values];
    return made;
  }
  return arrayOf(values);
}

/** What `map` and the like make of a subclass's arrays. */
function* madeLike(self: Value, items: Slot[]): Steps {
  if (isObject(self) && self.items !== null && self.proto !== intrinsics().array) {
    const maker = yield* got(get(self, 'constructor'));
    if (isCallable(maker) && maker.fn?.name !== 'Array') {
      const made = (yield* got(construct(maker, []))) as JsObject;
      if (made.items !== null) {
        made.items = items;
        return made;
      }
    }
  }
  return arrayOf(items);
}

function looking(proto: JsObject): void {
  methods(proto, {
    at: [
      1,
      ([index], self) => {
        const items = itemsOf(self);
        const at = toInteger(index);
        return plain(items[at < 0 ? items.length + at : at]);
      },
    ],
    includes: [
      1,
      ([value, from], self) =>
        itemsOf(self)
          .slice(toInteger(from))
          .some((one) => sameZero(plain(one), value)),
    ],
    indexOf: [
      1,
      ([value, from], self) => {
        const items = itemsOf(self);
        return items.indexOf(value, relative(from, items.length, 0));
      },
    ],
    lastIndexOf: [
      1,
      (args, self) => {
        const items = itemsOf(self);
        return args.length > 1 ? items.lastIndexOf(args[0], toInteger(args[1])) : items.lastIndexOf(args[0]);
      },
    ],
    slice: [
      2,
      ([start, end], self) => {
        const items = itemsOf(self);
        const made = items.slice(relative(start, items.length, 0), relative(end, items.length, items.length));
        realm().memory.take(made.length * 8);
        return arrayOf(made);
      },
    ],
  });
  methods(proto, {
    toReversed: [0, (_, self) => arrayOf(itemsOf(self).map(plain).reverse())],
    with: [
      2,
      ([index, value], self) => {
        const items = itemsOf(self).map(plain);
        const at = toInteger(index) < 0 ? items.length + toInteger(index) : toInteger(index);
        if (at < 0 || at >= items.length) throw realm().rangeError(`Invalid index : ${at}`);
        items[at] = value;
        return arrayOf(items);
      },
    ],
  });
}

function together(proto: JsObject): void {
  stepsMethods(
    proto,
    {
      *concat(args, self) {
        const made: Slot[] = [];
        for (const one of [self, ...args]) {
          const spreads = isObject(one) ? yield* got(get(one, SYMBOLS.isConcatSpreadable)) : undefined;
          if (isObject(one) && (spreads === undefined ? one.items !== null : truthy(spreads)))
            for (const item of itemsOf(one)) made.push(item);
          else made.push(one);
        }
        realm().memory.take(made.length * 8);
        return arrayOf(made);
      },
      *join([separator], self) {
        return yield* joined(self, separator === undefined ? ',' : toText(separator));
      },
      *toString(_, self) {
        return isObject(self) && self.items === null ? '[object Object]' : yield* joined(self, ',');
      },
      *toLocaleString(_, self) {
        const texts: string[] = [];
        for (const item of itemsOf(self)) {
          const value = plain(item);
          if (value === undefined || value === null) texts.push('');
          else texts.push(toText(yield* got(call(get(toObject(value), 'toLocaleString') as Value, value, []))));
        }
        return texts.join(',');
      },
      *flat([depth], self) {
        return arrayOf(flattened(itemsOf(self), depth === undefined ? 1 : toInteger(depth)));
      },
      *flatMap([fn, thisArg], self) {
        const made: Slot[] = [];
        for (const [at, item] of itemsOf(self).entries()) {
          if (item === UNSET) continue;
          const value = yield* got(call(fnOf(fn), thisArg, [item, at, self]));
          if (isObject(value) && value.items !== null) made.push(...value.items);
          else made.push(value);
        }
        return arrayOf(made);
      },
    },
    { toString: 0, toLocaleString: 0, flat: 0 },
  );
}

const joining: unknown[] = [];

function* joined(self: Value, separator: string): Steps<string> {
  if (joining.includes(self)) return '';
  joining.push(self);
  try {
    const texts: string[] = [];
    let length = 0;
    for (const item of itemsOf(self)) {
      const value = plain(item);
      const text = value === undefined || value === null ? '' : toText(value);
      length += text.length + separator.length;
      texts.push(text);
    }
    if (length > 536_870_888) throw realm().rangeError('Invalid string length');
    realm().memory.take(length);
    return texts.join(separator);
  } finally {
    joining.pop();
  }
}

function flattened(items: readonly Slot[], depth: number): Slot[] {
  const made: Slot[] = [];
  for (const item of items) {
    if (item === UNSET) continue;
    if (depth >= 1 && isObject(item) && item.items !== null) for (const one of flattened(item.items, depth - 1)) made.push(one);
    else made.push(item);
  }
  return made;
}

/** Elements as they are when their turn comes. */
function* elements(self: Value): Generator<readonly [value: Value, index: number, isThere: boolean]> {
  const object = toObject(self);
  const items = itemsOf(self);
  const { length } = items;
  for (let at = 0; at < length; at += 1) {
    const live = object.items ?? items;
    const item = at < live.length ? live[at] : UNSET;
    yield [plain(item), at, item !== UNSET];
  }
}

function calling(proto: JsObject): void {
  stepsMethods(proto, {
    *forEach([fn, thisArg], self) {
      fnOf(fn);
      for (const [value, at, isThere] of elements(self)) if (isThere) yield* got(call(fn, thisArg, [value, at, self]));
      return undefined;
    },
    *map([fn, thisArg], self) {
      fnOf(fn);
      const made: Slot[] = [];
      for (const [value, at, isThere] of elements(self)) made.push(isThere ? yield* got(call(fn, thisArg, [value, at, self])) : UNSET);
      realm().memory.take(made.length * 8);
      return yield* madeLike(self, made);
    },
    *filter([fn, thisArg], self) {
      fnOf(fn);
      const made: Slot[] = [];
      for (const [value, at, isThere] of elements(self))
        if (isThere && truthy(yield* got(call(fn, thisArg, [value, at, self])))) made.push(value);
      return yield* madeLike(self, made);
    },
    *some([fn, thisArg], self) {
      fnOf(fn);
      for (const [value, at, isThere] of elements(self))
        if (isThere && truthy(yield* got(call(fn, thisArg, [value, at, self])))) return true;
      return false;
    },
    *every([fn, thisArg], self) {
      fnOf(fn);
      for (const [value, at, isThere] of elements(self))
        if (isThere && !truthy(yield* got(call(fn, thisArg, [value, at, self])))) return false;
      return true;
    },
  });
}

function* fold(args: readonly Value[], self: Value, list: readonly (readonly [Value, number])[]): Steps {
  const fn = fnOf(args[0]);
  let [, result] = args;
  let isFirst = args.length < 2;
  for (const [value, at] of list) {
    if (isFirst) {
      result = value;
      isFirst = false;
    } else result = yield* got(call(fn, undefined, [result, value, at, self]));
  }
  if (isFirst) throw realm().typeError('Reduce of empty array with no initial value');
  return result;
}

function folding(proto: JsObject): void {
  const entries = (self: Value): (readonly [Value, number])[] =>
    [...itemsOf(self).entries()].flatMap(([at, item]) => (item === UNSET ? [] : [[item, at] as const]));
  stepsMethods(proto, {
    *reduce(args, self) {
      return yield* fold(args, self, entries(self));
    },
    *reduceRight(args, self) {
      return yield* fold(args, self, entries(self).reverse());
    },
  });
}

function finding(proto: JsObject): void {
  const find = (isIndex: boolean, isLast: boolean) =>
    function* ([fn, thisArg]: readonly Value[], self: Value): Steps {
      fnOf(fn);
      const list = [...elements(self)];
      for (const [value, at] of isLast ? list.reverse() : list)
        if (truthy(yield* got(call(fn, thisArg, [value, at, self])))) return isIndex ? at : value;
      return isIndex ? -1 : undefined;
    };
  stepsMethods(proto, {
    find: find(false, false),
    findIndex: find(true, false),
    findLast: find(false, true),
    findLastIndex: find(true, true),
  });
}

export const indexOfKey = arrayIndex;
export type { Property, Result };
