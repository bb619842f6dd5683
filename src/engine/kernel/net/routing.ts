/** Which way: the local table, then the longest matching prefix; and the address that a packet leaves with. */
import type { ErrnoCode } from '../errno.ts';
import { contains, familyOf, isLoopback, isV6 } from './ip.ts';
import type { Link } from './link.ts';
import type { NetNamespace, Route } from './namespace.ts';
import type { IcmpError } from './packet.ts';
import type { AddressInfo, Refusal } from './types.ts';

export interface Way {
  readonly link: Link;
  /** The packet stays on this host. */
  readonly isLocal: boolean;
  /** Whose MAC the frame bears: the gateway, or the destination itself. */
  readonly nextHop: string;
  readonly route: Route | undefined;
}

/** Undefined: the network is unreachable. `device` keeps to routes of one link (an address of link scope, a bound socket). */
export function findWay(namespace: NetNamespace, destination: string, device?: string): Way | undefined {
  if (isLocal(namespace, destination)) {
    const loopback = namespace.link('lo');
    return loopback?.up ? { link: loopback, isLocal: true, nextHop: destination, route: undefined } : undefined;
  }
  const route = bestRoute(namespace, destination, device);
  if (route?.info.refuses !== undefined) return undefined;
  return route && { link: route.link, isLocal: false, nextHop: route.info.via ?? destination, route };
}

const REFUSALS: Readonly<Record<Refusal, NoWay>> = {
  blackhole: { code: 'EINVAL', error: undefined },
  unreachable: { code: 'EHOSTUNREACH', error: 'unreachable-host' },
  prohibit: { code: 'EACCES', error: 'prohibited' },
};

/** Why there is no way: what a call says, and what a packet's source is told (nothing, for a blackhole). */
export interface NoWay {
  readonly code: ErrnoCode;
  readonly error: IcmpError | undefined;
}

export function whyNoWay(namespace: NetNamespace, destination: string, device?: string): NoWay {
  const refuses = bestRoute(namespace, destination, device)?.info.refuses;
  return refuses === undefined ? { code: 'ENETUNREACH', error: 'unreachable-net' } : REFUSALS[refuses];
}

/** An address of this host: any link's, and all of 127.0.0.0/8. */
export function isLocal(namespace: NetNamespace, ip: string): boolean {
  if (isLoopback(ip)) return !isV6(ip) || namespace.ownerOf(ip) !== undefined;
  return namespace.ownerOf(ip) !== undefined;
}

function bestRoute(namespace: NetNamespace, destination: string, device: string | undefined): Route | undefined {
  const family = familyOf(destination);
  let best: Route | undefined;
  for (const route of namespace.routes) {
    if (route.family !== family || !route.link.up || !contains(route.prefix, destination)) continue;
    if (device !== undefined && route.info.device !== device) continue;
    if (best === undefined || isBetter(route, best)) best = route;
  }
  return best;
}

const isBetter = (route: Route, than: Route): boolean =>
  route.prefix.length > than.prefix.length ||
  (route.prefix.length === than.prefix.length && (route.info.metric ?? 0) < (than.info.metric ?? 0));

/** The source address for a destination; undefined if the way's link has none of that family. */
export function sourceFor(namespace: NetNamespace, way: Way, destination: string): string | undefined {
  if (way.isLocal) return isLoopback(destination) && !isV6(destination) ? '127.0.0.1' : destination;
  if (way.route?.info.source !== undefined) return way.route.info.source;
  const family = familyOf(destination);
  const onLink = preferred(way.link.addresses, destination, family);
  if (onLink !== undefined) return onLink.ip;
  const elsewhere = namespace.links().flatMap((link) => link.addresses);
  return elsewhere.find((address) => address.family === family && address.scope === 'global')?.ip;
}

function preferred(addresses: readonly AddressInfo[], destination: string, family: string): AddressInfo | undefined {
  const own = addresses.filter((address) => address.family === family);
  const wanted = destination.startsWith('fe80:') ? 'link' : 'global';
  return own.find(({ scope }) => scope === wanted) ?? own[0];
}
