/**
 * Frames between interfaces: cables, veth pairs, bridges, macvlans. `carry` follows a frame to the interface whose MAC it bears;
 * `reachedBy` says who hears a broadcast, which is how an address is resolved.
 */
import type { Link } from './link.ts';
import { type Ending, ended, LATENCY_NS, passInterface, type Trace } from './trace.ts';

const MAX_HOPS = 64;

/** All interfaces that hear a broadcast sent out of `link`, each once. */
export function reachedBy(link: Link): readonly Link[] {
  const heard = new Set<Link>();
  spread(link, { heard, passed: new Set() });
  return [...heard];
}

interface Spreading {
  readonly heard: Set<Link>;
  readonly passed: Set<Link>;
}

function spread(link: Link, spreading: Spreading): void {
  if (!link.up || spreading.passed.has(link)) return;
  spreading.passed.add(link);
  if (link.kind === 'loopback') spreading.heard.add(link);
  if (link.kind === 'bridge') for (const port of link.ports) spread(port, spreading);
  if (sitsBeside(link) && link.parent !== null) {
    for (const sibling of siblingsOf(link, link.parent)) spreading.heard.add(sibling);
    spread(link.parent, spreading);
  }
  if (link.peer !== null) arrive(link.peer, spreading);
  if (link.tunnel !== null) {
    spreading.heard.add(link);
    for (const end of link.tunnel.flooded(link)) arrive(end, spreading);
  }
}

function arrive(link: Link, spreading: Spreading): void {
  if (!link.up) return;
  for (const child of sittersOn(link)) if (child.up) spreading.heard.add(child);
  if (link.master === null) {
    spreading.heard.add(link);
    return;
  }
  if (!link.master.up) return;
  spreading.passed.add(link);
  spreading.heard.add(link.master);
  spread(link.master, spreading);
}

/** Macvlans and ipvlans hear what comes in on the interface they share; a VLAN hears only frames with its tag, which nobody here sends. */
const sitsBeside = ({ kind, isRouted }: Link): boolean => kind === 'macvlan' || (kind === 'ipvlan' && !isRouted);

/** Those that share a link, in whatever namespaces they are. */
const sittersOn = (parent: Link): readonly Link[] => parent.sitters.filter(sitsBeside);

/** Whom a link reaches beside it: macvlans talk to each other in bridge mode alone. */
const siblingsOf = (link: Link, parent: Link): readonly Link[] =>
  sittersOn(parent).filter(
    (other) => other !== link && other.up && (link.kind !== 'macvlan' || (link.mode === 'bridge' && other.mode === 'bridge')),
  );

/** A macvlan has a MAC of its own; ipvlans have their parent's, and are told apart by the address in the packet. */
const takes = (sitter: Link, { frame, destination }: Transit): boolean =>
  sitter.up && sitter.mac === frame.destination && (sitter.kind !== 'ipvlan' || hasAddress(sitter, destination));

const hasAddress = ({ addresses }: Link, destination: string): boolean => addresses.some(({ ip }) => ip === destination);

/** The ipvlan of layer 3 on `parent` that an address belongs to. */
export const routedSitter = (parent: Link, destination: string): Link | undefined =>
  parent.sitters.find((one) => one.isRouted && one.up && hasAddress(one, destination));

export function sitOn(parent: Link, child: Link): void {
  child.parent = parent;
  parent.sitters = [...parent.sitters, child];
}

export function getOff(child: Link): void {
  if (child.parent !== null) child.parent.sitters = child.parent.sitters.filter((other) => other !== child);
  child.parent = null;
}

export interface Frame {
  readonly source: string;
  readonly destination: string;
}

export interface Transit {
  readonly frame: Frame;
  /** Of the packet inside. */
  readonly destination: string;
  readonly trace: Trace;
  /** A frame passes a bridge from port to port: br_netfilter shows it to the rules of IP. An ending, if they stop it. */
  bridged(bridge: Link): Ending | undefined;
}

