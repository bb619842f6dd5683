/** The name server that dockerd runs for each container: its answers first, and for all other names those of the servers it is told. */
import type { NameServer, NameServerOptions } from '../../daemon/networks/names.ts';
import type { Sys } from '../../kernel/sys.ts';
import type { Question, RecordType } from '../../userland/net/dns/message.ts';
import { query } from '../../userland/net/dns/query.ts';
import { type DnsAnswer, dnsServer } from '../../userland/net/dns/server.ts';
import { dnsStreamServer } from '../../userland/net/dns/stream-server.ts';

const TTL_SECONDS = 600;
const KNOWN: readonly RecordType[] = ['A', 'AAAA', 'PTR', 'MX'];

export const nameServer: NameServer = (sys, options) => {
  const { ip, namespace, isOpen, ready } = options;
  const where = { ip, port: 0, net: sys.net.at(namespace), isOpen, ready };
  sys.thread(() => dnsServer(sys, (question) => respond(sys, options, question), where));
  return dnsStreamServer(sys, (question) => respond(sys, options, question), where);
};

async function respond(sys: Sys, options: NameServerOptions, question: Question): Promise<DnsAnswer> {
  const known = KNOWN.includes(question.type) ? options.answer(question) : undefined;
  const { name, type } = question;
  if (known) {
    options.told({ name, type }, known, options.ip);
    return { answers: known.map((data) => ({ name, type, ttl: TTL_SECONDS, data })) };
  }
  const { ips, inside } = options.servers();
  const net = inside ? sys.net.at(options.namespace) : sys.net;
  for (const server of ips) {
    const answer = await query(sys, question, { server, net });
    if (!answer) continue;
    options.told(
      { name, type },
      answer.answers.map(({ data }) => data),
      server,
    );
    return { code: answer.code, answers: answer.answers };
  }
  options.told({ name, type }, [], '');
  return { code: 'SERVFAIL', answers: [] };
}
