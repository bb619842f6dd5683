/** A container's network namespace, and its endpoints: for each network a veth pair with one end on the bridge and one inside. */
import type { EndpointSettings } from '../../api-types/index.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Fd, NamespaceRef, Pid, Sys } from '../../kernel/sys.ts';
import { exists, mkdirAll, writeText } from '../files.ts';
import { hexOfBytes, newId, SHORT_ID_LENGTH } from '../ids.ts';
import { addressOnDefault, alreadyConnected, badEndpoint, cannotPlug, configurationOnly, noAddresses, outsideSubnets } from './errors.ts';
import { addEndpoint, removeEndpoint } from './firewall.ts';
import { formatIp, lastOf, parseIp } from './ip.ts';
import { poolWith, releaseAddress, takeAddress } from './ipam.ts';
import { isOnParent, isRouted, modeOf, parentLinkOf } from './macvlan.ts';
import { poolWith6, releaseAddress6, takeAddress6 } from './pool6.ts';
import type { PublishedPort } from './ports.ts';
import { bridgeOf, gatewayMode, ignoring, isPredefined, mtuOf, type Network, type Networks, type OverlayDriver } from './store.ts';

/** What somebody asked of a container's place in a network, and, while it is there, what it got. */
export interface Endpoint {
  readonly network: string;
  networkId: string;
  readonly wanted: EndpointSettings;
  active: ActiveEndpoint | null;
  /** The address that the swarm gave it. */
  assigned?: string;
}

export interface ActiveEndpoint {
  readonly id: string;
  readonly ip: string;
  readonly prefixLength: number;
  readonly gateway: string;
  /** Its IPv6 address, if the network has any. */
  readonly ip6: string;
  readonly prefixLength6: number;
  readonly gateway6: string;
  readonly mac: string;
  readonly hostLink: string;
  readonly innerLink: string;
  /** Its way out is the interface itself: the host behind it routes. */
  readonly isRouted: boolean;
}

const INTERFACE_NAME = 'com.docker.network.endpoint.ifname';
const INTERFACE_SETTINGS = 'com.docker.network.endpoint.sysctls';
const INTERFACE_PREFIX = 'com.docker.network.container_iface_prefix';
const LINK_LOCAL_LENGTH = 16;

export interface Sandbox {
  readonly id: string;
  /** The file that its namespace can be entered by. */
  readonly key: string;
  readonly namespace: NamespaceRef;
  readonly proxies: Pid[];
  /** The way out of a container that is only in networks of the swarm: its place on docker_gwbridge. */
  gateway: Endpoint | null;
  readonly ports: PublishedPort[];
  /** Its name server: networks/names.ts. */
  readonly resolver: { state: 'none' | 'open' | 'closed'; readonly fds: Fd[] };
}

const KEYS = '/var/run/docker/netns';
/** The host's own namespace, for the containers in it. */
const HOST_KEY = `${KEYS}/default`;

/** A new namespace with its loopback up, held as long as the container runs. By its own number, unless there is a `key` to enter it by. */
export function openSandbox(sys: Sys, key?: string): Sandbox {
  const namespace = sys.ns.create('net');
  sys.net.link.in(namespace).link.set('lo', { up: true });
  const id = newId(sys);
  return sandboxAt(sys, { id, key: key ?? `${KEYS}/${id.slice(0, SHORT_ID_LENGTH)}`, namespace });
}

/** The host's network is a sandbox of its containers, which lives on without them. */
export const openHostSandbox = (sys: Sys): Sandbox => sandboxAt(sys, { id: newId(sys), key: HOST_KEY, namespace: sys.ns.of('net') });

export const isHostSandbox = ({ key }: Sandbox): boolean => key === HOST_KEY;

function sandboxAt(sys: Sys, parts: Pick<Sandbox, 'id' | 'key' | 'namespace'>): Sandbox {
  const { key, namespace } = parts;
  if (!exists(sys, key)) {
    mkdirAll(sys, KEYS);
    writeText(sys, key, '', 0o444);
    sys.path.mount({ type: 'none', bind: true, source: 'nsfs', namespace, target: key });
  }
  return { ...parts, gateway: null, proxies: [], ports: [], resolver: { state: 'none', fds: [] } };
}

