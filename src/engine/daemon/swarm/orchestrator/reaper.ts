/** Tasks that are over: what a service that is gone leaves behind, and all but the last few of each slot. Upstream: swarmkit orchestrator/taskreaper. */
import { isBefore } from '../../../api-types/task-states.ts';
import type { TaskObject } from '../objects.ts';
import type { AnyChange } from '../store.ts';
import type { Component, Instant, ManagerParts } from './component.ts';
import type { Supervisors } from './service-orchestrator.ts';
import { byTime, isDead, isJob, neverRuns } from './task.ts';

const BATCHING_NS = 250_000_000n;
const DEFAULT_HISTORY = 5;

export class TaskReaper implements Component {
  readonly #parts: ManagerParts;
  readonly #supervisors: Supervisors;
  readonly #dirty = new Map<string, TaskObject>();
  readonly #cleanup = new Set<string>();
  #at: Instant | undefined;

  constructor(parts: ManagerParts, supervisors: Supervisors) {
    this.#parts = parts;
    this.#supervisors = supervisors;
    for (const task of parts.store.all('task')) this.#look(task);
  }

  handle({ kind, before, after }: AnyChange): void {
    if (kind === 'service' && !after && before) this.#removeTasks(before.id);
    if (kind !== 'task' || !after) return;
    const task = after as TaskObject;
    if (!before) this.#dirty.set(keyOf(task), task);
    this.#look(task);
    this.#at ??= this.#parts.sys.clock.monotonicNs() + BATCHING_NS;
  }

  #look(task: TaskObject): void {
    const isOver = isBefore(task.status.state, 'assigned') || !isBefore(task.status.state, 'complete');
    if (task.desiredState === 'remove' && isOver) this.#cleanup.add(task.id);
    if (task.serviceId === '' && task.status.state === 'orphaned') this.#cleanup.add(task.id);
  }

  /** A service that was removed takes its tasks with it. */
  #removeTasks(serviceId: string): void {
    const { store } = this.#parts;
    this.#supervisors.restarts.forget(serviceId);
    this.#supervisors.updates.cancel(serviceId);
    store.write((tx) => {
      for (const { id } of store.tasksOf(serviceId)) tx.update('task', id, { desiredState: 'remove' });
    });
  }

  tick(now: Instant): Instant | undefined {
    if (this.#at === undefined || now < this.#at) return this.#at;
    this.#at = undefined;
    const gone = new Set(this.#cleanup);
    this.#cleanup.clear();
    for (const [key, task] of this.#dirty) if (this.#reap(task, gone)) this.#dirty.delete(key);
    this.#parts.store.write((tx) => {
      for (const id of gone) tx.remove('task', id);
    });
    return undefined;
  }

  /** Tasks of jobs all stay. True if the slot has as few tasks as it may have. */
  #reap(of: TaskObject, gone: Set<string>): boolean {
    const { store } = this.#parts;
    const limit = store.cluster()?.spec.Orchestration.TaskHistoryRetentionLimit ?? DEFAULT_HISTORY;
    const service = store.get('service', of.serviceId);
    const attempts = service?.spec.TaskTemplate.RestartPolicy?.MaxAttempts ?? 0;
    const keeps = attempts > 0 ? attempts + 1 : limit;
    if (keeps < 0 || !service || isJob(service.spec)) return true;
    const slot = store.tasksOf(of.serviceId).filter((task) => keyOf(task) === keyOf(of));
    let left = slot.length - keeps;
    if (left <= 0) return true;
    let living = 0;
    for (const task of [...slot].sort(byTime)) {
      if (!isDead(task) && !neverRuns(task)) {
        living += 1;
        continue;
      }
      gone.add(task.id);
      left -= 1;
      if (left === 0) break;
    }
    return living <= 1;
  }
}

const keyOf = ({ serviceId, slot, nodeId }: TaskObject): string => `${serviceId} ${slot === 0 ? nodeId : slot}`;
