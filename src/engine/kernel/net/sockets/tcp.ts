/**
 * Stream sockets of the internet. A connection is made by packets that walk: a SYN that finds a listener, its answer that finds the
 * way back. Later bytes take the way that was found until links, routes or rules change; then the next ones walk again.
 */
import { Errno, type ErrnoCode } from '../../errno.ts';
import type { Stat } from '../../fs/types.ts';
import { AGAIN, type Again, type Readiness } from '../../open-file.ts';
import { WaitQueue } from '../../wait-queue.ts';
import type { Flow } from '../flows.ts';
import { wildcardOf } from '../ip.ts';
import type { Tuple } from '../packet.ts';
import type { Trace } from '../trace.ts';
import type { SocketAddress, SocketInfo } from '../types.ts';
import { type Delivered, send } from '../walk.ts';
import { Backoff } from './backoff.ts';
import { ByteQueue } from './bytes.ts';
import { endsOf, endTowards } from './ends.ts';
import { noteConnection, SYN_RETRIES, shakeHands, synRetryNs } from './handshake.ts';
import { countSegments, segment } from './segments.ts';
import { addressOf, claim, concrete, endpointOf, type NetCore, type Owner, type SocketFile, socketStat } from './socket.ts';
import type { Endpoint, InetSocket } from './table.ts';
import { tcpInfo } from './tcp-info.ts';

const WINDOW_BYTES = 256 * 1024;
const UNSENT_BYTES = 64 * 1024;

type State = 'closed' | 'listen' | 'connecting' | 'established';

export class TcpSocket implements SocketFile, InetSocket {
  readonly kind = 'socket';
  readonly protocol = 'tcp';
  readonly changed = new WaitQueue();
  readonly family: 'inet' | 'inet6';
  readonly inode: number;
  readonly name: string;
  owner: Owner;
  v6only = false;
  localIp: string;
  localPort = 0;
  peerIp: string | undefined;
  peerPort = 0;
  readonly #core: NetCore;
  #state: State = 'closed';
  #isBound = false;
  #error: ErrnoCode | undefined;
  /** connect(2) has told its caller how it went. */
  #toldConnected = false;
  #backlog = 0;
  readonly #waiting: TcpSocket[] = [];
  #arriving = 0;
  readonly #received = new ByteQueue();
  readonly #unsent = new ByteQueue();
  readonly #backoff: Backoff;
  #finWanted = false;
  #finSent = false;
  #finReceived = false;
  #readShut = false;
  #isClosed = false;
  #way: { readonly generation: number; readonly peer: TcpSocket; readonly trace: Trace } | undefined;
  /** Who sent what lies here: it waits for room. */
  #sender: TcpSocket | undefined;
  #flow: Flow | undefined;

  constructor(core: NetCore, { family, owner }: { family: 'inet' | 'inet6'; owner: Owner }) {
    this.#core = core;
    this.#backoff = new Backoff(core.host);
    this.family = family;
    this.owner = owner;
    this.localIp = wildcardOf(family);
    this.inode = core.nextInode();
    this.name = `socket:[${this.inode}]`;
  }

  get isListening(): boolean {
    return this.#state === 'listen';
  }

  get isFull(): boolean {
    return this.#waiting.length + this.#arriving > this.#backlog;
  }

