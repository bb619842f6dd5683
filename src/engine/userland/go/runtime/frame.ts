/**
 * Code that has been compiled: functions over a frame. What cannot wait is a plain function; what may (a call, a channel) is a generator
 * that yields what it waits for, so that a goroutine is one generator and costs nothing while nothing waits.
 */

import { typeText } from '../types/text.ts';
import type { Goroutine } from './goroutine.ts';
import { Fatal, GoExit, GoPanic, nilPanic, runtimePanic, type Trace } from './panic.ts';
import { Cell, Closure, Incomparable, type Value } from './values.ts';

/** What is waited for: a system call, or another function whose end is wanted. A call that is yielded does not stand on JavaScript's stack. */
export type Wait = Promise<unknown> | Steps<unknown>;
/** What runs and may wait. */
export type Steps<T = Value> = Generator<Wait, T, unknown>;
export type Now<T = Value> = (frame: Frame) => T;
/** One of the two is there. */
export interface Code<T = Value> {
  readonly now?: Now<T>;
  readonly steps?: (frame: Frame) => Steps<T>;
}

/** How a statement ended if not at its end. */
export interface Leave {
  readonly kind: 'return' | 'break' | 'continue' | 'goto' | 'fallthrough';
  readonly label: string | null;
}

/** A function. Its body is there when everything has been compiled. */
export interface FuncCode {
  /** As in a trace: `main.(*Server).Run`. */
  readonly name: string;
  readonly file: string;
  line: number;
  body?: Code<Leave | undefined>;
  /** A function of the library that is not written in Go: one that cannot wait, or one that may. */
  readonly native?: (args: readonly Value[], goroutine: Goroutine) => Value;
  readonly nativeSteps?: (args: readonly Value[], goroutine: Goroutine) => Steps;
  /** Cells of the named results, from which the results are taken at the end. */
  results: readonly number[] | null;
  /** What it returns after a panic that was recovered. */
  zero: (() => Value) | null;
}

export interface Deferred {
  readonly closure: Closure;
  readonly args: readonly Value[];
}

export class Frame {
  readonly locals: Cell[] = [];
  readonly captured: readonly Cell[];
  readonly goroutine: Goroutine;
  readonly code: FuncCode;
  readonly caller: Frame | null;
  at = 0;
  result: Value;
  defers: Deferred[] | null = null;
  /** The panic that this frame's deferred functions may recover. */
  panic: GoPanic | null = null;
  /** The frame that deferred this function. */
  deferredBy: Frame | null = null;

  constructor(goroutine: Goroutine, code: FuncCode, captured: readonly Cell[]) {
    this.goroutine = goroutine;
    this.code = code;
    this.captured = captured;
    this.caller = goroutine.top;
  }
}

export function* run<T>(code: Code<T>, frame: Frame): Steps<T> {
  if (code.now) return code.now(frame);
  if (code.steps) return yield* code.steps(frame);
  throw new Error('Code that is neither');
}

export const pure = <T = Value>(now: Now<T>): Code<T> => ({ now });
export const later = <T = Value>(steps: (frame: Frame) => Steps<T>): Code<T> => ({ steps });
export const constant = (value: Value): Code => pure(() => value);

export function lift1<T = Value>(a: Code, op: (a: Value, frame: Frame) => T): Code<T> {
  const { now } = a;
  if (now) return pure((frame) => op(now(frame), frame));
  return later(function* (frame) {
    return op(yield* run(a, frame), frame);
  });
}

export function lift2<T = Value>(a: Code, b: Code, op: (a: Value, b: Value, frame: Frame) => T): Code<T> {
  const [left, right] = [a.now, b.now];
  if (left && right) return pure((frame) => op(left(frame), right(frame), frame));
  return later(function* (frame) {
    const x = yield* run(a, frame);
    return op(x, yield* run(b, frame), frame);
  });
}

export function liftAll<T = Value>(codes: readonly Code[], op: (values: Value[], frame: Frame) => T): Code<T> {
  const nows = codes.map(({ now }) => now);
  if (nows.every((now) => now !== undefined))
    return pure((frame) =>
      op(
        nows.map((now) => now(frame)),
        frame,
      ),
    );
  return later(function* (frame) {
    const values: Value[] = [];
    for (const code of codes) values.push(yield* run(code, frame));
    return op(values, frame);
  });
}

