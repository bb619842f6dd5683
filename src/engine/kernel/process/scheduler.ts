/**
 * The scheduler: who has the CPU, and what time it is. One task has it, from the moment its promise is resolved until it waits,
 * ends, or its slice is over; then it "ends its turn" and the loop in `run` goes on with the next. Tasks that never wait run on
 * several CPUs all the same: they still take turns, but time goes by more slowly (cpu-share.ts).
 * Between two turns lies a tick, the only place where timers fire and where anything from outside comes in.
 *
 * Time is a number of virtual nanoseconds. It moves by what tasks are charged and, when nobody is ready, by a jump to the next
 * timer. Cutting a run into pieces (`run` until here, then until there) changes nothing of what happens inside: a task
 * that is cut short goes back to the front of the queue with the rest of its slice. Each tick has an instant of its own,
 * because giving the CPU away costs time too; so "everything that came in before instant X" says enough to play it again.
 */
import { COSTS } from '../costs.ts';
import type { WaitQueue } from '../wait-queue.ts';
import { ReadyQueue } from './ready-queue.ts';
import { ALONE, type Owner, type Share, Task, type WakeReason } from './task.ts';
import { type Timer, Timers } from './timers.ts';
import type { HostTurns, RunOptions, RunResult } from './turns.ts';

const BREATHE_EVERY_MS = 6;
const LOOK_AT_CLOCK_EVERY_TURNS = 4;
/** A look that would have to wait, or to set something going, is none. */
export class NoLook extends Error {
  override readonly name = 'NoLook';
}

/** So many turns of the event loop without a system call: the program awaits something that is not ours. */
const FOREIGN_AWAIT_BREATHS = 8;

export class Scheduler {
  nowNs = 0;
  /** When the current turn ends at the latest. Checked by every call that may wait and every `turn()`. */
  deadlineNs = 0;
  current: Task | null = null;
  /** Called when a task keeps the CPU and waits for something that is not a system call. */
  onForeignAwait: (task: Task) => void = () => {};
  readonly #host: HostTurns;
  readonly #cpus: number;
  readonly #ready = new ReadyQueue<Task>();
  readonly #timers = new Timers();
  #inputs: (() => void)[] = [];
  #sharesOf: ((tasks: readonly Task[], cpus: number) => ReadonlyMap<Task, Share>) | undefined;
  #turnOver: (() => void) | null = null;
  #turnStartUsedNs = 0;
  #untilNs = 0;
  #turns = 0;
  #running = false;
  #stalled = 0;
  #watching = false;
  #lastBreathMs = 0;
  readonly #looks: (() => Promise<void>)[] = [];
  #looking: { failed: boolean; readonly fromNs: number } | null = null;
  #lookingEnded: Promise<void> = Promise.resolve();

  constructor(host: HostTurns, cpus: number) {
    this.#host = host;
    this.#cpus = cpus;
  }

  /** What time it is for whoever stands outside: what a look costs is taken back, so it is not told. */
  get outsideNs(): number {
    return this.#looking?.fromNs ?? this.nowNs;
  }

  /** How many turns there have been. */
  get turns(): number {
    return this.#turns;
  }

  /** CPU time of the turn that is going on, not yet handed to `charged`. */
  get unchargedNs(): number {
    return this.current === null ? 0 : this.current.usedNs - this.#turnStartUsedNs;
  }

  /** The running task uses so much CPU time, a whole number. */
  spend(ns: number): void {
    const task = this.current;
    if (task === null) {
      this.nowNs += ns;
      return;
    }
    task.usedNs += ns;
    this.nowNs = task.sliceStartNs + Math.ceil(task.usedNs / task.share.pace);
  }

  /** CPU time until the turn of the running task is over. */
  get leftNs(): number {
    const task = this.current;
    if (task === null || this.nowNs >= this.deadlineNs) return 0;
    const lastNs = Math.floor((this.deadlineNs - task.sliceStartNs - 1) * task.share.pace) + 1;
    return Math.max(1, lastNs - task.usedNs);
  }

  createTask(owner: Owner, start: (task: Task) => void): Task {
    this.mustNotLook();
    const task: Task = new Task(owner, this, () => start(task));
    this.#ready.push(task);
    return task;
  }

  /** Puts a task in front of the others: a program that replaces itself goes on at once. */
  createTaskInFront(owner: Owner, start: (task: Task) => void): Task {
    this.mustNotLook();
    const task: Task = new Task(owner, this, () => start(task));
    this.#ready.pushFront(task);
    return task;
  }

  ready(task: Task): void {
    this.#ready.push(task);
  }

  /** Calls `fire` at a tick when it is that late. */
  at(atNs: number, fire: () => void): Timer {
    if (atNs < this.deadlineNs) this.deadlineNs = atNs;
    return this.#timers.add(Math.max(atNs, this.nowNs), fire);
  }

