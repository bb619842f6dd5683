/** A container's networks, from its start to its end: sandbox, endpoints, published ports. */
import type { PortMap } from '../../api-types/index.ts';
import type { NamespaceRef } from '../../kernel/sys.ts';
import type { Daemon } from '../daemon.ts';
import { conflict, DockerError, notFound, system } from '../errors.ts';
import { networkingFailed, noneIsAlone, sharesNamespace } from '../networks/errors.ts';
import { serveNames, stopServingNames } from '../networks/names.ts';
import { unpublish } from '../networks/ports.ts';
import {
  byPriority,
  closeSandbox,
  type Endpoint,
  join,
  leave,
  openHostSandbox,
  openSandbox,
  routeOut,
  UNADDRESSED,
} from '../networks/sandbox.ts';
import { bindingOf, bridgeOf, gatewayMode, type Network } from '../networks/store.ts';
import { type Container, isNetworkMode } from './container.ts';
import { notRunning } from './errors.ts';

import { statusOf } from './summary.ts';

/** Opens the sandbox and plugs the container in everywhere. Nothing is left behind if that fails. Throws DockerError. */
export async function connectAll(daemon: Daemon, container: Container): Promise<void> {
  const { NetworkMode } = container.hostConfig;
  if (isNetworkMode(NetworkMode, 'container')) return;
  checkTogether(daemon, container);
  if (isNetworkMode(NetworkMode, 'host')) joinHost(daemon, container);
  else await joinNetworks(daemon, container);
}

/** The host's network, and none, go with no other. */
function checkTogether(daemon: Daemon, { endpoints }: Container): void {
  if (endpoints.length < 2) return;
  const drivers = endpoints.map(({ network }) => daemon.networks.all().find(({ name }) => name === network)?.driver);
  if (drivers.includes('host')) throw networkingFailed(sharesNamespace());
  if (drivers.includes('null')) throw networkingFailed(noneIsAlone());
}

async function joinNetworks(daemon: Daemon, container: Container): Promise<void> {
  const sandbox = openSandbox(daemon.sys);
  container.live.sandbox = sandbox;
  container.live.joined = [];
  try {
    await daemon.swarm.node?.network.attach(container);
    for (const endpoint of [...container.endpoints].sort(byName)) {
      container.live.joined.push(plug(daemon, container, endpoint));
      daemon.swarm.node?.network.leadOut(container, endpoint);
    }
    routeOut(daemon.sys, sandbox, placesOf(container));
    serveNames(daemon, container);
    await publishOrLeave(daemon, container);
  } catch (error) {
    disconnectAll(daemon, container);
    throw error instanceof DockerError ? networkingFailed(error) : error;
  }
}

const byName = (a: Endpoint, b: Endpoint): number => (a.network < b.network ? -1 : 1);

function joinHost(daemon: Daemon, container: Container): void {
  container.live.sandbox = openHostSandbox(daemon.sys);
  for (const endpoint of container.endpoints) {
    const network = networkOf(daemon, container, endpoint);
    endpoint.networkId = network.id;
    endpoint.active = { ...UNADDRESSED, id: network.id };
    container.live.joined.push(network);
  }
}

/** Says what it was connected to, once there is a process to be connected. */
export function tellJoined(daemon: Daemon, container: Container): void {
  for (const network of container.live.joined.splice(0)) tell(daemon, container, { network, action: 'connect' });
}

/** It is kept by its id from the first start on: another one of that name is another one. */
function networkOf(daemon: Daemon, { hasBeenStarted }: Container, endpoint: Endpoint): Network {
  const known = daemon.networks.all().find(({ id }) => id === endpoint.networkId);
  return known ?? daemon.networks.get(hasBeenStarted && endpoint.networkId !== '' ? endpoint.networkId : endpoint.network);
}

export function plugIn(daemon: Daemon, container: Container, endpoint: Endpoint): void {
  tell(daemon, container, { network: plug(daemon, container, endpoint), action: 'connect' });
}

function plug(daemon: Daemon, container: Container, endpoint: Endpoint): Network {
  const { sandbox } = container.live;
  if (!sandbox) throw notRunning(container.id);
  const network = networkOf(daemon, container, endpoint);
  join(daemon.sys, daemon.networks, { sandbox, network, endpoint, container: container.name });
  return network;
}

