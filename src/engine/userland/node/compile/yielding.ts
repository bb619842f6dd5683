/** `yield*`, and walks that wait: `for await`. */
import { truthy } from '../runtime/convert.ts';
import { call } from '../runtime/functions.ts';
import { iterResult, Returned } from '../runtime/generators.ts';
import { get, member } from '../runtime/objects.ts';
import { Signal, type Steps, settle } from '../runtime/steps.ts';
import { isCallable, isObject, type JsObject, type Result, SYMBOLS, Thrown, type Value } from '../runtime/values.ts';
import { type Frame, realm, vm } from '../runtime/vm.ts';

type Got = Steps<Value>;
const got = (result: Result): Got => settle(result) as Got;

function* awaited(frame: Frame, value: Value): Steps {
  const answer = (yield new Signal('await', value)) as Value;
  vm.top = frame;
  return answer;
}

export interface AsyncWalk {
  readonly iterator: JsObject;
  readonly next: Value;
  /** It is a plain iterator, whose values are waited for. */
  readonly isSync: boolean;
}

export function* openAsync(value: Value): Steps<AsyncWalk> {
  const own = value === undefined || value === null ? undefined : yield* got(member(value, SYMBOLS.asyncIterator));
  const isSync = !isCallable(own);
  const method = isSync && value !== undefined && value !== null ? yield* got(member(value, SYMBOLS.iterator)) : own;
  if (!isCallable(method)) throw realm().typeError(`${isObject(value) ? 'x' : realm().show(value)} is not async iterable`);
  const iterator = yield* got(call(method, value, []));
  if (!isObject(iterator)) throw realm().typeError('Result of the Symbol.asyncIterator method is not an object');
  return { iterator, next: yield* got(get(iterator, 'next')), isSync };
}

/** The next value, or null at the end. */
export function* nextAsync(walk: AsyncWalk, frame: Frame): Steps<{ readonly value: Value } | null> {
  const promised = yield* got(call(walk.next, walk.iterator, []));
  const result = walk.isSync ? promised : yield* awaited(frame, promised);
  if (!isObject(result)) throw realm().typeError(`Iterator result ${realm().show(result)} is not an object`);
  if (truthy(yield* got(get(result, 'done')))) return null;
  const value = yield* got(get(result, 'value'));
  return { value: walk.isSync ? yield* awaited(frame, value) : value };
}

export function* closeAsync(walk: AsyncWalk, frame: Frame): Steps {
  const method = yield* got(get(walk.iterator, 'return'));
  if (!isCallable(method)) return undefined;
  const result = yield* got(call(method, walk.iterator, []));
  return walk.isSync ? result : yield* awaited(frame, result);
}

/** What came into a generator that delegates. */
interface Received {
  readonly name: 'next' | 'throw' | 'return';
  readonly value: Value;
}

export function* yieldDelegate(isAsync: boolean, frame: Frame, iterable: Value): Steps {
  const { iterator, isSync } = isAsync ? yield* openAsync(iterable) : { iterator: yield* openSync(iterable), isSync: true };
  let received: Received = { name: 'next', value: undefined };
  for (;;) {
    const method = yield* got(get(iterator, received.name));
    if (!isCallable(method)) {
      if (received.name === 'return') throw new Returned(received.value);
      throw realm().typeError("The iterator does not provide a 'throw' method");
    }
    let result = yield* got(call(method, iterator, [received.value]));
    if (isAsync && !isSync) result = yield* awaited(frame, result);
    if (!isObject(result)) throw realm().typeError(`Iterator result ${realm().show(result)} is not an object`);
    const value = yield* got(get(result, 'value'));
    if (truthy(yield* got(get(result, 'done')))) {
      if (received.name === 'return') throw new Returned(value);
      return value;
    }
    received = yield* handOut(frame, isAsync && isSync ? yield* awaited(frame, value) : value);
  }
}

function* handOut(frame: Frame, value: Value): Steps<Received> {
  try {
    const answer = (yield new Signal('yield', value)) as Value;
    return { name: 'next', value: answer };
  } catch (error) {
    if (error instanceof Thrown) return { name: 'throw', value: error.value };
    if (error instanceof Returned) return { name: 'return', value: error.value };
    throw error;
  } finally {
    vm.top = frame;
  }
}

function* openSync(value: Value): Steps<JsObject> {
  const method = value === undefined || value === null ? undefined : yield* got(member(value, SYMBOLS.iterator));
  if (!isCallable(method)) throw realm().typeError(`${realm().show(value)} is not iterable`);
  const iterator = yield* got(call(method, value, []));
  if (!isObject(iterator)) throw realm().typeError('Result of the Symbol.iterator method is not an object');
  return iterator;
}

export const lastResult = iterResult;
