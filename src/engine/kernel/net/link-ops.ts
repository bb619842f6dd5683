/** Netlink for `ip` and for dockerd: links, addresses, routes and neighbours of one namespace. */
import { Errno } from '../errno.ts';
import type { NamespaceRef } from '../sys.ts';
import { sitOn } from './frames.ts';
import { canonicalIp, contains, familyOf, type Prefix, parsePrefix } from './ip.ts';
import type { Link } from './link.ts';
import { addAddress, findLink, joinEnds, makeLink, moveLink, removeAddress, removeLink, renameLink, setMaster, setUp } from './links.ts';
import type { NetNamespace, Route } from './namespace.ts';
import { announce, askEverybody, neighboursOf, setNeighbour } from './neighbours.ts';
import { findWay } from './routing.ts';
import { changeSetting } from './settings.ts';
import type { NetCore } from './sockets/socket.ts';
import type { Tunnel } from './tunnel.ts';
import type { ForwardingInfo, LinkInfo, LinkModule, LinkOps, RouteInfo } from './types.ts';

/** Whose links, and with what right. */
export interface Access {
  namespace(): NetNamespace;
  /** EPERM without CAP_NET_ADMIN. */
  mustAdminister(): void;
  /** EPERM without CAP_NET_RAW. */
  mustBeRaw(): void;
  resolve(ref: NamespaceRef): NetNamespace;
}

type Inside = (namespace: NetNamespace) => ReturnType<LinkOps['in']>;

export function linkOps(core: NetCore, access: Access, inside: Inside): LinkOps {
  const change =
    <T extends readonly unknown[]>(act: (namespace: NetNamespace, ...rest: T) => void) =>
    (...rest: T): void => {
      access.mustAdminister();
      act(access.namespace(), ...rest);
    };
  return {
    list: () =>
      access
        .namespace()
        .links()
        .map((link) => infoOf(link)),
    add: change((namespace, link: Parameters<LinkOps['add']>[0]) => add(core, { access, namespace }, link)),
    delete: change((namespace, name: string) => remove(core, findLink(namespace, name))),
    set: change((namespace, name: string, wanted: Parameters<LinkOps['set']>[1]) =>
      set(core, access, { link: findLink(namespace, name), wanted }),
    ),
    addAddress: change((namespace, device: string, address: Parameters<LinkOps['addAddress']>[1]) =>
      addAddress(core, findLink(namespace, device), address),
    ),
    deleteAddress: change((namespace, device: string, address: Parameters<LinkOps['deleteAddress']>[1]) =>
      removeAddress(core, findLink(namespace, device), address),
    ),
    routes: (family = 'inet') => sortedRoutes(access.namespace(), family),
    addRoute: change((namespace, route: RouteInfo) => addRoute(core, namespace, route)),
    deleteRoute: change((namespace, route: Parameters<LinkOps['deleteRoute']>[0]) => deleteRoute(core, namespace, route)),
    neighbours: () => neighboursOf(core.host, access.namespace()),
    forwarding: () => access.namespace().links().flatMap(learnedBy),
    setForwarding: change((namespace, device: string, mac: string, to?: string) => {
      tunnelOf(findLink(namespace, device)).set(mac, to);
      core.generation += 1;
    }),
    setNeighbour: change((namespace, device: string, ip: string, mac?: string) => {
      setNeighbour(core.host, findLink(namespace, device), canonicalIp(ip), mac);
      core.generation += 1;
    }),
    askArp: (device, ip) => {
      access.mustBeRaw();
      const link = findLink(access.namespace(), device);
      if (!link.up) throw new Errno('ENETDOWN');
      return askEverybody(core.host, link, canonicalIp(ip));
    },
    in: (ref) => inside(access.resolve(ref)),
  };
}

function infoOf(link: Link): LinkInfo {
  const { namespace, peer, parent, tunnel } = link;
  const other = link.kind === 'veth' ? peer : parent;
  const far = other?.namespace ?? tunnel?.underlay ?? namespace;
  return {
    index: link.index,
    span: link.span,
    name: link.name,
    kind: link.kind,
    mac: link.mac,
    mtu: link.mtu,
    queueLength: link.queueLength,
    up: link.up,
    carrier: link.carrier,
    addresses: [...link.addresses],
    rxBytes: link.received.bytes,
    rxPackets: link.received.packets,
    txBytes: link.sent.bytes,
    txPackets: link.sent.packets,
    ...(other !== null && { peerIndex: other.index }),
    ...(far !== namespace && { peerNetnsId: namespace.idOf(far) }),
    ...(link.master !== null && { master: link.master.name }),
    ...(link.mode !== undefined && { mode: link.mode }),
    ...(tunnel !== null && { tunnel: tunnel.info }),
  };
}

