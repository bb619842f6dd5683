/**
 * Addresses of networks that the whole swarm shares. The manager alone gives them, the next one after the last until it comes round, so
 * that an address which was just given back does not name somebody else at once. Upstream: swarmkit cnmallocator with libnetwork's ipam.
 */

import { contains, formatIp, formatSubnet, lastOf, overlaps, parseIp, parseSubnet, type Subnet, sizeOf } from '../../networks/ip.ts';
import { rpcError } from '../errors.ts';
import type { NetworkObject } from '../objects.ts';

interface Pool {
  readonly subnet: Subnet;
  readonly range: Subnet;
  readonly taken: Set<number>;
  next: number;
}

export interface AddressPools {
  readonly defaults: readonly string[];
  /** The length of subnets that nobody asked for. */
  readonly subnetSize: number;
}

export const DEFAULT_POOLS: AddressPools = { defaults: ['10.0.0.0/8'], subnetSize: 24 };

/** By the subnet. */
export type PoolUsage = Readonly<Record<string, { readonly IPsInUse: number; readonly DynamicIPsAvailable: number }>>;

export class Addresses {
  readonly #pools = new Map<string, Pool>();
  readonly #settings: () => AddressPools;

  constructor(settings: () => AddressPools) {
    this.#settings = settings;
  }

  /** What GET /networks/{id} says of a network's pool. */
  usage(network: string): PoolUsage {
    const pool = this.#pools.get(network);
    if (pool === undefined) return {};
    const { subnet, range, taken } = pool;
    const inRange = [...taken].filter((ip) => contains(range, ip)).length;
    return { [formatSubnet(subnet)]: { IPsInUse: taken.size, DynamicIPsAvailable: sizeOf(range) - inRange } };
  }

  has(network: string): boolean {
    return this.#pools.has(network);
  }

  /** Opens the pool of a network: its first subnet, or a free one. Throws DockerError. */
  open(network: string, ipam: NetworkObject['ipam']): { readonly Subnet: string; readonly Range?: string; readonly Gateway: string } {
    const [asked] = ipam?.Configs ?? [];
    const subnet = asked?.Subnet ? parseSubnet(asked.Subnet) : this.#free();
    if (!subnet) throw rpcError('InvalidArgument', `ipam configuration: invalid subnet ${asked?.Subnet ?? ''}`);
    if ([...this.#pools.values()].some((pool) => overlaps(pool.subnet, subnet)))
      throw rpcError('InvalidArgument', 'invalid pool request: Pool overlaps with other one on this address space');
    const range = asked?.Range ? (parseSubnet(asked.Range) ?? subnet) : subnet;
    const gateway = parseIp(asked?.Gateway ?? '') ?? subnet.base + 1;
    this.#pools.set(network, { subnet, range, taken: new Set([subnet.base, lastOf(subnet), gateway]), next: range.base });
    return { Subnet: formatSubnet(subnet), ...(asked?.Range && { Range: asked.Range }), Gateway: formatIp(gateway) };
  }

  #free(): Subnet {
    const { defaults, subnetSize } = this.#settings();
    const taken = [...this.#pools.values()].map(({ subnet }) => subnet);
    for (const text of defaults) {
      const pool = parseSubnet(text);
      if (!pool) continue;
      for (const one = { base: pool.base, prefixLength: subnetSize }; one.base <= lastOf(pool); one.base += sizeOf(one))
        if (!taken.some((other) => overlaps(other, one))) return one;
    }
    throw rpcError(
      'Internal',
      'could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
    );
  }

  close(network: string): void {
    this.#pools.delete(network);
  }

  /** The next free address with the subnet's length; the one asked for, if any. Undefined: none is left. */
  take(network: string, asked = ''): string | undefined {
    const pool = this.#pools.get(network);
    if (!pool) return undefined;
    const ip = asked === '' ? nextFree(pool) : parseIp(asked.split('/')[0] ?? '');
    if (ip === undefined || pool.taken.has(ip) || !contains(pool.subnet, ip)) return undefined;
    pool.taken.add(ip);
    if (asked === '') pool.next = ip + 1;
    return `${formatIp(ip)}/${pool.subnet.prefixLength}`;
  }

  /** Marks an address as taken that an earlier manager gave. */
  keep(network: string, address: string): void {
    const ip = parseIp(address.split('/')[0] ?? '');
    const pool = this.#pools.get(network);
    if (ip === undefined || !pool) return;
    pool.taken.add(ip);
    pool.next = Math.max(pool.next, ip + 1);
  }

  release(network: string, address: string): void {
    const ip = parseIp(address.split('/')[0] ?? '');
    if (ip !== undefined) this.#pools.get(network)?.taken.delete(ip);
  }
}

function nextFree({ range, taken, next }: Pool): number | undefined {
  const size = sizeOf(range);
  for (let i = 0; i < size; i += 1) {
    const ip = range.base + ((next - range.base + i) % size);
    if (!taken.has(ip)) return ip;
  }
  return undefined;
}
