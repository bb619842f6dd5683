/** `Promise`. */
// biome-ignore-all lint/correctness/useYield: what could wait is a generator, though some need not.

import { listSteps } from '../compile/iteration.ts';
import { call, construct, native, nativeSteps } from '../runtime/functions.ts';
import { arrayOf, get, recordOf } from '../runtime/objects.ts';
import { newPromise, reject, resolve, resolvers, stateOf, thenPromise, thrownValue } from '../runtime/promises.ts';
import { type Steps, settle } from '../runtime/steps.ts';
import { isCallable, isObject, type JsObject, SYMBOLS, Thrown, type Value } from '../runtime/values.ts';
import { intrinsics, realm } from '../runtime/vm.ts';
import { accessor, got, makeClass, method, stepsMethods, tag } from './define.ts';

export function setUpPromise(): void {
  const proto = intrinsics().promise;
  const run = nativeSteps('Promise', 1, function* ([executor], _, newTarget) {
    if (newTarget === undefined) throw realm().typeError("Promise constructor cannot be invoked without 'new'");
    if (!isCallable(executor)) throw realm().typeError(`Promise resolver ${realm().show(executor)} is not a function`);
    const from = yield* got(get(newTarget, 'prototype'));
    const { object, state } = newPromise(isObject(from) ? from : proto);
    const own = resolvers(state);
    try {
      yield* got(call(executor, undefined, [own.resolve, own.reject]));
    } catch (error) {
      yield* got(call(own.reject, undefined, [thrownValue(error)]));
    }
    return object;
  });
  const promise = makeClass({ name: 'Promise', length: 1, prototype: proto }, (args, self, newTarget) =>
    run.fn?.call(run, self, args, newTarget),
  );
  accessor(promise, SYMBOLS.species, (self) => self);
  tag(proto, SYMBOLS.toStringTag, 'Promise');
  method(proto, 'then', 2, ([onFulfilled, onRejected], self) => {
    const state = stateOf(self);
    if (state === null) throw realm().typeError(`Method Promise.prototype.then called on incompatible receiver ${realm().show(self)}`);
    const made = newPromise(state.object.proto ?? proto);
    thenPromise(state, onFulfilled, onRejected, made.state);
    return made.object;
  });
  stepsMethods(proto, {
    *catch([onRejected], self) {
      return yield* got(call(yield* got(get(self as JsObject, 'then')), self, [undefined, onRejected]));
    },
    *finally([fn], self) {
      const then = yield* got(get(self as JsObject, 'then'));
      if (!isCallable(fn)) return yield* got(call(then, self, [fn, fn]));
      return yield* got(call(then, self, [...afterwards(fn)]));
    },
  });
  statics(promise);
}

/** The two handlers of `finally`: what it was settled with goes on. */
function afterwards(fn: Value): readonly [JsObject, JsObject] {
  const waitFor = (end: JsObject) =>
    function* (): Steps {
      const made = yield* got(call(fn, undefined, []));
      const { object, state } = newPromise();
      yield* settle(resolve(state, made));
      return yield* got(call(get(object, 'then') as Value, object, [end]));
    };
  return [
    nativeSteps('', 1, ([value]) => waitFor(native('', 0, () => value))()),
    nativeSteps('', 1, ([reason]) =>
      waitFor(
        native('', 0, () => {
          throw new Thrown(reason);
        }),
      )(),
    ),
  ];
}

interface Capability {
  readonly promise: JsObject;
  readonly resolve: (value: Value) => Steps;
  readonly reject: (reason: Value) => Steps;
}

/** A promise of the constructor that a static method was called on. */
function* capability(maker: Value): Steps<Capability> {
  if (isCallable(maker) && maker.fn?.name !== 'Promise') {
    let own: readonly Value[] = [];
    const made = yield* got(
      construct(maker, [
        native('', 2, (args) => {
          own = args;
          return undefined;
        }),
      ]),
    );
    return {
      promise: made as JsObject,
      resolve: (value) => got(call(own[0], undefined, [value])),
      reject: (reason) => got(call(own[1], undefined, [reason])),
    };
  }
  const { object, state } = newPromise();
  return {
    promise: object,
    resolve: (value) => got(resolve(state, value)),
    *reject(reason) {
      reject(state, reason);
      return undefined;
    },
  };
}

