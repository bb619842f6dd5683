/** The swarm's networks among those that the Engine API shows. Upstream: moby daemon/server/router/network. */
import type { NetworkCreateRequest, NetworkInspect, NetworkSummary } from '../../../api-types/index.ts';
import type { Daemon } from '../../daemon.ts';
import { isKind } from '../../errors.ts';
import { type Filters, matches, matchesExactly, matchesLabels } from '../../filters.ts';
import { inspect } from '../../networks/inspect.ts';
import { membersOf } from '../../networks/verbs.ts';
import { untilOf } from '../../until.ts';
import { managerOf } from '../cluster.ts';
import { createNetwork, inspectedNetwork, removeNetwork, shownNetwork } from '../control/networks.ts';
import { workerNetwork } from '../errors.ts';
import type { NetworkObject } from '../objects.ts';

/** Throws DockerError. */
export function create(daemon: Daemon, request: NetworkCreateRequest): NetworkObject {
  if (daemon.swarm.node?.link) throw workerNetwork();
  const { store } = managerOf(daemon);
  return createNetwork(store, request);
}

/** Those of the swarm that nobody on this host is in. */
export function listOthers(daemon: Daemon, filters: Filters): readonly NetworkSummary[] {
  if (daemon.swarm.node?.link) return [];
  const { store } = managerOf(daemon);
  const here = new Set(daemon.networks.all().map(({ id }) => id));
  return store
    .all('network')
    .filter(({ id }) => !here.has(id))
    .map(shownNetwork)
    .filter(
      ({ Name, Id, Driver, Labels }) =>
        matches(filters, 'name', Name) &&
        matches(filters, 'id', Id) &&
        matchesExactly(filters, 'driver', Driver) &&
        matchesExactly(filters, 'scope', 'swarm') &&
        matchesExactly(filters, 'type', 'custom') &&
        matchesLabels(filters, Labels),
    );
}

/** A worker knows those that somebody on it is in. */
const named = (daemon: Daemon, name: string): NetworkObject | undefined => {
  const all = (daemon.swarm.node?.link ? daemon.swarm.node : managerOf(daemon)).store.all('network');
  return (
    all.find(({ id, spec }) => id === name || spec.Name === name) ??
    (name.length > 0 ? all.find(({ id }) => id.startsWith(name)) : undefined)
  );
};

/** A network of the swarm; undefined: it is none. */
export function inspectShared(daemon: Daemon, name: string): NetworkInspect | undefined {
  const local = daemon.networks.all().find((one) => one.id === name || one.name === name);
  if (local && local.scope !== 'swarm') return undefined;
  const object = named(daemon, name);
  if (!object) return undefined;
  const manager = daemon.swarm.node?.manager;
  if (!local) return manager ? inspectedNetwork(object, manager.usageOf(object.id)) : undefined;
  const shown = inspect(daemon.networks, local, membersOf(daemon));
  return { ...shown, Peers: daemon.swarm.node?.network.peersOf(object.id) ?? [] };
}

/** True if it was one of the swarm's. Throws DockerError. */
export function removeShared(daemon: Daemon, name: string): boolean {
  const local = daemon.networks.all().find((one) => one.id === name || one.name === name);
  const object = local && local.scope !== 'swarm' ? undefined : named(daemon, name);
  if (!object) return false;
  const { store, network } = managerOf(daemon);
  removeNetwork(store, object.id);
  network.prune();
  return true;
}

/** Networks that nobody uses, but not the one for published ports. */
export function pruneShared(daemon: Daemon, filters: Filters): readonly string[] {
  if (daemon.swarm.node?.link) return [];
  const { store } = managerOf(daemon);
  const until = untilOf(filters, daemon.sys.clock.nowNs());
  const gone: string[] = [];
  for (const { id, spec, createdNs } of store.all('network')) {
    if (spec.Ingress || !matchesLabels(filters, spec.Labels) || (until !== undefined && BigInt(createdNs) > until)) continue;
    try {
      removeShared(daemon, id);
      gone.push(spec.Name);
    } catch (error) {
      if (!isKind(error, 'invalid')) throw error;
    }
  }
  return gone;
}
