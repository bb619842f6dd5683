/** What all sockets share: the file that a descriptor refers to, and whom it belongs to. */
import { Errno } from '../../errno.ts';
import type { Stat } from '../../fs/types.ts';
import type { Again, OpenFile } from '../../open-file.ts';
import type { Flows } from '../flows.ts';
import type { Binding, NetHost } from '../host.ts';
import { canonicalIp, isV6, mapped, unmapped } from '../ip.ts';
import type { NetNamespace } from '../namespace.ts';
import { findWay, isLocal, sourceFor, whyNoWay } from '../routing.ts';
import { firstUnprivilegedPort, portRange } from '../settings.ts';
import type { SocketAddress } from '../types.ts';
import type { Endpoint, InetSocket } from './table.ts';

/** A socket as `connect` and `accept` see it: neither waits. */
export interface SocketFile extends OpenFile {
  readonly kind: 'socket';
  connect(address: SocketAddress): void | Again;
  accept(): SocketFile | Again;
}

/** What sockets need of the network they are in. */
export interface NetCore {
  readonly host: NetHost;
  readonly flows: Flows;
  /** Counts changes of links, addresses, routes and rules: a remembered way is good while it stays the same. */
  generation: number;
  nextInode(): number;
}

/** Whom a socket belongs to: the process that made it, or the one that accepted it. */
export interface Owner {
  readonly namespace: NetNamespace;
  readonly binding: Binding;
}

export function socketStat(inode: number, { binding }: Owner, nowNs: bigint): Stat {
  const { euid, egid } = binding.credentials();
  return {
    type: 'socket',
    mode: 0o777,
    uid: euid,
    gid: egid,
    sizeBytes: 0,
    allocatedBytes: 0,
    nlink: 1,
    ino: inode,
    dev: 9,
    rdev: 0,
    atimeNs: nowNs,
    mtimeNs: nowNs,
    ctimeNs: nowNs,
  };
}

/** An address of the internet; a dual-stack socket's IPv4 addresses in their plain form. EAFNOSUPPORT for another family. */
export function endpointOf(address: SocketAddress, family: 'inet' | 'inet6'): Endpoint {
  if (address.family === 'unix' || (family === 'inet' && address.family !== 'inet')) throw new Errno('EAFNOSUPPORT');
  const ip = unmapped(canonicalIp(address.ip));
  if (family === 'inet' && isV6(ip)) throw new Errno('EAFNOSUPPORT');
  return { ip, port: address.port };
}

/** As the socket's own family shows it. */
export const addressOf = ({ ip, port }: Endpoint, family: 'inet' | 'inet6'): SocketAddress =>
  family === 'inet' ? { family, ip, port } : { family, ip: ip === '0.0.0.0' ? '::' : mapped(ip), port };

type Wanted = Pick<InetSocket, 'protocol' | 'family' | 'v6only'> & Endpoint;

/** Checks a bind(2) and finds a port where 0 was asked for. EADDRNOTAVAIL, EACCES, EADDRINUSE. */
export function claim(core: NetCore, { namespace, binding }: Owner, wanted: Wanted): Endpoint {
  const isAny = wanted.ip === '0.0.0.0' || wanted.ip === '::';
  if (!isAny && !isLocal(namespace, wanted.ip)) throw new Errno('EADDRNOTAVAIL');
  if (wanted.port === 0) return { ip: wanted.ip, port: freePort(core, namespace, (port) => namespace.sockets.isFree({ ...wanted, port })) };
  if (wanted.port < firstUnprivilegedPort(namespace) && !binding.credentials().capabilities.has('CAP_NET_BIND_SERVICE'))
    throw new Errno('EACCES');
  namespace.sockets.mustBeFree(wanted);
  return { ip: wanted.ip, port: wanted.port };
}

/** An ephemeral port. EADDRNOTAVAIL if all are taken. */
export function freePort(core: NetCore, namespace: NetNamespace, isFree: (port: number) => boolean): number {
  const [first, last] = portRange(namespace);
  const size = last - first + 1;
  const [high = 0, low = 0] = core.host.bytes(2);
  const start = (high * 256 + low) % size;
  for (let i = 0; i < size; i += 1) {
    const port = first + ((start + i) % size);
    if (isFree(port)) return port;
  }
  throw new Errno('EADDRNOTAVAIL');
}

/** Where a socket that is not bound would send from. ENETUNREACH, or what a refusing route says; EADDRNOTAVAIL. */
export function sourceTowards(namespace: NetNamespace, destination: string, bound: string | undefined): string {
  const way = findWay(namespace, destination);
  if (way === undefined) throw new Errno(whyNoWay(namespace, destination).code);
  if (bound !== undefined && bound !== '0.0.0.0' && bound !== '::') return bound;
  const source = sourceFor(namespace, way, destination);
  if (source === undefined) throw new Errno('EADDRNOTAVAIL');
  return source;
}

/** Connecting to the wildcard is connecting to oneself. */
export const concrete = ({ ip, port }: Endpoint): Endpoint => ({ ip: ip === '0.0.0.0' ? '127.0.0.1' : ip === '::' ? '::1' : ip, port });
