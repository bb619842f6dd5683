import { bool, filter, string } from '../../flags/index.ts';
import { formatList, sourceOf } from '../../formatter/list.ts';
import { byNature } from '../../formatter/text.ts';
import { VOLUMES } from '../../formatter/volumes.ts';
import { command, noArgs } from '../command.ts';
import { FORMAT_TABLE } from '../texts.ts';

const CLUSTER_TABLE = 'table {{.Name}}\t{{.Group}}\t{{.Driver}}\t{{.Availability}}\t{{.Status}}';

export const ls = command({
  names: ['volume ls', 'volume list'],
  summary: 'List volumes',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    cluster: bool('Display only cluster volumes, and use cluster volume list formatting', { hidden: true }),
    filter: filter('Provide filter values (e.g. "dangling=true")', { short: 'f' }),
    format: string(FORMAT_TABLE),
    quiet: bool('Only display volume names', { short: 'q' }),
  },
  run: async ({ client, config, flags, out }) => {
    const { Volumes } = await client.volumes.list(flags.filter);
    const format = flags.cluster
      ? flags.quiet
        ? ''
        : CLUSTER_TABLE
      : flags.format || (flags.quiet ? '' : (config.data.volumesFormat ?? ''));
    // No volume of the model is a cluster's.
    const rows = (flags.cluster ? [] : [...(Volumes ?? [])]).sort((a, b) => byNature(a.Name, b.Name));
    await out.text(formatList(VOLUMES, sourceOf(VOLUMES, { format, quiet: flags.quiet }), rows));
  },
});
