/** `arping`: asks a link who has an address, as iputils does and as busybox does. The first answer is asked again by its own MAC. */
import { isErrno } from '../../kernel/errno.ts';
import type { ArpAnswer } from '../../kernel/net/types.ts';
import type { Sys } from '../../kernel/sys.ts';
import { OptionError, type Options, parseOptions } from '../options.ts';
import type { Dialect } from '../tool.ts';
import type { Applet } from './applet.ts';
import { resolveFirst } from './resolve-name.ts';
import { leave, print, refuse } from './text.ts';

const SECOND_MS = 1000;

interface Call {
  readonly sys: Sys;
  readonly dialect: Dialect;
  readonly options: Options;
  readonly device: string;
  readonly source: string;
  readonly ip: string;
}

interface Tally {
  sent: number;
  broadcasts: number;
  received: number;
  /** Whom the next request goes to alone. */
  known: string | undefined;
  stopped: boolean;
}

const USAGE = 'Usage: arping [-fqbDUA] [-c CNT] [-w TIMEOUT] [-I IFACE] [-s SRC_IP] DST_IP\n';

export const arping =
  (dialect: Dialect): Applet =>
  async (sys, args, caller) => {
    const wrong = dialect === 'gnu' ? 2 : 1;
    try {
      const options = parseOptions(args, { short: 'fqbDUAVc:w:i:I:s:' });
      const [host] = options.operands;
      if (host === undefined) return refuse(sys, caller, { text: USAGE, status: wrong });
      const ip = await resolveFirst(sys, host, 'inet');
      if (ip === undefined) return leave(sys, `arping: ${host}: Name or service not known\n`, wrong);
      return await run(sys, { dialect, options, ip });
    } catch (error) {
      if (error instanceof OptionError)
        return refuse(sys, caller, { message: error.message, text: `arping: ${error.message}\n`, status: wrong });
      if (!isErrno(error)) throw error;
      return leave(sys, `arping: ${dialect === 'gnu' ? 'socket' : 'socket(AF_PACKET,2,0)'}: ${error.message}\n`, wrong);
    }
  };

async function run(sys: Sys, { dialect, options, ip }: Pick<Call, 'dialect' | 'options' | 'ip'>): Promise<number> {
  const links = sys.net.link.list();
  const device = options.value('I') ?? links.find(({ kind, up }) => up && kind !== 'loopback')?.name ?? 'eth0';
  const link = links.find(({ name }) => name === device);
  const isGnu = dialect === 'gnu';
  if (link === undefined)
    return leave(sys, isGnu ? `arping: Device ${device} not available.\n` : `arping: interface ${device} not found\n`, isGnu ? 2 : 1);
  if (!link.up)
    return leave(sys, isGnu ? `arping: Interface "${device}" is down\n` : `arping: interface ${device} is down\n`, isGnu ? 2 : 1);
  const own = options.value('s') ?? link.addresses.find(({ family }) => family === 'inet')?.ip ?? '0.0.0.0';
  const source = options.has('D') ? '0.0.0.0' : own;
  const call: Call = { sys, dialect, options, device, source, ip };
  const tally: Tally = { sent: 0, broadcasts: 0, received: 0, known: undefined, stopped: false };
  sys.on('SIGINT', () => {
    tally.stopped = true;
  });
  const answers = sys.net.link.askArp(device, ip);
  if (!options.has('q')) await print(sys, `ARPING ${ip} from ${source} ${device}\n`);
  await converse(call, tally, answers);
  if (!options.has('q')) await print(sys, summary(call, tally));
  if (options.has('U', 'A')) return 0;
  return tally.received > 0 !== (options.has('D') && isGnu) ? 0 : 1;
}

/** One request each second. `first` answers the first. */
async function converse(call: Call, tally: Tally, first: readonly ArpAnswer[]): Promise<void> {
  const { sys, options, device, ip } = call;
  const count = Number(options.value('c') ?? Number.POSITIVE_INFINITY);
  const deadlineMs = Number(options.value('w') ?? Number.POSITIVE_INFINITY) * SECOND_MS;
  const endsOnAnswer = options.has('f', 'D');
  for (let at = 0; at < count && at * SECOND_MS < deadlineMs && !tally.stopped; at += 1) {
    const all = at === 0 ? first : sys.net.link.askArp(device, ip);
    const answers = tally.known === undefined ? all : all.filter(({ mac }) => mac === tally.known);
    tally.sent += 1;
    if (tally.known === undefined) tally.broadcasts += 1;
    const waitedMs = await take(call, tally, answers);
    if (endsOnAnswer && answers.length > 0) return;
    const isLast = at + 1 >= count;
    if (!isLast || answers.length === 0) await nap(sys, SECOND_MS - waitedMs);
  }
}

/** Shows answers when they are there; how long that took. */
async function take({ sys, dialect, options, ip }: Call, tally: Tally, answers: readonly ArpAnswer[]): Promise<number> {
  let waitedMs = 0;
  for (const { mac, rttNs } of [...answers].sort((a, b) => a.rttNs - b.rttNs)) {
    const ms = rttNs / 1e6;
    await nap(sys, ms - waitedMs);
    waitedMs = Math.max(waitedMs, ms);
    tally.received += 1;
    const shown = dialect === 'gnu' ? `[${mac.toUpperCase()}]  ` : `[${mac.replace(/\b0(?=[0-9a-f])/g, '')}] `;
    if (!options.has('q')) await print(sys, `Unicast reply from ${ip} ${shown}${ms.toFixed(3)}ms\n`);
  }
  if (!options.has('b')) tally.known ??= answers[0]?.mac;
  return waitedMs;
}

async function nap(sys: Sys, ms: number): Promise<void> {
  if (ms <= 0) return;
  try {
    await sys.sleep(ms);
  } catch (error) {
    if (!isErrno(error, 'EINTR')) throw error;
  }
}

const summary = ({ dialect }: Call, { sent, broadcasts, received }: Tally): string =>
  dialect === 'gnu'
    ? `Sent ${sent} probes (${broadcasts} broadcast(s))\nReceived ${received} response(s)\n`
    : // busybox never counts what it sends to everybody.
      `Sent ${sent} probe(s) (0 broadcast(s))\nReceived ${received} response(s) (0 request(s), 0 broadcast(s))\n`;
