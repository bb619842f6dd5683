/** `traceroute`, as Linux's and as busybox have it: datagrams (or echoes, with -I) whose time to live ends one host further each time. */
import { isErrno } from '../../kernel/errno.ts';
import type { DatagramError, EchoReply } from '../../kernel/net/types.ts';
import type { Fd, Sys } from '../../kernel/sys.ts';
import { OptionError, type Options, parseOptions } from '../options.ts';
import type { Dialect } from '../tool.ts';
import type { Applet } from './applet.ts';
import { lookUp } from './resolve.ts';
import { nameOf } from './resolve-name.ts';
import { leave, print, refuse } from './text.ts';

const FIRST_PORT = 33_434;
const HEADER_BYTES = 28;
/** So many probes are under way at once; busybox waits for each. */
const AT_ONCE = { gnu: 16, busybox: 1 } as const;
const WAIT_MS = { gnu: 5000, busybox: 3000 } as const;
const SIZE_BYTES = { gnu: 60, busybox: 46 } as const;
const MAX_HOPS = 255;
const TICK_MS = 0.05;

interface Call {
  readonly sys: Sys;
  readonly dialect: Dialect;
  readonly isNumeric: boolean;
  readonly isEcho: boolean;
  readonly ip: string;
  readonly host: string;
  readonly firstHop: number;
  readonly lastHop: number;
  readonly queries: number;
  readonly waitMs: number;
  readonly port: number;
}

interface Probe {
  readonly hop: number;
  readonly number: number;
  readonly sentNs: bigint;
  answer?: { readonly from: string; readonly kind: EchoReply['kind']; readonly ms: number };
}

interface Prober {
  send(probe: Probe): void;
  /** Answers that have come. */
  take(): readonly { readonly number: number; readonly from: string; readonly kind: EchoReply['kind'] }[];
}

const USAGE = 'Usage: traceroute [-46FInr] [-f 1ST_TTL] [-m MAXTTL] [-q PROBES] [-p PORT] [-w SEC] HOST\n';

export const traceroute =
  (dialect: Dialect): Applet =>
  async (sys, args, caller) => {
    try {
      const options = parseOptions(args, { short: '46FlnrvIUTdf:m:q:p:t:w:s:i:z:N:' });
      const [host] = options.operands;
      if (host === undefined) return refuse(sys, caller, { text: USAGE, status: 2 });
      if (options.has('T')) return leave(sys, 'traceroute: TCP probes (-T) are not supported by this model; use UDP or -I\n', 2);
      return await run(sys, { dialect, options, host });
    } catch (error) {
      if (error instanceof OptionError)
        return refuse(sys, caller, { message: error.message, text: `traceroute: ${error.message}\n`, status: 2 });
      if (isErrno(error, 'EPERM') && dialect === 'gnu')
        return leave(sys, `You do not have enough privileges to use this traceroute method.\nsocket: ${error.message}\n`);
      if (isErrno(error)) return leave(sys, `traceroute: sendto: ${error.message}\n`);
      throw error;
    }
  };

async function run(sys: Sys, { dialect, options, host }: { dialect: Dialect; options: Options; host: string }): Promise<number> {
  const found = await lookUp(sys, host, options.has('6') ? 'inet6' : 'inet');
  const ip = found.kind === 'found' ? found.addresses[0] : undefined;
  if (ip === undefined) return unknown(sys, { dialect, host });
  const number = (name: string, otherwise: number): number => Math.max(1, Math.trunc(Number(options.value(name) ?? otherwise)) || 1);
  const call: Call = {
    ...{ sys, dialect, host, ip },
    isNumeric: options.has('n'),
    isEcho: options.has('I'),
    firstHop: number('f', 1),
    lastHop: Math.min(MAX_HOPS, number('m', 30)),
    queries: Math.min(10, number('q', 3)),
    waitMs: Number(options.value('w') ?? 0) * 1000 || WAIT_MS[dialect],
    port: number('p', FIRST_PORT),
  };
  await print(sys, `traceroute to ${host} (${ip}), ${call.lastHop} hops max, ${SIZE_BYTES[dialect]} byte packets\n`);
  const prober = call.isEcho ? echoes(call) : datagrams(call);
  await trace(call, prober);
  return 0;
}

const unknown = (sys: Sys, { dialect, host }: { dialect: Dialect; host: string }): Promise<number> =>
  dialect === 'busybox'
    ? leave(sys, `traceroute: bad address '${host}'\n`)
    : leave(sys, `${host}: Name or service not known\nCannot handle "host" cmdline arg \`${host}' on position 1 (argc 1)\n`, 2);