/** Calls take so long. */
const CALL_NS = 500;
const MAX_DEPTH = 50_000;
/** JavaScript's own stack is over. */
const isOverflow = (error: unknown): boolean => error instanceof RangeError && error.message.startsWith('Maximum call stack');

/** Runs a closure of the program, or a function of the library. */
export function* invoke(goroutine: Goroutine, closure: Value, args: readonly Value[], deferredBy: Frame | null = null): Steps {
  if (!(closure instanceof Closure)) throw nilPanic();
  const { code, captured, bound } = closure;
  const all = bound.length > 0 ? [...bound, ...args] : args;
  if (code.native) return code.native(all, goroutine);
  if (code.nativeSteps) return yield* code.nativeSteps(all, goroutine);
  const frame = new Frame(goroutine, code, captured);
  frame.deferredBy = deferredBy;
  for (const arg of all) frame.locals.push(new Cell(arg));
  const passed = goroutine.sys.charge(CALL_NS);
  if (passed) yield passed;
  if (goroutine.depth > MAX_DEPTH) throw overflow();
  goroutine.depth += 1;
  goroutine.top = frame;
  try {
    yield* bodyOf(frame);
  } finally {
    goroutine.top = frame.caller;
    goroutine.depth -= 1;
  }
  if (code.results !== null && frame.result === undefined) return namedResults(frame, code.results);
  return frame.result;
}

const overflow = (): Fatal => new Fatal('runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow');

function namedResults(frame: Frame, slots: readonly number[]): Value {
  const values = slots.map((slot) => frame.locals[slot]?.v);
  return values.length === 1 ? values[0] : values;
}

function* bodyOf(frame: Frame): Steps<void> {
  const { body } = frame.code;
  if (body === undefined) throw new Error(`${frame.code.name} has no body`);
  try {
    if (body.now) body.now(frame);
    else yield* run(body, frame);
  } catch (error) {
    const thrown = asPanic(error, frame);
    if (frame.defers === null) throw thrown;
    yield* runDefers(frame, thrown);
    return;
  }
  if (frame.defers !== null) yield* runDefers(frame, null);
}

/** Errors of the runtime become panics, with where they came from. */
function asPanic(error: unknown, frame: Frame): Error {
  if (isOverflow(error)) return overflow();
  const panic = error instanceof Incomparable ? runtimePanic(`comparing uncomparable type ${typeText(error.type)}`) : error;
  if (panic instanceof GoPanic) panic.trace ??= traceOf(frame);
  if (panic instanceof Error) return panic;
  throw error;
}

export function traceOf(top: Frame | null): Trace {
  const trace = [];
  for (let frame = top; frame !== null; frame = frame.caller)
    trace.push({ name: frame.code.name, file: frame.code.file, line: Math.floor(frame.at / 4096) || frame.code.line });
  return trace;
}

/** Deferred functions, the last one first; a panic goes on unless one of them recovers it. */
function* runDefers(frame: Frame, thrown: Error | null): Steps<void> {
  let failed: Error | null = thrown;
  if (failed !== null && !(failed instanceof GoPanic) && !(failed instanceof GoExit)) throw failed;
  if (failed === null && frame.code.results !== null && frame.result !== undefined) spread(frame, frame.code.results);
  for (let next = frame.defers?.pop(); next !== undefined; next = frame.defers?.pop()) {
    frame.panic = failed instanceof GoPanic ? failed : null;
    try {
      yield* invoke(frame.goroutine, next.closure, next.args, frame);
      if (failed instanceof GoPanic && frame.panic === null) {
        failed = null;
        frame.result = frame.code.results === null ? frame.code.zero?.() : undefined;
      }
    } catch (error) {
      failed = asPanic(error, frame);
      if (!(failed instanceof GoPanic) && !(failed instanceof GoExit)) throw failed;
    }
  }
  if (failed !== null) throw failed;
}

/** Results that were returned go into their variables, which deferred functions may still change. */
function spread(frame: Frame, slots: readonly number[]): void {
  const values = slots.length === 1 ? [frame.result] : (frame.result as Value[]);
  slots.forEach((slot, index) => {
    const cell = frame.locals[slot];
    if (cell) cell.v = values[index];
  });
  frame.result = undefined;
}
