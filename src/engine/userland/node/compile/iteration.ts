/** Walking through what can be iterated. */
import { truthy } from '../runtime/convert.ts';
import { call } from '../runtime/functions.ts';
import { get, member } from '../runtime/objects.ts';
import { andThen, type Steps, settle, start } from '../runtime/steps.ts';
import { isCallable, isObject, JsObject, PENDING, type Result, SYMBOLS, UNSET, type Value } from '../runtime/values.ts';
import { realm } from '../runtime/vm.ts';

export const END: unique symbol = Symbol('end');
export type Next = Value | typeof END | typeof PENDING;

/** One walk. `close` is for leaving it before its end. */
export interface Walk {
  next(): Next;
  close(): Result;
}

function overItems(array: JsObject): Walk {
  let at = 0;
  return {
    next: () => {
      const { items } = array;
      if (items === null || at >= items.length) return END;
      const item = items[at];
      at += 1;
      return item === UNSET ? undefined : item;
    },
    close: () => undefined,
  };
}

function overText(text: string): Walk {
  let at = 0;
  return {
    next: () => {
      if (at >= text.length) return END;
      const one = String.fromCodePoint(text.codePointAt(at) ?? 0);
      at += one.length;
      return one;
    },
    close: () => undefined,
  };
}

/** By the protocol: an object with `next`. */
export function overIterator(iterator: JsObject, method: Value): Walk {
  const read = (result: Value): Next => {
    if (!isObject(result)) throw realm().typeError(`Iterator result ${realm().show(result)} is not an object`);
    const done = get(result, 'done');
    if (done === PENDING) return andThen(done as Result, (late) => (truthy(late as Value) ? (END as never) : get(result, 'value'))) as Next;
    return truthy(done) ? END : get(result, 'value');
  };
  return {
    next: () => {
      const result = call(method, iterator, []);
      return result === PENDING ? (andThen(result as Result, (late) => read(late as Value) as never) as Next) : read(result);
    },
    close: () => start(closing(iterator)),
  };
}

function* closing(iterator: JsObject): Steps {
  const method = yield* settle(get(iterator, 'return'));
  return isCallable(method as Value) ? yield* settle(call(method as Value, iterator, [])) : undefined;
}

const isPlain = (array: JsObject): boolean => array.props.size === 0 && array.proto === realm().intrinsics.array && realm().plainArrays();

/** Begins a walk; `message` says what is wrong with something else. */
export function walk(value: Value, message: () => string): Walk | typeof PENDING {
  if (value instanceof JsObject && value.items !== null && isPlain(value)) return overItems(value);
  if (typeof value === 'string') return overText(value);
  return start(openSteps(value, message));
}

function* openSteps(value: Value, message: () => string): Steps<Walk> {
  if (value === undefined || value === null) throw realm().typeError(message());
  const method = (yield* settle(member(value, SYMBOLS.iterator))) as Value;
  if (!isCallable(method)) throw realm().typeError(message());
  const iterator = yield* settle(call(method, value, []));
  if (!isObject(iterator as Value)) throw realm().typeError(`Result of the Symbol.iterator method is not an object`);
  return overIterator(iterator as JsObject, (yield* settle(get(iterator as JsObject, 'next'))) as Value);
}

/** All values of something that can be iterated. */
export function* listSteps(value: Value, message: () => string): Steps<Value[]> {
  const through = (yield* settle(walk(value, message))) as Walk;
  const values: Value[] = [];
  for (;;) {
    const next = (yield* settle(through.next() as Result)) as Value | typeof END;
    if (next === END) return values;
    values.push(next);
    if (values.length % 4096 === 0) realm().memory.take(4096 * 8);
  }
}

export const notIterable =
  (value: Value): (() => string) =>
  () =>
    `${isObject(value) && value.fn === null ? (value.items === null ? 'object is not iterable (cannot read property Symbol(Symbol.iterator))' : 'object is not iterable') : `${realm().show(value)} is not iterable`}`;
