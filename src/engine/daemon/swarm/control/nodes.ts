/** Nodes and tasks. Upstream: moby daemon/cluster/{nodes,tasks}.go, swarmkit manager/controlapi/{node,task}.go. */

import type { NodeSpec } from '../../../api-types/index.ts';
import { isBefore, TASK_STATES } from '../../../api-types/task-states.ts';
import { invalid, system } from '../../errors.ts';
import { checkFilters, type Filters, wantedOf } from '../../filters.ts';
import { oneManager, outOfSequence, rpcError } from '../errors.ts';
import type { NodeObject, TaskObject } from '../objects.ts';
import { isDirty } from '../orchestrator/task.ts';
import type { ClusterStore } from '../store.ts';
import { beginsWith, find, hasLabels, nameOfNode, taskName } from './lookup.ts';

/** Throws DockerError. */
export function updateNode(
  store: ClusterStore,
  { name, version, spec }: { readonly name: string; readonly version: number; readonly spec: NodeSpec },
): void {
  const node = find(store, 'node', name);
  const { Role, Availability } = spec;
  if (!['worker', 'manager'].includes(Role)) throw invalid(`invalid Role: ${JSON.stringify(Role)}`);
  if (!['active', 'pause', 'drain'].includes(Availability)) throw invalid(`invalid Availability: ${JSON.stringify(Availability)}`);
  const managers = store.all('node').filter((one) => one.spec.Role === 'manager');
  if (node.spec.Role === 'manager' && Role === 'worker' && managers.length === 1)
    throw rpcError('FailedPrecondition', 'attempting to demote the last manager of the swarm');
  if (node.spec.Role === 'worker' && Role === 'manager') throw oneManager('promoting a node to a manager');
  if (version !== node.version) throw outOfSequence();
  store.write((tx) =>
    tx.update('node', node.id, { spec: { ...(spec.Name && { Name: spec.Name }), Labels: spec.Labels ?? {}, Role, Availability } }),
  );
}

/** Throws DockerError: a manager must be demoted first, and a node that is up must leave. */
export function removeNode(store: ClusterStore, name: string, { force, nowNs }: { readonly force: boolean; readonly nowNs: bigint }): void {
  const { id, spec, status: was } = find(store, 'node', name);
  if (spec.Role === 'manager')
    throw rpcError(
      'FailedPrecondition',
      `node ${id} is a cluster manager and is a member of the raft cluster. It must be demoted to worker before removal`,
    );
  if (!force && was.state === 'ready') throw rpcError('FailedPrecondition', `node ${id} is not down and can't be removed`);
  const status = {
    timestampNs: String(nowNs),
    state: 'orphaned',
    message: 'Task belonged to a node that has been deleted',
    err: '',
  } as const;
  // Nobody will say any more what became of its tasks.
  const living = store.all('task').filter((task) => task.nodeId === id && isBefore(task.status.state, 'complete'));
  store.write((tx) => {
    for (const task of living) tx.update('task', task.id, { status });
    tx.remove('node', id);
  });
}

/** GET /nodes. Throws DockerError. */
export function listNodes(store: ClusterStore, filters: Filters): readonly NodeObject[] {
  checkFilters(filters, ['name', 'id', 'label', 'role', 'membership', 'node.label']);
  checkWords(filters, 'role', ['worker', 'manager'], (text) => `Invalid role filter: '${text}'`);
  checkWords(filters, 'membership', ['pending', 'accepted'], (text) => `Invalid membership filter: '${text}'`);
  return store
    .all('node')
    .filter(
      (node) =>
        beginsWith(filters, 'name', nameOfNode(node)) &&
        beginsWith(filters, 'id', node.id) &&
        hasLabels(filters, 'label', node.description.Engine.Labels) &&
        hasLabels(filters, 'node.label', node.spec.Labels) &&
        among(filters, 'role', node.spec.Role) &&
        among(filters, 'membership', 'accepted'),
    );
}

const among = (filters: Filters, name: string, value: string): boolean => {
  const wanted = wantedOf(filters, name).map((text) => text.toLowerCase());
  return wanted.length === 0 || wanted.includes(value);
};

function checkWords(filters: Filters, name: string, known: readonly string[], says: (text: string) => string): void {
  for (const text of wantedOf(filters, name)) if (text !== '' && !known.includes(text.toLowerCase())) throw system(says(text));
}

/** GET /tasks. Names of services and nodes are as good as their ids. Throws DockerError. */
export function listTasks(store: ClusterStore, filters: Filters, self: string): readonly TaskObject[] {
  checkFilters(filters, ['name', 'id', 'label', 'service', 'node', 'desired-state', '_up-to-date', 'runtime']);
  checkWords(filters, 'desired-state', STATES, (text) => `Invalid desired-state filter: '${text}'`);
  const services = wantedOf(filters, 'service').map((text) => find(store, 'service', text).id);
  const nodes = wantedOf(filters, 'node').map((text) => find(store, 'node', text === 'self' ? self : text).id);
  const upToDate = wantedOf(filters, '_up-to-date').length > 0;
  return store
    .all('task')
    .filter(
      (task) =>
        beginsWith(filters, 'name', task.serviceId === '' ? '' : taskName(task)) &&
        beginsWith(filters, 'id', task.id) &&
        (services.length === 0 || services.includes(task.serviceId)) &&
        (nodes.length === 0 || nodes.includes(task.nodeId)) &&
        hasLabels(filters, 'label', task.serviceLabels) &&
        among(filters, 'desired-state', task.desiredState) &&
        runtimeFits(filters, task) &&
        (!upToDate || isUpToDate(store, task)),
    );
}

const STATES: readonly string[] = TASK_STATES;

/** Containers that somebody attached by hand are shown to those who ask for them. */
function runtimeFits(filters: Filters, { spec }: TaskObject): boolean {
  const wanted = wantedOf(filters, 'runtime');
  return (wanted.length === 0 ? ['container'] : wanted).includes(spec.ContainerSpec ? 'container' : 'attachment');
}

function isUpToDate(store: ClusterStore, task: TaskObject): boolean {
  const service = store.get('service', task.serviceId);
  if (!service) return false;
  if (service.job !== null && task.jobIteration !== service.job.iteration) return false;
  return !isDirty(service, task, store.get('node', task.nodeId));
}
