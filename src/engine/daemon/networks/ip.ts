/** Arithmetic on IPv4 addresses and subnets. */
export interface Subnet {
  readonly base: number;
  readonly prefixLength: number;
}

export function parseIp(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

export const formatIp = (ip: number): string => [24, 16, 8, 0].map((shift) => Math.floor(ip / 2 ** shift) % 256).join('.');
export const sizeOf = ({ prefixLength }: Subnet): number => 2 ** (32 - prefixLength);
export const lastOf = (subnet: Subnet): number => subnet.base + sizeOf(subnet) - 1;

/** `10.5.0.0/16`; the address part is cut down to the subnet's. */
export function parseSubnet(text: string): Subnet | undefined {
  const [address = '', length = ''] = text.split('/');
  const ip = parseIp(address);
  const prefixLength = Number(length);
  if (ip === undefined || !/^\d+$/.test(length) || prefixLength > 32) return undefined;
  return { base: Math.floor(ip / 2 ** (32 - prefixLength)) * 2 ** (32 - prefixLength), prefixLength };
}

export const formatSubnet = ({ base, prefixLength }: Subnet): string => `${formatIp(base)}/${prefixLength}`;
export const contains = (subnet: Subnet, ip: number): boolean => ip >= subnet.base && ip <= lastOf(subnet);
export const overlaps = (a: Subnet, b: Subnet): boolean => a.base <= lastOf(b) && b.base <= lastOf(a);

/** Docker's default address pools: sixteen networks of /16, then /20s. */
export function* defaultPools(): Generator<Subnet, void, void> {
  for (let second = 17; second <= 31; second += 1) yield { base: (172 * 256 + second) * 65_536, prefixLength: 16 };
  for (let third = 0; third < 256; third += 16) yield { base: (192 * 256 + 168) * 65_536 + third * 256, prefixLength: 20 };
}
