/** Panics, and how a program ends of one. */
import { newNamed, STRING } from '../types/types.ts';
import { Boxed, type Value } from './values.ts';

/** Where a goroutine was: function by function, the innermost first. */
export type Trace = readonly { readonly name: string; readonly file: string; readonly line: number }[];

/** A panic on its way up the stack. */
export class GoPanic extends Error {
  override readonly name = 'GoPanic';
  readonly value: Value;
  trace: Trace | null = null;
  /** What was recovered and panicked again, or panicked before it. */
  readonly before: GoPanic | null;

  constructor(value: Value, before: GoPanic | null = null) {
    super('panic');
    this.value = value;
    this.before = before;
  }
}

/** `runtime.Goexit`: the goroutine ends, its deferred functions run. */
export class GoExit extends Error {
  override readonly name = 'GoExit';
}

/** The whole program ends: `fatal error: all goroutines are asleep - deadlock!` */
export class Fatal extends Error {
  override readonly name = 'Fatal';
  readonly text: string;

  constructor(text: string) {
    super(text);
    this.text = text;
  }
}

/** The type of what the runtime itself panics with; the package `runtime` gives it its methods. */
export const RUNTIME_ERROR = { ...newNamed({ name: 'Error', path: 'runtime', package: 'runtime' }), underlying: STRING };

export const runtimePanic = (message: string): GoPanic => new GoPanic(new Boxed(RUNTIME_ERROR, `runtime error: ${message}`));
export const nilPanic = (): GoPanic => runtimePanic('invalid memory address or nil pointer dereference');
