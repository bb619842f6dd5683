/** Making, plugging, moving and removing links, and what follows from it: connected routes, link-local addresses, forgotten neighbours. */
import { Errno } from '../errno.ts';
import { getOff } from './frames.ts';
import { linkLocalOf, networkOf, parsePrefix } from './ip.ts';
import { Link, type LinkKind, macFrom } from './link.ts';
import type { NetNamespace, Route } from './namespace.ts';
import { announce, forgetNeighboursOf } from './neighbours.ts';
import { noteChange, notePort } from './port-state.ts';
import { hasV6 } from './settings.ts';
import type { NetCore } from './sockets/socket.ts';
import type { AddressInfo, RouteInfo } from './types.ts';

export interface NewLink {
  readonly name: string;
  readonly kind: LinkKind;
  readonly mac?: string | undefined;
  readonly mtu?: number | undefined;
}

const MAX_NAME = 15;

/** A new link, down and without addresses. EEXIST; ERANGE or EINVAL for a name that cannot be. */
export function makeLink(core: NetCore, namespace: NetNamespace, { name, kind, mac, mtu }: NewLink): Link {
  checkName(namespace, name);
  const link = new Link({
    index: namespace.takeIndex(),
    name,
    kind,
    mac: mac ?? macFrom(core.host.bytes(6)),
    mtu: mtu ?? (kind === 'loopback' ? 65_536 : 1500),
    namespace,
    span: core.host.span(),
  });
  link.macWasSet = mac !== undefined;
  namespace.plug(link);
  core.generation += 1;
  return link;
}

function checkName(namespace: NetNamespace, name: string): void {
  if (name.length > MAX_NAME) throw new Errno('ERANGE');
  if (name === '' || /[/\s:]/.test(name)) throw new Errno('EINVAL');
  if (namespace.link(name) !== undefined) throw new Errno('EEXIST');
}

/** ENODEV if there is none of that name. */
export function findLink(namespace: NetNamespace, name: string): Link {
  const link = namespace.link(name);
  if (link === undefined) throw new Errno('ENODEV');
  return link;
}

/** Joins two links as the ends of a pair. */
export function joinEnds(a: Link, b: Link): void {
  a.peer = b;
  b.peer = a;
}

export function setUp(core: NetCore, link: Link, up: boolean): void {
  if (link.up === up) return;
  link.up = up;
  core.generation += 1;
  noteChange(core, link);
  if (!up) {
    link.namespace.routes = link.namespace.routes.filter((route) => route.link !== link);
    link.addresses = link.addresses.filter(({ scope }) => scope !== 'link');
    forgetNeighboursOf(link);
    return;
  }
  if (link.kind === 'loopback') addLoopbackAddresses(link);
  for (const address of link.addresses) addConnectedRoute(link, address);
  for (const other of [link, link.peer, link.master, link.peer?.master]) if (other) giveLinkLocal(link, other);
  announce(core.host, link);
}

function addLoopbackAddresses(link: Link): void {
  if (link.addresses.length > 0) return;
  link.addresses.push({ family: 'inet', ip: '127.0.0.1', prefixLength: 8, scope: 'host', label: link.name });
  if (hasV6(link.namespace, link.name)) link.addresses.push({ family: 'inet6', ip: '::1', prefixLength: 128, scope: 'host' });
}

/** A link with a carrier gives itself an IPv6 address. */
function giveLinkLocal(cause: Link, link: Link): void {
  const isFit = link.carrier && link.kind !== 'loopback' && hasV6(link.namespace, link.name) && cause.up;
  if (!isFit || link.addresses.some(({ family, scope }) => family === 'inet6' && scope === 'link')) return;
  const address: AddressInfo = { family: 'inet6', ip: linkLocalOf(link.mac), prefixLength: 64, scope: 'link' };
  link.addresses.push(address);
  addConnectedRoute(link, address);
}

/** The network of an address is behind its link. */
export function addConnectedRoute(link: Link, { family, ip, prefixLength }: AddressInfo): void {
  const isHost = prefixLength === (family === 'inet' ? 32 : 128);
  if (!link.up || link.kind === 'loopback' || isHost) return;
  const prefix = networkOf(ip, prefixLength);
  const shared = { destination: prefix.text, device: link.name, protocol: 'kernel' } as const;
  const info: RouteInfo = family === 'inet' ? { ...shared, scope: 'link', source: ip } : { ...shared, metric: 256 };
  const isKnown = link.namespace.routes.some(
    (route) => route.link === link && route.info.destination === prefix.text && route.info.protocol === 'kernel',
  );
  if (!isKnown) link.namespace.routes.push({ info, prefix, family, link });
}

