/** One rule, understood: what it matches and what it does. The text stays as iptables prints it. */
import type { ConnectionState } from '../conntrack.ts';
import type { Prefix } from '../ip.ts';
import { contains, onlyAddressOf, parseIp } from '../ip.ts';
import type { Packet, Tuple } from '../packet.ts';

/** What a rule can look at besides the packet. */
export interface Situation {
  readonly packet: Packet;
  readonly state: ConnectionState | undefined;
  /** How the connection began, and whether this packet goes that way. */
  readonly original: Tuple | undefined;
  readonly direction: 'original' | 'reply' | undefined;
  readonly input: string | undefined;
  readonly output: string | undefined;
  /** Ports of a bridge, for a packet that is only bridged. */
  readonly isLocal: (ip: string) => boolean;
  /** A virtual server sent it on. */
  readonly isBalanced: boolean;
  mark: number;
}

export type Match = (situation: Situation) => boolean;

export type Target =
  | { readonly kind: 'verdict'; readonly verdict: 'ACCEPT' | 'DROP' | 'RETURN' }
  | { readonly kind: 'reject'; readonly with: string }
  | { readonly kind: 'jump'; readonly chain: string; readonly goto: boolean }
  | { readonly kind: 'dnat' | 'snat'; readonly ip: string | undefined; readonly ports: readonly [number, number] | undefined }
  | { readonly kind: 'masquerade'; readonly ports: readonly [number, number] | undefined }
  | { readonly kind: 'redirect'; readonly ports: readonly [number, number] | undefined }
  | { readonly kind: 'mark'; readonly value: number; readonly mask: number }
  | { readonly kind: 'log' }
  | { readonly kind: 'none' };

export const not = (match: Match, isNegated: boolean): Match => (isNegated ? (situation) => !match(situation) : match);

/** Most rules are about one address: there is one in them for each endpoint. */
const isWithin = (prefix: Prefix): ((ip: string) => boolean) => {
  const only = onlyAddressOf(prefix);
  return only === undefined ? (ip) => contains(prefix, ip) : (ip) => ip === only;
};
export const sourceIn = (prefix: Prefix): Match => {
  const within = isWithin(prefix);
  return ({ packet }) => within(packet.tuple.source);
};
export const destinationIn = (prefix: Prefix): Match => {
  const within = isWithin(prefix);
  return ({ packet }) => within(packet.tuple.destination);
};
export const inputIs =
  (name: string): Match =>
  ({ input }) =>
    isLink(input, name);
export const outputIs =
  (name: string): Match =>
  ({ output }) =>
    isLink(output, name);
export const protocolIs =
  (name: string): Match =>
  ({ packet }) =>
    name === 'all' || packet.tuple.protocol === name;
export const stateIn =
  (states: readonly string[]): Match =>
  ({ state }) =>
    state !== undefined && states.includes(state);
/** -m ipvs --ipvs. */
export const balanced: Match = ({ isBalanced }) => isBalanced;
export const markIs =
  (value: number, mask: number): Match =>
  (situation) =>
    (situation.mark & mask) === value;

export const directionIs =
  (wanted: string): Match =>
  ({ direction }) =>
    direction?.toUpperCase() === wanted;

/** Where the connection was going before anything was rewritten. */
export const originalPortIn =
  (ranges: PortRanges): Match =>
  ({ original }) =>
    original !== undefined && ranges.some(([first, last]) => original.destinationPort >= first && original.destinationPort <= last);
export const originalIn = (prefix: Prefix): Match => {
  const within = isWithin(prefix);
  return ({ original }) => original !== undefined && within(original.destination);
};

/** -m iprange: from one address to another, both included. */
export const rangeHolds = (first: string, last: string, side: 'source' | 'destination'): Match => {
  const [low = 0n, high = 0n] = [parseIp(first)?.bits, parseIp(last)?.bits];
  return ({ packet }) => {
    const bits = parseIp(packet.tuple[side])?.bits;
    return bits !== undefined && bits >= low && bits <= high;
  };
};

/** `eth+` is every link whose name begins with eth. */
function isLink(link: string | undefined, name: string): boolean {
  if (link === undefined) return false;
  return name.endsWith('+') ? link.startsWith(name.slice(0, -1)) : link === name;
}

export type PortRanges = readonly (readonly [number, number])[];

/** One port or many; packets without ports (fragments, other protocols) never match. */
export const portIn =
  (ranges: PortRanges, side: 'source' | 'destination' | 'either'): Match =>
  ({ packet }) => {
    if (packet.tuple.protocol !== 'tcp' && packet.tuple.protocol !== 'udp') return false;
    const holds = (port: number): boolean => ranges.some(([first, last]) => port >= first && port <= last);
    const { sourcePort, destinationPort } = packet.tuple;
    return (side !== 'destination' && holds(sourcePort)) || (side !== 'source' && holds(destinationPort));
  };

/** -m addrtype: who an address belongs to, from here. */
export const addressTypeIs =
  (type: string, side: 'source' | 'destination'): Match =>
  ({ packet, isLocal }) => {
    const ip = side === 'source' ? packet.tuple.source : packet.tuple.destination;
    const actual = isLocal(ip)
      ? 'LOCAL'
      : ip === '255.255.255.255' || ip.endsWith('.255.255')
        ? 'BROADCAST'
        : /^(22[4-9]|23\d)\.|^ff/.test(ip)
          ? 'MULTICAST'
          : 'UNICAST';
    return type.split(',').includes(actual);
  };

/** -m conntrack without a state it can know: `--ctstate DNAT` and the like are answered by the tracked tuples elsewhere. */
export const synOnly: Match = ({ packet }) => packet.kind === 'syn';
