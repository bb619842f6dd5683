import { SLICE_NS } from '../costs.ts';
import type { Waiter, WaitQueue } from '../wait-queue.ts';
import type { Timer } from './timers.ts';

/** A control group, as far as CPU time is divided among groups. */
export interface CpuGroup {
  readonly parent: CpuGroup | null;
  readonly cpu: { readonly weight: number };
  /** As a list: `0-1,3`. */
  allowedCpus(): string;
}

/** Whom a task belongs to, as far as the scheduler cares. */
export interface Owner {
  /** The program's name, for reports. */
  readonly label: string;
  /** Stopped, frozen or throttled: its tasks are put aside instead of being given the CPU. */
  isHeld(): boolean;
  readonly cgroup: CpuGroup;
  /** From -20, which gets most, to 19. */
  readonly nice: number;
  /** How much of its CPU quota is left (Infinity without one). */
  quotaLeftNs(): number;
  /** It has used so much CPU time. */
  charged(ns: number): void;
}

export type WakeReason = 'woken' | 'timeout' | 'interrupted';
export type TaskState = 'ready' | 'running' | 'waiting' | 'aside' | 'dead';

/** How a task gets on while others are ready too. */
export interface Share {
  /** So many CPUs are at work in this turn and beside it: that much more CPU time is used than time goes by. */
  readonly pace: number;
  /** CPU time of one turn. */
  readonly sliceNs: number;
}

/** While no other is busy. */
export const ALONE: Share = { pace: 1, sliceNs: SLICE_NS };

/** What a task needs of the scheduler. */
interface ReadyList {
  ready(task: Task): void;
}

/** One thread of control: the unit that the scheduler gives the CPU to. */
export class Task implements Waiter {
  readonly owner: Owner;
  state: TaskState = 'ready';
  /** The instant at which its slice began, and CPU time that it has used in it. */
  sliceStartNs = 0;
  usedNs = 0;
  /** The instant at which its slice is over; kept when its turn was only interrupted by the end of a run. */
  sliceEndNs = 0;
  /** Its turn was cut short, so it goes on without a new slice. */
  continues = false;
  /** It used its last slice up: it would go on for ever. */
  isBusy = false;
  share: Share = ALONE;
  /** Continues the program where it waits; the first time, starts it. */
  go: (reason: WakeReason) => void;
  /** A caught signal cannot interrupt what it waits for (a futex, a join). */
  undisturbed = false;
  /** Why it acts. */
  span = 0;
  readonly #list: ReadyList;
  #queues: readonly WaitQueue[] = [];
  #timer: Timer | undefined;
  #reason: WakeReason = 'woken';

  constructor(owner: Owner, list: ReadyList, start: () => void) {
    this.owner = owner;
    this.#list = list;
    this.go = start;
  }

  get reason(): WakeReason {
    return this.#reason;
  }

  /** Falls asleep on `queues`, with a timer that may end it. */
  sleep(queues: readonly WaitQueue[], timer: Timer | undefined): void {
    this.state = 'waiting';
    this.isBusy = false;
    this.#queues = queues;
    this.#timer = timer;
    for (const queue of queues) queue.add(this);
  }

  wake(): void {
    this.#end('woken');
  }

  timeout(): void {
    this.#end('timeout');
  }

  /** A signal has come. */
  interrupt(): void {
    this.#end('interrupted');
  }

  /** Takes it off every list. It never runs again. */
  kill(): void {
    this.#leave();
    this.state = 'dead';
    this.go = () => {};
  }

  #end(reason: WakeReason): void {
    if (this.state !== 'waiting') return;
    this.#leave();
    this.#reason = reason;
    this.state = 'ready';
    this.#list.ready(this);
  }

  #leave(): void {
    for (const queue of this.#queues) queue.remove(this);
    this.#queues = [];
    if (this.#timer !== undefined) this.#timer.cancelled = true;
    this.#timer = undefined;
  }
}
