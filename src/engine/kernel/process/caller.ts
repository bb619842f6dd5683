/**
 * A process in the act of calling the kernel. Every system call passes through here: it is charged, it is refused once the
 * program's image is gone, and what cannot go on sleeps here until it can, a signal comes, or the time is over.
 */
import { Errno } from '../errno.ts';
import { AGAIN, type Again } from '../open-file.ts';
import type { WaitQueue } from '../wait-queue.ts';
import type { FileView } from './ports.ts';
import type { Image, Process } from './process.ts';
import { ProcessGone } from './program.ts';
import { limitCpu } from './rlimits.ts';
import { runHandlers } from './signal.ts';
import type { KernelState } from './state.ts';
import type { Task } from './task.ts';

/** What a dead program awaits: it never goes on, not even to its `finally`. */
export const never = (): Promise<never> => new Promise(() => {});

export interface Call<T> {
  readonly costNs: number;
  /** Does it if it can be done now. Called again whenever one of `queues` is woken. */
  attempt(): T | Again;
  queues?(): readonly WaitQueue[];
  /** When to give up; the result is then `timedOut`'s. */
  readonly untilNs?: number | undefined;
  timedOut?(): T;
  /** EAGAIN instead of waiting. */
  readonly nonBlock?: boolean;
  /** Caught signals do not end the wait (a futex). */
  readonly undisturbed?: boolean;
}

const NO_QUEUES: readonly WaitQueue[] = [];

export class Caller {
  readonly state: KernelState;
  readonly process: Process;
  readonly image: Image;

  constructor(state: KernelState, process: Process, image: Image) {
    this.state = state;
    this.process = process;
    this.image = image;
  }

  get view(): FileView {
    const { view } = this.process;
    if (view === null) throw new Errno('ESRCH');
    return view;
  }

  /** A call begins: the task that calls, charged. */
  begin(costNs: number): Task {
    if (!this.image.isAlive) throw new ProcessGone();
    const { scheduler } = this.state;
    const task = scheduler.current;
    if (task === null || task.owner !== this.process) throw this.#misuse();
    scheduler.spend(costNs);
    return task;
  }

  #misuse(): Error {
    const error = new Error(`${this.process.label} called the kernel without having the CPU: it awaits something that is no system call`);
    this.state.faults.push({ pid: this.process.id.numbers[0] ?? 0, program: this.process.label, message: error.message, error });
    return error;
  }

  /** A call that may have ended its own process: if it has, the program goes no further. */
  checkAlive(): void {
    if (!this.image.isAlive) throw new ProcessGone();
  }

  /** A call that may wait. What can be done at once is done at once. */
  call<T>(request: Call<T>): Promise<T> {
    if (!this.image.isAlive) return never();
    try {
      const task = this.begin(request.costNs);
      if (this.process.pending.length > 0) runHandlers(this.state, this.process);
      const result = this.#attempt(request);
      if (result !== AGAIN && !this.#mustPass()) return Promise.resolve(result);
      return this.#finish(task, request, result);
    } catch (error) {
      return this.image.isAlive ? Promise.reject(error) : never();
    }
  }

  #mustPass(): boolean {
    return this.state.scheduler.nowNs >= this.state.scheduler.deadlineNs || this.process.pending.length > 0;
  }

  async #finish<T>(task: Task, request: Call<T>, first: T | Again): Promise<T> {
    try {
      const result = first === AGAIN ? await this.#untilDone(task, request) : first;
      if (this.#mustPass()) await this.passIfOver(task);
      return result;
    } catch (error) {
      if (!this.image.isAlive) return never();
      throw error;
    }
  }

  async #untilDone<T>(task: Task, request: Call<T>): Promise<T> {
    for (;;) {
      if (request.nonBlock === true) throw new Errno('EAGAIN');
      task.undisturbed = request.undisturbed === true;
      const reason = await this.state.scheduler.sleep(task, request.queues?.() ?? NO_QUEUES, request.untilNs);
      const result = this.#attempt(request);
      if (result !== AGAIN) return result;
      if (this.process.pending.length > 0) {
        this.#interrupted(request);
        // The handler may have done what this call waits for.
        const after = this.#attempt(request);
        if (after !== AGAIN) return after;
      }
      if (reason === 'timeout' && request.timedOut !== undefined) return request.timedOut();
    }
  }

  #attempt<T>(request: Call<T>): T | Again {
    const result = request.attempt();
    this.checkAlive();
    return result;
  }

  #interrupted<T>(request: Call<T>): void {
    runHandlers(this.state, this.process);
    this.checkAlive();
    if (request.undisturbed !== true) throw new Errno('EINTR');
  }

  /** The turn may be over, and signals may have come. */
  async passIfOver(task: Task): Promise<void> {
    const over = this.state.scheduler.pass(task);
    if (over !== undefined) await over;
    limitCpu(this.state, this.process);
    if (this.process.pending.length > 0) runHandlers(this.state, this.process);
    this.checkAlive();
  }
}
