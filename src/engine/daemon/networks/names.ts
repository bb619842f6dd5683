/**
 * Names on user-defined networks: each container asks a name server of its own at 127.0.0.11, which knows who else is in its networks and
 * asks the host's servers for everything else. dockerd answers itself; the loop that speaks DNS is handed in by the machine.
 * Upstream: moby daemon/libnetwork/resolver.go, sandbox_dns_unix.go.
 */
import type { Fd, NamespaceRef, Sys } from '../../kernel/sys.ts';
import type { Container } from '../containers/container.ts';
import type { Daemon } from '../daemon.ts';
import { readTextIfThere } from '../files.ts';
import { shortId } from '../ids.ts';
import { byPriority, type Endpoint, type Sandbox } from './sandbox.ts';

export const EMBEDDED_DNS = '127.0.0.11';

/** What is known without asking anybody else: records, none (the name is known, but has no such record), or undefined. */
export type Answer = readonly string[] | undefined;
export type AnswerName = (question: { readonly name: string; readonly type: string }) => Answer;

export interface NameServerOptions {
  readonly namespace: NamespaceRef;
  readonly ip: string;
  readonly answer: AnswerName;
  /** Whom to ask what is not known here; `inside`: from the container's own namespace. None: such questions fail. */
  readonly servers: () => { readonly ips: readonly string[]; readonly inside: boolean };
  readonly isOpen: () => boolean;
  /** Told what was answered, and by whom. */
  readonly told: (question: { name: string; type: string }, answers: readonly string[], source: string) => void;
  /** Told the port for datagrams once it listens. */
  readonly ready: (fd: Fd, port: number) => void;
}
/** Answers until its descriptor is closed, in the calling task. */
export type NameServer = (sys: Sys, options: NameServerOptions) => Promise<void>;

export const isUserDefined = (network: string): boolean =>
  !['bridge', 'host', 'none'].includes(network) && !network.startsWith('container:');

/** The names of a container in a network, its own first; null where nobody serves names. */
export function dnsNamesOf({ network, wanted }: Endpoint, { id, name, config }: Container): readonly string[] | null {
  if (!isUserDefined(network)) return null;
  const hostname = config.Hostname === shortId(id) ? [] : [config.Hostname];
  return [...new Set([name, ...(wanted.Aliases ?? []), shortId(id), ...hostname])];
}

/** Starts the container's name server if it is in a network that has names and there is none yet. */
export function serveNames(daemon: Daemon, container: Container): void {
  const { sandbox } = container.live;
  if (!daemon.nameServer || !sandbox || sandbox.resolver.state !== 'none') return;
  if (!container.endpoints.some(({ network, active }) => active !== null && isUserDefined(network))) return;
  sandbox.resolver.state = 'open';
  daemon.sys.thread(async () => {
    if (sandbox.resolver.state !== 'open') return;
    await daemon.nameServer?.(daemon.sys, {
      namespace: sandbox.namespace,
      ip: EMBEDDED_DNS,
      answer: (question) => answerFor(daemon, container, question),
      servers: () => serversFor(daemon, container),
      told: (question, answers, source) =>
        daemon.lookups.add({ atNs: daemon.sys.clock.nowNs(), container: container.id, ...question, answers, source }),
      isOpen: () => sandbox.resolver.state === 'open',
      ready: (fd, port) => translate(daemon.sys, sandbox, { fd, port }),
    });
  });
}

/** Port 53 stays free for the container: a rule in its namespace leads to where dockerd listens. */
function translate(sys: Sys, { namespace, resolver }: Sandbox, { fd, port }: { fd: Fd; port: number }): void {
  resolver.fd = fd;
  sys.fds.setCloseOnExec(fd, true);
  const { rules } = sys.net.link.in(namespace);
  const words = (text: string): readonly string[] => text.split(' ');
  for (const chain of ['DOCKER_OUTPUT', 'DOCKER_POSTROUTING']) rules.newChain('nat', chain);
  rules.append('nat', 'OUTPUT', words(`-d ${EMBEDDED_DNS}/32 -j DOCKER_OUTPUT`));
  rules.append('nat', 'POSTROUTING', words(`-d ${EMBEDDED_DNS}/32 -j DOCKER_POSTROUTING`));
  rules.append(
    'nat',
    'DOCKER_OUTPUT',
    words(`-d ${EMBEDDED_DNS}/32 -p udp -m udp --dport 53 -j DNAT --to-destination ${EMBEDDED_DNS}:${port}`),
  );
}

export function stopServingNames(sys: Sys, { resolver }: Sandbox): void {
  resolver.state = 'closed';
  if (resolver.fd !== null) sys.fds.close(resolver.fd);
  resolver.fd = null;
}

/** `--dns` is asked from inside; the host's own servers from the host. Nobody, if every network is internal. */
function serversFor(daemon: Daemon, { hostConfig, endpoints }: Container): { readonly ips: readonly string[]; readonly inside: boolean } {
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

/** Everybody who is in a network now. */
function inNetwork(daemon: Daemon, networkId: string): readonly Neighbour[] {
  const found: Neighbour[] = [];
  for (const container of daemon.containers.all())
    for (const endpoint of container.endpoints)
      if (endpoint.networkId === networkId && endpoint.active !== null) found.push({ container, endpoint });
  return found;
}

/** What a container is told of a name. */
export function answerFor(daemon: Daemon, container: Container, { name, type }: { name: string; type: string }): Answer {
  const asked = name.replace(/\.$/, '').toLowerCase();
  const own = container.endpoints.filter(({ active, network }) => active !== null && isUserDefined(network)).sort(byPriority);
  if (type === 'PTR') return pointer(daemon, own, asked);
  if (type !== 'A' && type !== 'AAAA') return undefined;
  for (const endpoint of own) {
    const plain = asked.endsWith(`.${endpoint.network.toLowerCase()}`) ? asked.slice(0, -endpoint.network.length - 1) : undefined;
    for (const wanted of plain === undefined ? [asked] : [asked, plain]) {
      const found = called(daemon, endpoint, wanted);
      if (found.length > 0)
        return found.map(({ endpoint: { active } }) => (type === 'A' ? active?.ip : active?.ip6) ?? '').filter((ip) => ip !== '');
    }
  }
  return undefined;
}

function called(daemon: Daemon, own: Endpoint, name: string): readonly Neighbour[] {
  const link = (own.wanted.Links ?? []).find((one) => (one.split(':')[1] ?? one).toLowerCase() === name);
  const target = link === undefined ? undefined : daemon.containers.find(link.split(':')[0] ?? '');
  return inNetwork(daemon, own.networkId).filter(
    ({ container, endpoint }) =>
      container === target || dnsNamesOf(endpoint, container)?.some((one) => one.toLowerCase() === name) === true,
  );
}

/** `2.0.18.172.in-addr.arpa` is `web.app`. */
function pointer(daemon: Daemon, own: readonly Endpoint[], asked: string): Answer {
  const ip = /^([\d.]+)\.in-addr\.arpa$/.exec(asked)?.[1]?.split('.').reverse().join('.');
  for (const endpoint of ip === undefined ? [] : own) {
    const found = inNetwork(daemon, endpoint.networkId).find((one) => one.endpoint.active?.ip === ip);
    if (found) return [`${found.container.name}.${endpoint.network}`];
  }
  return undefined;
}
