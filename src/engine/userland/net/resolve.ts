/** Names to addresses, as the C library does it: the text of an address, /etc/hosts, then the name servers of /etc/resolv.conf. */
import { parseIp } from '../../kernel/net/ip.ts';
import type { Sys } from '../../kernel/sys.ts';
import type { Message, RecordType } from './dns/message.ts';
import { query } from './dns/query.ts';
import { textOf } from './file-text.ts';

export type Family = 'inet' | 'inet6';
/** `again`: no name server could say. */
export type Resolved =
  | { readonly kind: 'found'; readonly addresses: readonly string[]; readonly canonical: string }
  | { readonly kind: 'unknown' | 'again' };

export interface ResolverConfig {
  readonly servers: readonly string[];
  readonly search: readonly string[];
  readonly ndots: number;
  readonly timeoutMs: number;
  readonly attempts: number;
}

export function resolverConfig(sys: Sys): ResolverConfig {
  const lines = (textOf(sys, '/etc/resolv.conf') ?? '').split('\n').map((line) =>
    line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/),
  );
  const values = (key: string): readonly string[] => lines.filter(([word]) => word === key).flatMap(([, ...rest]) => rest);
  const number = (name: string, fallback: number): number =>
    Number(
      values('options')
        .find((option) => option.startsWith(`${name}:`))
        ?.slice(name.length + 1) ?? fallback,
    );
  const servers = values('nameserver');
  const search =
    lines
      .filter(([word]) => word === 'search' || word === 'domain')
      .at(-1)
      ?.slice(1) ?? [];
  return {
    servers: servers.length > 0 ? servers.slice(0, 3) : ['127.0.0.1'],
    search,
    ndots: number('ndots', 1),
    timeoutMs: number('timeout', 5) * 1000,
    attempts: number('attempts', 2),
  };
}

/** Lines of /etc/hosts: an address and its names. */
export const hostsLines = (sys: Sys): readonly { readonly ip: string; readonly names: readonly string[] }[] =>
  (textOf(sys, '/etc/hosts') ?? '')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
    .filter(([ip]) => ip !== undefined && ip !== '')
    .map(([ip = '', ...names]) => ({ ip, names }));

/** All addresses of a name, IPv6 first, or of one family. */
export async function lookUp(sys: Sys, name: string, family?: Family): Promise<Resolved> {
  const literal = parseIp(name);
  if (literal !== null) return fits(literal.text, family) ? found([literal.text], name) : { kind: 'unknown' };
  const hosts = hostsLines(sys).filter(
    ({ ip, names }) => names.some((one) => one.toLowerCase() === name.toLowerCase()) && fits(ip, family),
  );
  if (hosts.length > 0) return found(sorted(hosts.map(({ ip }) => ip)), hosts[0]?.names[0] ?? name);
  return ask(sys, name, family);
}

const found = (addresses: readonly string[], canonical: string): Resolved => ({
  kind: 'found',
  addresses: [...new Set(addresses)],
  canonical,
});
const fits = (ip: string, family: Family | undefined): boolean => family === undefined || (family === 'inet6') === ip.includes(':');
const sorted = (ips: readonly string[]): readonly string[] => [
  ...ips.filter((ip) => ip.includes(':')),
  ...ips.filter((ip) => !ip.includes(':')),
];

async function ask(sys: Sys, name: string, family: Family | undefined): Promise<Resolved> {
  const config = resolverConfig(sys);
  const types: readonly RecordType[] = family === 'inet' ? ['A'] : family === 'inet6' ? ['AAAA'] : ['AAAA', 'A'];
  let isSure = false;
  for (const candidate of candidates(name, config)) {
    const addresses: string[] = [];
    for (const type of types) {
      const answer = await askServers(sys, { name: candidate, type }, config);
      if (answer === undefined) continue;
      isSure ||= answer.code === 'NXDOMAIN' || answer.code === 'NOERROR';
      addresses.push(...answer.answers.filter((record) => record.type === type).map(({ data }) => data));
    }
    if (addresses.length > 0) return found(sorted(addresses), candidate);
  }
  return { kind: isSure ? 'unknown' : 'again' };
}

function candidates(name: string, { search, ndots }: ResolverConfig): readonly string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const searched = search.filter((domain) => domain !== '.').map((domain) => `${name}.${domain}`);
  return name.split('.').length - 1 >= ndots ? [name, ...searched] : [...searched, name];
}

/** The first server that knows, or says that it does not. */
export async function askServers(
  sys: Sys,
  question: { name: string; type: RecordType },
  { servers, timeoutMs, attempts }: ResolverConfig,
): Promise<Message | undefined> {
  let answer: Message | undefined;
  for (const server of servers) {
    answer = (await query(sys, question, { server, timeoutMs, attempts })) ?? answer;
    if (answer?.code === 'NOERROR' || answer?.code === 'NXDOMAIN') return answer;
  }
  return answer;
}

/** The addresses of a name in one family; none if it is not known. */
export async function resolve(sys: Sys, name: string, family: Family = 'inet'): Promise<readonly string[]> {
  const resolved = await lookUp(sys, name, family);
  return resolved.kind === 'found' ? resolved.addresses : [];
}
