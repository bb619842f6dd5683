/** How a TCP connection begins: a SYN walks to a listener, the answer walks back; or an error does, or nothing. */
import type { ErrnoCode } from '../../errno.ts';
import type { Flow } from '../flows.ts';
import type { NetNamespace } from '../namespace.ts';
import { HEADER_BYTES, type IcmpError, inverse, type Packet } from '../packet.ts';
import { count, type Trace } from '../trace.ts';
import { type Delivered, type Lost, type Outcome, send, sendError } from '../walk.ts';
import type { NetCore, Owner } from './socket.ts';
import type { InetSocket } from './table.ts';

const ERRORS: Readonly<Record<IcmpError, ErrnoCode>> = {
  'unreachable-port': 'ECONNREFUSED',
  'unreachable-host': 'EHOSTUNREACH',
  'unreachable-net': 'ENETUNREACH',
  prohibited: 'EHOSTUNREACH',
  'time-exceeded': 'EHOSTUNREACH',
};

/** tcp_syn_retries: how often a SYN that nobody answered is sent again. */
export const SYN_RETRIES = 6;
const FIRST_RETRY_NS = 1_000_000_000;
/** How long the answer to a SYN is waited for that was sent so many times before: a second, then two, then four. */
export const synRetryNs = (tries: number): number => FIRST_RETRY_NS * 2 ** tries;

/** A listener as somebody who knocks sees it. */
export interface Listener extends InetSocket {
  readonly owner: Owner;
  readonly isFull: boolean;
}

export interface Reply {
  /** When the caller knows. */
  readonly delayNs: number;
  readonly back: Trace;
  /** Who accepted, or else why not. */
  readonly listener: Listener | undefined;
  readonly code: ErrnoCode;
  readonly outcome: Flow['outcome'];
}

export interface Handshake {
  readonly sent: Outcome;
  readonly reply: Reply | undefined;
}

/** Sends one SYN. No reply: it was dropped, or its answer was, or the listener has no room. */
export function shakeHands(
  core: NetCore,
  from: NetNamespace,
  { syn, findListener }: { syn: Packet; findListener: (at: Delivered) => Listener | undefined },
): Handshake {
  const sent = send(core.host, from, syn);
  count(sent.trace, HEADER_BYTES.tcp);
  return {
    sent,
    reply: sent.kind === 'delivered' ? answered(core, from, { sent, listener: findListener(sent) }) : refused(core, from, sent),
  };
}

function answered(
  core: NetCore,
  from: NetNamespace,
  { sent, listener }: { sent: Delivered; listener: Listener | undefined },
): Reply | undefined {
  if (listener?.isFull) return undefined;
  const kind = listener === undefined ? 'rst' : 'syn-ack';
  const back = send(core.host, sent.at, {
    tuple: inverse(sent.packet.tuple),
    kind,
    ttl: 64,
    sizeBytes: HEADER_BYTES.tcp,
    span: sent.packet.span,
  });
  count(back.trace, HEADER_BYTES.tcp);
  if (back.kind !== 'delivered' || back.at !== from) return undefined;
  const delayNs = sent.trace.latencyNs + back.trace.latencyNs;
  return { delayNs, back: back.trace, listener, code: 'ECONNREFUSED', outcome: listener === undefined ? 'refused' : 'open' };
}

function refused(core: NetCore, from: NetNamespace, sent: Lost): Reply | undefined {
  const error = sendError(core.host, sent);
  if (error?.kind !== 'delivered' || error.at !== from) return undefined;
  const code = error.packet.error === undefined ? 'ECONNREFUSED' : ERRORS[error.packet.error];
  const delayNs = (sent.ending.delayNs ?? 0) + sent.trace.latencyNs + error.trace.latencyNs;
  return { delayNs, back: error.trace, listener: undefined, code, outcome: code === 'ECONNREFUSED' ? 'refused' : 'unreachable' };
}

/** Remembers how the connection began. */
export function noteConnection(
  core: NetCore,
  { namespace, binding }: Owner,
  { syn, handshake: { sent, reply } }: { syn: Packet; handshake: Handshake },
): Flow {
  const from = { namespace: namespace.id, pid: binding.pid(), program: binding.program() };
  const { source, sourcePort, destination, destinationPort } = syn.tuple;
  return core.flows.add({
    atNs: core.host.nowNs(),
    span: syn.span,
    protocol: 'tcp',
    from: { ip: source, port: sourcePort, ...from },
    to: { ip: destination, port: destinationPort },
    outcome: reply?.outcome ?? 'dropped',
    there: [{ kind: 'process', ...from }, ...sent.trace.hops, ...endHops(sent, reply)],
    back: reply?.back.hops ?? [],
  });
}

function endHops(sent: Outcome, reply: Reply | undefined): Flow['there'] {
  if (sent.kind === 'lost') return [];
  const namespace = sent.at.id;
  const listener = reply?.listener;
  if (listener === undefined) return [{ kind: 'end', namespace, reason: reply === undefined ? 'backlog-full' : 'no-socket' }];
  const { binding } = listener.owner;
  return [
    { kind: 'end', namespace, reason: 'delivered' },
    { kind: 'process', namespace, pid: binding.pid(), program: binding.program() },
  ];
}