  /** Something comes in from outside, at the next tick. */
  enter(action: () => void): void {
    this.#inputs.push(action);
  }

  /** The running task sleeps until one of `queues` is woken or the instant has come. */
  sleep(task: Task, queues: readonly WaitQueue[], untilNs = Number.POSITIVE_INFINITY): Promise<WakeReason> {
    this.mustNotLook();
    this.#mustRun(task);
    const timer = untilNs === Number.POSITIVE_INFINITY ? undefined : this.at(untilNs, () => task.timeout());
    task.sleep(queues, timer);
    return new Promise((resolve) => {
      task.go = resolve;
      this.endTurn();
    });
  }

  /** The running task gives the CPU away if its turn is over. */
  pass(task: Task): Promise<WakeReason> | undefined {
    if (this.nowNs < this.deadlineNs) return undefined;
    this.#mustRun(task);
    task.state = 'ready';
    if (this.nowNs >= task.sliceEndNs) task.isBusy = true;
    const isSliceOver = this.nowNs >= task.sliceEndNs || this.nowNs >= this.#timers.nextNs();
    return new Promise((resolve) => {
      task.go = resolve;
      this.endTurn();
      this.#requeue(task, isSliceOver);
    });
  }

  #requeue(task: Task, isSliceOver: boolean): void {
    task.continues = !isSliceOver;
    if (!isSliceOver) {
      this.#ready.pushFront(task);
      return;
    }
    this.#fireTimers();
    this.#ready.push(task);
  }

  /** The current task has nothing more to do now. Idempotent. */
  endTurn(): void {
    const over = this.#turnOver;
    const task = this.current;
    if (over === null || task === null) return;
    this.#turnOver = null;
    task.owner.charged(this.unchargedNs);
    this.current = null;
    over();
  }

  /**
   * Lets `body` look around as a task of `owner` between two turns, and takes back what that cost: time, chance and turns are
   * afterwards what they were. Null if it tried to wait or to set something going; what it must not do is change anything.
   */
  look<T>(owner: Owner, body: () => Promise<T>): Promise<T | null> {
    const looked = new Promise<T | null>((resolve, reject) => {
      this.#looks.push(() => this.#lookOnce(owner, body).then(resolve, reject));
    });
    if (this.#looks.length === 1) this.#lookAtRest();
    return looked;
  }

  /** A machine that rests is looked at at once; the next run waits for that. */
  #lookAtRest(): void {
    if (!this.#running && this.#looks.length > 0) this.#lookingEnded = this.#takeLooks();
  }

  async #takeLooks(): Promise<void> {
    for (let look = this.#looks[0]; look !== undefined; look = this.#looks[0]) {
      await look();
      this.#looks.shift();
    }
  }

  async #lookOnce<T>(owner: Owner, body: () => Promise<T>): Promise<T | null> {
    const { nowNs, deadlineNs } = this;
    const turnStartUsedNs = this.#turnStartUsedNs;
    const task = new Task(owner, this, () => {});
    task.state = 'running';
    task.sliceStartNs = nowNs;
    this.current = task;
    this.deadlineNs = Number.POSITIVE_INFINITY;
    this.#turnStartUsedNs = 0;
    const looking = { failed: false, fromNs: nowNs };
    this.#looking = looking;
    try {
      const seen = await body();
      return looking.failed ? null : seen;
    } catch (error) {
      if (looking.failed) return null;
      throw error;
    } finally {
      this.#looking = null;
      this.current = null;
      this.nowNs = nowNs;
      this.deadlineNs = deadlineNs;
      this.#turnStartUsedNs = turnStartUsedNs;
    }
  }

  /** Called by whatever sets something going. */
  mustNotLook(): void {
    if (this.#looking === null) return;
    this.#looking.failed = true;
    throw new NoLook('a look neither waits nor sets anything going');
  }

  /** Waits for the host while the whole machine stands still. */
  async stall<T>(load: () => Promise<T>): Promise<T> {
    this.#stalled += 1;
    try {
      return await load();
    } finally {
      this.#stalled -= 1;
      this.#watch();
    }
  }

  /** The instant at which something happens by itself: now if a task is ready, else the next timer; null if there is none. */
  nextNs(): number | null {
    if (this.#ready.size > 0 || this.#inputs.length > 0) return this.outsideNs;
    const next = this.#timers.nextNs();
    return next === Number.POSITIVE_INFINITY ? null : next;
  }

  /** Lets time pass until `untilNs`. With nothing left to happen, time jumps there and the result is `idle`. */
  async run(untilNs: number, options: RunOptions = {}): Promise<RunResult> {
    if (this.#running) throw new Error('The kernel runs already');
    this.#running = true;
    this.#untilNs = untilNs;
    if (this.#looks.length > 0) await this.#lookingEnded;
    this.#watch();
    try {
      return await this.#loop(untilNs, options);
    } finally {
      this.#running = false;
      // Asked for after the last tick.
      this.#lookAtRest();
    }
  }

  async #loop(untilNs: number, { stop, maxTurns = Number.POSITIVE_INFINITY }: RunOptions): Promise<RunResult> {
    for (let turns = 0; ; ) {
      this.#fireTimers();
      this.#takeInputs();
      if (this.#looks.length > 0) await this.#takeLooks();
      if (stop?.() === true) return 'stopped';
      if (this.nowNs >= untilNs) return 'until';
      if (turns >= maxTurns) return 'too-many-turns';
      const task = this.#next();
      if (task !== undefined) {
        turns += 1;
        const coming = task.continues ? undefined : this.#share(task);
        if (coming !== undefined) await coming;
        await this.#give(task);
        if (this.#mayBreathe()) await this.#breathe();
      } else if (!this.#jump(untilNs)) {
        return 'idle';
      }
    }
  }

  /** Gives the CPU to `task` for a turn. */
  #give(task: Task): Promise<void> {
    this.current = task;
    this.#turns += 1;
    const quotaEndNs = this.nowNs + Math.ceil(task.owner.quotaLeftNs() / task.share.pace);
    this.#turnStartUsedNs = task.continues ? task.usedNs : 0;
    if (!task.continues) {
      task.sliceStartNs = this.nowNs;
      task.usedNs = 0;
      this.spend(COSTS.switchNs);
      task.sliceEndNs = this.nowNs + Math.ceil(task.share.sliceNs / task.share.pace);
    }
    task.continues = false;
    task.state = 'running';
    this.deadlineNs = Math.min(task.sliceEndNs, this.#timers.nextNs(), this.#untilNs, quotaEndNs);
    return new Promise((resolve) => {
      this.#turnOver = resolve;
      task.go(task.reason);
    });
  }

  /** How long its turn is: among tasks that never wait, its part of the CPUs. */
  #share(task: Task): Promise<void> | undefined {
    task.share = ALONE;
    if (!task.isBusy) return undefined;
    const rivals = this.#ready.filter((other) => other.isBusy && other.state === 'ready' && !other.owner.isHeld());
    if (rivals.length === 0) return undefined;
    if (this.#sharesOf !== undefined) {
      task.share = this.#sharesOf([task, ...rivals], this.#cpus).get(task) ?? ALONE;
      return undefined;
    }
    return this.stall(async () => {
      this.#sharesOf = (await import('./cpu-share.ts')).sharesOf;
      this.#share(task);
    });
  }

  /** The next task that may run; those of stopped or frozen processes are put aside until `release`. */
  #next(): Task | undefined {
    for (;;) {
      const task = this.#ready.shift();
      if (task === undefined) return undefined;
      if (task.state !== 'ready') continue;
      if (!task.owner.isHeld()) return task;
      task.state = 'aside';
    }
  }

  /** Its owner may run again: tasks that were put aside are ready. */
  release(task: Task): void {
    if (task.state !== 'aside') return;
    task.state = 'ready';
    task.continues = false;
    this.#ready.push(task);
  }

  #jump(untilNs: number): boolean {
    const next = this.#timers.nextNs();
    if (next === Number.POSITIVE_INFINITY) {
      if (Number.isFinite(untilNs)) this.nowNs = untilNs;
      return false;
    }
    this.nowNs = Math.max(this.nowNs, Math.min(next, untilNs));
    return true;
  }

  #fireTimers(): void {
    for (let timer = this.#timers.takeDue(this.nowNs); timer !== undefined; timer = this.#timers.takeDue(this.nowNs)) timer.fire();
  }

  #takeInputs(): void {
    if (this.#inputs.length === 0) return;
    const inputs = this.#inputs;
    this.#inputs = [];
    for (const action of inputs) action();
  }

  #mayBreathe(): boolean {
    return this.#turns % LOOK_AT_CLOCK_EVERY_TURNS === 0 && this.#host.nowMs() - this.#lastBreathMs >= BREATHE_EVERY_MS;
  }

  async #breathe(): Promise<void> {
    await this.#host.breathe();
    this.#lastBreathMs = this.#host.nowMs();
  }

  #mustRun(task: Task): void {
    if (this.current !== task) throw new Error(`${task.owner.label} waits for two things at once`);
  }

  /** Looks, at each turn of the event loop, whether the task that has the CPU still does something. */
  #watch(): void {
    if (this.#watching || !this.#running) return;
    this.#watching = true;
    void this.#watchTurns();
  }

  async #watchTurns(): Promise<void> {
    for (let strikes = 0, seen = -1; this.#running && this.#stalled === 0; ) {
      await this.#host.breathe();
      const isStuck = this.current !== null && this.#turns === seen && this.#stalled === 0;
      strikes = isStuck ? strikes + 1 : 0;
      seen = this.#turns;
      if (strikes === FOREIGN_AWAIT_BREATHS && this.current !== null) this.onForeignAwait(this.current);
    }
    this.#watching = false;
  }
}
