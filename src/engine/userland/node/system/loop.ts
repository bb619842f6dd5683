/**
 * The event loop. Scripts run in the process's first task; whatever waits (timers apart) does so in a task of its own, which posts what came
 * and wakes the loop. The process ends when nothing is left that could call the script.
 */
import type { Sys, TaskQueue } from '../../../kernel/sys.ts';
import { call } from '../runtime/functions.ts';
import type { Realm } from '../runtime/realm.ts';
import { drive, type Steps, start, taken } from '../runtime/steps.ts';
import { PENDING, type Result, type Value } from '../runtime/values.ts';
import { vm } from '../runtime/vm.ts';

export interface Timer {
  readonly id: number;
  readonly fn: Value;
  readonly args: readonly Value[];
  delayMs: number;
  repeats: boolean;
  dueMs: number;
  order: number;
  isRef: boolean;
  isActive: boolean;
}

type Callback = () => Result;

export class Loop {
  readonly realm: Realm;
  readonly sys: Sys;
  readonly #queue: TaskQueue;
  readonly #timers = new Set<Timer>();
  #posted: Callback[] = [];
  #immediates: { readonly run: Callback; isActive: boolean; isRef: boolean }[] = [];
  readonly ticks: Callback[] = [];
  /** Things that may still call the script: sockets, servers, children, reads. */
  #handles = 0;
  #order = 0;
  /** Says what to do with what nobody caught. */
  onError: (error: unknown) => Promise<void> = async (error) => {
    throw error;
  };
  /** Promises that were rejected and nobody listens. */
  onRejections: () => Promise<void> = async () => undefined;

  constructor(realm: Realm) {
    this.realm = realm;
    this.sys = realm.sys;
    this.#queue = realm.sys.queue();
    realm.held = () => [...this.#timers].flatMap(({ fn, args }) => [fn, ...args]);
  }

  nowMs(): number {
    return Number(this.sys.clock.monotonicNs()) / 1e6;
  }

  hold(): void {
    this.#handles += 1;
  }
  release(): void {
    this.#handles -= 1;
    this.#queue.wake();
  }

  /** Something came for the script. */
  post(run: Callback): void {
    this.#posted.push(run);
    this.#queue.wake();
  }

  /** Does what waits in a task of its own, and hands the outcome to the script. */
  background<T>(job: () => Promise<T>, done: (outcome: { readonly value: T } | { readonly error: unknown }) => Result, isRef = true): void {
    if (isRef) this.hold();
    this.sys.thread(async () => {
      let outcome: { readonly value: T } | { readonly error: unknown };
      try {
        outcome = { value: await job() };
      } catch (error) {
        outcome = { error };
      }
      if (isRef) this.release();
      this.post(() => done(outcome));
    });
  }

  addTimer(fn: Value, args: readonly Value[], options: { readonly delayMs: number; readonly repeats: boolean }): Timer {
    const delayMs = options.delayMs >= 1 && options.delayMs <= 2_147_483_647 ? Math.trunc(options.delayMs) : 1;
    this.realm.lastId += 1;
    const timer: Timer = {
      id: this.realm.lastId,
      fn,
      args,
      delayMs,
      repeats: options.repeats,
      dueMs: 0,
      order: 0,
      isRef: true,
      isActive: true,
    };
    this.schedule(timer);
    return timer;
  }

  schedule(timer: Timer): void {
    this.#order += 1;
    timer.order = this.#order;
    timer.dueMs = this.nowMs() + timer.delayMs;
    timer.isActive = true;
    this.#timers.add(timer);
  }

  cancel(timer: Timer): void {
    timer.isActive = false;
    timer.repeats = false;
    this.#timers.delete(timer);
  }

  addImmediate(run: Callback): { isActive: boolean; isRef: boolean } {
    const immediate = { run, isActive: true, isRef: true };
    this.#immediates.push(immediate);
    return immediate;
  }

  /** Runs a piece of the script, then what it left to be done at once. */
  async turn(run: Callback): Promise<void> {
    await this.#guard(run);
    await this.settle();
  }

  async #guard(run: Callback): Promise<void> {
    try {
      this.realm.forget();
      await drive(this.realm, run);
    } catch (error) {
      await this.onError(error);
    }
  }

  /** `process.nextTick`, microtasks, and rejections that nobody saw. */
  async settle(): Promise<void> {
    do {
      for (let tick = this.ticks.shift(); tick !== undefined; tick = this.ticks.shift()) {
        await this.#guard(tick);
        await this.#microtasks();
      }
      await this.#microtasks();
      if (this.ticks.length === 0 && this.realm.rejected.size > 0) await this.onRejections();
    } while (this.ticks.length > 0 || this.realm.jobs.length > 0);
  }

  async #microtasks(): Promise<void> {
    const { jobs } = this.realm;
    while (jobs.length > 0) await this.#guard(() => start(drain(jobs)));
  }

  #nextTimer(): Timer | null {
    let first: Timer | null = null;
    for (const timer of this.#timers)
      if (first === null || timer.dueMs < first.dueMs || (timer.dueMs === first.dueMs && timer.order < first.order)) first = timer;
    return first;
  }

  /** Whether something may still call the script. */
  get isAlive(): boolean {
    if (this.#handles > 0 || this.#posted.length > 0) return true;
    if (this.#immediates.some(({ isRef, isActive }) => isRef && isActive)) return true;
    for (const timer of this.#timers) if (timer.isRef) return true;
    return false;
  }

  async #runTimers(): Promise<void> {
    const now = Math.floor(this.nowMs());
    for (let timer = this.#nextTimer(); timer !== null && Math.floor(timer.dueMs) <= now; timer = this.#nextTimer()) {
      const due = timer;
      this.#timers.delete(due);
      due.isActive = due.repeats;
      await this.turn(() => call(due.fn, this.realm.hooks.timerOf(due), due.args));
      if (due.repeats && due.isActive) this.schedule(due);
    }
  }

  /** Until nothing is left to wait for. */
  async run(): Promise<void> {
    while (this.isAlive) {
      await this.poll();
      if (this.#posted.length > 0 || this.#immediates.length > 0 || !this.isAlive) continue;
      await this.#wait();
    }
  }

  /** One pass, without waiting. */
  async poll(): Promise<void> {
    await this.#runTimers();
    const posted = this.#posted;
    this.#posted = [];
    for (const run of posted) await this.turn(run);
    const immediates = this.#immediates;
    this.#immediates = [];
    for (const immediate of immediates) if (immediate.isActive) await this.turn(immediate.run);
  }

  /** When something is due, from now. */
  nextMs(): number | null {
    if (this.#posted.length > 0 || this.#immediates.length > 0) return 0;
    const next = this.#nextTimer();
    return next === null ? (this.isAlive ? 100 : null) : Math.max(0, next.dueMs - this.nowMs());
  }

  async #wait(): Promise<void> {
    const next = this.#nextTimer();
    if (next === null) await this.#queue.wait();
    else {
      const leftMs = next.dueMs - this.nowMs();
      if (leftMs > 0) await this.#queue.wait(leftMs);
    }
  }
}

function* drain(jobs: Callback[]): Steps {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    vm.top = null;
    const done = job();
    if (done === PENDING) yield taken();
  }
  return undefined;
}
