/** Asking a name server one question over UDP, with its patience. */
import { isErrno } from '../../../kernel/errno.ts';
import type { NetOps } from '../../../kernel/net/types.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { decodeMessage, encodeMessage, type Message, type Question } from './message.ts';

export interface QueryOptions {
  readonly server: string;
  readonly port?: number;
  readonly timeoutMs?: number;
  readonly attempts?: number;
  /** The calls of the network namespace to ask from; the process's own unless said. */
  readonly net?: NetOps;
}

/** Undefined if nobody answers in time, or the server's host refuses. */
export async function query(
  sys: Sys,
  question: Question,
  { server, port = 53, timeoutMs = 5000, attempts = 2, net = sys.net }: QueryOptions,
): Promise<Message | undefined> {
  const family = server.includes(':') ? 'inet6' : 'inet';
  const fd = net.socket(family, 'dgram');
  try {
    await sys.connect(fd, { family, ip: server, port });
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const answer = await ask(sys, { fd, question, timeoutMs });
      if (answer !== undefined) return answer;
    }
    return undefined;
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  } finally {
    sys.fds.close(fd);
  }
}

async function ask(
  sys: Sys,
  { fd, question, timeoutMs }: { fd: number; question: Question; timeoutMs: number },
): Promise<Message | undefined> {
  const [high = 0, low = 0] = sys.random.bytes(2);
  const id = high * 256 + low;
  await sys.write(fd, encodeMessage({ id, isResponse: false, code: 'NOERROR', questions: [question], answers: [] }));
  const untilNs = sys.clock.monotonicNs() + BigInt(timeoutMs) * 1_000_000n;
  for (;;) {
    const leftMs = Number(untilNs - sys.clock.monotonicNs()) / 1e6;
    if (leftMs <= 0 || (await sys.poll([{ fd, events: { read: true } }], leftMs)).length === 0) return undefined;
    const message = decodeMessage(await sys.read(fd, 65_536));
    if (message?.id === id && message.isResponse) return message;
  }
}
