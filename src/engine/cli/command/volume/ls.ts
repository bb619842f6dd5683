import { bool, filter, string } from '../../flags/index.ts';
import { formatList, sourceOf } from '../../formatter/list.ts';
import { byNature } from '../../formatter/text.ts';
import { VOLUMES } from '../../formatter/volumes.ts';
import { command, noArgs } from '../command.ts';
import { FORMAT_TABLE } from '../texts.ts';

export const ls = command({
  names: ['volume ls', 'volume list'],
  summary: 'List volumes',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    filter: filter('Provide filter values (e.g. "dangling=true")', { short: 'f' }),
    format: string(FORMAT_TABLE),
    quiet: bool('Only display volume names', { short: 'q' }),
  },
  run: async ({ client, config, flags, out }) => {
    const { Volumes } = await client.volumes.list(flags.filter);
    const format = flags.format || (flags.quiet ? '' : (config.data.volumesFormat ?? ''));
    const rows = [...(Volumes ?? [])].sort((a, b) => byNature(a.Name, b.Name));
    await out.text(formatList(VOLUMES, sourceOf(VOLUMES, { format, quiet: flags.quiet }), rows));
  },
});
