import { bool, filter, string } from '../../flags/index.ts';
import { formatList, sourceOf } from '../../formatter/list.ts';
import { NETWORKS } from '../../formatter/networks.ts';
import { byNature } from '../../formatter/text.ts';
import { command, noArgs } from '../command.ts';
import { FORMAT_TABLE } from '../texts.ts';

export const ls = command({
  names: ['network ls', 'network list'],
  summary: 'List networks',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    filter: filter('Provide filter values (e.g. "driver=bridge")', { short: 'f' }),
    format: string(FORMAT_TABLE),
    'no-trunc': bool('Do not truncate the output'),
    quiet: bool('Only display network IDs', { short: 'q' }),
  },
  run: async ({ client, config, flags, out }) => {
    const networks = await client.networks.list(flags.filter);
    const format = flags.format || (flags.quiet ? '' : (config.data.networksFormat ?? ''));
    const list = NETWORKS({ truncate: !flags['no-trunc'] });
    const rows = [...networks].sort((a, b) => byNature(a.Name, b.Name));
    await out.text(formatList(list, sourceOf(list, { format, quiet: flags.quiet }), rows));
  },
});