/** Sends a frame out of `link` and follows it to the interface that takes it. */
export function carry(link: Link, transit: Transit): Link | Ending {
  let step: Step = { link, out: true };
  for (let hops = 0; hops < MAX_HOPS; hops += 1) {
    const next: Step | Link | Ending = step.out ? leave(step.link, transit) : enter(step.link, transit);
    if (!('out' in next)) return next;
    step = next;
  }
  return ended(transit.trace, { reason: 'loop', at: link.namespace });
}

interface Step {
  readonly link: Link;
  readonly out: boolean;
}

const lost = (link: Link, transit: Transit, reason: 'nobody' | 'link-down'): Ending => ended(transit.trace, { reason, at: link.namespace });

/** A frame leaves by `link`. */
function leave(link: Link, transit: Transit): Step | Link | Ending {
  if (!link.up) return lost(link, transit, 'link-down');
  const { trace, frame } = transit;
  passInterface(trace, link, 'out');
  if (link.kind === 'bridge') return throughBridge(link, transit, undefined);
  if (sitsBeside(link)) return leaveBeside(link, transit);
  if (link.kind === 'loopback') {
    passInterface(trace, link, 'in');
    return link;
  }
  if (link.tunnel !== null) {
    const end = link.tunnel.send(link, transit);
    return 'reason' in end ? end : { link: end, out: false };
  }
  if (link.peer === null) return lost(link, transit, 'nobody');
  trace.latencyNs += link.kind === 'ethernet' ? LATENCY_NS.cable : LATENCY_NS.veth;
  return link.peer.up ? { link: link.peer, out: false } : lost(link.peer, { ...transit, frame }, 'link-down');
}

function leaveBeside(link: Link, transit: Transit): Step | Link | Ending {
  if (link.parent === null) return lost(link, transit, 'nobody');
  const sibling = siblingsOf(link, link.parent).find((other) => takes(other, transit));
  if (sibling === undefined) return { link: link.parent, out: true };
  passInterface(transit.trace, sibling, 'in');
  return sibling;
}

/** A frame comes in at `link`. */
function enter(link: Link, transit: Transit): Step | Link | Ending {
  const { trace, frame } = transit;
  passInterface(trace, link, 'in');
  const child = link.sitters.find((one) => one.mode !== 'l3s' && takes(one, transit));
  if (child !== undefined) {
    passInterface(trace, child, 'in');
    return child;
  }
  if (link.master !== null) return enterBridge(link.master, transit, link);
  return frame.destination === link.mac ? link : lost(link, transit, 'nobody');
}

function enterBridge(bridge: Link, transit: Transit, port: Link): Step | Link | Ending {
  if (!bridge.up) return lost(bridge, transit, 'link-down');
  bridge.learned.set(transit.frame.source, port);
  const isOurs = transit.frame.destination === bridge.mac || bridge.ports.some((own) => own.mac === transit.frame.destination);
  if (!isOurs) return throughBridge(bridge, transit, port);
  passInterface(transit.trace, bridge, 'in');
  return bridge;
}

const leadsTo = (port: Link, destination: string): boolean =>
  port.tunnel?.leadsTo(destination) === true || reachedBy(port).some(({ mac }) => mac === destination);

function throughBridge(bridge: Link, transit: Transit, from: Link | undefined): Step | Ending {
  const { frame, trace } = transit;
  const learned = bridge.learned.get(frame.destination);
  const isKnown = learned !== undefined && learned.master === bridge && learned.up && learned !== from;
  const port = isKnown ? learned : bridge.ports.find((other) => other !== from && other.up && leadsTo(other, frame.destination));
  if (port === undefined) return lost(bridge, transit, 'nobody');
  trace.latencyNs += LATENCY_NS.bridge;
  trace.hops.push({ kind: 'bridge', namespace: bridge.namespace.id, name: bridge.name, port: port.name, flooded: !isKnown });
  const stopped = from === undefined ? undefined : transit.bridged(bridge);
  return stopped ?? { link: port, out: true };
}
