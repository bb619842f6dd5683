/** DNS over TCP: each message has its length, in two bytes, before it (RFC 1035, 4.2.2). */
import type { Fd, Sys } from '../../../kernel/sys.ts';
import { type DnsHandler, type DnsServerOptions, respond } from './server.ts';

const LENGTH_BYTES = 2;

/** Answers connections until the socket is closed. Runs in the calling task. */
export async function dnsStreamServer(
  sys: Sys,
  handler: DnsHandler,
  { ip, port = 53, net = sys.net, ready, isOpen = () => true }: DnsServerOptions,
): Promise<void> {
  const family = ip.includes(':') ? 'inet6' : 'inet';
  const fd = net.socket(family, 'stream');
  net.bind(fd, { family, ip, port });
  net.listen(fd);
  const local = net.local(fd);
  ready?.(fd, local.family === 'unix' ? 0 : local.port, 'tcp');
  const listens = (): boolean => isOpen() && sys.fds.has(fd);
  while (listens()) {
    await sys.poll([{ fd, events: { read: true } }]);
    if (!listens()) return;
    const client = await sys.accept(fd);
    sys.thread(() => converse(sys, client, handler));
  }
}

async function converse(sys: Sys, fd: Fd, handler: DnsHandler): Promise<void> {
  const peer = sys.net.peer(fd);
  let waiting: Uint8Array = new Uint8Array(0);
  for (let bytes = await sys.read(fd, 65_536); bytes.length > 0; bytes = await sys.read(fd, 65_536)) {
    waiting = Uint8Array.from([...waiting, ...bytes]);
    for (let end = endOf(waiting); waiting.length >= end; end = endOf(waiting)) {
      const reply = await respond(waiting.slice(LENGTH_BYTES, end), handler, peer.family === 'unix' ? '' : peer.ip);
      waiting = waiting.slice(end);
      if (reply !== undefined) await sys.write(fd, Uint8Array.from([reply.length >> 8, reply.length & 255, ...reply]));
    }
  }
  sys.fds.close(fd);
}

/** Where the first message ends; Infinity while its length is not there yet. */
const endOf = (bytes: Uint8Array): number =>
  bytes.length < LENGTH_BYTES ? Number.POSITIVE_INFINITY : LENGTH_BYTES + (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0);