/** Hop by hop until the host itself has answered. */
async function trace(call: Call, prober: Prober): Promise<void> {
  const { firstHop, lastHop, queries, dialect } = call;
  const hopsAtOnce = Math.max(1, Math.floor(AT_ONCE[dialect] / queries));
  let number = 0;
  for (let hop = firstHop; hop <= lastHop; hop += hopsAtOnce) {
    const probes: Probe[] = [];
    for (let at = hop; at < hop + hopsAtOnce && at <= lastHop; at += 1)
      for (let query = 0; query < queries; query += 1) {
        probes.push({ hop: at, number, sentNs: call.sys.clock.monotonicNs() });
        number += 1;
      }
    if (dialect === 'gnu') await probe(call, prober, probes);
    for (const at of new Set(probes.map((one) => one.hop))) {
      if (await tellHop(call, prober, { hop: at, probes: probes.filter((one) => one.hop === at) })) return;
    }
  }
}

/** Prints a line; whether the way ended there. */
async function tellHop(call: Call, prober: Prober, { hop, probes }: { hop: number; probes: readonly Probe[] }): Promise<boolean> {
  const { sys, dialect } = call;
  const gap = dialect === 'gnu' ? ' ' : '  ';
  await print(sys, `${String(hop).padStart(2)}${dialect === 'gnu' ? ' ' : ''}`);
  let before = '';
  for (const one of probes) {
    if (dialect === 'busybox') await probe(call, prober, [one]);
    const { answer } = one;
    if (answer === undefined) {
      await print(sys, `${gap}*`);
      continue;
    }
    const who = answer.from === before ? '' : `${gap}${await nameFor(call, answer.from)}`;
    before = answer.from;
    await print(sys, `${who}  ${answer.ms.toFixed(3)} ms${MARKS[answer.kind] ?? ''}`);
  }
  await print(sys, '\n');
  return probes.some(({ answer }) => answer !== undefined && (answer.from === call.ip || answer.kind !== 'time-exceeded'));
}

const MARKS: Partial<Record<EchoReply['kind'], string>> = {
  'unreachable-host': ' !H',
  'unreachable-net': ' !N',
  prohibited: ' !X',
};

async function nameFor({ sys, isNumeric }: Call, ip: string): Promise<string> {
  return isNumeric ? ip : `${(await nameOf(sys, ip)) ?? ip} (${ip})`;
}

/** Sends them all and waits for their answers. */
async function probe({ sys, waitMs }: Call, prober: Prober, probes: readonly Probe[]): Promise<void> {
  const sent = probes.map((one) => Object.assign(one, { sentNs: sys.clock.monotonicNs() }));
  for (const one of sent) prober.send(one);
  const endNs = sys.clock.monotonicNs() + BigInt(Math.round(waitMs * 1e6));
  for (let tickMs = TICK_MS; sent.some(({ answer }) => answer === undefined); tickMs = Math.min(tickMs * 2, 100)) {
    for (const { number, from, kind } of prober.take()) {
      const one = sent.find((candidate) => candidate.number === number);
      if (one) one.answer = { from, kind, ms: Number(sys.clock.monotonicNs() - one.sentNs) / 1e6 };
    }
    // Whoever is behind the host that was meant will not answer either.
    const end = sent.find(({ answer }) => answer !== undefined && answer.kind !== 'time-exceeded');
    if (end && sent.every(({ hop, answer }) => answer !== undefined || hop > end.hop)) return;
    if (sys.clock.monotonicNs() >= endNs) return;
    await sys.sleep(tickMs);
  }
}

function datagrams({ sys, ip, port, dialect }: Call): Prober {
  const family = ip.includes(':') ? 'inet6' : 'inet';
  const fd: Fd = sys.net.socket(family, 'dgram');
  sys.net.option(fd, 'recverr', 1);
  const payload = new Uint8Array(SIZE_BYTES[dialect] - HEADER_BYTES);
  return {
    send: ({ hop, number }) => {
      sys.net.option(fd, 'ttl', hop);
      sys.net.sendTo(fd, payload, { family, ip, port: port + number });
    },
    take: () => sys.net.errors(fd).map((error: DatagramError) => ({ number: error.port - port, from: error.from, kind: error.kind })),
  };
}

function echoes({ sys, ip, dialect }: Call): Prober {
  const [high = 0, low = 0] = sys.random.bytes(2);
  const id = (high << 8) | low;
  return {
    send: ({ hop, number }) =>
      sys.net.sendEcho(ip, { id, sequence: number, ttl: hop, sizeBytes: SIZE_BYTES[dialect] - HEADER_BYTES, datagram: dialect === 'gnu' }),
    take: () => sys.net.echoes(id).map(({ sequence, from, kind }) => ({ number: sequence, from, kind })),
  };
}
