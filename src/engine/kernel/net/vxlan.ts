/**
 * VXLAN (RFC 7348; Linux: drivers/net/vxlan): a link that puts each frame into a UDP packet for the host behind which its MAC is, and
 * takes out of such packets what has its own network identifier (VNI). The packets walk as any others do, through the routes and rules of
 * both hosts; what stops them, stops the frame. A module: loaded by whoever makes the first one.
 */
import type { Transit } from './frames.ts';
import type { NetHost } from './host.ts';
import { familyOf } from './ip.ts';
import type { Counter, Link } from './link.ts';
import type { NetNamespace } from './namespace.ts';
import type { Packet } from './packet.ts';
import { findWay, sourceFor } from './routing.ts';
import { type Ending, ended, type Trace } from './trace.ts';
import type { Tunnel } from './tunnel.ts';
import type { LinkModule, TunnelInfo } from './types.ts';
import { type Outcome, send } from './walk.ts';

export const VXLAN_PORT = 4789;
/** What a frame costs more: its own header, VXLAN's, UDP's and IP's. */
const OVERHEAD_BYTES = 50;
const FIRST_SOURCE_PORT = 32_768;
const SOURCE_PORTS = 28_232;
/** To whom goes what is for everybody. */
const EVERYBODY = '00:00:00:00:00:00';

export const vxlan = (info: TunnelInfo): LinkModule => ({
  kind: 'vxlan',
  create: (host, underlay) => new Vxlan(host, underlay, info),
});

class Vxlan implements Tunnel {
  readonly info: TunnelInfo;
  readonly #host: NetHost;
  readonly underlay: NetNamespace;
  readonly #hosts = new Map<string, string>();

  constructor(host: NetHost, underlay: NetNamespace, info: TunnelInfo) {
    this.#host = host;
    this.underlay = underlay;
    this.info = info;
  }

  open(link: Link): void {
    this.underlay.tunnels.add(link);
  }

  close(link: Link): void {
    this.underlay.tunnels.delete(link);
  }

  entries(): readonly { readonly mac: string; readonly to: string }[] {
    return [...this.#hosts].map(([mac, to]) => ({ mac, to }));
  }

  set(mac: string, to: string | undefined): void {
    if (to === undefined) this.#hosts.delete(mac);
    else this.#hosts.set(mac, to);
  }

  leadsTo(mac: string): boolean {
    return this.#hosts.has(mac) || this.#hosts.has(EVERYBODY);
  }

  send(link: Link, { frame, trace }: Transit): Link | Ending {
    const to = this.#hosts.get(frame.destination) ?? this.#hosts.get(EVERYBODY);
    if (to === undefined) return ended(trace, { reason: 'nobody', at: link.namespace });
    const outer = this.#wrapped(to, `${frame.source} ${frame.destination}`);
    if (outer === undefined) return ended(trace, { reason: 'no-route', at: link.namespace });
    const outcome = send(this.#host, this.underlay, outer);
    join(trace, outcome.trace);
    if (outcome.kind === 'lost') return ended(trace, { reason: outcome.ending.reason, at: link.namespace });
    return this.#endAt(outcome) ?? ended(trace, { reason: 'no-socket', at: outcome.at });
  }

  flooded(): readonly Link[] {
    const to = this.#hosts.get(EVERYBODY);
    const outer = to === undefined ? undefined : this.#wrapped(to, EVERYBODY);
    const outcome = outer && send(this.#host, this.underlay, outer);
    const end = outcome?.kind === 'delivered' ? this.#endAt(outcome) : undefined;
    return end ? [end] : [];
  }

  /** Each flow has a source port of its own, so that hosts on the way can tell flows apart. */
  #wrapped(to: string, flow: string): Packet | undefined {
    const way = findWay(this.underlay, to);
    const source = way && sourceFor(this.underlay, way, to);
    if (source === undefined || familyOf(source) !== familyOf(to)) return undefined;
    const sourcePort = FIRST_SOURCE_PORT + (hash(flow) % SOURCE_PORTS);
    return {
      tuple: { protocol: 'udp', source, sourcePort, destination: to, destinationPort: this.info.port },
      kind: 'datagram',
      ttl: 64,
      sizeBytes: OVERHEAD_BYTES,
      span: this.#host.span(),
    };
  }

  /** The link there that such packets are for. */
  #endAt({ at, packet }: Extract<Outcome, { kind: 'delivered' }>): Link | undefined {
    const isMeant = ({ up, tunnel }: Link): boolean =>
      up && tunnel?.info.vni === this.info.vni && tunnel.info.port === packet.tuple.destinationPort;
    return [...at.tunnels].find(isMeant);
  }
}

const hash = (text: string): number => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);

/** The way of the packet outside is part of the frame's. What counts there counts what was put around it. */
function join(trace: Trace, outer: Trace): void {
  trace.hops.push(...outer.hops);
  trace.counted.push(...outer.counted.map(withOverhead));
  trace.countedOnce.push(...outer.countedOnce.map(withOverhead));
  trace.latencyNs += outer.latencyNs;
}

const withOverhead = (counter: Counter): Counter => ({
  get packets() {
    return counter.packets;
  },
  set packets(count) {
    counter.bytes += OVERHEAD_BYTES * (count - counter.packets);
    counter.packets = count;
  },
  get bytes() {
    return counter.bytes;
  },
  set bytes(count) {
    counter.bytes = count;
  },
});
