/** A name server's loop: the piece of program that dockerd's embedded DNS and the world's name server share. */

import type { NetOps } from '../../../kernel/net/types.ts';
import type { Fd, Sys } from '../../../kernel/sys.ts';
import { decodeMessage, encodeMessage, type Question, type ResourceRecord, type ResponseCode } from './message.ts';

/** What a server says to one question. */
export interface DnsAnswer {
  readonly code?: ResponseCode;
  readonly answers: readonly ResourceRecord[];
  readonly authoritative?: boolean;
}
/** Null: no answer at all, the client's time runs out. It may ask others on the way, and may be slow: each runs in a thread. */
export type DnsHandler = (question: Question, from: string) => Promise<DnsAnswer | null>;

export interface DnsServerOptions {
  readonly ip: string;
  /** 53 unless said; 0 for any free one. */
  readonly port?: number;
  /** The calls of the network namespace to listen in; the process's own unless said. */
  readonly net?: NetOps;
  /** Asked before each turn: false ends it, once its descriptor is closed. */
  readonly isOpen?: () => boolean;
  /** Told the descriptor and the port once it listens. */
  readonly ready?: (fd: Fd, port: number, protocol: 'tcp' | 'udp') => void;
}

/** Answers datagrams until the socket is closed. Runs in the calling task. */
export async function dnsServer(
  sys: Sys,
  handler: DnsHandler,
  { ip, port = 53, net = sys.net, ready, isOpen = () => true }: DnsServerOptions,
): Promise<void> {
  const family = ip.includes(':') ? 'inet6' : 'inet';
  const fd = net.socket(family, 'dgram');
  net.bind(fd, { family, ip, port });
  const local = net.local(fd);
  ready?.(fd, local.family === 'unix' ? 0 : local.port, 'udp');
  const listens = (): boolean => isOpen() && sys.fds.has(fd);
  while (listens()) {
    await sys.poll([{ fd, events: { read: true } }]);
    if (!listens()) return;
    for (let got = net.receiveFrom(fd); got !== null; got = net.receiveFrom(fd)) {
      const { bytes, from } = got;
      sys.thread(async () => {
        const reply = await respond(bytes, handler, from.family === 'unix' ? '' : from.ip);
        if (reply !== undefined && listens()) net.sendTo(fd, reply, from);
      });
    }
  }
}

/** The message that answers a message; undefined for what is no question, or shall have no answer. */
export async function respond(bytes: Uint8Array, handler: DnsHandler, from: string): Promise<Uint8Array | undefined> {
  const asked = decodeMessage(bytes);
  const question = asked?.questions[0];
  if (asked === undefined || question === undefined || asked.isResponse) return undefined;
  const answer = await handler(question, from);
  if (answer === null) return undefined;
  return encodeMessage({
    id: asked.id,
    isResponse: true,
    recursionAvailable: true,
    isAuthoritative: answer.authoritative ?? false,
    code: answer.code ?? 'NOERROR',
    questions: [question],
    answers: answer.answers,
  });
}
