/** ping, as busybox has it and as iputils has it. */
import { isErrno } from '../../kernel/errno.ts';
import type { EchoReply } from '../../kernel/net/types.ts';
import type { Sys } from '../../kernel/sys.ts';
import { OptionError, type Options, parseOptions } from '../options.ts';
import { say } from '../program-io.ts';
import type { Dialect } from '../tool.ts';
import type { Applet, Caller } from './applet.ts';
import { type Family, lookUp } from './resolve.ts';
import { firstOf } from './resolve-name.ts';
import { leave, print, refuse } from './text.ts';

interface Call {
  readonly sys: Sys;
  readonly dialect: Dialect;
  readonly options: Options;
  readonly host: string;
  readonly ip: string;
  readonly id: number;
  readonly sizeBytes: number;
  readonly count: number;
  readonly intervalMs: number;
  /** How long to wait for the last answer. */
  readonly waitMs: number;
}

interface Tally {
  sent: number;
  received: number;
  readonly rtts: number[];
  errors: number;
  readonly startNs: bigint;
  stopped: boolean;
}

const POLL_MS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50];

export const ping =
  (dialect: Dialect, family?: Family): Applet =>
  async (sys, args, caller) => {
    try {
      const options = parseOptions(args, { short: '46c:W:w:i:s:t:I:qnvAfDOR' });
      const [host] = options.operands;
      if (host === undefined) return refuse(sys, caller, { text: 'ping: usage error: Destination address required\n', status: 2 });
      return await run(sys, { dialect, options, host, family: options.has('6') ? 'inet6' : options.has('4') ? 'inet' : family, caller });
    } catch (error) {
      if (!(error instanceof OptionError)) throw error;
      return refuse(sys, caller, { message: error.message, text: `ping: ${error.message}\n`, status: 2 });
    }
  };

async function run(
  sys: Sys,
  {
    dialect,
    options,
    host,
    family,
    caller,
  }: { dialect: Dialect; options: Options; host: string; family: Family | undefined; caller: Caller | undefined },
): Promise<number> {
  const found = await lookUp(sys, host, family);
  if (found.kind !== 'found') return unknownHost(sys, { dialect, host, isSure: found.kind === 'unknown' });
  const ip = firstOf(found.addresses, caller) ?? host;
  const number = (name: string, fallback: number): number => Number(options.value(name) ?? fallback);
  const [high = 0, low = 0] = sys.random.bytes(2);
  const call: Call = {
    sys,
    dialect,
    options,
    host,
    ip,
    id: (high << 8) | low,
    sizeBytes: number('s', 56),
    count: number('c', Number.POSITIVE_INFINITY),
    intervalMs: number('i', 1) * 1000,
    waitMs: number('W', 10) * 1000,
  };
  await print(sys, firstLine(call));
  const tally: Tally = { sent: 0, received: 0, rtts: [], errors: 0, startNs: sys.clock.monotonicNs(), stopped: false };
  sys.on('SIGINT', () => {
    tally.stopped = true;
  });
  const problem = await converse(call, tally);
  if (problem !== undefined) return problem;
  await print(sys, summary(call, tally));
  return tally.received > 0 ? 0 : 1;
}

const unknownHost = (sys: Sys, { dialect, host, isSure }: { dialect: Dialect; host: string; isSure: boolean }): Promise<number> =>
  dialect === 'busybox'
    ? leave(sys, `ping: bad address '${host}'\n`)
    : leave(sys, `ping: ${host}: ${isSure ? 'Name or service not known' : 'Temporary failure in name resolution'}\n`, 2);

const firstLine = ({ dialect, host, ip, sizeBytes }: Call): string =>
  dialect === 'busybox'
    ? `PING ${host} (${ip}): ${sizeBytes} data bytes\n`
    : `PING ${host} (${ip}) ${sizeBytes}${ip.includes(':') ? ' data bytes' : `(${sizeBytes + 28}) bytes of data.`}\n`;

/** Sends and waits, once in each interval. An exit status if sending failed. */
async function converse(call: Call, tally: Tally): Promise<number | undefined> {
  const { sys, options } = call;
  const deadlineMs = Number(options.value('w') ?? 0) * 1000;
  const isOver = (): boolean => tally.stopped || (deadlineMs > 0 && Number(sys.clock.monotonicNs() - tally.startNs) / 1e6 >= deadlineMs);
  for (let sequence = 0; sequence < call.count && !isOver(); sequence += 1) {
    const problem = await send(call, tally, sequence);
    if (problem !== undefined) return problem;
    const isLast = sequence + 1 >= call.count;
    await collect(call, tally, {
      forMs: isLast ? call.waitMs : call.intervalMs,
      untilReceived: isLast ? tally.sent : Number.POSITIVE_INFINITY,
      isOver,
    });
  }
  return undefined;
}