/** Throws DockerError if the network cannot have an endpoint with these settings. */
export function checkEndpoint(networks: Networks, network: Network, wanted: EndpointSettings, where = ''): void {
  const { IPv4Address: ip = '', IPv6Address: ip6 = '' } = wanted.IPAMConfig ?? {};
  const faults = isPredefined(network.name) && ip + ip6 !== '' ? [addressOnDefault()] : [];
  // What stands where an IPv6 address should is an IPv4 address within one.
  const inside = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(ip6)?.[1];
  if (inside !== undefined) faults.push(`invalid IPv6 address: ::ffff:${inside}`);
  const isHeld = (address: string): boolean =>
    (address.includes(':') ? poolWith6(networks.pools6(network), address) : poolWith(networks.pools(network), address)) !== undefined;
  if (ip !== '' && !isHeld(ip)) faults.push(outsideSubnets(ip));
  if (ip6 !== '' && (inside !== undefined || !isHeld(ip6))) faults.push(outsideSubnets(inside ?? ip6));
  if (faults.length > 0) throw badEndpoint(where, faults);
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
  const addressed = network.driver === 'bridge' || network.driver === 'overlay' || isOnParent(network);
  if (!addressed || networks.pools(network).length + networks.pools6(network).length === 0) {
    endpoint.active = { ...UNADDRESSED, id: newId(sys) };
    return;
  }
  const id = newId(sys);
  const addresses = addressesFor(networks, network, endpoint);
  const active: ActiveEndpoint = {
    id,
    ...addresses,
    mac:
      network.driver === 'ipvlan' ? '' : endpoint.wanted.MacAddress?.replaceAll('-', ':').toLowerCase() || macFor(sys, network, addresses),
    hostLink: `veth${hexOfBytes(sys.random.bytes(4)).slice(0, 7)}`,
    innerLink: endpoint.wanted.DriverOpts?.[INTERFACE_NAME] ?? nextLink(sys, sandbox, network.options[INTERFACE_PREFIX] ?? 'eth'),
    isRouted: isRouted(network) && !network.internal,
  };
  endpoint.active = active;
  const pool = poolWith(networks.pools(network), active.ip);
  const namespace = sandbox.namespace;
  try {
    plug(sys, { network, active, namespace, overlay: networks.overlay, broadcast: pool && formatIp(lastOf(pool.subnet)) });
  } catch (error) {
    throw isErrno(error) ? cannotPlug(error, active) : error;
  }
  furnish(sys, endpoint, active, namespace);
  if (network.driver !== 'bridge') return;
  for (const containerIp of guarded(network, active)) addEndpoint(sys.net.rules, { bridge: bridgeOf(network), containerIp });
}

/** Addresses that answer from outside only through published ports. */
const guarded = (network: Network, { ip, ip6 }: ActiveEndpoint): readonly string[] =>
  [ip, ip6].filter((one) => one !== '' && !network.internal && gatewayMode(network, one.includes(':') ? 6 : 4) === 'nat');

/** An endpoint of the host's network, or of none. */
export const UNADDRESSED: ActiveEndpoint = {
  id: '',
  ip: '',
  prefixLength: 0,
  gateway: '',
  ip6: '',
  prefixLength6: 0,
  gateway6: '',
  mac: '',
  hostLink: '',
  innerLink: '',
  isRouted: false,
};

type Addresses = Pick<ActiveEndpoint, 'ip' | 'prefixLength' | 'gateway' | 'ip6' | 'prefixLength6' | 'gateway6'>;

