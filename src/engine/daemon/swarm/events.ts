/** What happens to the cluster's objects, as `docker events` tells it. Upstream: moby daemon/events.go. */
import type { Daemon } from '../daemon.ts';
import { nameOfNode } from './control/lookup.ts';
import type { NodeObject, ServiceObject } from './objects.ts';
import type { AnyChange, ClusterStore } from './store.ts';

type Attributes = Record<string, string>;

export function tellEvents(daemon: Daemon, store: ClusterStore): void {
  store.watch((change) => tell(daemon, change));
}

function tell(daemon: Daemon, { kind, before, after }: AnyChange): void {
  const object = after ?? before;
  if (!object || kind === 'task' || kind === 'cluster') return;
  const action = !before ? 'create' : after ? 'update' : 'remove';
  const attributes: Attributes = {};
  if (kind === 'service')
    Object.assign(
      attributes,
      serviceAttributes(object as ServiceObject, before as ServiceObject | undefined, after as ServiceObject | undefined),
    );
  else if (kind === 'node')
    Object.assign(attributes, nodeAttributes(object as NodeObject, before as NodeObject | undefined, after as NodeObject | undefined));
  else attributes.name = (object as { readonly spec: { readonly Name: string } }).spec.Name;
  // That its addresses were given is nothing that happened to a network.
  if (kind === 'network' && action === 'update') return;
  daemon.events.emit({ type: kind, action, id: object.id, attributes, scope: 'swarm' });
}

function serviceAttributes({ spec }: ServiceObject, before: ServiceObject | undefined, after: ServiceObject | undefined): Attributes {
  const attributes: Attributes = { name: spec.Name };
  if (!before || !after) return attributes;
  const changed = (name: string, of: (service: ServiceObject) => string | number | undefined): void => {
    const [old, now] = [of(before), of(after)];
    if (old === now) return;
    if (old !== undefined) attributes[`${name}.old`] = String(old);
    if (now !== undefined) attributes[`${name}.new`] = String(now);
  };
  changed('replicas', (service) => service.spec.Mode.Replicated?.Replicas);
  changed('image', (service) => service.spec.TaskTemplate.ContainerSpec?.Image);
  changed('updatestate', (service) => service.updateStatus?.state);
  return attributes;
}

function nodeAttributes(node: NodeObject, before: NodeObject | undefined, after: NodeObject | undefined): Attributes {
  const attributes: Attributes = { name: nameOfNode(node) };
  if (!before || !after) return attributes;
  const changed = (name: string, of: (one: NodeObject) => string): void => {
    if (of(before) === of(after)) return;
    attributes[`${name}.old`] = of(before);
    attributes[`${name}.new`] = of(after);
  };
  changed('availability', ({ spec }) => spec.Availability);
  changed('role', ({ spec }) => spec.Role);
  changed('state', ({ status }) => status.state);
  return attributes;
}
