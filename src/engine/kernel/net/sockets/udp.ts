/** Datagram sockets of the internet. Each datagram walks; one that nobody takes comes back as an error to a connected sender. */
import { Errno, type ErrnoCode } from '../../errno.ts';
import type { Stat } from '../../fs/types.ts';
import { AGAIN, type Again, type Readiness } from '../../open-file.ts';
import { WaitQueue } from '../../wait-queue.ts';
import type { Flow } from '../flows.ts';
import { isWildcard, wildcardOf } from '../ip.ts';
import { HEADER_BYTES, type Packet, type Tuple } from '../packet.ts';
import { count } from '../trace.ts';
import type { DatagramError, SocketAddress, SocketInfo } from '../types.ts';
import { type Delivered, type Lost, type Outcome, send, sendError } from '../walk.ts';
import {
  addressOf,
  claim,
  concrete,
  endpointOf,
  freePort,
  type NetCore,
  type Owner,
  type SocketFile,
  socketStat,
  sourceTowards,
} from './socket.ts';
import type { Endpoint, InetSocket } from './table.ts';

const MAX_QUEUED_BYTES = 212_992;
const MAX_DATAGRAM_BYTES = 65_507;

export interface Datagram {
  readonly bytes: Uint8Array;
  readonly from: SocketAddress;
}

export class UdpSocket implements SocketFile, InetSocket {
  readonly kind = 'socket';
  readonly protocol = 'udp';
  readonly isListening = false;
  readonly changed = new WaitQueue();
  readonly family: 'inet' | 'inet6';
  readonly inode: number;
  readonly name: string;
  readonly owner: Owner;
  v6only = false;
  ttl = 64;
  /** Errors are queued for `takeErrors`, with who sent them (IP_RECVERR). */
  queuesErrors = false;
  localIp: string;
  localPort = 0;
  peerIp: string | undefined;
  peerPort = 0;
  readonly #core: NetCore;
  readonly #received: Datagram[] = [];
  #queuedBytes = 0;
  #error: ErrnoCode | undefined;
  #errors: DatagramError[] = [];
  #isShut = false;
  #isClosed = false;
  #flow: { readonly key: string; readonly flow: Flow } | undefined;

  constructor(core: NetCore, { family, owner }: { family: 'inet' | 'inet6'; owner: Owner }) {
    this.#core = core;
    this.family = family;
    this.owner = owner;
    this.localIp = wildcardOf(family);
    this.inode = core.nextInode();
    this.name = `socket:[${this.inode}]`;
  }

