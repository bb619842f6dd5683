/** Tasks and slots. A slot is what one replica stands in: over the time several tasks, mostly one at a time. Upstream: swarmkit orchestrator/task.go. */

import type { RestartCondition, ServiceSpec } from '../../../api-types/index.ts';
import { isAfter, isBefore } from '../../../api-types/task-states.ts';
import type { NodeObject, ServiceObject, TaskObject } from '../objects.ts';
import { matchesNode, parseConstraints } from '../scheduler/constraint.ts';
import type { ClusterStore, Transaction } from '../store.ts';

export type Slot = readonly TaskObject[];

export const isReplicated = ({ Mode }: ServiceSpec): boolean => Mode.Replicated !== undefined;
export const isGlobal = ({ Mode }: ServiceSpec): boolean => Mode.Global !== undefined;
export const isReplicatedJob = ({ Mode }: ServiceSpec): boolean => Mode.ReplicatedJob !== undefined;
export const isGlobalJob = ({ Mode }: ServiceSpec): boolean => Mode.GlobalJob !== undefined;
export const isJob = (spec: ServiceSpec): boolean => isReplicatedJob(spec) || isGlobalJob(spec);

export interface NewTask {
  readonly service: ServiceObject;
  readonly slot?: number;
  readonly nodeId?: string;
  readonly desiredState?: TaskObject['desiredState'];
}

/** A task of a service as it is now. */
export function createTask(store: ClusterStore, tx: Transaction, nowNs: bigint, wanted: NewTask): TaskObject {
  const { service, slot = 0, nodeId = '', desiredState = isJob(service.spec) ? 'complete' : 'running' } = wanted;
  const { TaskTemplate, EndpointSpec, Name, Labels } = service.spec;
  return tx.create('task', {
    spec: TaskTemplate,
    specVersion: service.specVersion,
    serviceId: service.id,
    serviceName: Name,
    serviceLabels: Labels,
    slot,
    nodeId,
    status: { timestampNs: String(nowNs), state: 'new', message: 'created', err: '' },
    desiredState,
    networks: [],
    endpoint: EndpointSpec === undefined ? {} : { Spec: EndpointSpec },
    logDriver: TaskTemplate.LogDriver ?? store.cluster()?.spec.TaskDefaults.LogDriver ?? null,
    jobIteration: service.job?.iteration ?? null,
  });
}

export const restartConditionOf = ({ spec }: Pick<TaskObject, 'spec'>): RestartCondition => spec.RestartPolicy?.Condition ?? 'any';

/** Down, drained, or gone: nothing runs there. */
export const isInvalidNode = (node: NodeObject | undefined): boolean =>
  node === undefined || node.status.state === 'down' || node.spec.Availability === 'drain';

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether a task must be replaced, because it is not what its service asks for now. */
export function isDirty(service: ServiceObject, task: TaskObject, node: NodeObject | undefined): boolean {
  if (task.specVersion === service.specVersion) return false;
  const wanted = service.spec.TaskTemplate;
  const onlyPlacement = !isSame(wanted.Placement, task.spec.Placement) && isSame({ ...wanted, Placement: task.spec.Placement }, task.spec);
  if (onlyPlacement && node !== undefined && matchesNode(parseConstraints(wanted.Placement?.Constraints ?? []), node)) return false;
  return !isSame(wanted, task.spec) || !isSame(service.spec.EndpointSpec, task.endpoint?.Spec);
}

export const isDead = ({ status }: TaskObject): boolean => isAfter(status.state, 'running');

/** It was called off before any node had it. */
export const neverRuns = ({ status, desiredState }: TaskObject): boolean =>
  isBefore(status.state, 'assigned') && isAfter(desiredState, 'running');

/** Ages as the manager knows them: by the last change of state. */
export const byTime = (a: TaskObject, b: TaskObject): number => {
  const difference = BigInt(a.status.timestampNs) - BigInt(b.status.timestampNs);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** Tasks by the slot, or by the node, that they stand in. */
export function slotsOf<Key>(tasks: readonly TaskObject[], keyOf: (task: TaskObject) => Key): Map<Key, TaskObject[]> {
  const slots = new Map<Key, TaskObject[]>();
  for (const task of tasks) {
    const slot = slots.get(keyOf(task));
    if (slot === undefined) slots.set(keyOf(task), [task]);
    else slot.push(task);
  }
  return slots;
}
