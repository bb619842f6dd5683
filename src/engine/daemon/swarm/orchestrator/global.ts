/** Services with one task on each node that fits. Upstream: swarmkit orchestrator/global. */
import { isAfter } from '../../../api-types/task-states.ts';
import type { NodeObject, TaskObject } from '../objects.ts';
import { matchesNode, parseConstraints } from '../scheduler/constraint.ts';
import type { ServiceMode } from './service-orchestrator.ts';
import { createTask, isDead, isGlobal, isInvalidNode, type Slot, slotsOf } from './task.ts';

export const GLOBAL: ServiceMode = {
  isMine: ({ spec }) => isGlobal(spec),
  /** Where its node is gone, nothing comes after it. */
  isOver: ({ store }, task) => isDead(task) && store.get('node', task.nodeId) !== undefined,
  noteNode: ({ store, services }) => {
    for (const { id } of store.all('service')) services.add(id);
  },
  reconcile: ({ store, sys, supervisors }, service) => {
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
        const updatable = supervisors.restarts.updatableIn(slot, service);
        if (updatable.length > 0) slots.push(updatable);
        else if (isOpen(node)) createTask(store, tx, sys.clock.nowNs(), { service, nodeId: node.id });
      }
      for (const task of [...byNode.values()].flat().filter(isWanted)) tx.update('task', task.id, { desiredState: 'shutdown' });
    });
    supervisors.updates.update(service, slots);
  },
};

const isWanted = ({ desiredState }: TaskObject): boolean => !isAfter(desiredState, 'running');
/** A node that pauses keeps what it has. */
const isOpen = ({ spec }: NodeObject): boolean => spec.Availability === 'active';