export function tell(
  daemon: Daemon,
  container: Container,
  { network, action }: { network: Network; action: 'connect' | 'disconnect' },
): void {
  // What runs for a build is nobody's container: nothing is told of it.
  if (!daemon.containers.find(container.id)) return;
  daemon.events.emit({
    type: 'network',
    action,
    id: network.id,
    attributes: { container: container.id, name: network.name, type: network.driver },
  });
}

/** The port map with `-P`'s ports and without those that are only exposed. */
function bindingsOf({ config, hostConfig }: Container): PortMap {
  const asked = hostConfig.PortBindings ?? {};
  if (!hostConfig.PublishAllPorts) return asked;
  const exposed = Object.keys(config.ExposedPorts ?? {}).filter((port) => asked[port] === undefined);
  return { ...Object.fromEntries(exposed.map((port) => [port, [{ HostIp: '', HostPort: '' }]])), ...asked };
}

/** All its places, with the one that only leads out. */
export const placesOf = ({ endpoints, live: { sandbox } }: Container): readonly Endpoint[] =>
  sandbox?.gateway ? [...endpoints, sandbox.gateway] : endpoints;

/** The endpoint that it is reached through. */
export const gatewayOf = (container: Container): Endpoint | undefined =>
  placesOf(container)
    .filter(({ active }) => active !== null && (active.gateway !== '' || active.gateway6 !== ''))
    .sort(byPriority)
    .at(0);

/** A network whose ports cannot be published is left for good: the next start goes without it. Upstream: moby connectToNetwork. */
async function publishOrLeave(daemon: Daemon, container: Container): Promise<void> {
  const gateway = gatewayOf(container);
  try {
    await publishPorts(daemon, container);
  } catch (error) {
    disconnectAll(daemon, container);
    if (gateway) container.endpoints.splice(container.endpoints.indexOf(gateway), 1);
    throw error;
  }
}

export async function publishPorts(daemon: Daemon, container: Container): Promise<void> {
  const { sandbox } = container.live;
  const bindings = bindingsOf(container);
  const gateway = gatewayOf(container);
  if (!sandbox || !gateway?.active || Object.keys(bindings).length === 0) return;
  const network = networkOf(daemon, container, gateway);
  // Only a bridge that leads out has ports to publish: the others are on the host's own network.
  if (network.driver !== 'bridge' || network.internal) return;
  const { publish } = await daemon.sys.stall(() => import('../networks/publish.ts'));
  publish(daemon.sys, {
    allocator: daemon.ports,
    sandbox,
    bindings,
    bridge: bridgeOf(network),
    containerIp: gateway.active.ip,
    containerIp6: gateway.active.ip6,
    defaultIp: bindingOf(network),
    mode: (version) => gatewayMode(network, version),
    endpoint: { name: container.name, id: gateway.active.id },
  });
}

/** Takes the container out of everything. */
export function disconnectAll(daemon: Daemon, container: Container): void {
  const { sandbox } = container.live;
  if (sandbox) unpublish(daemon.sys, daemon.ports, sandbox);
  daemon.swarm.node?.network.deactivate(container);
  for (const endpoint of placesOf(container)) {
    const network = daemon.networks.all().find(({ id }) => id === endpoint.networkId);
    const wasIn = endpoint.active !== null;
    leave(daemon.sys, daemon.networks, { network, endpoint, sandbox });
    if (wasIn && network) tell(daemon, container, { network, action: 'disconnect' });
  }
  if (sandbox) stopServingNames(daemon.sys, sandbox);
  if (sandbox) closeSandbox(daemon.sys, sandbox);
  container.live.sandbox = null;
  daemon.swarm.node?.network.detach(container);
}

/** The network namespace that its processes are born into; undefined: the host's. Throws DockerError. */
export function networkNamespace(daemon: Daemon, container: Container): NamespaceRef | undefined {
  const { NetworkMode } = container.hostConfig;
  if (!isNetworkMode(NetworkMode, 'container')) return container.live.sandbox?.namespace;
  const name = NetworkMode.slice('container:'.length);
  const other = daemon.containers.find(name);
  if (!other) throw notFound(`joining network namespace of container: No such container: ${name}`);
  if (other === container) throw system('cannot join own network namespace');
  if (!other.live.task)
    throw conflict(`cannot join network namespace of a non running container: container ${other.name} is ${statusOf(other)}`);
  return daemon.sys.ns.of('net', other.live.task.pid);
}
