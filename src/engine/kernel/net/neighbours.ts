/** Whose MAC has an address: asked for by broadcast on the link (ARP, neighbour discovery), remembered, and asked again when old. */
import { carry, reachedBy } from './frames.ts';
import type { NetHost } from './host.ts';
import { isLoopback } from './ip.ts';
import type { Link } from './link.ts';
import type { NetNamespace } from './namespace.ts';
import { newTrace } from './trace.ts';
import type { ArpAnswer, NeighbourInfo } from './types.ts';

/** Linux asks three times, a second apart. */
export const RESOLVE_TIMEOUT_NS = 3_072_000_000;
const REACHABLE_NS = 30_000_000_000n;

const keyOf = (link: Link, ip: string): string => `${link.index} ${ip}`;

/** The MAC behind an address on a link; undefined if nobody answers. */
export function resolve(host: NetHost, link: Link, ip: string): string | undefined {
  const table = link.namespace.neighbours;
  const known = table.get(keyOf(link, ip));
  const now = host.nowNs();
  if (known?.state === 'PERMANENT') return known.mac;
  if (known?.state === 'REACHABLE' && now - known.confirmedNs < REACHABLE_NS) return known.mac;
  const heard = reachedBy(link).filter((other) => other !== link);
  const answer = heard.find((other) => other.tunnel === null && answersFor(other.namespace, ip));
  const mac = answer?.mac ?? heard.map((other) => answeredFor(other, ip)).find((one) => one !== undefined);
  table.set(keyOf(link, ip), { mac: mac ?? '', state: mac === undefined ? 'FAILED' : 'REACHABLE', confirmedNs: now });
  if (answer !== undefined) meet(host, answer, link);
  return mac;
}

/** Everybody on a link who answers for an address, asked by hand: the asker remembers nothing, those who are asked remember him. */
export function askEverybody(host: NetHost, link: Link, ip: string): readonly ArpAnswer[] {
  const heard = reachedBy(link).filter((other) => other !== link && other.tunnel === null && answersFor(other.namespace, ip));
  return heard.map((other) => {
    const trace = newTrace();
    carry(link, { frame: { source: link.mac, destination: other.mac }, destination: ip, trace, bridged: () => undefined });
    meet(host, other, link);
    return { mac: other.mac, rttNs: 2 * trace.latencyNs };
  });
}

/** A tunnel that answers for the far ones it was told of (`proxy`). */
const answeredFor = ({ tunnel, namespace, index }: Link, ip: string): string | undefined =>
  tunnel?.info.proxy ? namespace.neighbours.get(`${index} ${ip}`)?.mac : undefined;

/** An entry that somebody made by hand, or takes away. */
export function setNeighbour(host: NetHost, link: Link, ip: string, mac: string | undefined): void {
  const table = link.namespace.neighbours;
  if (mac === undefined) table.delete(keyOf(link, ip));
  else table.set(keyOf(link, ip), { mac, state: 'PERMANENT', confirmedNs: host.nowNs() });
}

/** A host answers for any of its addresses, on whichever link it is asked (arp_ignore 0). */
const answersFor = (namespace: NetNamespace, ip: string): boolean => !isLoopback(ip) && namespace.ownerOf(ip) !== undefined;

/** Whoever is asked learns the asker too. */
function meet(host: NetHost, at: Link, asker: Link): void {
  const address = asker.addresses.find(({ scope, family }) => scope === 'global' && family === 'inet');
  if (address === undefined) return;
  at.namespace.neighbours.set(keyOf(at, address.ip), { mac: asker.mac, state: 'REACHABLE', confirmedNs: host.nowNs() });
}

/** A link says who it is, so that others forget an older owner of its address (gratuitous ARP). */
export function announce(host: NetHost, link: Link): void {
  if (!link.up) return;
  for (const other of reachedBy(link)) {
    if (other === link) continue;
    for (const { ip } of link.addresses) {
      const known = other.namespace.neighbours.get(keyOf(other, ip));
      if (known !== undefined && known.state !== 'PERMANENT')
        Object.assign(known, { mac: link.mac, state: 'REACHABLE', confirmedNs: host.nowNs() });
    }
  }
}

/** As `ip neigh`: entries age from REACHABLE to STALE. */
export function neighboursOf(host: NetHost, namespace: NetNamespace): readonly NeighbourInfo[] {
  const byIndex = new Map(namespace.links().map((link) => [String(link.index), link]));
  return [...namespace.neighbours].flatMap(([key, { mac, state, confirmedNs }]) => {
    const [index = '', ip = ''] = key.split(' ');
    const link = byIndex.get(index);
    if (link === undefined) return [];
    const aged = state === 'REACHABLE' && host.nowNs() - confirmedNs >= REACHABLE_NS ? 'STALE' : state;
    return [{ ip, device: link.name, mac, state: aged }];
  });
}

export function forgetNeighboursOf(link: Link): void {
  for (const key of [...link.namespace.neighbours.keys()]) if (key.startsWith(`${link.index} `)) link.namespace.neighbours.delete(key);
}
