/** What `docker network` does with containers in it. Upstream: moby daemon/network.go, container_operations.go. */
import type { EndpointSettings } from '../../api-types/index.ts';
import { connectNow, disconnectNow } from '../containers/networking.ts';
import type { Daemon } from '../daemon.ts';
import { DockerError } from '../errors.ts';
import { checkFilters, type Filters, matchesLabels } from '../filters.ts';
import { untilOf } from '../until.ts';
import { activeEndpoints, alreadyConnected, notConnected, predefined } from './errors.ts';
import type { Member } from './inspect.ts';
import { checkEndpoint, type Endpoint } from './sandbox.ts';
import { isPredefined, type Network } from './store.ts';

/** Every container's place in every network. */
export const membersOf = (daemon: Daemon): readonly Member[] =>
  daemon.containers.all().flatMap(({ id, name, endpoints }) => endpoints.map((endpoint): Member => ({ containerId: id, name, endpoint })));

const active = (daemon: Daemon, network: Network): readonly Member[] =>
  membersOf(daemon).filter(({ endpoint }) => endpoint.networkId === network.id && endpoint.active !== null);

/** Throws DockerError if it is Docker's own or somebody is in it. */
export function remove(daemon: Daemon, name: string): void {
  const network = daemon.networks.get(name);
  if (isPredefined(network.name)) throw predefined(network.name);
  const members = active(daemon, network);
  if (members.length > 0)
    throw activeEndpoints(
      network.name,
      members.map((member) => ({ name: member.name, id: member.endpoint.active?.id ?? '' })),
    );
  daemon.networks.remove(network);
}

/** Networks that nobody is in, by name. */
export function prune(daemon: Daemon, filters: Filters): readonly string[] {
  checkFilters(filters, ['label', 'label!', 'until']);
  const until = untilOf(filters, daemon.sys.clock.nowNs());
  const gone = daemon.networks
    .all()
    .filter(
      (network) =>
        !isPredefined(network.name) &&
        active(daemon, network).length === 0 &&
        matchesLabels(filters, network.labels) &&
        (until === undefined || BigInt(network.createdNs) <= until),
    );
  for (const network of gone) daemon.networks.remove(network);
  daemon.events.emit({ type: 'network', action: 'prune', id: '', attributes: { reclaimed: '0' } });
  return gone.map(({ name }) => name);
}

export interface ConnectRequest {
  readonly network: string;
  readonly container: string;
  readonly settings: EndpointSettings;
}

export function connect(daemon: Daemon, { network: name, container: containerName, settings }: ConnectRequest): void {
  const container = daemon.containers.get(containerName);
  const network = daemon.networks.get(name);
  if (['host', 'none'].includes(container.hostConfig.NetworkMode) || ['host', 'null'].includes(network.driver)) {
    throw new DockerError(
      'forbidden',
      network.driver === 'host'
        ? 'cannot connect container to host network - container must be created in host network mode'
        : container.hostConfig.NetworkMode === 'host'
          ? 'container cannot be connected to or disconnected from host network'
          : 'container cannot be connected to multiple networks with one of the networks in private (none) mode',
    );
  }
  if (container.endpoints.some((endpoint) => endpoint.networkId === network.id || endpoint.network === network.name))
    throw alreadyConnected(container.name, network.name);
  checkEndpoint(daemon.networks, network, settings);
  const endpoint: Endpoint = { network: network.name, networkId: network.id, wanted: settings, active: null };
  container.endpoints.push(endpoint);
  try {
    if (container.live.task) connectNow(daemon, container, endpoint);
  } catch (error) {
    container.endpoints.splice(container.endpoints.indexOf(endpoint), 1);
    throw error;
  }
  daemon.containers.save(container);
}

export function disconnect(daemon: Daemon, { network: name, container: containerName }: Omit<ConnectRequest, 'settings'>): void {
  const network = daemon.networks.get(name);
  const container = daemon.containers.get(containerName);
  const endpoint = container.endpoints.find((one) => one.networkId === network.id || one.network === network.name);
  if (!endpoint) throw notConnected(container.id, network.name);
  if (container.live.task) disconnectNow(daemon, container, endpoint);
  container.endpoints.splice(container.endpoints.indexOf(endpoint), 1);
  daemon.containers.save(container);
}
