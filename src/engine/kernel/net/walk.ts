/**
 * A packet's way, from the socket that sends it to the host that takes it: output, interfaces, bridges, forwarding, input. This is
 * the only notion of reachability there is. The walk is a plain function of the links, routes and rules as they are now; what it
 * passed is in its trace, and what an ending means (an error that walks back, or silence) is up to the sockets.
 */
import type { Tracked } from './conntrack.ts';
import { carry, routedSitter } from './frames.ts';
import { type Passage, passHook } from './hooks.ts';
import type { NetHost } from './host.ts';
import { familyOf, isLoopback } from './ip.ts';
import type { Link } from './link.ts';
import type { NetNamespace } from './namespace.ts';
import { RESOLVE_TIMEOUT_NS, resolve } from './neighbours.ts';
import { inverse, type Packet } from './packet.ts';
import { findWay, type Way, whyNoWay } from './routing.ts';
import { filtersBridged, forwards, routesLocalnet } from './settings.ts';
import { type Ending, ended, LATENCY_NS, newTrace, passInterface, type Trace } from './trace.ts';

export interface Delivered {
  readonly kind: 'delivered';
  readonly at: NetNamespace;
  /** The link it came in by. */
  readonly link: Link;
  /** As the receiver sees it. */
  readonly packet: Packet;
  readonly trace: Trace;
}
export interface Lost {
  readonly kind: 'lost';
  readonly ending: Ending;
  /** As the host saw it where its way ended. */
  readonly packet: Packet;
  readonly tracked: Tracked | undefined;
  readonly trace: Trace;
}
export type Outcome = Delivered | Lost;

const MAX_HOSTS = 72;

/** Where the packet is: at a host's input, or ready to leave it. */
type Stage =
  | { readonly kind: 'in'; readonly link: Link; readonly packet: Packet; readonly tracked: Passage['tracked'] }
  | { readonly kind: 'out'; readonly passage: Passage; readonly way: Way };

type Step = Stage | Outcome;

export interface SendOptions {
  /** Only by this link. */
  readonly device?: string | undefined;
  /** The connection that it belongs to, where the host knows without looking: an answer to a packet that it stopped. */
  readonly tracked?: Tracked | undefined;
}

/** Sends a packet from a socket of `namespace`. */
export function send(host: NetHost, namespace: NetNamespace, packet: Packet, { device, tracked }: SendOptions = {}): Outcome {
  const trace = newTrace();
  trace.latencyNs += LATENCY_NS.stack;
  const passage: Passage = { namespace, trace, packet, tracked, input: undefined, output: undefined, mark: 0 };
  let step = output(passage, device);
  for (let hosts = 0; hosts < MAX_HOSTS; hosts += 1) {
    switch (step.kind) {
      case 'in':
        step = input(step, trace);
        break;
      case 'out':
        step = leave(host, step);
        break;
      default:
        return step;
    }
  }
  return lost(passage, ended(trace, { reason: 'loop', at: namespace }));
}

const lost = (passage: Passage, ending: Ending): Lost => ({
  kind: 'lost',
  ending,
  packet: passage.packet,
  tracked: passage.tracked,
  trace: passage.trace,
});

/** No route, or one that refuses. */
function nowhere(passage: Passage, device?: string): Lost {
  const { namespace, trace, packet } = passage;
  const { error } = whyNoWay(namespace, packet.tuple.destination, device);
  return lost(passage, ended(trace, { reason: 'no-route', at: namespace, ...(error !== undefined && { error }) }));
}

/** A packet of our own: routed, filtered, and routed again if its destination was rewritten. */
function output(passage: Passage, device: string | undefined): Step {
  const { namespace } = passage;
  const first = findWay(namespace, passage.packet.tuple.destination, device);
  if (first === undefined) return nowhere(passage, device);
  const before = passage.packet.tuple.destination;
  passage.output = first.link;
  const stopped = passHook(passage, 'OUTPUT');
  if (stopped !== undefined) return lost(passage, stopped);
  const { destination } = passage.packet.tuple;
  const way = destination === before ? first : findWay(namespace, destination);
  return way === undefined ? nowhere(passage) : { kind: 'out', passage, way };
}