  bind(address: SocketAddress): void {
    if (this.#isBound || this.#state !== 'closed') throw new Errno('EINVAL');
    const { ip, port } = claim(this.#core, this.owner, { ...this.#place(), ...endpointOf(address, this.family) });
    this.localIp = ip;
    this.localPort = port;
    this.#isBound = true;
    this.owner.namespace.sockets.bind(this);
  }

  #place(): { protocol: 'tcp'; family: 'inet' | 'inet6'; v6only: boolean } {
    return { protocol: this.protocol, family: this.family, v6only: this.v6only };
  }

  listen(backlog: number): void {
    if (this.#state !== 'closed' && this.#state !== 'listen') throw new Errno('EINVAL');
    if (!this.#isBound) this.bind(addressOf({ ip: this.localIp, port: 0 }, this.family));
    this.#backlog = Math.max(0, Math.min(backlog, 4096));
    this.#state = 'listen';
  }

  accept(): TcpSocket | Again {
    if (this.#state !== 'listen') throw new Errno('EINVAL');
    return this.#waiting.shift() ?? AGAIN;
  }

  connect(address: SocketAddress): void | Again {
    if (this.#state === 'connecting') return AGAIN;
    if (this.#error !== undefined) throw this.#takeError();
    if (this.#state === 'established') {
      if (this.#toldConnected) throw new Errno('EISCONN');
      this.#toldConnected = true;
      return undefined;
    }
    if (this.isListening) throw new Errno('EISCONN');
    this.#begin(concrete(endpointOf(address, this.family)));
    return AGAIN;
  }

  #begin(peer: Endpoint): void {
    const { namespace } = this.owner;
    const bound = this.#isBound ? this.localIp : undefined;
    const own = endTowards(this.#core, namespace, { peer, place: this.#place(), bound, wantedPort: this.localPort });
    [this.localIp, this.localPort] = [own.ip, own.port];
    [this.peerIp, this.peerPort] = [peer.ip, peer.port];
    this.#state = 'connecting';
    namespace.sockets.connect(this, this.#local(), peer);
    this.#attempt(0);
  }

  #local(): Endpoint {
    return { ip: this.localIp, port: this.localPort };
  }

  #peerEnd(): Endpoint {
    return { ip: this.peerIp ?? '', port: this.peerPort };
  }

  /** Sends a SYN; again after a second, then two, then four. */
  #attempt(tries: number): void {
    if (this.#state !== 'connecting' || this.#isClosed) return;
    const { host } = this.#core;
    const syn = segment(this, 'syn', host.span());
    const findListener = ({ at, packet }: Delivered): TcpSocket | undefined => {
      const found = at.sockets.receiver('tcp', ...endsOf(packet.tuple));
      return found instanceof TcpSocket && found.isListening ? found : undefined;
    };
    const handshake = shakeHands(this.#core, this.owner.namespace, { syn, findListener });
    this.#flow ??= noteConnection(this.#core, this.owner, { syn, handshake });
    const { sent, reply } = handshake;
    if (reply === undefined)
      return host.after(synRetryNs(tries), () => (tries < SYN_RETRIES ? this.#attempt(tries + 1) : this.#fail('ETIMEDOUT')));
    const { listener } = reply;
    if (!(listener instanceof TcpSocket) || sent.kind === 'lost') return host.after(reply.delayNs, () => this.#fail(reply.code));
    listener.#arriving += 1;
    host.after(reply.delayNs, () => this.#establish(listener, sent));
  }

  #establish(listener: TcpSocket, sent: Delivered): void {
    listener.#arriving -= 1;
    if (this.#state !== 'connecting' || this.#isClosed) return;
    if (!listener.isListening) return this.#fail('ECONNREFUSED');
    const child = listener.#child(sent.packet.tuple);
    this.#state = 'established';
    // The third packet is the first that rules see as part of a connection; what follows takes its way.
    if (this.#reach('ack') instanceof TcpSocket) this.#count(0);
    listener.#waiting.push(child);
    listener.changed.wake();
    this.changed.wake();
  }

  /** The server's end of a connection that has just been made. */
  #child(tuple: Tuple): TcpSocket {
    const child = new TcpSocket(this.#core, { family: this.family, owner: this.owner });
    [child.localIp, child.localPort] = [tuple.destination, tuple.destinationPort];
    [child.peerIp, child.peerPort] = [tuple.source, tuple.sourcePort];
    child.#state = 'established';
    child.#toldConnected = true;
    this.owner.namespace.sockets.connect(child, child.#local(), child.#peerEnd());
    return child;
  }

  #fail(code: ErrnoCode): void {
    if (this.#state !== 'connecting' && this.#state !== 'established') return;
    const wasConnecting = this.#state === 'connecting';
    this.#leaveTable();
    this.#error = code;
    this.#state = wasConnecting ? 'closed' : this.#state;
    if (wasConnecting) this.peerIp = undefined;
    if (wasConnecting && !this.#isBound) this.localPort = 0;
    if (this.#flow !== undefined && !wasConnecting) this.#flow.outcome = 'closed';
    this.changed.wake();
  }

  #takeError(): Errno {
    const code = this.#error ?? 'EIO';
    this.#error = undefined;
    return new Errno(code);
  }

  #leaveTable(): void {
    if (this.peerIp !== undefined) this.owner.namespace.sockets.disconnect(this, this.#local(), this.#peerEnd());
  }

  read(maxBytes: number): Uint8Array | Again {
    if (this.#received.sizeBytes > 0) {
      const taken = this.#received.take(maxBytes);
      this.#sender?.changed.wake();
      return taken;
    }
    if (this.#error === 'ECONNRESET') throw this.#takeError();
    if (this.#finReceived || this.#readShut || this.#isReset) return new Uint8Array(0);
    if (this.#error !== undefined) throw this.#takeError();
    if (this.#state !== 'established') throw new Errno('ENOTCONN');
    return AGAIN;
  }

  get #isReset(): boolean {
    return this.#state === 'established' && this.owner.namespace.sockets.connection('tcp', this.#local(), this.#peerEnd()) !== this;
  }

  write(bytes: Uint8Array): number | Again {
    if (this.#error !== undefined) throw this.#takeError();
    if (this.#finWanted || this.#state !== 'established' || this.#isReset)
      throw new Errno(this.#state === 'connecting' ? 'EAGAIN' : 'EPIPE');
    if (bytes.length === 0 || this.#unsent.sizeBytes > 0) return this.#keep(bytes);
    const peer = this.#reach('data');
    if (peer === 'lost') return this.#keep(bytes);
    if (peer === 'reset') return bytes.length;
    const taken = peer.#deliver(bytes, this);
    if (taken === 0) return AGAIN;
    this.#count(taken);
    return taken;
  }

  #count(payloadBytes: number): void {
    countSegments(payloadBytes, { trace: this.#way?.trace, flow: this.#flow });
  }

  /** Bytes that could not be sent wait, and are tried again. */
  #keep(bytes: Uint8Array): number | Again {
    if (bytes.length === 0) return 0;
    const room = UNSENT_BYTES - this.#unsent.sizeBytes;
    if (room <= 0) return AGAIN;
    const taken = bytes.subarray(0, room);
    this.#unsent.push(taken);
    this.#retryLater();
    return taken.length;
  }

  /** The socket at the other end, by the way known or by walking anew. */
  #reach(kind: 'ack' | 'data' | 'fin' | 'rst'): TcpSocket | 'lost' | 'reset' {
    const { generation } = this.#core;
    if (this.#way?.generation === generation && !this.#way.peer.#isGone) return this.#way.peer;
    const sent = send(this.#core.host, this.owner.namespace, segment(this, kind, this.#core.host.span()));
    if (sent.kind === 'lost') return 'lost';
    const peer = sent.at.sockets.connection('tcp', ...endsOf(sent.packet.tuple));
    if (!(peer instanceof TcpSocket)) {
      this.#reset();
      return 'reset';
    }
    this.#way = { generation, peer, trace: sent.trace };
    return peer;
  }

  get #isGone(): boolean {
    return this.#isReset || this.#error === 'ECONNRESET';
  }

  #deliver(bytes: Uint8Array, from: TcpSocket): number {
    if (this.#isClosed) {
      from.#reset();
      return bytes.length;
    }
    const taken = bytes.subarray(0, WINDOW_BYTES - this.#received.sizeBytes);
    this.#sender = from;
    if (this.#readShut) return bytes.length;
    this.#received.push(taken);
    this.changed.wake();
    return taken.length;
  }

  /** The other end says that there is no such connection. */
  #reset(): void {
    this.#unsent.clear();
    if (this.#finWanted && this.#isClosed) return this.#leaveTable();
    this.#fail('ECONNRESET');
  }

  #retryLater(): void {
    this.#backoff.later({ again: () => this.#flush(), give: () => this.#fail('ETIMEDOUT') });
  }

  #flush(): void {
    while (this.#unsent.sizeBytes > 0) {
      const peer = this.#reach('data');
      if (peer === 'lost') return this.#retryLater();
      if (peer === 'reset') return;
      const room = WINDOW_BYTES - peer.#received.sizeBytes;
      if (room <= 0) return this.#retryLater();
      const bytes = this.#unsent.take(Math.min(room, WINDOW_BYTES));
      peer.#deliver(bytes, this);
      this.#count(bytes.length);
    }
    this.#backoff.reset();
    this.changed.wake();
    if (this.#finWanted) this.#sendFin();
  }

  shutdown(how: 'read' | 'write' | 'both'): void {
    if (this.#state !== 'established') throw new Errno('ENOTCONN');
    if (how !== 'write') this.#readShut = true;
    if (how !== 'read') this.#finish();
    this.changed.wake();
  }

  #finish(): void {
    if (this.#finWanted) return;
    this.#finWanted = true;
    if (this.#unsent.sizeBytes === 0) this.#sendFin();
  }

  #sendFin(): void {
    if (this.#finSent || this.#isReset) return;
    const peer = this.#reach('fin');
    if (peer === 'lost') return this.#retryLater();
    if (peer === 'reset') return;
    this.#finSent = true;
    this.#count(0);
    peer.#finReceived = true;
    peer.changed.wake();
    if (peer.#finSent) this.#end(peer);
  }

  /** Both ends are done; the other one was the first. */
  #end(peer: TcpSocket): void {
    if (peer.#isClosed) peer.owner.namespace.sockets.linger(peer.info(), this.#core.host.nowNs());
    for (const socket of [this, peer]) {
      if (socket.#isClosed) socket.#leaveTable();
      if (socket.#flow !== undefined) socket.#flow.outcome = 'closed';
    }
  }

  close(): void {
    this.#isClosed = true;
    const { sockets } = this.owner.namespace;
    if (this.#isBound) sockets.unbind(this);
    for (const child of this.#waiting.splice(0)) child.#abort();
    if (this.#state === 'connecting') this.#leaveTable();
    if (this.#state === 'listen') this.#state = 'closed';
    if (this.#state !== 'established' || this.#isReset) return;
    if (this.#received.sizeBytes > 0) return this.#abort();
    this.#finish();
    if (this.#finSent && this.#finReceived) this.#leaveTable();
  }

  /** Ends the connection at once: the other end reads ECONNRESET. */
  #abort(): void {
    const peer = this.#reach('rst');
    this.#leaveTable();
    if (peer instanceof TcpSocket) peer.#fail('ECONNRESET');
  }

  local(): SocketAddress {
    return addressOf(this.#local(), this.family);
  }

  peer(): SocketAddress {
    if (this.#state !== 'established' || this.#isGone) throw new Errno('ENOTCONN');
    return addressOf(this.#peerEnd(), this.family);
  }

  poll(): Readiness {
    if (this.#state === 'listen') return { readable: this.#waiting.length > 0, writable: false, hangup: false };
    const isOver = this.#error !== undefined || this.#isReset;
    const isOpen = this.#state === 'established';
    const hasRoom = this.#unsent.sizeBytes < UNSENT_BYTES && (this.#way === undefined || this.#way.peer.#received.sizeBytes < WINDOW_BYTES);
    return {
      readable: this.#received.sizeBytes > 0 || this.#finReceived || this.#readShut || isOver,
      writable: isOver || (isOpen && hasRoom),
      hangup: isOver || this.#state === 'closed' || (this.#finReceived && this.#finSent),
    };
  }

  stat(): Stat {
    return socketStat(this.inode, this.owner, this.#core.host.nowNs());
  }

  info(): SocketInfo {
    return tcpInfo(this, {
      state: this.#state,
      isClosed: this.#isClosed,
      finReceived: this.#finReceived,
      finSent: this.#finSent,
      backlog: this.#backlog,
      queued: this.isListening ? this.#waiting.length : this.#received.sizeBytes,
      unsent: this.#unsent.sizeBytes,
    });
  }
}
