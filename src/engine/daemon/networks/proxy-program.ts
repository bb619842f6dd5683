/** What docker-proxy runs: it carries bytes, or datagrams, between who comes to the host's port and the container. */
import { isErrno } from '../../kernel/errno.ts';
import type { SocketAddress } from '../../kernel/net/types.ts';
import type { Fd, Program, Sys } from '../../kernel/sys.ts';
import { addressOf, LISTEN_FD, type ProxyOptions } from './proxy.ts';

const PIECE_BYTES = 64 * 1024;

export const connections =
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

export const datagrams =
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
