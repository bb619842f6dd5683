import { prefixFault } from '../../../api-types/address-fault.ts';
import type { IPAMPool } from '../../../api-types/index.ts';
import { isIpv4, isIpv6 } from '../../address.ts';
import { CliError } from '../../errors.ts';

interface Input {
  readonly subnets: readonly string[];
  readonly ranges: readonly string[];
  readonly gateways: readonly string[];
  readonly aux: Readonly<Record<string, string>>;
}
interface Prefix {
  readonly bits: bigint;
  readonly length: number;
  readonly size: number;
}

/** Puts ranges, gateways and auxiliary addresses to the subnets that hold them. Upstream: docker/cli cli/command/network/create.go. */
export function ipamPools(input: Input): readonly IPAMPool[] {
  if (input.subnets.length < input.ranges.length || input.subnets.length < input.gateways.length) {
    throw new CliError('every ip-range or gateway must have a corresponding subnet');
  }
  const subnets = input.subnets.map((text) => ({ text, prefix: parsePrefix(text) }));
  checkOverlap(subnets);
  const pools = subnets.map(({ text }): { -readonly [Key in keyof IPAMPool]: IPAMPool[Key] } => ({ Subnet: text }));
  const poolOf = (address: string) => pools[subnets.findIndex(({ prefix }) => contains(prefix, address.split('/')[0] ?? ''))];
  for (const range of input.ranges.map(masked)) {
    const pool = poolOf(range);
    if (pool === undefined) throw new CliError(`no matching subnet for range ${range}`);
    if (pool.IPRange !== undefined)
      throw new CliError(`cannot configure multiple ranges (${range}, ${pool.IPRange}) on the same subnet (${pool.Subnet ?? ''})`);
    pool.IPRange = range;
  }
  for (const gateway of input.gateways) {
    const pool = poolOf(gateway);
    if (pool === undefined) throw new CliError(`no matching subnet for gateway ${gateway}`);
    if (pool.Gateway !== undefined)
      throw new CliError(`cannot configure multiple gateways (${gateway}, ${pool.Gateway}) for the same subnet (${pool.Subnet ?? ''})`);
    pool.Gateway = gateway;
  }
  for (const [name, address] of Object.entries(input.aux)) {
    if (address === '') continue;
    const pool = poolOf(address);
    if (pool === undefined) throw new CliError(`no matching subnet for aux-address ${address}`);
    pool.AuxiliaryAddresses = { ...pool.AuxiliaryAddresses, [name]: address };
  }
  return pools;
}

function checkOverlap(subnets: readonly { text: string; prefix: Prefix }[]): void {
  subnets.forEach((one, i) => {
    for (const other of subnets.slice(0, i)) {
      if (contains(one.prefix, other.text.split('/')[0] ?? '') || contains(other.prefix, one.text.split('/')[0] ?? ''))
        throw new CliError('multiple overlapping subnet configuration is not supported');
    }
  });
}

function parsePrefix(text: string): Prefix {
  const fault = prefixFault(text, (address) => addressBits(address)?.size ?? null);
  if (fault !== null) throw new CliError(fault);
  const [address = '', length] = text.split('/');
  return { ...(addressBits(address) ?? { bits: 0n, size: 0 }), length: Number(length) };
}

/** A range is kept without the bits of a host in it. */
function masked(range: string): string {
  const [address = '', length = ''] = range.split('/');
  if (!isIpv4(address)) return range;
  const { bits } = addressBits(address) ?? { bits: 0n };
  const shift = BigInt(32 - Number(length));
  const base = (bits >> shift) << shift;
  return `${[24n, 16n, 8n, 0n].map((at) => (base >> at) & 255n).join('.')}/${length}`;
}

function contains({ bits, length, size }: Prefix, address: string): boolean {
  const other = addressBits(address);
  return other !== null && other.size === size && bits >> BigInt(size - length) === other.bits >> BigInt(size - length);
}

function addressBits(address: string): { bits: bigint; size: number } | null {
  if (isIpv4(address)) return { bits: address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n), size: 32 };
  if (!isIpv6(address)) return null;
  const [head = '', tail] = address.split('::');
  const groups = (text: string | undefined) => (text === undefined || text === '' ? [] : text.split(':'));
  const missing = 8 - groups(head).length - groups(tail).length;
  const all = tail === undefined ? groups(head) : [...groups(head), ...Array.from({ length: missing }, () => '0'), ...groups(tail)];
  return { bits: all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n), size: 128 };
}
