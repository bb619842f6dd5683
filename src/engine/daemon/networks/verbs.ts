/** What `docker network` does with containers in it. Upstream: moby daemon/network.go, container_operations.go. */
import type { EndpointSettings } from '../../api-types/index.ts';
import type { Container } from '../containers/container.ts';
import { connectNow, disconnectNow } from '../containers/requests/reconnect.ts';
import type { Daemon } from '../daemon.ts';
import { checkFilters, type Filters, matchesLabels } from '../filters.ts';
import { shortId } from '../ids.ts';
import { untilOf } from '../until.ts';
import { activeEndpoints, hostModeOnly, leavesHost, noEndpoint, notConnected, predefined } from './change-errors.ts';
import { alreadyConnected, noneIsAlone, sharesNamespace } from './errors.ts';
import type { Member } from './inspect.ts';
import { checkEndpoint, type Endpoint } from './sandbox.ts';
import { isPredefined, type Network } from './store.ts';

/** Every container's place in every network. */
export const membersOf = (daemon: Daemon): readonly Member[] => [
  ...daemon.containers
    .all()
    .flatMap(({ id, name, endpoints, live: { sandbox } }) => [
      ...endpoints.map((endpoint): Member => ({ containerId: id, name, endpoint })),
      ...(sandbox?.gateway ? [{ containerId: id, name: `gateway_${shortId(sandbox.id)}`, endpoint: sandbox.gateway }] : []),
    ]),
  ...(daemon.swarm.node?.network.members() ?? []),
];

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
        network.scope !== 'swarm' &&
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

/** Throws DockerError. */
export async function connect(daemon: Daemon, { network: name, container: containerName, settings }: ConnectRequest): Promise<void> {
  const container = daemon.containers.get(containerName);
  const runs = container.live.task !== null;
  if (runs && container.hostConfig.NetworkMode.startsWith('container:')) throw sharesNamespace();
  const network = daemon.networks.get(name);
  checkEndpoint(daemon.networks, network, settings);
  const known = container.endpoints.find((endpoint) => endpoint.networkId === network.id || endpoint.network === network.name);
  checkKinds(container, network);
  if (known && runs) throw alreadyConnected(container.name, network.name);
  if (known?.networkId === network.id) return;
  if (known) container.endpoints.splice(container.endpoints.indexOf(known), 1);
  const endpoint: Endpoint = { network: network.name, networkId: network.id, wanted: settings, active: null };
  container.endpoints.push(endpoint);
  try {
    if (runs) await connectNow(daemon, container, endpoint);
  } catch (error) {
    container.endpoints.splice(container.endpoints.indexOf(endpoint), 1);
    throw error;
  }
  daemon.containers.save(container);
}

/** The host's network, and none, go with no other. */
function checkKinds({ hostConfig: { NetworkMode }, endpoints }: Container, { name, driver }: Network): void {
  if (driver === 'host' && NetworkMode !== 'host') throw hostModeOnly();
  for (const { network } of endpoints) {
    if (network === name) return;
    if (network === 'host' || driver === 'host') throw sharesNamespace();
    if (network === 'none' || driver === 'null') throw noneIsAlone();
  }
}

/** Throws DockerError. With `force`, the network itself may be gone. */
export async function disconnect(
  daemon: Daemon,
  { network: name, container: containerName, force }: Omit<ConnectRequest, 'settings'> & { readonly force: boolean },
): Promise<void> {
  if (force && !daemon.containers.find(containerName)) {
    daemon.networks.get(name);
    throw noEndpoint(containerName);
  }
  const container = daemon.containers.get(containerName);
  const runs = container.live.task !== null;
  const network = force ? daemon.networks.all().find((one) => one.name === name || one.id === name) : daemon.networks.get(name);
  const endpoint = container.endpoints.find((one) => one.networkId === network?.id || one.network === (network?.name ?? name));
  if (runs && network?.driver === 'host' && container.hostConfig.NetworkMode === 'host') throw leavesHost();
  if (!endpoint) throw notConnected(container.id, network?.name ?? name, runs && network !== undefined);
  if (runs) await disconnectNow(daemon, container, endpoint);
  container.endpoints.splice(container.endpoints.indexOf(endpoint), 1);
  daemon.containers.save(container);
}
