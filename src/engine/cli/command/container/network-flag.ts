import { addressFault } from '../../../api-types/address-fault.ts';
import { isIpAddress } from '../../address.ts';
import { FlagValueError } from '../../flags/index.ts';
import { parseInteger } from '../../flags/numbers.ts';
import { EMPTY, type NetworkAttachment } from './network-spec.ts';

/** Throws FlagValueError. Upstream: docker/cli opts/network.go. */
export function parseNetwork(text: string): NetworkAttachment {
  if (!/\w=\w/.test(text)) return { ...EMPTY, target: text };
  const attachment = text.split(',').reduce(addField, EMPTY);
  if (attachment.target === '') throw new FlagValueError('network name/id is not specified');
  return attachment;
}

function addField(before: NetworkAttachment, field: string): NetworkAttachment {
  const [name = '', written] = field.toLowerCase().split(/=(.*)/s);
  if (written === undefined || name === '') throw new FlagValueError(`invalid field ${field}`);
  const value = written.trim();
  switch (name.trim()) {
    case 'name':
      return { ...before, target: value };
    case 'alias':
      return { ...before, aliases: [...before.aliases, value] };
    case 'ip':
      return { ...before, ipv4: address(value) };
    case 'ip6':
      return { ...before, ipv6: address(value) };
    case 'mac-address':
      return { ...before, macAddress: value };
    case 'link-local-ip':
      return { ...before, linkLocalIps: [...before.linkLocalIps, address(value)] };
    case 'driver-opt': {
      const [key = '', option] = value.split(/=(.*)/s);
      if (option === undefined) throw new FlagValueError('invalid key value pair format in driver options');
      return { ...before, driverOpts: { ...before.driverOpts, [key]: option } };
    }
    case 'gw-priority':
      return { ...before, gwPriority: priority(value) };
    default:
      throw new FlagValueError(`invalid field key ${name.trim()}`);
  }
}

/** As Go's netip.ParseAddr takes it. */
function address(text: string): string {
  if (isIpAddress(text)) return text;
  throw new FlagValueError(`ParseAddr(${JSON.stringify(text)}): ${addressFault(text)}`);
}

function priority(text: string): number {
  if (!/^[-+]?\d+$/.test(text)) throw new FlagValueError(`invalid gw-priority (${text}): invalid syntax`);
  return parseInteger(text);
}
