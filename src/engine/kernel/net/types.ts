/** The words of the network: addresses, links, routes and rules, as `ip`, `iptables` and sockets see them. */
import type { Fd, NamespaceRef, SpanId } from '../sys.ts';
import type { NetHost } from './host.ts';
import type { NetNamespace } from './namespace.ts';
import type { Tunnel } from './tunnel.ts';

/** `ip` is a textual IPv4 or IPv6 address; an abstract or file path names a unix socket. */
export type SocketAddress =
  | { readonly family: 'inet'; readonly ip: string; readonly port: number }
  | { readonly family: 'inet6'; readonly ip: string; readonly port: number }
  | { readonly family: 'unix'; readonly path: string };

export type SocketType = 'stream' | 'dgram';

/** Sockets that never wait, and what `ip`, `bridge` and `iptables` say over netlink, for the network namespace of the process. */
export interface NetOps {
  socket(family: SocketAddress['family'], type: SocketType): Fd;
  bind(fd: Fd, address: SocketAddress): void;
  listen(fd: Fd, backlog?: number): void;
  /** How the connection's ends are called; `peer` throws ENOTCONN. */
  local(fd: Fd): SocketAddress;
  peer(fd: Fd): SocketAddress;
  /** Who is at the other end of a unix socket, and the span it acted in (SO_PEERCRED). */
  peerCredentials(fd: Fd): { readonly pid: number; readonly uid: number; readonly gid: number; readonly span: SpanId };
  shutdown(fd: Fd, how: 'read' | 'write' | 'both'): void;
  sendTo(fd: Fd, bytes: Uint8Array, to: SocketAddress): void;
  /** Null if nothing has come: wait with `poll`. */
  receiveFrom(fd: Fd): { readonly bytes: Uint8Array; readonly from: SocketAddress } | null;
  /** One ICMP echo; resolves through `poll`-free waiting in `ping`'s loop: sends now, the answer is collected with `echoes`. */
  sendEcho(to: string, options: EchoOptions): void;
  echoes(id: number): readonly EchoReply[];
  /** Netlink: links, addresses, routes, neighbours, rules. Throws Errno (EPERM without CAP_NET_ADMIN for what changes). */
  readonly link: LinkOps;
  readonly rules: RuleOps;
  readonly ipvs: IpvsOps;
  sockets(): readonly SocketInfo[];
  /** setsockopt(2): the few that change what packets do. */
  option(fd: Fd, name: 'v6only' | 'broadcast' | 'ttl' | 'recverr', value: number): void;
  /** What hosts on the way said of datagrams, since the last call: the error queue of a socket with `recverr` (ip(7)). */
  errors(fd: Fd): readonly DatagramError[];
  /** Two unix stream sockets joined to each other (socketpair). */
  pair(): readonly [Fd, Fd];
  /** The same calls for another network namespace, as a thread that has entered it with setns(2) makes them. */
  at(namespace: NamespaceRef): NetOps;
}

export interface DatagramError {
  /** Who says so. */
  readonly from: string;
  readonly kind: Exclude<EchoReply['kind'], 'reply'>;
  /** Where the datagram was going. */
  readonly to: string;
  readonly port: number;
}

export interface EchoOptions {
  readonly id: number;
  readonly sequence: number;
  readonly ttl?: number;
  readonly sizeBytes?: number;
  /** Without CAP_NET_RAW, if net.ipv4.ping_group_range lets the group (as iputils does). */
  readonly datagram?: boolean;
}
export interface EchoReply {
  readonly from: string;
  readonly id: number;
  readonly sequence: number;
  readonly ttl: number;
  readonly sizeBytes: number;
  readonly rttNs: bigint;
  readonly kind: 'reply' | 'unreachable-host' | 'unreachable-net' | 'unreachable-port' | 'time-exceeded' | 'prohibited';
}

