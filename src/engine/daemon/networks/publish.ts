/** Publishing ports: the rules that translate, and the proxy for those who come from the host itself. */
import type { PortBinding, PortMap } from '../../api-types/index.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import { DockerError } from '../errors.ts';
import { connectivityFailed, portRefused, portTaken } from './errors.ts';
import { addPort } from './firewall.ts';
import { type PortAllocator, type PublishedPort, translates, unpublish } from './ports.ts';
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
  readonly endpoint: { readonly name: string; readonly id: string };
}

/** Publishes everything or nothing. Throws DockerError. */
export function publish(sys: Sys, request: PublishRequest): void {
  try {
    for (const port of sortedPorts(request.bindings))
      for (const binding of request.bindings[port] ?? []) publishOne(sys, request, { port, binding });
  } catch (error) {
    unpublish(sys, request.allocator, request.sandbox);
    throw error instanceof DockerError ? connectivityFailed(error, request.endpoint) : error;
  }
}

const sortedPorts = (ports: PortMap): readonly string[] =>
  Object.keys(ports).sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1));

/** An address that is left open means both families. */
function publishOne(sys: Sys, request: PublishRequest, { port, binding }: { port: string; binding: PortBinding }): void {
  const [, protocol = 'tcp'] = port.split('/');
  const hostIps = binding.HostIp === '' ? ['0.0.0.0', '::'] : [binding.HostIp];
  const hostPort = chosenPort(request.allocator, { protocol, hostIps, wanted: binding.HostPort });
  for (const hostIp of hostIps) {
    const isSix = hostIp.includes(':') && request.containerIp6 !== '';
    const containerIp = isSix ? request.containerIp6 : request.containerIp;
    if (containerIp !== '') open(sys, request, { port, hostIp, hostPort, bridge: request.bridge, containerIp });
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
  if (port === undefined) throw portTaken(hostIps[0] ?? '0.0.0.0', first ?? 0);
  return port;
}

function open(sys: Sys, { allocator, sandbox }: PublishRequest, published: PublishedPort): void {
  const [containerPort = '', protocol = 'tcp'] = published.port.split('/');
  const { hostIp, hostPort, containerIp, bridge } = published;
  allocator.take(protocol, hostIp, hostPort);
  const options = { protocol, hostIp, hostPort, containerIp, containerPort: Number(containerPort) };
  try {
    const fd = bindPort(sys, options);
    if (translates(published)) addPort(sys.net.rules, { ...options, bridge });
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
