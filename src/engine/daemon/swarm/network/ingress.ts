/** The host's side of published ports: rules that lead into the ingress network, and a socket that keeps the port. Upstream: libnetwork/service_linux.go. */
import { isErrno } from '../../../kernel/errno.ts';
import type { TableName } from '../../../kernel/net/types.ts';
import type { Fd, Sys } from '../../../kernel/sys.ts';
import type { ActiveEndpoint } from '../../networks/sandbox.ts';
import type { Port } from './load-balancer.ts';

const CHAIN = 'DOCKER-INGRESS';
const BACKLOG = 128;
const words = (text: string): readonly string[] => text.split(' ');
const GLUE: readonly (readonly [TableName, string])[] = [
  ['nat', `OUTPUT -m addrtype --dst-type LOCAL -j ${CHAIN}`],
  ['nat', `PREROUTING -m addrtype --dst-type LOCAL -j ${CHAIN}`],
  ['filter', `DOCKER-FORWARD -j ${CHAIN}`],
];

export class Ingress {
  readonly #sys: Sys;
  /** Where the load balancer is reached from the host. */
  readonly #gateway: string;
  readonly #bridge: string;
  readonly #sockets = new Map<string, Fd>();
  #isSetUp = false;

  constructor(sys: Sys, { gateway, bridge }: { readonly gateway: string; readonly bridge: string }) {
    this.#sys = sys;
    this.#gateway = gateway;
    this.#bridge = bridge;
  }

  #isMasqueraded = (): string => `POSTROUTING -m addrtype --src-type LOCAL -o ${this.#bridge} -j MASQUERADE`;

  /** The chains, made with the first port. */
  #setUp(): void {
    const { rules, link } = this.#sys.net;
    for (const table of ['nat', 'filter'] as const) {
      if (this.#isSetUp) continue;
      // What an earlier dockerd wrote leads nowhere any more.
      if (rules.chains(table).some(({ name }) => name === CHAIN)) rules.flush(table, CHAIN);
      else rules.newChain(table, CHAIN);
      rules.append(table, CHAIN, words('-j RETURN'));
    }
    this.#isSetUp = true;
    for (const [table, rule] of [...GLUE, ['nat', this.#isMasqueraded()] as const]) {
      const [chain = '', ...spec] = words(rule);
      if (!rules.has(table, chain, spec)) rules.insert(table, chain, spec);
    }
    link.set(this.#bridge, { settings: [[`net.ipv4.conf.${this.#bridge}.route_localnet`, '1']] });
  }

  open(ports: readonly Port[]): void {
    this.#setUp();
    for (const port of ports) {
      for (const [table, spec] of this.#rulesOf(port)) this.#sys.net.rules.insert(table, CHAIN, words(spec));
      this.#keep(port);
    }
  }

  close(ports: readonly Port[]): void {
    for (const port of ports) {
      for (const [table, spec] of this.#rulesOf(port)) this.#sys.net.rules.remove(table, CHAIN, words(spec));
      const key = keyOf(port);
      const fd = this.#sockets.get(key);
      if (fd !== undefined) this.#sys.fds.close(fd);
      this.#sockets.delete(key);
    }
  }

  #rulesOf({ protocol, publishedPort }: Port): readonly (readonly [TableName, string])[] {
    return [
      ['nat', `-p ${protocol} --dport ${publishedPort} -j DNAT --to-destination ${this.#gateway}:${publishedPort}`],
      ['filter', `-p ${protocol} --sport ${publishedPort} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`],
      ['filter', `-p ${protocol} --dport ${publishedPort} -j ACCEPT`],
    ];
  }

  /** Nobody else shall have the port. That somebody has it already is no failure: the rules come first. */
  #keep({ protocol, publishedPort }: Port): void {
    const { net, fds } = this.#sys;
    const fd = net.socket('inet6', protocol === 'udp' ? 'dgram' : 'stream');
    fds.setCloseOnExec(fd, true);
    try {
      net.bind(fd, { family: 'inet6', ip: '::', port: publishedPort });
      if (protocol !== 'udp') net.listen(fd, BACKLOG);
      this.#sockets.set(keyOf({ protocol, publishedPort }), fd);
    } catch (error) {
      fds.close(fd);
      if (!isErrno(error, 'EADDRINUSE')) throw error;
    }
  }
}

const keyOf = ({ protocol, publishedPort }: Pick<Port, 'protocol' | 'publishedPort'>): string => `${publishedPort}/${protocol}`;

/** In a task's own namespace: published ports lead to its own, and nothing else comes in or goes out by the ingress network. */
export function redirectPorts(
  sys: Sys,
  { ip }: Pick<ActiveEndpoint, 'ip'>,
  { ports, namespace }: { readonly ports: readonly Port[]; readonly namespace: Parameters<Sys['net']['link']['in']>[0] },
): void {
  const { rules } = sys.net.link.in(namespace);
  for (const { protocol, publishedPort, targetPort } of ports) {
    rules.append('nat', 'PREROUTING', words(`-d ${ip} -p ${protocol} --dport ${publishedPort} -j REDIRECT --to-ports ${targetPort}`));
    rules.insert(
      'filter',
      'INPUT',
      words(`-d ${ip} -p ${protocol} --dport ${targetPort} -m conntrack --ctstate NEW,ESTABLISHED -j ACCEPT`),
    );
    rules.insert('filter', 'OUTPUT', words(`-s ${ip} -p ${protocol} --sport ${targetPort} -m conntrack --ctstate ESTABLISHED -j ACCEPT`));
  }
  if (ports.length === 0) return;
  for (const protocol of ['sctp', 'udp', 'tcp']) {
    rules.append('filter', 'INPUT', words(`-d ${ip} -p ${protocol} -j DROP`));
    rules.append('filter', 'OUTPUT', words(`-s ${ip} -p ${protocol} -j DROP`));
  }
}
