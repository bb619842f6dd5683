/** Which addresses of which subnets are taken. The lowest free one is given; a subnet is free again as soon as its network is gone. */
import type { IPAMPool } from '../../api-types/index.ts';
import { invalid } from '../errors.ts';
import { addressInUse, auxiliaryTaken, gatewayTaken, poolOverlaps, poolsExhausted } from './errors.ts';
import { contains, defaultPools, formatIp, lastOf, overlaps, parseIp, parseSubnet, type Subnet, sizeOf } from './ip.ts';

export interface Pool {
  readonly subnet: Subnet;
  readonly range: Subnet;
  /** The bridge's own address. */
  readonly gateway: number;
  /** Where its containers are told that the way out is; undefined where nobody has the gateway's address. */
  wayOut: number | undefined;
  /** Never given: network, broadcast, gateway, and what the network's configuration keeps. */
  readonly reserved: Set<number>;
  readonly given: Set<number>;
  /** No address below is free. */
  lowest: number;
}

/** The pool that a network asks for; the first free one if it asks for none. Throws DockerError. */
export function openPool(wanted: IPAMPool | undefined, taken: readonly Subnet[]): Pool {
  if (wanted?.Subnet === undefined || wanted.Subnet === '') return poolOf(freeSubnet(taken), {});
  const subnet = parseSubnet(wanted.Subnet);
  if (!subnet) throw invalid(`invalid subnet ${wanted.Subnet}: invalid CIDR block notation`);
  // An address that is open asks for any subnet of that size.
  if (subnet.base === 0) return checked(poolOf(freeSubnet(taken, subnet.prefixLength), wanted), wanted);
  if (taken.some((other) => overlaps(other, subnet))) throw poolOverlaps();
  return checked(poolOf(subnet, wanted), wanted);
}

/** Throws DockerError if an address that the network keeps for itself cannot be its. */
function checked(pool: Pool, { Gateway, AuxiliaryAddresses }: IPAMPool): Pool {
  const { subnet, gateway } = pool;
  const taken = new Set(subnet.prefixLength > 30 ? [] : [subnet.base, lastOf(subnet)]);
  if (Gateway && taken.has(gateway)) throw gatewayTaken(Gateway, addressInUse().message);
  taken.add(gateway);
  for (const [name, address] of Object.entries(AuxiliaryAddresses ?? {})) {
    const ip = parseIp(address);
    if (ip === undefined) continue;
    if (taken.has(ip)) throw auxiliaryTaken(name, address, addressInUse().message);
    taken.add(ip);
  }
  return pool;
}

function freeSubnet(taken: readonly Subnet[], prefixLength = 0): Subnet {
  for (const pool of defaultPools()) {
    const candidate = { base: pool.base, prefixLength: Math.max(pool.prefixLength, prefixLength) };
    for (; candidate.base <= lastOf(pool); candidate.base += sizeOf(candidate))
      if (!taken.some((other) => overlaps(other, candidate))) return candidate;
  }
  throw poolsExhausted();
}

/** The pool of a network that is there already. */
export function poolOf(subnet: Subnet, { IPRange, Gateway, AuxiliaryAddresses }: IPAMPool): Pool {
  const range = IPRange === undefined || IPRange === '' ? subnet : (parseSubnet(IPRange) ?? subnet);
  const asked = Gateway === undefined || Gateway === '' ? undefined : parseIp(Gateway.split('/')[0] ?? '');
  const gateway = asked ?? (range.base === subnet.base ? subnet.base + 1 : range.base);
  const kept = Object.values(AuxiliaryAddresses ?? {}).map((address) => parseIp(address) ?? subnet.base);
  const wayOut = parseIp(AuxiliaryAddresses?.DefaultGatewayIPv4 ?? '') ?? gateway;
  const reserved = new Set([subnet.base, lastOf(subnet), gateway, ...kept]);
  return { subnet, range, gateway, wayOut, reserved, given: new Set(), lowest: range.base };
}

/** The gateway's address may be given like any other: nobody has it. */
export function freeGateway(pool: Pool): void {
  pool.reserved.delete(pool.gateway);
  pool.wayOut = undefined;
}

const isTaken = ({ reserved, given }: Pool, ip: number): boolean => reserved.has(ip) || given.has(ip);

/** The pool that an address is of. */
export function poolWith(pools: readonly Pool[], address: string): Pool | undefined {
  const ip = parseIp(address);
  return ip === undefined ? undefined : pools.find(({ subnet }) => contains(subnet, ip));
}

/**
 * Takes an address: the one asked for, or the lowest that is free in the first subnet that has any; undefined if none is left.
 * Throws DockerError.
 */
export function takeAddress(pools: readonly Pool[], asked?: string): string | undefined {
  if (asked) {
    const [ip, pool] = [parseIp(asked), poolWith(pools, asked)];
    if (ip === undefined || !pool || isTaken(pool, ip)) throw addressInUse();
    pool.given.add(ip);
    return asked;
  }
  for (const pool of pools) {
    const ip = lowestFree(pool);
    if (ip === undefined) continue;
    pool.given.add(ip);
    return formatIp(ip);
  }
  return undefined;
}

function lowestFree(pool: Pool): number | undefined {
  for (let ip = pool.lowest; ip <= lastOf(pool.range); ip += 1) {
    if (isTaken(pool, ip)) continue;
    pool.lowest = ip + 1;
    return ip;
  }
  return undefined;
}

export function releaseAddress(pools: readonly Pool[], address: string): void {
  const [ip, pool] = [parseIp(address), poolWith(pools, address)];
  if (ip === undefined || !pool?.given.delete(ip) || !contains(pool.range, ip)) return;
  pool.lowest = Math.min(pool.lowest, ip);
}
