/** Methods that change an array, and sorting. */
import { toInteger, toText, truthy } from '../runtime/convert.ts';
import { call } from '../runtime/functions.ts';
import type { Steps } from '../runtime/steps.ts';
import { heap, isObject, type JsObject, type Slot, UNSET, type Value } from '../runtime/values.ts';
import { realm, turn } from '../runtime/vm.ts';
import { fnOf, itemsOf, plain, relative } from './array.ts';
import { arrayOf, lengthIsWritable } from './array-length.ts';
import { got, methods, stepsMethods } from './define.ts';

/** The elements of an array that may be changed. */
export function changing(self: Value): Slot[] {
  if (!isObject(self) || self.items === null) throw realm().absent('array methods that change an object which is no array');
  if (self.frozen || !lengthIsWritable(self)) throw realm().typeError("Cannot assign to read only property '0' of object '[object Array]'");
  return self.items;
}

function growing(self: Value): Slot[] {
  if (isObject(self) && self.items !== null && !self.extensible)
    throw realm().typeError(`Cannot add property ${self.items.length}, object is not extensible`);
  return changing(self);
}

export function setUpArrayChanges(proto: JsObject): void {
  methods(proto, {
    push: [
      1,
      (args, self) => {
        const items = growing(self);
        heap.bytes += args.length * 8;
        for (const value of args) items.push(value);
        return items.length;
      },
    ],
    pop: [0, (_, self) => plain(changing(self).pop())],
    shift: [0, (_, self) => plain(changing(self).shift())],
    unshift: [
      1,
      (args, self) => {
        const items = growing(self);
        heap.bytes += args.length * 8;
        items.unshift(...args);
        return items.length;
      },
    ],
  });
  methods(proto, {
    reverse: [
      0,
      (_, self) => {
        changing(self).reverse();
        return self;
      },
    ],
    fill: [
      1,
      ([value, start, end], self) => {
        const items = changing(self);
        items.fill(value, relative(start, items.length, 0), relative(end, items.length, items.length));
        return self;
      },
    ],
    splice: [
      2,
      (args, self) => {
        const items = changing(self);
        const [start, count, ...added] = args;
        const at = relative(start, items.length, 0);
        const most = items.length - at;
        const removed = args.length === 0 ? 0 : args.length === 1 ? most : Math.min(Math.max(toInteger(count), 0), most);
        return arrayOf(items.splice(at, removed, ...added));
      },
    ],
    toSpliced: [
      2,
      (args, self) => {
        const items = itemsOf(self).map(plain);
        const [start, count, ...added] = args;
        items.splice(relative(start, items.length, 0), args.length < 2 ? items.length : toInteger(count), ...added);
        return arrayOf(items);
      },
    ],
    copyWithin: [
      2,
      ([target, start, end], self) => {
        changing(self).copyWithin(toInteger(target), toInteger(start), end === undefined ? undefined : toInteger(end));
        return self;
      },
    ],
  });
  sorting(proto);
}

function sorting(proto: JsObject): void {
  stepsMethods(proto, {
    *sort([compare], self) {
      const items = changing(self);
      const sorted = yield* sortedItems(items, compare);
      for (const [at, item] of sorted.entries()) items[at] = item;
      return self;
    },
    *toSorted([compare], self) {
      return arrayOf(yield* sortedItems(itemsOf(self).map(plain), compare));
    },
  });
}

/** Sorted as the language says: stable, with what is undefined at the end, and gaps behind it. */
export function* sortedItems(items: readonly Slot[], compare: Value): Steps<Slot[]> {
  if (compare !== undefined) fnOf(compare);
  const values = items.filter((one): one is Value => one !== UNSET && one !== undefined);
  const gaps = items.filter((one) => one === UNSET);
  const sorted =
    compare === undefined
      ? values
          .map((value) => ({ value, text: toText(value) }))
          .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
          .map(({ value }) => value)
      : yield* merged(values, compare);
  const missing = Array.from({ length: items.length - values.length - gaps.length }, (): Slot => undefined);
  return [...sorted, ...missing, ...gaps];
}

/** A merge sort whose comparisons may wait; short runs by insertion. */
function* merged(values: Value[], compare: Value): Steps<Value[]> {
  const { length } = values;
  if (length < 2) return values;
  if (length <= 8) {
    for (let at = 1; at < length; at += 1) {
      const value = values[at];
      let to = at;
      while (to > 0 && Number(yield* got(call(compare, undefined, [values[to - 1], value]))) > 0) {
        values[to] = values[to - 1];
        to -= 1;
      }
      values[to] = value;
    }
    return values;
  }
  const passed = turn();
  if (passed) yield passed;
  const middle = length >> 1;
  const left = yield* merged(values.slice(0, middle), compare);
  const right = yield* merged(values.slice(middle), compare);
  const made: Value[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    const isAfter = Number(yield* got(call(compare, undefined, [left[i], right[j]]))) > 0;
    made.push(isAfter ? right[j++] : left[i++]);
  }
  return [...made, ...left.slice(i), ...right.slice(j)];
}

export const isTrue = truthy;
