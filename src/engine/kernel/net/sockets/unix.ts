/** Unix sockets: stream and datagram, named by a file or an abstract name, or joined in pairs. They know who is at the other end. */
import { Errno, type ErrnoCode } from '../../errno.ts';
import type { Stat } from '../../fs/types.ts';
import { AGAIN, type Again, type Readiness } from '../../open-file.ts';
import type { SpanId } from '../../sys.ts';
import { WaitQueue } from '../../wait-queue.ts';
import type { SocketAddress, SocketInfo, SocketType } from '../types.ts';
import { ByteQueue } from './bytes.ts';
import { type NetCore, type Owner, type SocketFile, socketStat } from './socket.ts';

const BUFFER_BYTES = 208 * 1024;

export interface PeerCredentials {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
  readonly span: SpanId;
}

type State = 'closed' | 'listen' | 'connected';

export class UnixSocket implements SocketFile {
  readonly kind = 'socket';
  readonly changed = new WaitQueue();
  readonly inode: number;
  readonly name: string;
  readonly owner: Owner;
  readonly type: SocketType;
  /** '' while it has no name. */
  path = '';
  readonly #core: NetCore;
  #state: State = 'closed';
  #backlog = 0;
  readonly #waiting: UnixSocket[] = [];
  readonly #received = new ByteQueue();
  readonly #datagrams: { readonly bytes: Uint8Array; readonly from: SocketAddress }[] = [];
  #other: UnixSocket | undefined;
  #peer: PeerCredentials | undefined;
  #error: ErrnoCode | undefined;
  #writeShut = false;
  #finReceived = false;
  #isClosed = false;

  constructor(core: NetCore, { type, owner }: { type: SocketType; owner: Owner }) {
    this.#core = core;
    this.type = type;
    this.owner = owner;
    this.inode = core.nextInode();
    this.name = `socket:[${this.inode}]`;
    owner.namespace.sockets.note(this);
  }

  get isListening(): boolean {
    return this.#state === 'listen';
  }

  bind(address: SocketAddress): void {
    if (address.family !== 'unix' || this.path !== '') throw new Errno('EINVAL');
    const { abstract } = this.owner.namespace.sockets;
    if (!address.path.startsWith('\0')) this.owner.binding.bindUnix(address.path, this);
    else if (abstract.has(address.path)) throw new Errno('EADDRINUSE');
    else abstract.set(address.path, this);
    this.path = address.path;
  }

