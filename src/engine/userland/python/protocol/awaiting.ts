/** What can be awaited, and asynchronous iteration. */
import { fail, type Raised, typeError } from '../runtime/exceptions.ts';
import { argsOf, Call, type Steps, type Thread } from '../runtime/thread.ts';
import { ASYNC_GENERATOR, builtinType, COROUTINE, classOf, lookup, PyGenerator, STOP, type Stop, type Value } from '../runtime/values.ts';

export const ASYNC_STEP = builtinType('async_generator_asend');
const ASYNC_VALUE = builtinType('async_generator_wrapped_value');

/** A value that an asynchronous generator yields: to be told from what passes through it on the way to the event loop. */
class AsyncValue {
  readonly cls = ASYNC_VALUE;
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}

export const wrapAsync = (value: Value): Value => new AsyncValue(value);

type How = { readonly send: Value } | { readonly raise: Raised };

/** One step of an asynchronous generator, to be awaited. */
export class PyAsyncStep {
  readonly cls = ASYNC_STEP;
  readonly #generator: PyGenerator;
  readonly #first: How;
  #isStarted = false;

  constructor(generator: PyGenerator, first: How) {
    this.#generator = generator;
    this.#first = first;
  }

  *advance(thread: Thread, how: How): Steps<Value | Stop> {
    const now = this.#isStarted ? how : this.#first;
    this.#isStarted = true;
    const value = (yield new Call(this.#generator, argsOf([]), now)) as Value | Stop;
    if (value === STOP) throw fail('StopAsyncIteration', '');
    if (!(value instanceof AsyncValue)) return value;
    thread.returned = value.value;
    return STOP;
  }
}

/** The iterator behind `await value`. */
export function* awaitable(_: Thread, value: Value): Steps {
  if (value instanceof PyAsyncStep) return value;
  if (value instanceof PyGenerator && value.cls === COROUTINE) return value;
  const own = lookup(classOf(value), '__await__');
  if (own === undefined) throw typeError(`object ${classOf(value).name} can't be used in 'await' expression`);
  return (yield new Call(own, argsOf([value]))) as Value;
}

export function* asyncIterator(_: Thread, value: Value): Steps {
  if (value instanceof PyGenerator && value.cls === ASYNC_GENERATOR) return value;
  const own = lookup(classOf(value), '__aiter__');
  if (own === undefined) throw typeError(`'async for' requires an object with __aiter__ method, got ${classOf(value).name}`);
  return (yield new Call(own, argsOf([value]))) as Value;
}

export function* nextOfAsync(thread: Thread, value: Value): Steps {
  if (value instanceof PyGenerator) return new PyAsyncStep(value, { send: null });
  const own = lookup(classOf(value), '__anext__');
  if (own === undefined) throw typeError(`'async for' requires an iterator with __anext__ method, got ${classOf(value).name}`);
  return yield* awaitable(thread, (yield new Call(own, argsOf([value]))) as Value);
}
