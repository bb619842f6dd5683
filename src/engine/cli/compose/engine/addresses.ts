/** Addresses of a file, which the Engine's client takes only if they are ones. Upstream: compose pkg/compose/create.go. */
import { addressFault, prefixFault } from '../../../api-types/address-fault.ts';
import { isIpAddress, isIpv4 } from '../../address.ts';
import { CliError } from '../../errors.ts';
import type { NetworkConfig } from '../project/types.ts';

/** Throws CliError. */
export function checkAddress(text: string, what: string): void {
  if (text !== '' && !isIpAddress(text)) throw new CliError(`invalid ${what}: ParseAddr(${JSON.stringify(text)}): ${addressFault(text)}`);
}

const bitsOf = (address: string): number | null => (isIpv4(address) ? 32 : isIpAddress(address) ? 128 : null);

function checkPrefix(text: string, what: string): void {
  const fault = text === '' ? null : prefixFault(text, bitsOf);
  if (fault !== null) throw new CliError(`invalid ${what}: ${fault}`);
}

/** Throws CliError. */
export function checkPools({ ipam }: NetworkConfig): void {
  for (const { subnet = '', ip_range: range = '', gateway = '', aux_addresses: auxiliary = {} } of ipam?.config ?? []) {
    checkPrefix(subnet, 'subnet');
    checkPrefix(range, 'ip-range');
    checkAddress(gateway, 'gateway address');
    for (const address of Object.values(auxiliary)) checkAddress(address, 'auxiliary address');
  }
}
