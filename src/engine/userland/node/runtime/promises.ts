/** Promises, with the order of their reactions as the language has it. */
import { call, native } from './functions.ts';
import { get } from './objects.ts';
import { type Answer, Coroutine, driven, type Steps, start, suspend, taken } from './steps.ts';
import { isCallable, JsObject, PENDING, type Result, Thrown, type Value } from './values.ts';
import { type Frame, intrinsics, realm, vm } from './vm.ts';

export interface Reaction {
  readonly run: (status: 'fulfilled' | 'rejected', value: Value) => Result;
  /** What it keeps from being forgotten. */
  readonly holds: readonly unknown[];
  /** The async function that waits here. */
  readonly frame: Frame | null;
}

export interface PromiseState {
  readonly object: JsObject;
  status: 'pending' | 'fulfilled' | 'rejected';
  value: Value;
  reactions: Reaction[];
  isHandled: boolean;
}

export function newPromise(proto: JsObject = intrinsics().promise): { readonly object: JsObject; readonly state: PromiseState } {
  const object = new JsObject(proto);
  const state: PromiseState = { object, status: 'pending', value: undefined, reactions: [], isHandled: false };
  object.inner = { kind: 'promise', promise: state };
  return { object, state };
}

export const stateOf = (value: Value): PromiseState | null =>
  value instanceof JsObject && value.inner?.kind === 'promise' ? value.inner.promise : null;

function finish(promise: PromiseState, status: 'fulfilled' | 'rejected', value: Value): void {
  if (promise.status !== 'pending') return;
  const { reactions } = promise;
  promise.status = status;
  promise.value = value;
  promise.reactions = [];
  if (status === 'rejected' && !promise.isHandled) realm().rejected.add(promise);
  for (const reaction of reactions) realm().jobs.push(() => reaction.run(status, value));
}

export const reject = (promise: PromiseState, reason: Value): void => finish(promise, 'rejected', reason);

/** Fulfils a promise, or makes it follow another. */
export function resolve(promise: PromiseState, value: Value): Result {
  if (!(value instanceof JsObject)) {
    finish(promise, 'fulfilled', value);
    return undefined;
  }
  if (value === promise.object) {
    reject(promise, realm().error('TypeError', 'Chaining cycle detected for promise #<Promise>'));
    return undefined;
  }
  return start(follow(promise, value));
}

function* follow(promise: PromiseState, value: JsObject): Steps {
  let method: Value;
  try {
    const found = get(value, 'then');
    method = found === PENDING ? ((yield taken()) as Value) : found;
  } catch (error) {
    reject(promise, thrownValue(error));
    return undefined;
  }
  if (!isCallable(method)) finish(promise, 'fulfilled', value);
  else realm().jobs.push(() => start(adopt(promise, value, method)));
  return undefined;
}

function* adopt(promise: PromiseState, thenable: JsObject, method: Value): Steps {
  const own = resolvers(promise);
  try {
    const result = call(method, thenable, [own.resolve, own.reject]);
    if (result === PENDING) yield taken();
  } catch (error) {
    const failed = call(own.reject, undefined, [thrownValue(error)]);
    if (failed === PENDING) yield taken();
  }
  return undefined;
}

/** The two functions that settle a promise, once. */
export function resolvers(promise: PromiseState): { readonly resolve: JsObject; readonly reject: JsObject } {
  let isDone = false;
  const once = (settle: (value: Value) => Result): JsObject =>
    native('', 1, ([value]) => {
      if (isDone) return undefined;
      isDone = true;
      return settle(value);
    });
  return {
    resolve: once((value) => resolve(promise, value)),
    reject: once((reason) => {
      reject(promise, reason);
      return undefined;
    }),
  };
}

/** What was thrown, if the script threw it; anything else goes on. */
export function thrownValue(error: unknown): Value {
  if (error instanceof Thrown) return error.value;
  throw error;
}

/** Waits for a promise with functions of the host. */
export function react(promise: PromiseState, reaction: Reaction): void {
  promise.isHandled = true;
  if (promise.status === 'pending') promise.reactions.push(reaction);
  else {
    const { status, value } = promise;
    realm().rejected.delete(promise);
    realm().jobs.push(() => reaction.run(status, value));
  }
}

/** `promise.then(…)`; `made` is the promise that it gives. */
export function thenPromise(promise: PromiseState, onFulfilled: Value, onRejected: Value, made: PromiseState | null): void {
  const run = (status: 'fulfilled' | 'rejected', value: Value): Result => start(reactSteps(status, value));
  function* reactSteps(status: 'fulfilled' | 'rejected', value: Value): Steps {
    const handler = status === 'fulfilled' ? onFulfilled : onRejected;
    try {
      let result: Result = value;
      if (isCallable(handler)) {
        result = call(handler, undefined, [value]);
        if (result === PENDING) result = (yield taken()) as Value;
      } else if (status === 'rejected') throw new Thrown(value);
      if (made !== null) {
        const settled = resolve(made, result);
        if (settled === PENDING) yield taken();
      }
    } catch (error) {
      const reason = thrownValue(error);
      if (made !== null) reject(made, reason);
    }
    return undefined;
  }
  react(promise, { run, holds: [onFulfilled, onRejected, made?.object], frame: null });
}

/** Any value as a promise. */
export function promiseOf(value: Value): PromiseState | typeof PENDING {
  const known = stateOf(value);
  if (known !== null) return known;
  const { state } = newPromise();
  const done = resolve(state, value);
  if (done !== PENDING) return state;
  const held = taken();
  return suspend(
    (function* () {
      yield held;
      return state;
    })(),
  );
}

/** Runs the body of an async function; gives its promise. */
export function runAsync(frame: Frame, body: () => Result): Result {
  const { object, state } = newPromise();
  frame.promise = object;
  let result: Result;
  try {
    result = body();
  } catch (error) {
    reject(state, thrownValue(error));
    return object;
  }
  if (result !== PENDING) {
    const done = resolve(state, result);
    if (done === PENDING) {
      const held = taken();
      return suspend(
        (function* () {
          yield held;
          return object;
        })(),
      );
    }
    return object;
  }
  const coroutine = new Coroutine(taken());
  const advanced = start(advance({ coroutine, state, frame }, { kind: 'next', value: undefined }));
  if (advanced !== PENDING) return object;
  const held = taken();
  return suspend(
    (function* () {
      yield held;
      return object;
    })(),
  );
}

interface Running {
  readonly coroutine: Coroutine;
  readonly state: PromiseState;
  readonly frame: Frame;
}

/** Goes on up to the next `await`. */
function* advance(running: Running, answer: Answer): Steps {
  const { coroutine, state, frame } = running;
  try {
    const stop = yield* driven(coroutine, answer);
    if (stop.kind === 'done') {
      const done = resolve(state, stop.value as Value);
      if (done === PENDING) yield taken();
    } else {
      const found = promiseOf(stop.value);
      const awaited = found === PENDING ? ((yield taken()) as PromiseState) : found;
      awaitPromise(awaited, frame, (next) => start(advance(running, next)));
    }
  } catch (error) {
    reject(state, thrownValue(error));
  }
  return undefined;
}

/** Goes on with an async function when a promise is settled. */
export function awaitPromise(promise: PromiseState, frame: Frame, go: (answer: Answer) => Result): void {
  react(promise, {
    run: (status, value) => {
      frame.caller = null;
      frame.depth = 1;
      vm.top = frame;
      return go(status === 'fulfilled' ? { kind: 'next', value } : { kind: 'throw', value: new Thrown(value) });
    },
    holds: [frame],
    frame,
  });
}
