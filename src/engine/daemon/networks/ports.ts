/** Published ports: who has which port of the host, the rules that translate, and the proxy for those who come from the host itself. */
import type { PortBinding, PortMap } from '../../api-types/index.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import { DockerError } from '../errors.ts';
import { connectivityFailed, portRefused, portTaken } from './errors.ts';
import { addPort, removePort } from './firewall.ts';
import { bindPort, startProxy } from './proxy.ts';
import type { Sandbox } from './sandbox.ts';

export interface PublishedPort {
  /** `80/tcp`. */
  readonly port: string;
  readonly hostIp: string;
  readonly hostPort: number;
  readonly bridge: string;
  readonly containerIp: string;
}

const FIRST_RANDOM = 32_768;
const LAST_RANDOM = 60_999;

/** Ports of the host by protocol, as dockerd gave them away. Upstream: libnetwork/portallocator. */
export class PortAllocator {
  readonly #taken = new Map<string, Set<string>>();
  #next = FIRST_RANDOM;

  #holders(protocol: string, port: number): Set<string> {
    const key = `${protocol}/${port}`;
    const set = this.#taken.get(key) ?? new Set<string>();
    this.#taken.set(key, set);
    return set;
  }

  isFree(protocol: string, hostIp: string, port: number): boolean {
    const any = hostIp.includes(':') ? '::' : '0.0.0.0';
    const holders = [...this.#holders(protocol, port)].filter((ip) => ip.includes(':') === hostIp.includes(':'));
    return hostIp === any ? holders.length === 0 : !holders.includes(hostIp) && !holders.includes(any);
  }

  take(protocol: string, hostIp: string, port: number): void {
    if (!this.isFree(protocol, hostIp, port)) throw portTaken(hostIp, port);
    this.#holders(protocol, port).add(hostIp);
  }

  release(protocol: string, hostIp: string, port: number): void {
    this.#holders(protocol, port).delete(hostIp);
  }

  /** The next port that is free at all these addresses, within a range. */
  choose(protocol: string, hostIps: readonly string[], range: readonly [number, number] = [FIRST_RANDOM, LAST_RANDOM]): number | undefined {
    const isRandom = range[0] === FIRST_RANDOM;
    const size = range[1] - range[0] + 1;
    for (let i = 0; i < size; i += 1) {
      const port = isRandom ? FIRST_RANDOM + ((this.#next - FIRST_RANDOM + i) % size) : range[0] + i;
      if (!hostIps.every((ip) => this.isFree(protocol, ip, port))) continue;
      if (isRandom) this.#next = port === LAST_RANDOM ? FIRST_RANDOM : port + 1;
      return port;
    }
    return undefined;
  }
}

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

/** Rules translate within one family of addresses; what crosses is the proxy's. */
const translates = ({ hostIp, containerIp }: Pick<PublishedPort, 'hostIp' | 'containerIp'>): boolean =>
  hostIp.includes(':') === containerIp.includes(':');

/** Gives every port of a container back. */
export function unpublish(sys: Sys, allocator: PortAllocator, sandbox: Sandbox): void {
  for (const { port, hostIp, hostPort, bridge, containerIp } of sandbox.ports.splice(0)) {
    const [containerPort = '', protocol = 'tcp'] = port.split('/');
    allocator.release(protocol, hostIp, hostPort);
    if (translates({ hostIp, containerIp }))
      removePort(sys.net.rules, { protocol, hostIp, hostPort, bridge, containerIp, containerPort: Number(containerPort) });
  }
  for (const pid of sandbox.proxies.splice(0)) {
    try {
      sys.kill(pid, 'SIGKILL');
    } catch (error) {
      if (!isErrno(error, 'ESRCH')) throw error;
    }
  }
}

/** What the container's port leads to, as the API shows it; null: exposed only. */
export function portMap(exposed: readonly string[], ports: readonly PublishedPort[]): PortMap {
  const all = [...new Set([...exposed, ...ports.map(({ port }) => port)])].sort((a, b) => (a < b ? -1 : 1));
  return Object.fromEntries(
    all.map((port) => {
      const bound = ports
        .filter((one) => one.port === port)
        .map(({ hostIp, hostPort }): PortBinding => ({ HostIp: hostIp, HostPort: String(hostPort) }));
      return [port, bound.length > 0 ? bound : null];
    }),
  );
}
