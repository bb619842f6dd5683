/**
 * How a script waits. Code runs as plain functions on the host's stack. One that has to wait gives PENDING, and holds out a generator that
 * goes on from there; whoever called it does the same, so that the stack becomes a list of generators (a coroutine), which costs nothing
 * while nothing waits, and lets calls be as deep as the script likes.
 */
import { heap, PENDING, type Result, type Value } from './values.ts';

/** An async function waits for a promise; a generator hands out a value. */
export class Signal {
  readonly kind: 'await' | 'yield';
  readonly value: Value;

  constructor(kind: 'await' | 'yield', value: Value) {
    this.kind = kind;
    this.value = value;
  }
}

/** What is waited for: a system call, the end of other code, or what a coroutine's owner decides. */
export type Wait = Promise<unknown> | Held | Signal;
export type Steps<T = Value> = Generator<Wait, T, unknown>;

/** Code that goes on later; `wait` is what it has already asked for. */
export interface Held {
  readonly steps: Steps<unknown>;
  readonly wait: Wait | null;
}

let held: Held | null = null;

/** Says that there is something to wait for. */
export function suspend(steps: Steps<unknown>, wait: Wait | null = null): typeof PENDING {
  held = { steps, wait };
  return PENDING;
}

/** What the last PENDING stands for. */
export function taken(): Held {
  if (held === null) throw new Error('Nothing was held');
  const now = held;
  held = null;
  return now;
}

/** Runs a generator as far as it goes without waiting. */
export function start<T>(steps: Steps<T>): T | typeof PENDING {
  const first = steps.next();
  return first.done ? first.value : suspend(steps, first.value);
}

/** A result that may have to be waited for, inside of a generator. */
export function* settle<T>(result: T | typeof PENDING): Steps<T> {
  return result === PENDING ? ((yield taken()) as T) : result;
}

/** Goes on with a result, now or when it is there. */
export function andThen<A extends Result, B>(result: A, go: (value: Exclude<A, typeof PENDING>) => B | typeof PENDING): B | typeof PENDING {
  if (result === PENDING) return suspend(thenSteps(taken(), go));
  return go(result as Exclude<A, typeof PENDING>);
}

function* thenSteps<A, B>(before: Held, go: (value: A) => B | typeof PENDING): Steps<B> {
  const value = (yield before) as A;
  return yield* settle(go(value));
}

/** How a coroutine stopped. */
export type Stop =
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'wait'; readonly promise: Promise<unknown> }
  | { readonly kind: 'await' | 'yield'; readonly value: Value };

const isOverflow = (error: unknown): boolean =>
  error instanceof Error && (error.message.startsWith('Maximum call stack') || error.message.startsWith('too much recursion'));
/** Makes the script's own error of the host's, when its stack is over. */
export const overflow: { error: () => unknown } = { error: () => new Error('overflow') };

export type Answer = { readonly kind: 'next' | 'throw' | 'return'; readonly value: unknown };

/** Generators that wait for each other, the innermost last. */
export class Coroutine {
  readonly #stack: Steps<unknown>[] = [];
  #wait: Wait | null = null;

  constructor(from: Held) {
    this.#enter(from);
  }

  #enter({ steps, wait }: Held): void {
    this.#stack.push(steps);
    this.#wait = wait;
  }

  /** Goes on with an answer until something has to come from outside. */
  resume(answer: Answer): Stop {
    let next: Answer = answer;
    for (;;) {
      if (this.#wait !== null) {
        const wait = this.#wait;
        this.#wait = null;
        if (wait instanceof Signal) return { kind: wait.kind, value: wait.value };
        if ('steps' in wait) {
          this.#enter(wait);
          next = { kind: 'next', value: undefined };
          continue;
        }
        return { kind: 'wait', promise: wait };
      }
      const current = this.#stack.at(-1);
      if (current === undefined) {
        if (next.kind === 'throw') throw next.value;
        return { kind: 'done', value: next.value };
      }
      next = this.#step(current, next);
    }
  }

  #step(current: Steps<unknown>, answer: Answer): Answer {
    try {
      const { done, value } =
        answer.kind === 'next'
          ? current.next(answer.value)
          : answer.kind === 'throw'
            ? current.throw(answer.value)
            : current.return(answer.value);
      if (done) {
        this.#stack.pop();
        return { kind: answer.kind === 'return' ? 'return' : 'next', value };
      }
      this.#wait = value as Wait;
      return { kind: 'next', value: undefined };
    } catch (error) {
      this.#stack.pop();
      return { kind: 'throw', value: isOverflow(error) ? overflow.error() : error };
    }
  }
}

/** Drives a coroutine up to its next signal, or to its end, as part of another one. */
export function* driven(coroutine: Coroutine, answer: Answer): Steps<Exclude<Stop, { kind: 'wait' }>> {
  let next = answer;
  for (;;) {
    const stop = coroutine.resume(next);
    if (stop.kind !== 'wait') return stop;
    try {
      next = { kind: 'next', value: yield stop.promise };
    } catch (error) {
      next = { kind: 'throw', value: error };
    }
  }
}

/** What happens around each wait: memory is told to the kernel, and another process's script may have run. */
export interface Watch {
  leave(): void;
  enter(): void;
}

/** Runs code to its end; waits where it waits. */
export async function drive<T>(watch: Watch, run: () => T | typeof PENDING): Promise<T> {
  watch.enter();
  const first = run();
  if (first !== PENDING) {
    watch.leave();
    return first;
  }
  const coroutine = new Coroutine(taken());
  let answer: Answer = { kind: 'next', value: undefined };
  for (;;) {
    const stop = coroutine.resume(answer);
    watch.leave();
    if (stop.kind === 'done') return stop.value as T;
    if (stop.kind !== 'wait') throw new Error(`Nobody waits with "${stop.kind}" here`);
    answer = await stop.promise.then(
      (value): Answer => ({ kind: 'next', value }),
      (error: unknown): Answer => ({ kind: 'throw', value: error }),
    );
    watch.enter();
  }
}

/** Takes memory for a value that is large by itself. */
export const took = (bytes: number): void => {
  heap.bytes += bytes;
};
