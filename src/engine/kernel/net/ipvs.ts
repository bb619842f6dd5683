/**
 * IP virtual servers (Linux: net/netfilter/ipvs): packets that carry a mark of a service, and have arrived where they were going, are
 * sent on to one of its real servers. Which one is settled with a connection's first packet, in turn; the others follow it.
 */
import { Errno } from '../errno.ts';
import type { IpvsService } from './types.ts';

interface RealServer {
  readonly ip: string;
  /** 0: no new connections. */
  weight: number;
  connections: number;
}

interface VirtualService {
  readonly mark: number;
  readonly servers: RealServer[];
  /** Whose turn it was last. */
  last: number;
}

export class VirtualServers {
  readonly #byMark = new Map<number, VirtualService>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get isEmpty(): boolean {
    return this.#byMark.size === 0;
  }

  list(): readonly IpvsService[] {
    return [...this.#byMark.values()].map(({ mark, servers }) => ({ mark, scheduler: 'rr', servers: servers.map((one) => ({ ...one })) }));
  }

  /** EEXIST. */
  add(mark: number): void {
    if (this.#byMark.has(mark)) throw new Errno('EEXIST');
    this.#byMark.set(mark, { mark, servers: [], last: -1 });
    this.#changed();
  }

  /** ESRCH. */
  delete(mark: number): void {
    if (!this.#byMark.delete(mark)) throw new Errno('ESRCH');
    this.#changed();
  }

  #service(mark: number): VirtualService {
    const service = this.#byMark.get(mark);
    if (service === undefined) throw new Errno('ESRCH');
    return service;
  }

  /** Adds a real server, or gives it another weight. ESRCH if there is no such service. */
  setServer(mark: number, { ip, weight }: { readonly ip: string; readonly weight: number }): void {
    const { servers } = this.#service(mark);
    const known = servers.find((server) => server.ip === ip);
    if (known) known.weight = weight;
    else servers.push({ ip, weight, connections: 0 });
    this.#changed();
  }

  /** ESRCH, ENOENT. */
  deleteServer(mark: number, ip: string): void {
    const { servers } = this.#service(mark);
    const at = servers.findIndex((server) => server.ip === ip);
    if (at < 0) throw new Errno('ENOENT');
    servers.splice(at, 1);
    this.#changed();
  }

  /** The server for a new connection: the next one whose weight is not 0. Undefined: no service has the mark, or nobody is there. */
  choose(mark: number): string | undefined {
    const service = this.#byMark.get(mark);
    for (let step = 1; service && step <= service.servers.length; step += 1) {
      const at = (service.last + step) % service.servers.length;
      const server = service.servers[at];
      if (server === undefined || server.weight === 0) continue;
      service.last = at;
      server.connections += 1;
      return server.ip;
    }
    return undefined;
  }

  has(mark: number): boolean {
    return this.#byMark.has(mark);
  }
}
