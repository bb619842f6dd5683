import { swarmClient } from '../../client/swarm.ts';
import { bool, filter, string } from '../../flags/index.ts';
import { formatList, sourceOf } from '../../formatter/list.ts';
import { NODES } from '../../formatter/swarm.ts';
import { byNature } from '../../formatter/text.ts';
import { command, noArgs } from '../command.ts';
import { FORMAT_TABLE } from '../texts.ts';

export const ls = command({
  names: ['node ls', 'node list'],
  summary: 'List nodes in the swarm',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string(FORMAT_TABLE),
    quiet: bool('Only display IDs', { short: 'q' }),
  },
  run: async ({ client, config, flags, out }) => {
    const nodes = await swarmClient(client.http).nodes.list(flags.filter);
    const info = nodes.length > 0 && !flags.quiet ? await client.system.info() : undefined;
    const configured = (config.data as { readonly nodesFormat?: string }).nodesFormat ?? '';
    const list = NODES(info?.Swarm.NodeID ?? '', info?.Swarm.Cluster?.TLSInfo.TrustRoot ?? '');
    const rows = [...nodes].sort((a, b) => byNature(a.Description.Hostname, b.Description.Hostname));
    const format = flags.format || (flags.quiet ? '' : configured);
    await out.text(formatList(list, sourceOf(list, { format, quiet: flags.quiet }), rows));
  },
});
