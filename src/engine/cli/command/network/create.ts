import { bool, list, map, string, strings } from '../../flags/index.ts';
import { command, exactly } from '../command.ts';
import { ipamPools } from './ipam.ts';

export const create = command({
  names: ['network create'],
  summary: 'Create a network',
  usage: '[OPTIONS] NETWORK',
  args: exactly(1),
  flags: {
    attachable: bool('Enable manual container attachment'),
    'aux-address': map('Auxiliary IPv4 or IPv6 addresses used by Network driver'),
    'config-from': string('The network from which to copy the configuration'),
    'config-only': bool('Create a configuration only network'),
    driver: string('Driver to manage the Network', { short: 'd', initial: 'bridge' }),
    gateway: strings('IPv4 or IPv6 Gateway for the master subnet', { type: 'ipSlice', shownDefault: '[]', check: 'listedIp' }),
    ingress: bool('Create swarm routing-mesh network'),
    internal: bool('Restrict external access to the network'),
    'ip-range': strings('Allocate container ip from a sub-range', { type: 'ipNetSlice', shownDefault: '[]', check: 'listedRange' }),
    'ipam-driver': string('IP Address Management Driver', { initial: 'default' }),
    'ipam-opt': map('Set IPAM driver specific options'),
    ipv4: bool('Enable or disable IPv4 address assignment', { initial: true }),
    ipv6: bool('Enable or disable IPv6 address assignment'),
    label: list('Set metadata on a network', { check: 'label' }),
    opt: map('Set driver specific options', { short: 'o' }),
    scope: string("Control the network's scope"),
    subnet: strings('Subnet in CIDR format that represents a network segment'),
  },
  run: async ({ client, args: [name = ''], flags, changed, out, err }) => {
    const pools = ipamPools({ subnets: flags.subnet, ranges: flags['ip-range'], gateways: flags.gateway, aux: flags['aux-address'] });
    const answer = await client.networks.create({
      Name: name,
      Driver: flags.driver,
      Scope: flags.scope,
      ...(changed.has('ipv4') ? { EnableIPv4: flags.ipv4 } : {}),
      ...(changed.has('ipv6') ? { EnableIPv6: flags.ipv6 } : {}),
      IPAM: { Driver: flags['ipam-driver'], Options: flags['ipam-opt'], Config: pools },
      Internal: flags.internal,
      Attachable: flags.attachable,
      Ingress: flags.ingress,
      ConfigOnly: flags['config-only'],
      ConfigFrom: flags['config-from'] === '' ? null : { Network: flags['config-from'] },
      Options: flags.opt,
      Labels: Object.fromEntries(flags.label.map((one) => [one.split('=')[0] ?? '', one.split(/=(.*)/s)[1] ?? ''])),
    });
    if (answer.Warning !== '') await err.line(`WARNING: ${answer.Warning}`);
    await out.line(answer.Id);
  },
});
