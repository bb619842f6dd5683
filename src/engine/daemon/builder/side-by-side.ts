/** Tasks of the daemon that run beside each other, and that wait for each other. */
import type { Sys } from '../../kernel/sys.ts';

type Threads = Pick<Sys, 'thread' | 'queue'>;

/** Runs all, each in a thread of its own; when all have ended, the first failure is thrown. */
export async function all(sys: Threads, tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const [first, ...rest] = tasks;
  const failures: unknown[] = [];
  const guarded = async (task: () => Promise<void>): Promise<void> => {
    try {
      await task();
    } catch (error) {
      failures.push(error);
    }
  };
  const threads = rest.map((task) => sys.thread(() => guarded(task)));
  if (first) await guarded(first);
  for (const thread of threads) await thread.join();
  if (failures.length > 0) throw failures[0];
}

type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** As `Once`, for each of several things. */
export class OnceEach<T> {
  readonly #sys: Threads;
  readonly #known = new Map<string, Once<T>>();

  constructor(sys: Threads) {
    this.#sys = sys;
  }

  of(key: string): Once<T> {
    const once = this.#known.get(key) ?? new Once<T>(this.#sys);
    this.#known.set(key, once);
    return once;
  }
}

/** Something that is done once, however many ask for it. */
export class Once<T> {
  readonly #sys: Threads;
  readonly #queue: ReturnType<Threads['queue']>;
  #outcome: Outcome<T> | undefined;
  #isRunning = false;

  constructor(sys: Threads) {
    this.#sys = sys;
    this.#queue = this.#sys.queue();
  }

  async get(act: () => Promise<T>): Promise<T> {
    if (!this.#isRunning) {
      this.#isRunning = true;
      try {
        this.#outcome = { value: await act() };
      } catch (error) {
        this.#outcome = { error };
      }
      this.#queue.wake();
    }
    while (!this.#outcome) await this.#queue.wait();
    if ('error' in this.#outcome) throw this.#outcome.error;
    return this.#outcome.value;
  }
}