/** Behind the routing decision: POSTROUTING, the neighbour's MAC, and out by the link. */
function leave(host: NetHost, { passage, way }: Extract<Stage, { kind: 'out' }>): Step {
  const { namespace, trace } = passage;
  passage.output = way.link;
  noteRoute(passage, way);
  const stopped = passHook(passage, 'POSTROUTING');
  if (stopped !== undefined) return lost(passage, stopped);
  if (way.link.isRouted && way.link.parent !== null) return leaveRouted(passage, way.link, way.link.parent);
  const destination = way.isLocal ? way.link.mac : neighbour(host, trace, way);
  if (destination === undefined) {
    return lost(passage, ended(trace, { reason: 'no-neighbour', at: namespace, error: 'unreachable-host', delayNs: RESOLVE_TIMEOUT_NS }));
  }
  const arrived = carry(way.link, {
    frame: { source: way.link.mac, destination },
    destination: passage.packet.tuple.destination,
    trace,
    bridged: (bridge) => bridgedPacket(passage, bridge),
  });
  if ('reason' in arrived) return lost(passage, arrived);
  return { kind: 'in', link: arrived, packet: passage.packet, tracked: way.isLocal ? passage.tracked : undefined };
}

/** Out of an ipvlan of layer 3: to another one on the same parent, or from the parent's host, by its routes, as if it had sent it. */
function leaveRouted(passage: Passage, link: Link, parent: Link): Step {
  const { packet, trace } = passage;
  passInterface(trace, link, 'out');
  const sibling = routedSitter(parent, packet.tuple.destination);
  if (sibling === undefined) return output({ ...passage, namespace: parent.namespace, tracked: undefined, mark: 0 }, undefined);
  passInterface(trace, sibling, 'in');
  return { kind: 'in', link: sibling, packet, tracked: undefined };
}

function noteRoute({ namespace, trace }: Passage, way: Way): void {
  if (way.route === undefined) return;
  const { destination, via, device } = way.route.info;
  trace.hops.push({ kind: 'route', namespace: namespace.id, destination, device, ...(via !== undefined && { via }) });
}

function neighbour(host: NetHost, trace: Trace, way: Way): string | undefined {
  const mac = resolve(host, way.link, way.nextHop);
  trace.hops.push({
    kind: 'neighbour',
    namespace: way.link.namespace.id,
    ip: way.nextHop,
    device: way.link.name,
    ...(mac !== undefined && { mac }),
  });
  return mac;
}

/** br_netfilter: a frame from port to port shows its packet to the bridge's host as if it were forwarded. */
function bridgedPacket(from: Passage, bridge: Link): Ending | undefined {
  const { namespace } = bridge;
  if (!filtersBridged(namespace, familyOf(from.packet.tuple.destination))) return undefined;
  const passage: Passage = {
    namespace,
    trace: from.trace,
    packet: from.packet,
    tracked: undefined,
    input: bridge,
    output: undefined,
    mark: 0,
  };
  const before = passHook(passage, 'PREROUTING');
  if (before !== undefined) return before;
  passage.output = bridge;
  return passHook(passage, 'FORWARD') ?? passHook(passage, 'POSTROUTING');
}

/** A packet has come in by a link: for us, or to be forwarded. */
function input({ link, packet, tracked }: Extract<Stage, { kind: 'in' }>, trace: Trace): Step {
  const { namespace } = link;
  const passage: Passage = { namespace, trace, packet, tracked, input: link, output: undefined, mark: 0 };
  if (isMartian(link, packet)) return lost(passage, ended(trace, { reason: 'martian', at: namespace }));
  const stopped = passHook(passage, 'PREROUTING');
  if (stopped !== undefined) return lost(passage, stopped);
  const sitter = routedSitter(link, passage.packet.tuple.destination);
  if (sitter !== undefined) return handOn(passage, sitter);
  const way = findWay(namespace, passage.packet.tuple.destination);
  if (way?.isLocal) return take(passage, link);
  return forward(passage, way);
}

