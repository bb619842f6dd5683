/** Signals that the program handles itself: they are noted when they come, and handled between two instructions of the main thread. */
import { SIGNALS, signalNumber } from '../../../kernel/process/signals.ts';
import type { Signal, Sys } from '../../../kernel/sys.ts';
import { exceptionType, Raised } from './exceptions.ts';
import { argsOf, Call, type Steps, type Thread } from './thread.ts';
import { PyException, type Value } from './values.ts';

/** Numbers of signals. */
export const SIGNAL_NUMBERS: Readonly<Record<string, number>> = Object.fromEntries(SIGNALS.map((name) => [name, signalNumber(name)]));

export const signalName = (number: number): Signal | undefined =>
  Object.entries(SIGNAL_NUMBERS).find(([, own]) => own === number)?.[0] as Signal | undefined;

export const INTERRUPT = Symbol('default_int_handler');

export class Signals {
  readonly #sys: Sys;
  readonly #pending: Signal[] = [];
  readonly #handlers = new Map<Signal, Value | typeof INTERRUPT>();
  /** Wakes the main thread from where it waits for another one. */
  wake: (() => void) | null = null;

  constructor(sys: Sys) {
    this.#sys = sys;
    // What nobody reads any more is an exception, not the end.
    sys.on('SIGPIPE', 'ignore');
    if (sys.disposition('SIGINT') === 'default') this.handle('SIGINT', INTERRUPT);
  }

  get isPending(): boolean {
    return this.#pending.length > 0;
  }

  handle(signal: Signal, handler: Value | typeof INTERRUPT): void {
    this.#handlers.set(signal, handler);
    this.#sys.on(signal, () => {
      this.#pending.push(signal);
      this.wake?.();
    });
  }

  /** Leaves a signal to the kernel. */
  leave(signal: Signal, disposition: 'default' | 'ignore'): void {
    this.#handlers.delete(signal);
    this.#sys.on(signal, disposition);
  }

  handler(signal: Signal): Value | typeof INTERRUPT | 'default' | 'ignore' {
    const own = this.#handlers.get(signal);
    if (own !== undefined) return own;
    return this.#sys.disposition(signal) === 'ignore' ? 'ignore' : 'default';
  }

  /** Handles what has come. */
  *deliver(thread: Thread): Steps<void> {
    for (let signal = this.#pending.shift(); signal !== undefined; signal = this.#pending.shift()) {
      const handler = this.#handlers.get(signal);
      if (handler === INTERRUPT) throw interrupt();
      if (handler !== undefined) yield new Call(handler, argsOf([SIGNAL_NUMBERS[signal] ?? 0, thread.frame]));
    }
  }
}

/** Without any text. */
export function interrupt(): Raised {
  return new Raised(new PyException(exceptionType('KeyboardInterrupt'), []));
}
