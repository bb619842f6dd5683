import { FlagValueError } from '../../flags/index.ts';
import { parseInteger } from '../../flags/numbers.ts';
import { EMPTY, type NetworkAttachment } from './network-spec.ts';

/** Throws FlagValueError. Upstream: docker/cli opts/network.go. */
export function parseNetwork(text: string): NetworkAttachment {
  if (!/^(name|alias|driver-opt|ip|ip6|mac-address|link-local-ip|gw-priority)=/.test(text) && !text.includes(',name='))
    return { ...EMPTY, target: text };
  return text.split(',').reduce(addField, EMPTY);
}

function addField(before: NetworkAttachment, field: string): NetworkAttachment {
  const [name = '', value] = field.split(/=(.*)/s);
  if (value === undefined || value === '') throw new FlagValueError(`invalid field ${field}`);
  switch (name.trim().toLowerCase()) {
    case 'name':
      return { ...before, target: value };
    case 'alias':
      return { ...before, aliases: [...before.aliases, value] };
    case 'ip':
      return { ...before, ipv4: value };
    case 'ip6':
      return { ...before, ipv6: value };
    case 'mac-address':
      return { ...before, macAddress: value };
    case 'link-local-ip':
      return { ...before, linkLocalIps: [...before.linkLocalIps, value] };
    case 'driver-opt': {
      const [key = '', option] = value.split(/=(.*)/s);
      if (option === undefined) throw new FlagValueError('invalid key value pair format in driver options');
      return { ...before, driverOpts: { ...before.driverOpts, [key]: option } };
    }
    case 'gw-priority':
      return { ...before, gwPriority: parseInteger(value) };
    default:
      throw new FlagValueError(`invalid field key ${name}`);
  }
}
