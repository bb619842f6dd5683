/** A container's network namespace, and its endpoints: for each network a veth pair with one end on the bridge and one inside. */
import type { EndpointSettings } from '../../api-types/index.ts';
import type { NamespaceRef, Pid, Sys } from '../../kernel/sys.ts';
import { hexOfBytes, newId, SHORT_ID_LENGTH } from '../ids.ts';
import { alreadyConnected, configurationOnly, outsideSubnets } from './errors.ts';
import { addEndpoint, removeEndpoint } from './firewall.ts';
import { contains, formatIp, lastOf, parseIp } from './ip.ts';
import { releaseAddress, takeAddress } from './ipam.ts';
import type { PublishedPort } from './ports.ts';
import { bridgeOf, ignoring, mtuOf, type Network, type Networks } from './store.ts';

/** What somebody asked of a container's place in a network, and, while it is there, what it got. */
export interface Endpoint {
  readonly network: string;
  networkId: string;
  readonly wanted: EndpointSettings;
  active: ActiveEndpoint | null;
}

export interface ActiveEndpoint {
  readonly id: string;
  readonly ip: string;
  readonly prefixLength: number;
  readonly gateway: string;
  readonly mac: string;
  readonly hostLink: string;
  readonly innerLink: string;
}

export interface Sandbox {
  readonly id: string;
  readonly namespace: NamespaceRef;
  readonly proxies: Pid[];
  readonly ports: PublishedPort[];
  /** The next number for `eth`. */
  nextLink: number;
}

export const sandboxKey = (id: string): string => `/var/run/docker/netns/${id.slice(0, SHORT_ID_LENGTH)}`;

/** A new namespace with its loopback up, held as long as the container runs. */
export function openSandbox(sys: Sys): Sandbox {
  const namespace = sys.ns.create('net');
  sys.net.link.in(namespace).link.set('lo', { up: true });
  return { id: newId(sys), namespace, proxies: [], ports: [], nextLink: 0 };
}

/** Throws DockerError if the network cannot have an endpoint with these settings. */
export function checkEndpoint(networks: Networks, network: Network, wanted: EndpointSettings): void {
  const ip = wanted.IPAMConfig?.IPv4Address;
  const pool = networks.pool(network);
  if (ip === undefined || ip === '' || !pool) return;
  const address = parseIp(ip);
  if (address === undefined || !contains(pool.subnet, address)) throw outsideSubnets(network.name, ip);
}

export interface JoinRequest {
  readonly sandbox: Sandbox;
  readonly network: Network;
  readonly endpoint: Endpoint;
  readonly container: string;
}

/** Plugs a container into a network. Throws DockerError. */
export function join(sys: Sys, networks: Networks, { sandbox, network, endpoint, container }: JoinRequest): void {
  if (endpoint.active) throw alreadyConnected(container, network.name);
  if (network.configOnly) throw configurationOnly();
  endpoint.networkId = network.id;
  const pool = networks.pool(network);
  if (!pool || network.driver !== 'bridge') {
    endpoint.active = { id: newId(sys), ip: '', prefixLength: 0, gateway: '', mac: '', hostLink: '', innerLink: '' };
    return;
  }
  const ip = takeAddress(pool, endpoint.wanted.IPAMConfig?.IPv4Address);
  const active: ActiveEndpoint = {
    id: newId(sys),
    ip,
    prefixLength: pool.subnet.prefixLength,
    gateway: network.internal ? '' : formatIp(pool.gateway),
    mac: endpoint.wanted.MacAddress || newMac(sys),
    hostLink: `veth${hexOfBytes(sys.random.bytes(4)).slice(0, 7)}`,
    innerLink: `eth${sandbox.nextLink}`,
  };
  sandbox.nextLink += 1;
  endpoint.active = active;
  plug(sys, { network, active, namespace: sandbox.namespace, broadcast: formatIp(lastOf(pool.subnet)) });
  addEndpoint(sys.net.rules, { bridge: bridgeOf(network), containerIp: ip });
}

/** Unicast, locally administered. */
function newMac(sys: Sys): string {
  const bytes = sys.random.bytes(6);
  bytes[0] = ((bytes[0] ?? 0) & 0xfc) | 0x02;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');
}

interface Plug {
  readonly network: Network;
  readonly active: ActiveEndpoint;
  readonly namespace: NamespaceRef;
  readonly broadcast: string;
}

function plug(sys: Sys, { network, active, namespace, broadcast }: Plug): void {
  const { link } = sys.net;
  link.add({ name: active.hostLink, kind: 'veth', mtu: mtuOf(network), peer: { name: active.innerLink, namespace, mac: active.mac } });
  link.set(active.hostLink, { master: bridgeOf(network), up: true });
  const inside = link.in(namespace).link;
  inside.set(active.innerLink, { mac: active.mac, mtu: mtuOf(network) });
  inside.addAddress(active.innerLink, { ip: active.ip, prefixLength: active.prefixLength, broadcast });
  inside.set(active.innerLink, { up: true });
}

/** The endpoint with the highest priority, then the first by name, has the way out. */
export function routeOut(sys: Sys, sandbox: Sandbox, endpoints: readonly Endpoint[]): void {
  const inside = sys.net.link.in(sandbox.namespace).link;
  for (const route of inside.routes('inet').filter(({ destination }) => destination === 'default'))
    inside.deleteRoute({ destination: 'default', device: route.device });
  const [best] = endpoints.filter(({ active }) => active !== null && active.gateway !== '').sort(byPriority);
  if (best?.active) inside.addRoute({ destination: 'default', via: best.active.gateway, device: best.active.innerLink });
}

export const byPriority = (a: Endpoint, b: Endpoint): number =>
  (b.wanted.GwPriority ?? 0) - (a.wanted.GwPriority ?? 0) || (a.network < b.network ? -1 : a.network > b.network ? 1 : 0);

/** Takes a container out of a network; its address is free again. */
export function leave(sys: Sys, networks: Networks, { network, endpoint }: { network: Network | undefined; endpoint: Endpoint }): void {
  const { active } = endpoint;
  endpoint.active = null;
  if (!active || active.ip === '' || !network) return;
  ignoring('ENODEV', () => sys.net.link.delete(active.hostLink));
  removeEndpoint(sys.net.rules, { bridge: bridgeOf(network), containerIp: active.ip });
  const pool = networks.pool(network);
  if (pool) releaseAddress(pool, active.ip);
}

export function closeSandbox(sys: Sys, sandbox: Sandbox): void {
  sys.ns.release(sandbox.namespace);
}