const learnedBy = (link: Link): readonly ForwardingInfo[] => [
  ...[...link.learned].flatMap(([mac, port]) => (port.master === link ? [{ mac, bridge: link.name, port: port.name }] : [])),
  ...(link.tunnel?.entries() ?? []).map((entry) => ({ ...entry, device: link.name })),
];

function tunnelOf({ tunnel }: Link): Tunnel {
  if (tunnel === null) throw new Errno('EOPNOTSUPP');
  return tunnel;
}

interface Place {
  readonly access: Access;
  readonly namespace: NetNamespace;
}

const USUAL_MODE: { readonly [kind in LinkInfo['kind']]?: string } = { macvlan: 'vepa', ipvlan: 'l3' };

function add(core: NetCore, { access, namespace }: Place, wanted: Parameters<LinkOps['add']>[0]): void {
  const { name, kind, mac, mtu, peer, parent, mode, queueLength } = wanted;
  const base = kind === 'macvlan' || kind === 'ipvlan' || kind === 'vlan' ? findLink(namespace, parent ?? '') : undefined;
  if (wanted.module !== undefined) return addTunnel(core, { access, namespace }, { ...wanted, module: wanted.module });
  if (kind === 'vxlan') throw new Errno('EOPNOTSUPP');
  const link = makeLink(core, namespace, { name, kind, mac: kind === 'macvlan' ? mac : (base?.mac ?? mac), mtu: mtu ?? base?.mtu });
  link.queueLength = queueLength ?? link.queueLength;
  if (base !== undefined) sitOn(base, link);
  link.mode = mode ?? USUAL_MODE[kind];
  if (kind !== 'veth' && kind !== 'ethernet') return;
  const elsewhere = peer?.namespace === undefined ? namespace : access.resolve(peer.namespace);
  try {
    const end = makeLink(core, elsewhere, { name: peer?.name ?? nextName(elsewhere, 'veth'), kind, mac: peer?.mac, mtu });
    end.queueLength = queueLength ?? end.queueLength;
    joinEnds(link, end);
  } catch (error) {
    removeLink(core, link);
    throw error;
  }
}

type NewTunnel = Parameters<LinkOps['add']>[0] & { readonly module: LinkModule };

function addTunnel(core: NetCore, { access, namespace: underlay }: Place, { name, kind, mac, mtu, namespace, module }: NewTunnel): void {
  const home = namespace === undefined ? underlay : access.resolve(namespace);
  const link = makeLink(core, home, { name, kind, mac, mtu });
  link.tunnel = module.create(core.host, underlay);
  if (home !== underlay) home.idOf(underlay);
  link.tunnel.open(link);
}

function nextName(namespace: NetNamespace, prefix: string): string {
  for (let number = 0; ; number += 1) if (namespace.link(`${prefix}${number}`) === undefined) return `${prefix}${number}`;
}

function remove(core: NetCore, link: Link): void {
  if (link.kind === 'loopback' || link.kind === 'ethernet') throw new Errno('EOPNOTSUPP');
  removeLink(core, link);
}

function set(core: NetCore, access: Access, { link, wanted }: { link: Link; wanted: Parameters<LinkOps['set']>[1] }): void {
  const { mac, mtu, rename, master, namespace, up, ipv6, settings } = wanted;
  if (namespace !== undefined) moveLink(core, link, access.resolve(namespace));
  if (rename !== undefined) renameLink(core, link, rename);
  if (mac !== undefined) {
    if (isGroup(mac)) throw new Errno('EADDRNOTAVAIL');
    link.mac = mac;
    link.macWasSet = true;
    core.generation += 1;
    announce(core.host, link);
  }
  if (mtu !== undefined) link.mtu = mtu;
  if (ipv6 !== undefined) changeSetting(link.namespace, `net.ipv6.conf.${link.name}.disable_ipv6`, ipv6 ? '0' : '1');
  for (const [name, value] of settings ?? []) changeSetting(link.namespace, name, value);
  if (master !== undefined) setMaster(core, link, master);
  if (up !== undefined) setUp(core, link, up);
}

