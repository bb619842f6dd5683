/** Generators, and async ones. */
import { get, recordOf } from './objects.ts';
import { awaitPromise, newPromise, type PromiseState, promiseOf, reject, resolve, thrownValue } from './promises.ts';
import { type Answer, Coroutine, driven, type Steps, settle, start, taken } from './steps.ts';
import { isObject, JsObject, PENDING, type Result, Thrown, type Value } from './values.ts';
import { type Frame, intrinsics, realm, vm } from './vm.ts';

/** `return()` on its way through a generator's `finally` blocks. */
export class Returned {
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}

interface Request {
  readonly answer: Answer;
  readonly promise: PromiseState;
}

export interface GeneratorState {
  readonly coroutine: Coroutine;
  readonly frame: Frame;
  readonly isAsync: boolean;
  status: 'new' | 'suspended' | 'running' | 'over';
  /** Of an async one: who waits for what it gives. */
  readonly queue: Request[];
}

export function newGenerator(frame: Frame, isAsync: boolean, body: () => Result): JsObject {
  const { fn } = frame;
  const proto = fn === null ? undefined : get(fn, 'prototype');
  const object = new JsObject(isObject(proto) ? proto : isAsync ? intrinsics().asyncGenerator : intrinsics().generator);
  const coroutine = new Coroutine({ steps: bodySteps(frame, body), wait: null });
  object.inner = { kind: 'generator', generator: { coroutine, frame, isAsync, status: 'new', queue: [] } };
  return object;
}

function* bodySteps(frame: Frame, body: () => Result): Steps {
  vm.top = frame;
  return yield* settle(body()) as Steps;
}

export const iterResult = (value: Value, done: boolean): JsObject => recordOf({ value, done });

/** `return` and `throw` are thrown at where the generator stands. */
const inwards = (answer: Answer): Answer =>
  answer.kind === 'return' ? { kind: 'throw', value: new Returned(answer.value as Value) } : answer;

/** `next`, `throw` and `return` of a generator. */
export function* resumeGenerator(self: Value, answer: Answer, name: string): Steps {
  const generator = isObject(self) && self.inner?.kind === 'generator' && !self.inner.generator.isAsync ? self.inner.generator : null;
  if (generator === null) throw realm().typeError(`${name} method called on incompatible receiver ${realm().show(self)}`);
  if (generator.status === 'running') throw realm().typeError('Generator is already running');
  if (generator.status === 'new' && answer.kind !== 'next') generator.status = 'over';
  if (generator.status === 'over') {
    if (answer.kind === 'throw') throw answer.value;
    return iterResult(answer.kind === 'return' ? (answer.value as Value) : undefined, true);
  }
  const caller = vm.top;
  const { frame } = generator;
  frame.caller = caller;
  frame.depth = (caller?.depth ?? 0) + 1;
  vm.top = frame;
  generator.status = 'running';
  try {
    const stop = yield* driven(generator.coroutine, inwards(answer));
    generator.status = stop.kind === 'done' ? 'over' : 'suspended';
    return iterResult(stop.value as Value, stop.kind === 'done');
  } catch (error) {
    generator.status = 'over';
    if (error instanceof Returned) return iterResult(error.value, true);
    throw error;
  } finally {
    vm.top = caller;
  }
}

/** The same of an async generator: each gives a promise, and they come one after the other. */
export function* resumeAsyncGenerator(self: Value, answer: Answer): Steps {
  const { object, state } = newPromise();
  const generator = isObject(self) && self.inner?.kind === 'generator' && self.inner.generator.isAsync ? self.inner.generator : null;
  if (generator === null) {
    reject(state, realm().error('TypeError', 'next method called on incompatible receiver'));
    return object;
  }
  generator.queue.push({ answer, promise: state });
  if (generator.status !== 'running') yield* pump(generator);
  return object;
}

function* pump(generator: GeneratorState): Steps {
  for (let request = generator.queue[0]; request !== undefined && generator.status !== 'running'; request = generator.queue[0]) {
    const { answer } = request;
    if (generator.status === 'new' && answer.kind !== 'next') generator.status = 'over';
    if (generator.status === 'over') yield* afterEnd(generator, request);
    else {
      generator.status = 'running';
      yield* advance(generator, inwards(answer));
    }
  }
  return undefined;
}

function* afterEnd(generator: GeneratorState, { answer, promise }: Request): Steps {
  if (answer.kind === 'return') {
    generator.status = 'running';
    const found = promiseOf(answer.value as Value);
    const awaited = found === PENDING ? ((yield taken()) as PromiseState) : found;
    awaitPromise(awaited, generator.frame, (settled) => {
      generator.status = 'over';
      generator.queue.shift();
      if (settled.kind === 'throw') reject(promise, thrownValue(settled.value));
      else resolve(promise, iterResult(settled.value as Value, true));
      return start(pump(generator));
    });
    return undefined;
  }
  generator.queue.shift();
  if (answer.kind === 'throw') reject(promise, thrownValue(answer.value));
  else resolve(promise, iterResult(undefined, true));
  return undefined;
}

function* advance(generator: GeneratorState, answer: Answer): Steps {
  const finish = (settled: (promise: PromiseState) => void, status: 'over' | 'suspended'): void => {
    generator.status = status;
    const request = generator.queue.shift();
    if (request !== undefined) settled(request.promise);
  };
  try {
    const stop = yield* driven(generator.coroutine, answer);
    if (stop.kind === 'await') {
      const found = promiseOf(stop.value);
      const awaited = found === PENDING ? ((yield taken()) as PromiseState) : found;
      awaitPromise(awaited, generator.frame, (next) => start(advanceAndPump(generator, next)));
      return undefined;
    }
    const isDone = stop.kind === 'done';
    finish((promise) => void resolve(promise, iterResult(stop.value as Value, isDone)), isDone ? 'over' : 'suspended');
  } catch (error) {
    if (error instanceof Returned) finish((promise) => void resolve(promise, iterResult(error.value, true)), 'over');
    else {
      const reason = thrownValue(error);
      finish((promise) => reject(promise, reason), 'over');
    }
  }
  return undefined;
}

function* advanceAndPump(generator: GeneratorState, answer: Answer): Steps {
  yield* advance(generator, answer);
  return yield* pump(generator);
}

export const throwing = (value: Value): Answer => ({ kind: 'throw', value: new Thrown(value) });
