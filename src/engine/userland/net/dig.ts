/** `dig` and `host` of BIND: one question to one name server, and its answer taken apart. */
import type { Sys } from '../../kernel/sys.ts';
import { strftime, zoneOf } from '../coreutils/dates.ts';
import type { Applet } from './applet.ts';
import { encodeMessage, type Message, type Question, type RecordType, type ResourceRecord } from './dns/message.ts';
import { query } from './dns/query.ts';
import { resolve, resolverConfig } from './resolve.ts';
import { reversed } from './resolve-name.ts';
import { leave, print } from './text.ts';

const VERSION = '9.20.15-1~deb13u1-Debian';
const TYPES: readonly RecordType[] = ['A', 'AAAA', 'PTR', 'CNAME', 'MX', 'TXT', 'NS', 'SOA', 'SRV', 'ANY'];
const typeOf = (word: string): RecordType | undefined => TYPES.find((type) => type === word.toUpperCase());
const isAddress = (name: string): boolean => /^\d+\.\d+\.\d+\.\d+$/.test(name);
const rooted = (name: string): string => (name.endsWith('.') ? name : `${name}.`);

interface Asked {
  readonly question: Question;
  readonly server: string;
  readonly port: number;
  readonly timeoutMs: number;
  readonly attempts: number;
}

/** Which parts are shown. */
type Part = 'cmd' | 'comments' | 'question' | 'answer' | 'stats' | 'short';

interface DigCall extends Asked {
  readonly parts: ReadonlySet<Part>;
  readonly words: string;
}

export const dig: Applet = async (sys, args) => {
  const call = readDig(sys, args);
  if (typeof call === 'string') return leave(sys, `${call}\n`, 1);
  const address = isAddress(call.server) || call.server.includes(':') ? call.server : (await resolve(sys, call.server))[0];
  if (address === undefined) return leave(sys, `dig: couldn't get address for '${call.server}': not found\n`, 10);
  const { parts, words } = call;
  const began = sys.clock.monotonicNs();
  const answer = await query(sys, call.question, { ...call, server: address });
  if (parts.has('cmd') && !parts.has('short'))
    await print(sys, `\n; <<>> DiG ${VERSION} <<>>${words === '' ? '' : ` ${words}`}\n;; global options: +cmd\n`);
  if (answer === undefined)
    return leaveWith(sys, `;; communications error to ${address}#${call.port}: timed out\n;; no servers could be reached\n`);
  if (parts.has('short')) {
    await print(sys, answer.answers.map((record) => `${dataOf(record)}\n`).join(''));
    return 0;
  }
  const ms = Math.round(Number(sys.clock.monotonicNs() - began) / 1e6);
  await print(sys, sections(sys, { call, address, answer, ms }));
  return 0;
};

/** dig complains on standard output. */
async function leaveWith(sys: Sys, text: string): Promise<number> {
  await print(sys, text);
  return 9;
}

function readDig(sys: Sys, args: readonly string[]): DigCall | string {
  const config = resolverConfig(sys);
  const parts = new Set<Part>(['cmd', 'comments', 'question', 'answer', 'stats']);
  let [name, type, server] = ['.', undefined as RecordType | undefined, config.servers[0] ?? '127.0.0.1'];
  let [port, timeoutMs, attempts] = [53, config.timeoutMs, 3];
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const number = Number(/=(\d+)$/.exec(word)?.[1]);
    if (word.startsWith('@')) server = word.slice(1);
    else if (/^\+(time|timeout)=\d+$/.test(word)) timeoutMs = number * 1000;
    else if (/^\+tries=\d+$/.test(word)) attempts = number;
    else if (word.startsWith('+')) changeParts(parts, word.slice(1));
    else if (word === '-p') port = Number(rest.shift());
    else if (word === '-x') [name, type] = [reversed(rest.shift() ?? ''), 'PTR'];
    else if (word === '-t' || word === '-q') {
      const value = rest.shift() ?? '';
      if (word === '-q') name = value;
      else type = typeOf(value) ?? type;
    } else if (/^-[46r]$/.test(word)) continue;
    else if (word.startsWith('-')) return `Invalid option: ${word}`;
    else if (typeOf(word) !== undefined && (name !== '.' || word === word.toUpperCase())) type = typeOf(word);
    else if (word.toUpperCase() !== 'IN') name = word;
  }
  const question: Question = { name, type: type ?? (name === '.' ? 'NS' : 'A') };
  return { question, server, port, timeoutMs, attempts, parts, words: args.join(' ') };
}

function changeParts(parts: Set<Part>, option: string): void {
  const isOff = option.startsWith('no');
  const name = isOff ? option.slice(2) : option;
  if (name === 'all')
    for (const part of ['cmd', 'comments', 'question', 'answer', 'stats'] as const) isOff ? parts.delete(part) : parts.add(part);
  const found = (['cmd', 'comments', 'question', 'answer', 'stats', 'short'] as const).find((part) => part === name);
  if (found === undefined) return;
  if (isOff) parts.delete(found);
  else parts.add(found);
}