  listen(backlog: number): void {
    if (this.type !== 'stream') throw new Errno('EOPNOTSUPP');
    if (this.path === '' || this.#state === 'connected') throw new Errno('EINVAL');
    this.#backlog = Math.max(0, Math.min(backlog, 4096));
    this.#state = 'listen';
  }

  connect(address: SocketAddress): void | Again {
    if (this.#state === 'connected') throw new Errno('EISCONN');
    const target = this.find(address);
    if (this.type === 'dgram') {
      this.#other = target;
      return undefined;
    }
    if (target.type !== 'stream') throw new Errno('EPROTO');
    if (!target.isListening) throw new Errno('ECONNREFUSED');
    if (target.#waiting.length > target.#backlog) return AGAIN;
    const server = new UnixSocket(this.#core, { type: 'stream', owner: target.owner });
    server.path = target.path;
    joinPair(this, server);
    target.#waiting.push(server);
    target.changed.wake();
    return undefined;
  }

  /** What an address names. ENOENT, ECONNREFUSED. */
  find(address: SocketAddress): UnixSocket {
    if (address.family !== 'unix') throw new Errno('EINVAL');
    const { namespace, binding } = this.owner;
    const found = address.path.startsWith('\0') ? namespace.sockets.abstract.get(address.path) : binding.unixAt(address.path);
    if (!(found instanceof UnixSocket) || found.#isClosed) throw new Errno('ECONNREFUSED');
    return found;
  }

  accept(): UnixSocket | Again {
    if (this.#state !== 'listen') throw new Errno('EINVAL');
    const first = this.#waiting.shift();
    if (first !== undefined) this.changed.wake();
    return first ?? AGAIN;
  }

  /** Joins two sockets; each remembers who the other is. */
  join(other: UnixSocket): void {
    this.#other = other;
    this.#state = 'connected';
    this.#peer = credentialsOf(other.owner, this.#core.host.span());
  }

  peerCredentials(): PeerCredentials {
    if (this.#peer === undefined) throw new Errno('ENOTCONN');
    return this.#peer;
  }

  read(maxBytes: number): Uint8Array | Again {
    if (this.type === 'dgram') return this.receive()?.bytes.subarray(0, maxBytes) ?? AGAIN;
    if (this.#received.sizeBytes > 0) {
      const taken = this.#received.take(maxBytes);
      this.#other?.changed.wake();
      return taken;
    }
    const code = this.#error;
    this.#error = undefined;
    if (code !== undefined) throw new Errno(code);
    if (this.#state !== 'connected') throw new Errno(this.#state === 'listen' ? 'EINVAL' : 'ENOTCONN');
    return this.#finReceived ? new Uint8Array(0) : AGAIN;
  }

  write(bytes: Uint8Array): number | Again {
    const other = this.#other;
    if (other === undefined) throw new Errno(this.type === 'stream' ? 'ENOTCONN' : 'EDESTADDRREQ');
    if (this.type === 'dgram') return this.#sendDatagram(bytes, other);
    if (this.#writeShut || other.#isClosed) throw new Errno('EPIPE');
    const room = BUFFER_BYTES - other.#received.sizeBytes;
    if (room <= 0) return AGAIN;
    const taken = bytes.subarray(0, room);
    other.#received.push(taken);
    other.#sawSpan(this.#core.host.span());
    other.changed.wake();
    return taken.length;
  }

  #sawSpan(span: SpanId): void {
    if (this.#peer !== undefined) this.#peer = { ...this.#peer, span };
  }

  sendTo(bytes: Uint8Array, to: SocketAddress): void {
    this.#sendDatagram(bytes, this.find(to));
  }

  #sendDatagram(bytes: Uint8Array, to: UnixSocket): number {
    if (to.#isClosed) throw new Errno('ECONNREFUSED');
    to.#datagrams.push({ bytes: bytes.slice(), from: { family: 'unix', path: this.path } });
    to.changed.wake();
    return bytes.length;
  }

  receive(): { readonly bytes: Uint8Array; readonly from: SocketAddress } | null {
    return this.#datagrams.shift() ?? null;
  }

  /** A listener takes no more connections: who waits in `accept` gets EINVAL (unix(7)). */
  shutdown(how: 'read' | 'write' | 'both'): void {
    if (this.#state === 'listen' && how !== 'write') {
      this.#state = 'closed';
      this.changed.wake();
      return;
    }
    if (this.#state !== 'connected') throw new Errno('ENOTCONN');
    if (how !== 'write') this.#finReceived = true;
    if (how !== 'read') this.#finish();
    this.changed.wake();
  }

  #finish(): void {
    this.#writeShut = true;
    if (this.#other === undefined) return;
    this.#other.#finReceived = true;
    this.#other.changed.wake();
  }

  close(): void {
    this.#isClosed = true;
    const { sockets } = this.owner.namespace;
    sockets.forget(this);
    if (sockets.abstract.get(this.path) === this) sockets.abstract.delete(this.path);
    for (const child of this.#waiting.splice(0)) child.close();
    const other = this.#other;
    if (this.#state === 'connected' && this.#received.sizeBytes > 0 && other !== undefined) other.#error = 'ECONNRESET';
    if (this.#state === 'connected') this.#finish();
    this.#state = 'closed';
  }

  local(): SocketAddress {
    return { family: 'unix', path: this.path };
  }

  peer(): SocketAddress {
    if (this.#other === undefined) throw new Errno('ENOTCONN');
    return this.#other.local();
  }

  poll(): Readiness {
    if (this.#state === 'listen') return { readable: this.#waiting.length > 0, writable: false, hangup: false };
    if (this.type === 'dgram') return { readable: this.#datagrams.length > 0, writable: true, hangup: false };
    const isGone = this.#other === undefined || this.#other.#isClosed;
    return {
      readable: this.#received.sizeBytes > 0 || this.#finReceived || this.#error !== undefined,
      writable: isGone || this.#writeShut || (this.#other !== undefined && this.#other.#received.sizeBytes < BUFFER_BYTES),
      hangup: isGone || (this.#finReceived && this.#writeShut),
    };
  }

  stat(): Stat {
    return socketStat(this.inode, this.owner, this.#core.host.nowNs());
  }

  info(): SocketInfo {
    const { binding } = this.owner;
    const state = this.#state === 'listen' ? 'LISTEN' : this.#state === 'connected' ? 'ESTAB' : 'UNCONN';
    return {
      family: 'unix',
      type: this.type,
      state,
      local: this.local(),
      pid: binding.pid(),
      program: binding.program(),
      inode: this.inode,
      ...(this.#other !== undefined && { peer: this.#other.local() }),
      ...(this.#state === 'listen' && { backlog: this.#backlog, queued: this.#waiting.length }),
    };
  }
}

const credentialsOf = ({ binding }: Owner, span: SpanId): PeerCredentials => {
  const { euid, egid } = binding.credentials();
  return { pid: binding.pid(), uid: euid, gid: egid, span };
};

/** Makes two sockets each other's peer. */
export function joinPair(a: UnixSocket, b: UnixSocket): void {
  a.join(b);
  b.join(a);
}
