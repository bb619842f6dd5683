/** IPv6 subnets of networks and their addresses, as ipam.ts does it for IPv4. */

import type { IPAMPool } from '../../api-types/index.ts';
import { isErrno } from '../../kernel/errno.ts';
import { contains, formatIp, type Prefix, parseIp, parsePrefix } from '../../kernel/net/ip.ts';
import type { Sys } from '../../kernel/sys.ts';
import { invalid } from '../errors.ts';
import { hexOfBytes } from '../ids.ts';
import { addressInUse, noAddresses6, poolOverlaps } from './errors.ts';

export interface Pool6 {
  readonly prefix: Prefix;
  readonly gateway: string;
  readonly used: Set<string>;
}

const MAX_SEARCHED = 65_536n;

/** The pool that a network asks for. Throws DockerError. */
export function openPool6(wanted: IPAMPool, taken: readonly Pool6[]): Pool6 {
  const pool = poolOf6(wanted);
  const last = pool.prefix.bits + (1n << BigInt(128 - pool.prefix.length)) - 1n;
  const isTaken = taken.some(
    ({ prefix }) => contains(prefix, formatIp('inet6', pool.prefix.bits)) || (prefix.bits >= pool.prefix.bits && prefix.bits <= last),
  );
  if (isTaken) throw poolOverlaps();
  return pool;
}

export function poolOf6({ Subnet = '', Gateway, AuxiliaryAddresses }: IPAMPool): Pool6 {
  const prefix = prefixOf(Subnet);
  const gateway = Gateway ? (parseIp(Gateway.split('/')[0] ?? '')?.text ?? Gateway) : formatIp('inet6', prefix.bits + 1n);
  const reserved = Object.values(AuxiliaryAddresses ?? {}).map((address) => parseIp(address)?.text ?? address);
  return { prefix, gateway, used: new Set([formatIp('inet6', prefix.bits), gateway, ...reserved]) };
}

function prefixOf(subnet: string): Prefix {
  try {
    const [address = '', length = ''] = subnet.split('/');
    const ip = parseIp(address);
    const width = Number(length);
    if (ip?.family !== 'inet6' || !/^\d+$/.test(length) || width > 128)
      throw invalid(`invalid subnet ${subnet}: invalid CIDR block notation`);
    const shift = BigInt(128 - width);
    return parsePrefix(`${formatIp('inet6', (ip.bits >> shift) << shift)}/${width}`, 'inet6');
  } catch (error) {
    if (isErrno(error)) throw invalid(`invalid subnet ${subnet}: invalid CIDR block notation`);
    throw error;
  }
}

/** A unique local /64 for a network that asks for none (RFC 4193). */
export const localSubnet = (sys: Sys): string => {
  const digits = `fd${hexOfBytes(sys.random.bytes(5))}`;
  return `${digits.slice(0, 4)}:${digits.slice(4, 8)}:${digits.slice(8, 12)}::/64`;
};

/** Takes an address: the one asked for, or the lowest that is free. Throws DockerError. */
export function takeAddress6({ prefix, used }: Pool6, asked?: string): string {
  if (asked) {
    const ip = parseIp(asked)?.text;
    if (ip === undefined || used.has(ip)) throw addressInUse();
    used.add(ip);
    return ip;
  }
  for (let next = 1n; next < MAX_SEARCHED; next += 1n) {
    const ip = formatIp('inet6', prefix.bits + next);
    if (used.has(ip) || !contains(prefix, ip)) continue;
    used.add(ip);
    return ip;
  }
  throw noAddresses6();
}

export function releaseAddress6({ used, gateway }: Pool6, address: string): void {
  if (address !== gateway) used.delete(address);
}
