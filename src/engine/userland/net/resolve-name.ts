/** Names of addresses, and the first address of a name. */
import type { Sys } from '../../kernel/sys.ts';
import type { Caller } from './applet.ts';
import { askServers, type Family, hostsLines, lookUp, resolverConfig } from './resolve.ts';

/** The name by which an address is asked for the other way round. */
export const reversed = (ip: string): string => `${ip.split('.').reverse().join('.')}.in-addr.arpa`;

/** What an address is called: by /etc/hosts, else by a name server. Undefined if nobody knows. */
export async function nameOf(sys: Sys, ip: string): Promise<string | undefined> {
  const own = hostsLines(sys).find((line) => line.ip === ip)?.names[0];
  if (own !== undefined || ip.includes(':')) return own;
  const answer = await askServers(sys, { name: reversed(ip), type: 'PTR' }, { ...resolverConfig(sys), attempts: 1 });
  return answer?.answers.find(({ type }) => type === 'PTR')?.data.replace(/\.$/, '');
}

/** The first IPv4 address of a name, else its first IPv6 one. */
export async function resolveFirst(sys: Sys, name: string, family?: Family): Promise<string | undefined> {
  const resolved = await lookUp(sys, name, family);
  return resolved.kind === 'found' ? firstOf(resolved.addresses, undefined) : undefined;
}

/** Which address of a name busybox takes. */
export const firstOf = (addresses: readonly string[], caller: Caller | undefined): string | undefined =>
  (caller?.isAlpineBusybox === true ? undefined : addresses.find((ip) => !ip.includes(':'))) ?? addresses[0];
