/** `nslookup`, as busybox has it: what one name server says, both families unless a type is asked for. */
import type { Sys } from '../../kernel/sys.ts';
import type { Applet } from './applet.ts';
import type { Message, RecordType, ResourceRecord } from './dns/message.ts';
import { query } from './dns/query.ts';
import { resolverConfig } from './resolve.ts';
import { reversed } from './resolve-name.ts';
import { leave, print, refuse } from './text.ts';

const TYPES: readonly RecordType[] = ['A', 'AAAA', 'PTR', 'CNAME', 'MX', 'TXT', 'NS', 'SOA', 'SRV', 'ANY'];

export const nslookup: Applet = async (sys, args, caller) => {
  const wanted = args.filter((arg) => /^-(query)?type=|^-q=/.test(arg)).map((arg) => arg.replace(/^.*=/, '').toUpperCase());
  const bad = wanted.find((type) => !TYPES.some((one) => one === type));
  if (bad !== undefined) return leave(sys, `nslookup: invalid query type "${bad.toLowerCase()}"\n`);
  const [name, server] = args.filter((arg) => !arg.startsWith('-'));
  if (name === undefined) return refuse(sys, caller, { text: 'Usage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n' });
  const config = resolverConfig(sys);
  const at = server ?? config.servers[0] ?? '127.0.0.1';
  const types =
    wanted.length > 0 ? TYPES.filter((type) => wanted.includes(type)) : isAddress(name) ? (['PTR'] as const) : (['A', 'AAAA'] as const);
  return ask(sys, {
    // A name without a dot is looked for in the domains to search, and nowhere else.
    names:
      isAddress(name) && wanted.length === 0
        ? [reversed(name)]
        : name.includes('.') || config.search.length === 0
          ? [name]
          : config.search.map((domain) => `${name}.${domain}`),
    types,
    server: at,
    timeoutMs: config.timeoutMs,
    attempts: config.attempts,
  });
};

const isAddress = (name: string): boolean => /^\d+\.\d+\.\d+\.\d+$/.test(name);

interface Asking {
  readonly names: readonly string[];
  readonly types: readonly RecordType[];
  readonly server: string;
  readonly timeoutMs: number;
  readonly attempts: number;
}

async function ask(sys: Sys, { names, types, server, timeoutMs, attempts }: Asking): Promise<number> {
  const end = `${server.includes(':') ? `[${server}]` : server}:53`;
  const replies: (Message | undefined)[] = [];
  for (const asked of names)
    for (const type of types) replies.push(await query(sys, { name: asked, type }, { server, timeoutMs, attempts }));
  await print(sys, `Server:\t\t${server}\nAddress:\t${end}\n\n`);
  if (replies.every((reply) => reply === undefined)) {
    await print(sys, ';; connection timed out; no servers could be reached\n\n');
    return 1;
  }
  let status = 0;
  for (const [at, reply] of replies.entries()) {
    if (reply === undefined) continue;
    if (reply.code !== 'NOERROR') {
      await print(sys, `** server can't find ${names[Math.floor(at / types.length)] ?? ''}: ${reply.code}\n\n`);
      status = 1;
      continue;
    }
    const title = reply.isAuthoritative ? '' : 'Non-authoritative answer:\n';
    await print(sys, reply.answers.length === 0 ? `${title}\n` : `${title}${reply.answers.map(answerText).join('')}\n`);
  }
  return status;
}

function answerText({ name, type, data }: ResourceRecord): string {
  if (type === 'A' || type === 'AAAA') return `Name:\t${name}\nAddress: ${data}\n`;
  if (type === 'PTR') return `${name}\tname = ${data}\n`;
  return type === 'CNAME' ? `${name}\tcanonical name = ${data}\n` : `${name}\t${type.toLowerCase()} = ${data}\n`;
}
