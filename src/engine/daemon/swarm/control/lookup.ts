/** Objects by what people call them: their id, their name, or the beginning of their id. Upstream: moby daemon/cluster/helpers.go. */
import type { Filters } from '../../filters.ts';
import { wantedOf } from '../../filters.ts';
import { noSuch, severalMatch } from '../errors.ts';
import type { Kinds, NodeObject } from '../objects.ts';
import type { ClusterStore } from '../store.ts';

type Named = 'node' | 'service' | 'secret' | 'config' | 'network';

export const nameOfNode = ({ spec, description }: NodeObject): string => spec.Name || description.Hostname;

const nameOf = <K extends Named>(kind: K, object: Kinds[K]): string =>
  kind === 'node' ? nameOfNode(object as NodeObject) : ((object as { readonly spec: { readonly Name?: string } }).spec.Name ?? '');

/** Throws DockerError. */
export function find<K extends Named>(store: ClusterStore, kind: K, text: string): Kinds[K] {
  const exact = store.get(kind, text);
  if (exact) return exact;
  const named = store.all(kind).filter((one) => nameOf(kind, one) === text);
  const found = named.length > 0 || text === '' ? named : store.all(kind).filter(({ id }) => id.startsWith(text));
  return only(kind, text, found);
}

/** Throws DockerError. A task has no name of its own: one of a service is called `web.1`. */
export function findTask(store: ClusterStore, text: string): Kinds['task'] {
  const exact = store.get('task', text);
  if (exact) return exact;
  const named = store.all('task').filter((task) => taskName(task) === text);
  const found = named.length > 0 || text === '' ? named : store.all('task').filter(({ id }) => id.startsWith(text));
  return only('task', text, found);
}

export const taskName = ({ serviceName, slot, nodeId, id }: Kinds['task']): string => `${serviceName}.${slot || nodeId}.${id}`;

function only<T>(kind: Named | 'task', text: string, found: readonly T[]): T {
  const [one] = found;
  if (one === undefined) throw noSuch(kind, text);
  if (found.length > 1) throw severalMatch(kind, text, found.length);
  return one;
}

/** True if the filter is absent, or a value of it begins this text. */
export const beginsWith = (filters: Filters, name: string, text: string): boolean => {
  const wanted = wantedOf(filters, name);
  return wanted.length === 0 || wanted.some((begin) => text.startsWith(begin));
};

/** True if every `key` or `key=value` of the filter is there; an empty value is any. */
export const hasLabels = (filters: Filters, name: string, labels: Readonly<Record<string, string>> | null | undefined): boolean =>
  wantedOf(filters, name).every((text) => {
    const [key = '', ...rest] = text.split('=');
    const value = labels?.[key];
    return value !== undefined && (rest.join('=') === '' || rest.join('=') === value);
  });
