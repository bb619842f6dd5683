/** IPv6 subnets of networks and their addresses, as ipam.ts does it for IPv4. */

import type { IPAMPool } from '../../api-types/index.ts';
import { isErrno } from '../../kernel/errno.ts';
import { contains, formatIp, type Prefix, parseIp, parsePrefix } from '../../kernel/net/ip.ts';
import type { Sys } from '../../kernel/sys.ts';
import { invalid } from '../errors.ts';
import { hexOfBytes } from '../ids.ts';
import { addressInUse, poolOverlaps } from './errors.ts';

export interface Pool6 {
  readonly prefix: Prefix;
  /** Where addresses are taken from. */
  readonly range: Prefix;
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

export function poolOf6({ Subnet = '', IPRange, Gateway, AuxiliaryAddresses }: IPAMPool): Pool6 {
  const prefix = prefixOf(Subnet);
  const range = IPRange ? prefixOf(IPRange) : prefix;
  const gateway = Gateway
    ? (parseIp(Gateway.split('/')[0] ?? '')?.text ?? Gateway)
    : formatIp('inet6', range === prefix ? prefix.bits + 1n : range.bits);
  const reserved = Object.values(AuxiliaryAddresses ?? {}).map((address) => parseIp(address)?.text ?? address);
  return { prefix, range, gateway, used: new Set([formatIp('inet6', prefix.bits), gateway, ...reserved]) };
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

/** The pool that an address is of. */
export const poolWith6 = (pools: readonly Pool6[], address: string): Pool6 | undefined =>
  pools.find(({ prefix }) => contains(prefix, address));

/** As `takeAddress` does it for IPv4. Throws DockerError. */
export function takeAddress6(pools: readonly Pool6[], asked?: string): string | undefined {
  if (asked) {
    const [ip, pool] = [parseIp(asked)?.text, poolWith6(pools, asked)];
    if (ip === undefined || !pool || pool.used.has(ip)) throw addressInUse();
    pool.used.add(ip);
    return ip;
  }
  return pools.map(lowestFree).find((ip) => ip !== undefined);
}

function lowestFree({ range, used }: Pool6): string | undefined {
  for (let next = 0n; next < MAX_SEARCHED; next += 1n) {
    const ip = formatIp('inet6', range.bits + next);
    if (used.has(ip) || !contains(range, ip)) continue;
    used.add(ip);
    return ip;
  }
  return undefined;
}

export function releaseAddress6(pools: readonly Pool6[], address: string): void {
  const pool = poolWith6(pools, address);
  if (pool && address !== pool.gateway) pool.used.delete(address);
}

/** Throws DockerError if a bridge cannot have this IPv6 address. */
export function checkAddress6(gateway: string, length: number): void {
  const ip = parseIp(gateway);
  if (ip === null) return;
  const address = `${gateway}/${length}`;
  if (ip.bits >> 120n === 0xffn) throw invalid(`multicast subnet '${address}' is not allowed`);
  const isLinkLocal = ip.bits >> 64n === LINK_LOCAL && length === 64;
  if (isLinkLocal) return;
  const covers = ip.bits >> BigInt(128 - Math.min(length, 64)) === LINK_LOCAL >> BigInt(64 - Math.min(length, 64));
  if (covers) throw invalid(`'${address}' clashes with the Link-Local prefix 'fe80::/64'`);
}

const LINK_LOCAL = 0xfe80n << 48n;