export interface AddressInfo {
  readonly family: 'inet' | 'inet6';
  readonly ip: string;
  readonly prefixLength: number;
  readonly broadcast?: string;
  readonly scope: 'global' | 'host' | 'link';
  readonly label?: string;
}
export interface LinkInfo {
  readonly index: number;
  readonly name: string;
  /** Why it is there. */
  readonly span: SpanId;
  readonly kind: 'loopback' | 'ethernet' | 'veth' | 'bridge' | 'macvlan' | 'ipvlan' | 'vlan' | 'dummy' | 'vxlan';
  readonly mac: string;
  readonly mtu: number;
  /** Packets; 0: no queue. */
  readonly queueLength: number;
  readonly up: boolean;
  /** The other end or carrier is there. */
  readonly carrier: boolean;
  readonly peerIndex?: number;
  /** Which namespace the peer, or what a tunnel goes by, is in, if another one: its id as `link-netnsid`. */
  readonly peerNetnsId?: number;
  readonly master?: string;
  /** How it shares its parent. */
  readonly mode?: string;
  readonly tunnel?: TunnelInfo;
  readonly addresses: readonly AddressInfo[];
  readonly rxBytes: number;
  readonly rxPackets: number;
  readonly txBytes: number;
  readonly txPackets: number;
}
export interface TunnelInfo {
  readonly vni: number;
  readonly port: number;
  /** It answers for neighbours that it was told of. */
  readonly proxy: boolean;
}
/** RTN_BLACKHOLE: silence; RTN_UNREACHABLE and RTN_PROHIBIT: an error. */
export type Refusal = 'blackhole' | 'unreachable' | 'prohibit';
export interface RouteInfo {
  readonly destination: string;
  /** A route that leads nowhere, on purpose; it has no device (`''`). */
  readonly refuses?: Refusal;
  readonly via?: string;
  readonly device: string;
  readonly source?: string;
  readonly scope?: 'link' | 'host' | 'global';
  readonly protocol?: 'kernel' | 'static' | 'boot';
  readonly metric?: number;
}
export interface NeighbourInfo {
  readonly ip: string;
  readonly device: string;
  readonly mac: string;
  readonly state: 'REACHABLE' | 'STALE' | 'FAILED' | 'INCOMPLETE' | 'PERMANENT';
}

/** Behind which port of which bridge a MAC was seen; or to which host a tunnel sends what is for it. */
export type ForwardingInfo =
  | { readonly mac: string; readonly bridge: string; readonly port: string }
  | { readonly mac: string; readonly device: string; readonly to: string };

export interface ArpAnswer {
  readonly mac: string;
  /** From asking until the answer is there. */
  readonly rttNs: number;
}

/** A kind of link that is fetched when it is first made, as a module of the kernel: `vxlan.ts`. */
export interface LinkModule {
  readonly kind: 'vxlan';
  /** What such a link is; `underlay` is the namespace that its packets travel in. */
  create(host: NetHost, underlay: NetNamespace): Tunnel;
}

export interface LinkOps {
  list(): readonly LinkInfo[];
  /** `ethernet` is a card, and a cable to its peer: what a machine is built with. */
  add(link: {
    name: string;
    kind: 'bridge' | 'veth' | 'ethernet' | 'macvlan' | 'ipvlan' | 'vlan' | 'dummy' | 'vxlan';
    /** Of a tunnel: its packets travel in the namespace of the caller; it may be born in another one. */
    module?: LinkModule;
    namespace?: NamespaceRef;
    peer?: { name: string; namespace?: NamespaceRef; mac?: string };
    parent?: string;
    /** How it shares its parent: `bridge`, `private`, … of a macvlan, `l2`, `l3` or `l3s` of an ipvlan. */
    mode?: string;
    mac?: string;
    mtu?: number;
    /** Packets that may wait, at both ends of a pair; 0 for what is not a card. */
    queueLength?: number;
  }): void;
  delete(name: string): void;
  set(
    name: string,
    change: {
      up?: boolean;
      master?: string | null;
      namespace?: NamespaceRef;
      rename?: string;
      mac?: string;
      mtu?: number;
      /** False: it gets no IPv6 address, not even one of its own (net.ipv6.conf.NAME.disable_ipv6). */
      ipv6?: boolean;
      /** Of its namespace, by their names: `net.ipv4.conf.eth0.log_martians`. ENOENT, EINVAL. */
      settings?: readonly (readonly [name: string, value: string])[];
    },
  ): void;
  addAddress(device: string, address: { ip: string; prefixLength: number; broadcast?: string; label?: string }): void;
  deleteAddress(device: string, address: { ip: string; prefixLength: number }): void;
  routes(family?: 'inet' | 'inet6'): readonly RouteInfo[];
  addRoute(route: RouteInfo): void;
  deleteRoute(route: { destination: string; via?: string; device?: string }): void;
  neighbours(): readonly NeighbourInfo[];
  /** What bridges have learned: behind which port a MAC was last seen. */
  forwarding(): readonly ForwardingInfo[];
  /** Where a tunnel sends what is for a MAC: to that host; to nobody, without one. EOPNOTSUPP for another link. */
  setForwarding(device: string, mac: string, to?: string): void;
  /** An entry that stays until it is taken away: without a MAC. */
  setNeighbour(device: string, ip: string, mac?: string): void;
  /** One ARP request out of a link, and who answers it (a socket of AF_PACKET). ENODEV, ENETDOWN; EPERM without CAP_NET_RAW. */
  askArp(device: string, ip: string): readonly ArpAnswer[];
  /** The same operations in another namespace (as `nsenter --net`). */
  in(namespace: NamespaceRef): { readonly link: LinkOps; readonly rules: RuleOps; readonly ipvs: IpvsOps };
}

