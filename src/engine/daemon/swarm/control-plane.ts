/** The control plane of a manager: its parts, one task that runs them, and what the engine of the node is told. Upstream: swarmkit manager/manager.go. */
import { Allocator } from './allocator/allocator.ts';
import { type Component, earliest, type ManagerParts } from './orchestrator/component.ts';
import { GLOBAL } from './orchestrator/global.ts';
import { JobOrchestrator } from './orchestrator/jobs.ts';
import { TaskReaper } from './orchestrator/reaper.ts';
import { REPLICATED } from './orchestrator/replicated.ts';
import { RestartSupervisor } from './orchestrator/restart.ts';
import { ServiceOrchestrator } from './orchestrator/service-orchestrator.ts';
import { UpdateSupervisor } from './orchestrator/update.ts';
import { Scheduler } from './scheduler/scheduler.ts';

/** More rounds than any change needs: it would be a bug to go on for ever. */
const MAX_ROUNDS = 1000;

export class ControlPlane {
  readonly #parts: ManagerParts;
  readonly #components: readonly Component[];
  readonly allocator: Allocator;
  #isOver = false;

  constructor(parts: ManagerParts) {
    this.#parts = parts;
    this.allocator = new Allocator(parts);
    const restarts = new RestartSupervisor(parts);
    const updates = new UpdateSupervisor(parts, restarts);
    const supervisors = { restarts, updates };
    this.#components = [
      this.allocator,
      new ServiceOrchestrator(parts, supervisors, REPLICATED),
      new ServiceOrchestrator(parts, supervisors, GLOBAL),
      new JobOrchestrator(parts, supervisors),
      { handle: () => {}, tick: (now) => restarts.tick(now) },
      { handle: (change) => updates.handle(change), tick: (now) => updates.tick(now) },
      new Scheduler(parts),
      new TaskReaper(parts, supervisors),
    ];
    parts.store.watch((change) => {
      if (!this.#isOver) for (const component of this.#components) component.handle(change);
    });
  }

  /** One round after the other, until nothing changes and nothing is due. */
  run(): void {
    const { sys, store } = this.#parts;
    sys.thread(async () => {
      while (!this.#isOver) {
        const next = this.settle();
        const waitMs = next === undefined ? undefined : Math.max(1, Math.ceil(Number(next - sys.clock.monotonicNs()) / 1e6));
        if (!this.#isOver) await store.changed.wait(waitMs);
      }
    });
  }

  /** Does all that there is to do now. Answers when there will be more, if time alone brings it. */
  settle(): bigint | undefined {
    const { sys, store } = this.#parts;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const before = store.index;
      const next = earliest(this.#components.map((component) => component.tick(sys.clock.monotonicNs())));
      if (store.index === before) return next;
    }
    throw new Error('a manager does not come to rest');
  }

  stop(): void {
    this.#isOver = true;
    this.#parts.store.changed.wake();
  }
}
