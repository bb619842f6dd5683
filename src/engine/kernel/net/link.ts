/** A network interface: what `ip link` lists. Its class owns what changes: state, counters, addresses, who it is plugged into. */
import type { SpanId } from '../sys.ts';
import type { NetNamespace } from './namespace.ts';
import type { BridgePort } from './port-state.ts';
import type { Tunnel } from './tunnel.ts';
import type { AddressInfo, LinkInfo } from './types.ts';

export type LinkKind = LinkInfo['kind'];

export interface Counter {
  packets: number;
  bytes: number;
}

export interface LinkSpec {
  readonly index: number;
  readonly name: string;
  readonly kind: LinkKind;
  readonly mac: string;
  readonly mtu: number;
  readonly namespace: NetNamespace;
  readonly span: SpanId;
}

export const USUAL_QUEUE = 1000;

export class Link {
  index: number;
  readonly kind: LinkKind;
  /** Which act made it. */
  readonly span: SpanId;
  name: string;
  mac: string;
  mtu: number;
  /** How many packets may wait to be sent; 0: none. */
  queueLength = 0;
  namespace: NetNamespace;
  up = false;
  /** The other end of a veth pair or of a cable. */
  peer: Link | null = null;
  /** The bridge that it is a port of. */
  master: Link | null = null;
  /** Which of its ports it is, as the kernel's log has said. */
  port: BridgePort | undefined;
  /** What a macvlan, an ipvlan or a VLAN sits on. */
  parent: Link | null = null;
  /** How it shares that: `bridge` of a macvlan, `l2` of an ipvlan. */
  mode: string | undefined;
  /** How its frames travel to other hosts. */
  tunnel: Tunnel | null = null;
  /** Those that sit on it. */
  sitters: readonly Link[] = [];
  /** A bridge's own MAC follows its ports' unless it was set. */
  macWasSet = false;
  addresses: AddressInfo[] = [];
  /** A bridge's forwarding table: which port a MAC was last seen at. */
  readonly learned = new Map<string, Link>();
  readonly received: Counter = { packets: 0, bytes: 0 };
  readonly sent: Counter = { packets: 0, bytes: 0 };

  constructor(spec: LinkSpec) {
    this.index = spec.index;
    this.name = spec.name;
    this.kind = spec.kind;
    this.mac = spec.mac;
    this.mtu = spec.mtu;
    this.namespace = spec.namespace;
    this.span = spec.span;
    if (spec.kind === 'loopback' || spec.kind === 'ethernet') this.queueLength = USUAL_QUEUE;
  }

  /** An ipvlan above the layer of frames: no broadcasts, no neighbours; its parent's host routes for it. */
  get isRouted(): boolean {
    return this.kind === 'ipvlan' && (this.mode === 'l3' || this.mode === 'l3s');
  }

  get ports(): readonly Link[] {
    return this.namespace.links().filter((link) => link.master === this);
  }

  /** Whether anybody is at the other end. */
  get carrier(): boolean {
    if (!this.up) return false;
    switch (this.kind) {
      case 'loopback':
      case 'dummy':
      case 'vxlan':
        return true;
      case 'veth':
      case 'ethernet':
        return this.peer?.up === true;
      case 'bridge':
        return this.ports.some((port) => port.carrier);
      case 'macvlan':
      case 'ipvlan':
      case 'vlan':
        return this.parent?.carrier === true;
      default:
        return false;
    }
  }
}

/** A locally administered unicast address out of six random bytes. */
export function macFrom(bytes: Uint8Array): string {
  const first = ((bytes[0] ?? 0) & 0xfc) | 0x02;
  return [first, ...bytes.slice(1, 6)].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

export const BROADCAST_MAC = 'ff:ff:ff:ff:ff:ff';
