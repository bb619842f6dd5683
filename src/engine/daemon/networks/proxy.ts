/**
 * docker-proxy: a process for each published port that accepts what the address translation does not catch, connections from the host
 * itself to 127.0.0.1 or [::1], and passes them on. Upstream: moby cmd/docker-proxy.
 */
import type { SocketAddress } from '../../kernel/net/types.ts';
import type { Fd, Pid, Program, Sys } from '../../kernel/sys.ts';

export interface ProxyOptions {
  readonly protocol: string;
  readonly hostIp: string;
  readonly hostPort: number;
  readonly containerIp: string;
  readonly containerPort: number;
}

const BINARY = '/usr/bin/docker-proxy';
/** Where the process finds the socket. */
export const LISTEN_FD = 3;
const BACKLOG = 4096;

const argvOf = ({ protocol, hostIp, hostPort, containerIp, containerPort }: ProxyOptions): readonly string[] => [
  BINARY,
  '-proto',
  protocol,
  '-host-ip',
  hostIp,
  '-host-port',
  String(hostPort),
  '-container-ip',
  containerIp,
  '-container-port',
  String(containerPort),
  '-use-listen-fd',
];

export const addressOf = (ip: string, port: number): SocketAddress => ({ family: ip.includes(':') ? 'inet6' : 'inet', ip, port });

/** Binds the host's port. Throws Errno EADDRINUSE; the caller starts a proxy with the descriptor, or closes it. */
export function bindPort(sys: Sys, { protocol, hostIp, hostPort }: Pick<ProxyOptions, 'protocol' | 'hostIp' | 'hostPort'>): Fd {
  const fd = sys.net.socket(hostIp.includes(':') ? 'inet6' : 'inet', protocol === 'udp' ? 'dgram' : 'stream');
  try {
    // Each family has a socket of its own.
    if (hostIp.includes(':')) sys.net.option(fd, 'v6only', 1);
    sys.net.bind(fd, addressOf(hostIp, hostPort));
    if (protocol === 'tcp') sys.net.listen(fd, BACKLOG);
    return fd;
  } catch (error) {
    sys.fds.close(fd);
    throw error;
  }
}

/** Its code is fetched when the first port is published. */
const proxy =
  (options: ProxyOptions): Program =>
  async (sys) => {
    const { connections, datagrams } = await sys.stall(() => import('./proxy-program.ts'));
    return (options.protocol === 'udp' ? datagrams : connections)(options)(sys);
  };

/** Starts the process; it has the socket from now on. */
export function startProxy(sys: Sys, fd: Fd, options: ProxyOptions): Pid {
  const pid = sys.fork(proxy(options), { argv: argvOf(options), fds: new Map([[fd, LISTEN_FD]]), pgid: 0 });
  sys.fds.close(fd);
  return pid;
}