function* resolved(maker: Value, value: Value): Steps {
  if (stateOf(value) !== null) return value;
  const made = yield* capability(maker);
  yield* made.resolve(value);
  return made.promise;
}

/** What a combination does with each of its promises. */
interface Gathering {
  readonly fulfilled: (index: number, value: Value) => Steps;
  readonly rejected: (index: number, reason: Value) => Steps;
  readonly empty: (count: number) => Steps;
}

function* combine(maker: Value, values: Value, plan: (made: Capability, count: () => number) => Gathering): Steps {
  const made = yield* capability(maker);
  let count = 0;
  const gathering = plan(made, () => count);
  try {
    const list = yield* listSteps(
      values,
      () =>
        `${isObject(values) ? 'object' : `${typeof values} ${realm().show(values)}`} is not iterable (cannot read property Symbol(Symbol.iterator))`,
    );
    count = list.length;
    for (const [index, one] of list.entries()) {
      const promise = (yield* resolved(maker, one)) as JsObject;
      const on = (run: (index: number, value: Value) => Steps): JsObject => nativeSteps('', 1, ([value]) => run(index, value));
      yield* got(call(yield* got(get(promise, 'then')), promise, [on(gathering.fulfilled), on(gathering.rejected)]));
    }
    if (count === 0) yield* gathering.empty(0);
  } catch (error) {
    yield* made.reject(thrownValue(error));
  }
  return made.promise;
}

function statics(promise: JsObject): void {
  const collect = (count: () => number, finish: (values: Value[]) => Steps) => {
    const found: Value[] = [];
    let left = -1;
    return function* (index: number, value: Value): Steps {
      if (left < 0) left = count();
      found[index] = value;
      left -= 1;
      if (left === 0) yield* finish(found);
      return undefined;
    };
  };
  stepsMethods(promise, {
    *resolve([value], self) {
      return yield* resolved(self, value);
    },
    *reject([reason], self) {
      const made = yield* capability(self);
      yield* made.reject(reason);
      return made.promise;
    },
    *all([values], self) {
      return yield* combine(self, values, (made, count) => {
        const done = collect(count, (found) => made.resolve(arrayOf(found)));
        return { fulfilled: done, rejected: (_, reason) => made.reject(reason), empty: () => made.resolve(arrayOf([])) };
      });
    },
    *allSettled([values], self) {
      return yield* combine(self, values, (made, count) => {
        const done = collect(count, (found) => made.resolve(arrayOf(found)));
        return {
          fulfilled: (index, value) => done(index, recordOf({ status: 'fulfilled', value })),
          rejected: (index, reason) => done(index, recordOf({ status: 'rejected', reason })),
          empty: () => made.resolve(arrayOf([])),
        };
      });
    },
    *race([values], self) {
      return yield* combine(self, values, (made) => ({
        fulfilled: (_, value) => made.resolve(value),
        rejected: (_, reason) => made.reject(reason),
        *empty() {
          return undefined;
        },
      }));
    },
    *any([values], self) {
      return yield* combine(self, values, (made, count) => {
        const failed = collect(count, (reasons) => made.reject(allRejected(reasons)));
        return { fulfilled: (_, value) => made.resolve(value), rejected: failed, empty: () => made.reject(allRejected([])) };
      });
    },
    *withResolvers(_, self) {
      const made = yield* capability(self);
      const on = (run: (value: Value) => Steps): JsObject => nativeSteps('', 1, ([value]) => run(value));
      return recordOf({ promise: made.promise, resolve: on(made.resolve), reject: on(made.reject) });
    },
    *try([fn, ...args], self) {
      const made = yield* capability(self);
      try {
        yield* made.resolve(yield* got(call(fn, undefined, args)));
      } catch (error) {
        yield* made.reject(thrownValue(error));
      }
      return made.promise;
    },
  });
}

function allRejected(reasons: Value[]): JsObject {
  const error = realm().error('AggregateError', 'All promises were rejected');
  error.props.set('errors', arrayOf(reasons));
  return error;
}
