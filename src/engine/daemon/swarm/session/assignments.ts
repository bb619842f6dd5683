/** What a node has to know of the cluster: itself, its tasks, and what they need. Upstream: swarmkit manager/dispatcher/assignments.go. */
import { isBefore } from '../../../api-types/task-states.ts';
import type { Kind, Kinds, TaskObject } from '../objects.ts';
import type { ClusterStore } from '../store.ts';
import type { Copied } from './messages.ts';

/** The version of each object that a node was told, by its kind and id. */
export type Assigned = ReadonlyMap<string, number>;

export interface Assignments {
  readonly assigned: Assigned;
  /** New, or changed since. */
  readonly objects: readonly Copied[];
  readonly gone: readonly (readonly [kind: Kind, id: string])[];
}

const keyOf = (kind: Kind, id: string): string => `${kind} ${id}`;

export function assignedTo(store: ClusterStore, nodeId: string, known: Assigned): Assignments {
  const all = everythingFor(store, nodeId);
  const assigned = new Map(all.map(({ kind, object }) => [keyOf(kind, object.id), object.version]));
  return {
    assigned,
    objects: all.filter(({ kind, object }) => known.get(keyOf(kind, object.id)) !== object.version),
    gone: [...known.keys()].filter((key) => !assigned.has(key)).map((key) => key.split(' ', 2) as [Kind, string]),
  };
}

function everythingFor(store: ClusterStore, nodeId: string): readonly Copied[] {
  const tasks = store.all('task').filter((task) => task.nodeId === nodeId && !isBefore(task.status.state, 'assigned'));
  const ingress = store.all('network').filter(({ spec }) => spec.Ingress);
  const networks = new Set([...ingress.map(({ id }) => id), ...tasks.flatMap((task) => task.networks.map(({ network }) => network.id))]);
  return [
    ...copies(store, 'node', [nodeId]),
    ...copies(store, 'network', networks),
    ...copies(store, 'secret', new Set(tasks.flatMap(secretsOf))),
    ...copies(store, 'config', new Set(tasks.flatMap(configsOf))),
    ...tasks.map((object): Copied => ({ kind: 'task', object })),
  ];
}

const secretsOf = ({ spec }: TaskObject): readonly string[] => (spec.ContainerSpec?.Secrets ?? []).map(({ SecretID }) => SecretID);
const configsOf = ({ spec }: TaskObject): readonly string[] => (spec.ContainerSpec?.Configs ?? []).map(({ ConfigID }) => ConfigID);

function copies<K extends Kind>(store: ClusterStore, kind: K, ids: Iterable<string>): readonly Copied[] {
  return [...ids].flatMap((id) => {
    const object: Kinds[K] | undefined = store.get(kind, id);
    return object ? [{ kind, object } as unknown as Copied] : [];
  });
}