function addressesFor(networks: Networks, network: Network, { wanted: { IPAMConfig }, assigned }: Endpoint): Addresses {
  const [pools, pools6] = [networks.pools(network), networks.pools6(network)];
  // An address of the other family is checked, and then forgotten.
  const asked = IPAMConfig?.IPv4Address?.includes(':') ? undefined : IPAMConfig?.IPv4Address;
  const ip = pools.length > 0 ? takeAddress(pools, assigned ?? asked) : '';
  if (ip === undefined) throw noAddresses(4, network);
  const ip6 = pools6.length > 0 ? takeAddress6(pools6, IPAMConfig?.IPv6Address) : '';
  if (ip6 === undefined) throw noAddresses(6, network);
  const [pool, pool6] = [poolWith(pools, ip), poolWith6(pools6, ip6)];
  const leadsOut = !network.internal && !isRouted(network) && network.driver !== 'overlay';
  return {
    ip,
    prefixLength: pool?.subnet.prefixLength ?? 0,
    gateway: leadsOut && pool?.wayOut !== undefined ? formatIp(pool.wayOut) : '',
    ip6,
    prefixLength6: pool6?.prefix.length ?? 0,
    gateway6: pool6 && leadsOut ? pool6.gateway : '',
  };
}

/** In an overlay it follows from the address, so that other hosts need not be told when it comes again. */
const macFor = (sys: Sys, { driver }: Network, { ip }: Addresses): string =>
  driver === 'overlay' && ip !== ''
    ? `02:42:${ip
        .split('.')
        .map((byte) => Number(byte).toString(16).padStart(2, '0'))
        .join(':')}`
    : newMac(sys);

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
  readonly overlay: OverlayDriver | null;
  readonly broadcast: string | undefined;
}

function plug(sys: Sys, { network, active, namespace, overlay, broadcast }: Plug): void {
  const { link } = sys.net;
  if (isOnParent(network)) sitOnParent(sys, { network, active, namespace });
  else {
    link.add({ name: active.hostLink, kind: 'veth', mtu: mtuOf(network), peer: { name: active.innerLink, namespace, mac: active.mac } });
    if (network.driver === 'overlay') overlay?.plug(network, active.hostLink);
    else link.set(active.hostLink, { master: bridgeOf(network), up: true });
  }
  const inside = link.in(namespace).link;
  inside.set(active.innerLink, { ...(active.mac !== '' && { mac: active.mac }), mtu: mtuOf(network), ipv6: active.ip6 !== '' });
  if (active.ip !== '')
    inside.addAddress(active.innerLink, {
      ip: active.ip,
      prefixLength: active.prefixLength,
      ...(broadcast !== undefined && { broadcast }),
    });
  if (active.ip6 !== '') inside.addAddress(active.innerLink, { ip: active.ip6, prefixLength: active.prefixLength6 });
  inside.set(active.innerLink, { up: true });
}

/** `eth0`, or the first number that is free. */
function nextLink(sys: Sys, { namespace }: Sandbox, prefix: string): string {
  const taken = new Set(
    sys.net.link
      .in(namespace)
      .link.list()
      .map(({ name }) => name),
  );
  for (let number = 0; ; number += 1) if (!taken.has(`${prefix}${number}`)) return `${prefix}${number}`;
}

/** What was asked for of its interface: link-local addresses, and settings. */
function furnish(sys: Sys, { wanted }: Endpoint, { innerLink }: ActiveEndpoint, namespace: NamespaceRef): void {
  const inside = sys.net.link.in(namespace).link;
  for (const text of wanted.IPAMConfig?.LinkLocalIPs ?? []) {
    const ip = parseIp(text);
    if (ip === undefined) inside.addAddress(innerLink, { ip: text, prefixLength: 64 });
    else {
      const broadcast = formatIp(ip - (ip % 2 ** LINK_LOCAL_LENGTH) + 2 ** LINK_LOCAL_LENGTH - 1);
      inside.addAddress(innerLink, { ip: text, prefixLength: LINK_LOCAL_LENGTH, broadcast });
    }
  }
  const settings = (wanted.DriverOpts?.[INTERFACE_SETTINGS] ?? '').split(',').filter((one) => one !== '');
  inside.set(innerLink, { settings: settings.map((one) => pair(one.replace(/\.ifname\./i, `.${innerLink}.`))) });
}

