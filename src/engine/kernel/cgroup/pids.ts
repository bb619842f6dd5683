/** The pids controller: how many processes a group may have. */
import { Errno } from '../errno.ts';
import type { Cgroup } from './cgroup.ts';

export class PidsController {
  readonly #group: Cgroup;
  max = Number.POSITIVE_INFINITY;
  current = 0;
  peak = 0;
  /** How often a fork was refused because of this group's limit. */
  refused = 0;

  constructor(group: Cgroup) {
    this.#group = group;
  }

  setMax(max: number): void {
    this.max = max;
  }

  /** One more process; EAGAIN over the limit of this group or one above it. */
  charge(): void {
    for (const group of this.#group.lineage()) {
      if (group.pids.current + 1 <= group.pids.max) continue;
      group.pids.refused += 1;
      throw new Errno('EAGAIN');
    }
    this.move(1);
  }

  /** Counts without asking, as moving between groups does. */
  move(by: number): void {
    for (const { pids } of this.#group.lineage()) {
      pids.current += by;
      pids.peak = Math.max(pids.peak, pids.current);
    }
  }
}