export type TableName = 'filter' | 'nat' | 'raw' | 'mangle';
/** One rule, in iptables' own words: `-p tcp -d 127.0.0.1/32 ! -i docker0 --dport 8080 -j DNAT --to-destination 172.17.0.2:80`. */
export interface Rule {
  readonly spec: readonly string[];
  readonly span: SpanId;
  readonly packets: number;
  readonly bytes: number;
}
export interface RuleOps {
  chains(
    table: TableName,
    family?: 'inet' | 'inet6',
  ): readonly {
    readonly name: string;
    readonly policy?: 'ACCEPT' | 'DROP';
    readonly rules: readonly Rule[];
    readonly packets: number;
    readonly bytes: number;
  }[];
  newChain(table: TableName, chain: string, family?: 'inet' | 'inet6'): void;
  deleteChain(table: TableName, chain: string, family?: 'inet' | 'inet6'): void;
  /** Rules that jump to it follow. EEXIST, ENOENT; EINVAL for a chain of the kernel's. */
  renameChain(table: TableName, chain: string, to: string, family?: 'inet' | 'inet6'): void;
  flush(table: TableName, chain?: string, family?: 'inet' | 'inet6'): void;
  policy(table: TableName, chain: string, policy: 'ACCEPT' | 'DROP', family?: 'inet' | 'inet6'): void;
  append(table: TableName, chain: string, spec: readonly string[], family?: 'inet' | 'inet6'): void;
  insert(table: TableName, chain: string, spec: readonly string[], at?: number, family?: 'inet' | 'inet6'): void;
  /** Whether there is such a rule. Throws ENOENT if there is no such chain. */
  has(table: TableName, chain: string, spec: readonly string[], family?: 'inet' | 'inet6'): boolean;
  /** By specification or by number (from 1). Throws ENOENT if there is no such rule. */
  remove(table: TableName, chain: string, rule: readonly string[] | number, family?: 'inet' | 'inet6'): void;
}

/** A service of virtual servers: what carries the mark goes to the servers in turn. */
export interface IpvsService {
  readonly mark: number;
  readonly scheduler: 'rr';
  readonly servers: readonly { readonly ip: string; readonly weight: number; readonly connections: number }[];
}
/** IP virtual servers of a namespace, as `ipvsadm` and dockerd set them up: only with CAP_NET_ADMIN. */
export interface IpvsOps {
  list(): readonly IpvsService[];
  /** EEXIST. */
  addService(mark: number): void;
  /** ESRCH. */
  deleteService(mark: number): void;
  /** Adds a real server or changes its weight; with 0 it gets no new connections. ESRCH. */
  setServer(mark: number, server: { readonly ip: string; readonly weight: number }): void;
  /** ESRCH, ENOENT. */
  deleteServer(mark: number, ip: string): void;
}

export interface SocketInfo {
  readonly family: SocketAddress['family'];
  readonly type: SocketType;
  readonly state: 'LISTEN' | 'ESTAB' | 'UNCONN' | 'CLOSE-WAIT' | 'FIN-WAIT' | 'TIME-WAIT' | 'SYN-SENT';
  readonly local: SocketAddress;
  readonly peer?: SocketAddress;
  readonly pid: number;
  readonly program: string;
  readonly inode: number;
  readonly backlog?: number;
  /** Connections or bytes that wait to be taken, and bytes not yet sent. */
  readonly queued?: number;
  readonly unsent?: number;
  /** An IPv6 wildcard that takes IPv4 too. */
  readonly dual?: boolean;
}
