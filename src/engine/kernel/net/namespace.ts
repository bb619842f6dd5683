/**
 * One network namespace: its links, addresses, routes, neighbours, rule tables, tracked connections, settings and sockets. All that
 * `unshare -n` gives a process anew. What packets do with it stands in `walk.ts`; who changes it in `link-ops.ts` and `rules/`.
 */
import type { Conntrack } from './conntrack.ts';
import type { IpFamily, Prefix } from './ip.ts';
import type { VirtualServers } from './ipvs.ts';
import type { Link } from './link.ts';
import type { RuleTables } from './rules/tables.ts';
import type { SocketTable } from './sockets/table.ts';
import type { EchoReply, NeighbourInfo, RouteInfo } from './types.ts';

export interface Route {
  readonly info: RouteInfo;
  readonly prefix: Prefix;
  readonly family: IpFamily;
  readonly link: Link;
}

export interface Neighbour {
  mac: string;
  state: NeighbourInfo['state'];
  confirmedNs: bigint;
}

export interface NamespaceParts {
  readonly id: number;
  readonly rules: RuleTables;
  readonly conntrack: Conntrack;
  readonly ipvs: VirtualServers;
  readonly sockets: SocketTable;
  readonly settings: Map<string, string>;
}

export class NetNamespace {
  /** In order of creation, until the kernel has said under which inode it knows it: what `lsns` shows. */
  id: number;
  readonly rules: RuleTables;
  readonly conntrack: Conntrack;
  readonly ipvs: VirtualServers;
  readonly sockets: SocketTable;
  /** Settings that differ from their default, as `net.ipv4.ip_forward`. */
  readonly settings: Map<string, string>;
  routes: Route[] = [];
  readonly neighbours = new Map<string, Neighbour>();
  readonly echoes = new Map<number, EchoReply[]>();
  /** Links whose packets travel here. */
  readonly tunnels = new Set<Link>();
  isGone = false;
  #lastIndex = 0;
  readonly #links = new Map<string, Link>();
  readonly #peerIds: NetNamespace[] = [];

  constructor(parts: NamespaceParts) {
    this.id = parts.id;
    this.rules = parts.rules;
    this.conntrack = parts.conntrack;
    this.ipvs = parts.ipvs;
    this.sockets = parts.sockets;
    this.settings = parts.settings;
  }

  /** By index. */
  links(): readonly Link[] {
    return [...this.#links.values()].sort((a, b) => a.index - b.index);
  }

  link(name: string): Link | undefined {
    return this.#links.get(name);
  }

  plug(link: Link): void {
    link.namespace = this;
    this.#links.set(link.name, link);
  }

  unplug(link: Link): void {
    this.#links.delete(link.name);
  }

  /** The number of a new link: never one that was used before. */
  takeIndex(): number {
    this.#lastIndex += 1;
    return this.#lastIndex;
  }

  /** Which link has the address, if any of this namespace. */
  ownerOf(ip: string): Link | undefined {
    for (const link of this.#links.values()) {
      if (link.addresses.some((address) => address.ip === ip)) return link;
    }
    return undefined;
  }

  /** The number under which this namespace knows another one (`link-netnsid`). */
  idOf(other: NetNamespace): number {
    const known = this.#peerIds.indexOf(other);
    return known >= 0 ? known : this.#peerIds.push(other) - 1;
  }
}
