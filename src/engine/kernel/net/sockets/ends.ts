/** The two ends of a connection: whose they are in a packet that came, and which own end a new one gets. */
import { Errno } from '../../errno.ts';
import type { NetNamespace } from '../namespace.ts';
import type { Tuple } from '../packet.ts';
import { freePort, type NetCore, sourceTowards } from './socket.ts';
import type { Endpoint } from './table.ts';

/** Of a packet that was delivered: the end that it came to, then the one that sent it. */
export const endsOf = (tuple: Tuple): [here: Endpoint, there: Endpoint] => [
  { ip: tuple.destination, port: tuple.destinationPort },
  { ip: tuple.source, port: tuple.sourcePort },
];

export interface Wanted {
  readonly peer: Endpoint;
  readonly place: { readonly protocol: 'tcp'; readonly family: 'inet' | 'inet6'; readonly v6only: boolean };
  /** The address that bind(2) chose, if it was called. */
  readonly bound: string | undefined;
  /** 0: any that is free. */
  readonly wantedPort: number;
}

/** The address and port to connect from. Throws EADDRNOTAVAIL if the very connection is there already. */
export function endTowards(core: NetCore, namespace: NetNamespace, { peer, place, bound, wantedPort }: Wanted): Endpoint {
  const ip = sourceTowards(namespace, peer.ip, bound);
  const isFree = (port: number): boolean => namespace.sockets.connection('tcp', { ip, port }, peer) === undefined;
  const port =
    wantedPort ||
    freePort(core, namespace, (candidate) => isFree(candidate) && namespace.sockets.isFree({ ...place, ip, port: candidate }));
  if (!isFree(port)) throw new Errno('EADDRNOTAVAIL');
  return { ip, port };
}
