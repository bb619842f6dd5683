/**
 * Connection tracking, with address translation. Each connection is remembered as two tuples: how its first packet looked, and how
 * an answer to it looks as it comes back. Translation is nothing but a difference between the two: a packet of one direction gets
 * the other direction's tuple, turned round (netfilter: nf_conntrack_core.c, nf_nat_core.c).
 */
import type { NetHost } from './host.ts';
import { inverse, keyOf, type Packet, type Tuple } from './packet.ts';

export interface Connection {
  readonly original: Tuple;
  reply: Tuple;
  /** A packet came back. */
  answered: boolean;
  /** Its first packet left or arrived, so it stands in the table. */
  confirmed: boolean;
  expiresNs: bigint;
  /** Which translations the nat table has decided already; a later rule is not asked. */
  readonly decided: Set<'destination' | 'source'>;
  closing: boolean;
  /** A virtual server chose its destination: its packets are sent on where they arrive, not before. */
  balanced: boolean;
}

export type Direction = 'original' | 'reply';
export type ConnectionState = 'NEW' | 'ESTABLISHED' | 'RELATED';

/** A packet's connection at one host. */
export interface Tracked {
  readonly connection: Connection;
  readonly direction: Direction;
  readonly state: ConnectionState;
}

const SECOND_NS = 1_000_000_000n;
const TIMEOUT_SECONDS = { tcp: 432_000n, tcpClosing: 120n, tcpNew: 120n, udp: 30n, udpStream: 120n, icmp: 30n } as const;
const MAX_CONNECTIONS = 16_384;

export class Conntrack {
  readonly #byKey = new Map<string, { connection: Connection; direction: Direction }>();
  readonly #host: NetHost;

  constructor(host: NetHost) {
    this.#host = host;
  }

  /** The connection that a packet belongs to; a new, unconfirmed one for the first. */
  track(packet: Packet): Tracked {
    if (packet.about !== undefined) return this.#related(packet.about) ?? { ...this.#fresh(packet), state: 'NEW' };
    const found = this.#find(packet.tuple);
    if (found === undefined) return { ...this.#fresh(packet), state: 'NEW' };
    const { connection, direction } = found;
    if (direction === 'reply') connection.answered = true;
    if (packet.kind === 'fin' || packet.kind === 'rst') connection.closing = true;
    connection.expiresNs = this.#host.nowNs() + lifetime(connection);
    return { connection, direction, state: connection.answered ? 'ESTABLISHED' : 'NEW' };
  }

  #fresh(packet: Packet): { connection: Connection; direction: Direction } {
    const { tuple } = packet;
    const connection: Connection = {
      original: tuple,
      reply: inverse(tuple),
      answered: false,
      confirmed: false,
      expiresNs: 0n,
      decided: new Set(),
      closing: false,
      balanced: false,
    };
    return { connection, direction: 'original' };
  }

  /** An error about a packet goes against that packet's direction. */
  #related(about: Tuple): Tracked | undefined {
    const found = this.#find(about) ?? this.#find(inverse(about));
    if (found === undefined) return undefined;
    const isAnswer = keyOf(found.connection[found.direction]) === keyOf(inverse(about));
    const direction = isAnswer ? found.direction : found.direction === 'original' ? 'reply' : 'original';
    return { connection: found.connection, direction, state: 'RELATED' };
  }

  #find(tuple: Tuple): { connection: Connection; direction: Direction } | undefined {
    const found = this.#byKey.get(keyOf(tuple));
    if (found === undefined || found.connection.expiresNs > this.#host.nowNs()) return found;
    this.#drop(found.connection);
    return undefined;
  }

  /** Puts a new connection into the table, once its first packet has come through. */
  confirm(connection: Connection): void {
    if (connection.confirmed) return;
    if (this.#byKey.size >= 2 * MAX_CONNECTIONS) this.#expire();
    connection.confirmed = true;
    connection.expiresNs = this.#host.nowNs() + lifetime(connection);
    this.#byKey.set(keyOf(connection.original), { connection, direction: 'original' });
    this.#byKey.set(keyOf(connection.reply), { connection, direction: 'reply' });
  }

  /** Gives a new connection another destination or source, as its answers will have to look. A taken port is replaced. */
  translate(connection: Connection, side: 'destination' | 'source', to: { ip: string; ports?: readonly [number, number] }): void {
    const { reply } = connection;
    const port = side === 'destination' ? reply.sourcePort : reply.destinationPort;
    const [first, last] = to.ports ?? [port, port];
    const wanted = port >= first && port <= last ? port : first;
    const at = (candidate: number): Tuple =>
      side === 'destination'
        ? { ...reply, source: to.ip, sourcePort: candidate }
        : { ...reply, destination: to.ip, destinationPort: candidate };
    connection.reply = this.#free(at, { wanted, isFixed: side === 'destination' });
  }

  #free(at: (port: number) => Tuple, { wanted, isFixed }: { wanted: number; isFixed: boolean }): Tuple {
    const first = at(wanted);
    if (isFixed || this.#find(first) === undefined) return first;
    for (let port = 1024; port < 65_536; port += 1) {
      const candidate = at(port);
      if (this.#find(candidate) === undefined) return candidate;
    }
    return first;
  }

  /** Every connection once, as `conntrack -L`. */
  list(): readonly Connection[] {
    return [...this.#byKey.values()].filter(({ direction }) => direction === 'original').map(({ connection }) => connection);
  }

  /** Forgets the connections that `matches` says, as `conntrack -D`. */
  forget(matches: (connection: Connection) => boolean): void {
    for (const connection of this.list()) if (matches(connection)) this.#drop(connection);
  }

  #drop(connection: Connection): void {
    this.#byKey.delete(keyOf(connection.original));
    this.#byKey.delete(keyOf(connection.reply));
  }

  #expire(): void {
    const now = this.#host.nowNs();
    this.forget((connection) => connection.expiresNs <= now);
    const oldest = this.list().slice(0, Math.max(0, this.list().length - MAX_CONNECTIONS + 1));
    for (const connection of oldest) this.#drop(connection);
  }
}

function lifetime(connection: Connection): bigint {
  switch (connection.original.protocol) {
    case 'tcp':
      return (
        SECOND_NS * (connection.closing ? TIMEOUT_SECONDS.tcpClosing : connection.answered ? TIMEOUT_SECONDS.tcp : TIMEOUT_SECONDS.tcpNew)
      );
    case 'udp':
      return SECOND_NS * (connection.answered ? TIMEOUT_SECONDS.udpStream : TIMEOUT_SECONDS.udp);
    default:
      return SECOND_NS * TIMEOUT_SECONDS.icmp;
  }
}

/** How a packet of this direction is to look behind the host that tracks it. */
export const translated = ({ connection, direction }: Tracked): Tuple =>
  inverse(direction === 'original' ? connection.reply : connection.original);