/** Mode l3s: the parent's host lets its rules see the packet before an ipvlan has it. */
function handOn(passage: Passage, sitter: Link): Step {
  const stopped = passHook(passage, 'INPUT');
  if (stopped !== undefined) return lost(passage, stopped);
  passInterface(passage.trace, sitter, 'in');
  return { kind: 'in', link: sitter, packet: passage.packet, tracked: undefined };
}

/** Loopback addresses do not travel, unless the link routes them (route_localnet). */
function isMartian(link: Link, { tuple }: Packet): boolean {
  if (link.kind === 'loopback') return false;
  return (isLoopback(tuple.destination) || isLoopback(tuple.source)) && !routesLocalnet(link.namespace, link.name);
}

function take(passage: Passage, link: Link): Step {
  const { destination } = passage.packet.tuple;
  const stopped = passHook(passage, 'INPUT');
  if (stopped !== undefined) return lost(passage, stopped);
  if (passage.packet.tuple.destination !== destination) return sendOn(passage);
  passage.trace.latencyNs += LATENCY_NS.stack;
  return { kind: 'delivered', at: passage.namespace, link, packet: passage.packet, trace: passage.trace };
}

/** A virtual server gave the packet another destination: it leaves like one of our own. */
function sendOn(passage: Passage): Step {
  const { namespace } = passage;
  const way = findWay(namespace, passage.packet.tuple.destination);
  if (way === undefined) return nowhere(passage);
  passage.output = way.link;
  const stopped = passHook(passage, 'OUTPUT');
  return stopped === undefined ? { kind: 'out', passage, way } : lost(passage, stopped);
}

function forward(passage: Passage, way: Way | undefined): Step {
  const { namespace, trace, packet } = passage;
  if (!forwards(namespace, familyOf(packet.tuple.destination)))
    return lost(passage, ended(trace, { reason: 'not-forwarding', at: namespace }));
  if (way === undefined) return nowhere(passage);
  if (packet.ttl <= 1) return lost(passage, ended(trace, { reason: 'ttl', at: namespace, error: 'time-exceeded' }));
  passage.packet = { ...packet, ttl: packet.ttl - 1 };
  passage.output = way.link;
  const stopped = passHook(passage, 'FORWARD');
  return stopped === undefined ? { kind: 'out', passage, way } : lost(passage, stopped);
}

/** What the host where a packet's way ended sends back to its source; undefined for silence. It may itself be lost. */
export function sendError(host: NetHost, { ending, packet, tracked: stopped }: Lost): Outcome | undefined {
  if (ending.error === undefined || packet.kind === 'error' || packet.kind === 'rst') return undefined;
  const about = packet.tuple;
  const tracked = stopped && answerTo(stopped);
  const sender = stopped?.direction === 'original' ? stopped.connection.original.source : about.source;
  // Who was found says so by the address that was called; others by that of the way back.
  const source = (ending.reason === 'no-socket' ? undefined : addressOf(ending.at, sender)) ?? about.destination;
  if (ending.error === 'tcp-reset') {
    return send(host, ending.at, { tuple: inverse(about), kind: 'rst', ttl: 64, sizeBytes: 40, span: packet.span }, { tracked });
  }
  const protocol = familyOf(about.source) === 'inet' ? 'icmp' : 'icmp6';
  const tuple = { protocol, source, sourcePort: 0, destination: about.source, destinationPort: 0 } as const;
  return send(
    host,
    ending.at,
    { tuple, kind: 'error', ttl: 64, sizeBytes: 56, span: packet.span, error: ending.error, about },
    { tracked },
  );
}

const answerTo = ({ connection, direction }: Tracked): Tracked => ({
  connection,
  direction: direction === 'original' ? 'reply' : 'original',
  state: 'RELATED',
});

function addressOf(namespace: NetNamespace, towards: string): string | undefined {
  const way = findWay(namespace, towards);
  if (way === undefined) return undefined;
  if (way.isLocal) return towards;
  return way.link.addresses.find(({ family }) => family === familyOf(towards))?.ip;
}
