/**
 * The cpu controller. `cpu.max` gives a group so many microseconds of CPU in each period; when they are used up its tasks
 * are put aside until the next one begins (kernel/sched/fair.c, "bandwidth control"). `cpu.weight` makes turns longer or shorter.
 */
import type { Cgroup } from './cgroup.ts';

/** The part of the scheduler that periods need. */
export interface CpuTimers {
  nowNs(): number;
  at(atNs: number, fire: () => void): void;
}

export class CpuController {
  readonly #group: Cgroup;
  weight = 100;
  quotaNs = Number.POSITIVE_INFINITY;
  periodNs = 100_000_000;
  usageNs = 0;
  periods = 0;
  throttledTimes = 0;
  throttledNs = 0;
  isThrottled = false;
  #usedNs = 0;
  #hasPeriod = false;
  #throttledSinceNs = 0;

  constructor(group: Cgroup) {
    this.#group = group;
  }

  leftNs(): number {
    return Math.max(0, this.quotaNs - this.#usedNs);
  }

  charge(ns: number): void {
    this.usageNs += ns;
    if (this.quotaNs === Number.POSITIVE_INFINITY) return;
    this.#beginPeriod(this.#group.host.nowNs() - ns);
    this.#usedNs += ns;
    if (this.#usedNs < this.quotaNs || this.isThrottled) return;
    this.isThrottled = true;
    this.throttledTimes += 1;
    this.#throttledSinceNs = this.#group.host.nowNs();
  }

  /** `cpu.max`: the quota of each period, Infinity for none. */
  setMax(quotaNs: number, periodNs: number): void {
    this.quotaNs = quotaNs;
    this.periodNs = periodNs;
    if (this.isThrottled && this.#usedNs < quotaNs) this.#unthrottle();
  }

  #beginPeriod(fromNs: number): void {
    if (this.#hasPeriod) return;
    this.#hasPeriod = true;
    this.#group.host.at(fromNs + this.periodNs, () => this.#endPeriod(fromNs + this.periodNs));
  }

  #endPeriod(atNs: number): void {
    this.periods += 1;
    this.#hasPeriod = false;
    const wasUsed = this.#usedNs > 0;
    this.#usedNs = this.quotaNs === Number.POSITIVE_INFINITY ? 0 : Math.max(0, this.#usedNs - this.quotaNs);
    if (wasUsed) this.#beginPeriod(atNs);
    if (this.isThrottled && this.#usedNs < this.quotaNs) this.#unthrottle();
  }

  #unthrottle(): void {
    this.isThrottled = false;
    this.throttledNs += this.#group.host.nowNs() - this.#throttledSinceNs;
    this.#group.releaseAll();
  }
}