/** Of many, not of one card. */
const isGroup = (mac: string): boolean => (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;

/** As `ip route` prints them: default first, then by network. */
function sortedRoutes(namespace: NetNamespace, family: 'inet' | 'inet6'): readonly RouteInfo[] {
  const own = namespace.routes.filter((route) => route.family === family);
  return own.sort(byNetwork).map(({ info }) => info);
}

export function byNetwork(a: Route, b: Route): number {
  if (a.prefix.length === 0 || b.prefix.length === 0) {
    if (a.family === 'inet' && a.prefix.length !== b.prefix.length) return a.prefix.length - b.prefix.length;
    if (a.family === 'inet6' && a.prefix.length !== b.prefix.length) return b.prefix.length - a.prefix.length;
  }
  if (a.prefix.bits !== b.prefix.bits) return a.prefix.bits < b.prefix.bits ? -1 : 1;
  return (a.info.metric ?? 0) - (b.info.metric ?? 0) || a.prefix.length - b.prefix.length;
}

const isDefault = (prefix: Prefix): boolean => prefix.length === 0;

/** ENETUNREACH for a gateway that is on no network of ours, ENODEV, ENETDOWN, EEXIST. */
export function addRoute(core: NetCore, namespace: NetNamespace, wanted: RouteInfo): void {
  const via = wanted.via === undefined ? undefined : canonicalIp(wanted.via);
  const prefix = parsePrefix(wanted.destination, via === undefined ? 'inet' : familyOf(via));
  const link =
    wanted.refuses !== undefined
      ? findLink(namespace, 'lo')
      : wanted.device === ''
        ? gatewayLink(namespace, via)
        : findLink(namespace, wanted.device);
  if (!link.up) throw new Errno('ENETDOWN');
  if (via !== undefined && !isOnLink(link, via)) throw new Errno('ENETUNREACH');
  const metric = wanted.metric ?? (prefix.family === 'inet6' ? 1024 : undefined);
  const isSame = (route: Route): boolean =>
    route.family === prefix.family && route.prefix.text === prefix.text && (route.info.metric ?? 0) === (metric ?? 0);
  if (namespace.routes.some(isSame)) throw new Errno('EEXIST');
  const info: RouteInfo = {
    destination: isDefault(prefix) ? 'default' : prefix.text,
    device: wanted.refuses === undefined ? link.name : '',
    ...(wanted.refuses !== undefined && { refuses: wanted.refuses }),
    ...(via !== undefined && { via }),
    ...(wanted.source !== undefined && { source: wanted.source }),
    ...(via === undefined && wanted.refuses === undefined && prefix.family === 'inet' && { scope: wanted.scope ?? 'link' }),
    ...(wanted.protocol !== undefined && { protocol: wanted.protocol }),
    ...(metric !== undefined && { metric }),
  };
  namespace.routes.push({ info, prefix, family: prefix.family, link });
  core.generation += 1;
}

function gatewayLink(namespace: NetNamespace, via: string | undefined): Link {
  if (via === undefined) throw new Errno('ENODEV');
  const way = findWay(namespace, via);
  if (way === undefined || way.isLocal) throw new Errno('ENETUNREACH');
  return way.link;
}

/** A gateway must be a neighbour. */
const isOnLink = (link: Link, via: string): boolean =>
  via.startsWith('fe80:') ||
  link.namespace.routes.some((route) => route.link === link && route.info.via === undefined && contains(route.prefix, via));

/** ESRCH if there is no such route. */
function deleteRoute(core: NetCore, namespace: NetNamespace, { destination, via, device }: Parameters<LinkOps['deleteRoute']>[0]): void {
  const prefix = parsePrefix(destination, via === undefined ? 'inet' : familyOf(via));
  const index = namespace.routes.findIndex(
    (route) =>
      route.family === prefix.family &&
      route.prefix.text === prefix.text &&
      (via === undefined || route.info.via === via) &&
      (device === undefined || route.info.device === device),
  );
  if (index < 0) throw new Errno('ESRCH');
  namespace.routes.splice(index, 1);
  core.generation += 1;
}
