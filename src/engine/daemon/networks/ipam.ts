/** Which addresses of which subnets are taken. The lowest free one is given; a subnet is free again as soon as its network is gone. */
import type { IPAMPool } from '../../api-types/index.ts';
import { invalid } from '../errors.ts';
import { addressInUse, noAddresses, poolOverlaps, poolsExhausted } from './errors.ts';
import { contains, defaultPools, formatIp, formatSubnet, lastOf, overlaps, parseIp, parseSubnet, type Subnet, sizeOf } from './ip.ts';

export interface Pool {
  readonly subnet: Subnet;
  readonly range: Subnet;
  readonly gateway: number;
  readonly used: Set<number>;
}

/** The pool that a network asks for; the first free one if it asks for none. Throws DockerError. */
export function openPool(wanted: IPAMPool | undefined, taken: readonly Subnet[]): Pool {
  if (wanted?.Subnet === undefined || wanted.Subnet === '') return poolOf(freeSubnet(taken), {});
  const subnet = parseSubnet(wanted.Subnet);
  if (!subnet) throw invalid(`invalid subnet ${wanted.Subnet}: invalid CIDR block notation`);
  if (taken.some((other) => overlaps(other, subnet))) throw poolOverlaps();
  return poolOf(subnet, wanted);
}

function freeSubnet(taken: readonly Subnet[]): Subnet {
  for (const candidate of defaultPools()) if (!taken.some((other) => overlaps(other, candidate))) return candidate;
  throw poolsExhausted();
}

/** The pool of a network that is there already. */
export function poolOf(subnet: Subnet, { IPRange, Gateway, AuxiliaryAddresses }: IPAMPool): Pool {
  const range = IPRange === undefined || IPRange === '' ? subnet : (parseSubnet(IPRange) ?? subnet);
  const asked = Gateway === undefined || Gateway === '' ? undefined : parseIp(Gateway.split('/')[0] ?? '');
  const gateway = asked ?? (range.base === subnet.base ? subnet.base + 1 : range.base);
  const used = new Set([subnet.base, lastOf(subnet), gateway]);
  for (const address of Object.values(AuxiliaryAddresses ?? {})) used.add(parseIp(address) ?? subnet.base);
  return { subnet, range, gateway, used };
}

/** Takes an address: the one asked for, or the lowest that is free. Throws DockerError. */
export function takeAddress({ range, used }: Pool, asked?: string): string {
  if (asked !== undefined && asked !== '') {
    const ip = parseIp(asked);
    if (ip === undefined || used.has(ip)) throw addressInUse();
    used.add(ip);
    return asked;
  }
  for (let ip = range.base; ip <= lastOf(range); ip += 1) {
    if (used.has(ip)) continue;
    used.add(ip);
    return formatIp(ip);
  }
  throw noAddresses();
}

export function releaseAddress({ used, gateway }: Pool, address: string): void {
  const ip = parseIp(address);
  if (ip !== undefined && ip !== gateway) used.delete(ip);
}

/** What GET /networks/{id} says of the pool. */
export function usage({ subnet, range, used }: Pool): {
  readonly subnet: string;
  readonly IPsInUse: number;
  readonly DynamicIPsAvailable: number;
} {
  const inRange = [...used].filter((ip) => contains(range, ip)).length;
  return { subnet: formatSubnet(subnet), IPsInUse: used.size, DynamicIPsAvailable: sizeOf(range) - inRange };
}
