/** `sys.net`: the socket calls and netlink of one process. */
import { Errno } from '../errno.ts';
import type { Fd } from '../sys.ts';
import type { Binding } from './host.ts';
import { linkOps } from './link-ops.ts';
import type { NetNamespace } from './namespace.ts';
import { ipvsOps, ruleOps } from './rule-ops.ts';
import { sendEcho, takeEchoes } from './sockets/icmp.ts';
import type { NetCore, Owner } from './sockets/socket.ts';
import { TcpSocket } from './sockets/tcp.ts';
import { UdpSocket } from './sockets/udp.ts';
import { joinPair, UnixSocket } from './sockets/unix.ts';
import type { IpvsOps, LinkOps, NetOps, RuleOps, SocketAddress, SocketType } from './types.ts';

type AnySocket = TcpSocket | UdpSocket | UnixSocket;

export function netOps(core: NetCore, binding: Binding): NetOps {
  return opsFor(core, binding, () => binding.namespace());
}

function opsFor(core: NetCore, binding: Binding, namespace: () => NetNamespace): NetOps {
  const owner = (): Owner => ({ namespace: namespace(), binding });
  const socket = (fd: Fd): AnySocket => socketOf(binding.file(fd));
  const { link, rules, ipvs } = administration(core, binding, namespace);
  return {
    socket: (family, type) => binding.install(newSocket(core, owner(), { family, type })),
    bind: (fd, address) => socket(fd).bind(address),
    listen: (fd, backlog = 4096) => listening(socket(fd)).listen(backlog),
    local: (fd) => socket(fd).local(),
    peer: (fd) => socket(fd).peer(),
    peerCredentials: (fd) => unixOnly(socket(fd)).peerCredentials(),
    shutdown: (fd, how) => socket(fd).shutdown(how),
    sendTo: (fd, bytes, to) => datagrams(socket(fd)).sendTo(bytes, to),
    receiveFrom: (fd) => datagrams(socket(fd)).receive(),
    sendEcho: (to, options) => sendEcho(core, owner(), { to, options }),
    echoes: (id) => takeEchoes(owner(), id),
    link,
    rules,
    ipvs,
    sockets: () => namespace().sockets.list(core.host.nowNs()),
    option: (fd, name, value) => setOption(socket(fd), name, value),
    errors: (fd) => {
      const of = datagrams(socket(fd));
      return of instanceof UdpSocket ? of.takeErrors() : [];
    },
    pair: () => pair(core, owner()),
    at: (ref) => {
      const other = binding.resolve(ref);
      return opsFor(core, binding, () => other);
    },
  };
}

/** Links, rules and virtual servers, here and in other namespaces. */
function administration(
  core: NetCore,
  binding: Binding,
  namespace: () => NetNamespace,
): { readonly link: LinkOps; readonly rules: RuleOps; readonly ipvs: IpvsOps } {
  const must = (capability: string) => (): void => {
    if (!binding.credentials().capabilities.has(capability)) throw new Errno('EPERM');
  };
  const access = {
    namespace,
    mustAdminister: must('CAP_NET_ADMIN'),
    mustBeRaw: must('CAP_NET_RAW'),
    resolve: (ref: Parameters<Binding['resolve']>[0]) => binding.resolve(ref),
  };
  return {
    link: linkOps(core, access, (other) => administration(core, binding, () => other)),
    rules: ruleOps(core, access),
    ipvs: ipvsOps(access),
  };
}

function newSocket(core: NetCore, owner: Owner, { family, type }: { family: SocketAddress['family']; type: SocketType }): AnySocket {
  if (family === 'unix') return new UnixSocket(core, { type, owner });
  return type === 'stream' ? new TcpSocket(core, { family, owner }) : new UdpSocket(core, { family, owner });
}

function socketOf(file: unknown): AnySocket {
  if (file instanceof TcpSocket || file instanceof UdpSocket || file instanceof UnixSocket) return file;
  throw new Errno('ENOTSOCK');
}

function listening(socket: AnySocket): TcpSocket | UnixSocket {
  if (socket instanceof UdpSocket) throw new Errno('EOPNOTSUPP');
  return socket;
}

function datagrams(socket: AnySocket): UdpSocket | UnixSocket {
  if (socket instanceof TcpSocket) throw new Errno('EISCONN');
  return socket;
}

function unixOnly(socket: AnySocket): UnixSocket {
  if (socket instanceof UnixSocket) return socket;
  throw new Errno('EOPNOTSUPP');
}

function setOption(socket: AnySocket, name: Parameters<NetOps['option']>[1], value: number): void {
  if (name === 'v6only' && !(socket instanceof UnixSocket)) socket.v6only = value !== 0;
  if (!(socket instanceof UdpSocket)) return;
  if (name === 'ttl') socket.ttl = value;
  if (name === 'recverr') socket.queuesErrors = value !== 0;
}

function pair(core: NetCore, owner: Owner): readonly [Fd, Fd] {
  const ends = [new UnixSocket(core, { type: 'stream', owner }), new UnixSocket(core, { type: 'stream', owner })] as const;
  joinPair(...ends);
  return [owner.binding.install(ends[0]), owner.binding.install(ends[1])];
}
