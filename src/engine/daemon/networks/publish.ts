/** Publishing ports: the rules that translate, and the proxy for those who come from the host itself. */
import type { PortBinding, PortMap } from '../../api-types/index.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import { DockerError } from '../errors.ts';
import { addPort } from './firewall.ts';
import { allTaken, connectivityFailed, portRefused } from './port-errors.ts';
import { type PortAllocator, type PublishedPort, ruleOf, translates, unpublish } from './ports.ts';
import { bindPort, startProxy } from './proxy.ts';
import type { Sandbox } from './sandbox.ts';

export interface PublishRequest {
  readonly allocator: PortAllocator;
  readonly sandbox: Sandbox;
  readonly bindings: PortMap;
  readonly bridge: string;
  readonly containerIp: string;
  /** Empty: what comes to the host's IPv6 addresses goes to its IPv4 one, through the proxy. */
  readonly containerIp6: string;
  /** Of the host, for ports that name none; `0.0.0.0` is any, of IPv6 too. */
  readonly defaultIp: string;
  /** How the bridge leads out. */
  readonly mode: (version: 4 | 6) => 'nat' | 'nat-unprotected' | 'routed' | 'isolated';
  readonly endpoint: { readonly name: string; readonly id: string };
}

/** Publishes everything or nothing. Throws DockerError. */
export function publish(sys: Sys, request: PublishRequest): void {
  try {
    for (const binding of sortedBindings(request.bindings)) publishOne(sys, request, binding);
  } catch (error) {
    unpublish(sys, request.allocator, request.sandbox);
    throw error instanceof DockerError ? connectivityFailed(error, request.endpoint) : error;
  }
}

interface Binding {
  readonly port: string;
  readonly binding: PortBinding;
}

/** Exact host ports first, so that no range takes them; then by container port, protocol and host port. Upstream: libnetwork portmapperapi. */
function sortedBindings(ports: PortMap): readonly Binding[] {
  const all = Object.entries(ports).flatMap(([port, bindings]) => (bindings ?? []).map((binding) => ({ port, binding })));
  const isOpen = ({ binding: { HostPort } }: Binding) => HostPort === '' || HostPort === '0' || HostPort.includes('-');
  const protocol = ({ port }: Binding) => ['tcp', 'udp', 'sctp'].indexOf(port.split('/')[1] ?? 'tcp');
  const number = (text: string) => Number.parseInt(text, 10) || 0;
  return all.sort(
    (a, b) =>
      Number(isOpen(a)) - Number(isOpen(b)) ||
      number(a.port) - number(b.port) ||
      protocol(a) - protocol(b) ||
      number(a.binding.HostPort) - number(b.binding.HostPort),
  );
}

/** An address that is left open means both families. */
function publishOne(sys: Sys, request: PublishRequest, { port, binding }: { port: string; binding: PortBinding }): void {
  const [, protocol = 'tcp'] = port.split('/');
  const { defaultIp } = request;
  const hostIps = binding.HostIp !== '' ? [binding.HostIp] : defaultIp === '0.0.0.0' ? ['0.0.0.0', '::'] : [defaultIp];
  const hostPort = chosenPort(request.allocator, { protocol, hostIps, wanted: binding.HostPort });
  for (const hostIp of hostIps) {
    const isSix = hostIp.includes(':') && request.containerIp6 !== '';
    const containerIp = isSix ? request.containerIp6 : request.containerIp;
    if (containerIp === '') continue;
    const mode = request.mode(containerIp.includes(':') ? 6 : 4);
    const isOpen = mode === 'routed' && containerIp.includes(':') === hostIp.includes(':');
    const published = {
      port,
      hostIp,
      hostPort: isOpen ? 0 : hostPort,
      bridge: request.bridge,
      containerIp,
      unprotected: mode === 'nat-unprotected',
    };
    if (isOpen) openDirectly(sys, request.sandbox, published);
    else open(sys, request, published);
  }
}

function chosenPort(
  allocator: PortAllocator,
  { protocol, hostIps, wanted }: { protocol: string; hostIps: readonly string[]; wanted: string },
): number {
  const [first, last] = wanted.split('-').map(Number);
  if (wanted !== '' && first !== 0 && first !== undefined && last === undefined) return first;
  const range: readonly [number, number] | undefined = wanted === '' || !first || !last ? undefined : [first, last];
  const port = allocator.choose(protocol, hostIps, range);
  if (port === undefined) throw allTaken();
  return port;
}

/** Nothing is translated: whoever has a way to the container comes in by this port. */
function openDirectly(sys: Sys, sandbox: Sandbox, published: PublishedPort): void {
  addPort(sys.net.rules, ruleOf(published));
  sandbox.ports.push(published);
}

function open(sys: Sys, { allocator, sandbox }: PublishRequest, published: PublishedPort): void {
  const [containerPort = '', protocol = 'tcp'] = published.port.split('/');
  const { hostIp, hostPort, containerIp } = published;
  // What is asked for twice is one port for the allocator; the second socket finds it taken.
  const isTwice = sandbox.ports.some((one) => one.port === published.port && one.hostIp === hostIp && one.hostPort === hostPort);
  if (!isTwice) allocator.take(protocol, hostIp, hostPort);
  const options = { protocol, hostIp, hostPort, containerIp, containerPort: Number(containerPort) };
  try {
    const fd = bindPort(sys, options);
    if (translates(published)) addPort(sys.net.rules, ruleOf(published));
    const pid = startProxy(sys, fd, options);
    sandbox.proxies.push(pid);
    sandbox.ports.push(published);
    sys.thread(async () => void (await sys.wait(pid)));
  } catch (error) {
    allocator.release(protocol, hostIp, hostPort);
    if (isErrno(error, 'EADDRINUSE', 'EADDRNOTAVAIL')) throw portRefused(error, options);
    throw error;
  }
}
