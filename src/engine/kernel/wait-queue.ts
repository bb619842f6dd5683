/** Someone asleep on a queue: a task of the scheduler. */
export interface Waiter {
  /** Makes the waiter runnable. Idempotent; never runs it at once. */
  wake(): void;
}

/**
 * Where tasks sleep until something changes, as in Linux: whoever changes the state wakes everybody,
 * and each looks again. In order of arrival, so that what happens next never depends on the host.
 */
export class WaitQueue {
  readonly #waiters = new Set<Waiter>();

  add(waiter: Waiter): void {
    this.#waiters.add(waiter);
  }

  remove(waiter: Waiter): void {
    this.#waiters.delete(waiter);
  }

  /** Whoever sleeps here, in order of arrival. */
  get waiters(): Iterable<Waiter> {
    return this.#waiters;
  }

  /** Wakes everybody who sleeps here. */
  wake(): void {
    for (const waiter of [...this.#waiters]) waiter.wake();
  }
}
