/** What an orchestrator has to look at when its turn comes: services and tasks, by their ids, each once. */
import { isAfter } from '../../../api-types/task-states.ts';
import type { TaskObject } from '../objects.ts';
import type { AnyChange, ClusterStore } from '../store.ts';

export class Pending {
  readonly services = new Set<string>();
  readonly tasks = new Set<string>();

  /** What changed with a service or a task; a task that was to run and is removed leaves its service one short. */
  note({ kind, before, after }: AnyChange): void {
    if (kind === 'service' && after) this.services.add(after.id);
    if (kind === 'task' && after) this.tasks.add(after.id);
    if (kind === 'task' && before && !after && !isAfter((before as TaskObject).desiredState, 'running'))
      this.services.add((before as TaskObject).serviceId);
  }

  /** Everything that is in the store already. */
  noteAll(store: ClusterStore): void {
    for (const { id } of store.all('service')) this.services.add(id);
    for (const { id } of store.all('task')) this.tasks.add(id);
  }
}

export function drain(ids: Set<string>): readonly string[] {
  const all = [...ids];
  ids.clear();
  return all;
}