/** Removes the link and what hangs on it; of a pair, both ends. */
export function removeLink(core: NetCore, link: Link): void {
  detach(core, link);
  link.tunnel?.close(link);
  link.up = false;
  if (link.peer !== null) notePort(core, link.peer);
  for (const child of [...link.sitters]) removeLink(core, child);
  for (const port of link.kind === 'bridge' ? link.ports : []) {
    port.master = null;
    notePort(core, port);
  }
  getOff(link);
  link.namespace.unplug(link);
  core.generation += 1;
  const { peer } = link;
  link.peer = null;
  if (peer === null) return;
  peer.peer = null;
  if (peer.kind === 'veth') removeLink(core, peer);
}

function detach(core: NetCore, link: Link): void {
  link.namespace.routes = link.namespace.routes.filter((route) => route.link !== link);
  forgetNeighboursOf(link);
  link.master = null;
  notePort(core, link);
}

/** Moves a link into another namespace: it arrives there down, without addresses. */
export function moveLink(core: NetCore, link: Link, to: NetNamespace): void {
  if (to === link.namespace) return;
  checkName(to, link.name);
  detach(core, link);
  link.up = false;
  link.addresses = [];
  if (link.peer !== null) notePort(core, link.peer);
  link.namespace.unplug(link);
  const taken = to.links().some(({ index }) => index === link.index);
  if (taken) link.index = to.takeIndex();
  to.plug(link);
  core.generation += 1;
}

export function renameLink(core: NetCore, link: Link, name: string): void {
  if (name === link.name) return;
  const { namespace } = link;
  checkName(namespace, name);
  namespace.unplug(link);
  core.host.log?.(`${name}: renamed from ${link.name}`);
  link.name = name;
  namespace.plug(link);
  link.addresses = link.addresses.map((address) => (address.label === undefined ? address : { ...address, label: name }));
  namespace.routes = namespace.routes.map(
    (route): Route => (route.link === link ? { ...route, info: { ...route.info, device: name } } : route),
  );
  core.generation += 1;
}

/** Makes a link a port of a bridge, or of none. */
export function setMaster(core: NetCore, link: Link, master: string | null): void {
  const bridge = master === null ? null : findLink(link.namespace, master);
  if (bridge !== null && (bridge.kind !== 'bridge' || bridge === link)) throw new Errno('EINVAL');
  link.master = bridge;
  core.generation += 1;
  notePort(core, link);
  if (bridge !== null) giveLinkLocal(link, bridge);
}

/** Adds an address. EEXIST if the link has it. */
export function addAddress(
  core: NetCore,
  link: Link,
  { prefixLength, broadcast, label, ip: text }: { ip: string; prefixLength: number; broadcast?: string; label?: string },
): void {
  const prefix = parsePrefix(text, 'inet');
  const ip = prefix.text.slice(0, prefix.text.lastIndexOf('/'));
  const { family } = prefix;
  if (link.addresses.some((address) => address.ip === ip && address.prefixLength === prefixLength)) throw new Errno('EEXIST');
  if (family === 'inet6' && !hasV6(link.namespace, link.name)) throw new Errno('EACCES');
  const scope = ip.startsWith('fe80:') ? 'link' : ip.startsWith('127.') || ip === '::1' ? 'host' : 'global';
  const address: AddressInfo = {
    family,
    ip,
    prefixLength,
    scope,
    ...(broadcast !== undefined && { broadcast }),
    ...(family === 'inet' && { label: label ?? link.name }),
  };
  link.addresses = insertAddress(link.addresses, address);
  addConnectedRoute(link, address);
  core.generation += 1;
  announce(core.host, link);
}

/** IPv4 first, as `ip addr` lists them; link-local addresses last. */
function insertAddress(addresses: readonly AddressInfo[], added: AddressInfo): AddressInfo[] {
  const rank = ({ family, scope }: AddressInfo): number => (family === 'inet' ? 0 : scope === 'link' ? 2 : 1);
  return [...addresses, added]
    .map((address, at) => ({ address, at }))
    .sort((a, b) => rank(a.address) - rank(b.address) || a.at - b.at)
    .map(({ address }) => address);
}

/** EADDRNOTAVAIL if the link does not have it. */
export function removeAddress(core: NetCore, link: Link, { ip: text, prefixLength }: { ip: string; prefixLength: number }): void {
  const ip = parsePrefix(text, 'inet').text.replace(/\/\d+$/, '');
  const found = link.addresses.find((address) => address.ip === ip && address.prefixLength === prefixLength);
  if (found === undefined) throw new Errno('EADDRNOTAVAIL');
  link.addresses = link.addresses.filter((address) => address !== found);
  const network = networkOf(ip, prefixLength).text;
  const stays = link.addresses.some((address) => networkOf(address.ip, address.prefixLength).text === network);
  const isOf = ({ link: other, info }: Route): boolean =>
    other === link && (info.source === ip || (!stays && info.protocol === 'kernel' && info.destination === network));
  link.namespace.routes = link.namespace.routes.filter((route) => !isOf(route));
  core.generation += 1;
}
