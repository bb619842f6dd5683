/**
 * Names on user-defined networks: each container asks a name server of its own at 127.0.0.11, which knows who else is in its networks and
 * asks the host's servers for everything else. dockerd answers itself; the loop that speaks DNS is handed in by the machine.
 * Upstream: moby daemon/libnetwork/resolver.go, sandbox_dns_unix.go.
 */
import type { Fd, NamespaceRef, Sys } from '../../kernel/sys.ts';
import type { Container } from '../containers/container.ts';
import type { Daemon } from '../daemon.ts';
import { shortId } from '../ids.ts';
import type { Endpoint, Sandbox } from './sandbox.ts';

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
  /** Told each socket and its port once it listens. */
  readonly ready: (fd: Fd, port: number, protocol: 'tcp' | 'udp') => void;
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
    const { answerFor, serversFor, translate } = await daemon.sys.stall(() => import('./answers.ts'));
    await daemon.nameServer?.(daemon.sys, {
      namespace: sandbox.namespace,
      ip: EMBEDDED_DNS,
      answer: (question) => answerFor(daemon, container, question),
      servers: () => serversFor(daemon, container),
      told: (question, answers, source) =>
        daemon.lookups.add({ atNs: daemon.sys.clock.nowNs(), container: container.id, ...question, answers, source }),
      isOpen: () => sandbox.resolver.state === 'open',
      ready: (fd, port, protocol) => translate(daemon.sys, sandbox, { fd, port, protocol }),
    });
  });
}

export function stopServingNames(sys: Sys, { resolver }: Sandbox): void {
  resolver.state = 'closed';
  for (const fd of resolver.fds.splice(0)) sys.fds.close(fd);
}
