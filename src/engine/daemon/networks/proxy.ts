/**
 * docker-proxy: a process for each published port that accepts what the address translation does not catch, connections from the host
 * itself to 127.0.0.1 or [::1], and passes them on. Upstream: moby cmd/docker-proxy.
 */
import { isErrno } from '../../kernel/errno.ts';
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
const LISTEN_FD = 3;
const PIECE_BYTES = 64 * 1024;
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

const addressOf = (ip: string, port: number): SocketAddress => ({ family: ip.includes(':') ? 'inet6' : 'inet', ip, port });

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

/** Starts the process; it has the socket from now on. */
export function startProxy(sys: Sys, fd: Fd, options: ProxyOptions): Pid {
  const program = options.protocol === 'udp' ? datagrams(options) : connections(options);
  const pid = sys.fork(program, { argv: argvOf(options), fds: new Map([[fd, LISTEN_FD]]), pgid: 0 });
  sys.fds.close(fd);
  return pid;
}

const connections =
  (options: ProxyOptions): Program =>
  async (sys) => {
    begin(sys);
    for (;;) {
      const client = await sys.accept(LISTEN_FD);
      sys.thread(() => carry(sys, client, options));
    }
  };

/** It is dockerd's child, but not dockerd: it ends when it is told to. */
function begin(sys: Sys): void {
  sys.prctl('name', 'docker-proxy');
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) sys.on(signal, 'default');
  sys.on('SIGPIPE', 'ignore');
}

async function carry(sys: Sys, client: Fd, { containerIp, containerPort }: ProxyOptions): Promise<void> {
  const server = sys.net.socket(containerIp.includes(':') ? 'inet6' : 'inet', 'stream');
  try {
    await sys.connect(server, addressOf(containerIp, containerPort));
    const back = sys.thread(() => copy(sys, server, client));
    await copy(sys, client, server);
    await back.join();
  } catch (error) {
    if (!isErrno(error)) throw error;
  } finally {
    sys.fds.close(server);
    sys.fds.close(client);
  }
}

/** Until the end of one direction; a broken connection is an end like any other. */
async function copy(sys: Sys, from: Fd, to: Fd): Promise<void> {
  try {
    for (let piece = await sys.read(from, PIECE_BYTES); piece.length > 0; piece = await sys.read(from, PIECE_BYTES))
      await sys.write(to, piece);
    sys.net.shutdown(to, 'write');
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

const datagrams =
  (options: ProxyOptions): Program =>
  async (sys) => {
    begin(sys);
    const clients = new Map<string, Fd>();
    for (;;) {
      await sys.poll([{ fd: LISTEN_FD, events: { read: true } }]);
      for (let got = sys.net.receiveFrom(LISTEN_FD); got; got = sys.net.receiveFrom(LISTEN_FD)) passOn(sys, clients, { ...got, options });
    }
  };

interface Datagram {
  readonly bytes: Uint8Array;
  readonly from: SocketAddress;
  readonly options: ProxyOptions;
}

function passOn(sys: Sys, clients: Map<string, Fd>, { bytes, from, options }: Datagram): void {
  const key = JSON.stringify(from);
  const known = clients.get(key);
  const fd = known ?? sys.net.socket(options.containerIp.includes(':') ? 'inet6' : 'inet', 'dgram');
  sys.net.sendTo(fd, bytes, addressOf(options.containerIp, options.containerPort));
  if (known !== undefined) return;
  clients.set(key, fd);
  sys.thread(async () => {
    for (;;) {
      await sys.poll([{ fd, events: { read: true } }]);
      for (let got = sys.net.receiveFrom(fd); got; got = sys.net.receiveFrom(fd)) sys.net.sendTo(LISTEN_FD, got.bytes, from);
    }
  });
}