async function send({ sys, dialect, ip, id, options, sizeBytes, host }: Call, tally: Tally, sequence: number): Promise<number | undefined> {
  const ttl = options.value('t');
  try {
    sys.net.sendEcho(ip, {
      id,
      sequence: dialect === 'gnu' ? sequence + 1 : sequence,
      sizeBytes,
      datagram: dialect === 'gnu',
      ...(ttl !== undefined && { ttl: Number(ttl) }),
    });
    tally.sent += 1;
    return undefined;
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (dialect === 'busybox')
      return leave(sys, error.code === 'EPERM' ? 'ping: permission denied (are you root?)\n' : `ping: sendto: ${error.message}\n`);
    if (error.code === 'EPERM') return leave(sys, 'ping: socket: Operation not permitted\n', 2);
    return leave(
      sys,
      `ping: connect: ${error.message}\n`.replace('ping: connect: Network is unreachable', `ping: connect: Network is unreachable`),
      host === '' ? 1 : 2,
    );
  }
}

interface Patience {
  readonly forMs: number;
  readonly untilReceived: number;
  isOver(): boolean;
}

async function collect(call: Call, tally: Tally, { forMs, untilReceived, isOver }: Patience): Promise<void> {
  const { sys } = call;
  const endNs = sys.clock.monotonicNs() + BigInt(Math.round(forMs * 1e6));
  for (let step = 0; !isOver(); step += 1) {
    for (const reply of sys.net.echoes(call.id)) await take(call, tally, reply);
    if (tally.received + tally.errors >= untilReceived) return;
    const leftMs = Number(endNs - sys.clock.monotonicNs()) / 1e6;
    if (leftMs <= 0) return;
    await sleep(sys, Math.min(leftMs, POLL_MS[step] ?? 100));
  }
}

async function sleep(sys: Sys, ms: number): Promise<void> {
  try {
    await sys.sleep(ms);
  } catch (error) {
    if (!isErrno(error, 'EINTR')) throw error;
  }
}

async function take(call: Call, tally: Tally, reply: EchoReply): Promise<void> {
  if (reply.kind !== 'reply') {
    tally.errors += 1;
    if (call.dialect === 'gnu') await print(call.sys, `From ${reply.from} icmp_seq=${reply.sequence} ${WORDS[reply.kind]}\n`);
    return;
  }
  const ms = Number(reply.rttNs) / 1e6;
  tally.received += 1;
  tally.rtts.push(ms);
  if (call.options.has('q')) return;
  const { sizeBytes: bytes, from, sequence, ttl } = reply;
  const line =
    call.dialect === 'busybox'
      ? `${bytes} bytes from ${from}: seq=${sequence} ttl=${ttl} time=${ms.toFixed(3)} ms\n`
      : `${bytes} bytes from ${origin(call, from)}: icmp_seq=${sequence} ttl=${ttl} time=${significant(ms)} ms\n`;
  await say(call.sys, 1, line);
}

const origin = ({ host, ip }: Call, from: string): string => (host === ip ? from : `${host} (${from})`);

const WORDS: Readonly<Record<Exclude<EchoReply['kind'], 'reply'>, string>> = {
  'unreachable-host': 'Destination Host Unreachable',
  'unreachable-net': 'Destination Net Unreachable',
  'unreachable-port': 'Destination Port Unreachable',
  'time-exceeded': 'Time to live exceeded',
  prohibited: 'Packet filtered',
};

const significant = (ms: number): string => (ms < 1 ? ms.toFixed(3) : ms < 10 ? ms.toFixed(2) : ms.toFixed(1));

function summary({ sys, dialect, host }: Call, { sent, received, rtts, errors, startNs }: Tally): string {
  const loss = sent === 0 ? 0 : Math.round(((sent - received) * 100) / sent);
  const [least, most] = [Math.min(...rtts), Math.max(...rtts)];
  const mean = rtts.reduce((sum, ms) => sum + ms, 0) / rtts.length;
  if (dialect === 'busybox') {
    const head = `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${received} packets received, ${loss}% packet loss\n`;
    return received === 0 ? head : `${head}round-trip min/avg/max = ${least.toFixed(3)}/${mean.toFixed(3)}/${most.toFixed(3)} ms\n`;
  }
  const ms = Number(sys.clock.monotonicNs() - startNs) / 1e6;
  const failed = errors > 0 ? `+${errors} errors, ` : '';
  const head = `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${received} received, ${failed}${loss}% packet loss, time ${Math.floor(ms)}ms\n`;
  if (received === 0) return `${head}\n`;
  const deviation = Math.sqrt(rtts.reduce((sum, one) => sum + (one - mean) ** 2, 0) / rtts.length);
  return `${head}rtt min/avg/max/mdev = ${[least, mean, most, deviation].map((one) => one.toFixed(3)).join('/')} ms\n`;
}
