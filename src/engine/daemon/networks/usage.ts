/** How full pools of addresses are. */
import { contains as holds } from '../../kernel/net/ip.ts';
import { contains, formatSubnet, sizeOf } from './ip.ts';
import type { Pool } from './ipam.ts';
import type { Pool6 } from './pool6.ts';

/** The largest number below 2^64 that JSON can carry here: clients read an unsigned integer of 64 bits. */
const MOST = 2 ** 64 - 2 ** 11;

/** What GET /networks/{id} says of the pool; counts stop short of 2^64. */
export function usage6({ prefix, range, used }: Pool6): {
  readonly subnet: string;
  readonly IPsInUse: number;
  readonly DynamicIPsAvailable: number;
} {
  const inRange = [...used].filter((ip) => holds(range, ip)).length;
  const free = 2n ** BigInt(128 - range.length) - BigInt(inRange);
  return { subnet: prefix.text, IPsInUse: used.size, DynamicIPsAvailable: Math.min(Number(free), MOST) };
}

/** What GET /networks/{id} says of the pool. */
export function usage({ subnet, range, reserved, given }: Pool): {
  readonly subnet: string;
  readonly IPsInUse: number;
  readonly DynamicIPsAvailable: number;
} {
  const used = [...reserved, ...given];
  const inRange = used.filter((ip) => contains(range, ip)).length;
  return { subnet: formatSubnet(subnet), IPsInUse: used.length, DynamicIPsAvailable: sizeOf(range) - inRange };
}
