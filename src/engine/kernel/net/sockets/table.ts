/** The sockets of one network namespace: who is bound where, which connections there are, and whom a packet is for. */
import { Errno } from '../../errno.ts';
import { isV6, isWildcard } from '../ip.ts';
import type { SocketInfo } from '../types.ts';

/** A socket with an address of the internet, as binding and delivery look at it. */
export interface InetSocket {
  readonly protocol: 'tcp' | 'udp';
  readonly family: 'inet' | 'inet6';
  readonly v6only: boolean;
  readonly localIp: string;
  readonly localPort: number;
  /** Set for a connected socket. */
  readonly peerIp: string | undefined;
  readonly peerPort: number;
  readonly isListening: boolean;
  info(): SocketInfo;
}

export interface Endpoint {
  readonly ip: string;
  readonly port: number;
}

const TIME_WAIT_NS = 60_000_000_000n;
/** net.ipv4.tcp_max_tw_buckets of a small machine. */
const MAX_TIME_WAIT = 8192;

const connectionKey = (protocol: string, local: Endpoint, peer: Endpoint): string =>
  `${protocol} ${local.ip} ${local.port} ${peer.ip} ${peer.port}`;

export class SocketTable {
  readonly #bound = new Set<InetSocket>();
  readonly #connections = new Map<string, InetSocket>();
  readonly #others = new Set<{ info(): SocketInfo }>();
  /** Connections whose end was begun here: their ports are not used again at once. */
  #timeWait: readonly { readonly info: SocketInfo; readonly untilNs: bigint }[] = [];
  /** Unix sockets bound to an abstract name. */
  readonly abstract = new Map<string, object>();

  bind(socket: InetSocket): void {
    this.#bound.add(socket);
  }

  unbind(socket: InetSocket): void {
    this.#bound.delete(socket);
  }

  /** EADDRINUSE if somebody already has that address and port, or a wildcard that covers it. */
  mustBeFree(wanted: Pick<InetSocket, 'protocol' | 'family' | 'v6only'> & Endpoint): void {
    if (!this.isFree(wanted)) throw new Errno('EADDRINUSE');
  }

  isFree(wanted: Pick<InetSocket, 'protocol' | 'family' | 'v6only'> & Endpoint): boolean {
    for (const other of this.#bound) {
      if (other.protocol === wanted.protocol && other.localPort === wanted.port && overlap(other, wanted)) return false;
    }
    return true;
  }

  connect(socket: InetSocket, local: Endpoint, peer: Endpoint): void {
    this.#connections.set(connectionKey(socket.protocol, local, peer), socket);
  }

  disconnect(socket: InetSocket, local: Endpoint, peer: Endpoint): void {
    const key = connectionKey(socket.protocol, local, peer);
    if (this.#connections.get(key) === socket) this.#connections.delete(key);
  }

  /** The connection between these two ends, if there is one. */
  connection(protocol: 'tcp' | 'udp', local: Endpoint, peer: Endpoint): InetSocket | undefined {
    return this.#connections.get(connectionKey(protocol, local, peer));
  }

  /** Who takes a packet to that address: a connection, else the most specific binding. */
  receiver(protocol: 'tcp' | 'udp', local: Endpoint, peer: Endpoint): InetSocket | undefined {
    const connected = this.connection(protocol, local, peer);
    if (connected !== undefined) return connected;
    let best: InetSocket | undefined;
    for (const socket of this.#bound) {
      if (socket.protocol !== protocol || socket.localPort !== local.port || socket.peerIp !== undefined) continue;
      if (protocol === 'tcp' && !socket.isListening) continue;
      if (!covers(socket, local.ip)) continue;
      if (
        best === undefined ||
        (isWildcard(best.localIp) && !isWildcard(socket.localIp)) ||
        (best.family === 'inet6' && socket.family === 'inet' && !isV6(local.ip))
      )
        best = socket;
    }
    return best;
  }

  note(socket: { info(): SocketInfo }): void {
    this.#others.add(socket);
  }

  forget(socket: { info(): SocketInfo }): void {
    this.#others.delete(socket);
  }

  /** Keeps a connection that is over in sight for a minute, as Linux does at the end that closed first. */
  linger(info: SocketInfo, nowNs: bigint): void {
    const left = this.#timeWait.filter(({ untilNs }) => untilNs > nowNs).slice(-MAX_TIME_WAIT);
    this.#timeWait = [...left, { info: { ...info, state: 'TIME-WAIT', pid: 0, program: '', inode: 0 }, untilNs: nowNs + TIME_WAIT_NS }];
  }

  list(nowNs: bigint): readonly SocketInfo[] {
    const all = new Set<{ info(): SocketInfo }>([...this.#bound, ...this.#connections.values(), ...this.#others]);
    const over = this.#timeWait.filter(({ untilNs }) => untilNs > nowNs);
    return [...[...all].map((socket) => socket.info()), ...over.map(({ info }) => info)];
  }
}

type Place = Pick<InetSocket, 'family' | 'v6only'>;

function covers(socket: InetSocket, ip: string): boolean {
  if (!isWildcard(socket.localIp)) return socket.localIp === ip;
  return socket.family === 'inet' ? !isV6(ip) : isV6(ip) || !socket.v6only;
}

function overlap(a: InetSocket, b: Place & { readonly ip: string }): boolean {
  if (!isWildcard(a.localIp) && !isWildcard(b.ip)) return a.localIp === b.ip;
  const takesV4 = (place: Place, ip: string): boolean => (isWildcard(ip) ? place.family === 'inet' || !place.v6only : !isV6(ip));
  const takesV6 = (place: Place, ip: string): boolean => (isWildcard(ip) ? place.family === 'inet6' : isV6(ip));
  return (takesV4(a, a.localIp) && takesV4(b, b.ip)) || (takesV6(a, a.localIp) && takesV6(b, b.ip));
}
