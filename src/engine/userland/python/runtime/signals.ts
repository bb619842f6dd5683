/** Signals that the program handles itself: they are noted when they come, and handled between two instructions of the main thread. */
import type { Signal, Sys } from '../../../kernel/sys.ts';
import { exceptionType, Raised } from './exceptions.ts';
import { argsOf, Call, type Steps, type Thread } from './thread.ts';
import { PyException, type Value } from './values.ts';

/** Numbers of signals, as on Linux. */
export const SIGNAL_NUMBERS: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGSTKFLT: 16,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGURG: 23,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGVTALRM: 26,
  SIGPROF: 27,
  SIGWINCH: 28,
  SIGIO: 29,
  SIGPWR: 30,
  SIGSYS: 31,
};

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