function pair(text: string): readonly [string, string] {
  const [name = '', value = ''] = text.split('=');
  return [name, value];
}

/** A macvlan or ipvlan is made on the host's interface, then moved into the container. */
function sitOnParent(sys: Sys, { network, active, namespace }: Omit<Plug, 'broadcast' | 'overlay'>): void {
  const { link } = sys.net;
  const kind = network.driver === 'ipvlan' ? 'ipvlan' : 'macvlan';
  link.add({
    name: active.hostLink,
    kind,
    parent: parentLinkOf(network),
    mode: modeOf(network) ?? '',
    mtu: mtuOf(network),
    ...(active.mac !== '' && { mac: active.mac }),
  });
  link.set(active.hostLink, { namespace });
  link.in(namespace).link.set(active.hostLink, { rename: active.innerLink });
}

/** The endpoint with the highest priority, then the first by name, has the way out. */
export function routeOut(sys: Sys, sandbox: Sandbox, endpoints: readonly Endpoint[]): void {
  const inside = sys.net.link.in(sandbox.namespace).link;
  for (const family of ['inet', 'inet6'] as const) {
    for (const { device, via } of inside.routes(family).filter(({ destination }) => destination === 'default'))
      inside.deleteRoute({ destination: 'default', device, ...(via !== undefined && { via }) });
    const gatewayOf = ({ active }: Endpoint): string => (family === 'inet' ? active?.gateway : active?.gateway6) ?? '';
    const [best] = endpoints.filter((endpoint) => gatewayOf(endpoint) !== '').sort(byPriority);
    if (best?.active) inside.addRoute({ destination: 'default', via: gatewayOf(best), device: best.active.innerLink });
    const routed = endpoints.find(({ active }) => active?.isRouted && (family === 'inet' ? active.ip : active.ip6) !== '')?.active;
    if (!best && routed) inside.addRoute({ destination: family === 'inet' ? 'default' : '::/0', device: routed.innerLink });
  }
}

/** By their own priority, then those with a way out in both families, then by name. Upstream: libnetwork Endpoint.Less. */
export const byPriority = (a: Endpoint, b: Endpoint): number =>
  (b.wanted.GwPriority ?? 0) - (a.wanted.GwPriority ?? 0) ||
  waysOut(b) - waysOut(a) ||
  (a.network < b.network ? -1 : a.network > b.network ? 1 : 0);

const waysOut = ({ active }: Endpoint): number =>
  active?.isRouted ? 1 : Number((active?.gateway ?? '') !== '') + Number((active?.gateway6 ?? '') !== '');

export interface LeaveRequest {
  readonly network: Network | undefined;
  readonly endpoint: Endpoint;
  readonly sandbox: Sandbox | null;
}

/** Takes a container out of a network; its addresses are free again. */
export function leave(sys: Sys, networks: Networks, { network, endpoint, sandbox }: LeaveRequest): void {
  const { active } = endpoint;
  endpoint.active = null;
  if (!active || active.innerLink === '' || !network) return;
  if (network.driver === 'bridge') {
    ignoring('ENODEV', () => sys.net.link.delete(active.hostLink));
    for (const containerIp of [active.ip, active.ip6].filter((ip) => ip !== ''))
      removeEndpoint(sys.net.rules, { bridge: bridgeOf(network), containerIp });
  } else if (sandbox) ignoring('ENODEV', () => sys.net.link.in(sandbox.namespace).link.delete(active.innerLink));
  releaseAddress(networks.pools(network), active.ip);
  releaseAddress6(networks.pools6(network), active.ip6);
}

export function closeSandbox(sys: Sys, sandbox: Sandbox): void {
  if (isHostSandbox(sandbox)) return;
  sys.path.umount(sandbox.key, { lazy: true });
  sys.path.unlink(sandbox.key);
  sys.ns.release(sandbox.namespace);
}
