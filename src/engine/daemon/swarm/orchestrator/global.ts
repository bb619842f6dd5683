/** Services with one task on each node that fits. Upstream: swarmkit orchestrator/global. */
import { isAfter } from '../../../api-types/task-states.ts';
import type { NodeObject, ServiceObject, TaskObject } from '../objects.ts';
import { matchesNode, parseConstraints } from '../scheduler/constraint.ts';
import type { AnyChange } from '../store.ts';
import type { Component, ManagerParts } from './component.ts';
import { drain, Pending } from './pending.ts';
import type { Supervisors } from './replicated.ts';
import { createTask, isDead, isGlobal, isInvalidNode, type Slot, slotsOf } from './task.ts';

export class GlobalOrchestrator implements Component {
  readonly #parts: ManagerParts;
  readonly #supervisors: Supervisors;
  readonly #pending = new Pending();

  constructor(parts: ManagerParts, supervisors: Supervisors) {
    this.#parts = parts;
    this.#supervisors = supervisors;
    this.#pending.noteAll(parts.store);
  }

  handle(change: AnyChange): void {
    this.#pending.note(change);
    if (change.kind === 'node') for (const { id } of this.#parts.store.all('service')) this.#pending.services.add(id);
  }

  tick(): undefined {
    const { store } = this.#parts;
    for (const id of drain(this.#pending.tasks)) this.#restartIfEnded(id);
    for (const id of drain(this.#pending.services)) {
      const service = store.get('service', id);
      if (service && isGlobal(service.spec)) this.#reconcile(service);
    }
  }

  #restartIfEnded(id: string): void {
    const { store } = this.#parts;
    const task = store.get('task', id);
    const service = task && store.get('service', task.serviceId);
    if (!task || !service || !isGlobal(service.spec) || isAfter(task.desiredState, 'running') || !isDead(task)) return;
    store.write((tx) => this.#supervisors.restarts.restart(tx, service, task));
  }

  #reconcile(service: ServiceObject): void {
    const { store } = this.#parts;
    const constraints = parseConstraints(service.spec.TaskTemplate.Placement?.Constraints ?? []);
    const byNode = slotsOf(store.tasksOf(service.id), ({ nodeId }) => nodeId);
    const slots: Slot[] = [];
    store.write((tx) => {
      for (const node of store.all('node')) {
        const slot = byNode.get(node.id) ?? [];
        byNode.delete(node.id);
        if (isInvalidNode(node) || !matchesNode(constraints, node)) {
          for (const task of slot.filter(isWanted)) tx.update('task', task.id, { desiredState: 'shutdown' });
          continue;
        }
        const updatable = this.#supervisors.restarts.updatableIn(slot, service);
        if (updatable.length > 0) slots.push(updatable);
        else if (isOpen(node)) createTask(store, tx, this.#parts.sys.clock.nowNs(), { service, nodeId: node.id });
      }
      for (const task of [...byNode.values()].flat().filter(isWanted)) tx.update('task', task.id, { desiredState: 'shutdown' });
    });
    this.#supervisors.updates.update(service, slots);
  }
}

const isWanted = ({ desiredState }: TaskObject): boolean => !isAfter(desiredState, 'running');
/** A node that pauses keeps what it has. */
const isOpen = ({ spec }: NodeObject): boolean => spec.Availability === 'active';