interface Shown {
  readonly call: DigCall;
  readonly address: string;
  readonly answer: Message;
  readonly ms: number;
}

function sections(sys: Sys, { call, address, answer, ms }: Shown): string {
  const { parts, question, server, port } = call;
  const flags = ['qr', ...(answer.isAuthoritative ? ['aa'] : []), 'rd', ...(answer.recursionAvailable ? ['ra'] : [])];
  const text: string[] = [];
  if (parts.has('comments'))
    text.push(
      `;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${answer.code}, id: ${answer.id}\n;; flags: ${flags.join(' ')}; QUERY: ${answer.questions.length}, ANSWER: ${answer.answers.length}, AUTHORITY: 0, ADDITIONAL: 0\n\n`,
    );
  if (parts.has('question'))
    text.push(
      `${parts.has('comments') ? ';; QUESTION SECTION:\n' : ''}${columns(`;${rooted(question.name)}`, 32)}IN\t${question.type}\n\n`,
    );
  if (parts.has('answer') && answer.answers.length > 0)
    text.push(
      `${parts.has('comments') ? ';; ANSWER SECTION:\n' : ''}${answer.answers.map(recordLine).join('')}${parts.has('comments') ? '\n' : ''}`,
    );
  if (parts.has('stats')) {
    const when = strftime('%a %b %d %H:%M:%S %Z %Y', sys.clock.nowNs(), zoneOf(sys.env.get('TZ')));
    text.push(
      `;; Query time: ${ms} msec\n;; SERVER: ${address}#${port}(${server}) (UDP)\n;; WHEN: ${when}\n;; MSG SIZE  rcvd: ${encodeMessage(answer).length}\n\n`,
    );
  }
  return text.join('');
}

/** Padded with tabs up to a column. */
const columns = (text: string, width: number): string => text + '\t'.repeat(Math.max(1, Math.ceil((width - text.length) / 8)));

const recordLine = (record: ResourceRecord): string =>
  `${columns(rooted(record.name), 24)}${record.ttl}\tIN\t${record.type}\t${dataOf(record)}\n`;

function dataOf({ type, data }: ResourceRecord): string {
  if (type === 'TXT') return `"${data}"`;
  return type === 'A' || type === 'AAAA' ? data : rooted(data);
}

/** `host`: sentences. Without a type it asks for both families of addresses. */
export const host: Applet = async (sys, args) => {
  const rest = [...args];
  const words: string[] = [];
  let type: RecordType | undefined;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '-t') {
      const value = rest.shift() ?? '';
      type = typeOf(value);
      if (type === undefined) return leave(sys, `host: invalid type: ${value}\n`);
    } else if (!word.startsWith('-')) words.push(word);
  }
  const [name, given] = words;
  if (name === undefined) return leave(sys, 'Usage: host [-t type] hostname [server]\n');
  const config = resolverConfig(sys);
  const server = given ?? config.servers[0] ?? '127.0.0.1';
  if (given !== undefined) await print(sys, `Using domain server:\nName: ${given}\nAddress: ${given}#53\nAliases: \n\n`);
  const asked = isAddress(name) ? reversed(name) : name;
  const types = type !== undefined ? [type] : isAddress(name) ? (['PTR'] as const) : (['A', 'AAAA'] as const);
  return tell(sys, {
    asked,
    types,
    options: { server, timeoutMs: config.timeoutMs, attempts: config.attempts },
    isTyped: type !== undefined,
  });
};

interface Telling {
  readonly asked: string;
  readonly types: readonly RecordType[];
  readonly options: Pick<Asked, 'server' | 'timeoutMs' | 'attempts'>;
  readonly isTyped: boolean;
}

async function tell(sys: Sys, { asked, types, options, isTyped }: Telling): Promise<number> {
  for (const type of types) {
    const answer = await query(sys, { name: asked, type }, options);
    if (answer === undefined) {
      await print(sys, ';; no servers could be reached\n');
      return 1;
    }
    if (answer.code !== 'NOERROR') {
      await print(
        sys,
        `Host ${asked}${asked.endsWith('.arpa') ? '.' : ''} not found: 3(${answer.code})\n`.replace('3(SERVFAIL)', '2(SERVFAIL)'),
      );
      return 1;
    }
    if (answer.answers.length === 0 && isTyped) await print(sys, `${asked} has no ${type} record\n`);
    await print(sys, answer.answers.map((record) => sentenceOf(record)).join(''));
  }
  return 0;
}

function sentenceOf(record: ResourceRecord): string {
  const { name, type, data } = record;
  if (type === 'A') return `${name} has address ${data}\n`;
  if (type === 'AAAA') return `${name} has IPv6 address ${data}\n`;
  if (type === 'PTR') return `${name} domain name pointer ${rooted(data)}\n`;
  if (type === 'CNAME') return `${name} is an alias for ${rooted(data)}\n`;
  return `${name} ${type} ${dataOf(record)}\n`;
}