  bind(address: SocketAddress): void {
    if (this.localPort !== 0) throw new Errno('EINVAL');
    const place = { protocol: this.protocol, family: this.family, v6only: this.v6only } as const;
    const { ip, port } = claim(this.#core, this.owner, { ...place, ...endpointOf(address, this.family) });
    this.localIp = ip;
    this.localPort = port;
    this.owner.namespace.sockets.bind(this);
  }

  accept(): SocketFile | Again {
    throw new Errno('EOPNOTSUPP');
  }

  /** Sets whom `write` sends to, and from whom alone datagrams are taken. */
  connect(address: SocketAddress): void {
    const peer = concrete(endpointOf(address, this.family));
    const source = sourceTowards(this.owner.namespace, peer.ip, this.localIp);
    this.#bindAnywhere();
    this.localIp = source;
    this.peerIp = peer.ip;
    this.peerPort = peer.port;
    this.owner.namespace.sockets.connect(this, this.#local(), peer);
  }

  #bindAnywhere(): void {
    if (this.localPort !== 0) return;
    const { sockets } = this.owner.namespace;
    const place = { protocol: this.protocol, family: this.family, v6only: this.v6only, ip: this.localIp } as const;
    this.localPort = freePort(this.#core, this.owner.namespace, (port) => sockets.isFree({ ...place, port }));
    sockets.bind(this);
  }

  #local(): Endpoint {
    return { ip: this.localIp, port: this.localPort };
  }

  sendTo(bytes: Uint8Array, to: SocketAddress): void {
    this.#mustBeFine();
    if (bytes.length > MAX_DATAGRAM_BYTES) throw new Errno('EMSGSIZE');
    this.#send(bytes, concrete(endpointOf(to, this.family)));
  }

  write(bytes: Uint8Array): number {
    this.#mustBeFine();
    if (this.peerIp === undefined) throw new Errno('EDESTADDRREQ');
    this.#send(bytes, { ip: this.peerIp, port: this.peerPort });
    return bytes.length;
  }

  #send(bytes: Uint8Array, to: Endpoint): void {
    const { namespace } = this.owner;
    const source = sourceTowards(namespace, to.ip, this.localIp);
    this.#bindAnywhere();
    const tuple: Tuple = { protocol: 'udp', source, sourcePort: this.localPort, destination: to.ip, destinationPort: to.port };
    const packet: Packet = {
      tuple,
      kind: 'datagram',
      ttl: this.ttl,
      sizeBytes: HEADER_BYTES.udp + bytes.length,
      span: this.#core.host.span(),
    };
    const sent = send(this.#core.host, namespace, packet);
    count(sent.trace, packet.sizeBytes);
    const receiver = sent.kind === 'delivered' ? receiverOf(sent) : undefined;
    const error = receiver === undefined ? this.#errorOf(sent) : undefined;
    this.#note(sent, { tuple, receiver, error });
    if (this.queuesErrors && error?.kind === 'delivered' && error.at === namespace) this.#queueError(sent, error, tuple);
    if (receiver !== undefined && sent.kind === 'delivered') receiver.#take(bytes, sent.packet.tuple);
    else if (isStoppedHere(sent, namespace)) throw new Errno('EPERM');
    else this.#learn(error);
  }

  #errorOf(sent: Outcome): Outcome | undefined {
    const lost: Lost = sent.kind === 'lost' ? sent : unanswered(sent);
    return sendError(this.#core.host, lost);
  }

  #queueError(sent: Outcome, { packet, trace }: Delivered, { destination, destinationPort }: Tuple): void {
    const waitedNs = sent.kind === 'lost' ? (sent.ending.delayNs ?? 0) : 0;
    const { source: from } = packet.tuple;
    const kind = packet.error ?? 'unreachable-host';
    this.#core.host.after(sent.trace.latencyNs + trace.latencyNs + waitedNs, () => {
      this.#errors.push({ from, kind, to: destination, port: destinationPort });
      this.changed.wake();
    });
  }

  /** What came back for datagrams since the last call. */
  takeErrors(): readonly DatagramError[] {
    const errors = this.#errors;
    this.#errors = [];
    return errors;
  }

  /** Errors reach a connected socket only (udp(7)). */
  #learn(error: Outcome | undefined): void {
    if (error?.kind !== 'delivered' || error.at !== this.owner.namespace || this.peerIp === undefined) return;
    this.#error = error.packet.error === 'unreachable-port' ? 'ECONNREFUSED' : 'EHOSTUNREACH';
    this.changed.wake();
  }

  #take(bytes: Uint8Array, { source, sourcePort }: Tuple): void {
    if (this.#isClosed || this.#queuedBytes + bytes.length > MAX_QUEUED_BYTES) return;
    this.#received.push({ bytes: bytes.slice(), from: addressOf({ ip: source, port: sourcePort }, this.family) });
    this.#queuedBytes += bytes.length;
    this.changed.wake();
  }

  #note(sent: Outcome, { tuple, receiver, error }: { tuple: Tuple; receiver: UdpSocket | undefined; error: Outcome | undefined }): void {
    const key = `${tuple.destination} ${tuple.destinationPort}`;
    if (this.#flow?.key === key) {
      this.#flow.flow.packets += 1;
      return;
    }
    const { namespace, binding } = this.owner;
    const from = { namespace: namespace.id, pid: binding.pid(), program: binding.program() };
    const taker = receiver?.owner;
    const end = taker && {
      kind: 'process' as const,
      namespace: taker.namespace.id,
      pid: taker.binding.pid(),
      program: taker.binding.program(),
    };
    const flow = this.#core.flows.add({
      atNs: this.#core.host.nowNs(),
      span: this.#core.host.span(),
      protocol: 'udp',
      from: { ip: tuple.source, port: tuple.sourcePort, ...from },
      to: { ip: tuple.destination, port: tuple.destinationPort },
      outcome: receiver !== undefined ? 'sent' : error === undefined ? 'dropped' : 'refused',
      there: [{ kind: 'process', ...from }, ...sent.trace.hops, ...(end ? [end] : [])],
      back: error?.trace.hops ?? [],
    });
    this.#flow = { key, flow };
  }

  #mustBeFine(): void {
    const code = this.#error;
    this.#error = undefined;
    if (code !== undefined) throw new Errno(code);
  }

  /** Null if nothing has come. */
  receive(): Datagram | null {
    this.#mustBeFine();
    const first = this.#received.shift();
    if (first === undefined) return null;
    this.#queuedBytes -= first.bytes.length;
    return first;
  }

  read(maxBytes: number): Uint8Array | Again {
    const first = this.receive();
    if (first !== null) return first.bytes.subarray(0, maxBytes);
    return this.#isShut ? new Uint8Array(0) : AGAIN;
  }

  shutdown(how: 'read' | 'write' | 'both'): void {
    if (this.peerIp === undefined) throw new Errno('ENOTCONN');
    this.#isShut ||= how !== 'write';
    this.changed.wake();
  }

  close(): void {
    this.#isClosed = true;
    this.owner.namespace.sockets.unbind(this);
    if (this.peerIp !== undefined) this.owner.namespace.sockets.disconnect(this, this.#local(), { ip: this.peerIp, port: this.peerPort });
  }

  local(): SocketAddress {
    return addressOf(this.#local(), this.family);
  }

  peer(): SocketAddress {
    if (this.peerIp === undefined) throw new Errno('ENOTCONN');
    return addressOf({ ip: this.peerIp, port: this.peerPort }, this.family);
  }

  poll(): Readiness {
    return {
      readable: this.#received.length > 0 || this.#error !== undefined || this.#errors.length > 0 || this.#isShut,
      writable: true,
      hangup: false,
    };
  }

  stat(): Stat {
    return socketStat(this.inode, this.owner, this.#core.host.nowNs());
  }

  info(): SocketInfo {
    const { binding } = this.owner;
    return {
      family: this.family,
      type: 'dgram',
      state: this.peerIp === undefined ? 'UNCONN' : 'ESTAB',
      local: this.local(),
      pid: binding.pid(),
      program: binding.program(),
      inode: this.inode,
      queued: this.#queuedBytes,
      unsent: 0,
      ...(this.peerIp !== undefined && { peer: this.peer() }),
      ...(this.family === 'inet6' && isWildcard(this.localIp) && { dual: !this.v6only }),
    };
  }
}

function receiverOf({ at, packet: { tuple } }: Delivered): UdpSocket | undefined {
  const local = { ip: tuple.destination, port: tuple.destinationPort };
  const found = at.sockets.receiver('udp', local, { ip: tuple.source, port: tuple.sourcePort });
  return found instanceof UdpSocket ? found : undefined;
}

/** A datagram that arrived where nobody listens. */
const unanswered = ({ at, packet, trace }: Delivered): Lost => ({
  kind: 'lost',
  packet,
  trace,
  tracked: undefined,
  ending: { reason: 'no-socket', at, error: 'unreachable-port' },
});

/** A rule of the sender's own host said no before the packet left: the call fails. */
const isStoppedHere = (sent: Outcome, namespace: Owner['namespace']): boolean =>
  sent.kind === 'lost' &&
  sent.ending.reason === 'dropped-by-rule' &&
  sent.ending.at === namespace &&
  !sent.trace.hops.some(({ kind }) => kind === 'interface');
