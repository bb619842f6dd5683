/** A stream socket as `ss` and `netstat` list it. */
import { isWildcard } from '../ip.ts';
import type { SocketInfo } from '../types.ts';
import { addressOf, type Owner } from './socket.ts';

export interface TcpView {
  readonly family: 'inet' | 'inet6';
  readonly owner: Owner;
  readonly inode: number;
  readonly v6only: boolean;
  readonly localIp: string;
  readonly localPort: number;
  readonly peerIp: string | undefined;
  readonly peerPort: number;
}

export interface TcpStanding {
  readonly state: 'closed' | 'listen' | 'connecting' | 'established';
  readonly isClosed: boolean;
  readonly finReceived: boolean;
  readonly finSent: boolean;
  readonly backlog: number;
  readonly queued: number;
  readonly unsent: number;
}

export function tcpInfo(socket: TcpView, standing: TcpStanding): SocketInfo {
  const { binding } = socket.owner;
  const { state, queued, unsent, backlog } = standing;
  return {
    family: socket.family,
    type: 'stream',
    state: stateOf(standing),
    local: addressOf({ ip: socket.localIp, port: socket.localPort }, socket.family),
    pid: standing.isClosed ? 0 : binding.pid(),
    program: binding.program(),
    inode: socket.inode,
    queued,
    ...(socket.peerIp !== undefined && { peer: addressOf({ ip: socket.peerIp, port: socket.peerPort }, socket.family) }),
    ...(state === 'listen' ? { backlog } : { unsent }),
    ...(socket.family === 'inet6' && isWildcard(socket.localIp) && { dual: !socket.v6only }),
  };
}

function stateOf({ state, finReceived, finSent }: TcpStanding): SocketInfo['state'] {
  if (state === 'listen') return 'LISTEN';
  if (state === 'connecting') return 'SYN-SENT';
  if (state === 'closed') return 'UNCONN';
  if (finReceived && finSent) return 'TIME-WAIT';
  return finReceived ? 'CLOSE-WAIT' : finSent ? 'FIN-WAIT' : 'ESTAB';
}
