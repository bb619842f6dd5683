/**
 * The name server that /etc/resolv.conf names. In the book's world it is the router's, which knows the sites outside and the machines
 * of the local network; in that of the recordings it is the host's own, and knows no name: Docker Hub's are in /etc/hosts there.
 */
import type { Sys } from '../../kernel/sys.ts';
import type { Question } from '../../userland/net/dns/message.ts';
import { type DnsAnswer, type DnsServerOptions, dnsServer } from '../../userland/net/dns/server.ts';

export interface Named {
  readonly name: string;
  readonly ip: string;
}

const TTL_SECONDS = 300;
const UNKNOWN: DnsAnswer = { code: 'NXDOMAIN', answers: [] };

const reversed = (ip: string): string => `${ip.split('.').reverse().join('.')}.in-addr.arpa`;

function answerTo({ name, type }: Question, named: readonly Named[]): DnsAnswer {
  const wanted = name.replace(/\.$/, '').toLowerCase();
  const record = (data: string): DnsAnswer => ({ answers: [{ name, type, ttl: TTL_SECONDS, data }] });
  if (type === 'PTR') {
    const found = named.find(({ ip }) => reversed(ip) === wanted);
    return found ? record(found.name) : UNKNOWN;
  }
  const found = named.find((one) => one.name === wanted || one.name === `${wanted}.lan`);
  if (!found) return UNKNOWN;
  return type === 'A' || type === 'ANY' ? record(found.ip) : { answers: [] };
}

/** Answers, in a thread of its own, as long as the machine is on. */
export function startNameServer(sys: Sys, named: readonly Named[], where: Pick<DnsServerOptions, 'ip' | 'net'>): void {
  sys.thread(() => dnsServer(sys, async (question) => answerTo(question, named), where));
}
