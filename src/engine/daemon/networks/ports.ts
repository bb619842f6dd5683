/** Published ports: who has which port of the host, and how each is given back. How one is opened is in publish.ts. */
import type { PortBinding, PortMap } from '../../api-types/index.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import { portTaken } from './errors.ts';
import { type addPort, removePort } from './firewall.ts';
import type { Sandbox } from './sandbox.ts';

export interface PublishedPort {
  /** `80/tcp`. */
  readonly port: string;
  readonly hostIp: string;
  /** 0: it is open at the container's own address only. */
  readonly hostPort: number;
  readonly bridge: string;
  readonly containerIp: string;
  readonly unprotected: boolean;
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

  /** Throws DockerError that names the address which has it. */
  take(protocol: string, hostIp: string, port: number): void {
    if (!this.isFree(protocol, hostIp, port)) throw portTaken(this.#holderOf(protocol, hostIp, port), port);
    this.#holders(protocol, port).add(hostIp);
  }

  #holderOf(protocol: string, hostIp: string, port: number): string {
    const holders = [...this.#holders(protocol, port)].filter((ip) => ip.includes(':') === hostIp.includes(':'));
    return holders.includes(hostIp) ? hostIp : (holders[0] ?? hostIp);
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

/** Rules translate within one family of addresses; what crosses is the proxy's. */
export const translates = ({ hostIp, containerIp }: Pick<PublishedPort, 'hostIp' | 'containerIp'>): boolean =>
  hostIp.includes(':') === containerIp.includes(':');

export const ruleOf = (published: PublishedPort): Parameters<typeof addPort>[1] => {
  const [containerPort = '', protocol = 'tcp'] = published.port.split('/');
  return { ...published, protocol, containerPort: Number(containerPort) };
};

/** Gives every port of a container back. */
export function unpublish(sys: Sys, allocator: PortAllocator, sandbox: Sandbox): void {
  for (const published of sandbox.ports.splice(0)) {
    const [, protocol = 'tcp'] = published.port.split('/');
    if (published.hostPort !== 0) allocator.release(protocol, published.hostIp, published.hostPort);
    if (translates(published)) removePort(sys.net.rules, ruleOf(published));
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
        .map(({ hostIp, hostPort }): PortBinding => ({ HostIp: hostIp, HostPort: hostPort === 0 ? '' : String(hostPort) }));
      return [port, bound.length > 0 ? bound : null];
    }),
  );
}
