/** Jobs: tasks that run to their end, a number of times or once on each node. Upstream: swarmkit orchestrator/jobs. */
import { isAfter } from '../../../api-types/task-states.ts';
import type { ServiceObject, TaskObject } from '../objects.ts';
import { matchesNode, parseConstraints } from '../scheduler/constraint.ts';
import type { AnyChange } from '../store.ts';
import type { Component, ManagerParts } from './component.ts';
import type { RestartSupervisor } from './restart.ts';
import { drain } from './service-orchestrator.ts';
import { createTask, isDead, isGlobalJob, isInvalidNode, isJob, isReplicatedJob } from './task.ts';

export class JobOrchestrator implements Component {
  readonly #parts: ManagerParts;
  readonly #restarts: RestartSupervisor;
  readonly #services = new Set<string>();
  readonly #tasks = new Set<string>();

  constructor(parts: ManagerParts, { restarts }: { readonly restarts: RestartSupervisor }) {
    this.#parts = parts;
    this.#restarts = restarts;
    for (const { id } of parts.store.all('service')) this.#services.add(id);
  }

  handle({ kind, after }: AnyChange): void {
    if (kind === 'service' && after) this.#services.add(after.id);
    if (kind === 'node') for (const { id } of this.#parts.store.all('service')) this.#services.add(id);
    if (kind !== 'task' || !after) return;
    this.#tasks.add(after.id);
    this.#services.add((after as TaskObject).serviceId);
  }

  tick(): undefined {
    const { store } = this.#parts;
    for (const id of drain(this.#tasks)) this.#restartIfFailed(id);
    for (const id of drain(this.#services)) {
      const service = store.get('service', id);
      if (!service || !isJob(service.spec)) continue;
      this.#endEarlier(service);
      if (isReplicatedJob(service.spec)) this.#replicate(service);
      if (isGlobalJob(service.spec)) this.#spread(service);
    }
  }

  #restartIfFailed(id: string): void {
    const { store } = this.#parts;
    const task = store.get('task', id);
    const service = task && store.get('service', task.serviceId);
    if (!task || !service || !isJob(service.spec) || isAfter(task.desiredState, 'complete')) return;
    if (isDead(task) && task.status.state !== 'complete') store.write((tx) => this.#restarts.restart(tx, service, task));
  }

  /** Tasks of an earlier round go: those of a replicated job only if they have not ended. */
  #endEarlier(service: ServiceObject): void {
    const { store } = this.#parts;
    const old = store.tasksOf(service.id).filter((task) => {
      const isOver = isReplicatedJob(service.spec) && isDead(task);
      return task.jobIteration !== service.job?.iteration && task.desiredState !== 'remove' && !isOver;
    });
    store.write((tx) => {
      for (const { id } of old) tx.update('task', id, { desiredState: 'remove' });
    });
  }

  #ofThisRound(service: ServiceObject): readonly TaskObject[] {
    return this.#parts.store.tasksOf(service.id).filter(({ jobIteration }) => jobIteration === service.job?.iteration);
  }

  #replicate(service: ServiceObject): void {
    const { MaxConcurrent = 1, TotalCompletions = 1 } = service.spec.Mode.ReplicatedJob ?? {};
    const tasks = this.#ofThisRound(service);
    const completed = tasks.filter(({ status }) => status.state === 'complete').length;
    const running = tasks.filter((task) => !isDead(task) && !isAfter(task.desiredState, 'complete')).length;
    const taken = new Set(tasks.map(({ slot }) => slot));
    const count = Math.min(MaxConcurrent === 0 ? TotalCompletions : MaxConcurrent, TotalCompletions - completed) - running;
    const { store, sys } = this.#parts;
    store.write((tx) => {
      const free = [...Array(TotalCompletions).keys()].filter((slot) => !taken.has(slot));
      for (const slot of free.slice(0, Math.max(count, 0))) createTask(store, tx, sys.clock.nowNs(), { service, slot });
    });
  }

  #spread(service: ServiceObject): void {
    const { store, sys } = this.#parts;
    const constraints = parseConstraints(service.spec.TaskTemplate.Placement?.Constraints ?? []);
    const has = new Set(this.#ofThisRound(service).map(({ nodeId }) => nodeId));
    store.write((tx) => {
      for (const node of store.all('node'))
        if (!has.has(node.id) && !isInvalidNode(node) && matchesNode(constraints, node))
          createTask(store, tx, sys.clock.nowNs(), { service, nodeId: node.id });
    });
  }
}
