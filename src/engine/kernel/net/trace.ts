/** What a packet's walk leaves behind: the hops, what counted it, how long it took. */
import type { EndReason, Hop } from './flows.ts';
import type { Counter, Link } from './link.ts';
import type { NetNamespace } from './namespace.ts';
import type { IcmpError } from './packet.ts';

/** Modelled times, of the size that a small server shows. */
export const LATENCY_NS = { stack: 12_000, veth: 7_000, bridge: 4_000, cable: 140_000, rules: 1_500, resolve: 30_000 } as const;

export interface Trace {
  readonly hops: Hop[];
  /** Interfaces and rules: each counts every packet that takes this way. */
  readonly counted: Counter[];
  /** What sees the first packet of a connection only: the nat table. */
  readonly countedOnce: Counter[];
  latencyNs: number;
}

export const newTrace = (): Trace => ({ hops: [], counted: [], countedOnce: [], latencyNs: 0 });

/** Where and why a packet's way ends before it arrives. */
export interface Ending {
  readonly reason: EndReason;
  readonly at: NetNamespace;
  /** What the host there answers, if it answers. */
  readonly error?: IcmpError | 'tcp-reset';
  /** How long it takes until that is known: an address that nobody answers to is asked for three times. */
  readonly delayNs?: number;
}

export function ended(trace: Trace, ending: Ending): Ending {
  trace.hops.push({ kind: 'end', namespace: ending.at.id, reason: ending.reason });
  return ending;
}

export function passInterface(trace: Trace, link: Link, direction: 'in' | 'out'): void {
  trace.hops.push({ kind: 'interface', namespace: link.namespace.id, name: link.name, direction });
  trace.counted.push(direction === 'in' ? link.received : link.sent);
}

/** Every counter on the way counts the packet. */
export function count(trace: Trace, sizeBytes: number, packets = 1): void {
  for (const counter of [...trace.counted, ...trace.countedOnce]) {
    counter.packets += packets;
    counter.bytes += sizeBytes;
  }
  trace.countedOnce.length = 0;
}
