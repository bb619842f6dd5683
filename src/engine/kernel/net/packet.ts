/** What travels: an IP packet with what a rule can look at, and who sent it. Payload bytes stay with the sockets. */
import type { SpanId } from '../sys.ts';

export type Protocol = 'tcp' | 'udp' | 'icmp' | 'icmp6';

/** Who talks to whom. For echoes both ports are the identifier. */
export interface Tuple {
  readonly protocol: Protocol;
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
}

export type IcmpError = 'unreachable-host' | 'unreachable-net' | 'unreachable-port' | 'time-exceeded' | 'prohibited';
export type PacketKind = 'syn' | 'syn-ack' | 'ack' | 'data' | 'fin' | 'rst' | 'datagram' | 'echo' | 'echo-reply' | 'error';

export interface Packet {
  readonly tuple: Tuple;
  readonly kind: PacketKind;
  readonly ttl: number;
  /** With all headers below the link's. */
  readonly sizeBytes: number;
  readonly span: SpanId;
  /** An ICMP error says what happened to which packet, as that one was called where it happened. */
  readonly error?: IcmpError;
  readonly about?: Tuple;
}

export const inverse = (tuple: Tuple): Tuple => ({
  protocol: tuple.protocol,
  source: tuple.destination,
  sourcePort: tuple.destinationPort,
  destination: tuple.source,
  destinationPort: tuple.sourcePort,
});

export const keyOf = (tuple: Tuple): string =>
  `${tuple.protocol} ${tuple.source} ${tuple.sourcePort} ${tuple.destination} ${tuple.destinationPort}`;

/** Header sizes: IP and TCP with timestamps, IP and UDP, IP and ICMP. */
export const HEADER_BYTES: Readonly<Record<Protocol, number>> = { tcp: 52, udp: 28, icmp: 28, icmp6: 48 };
