/** What looks after the services of one mode: it notes what changed, and at its turn restarts what ended and makes up what is missing. */
import { isAfter } from '../../../api-types/task-states.ts';
import type { ServiceObject, TaskObject } from '../objects.ts';
import type { AnyChange } from '../store.ts';
import type { Component, ManagerParts } from './component.ts';
import type { RestartSupervisor } from './restart.ts';
import type { UpdateSupervisor } from './update.ts';

export interface Supervisors {
  readonly restarts: RestartSupervisor;
  readonly updates: UpdateSupervisor;
}

/** What an orchestrator works with. */
export interface Workplace extends ManagerParts {
  readonly supervisors: Supervisors;
  /** Services and tasks to be looked at, by their ids, each once. */
  readonly services: Set<string>;
  readonly tasks: Set<string>;
}

/** What the services of a mode have of their own. */
export interface ServiceMode {
  readonly isMine: (service: ServiceObject) => boolean;
  /** Gives the service the tasks that it is to have. */
  readonly reconcile: (at: Workplace, service: ServiceObject) => void;
  /** Nodes come, go, and change what they take. */
  readonly noteNode: (at: Workplace, nodeId: string | undefined) => void;
  readonly isOver: (at: Workplace, task: TaskObject) => boolean;
}

export class ServiceOrchestrator implements Component {
  readonly #at: Workplace;
  readonly #mode: ServiceMode;

  /** Everything that is in the store already is looked at once. */
  constructor(parts: ManagerParts, supervisors: Supervisors, mode: ServiceMode) {
    const idsOf = (kind: 'service' | 'task'): Set<string> => new Set(parts.store.all(kind).map(({ id }) => id));
    this.#at = { ...parts, supervisors, services: idsOf('service'), tasks: idsOf('task') };
    this.#mode = mode;
  }

  /** A task that was to run and is removed leaves its service one short. */
  handle({ kind, before, after }: AnyChange): void {
    const { services, tasks } = this.#at;
    if (kind === 'node') this.#mode.noteNode(this.#at, (after ?? before)?.id);
    if (kind === 'service' && after) services.add(after.id);
    if (kind === 'task' && after) tasks.add(after.id);
    if (kind === 'task' && before && !after && !isAfter((before as TaskObject).desiredState, 'running'))
      services.add((before as TaskObject).serviceId);
  }

  tick(): undefined {
    const { store, services, tasks } = this.#at;
    for (const id of drain(tasks)) this.#restartIfOver(id);
    for (const id of drain(services)) {
      const service = store.get('service', id);
      if (service && this.#mode.isMine(service)) this.#mode.reconcile(this.#at, service);
    }
  }

  #restartIfOver(id: string): void {
    const { store, supervisors } = this.#at;
    const task = store.get('task', id);
    const service = task && store.get('service', task.serviceId);
    if (!task || !service || !this.#mode.isMine(service)) return;
    if (isAfter(task.desiredState, 'running') || !this.#mode.isOver(this.#at, task)) return;
    store.write((tx) => supervisors.restarts.restart(tx, service, task));
  }
}

export function drain(ids: Set<string>): readonly string[] {
  const all = [...ids];
  ids.clear();
  return all;
}
