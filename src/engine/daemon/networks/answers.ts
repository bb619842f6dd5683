/** What the name server of a container knows, whom it asks, and the rule that leads to it. Upstream: moby daemon/libnetwork/resolver.go. */
import { canonicalIp } from '../../kernel/net/ip.ts';
import type { RuleOps } from '../../kernel/net/types.ts';
import type { Fd, Sys } from '../../kernel/sys.ts';
import type { Container } from '../containers/container.ts';
import type { Daemon } from '../daemon.ts';
import { readTextIfThere } from '../files.ts';
import { shortId } from '../ids.ts';
import { type Answer, EMBEDDED_DNS, isUserDefined } from './names.ts';
import { byPriority, type Endpoint, type Sandbox } from './sandbox.ts';

interface Listener {
  readonly fd: Fd;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

/** Port 53 stays free for the container: rules in its namespace lead to where dockerd listens, and back. */
export function translate(sys: Sys, { namespace, resolver }: Sandbox, { fd, port, protocol }: Listener): void {
  const isFirst = resolver.fds.length === 0;
  resolver.fds.push(fd);
  sys.fds.setCloseOnExec(fd, true);
  const { rules } = sys.net.link.in(namespace);
  if (isFirst) lead(rules);
  const [there, back] = [`-p ${protocol} -m ${protocol} --dport 53`, `-p ${protocol} -m ${protocol} --sport ${port}`];
  rules.append('nat', 'DOCKER_OUTPUT', words(`-d ${EMBEDDED_DNS}/32 ${there} -j DNAT --to-destination ${EMBEDDED_DNS}:${port}`));
  rules.append('nat', 'DOCKER_POSTROUTING', words(`-s ${EMBEDDED_DNS}/32 ${back} -j SNAT --to-source :53`));
}

const words = (text: string): readonly string[] => text.split(' ');

function lead(rules: RuleOps): void {
  for (const chain of ['DOCKER_OUTPUT', 'DOCKER_POSTROUTING']) rules.newChain('nat', chain);
  rules.append('nat', 'OUTPUT', words(`-d ${EMBEDDED_DNS}/32 -j DOCKER_OUTPUT`));
  rules.append('nat', 'POSTROUTING', words(`-d ${EMBEDDED_DNS}/32 -j DOCKER_POSTROUTING`));
}

/** `--dns` is asked from inside; the host's own servers from the host. Nobody, if every network is internal. */
export function serversFor(
  daemon: Daemon,
  { hostConfig, endpoints }: Container,
): { readonly ips: readonly string[]; readonly inside: boolean } {
  const networks = endpoints.flatMap(({ networkId }) => daemon.networks.all().filter(({ id }) => id === networkId));
  if (networks.length > 0 && networks.every(({ internal }) => internal)) return { ips: [], inside: false };
  const own = hostConfig.Dns ?? [];
  if (own.length > 0) return { ips: own, inside: true };
  const host = (readTextIfThere(daemon.sys, '/etc/resolv.conf') ?? '').matchAll(/^\s*nameserver\s+(\S+)/gm);
  return { ips: [...host].map(([, ip = '']) => ip), inside: false };
}

interface Neighbour {
  readonly container: Container;
  readonly endpoint: Endpoint;
}

/** Those who are in a network now, of whom something holds. */
function inNetwork(
  daemon: Daemon,
  networkId: string,
  isMeant: (container: Container, endpoint: Endpoint) => boolean,
): readonly Neighbour[] {
  const found: Neighbour[] = [];
  for (const container of daemon.containers.each())
    for (const endpoint of container.endpoints)
      if (endpoint.networkId === networkId && endpoint.active !== null && isMeant(container, endpoint)) found.push({ container, endpoint });
  return found;
}

/** What a container is told of a name. */
export function answerFor(daemon: Daemon, container: Container, { name, type }: { name: string; type: string }): Answer {
  const asked = name.replace(/\.$/, '').toLowerCase();
  const own = container.endpoints.filter(({ active, network }) => active !== null && isUserDefined(network)).sort(byPriority);
  if (type === 'PTR') return pointer(daemon, own, asked);
  if (type !== 'A' && type !== 'AAAA' && type !== 'MX') return undefined;
  for (const endpoint of own) {
    const plain = asked.endsWith(`.${endpoint.network.toLowerCase()}`) ? asked.slice(0, -endpoint.network.length - 1) : undefined;
    for (const wanted of plain === undefined ? [asked] : [asked, plain]) {
      const service = daemon.swarm.node?.network.resolve(endpoint.networkId, wanted);
      if (service) return type === 'A' ? service : [];
      const found = called(daemon, endpoint, wanted);
      if (found.length > 0 && type === 'MX') return [];
      if (found.length > 0) {
        const ips = found.map(({ endpoint: { active } }) => (type === 'A' ? active?.ip : active?.ip6) ?? '').filter((ip) => ip !== '');
        return shuffled(daemon.sys, ips);
      }
      const far = daemon.swarm.node?.network.resolveFar(endpoint.networkId, wanted);
      if (far) return type === 'A' ? far : [];
    }
  }
  return undefined;
}

/** Several addresses come in another order each time: who takes the first one is led to all of them in turn. */
function shuffled(sys: Sys, ips: readonly string[]): readonly string[] {
  const order = [...ips];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const [chance = 0] = sys.random.bytes(1);
    const at = chance % (last + 1);
    [order[last], order[at]] = [order[at] ?? '', order[last] ?? ''];
  }
  return order;
}

function called(daemon: Daemon, own: Endpoint, name: string): readonly Neighbour[] {
  const link = (own.wanted.Links ?? []).find((one) => (one.split(':')[1] ?? one).toLowerCase() === name);
  const target = link === undefined ? undefined : daemon.containers.find(link.split(':')[0] ?? '');
  return inNetwork(daemon, own.networkId, (container, endpoint) => container === target || isCalled(container, endpoint, name));
}

/** Asked of everybody in a network for each question: names of another length are not looked at. */
const isSame = (name: string, asked: string): boolean => name.length === asked.length && name.toLowerCase() === asked;

function isCalled({ id, name, config }: Container, { network, wanted }: Endpoint, asked: string): boolean {
  if (!isUserDefined(network)) return false;
  if (isSame(name, asked) || isSame(config.Hostname, asked) || (id.startsWith(asked) && shortId(id) === asked)) return true;
  return wanted.Aliases?.some((alias) => isSame(alias, asked)) === true;
}

/** `2.0.18.172.in-addr.arpa` is `web.app`. */
function pointer(daemon: Daemon, own: readonly Endpoint[], asked: string): Answer {
  const ip = /^([\d.]+)\.in-addr\.arpa$/.exec(asked)?.[1]?.split('.').reverse().join('.');
  const digits = /^([\da-f.]{63})\.ip6\.arpa$/.exec(asked)?.[1]?.split('.').reverse().join('');
  const ip6 = digits?.replace(/(.{4})(?=.)/g, '$1:');
  const isMeant = ({ active }: Endpoint): boolean =>
    (ip !== undefined && active?.ip === ip) ||
    (ip6 !== undefined && active?.ip6 !== undefined && active.ip6 !== '' && canonicalIp(active.ip6) === canonicalIp(ip6));
  for (const endpoint of ip === undefined && ip6 === undefined ? [] : own) {
    const [found] = inNetwork(daemon, endpoint.networkId, (_container, other) => isMeant(other));
    if (found) return [`${found.container.name}.${endpoint.network}`];
  }
  return undefined;
}
