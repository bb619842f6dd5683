/**
 * What became of packets: for each new conversation the way its first packet went and the way of the answer, with every interface,
 * bridge, deciding rule and rewriting of addresses in order; refused and dropped ones too. A ring of bounded size.
 */
import type { SpanId } from '../sys.ts';
import type { Protocol } from './packet.ts';

export type Hop =
  | { readonly kind: 'process'; readonly namespace: number; readonly pid: number; readonly program: string }
  | { readonly kind: 'route'; readonly namespace: number; readonly destination: string; readonly via?: string; readonly device: string }
  | { readonly kind: 'interface'; readonly namespace: number; readonly name: string; readonly direction: 'in' | 'out' }
  | { readonly kind: 'bridge'; readonly namespace: number; readonly name: string; readonly port: string; readonly flooded: boolean }
  | {
      readonly kind: 'rule';
      readonly namespace: number;
      readonly table: string;
      readonly chain: string;
      readonly number: number;
      readonly spec: readonly string[];
      readonly verdict: string;
      readonly span: SpanId;
    }
  | {
      readonly kind: 'rewrite';
      readonly namespace: number;
      readonly what: 'source' | 'destination';
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: 'neighbour'; readonly namespace: number; readonly ip: string; readonly device: string; readonly mac?: string }
  | { readonly kind: 'end'; readonly namespace: number; readonly reason: EndReason };

export type EndReason =
  | 'delivered'
  | 'dropped-by-rule'
  | 'rejected-by-rule'
  | 'no-route'
  | 'no-neighbour'
  | 'link-down'
  | 'not-forwarding'
  | 'ttl'
  | 'no-socket'
  | 'martian'
  | 'backlog-full'
  | 'nobody'
  | 'loop';

export interface FlowEnd {
  readonly ip: string;
  readonly port: number;
  readonly namespace: number;
  readonly pid?: number;
  readonly program?: string;
}

export interface Flow {
  readonly id: number;
  readonly atNs: bigint;
  readonly span: SpanId;
  readonly protocol: Protocol;
  readonly from: FlowEnd;
  /** Whom the sender called; where that really was, say the hops. */
  readonly to: { readonly ip: string; readonly port: number };
  outcome: 'open' | 'closed' | 'refused' | 'dropped' | 'unreachable' | 'answered' | 'sent';
  readonly there: readonly Hop[];
  back: readonly Hop[];
  packets: number;
  bytes: number;
}

const MAX_FLOWS = 512;

export class Flows {
  readonly #flows: Flow[] = [];
  readonly #listeners = new Set<(flow: Flow) => void>();
  #next = 0;

  /** Remembers a conversation; the oldest is forgotten when the ring is full. */
  add(flow: Omit<Flow, 'id' | 'packets' | 'bytes' | 'back'> & { readonly back?: readonly Hop[] }): Flow {
    this.#next += 1;
    const added: Flow = { back: [], ...flow, id: this.#next, packets: 1, bytes: 0 };
    this.#flows.push(added);
    if (this.#flows.length > MAX_FLOWS) this.#flows.shift();
    for (const listener of this.#listeners) listener(added);
    return added;
  }

  /** Oldest first. */
  list(): readonly Flow[] {
    return this.#flows;
  }

  /** Tells of each new flow; returns how to stop. */
  watch(listener: (flow: Flow) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
