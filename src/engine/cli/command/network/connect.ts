import { CliError } from '../../errors.ts';
import { int, list, string, strings } from '../../flags/index.ts';
import { command, exactly } from '../command.ts';
import { endpointSettings } from '../container/network-spec.ts';

export const connect = command({
  names: ['network connect'],
  summary: 'Connect a container to a network',
  usage: '[OPTIONS] NETWORK CONTAINER',
  args: exactly(2),
  complete: 'network-to-join',
  flags: {
    alias: strings('Add network-scoped alias for the container'),
    'driver-opt': strings('driver options for the network'),
    'gw-priority': int('Highest gw-priority provides the default gateway. Accepts positive and negative values.'),
    ip: string('IPv4 address (e.g., "172.30.100.104")', { type: 'ip', check: 'plainIp' }),
    ip6: string('IPv6 address (e.g., "2001:db8::33")', { type: 'ip', check: 'plainIp' }),
    link: list('Add link to another container', { check: 'link' }),
    'link-local-ip': strings('Add a link-local address for the container', { type: 'ipSlice', shownDefault: '[]', check: 'listedIp' }),
  },
  run: async ({ client, args: [network = '', container = ''], flags }) => {
    const driverOpts = Object.fromEntries(flags['driver-opt'].map(pair));
    const settings = endpointSettings({
      aliases: flags.alias.filter((alias) => alias !== ''),
      links: flags.link,
      ipv4: flags.ip,
      ipv6: flags.ip6,
      linkLocalIps: flags['link-local-ip'],
      gwPriority: flags['gw-priority'],
    });
    await client.networks.connect(network, {
      Container: container,
      EndpointConfig: { ...settings, IPAMConfig: settings.IPAMConfig ?? {}, DriverOpts: driverOpts },
    });
  },
});

function pair(text: string): [string, string] {
  const [name = '', value] = text.split(/=(.*)/s);
  if (value === undefined) throw new CliError('invalid key/value pair format in driver options');
  return [name.trim().toLowerCase(), value.trim()];
}
