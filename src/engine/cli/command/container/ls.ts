import { bool, filter, int, string } from '../../flags/index.ts';
import { CONTAINERS, showsSize } from '../../formatter/containers.ts';
import { formatList } from '../../formatter/list.ts';
import { command, noArgs } from '../command.ts';
import { FORMAT_TABLE } from '../texts.ts';

export const ls = command({
  names: ['container ls', 'container list', 'container ps', 'ps'],
  summary: 'List containers',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    all: bool('Show all containers', { short: 'a', shownDefault: 'shows just running' }),
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string(FORMAT_TABLE),
    last: int('Show n last created containers (includes all states)', { short: 'n', initial: -1 }),
    latest: bool('Show the latest created container (includes all states)', { short: 'l' }),
    'no-trunc': bool("Don't truncate output"),
    quiet: bool('Only display container IDs', { short: 'q' }),
    size: bool('Display total file sizes', { short: 's' }),
  },
  run: async ({ io, client, config, flags, changed, out }) => {
    const format = flags.format !== '' ? flags.format : flags.quiet ? '' : (config.data.psFormat ?? '');
    const size = flags.size || showsSize(format);
    const limit = flags.latest ? 1 : flags.last;
    const all = flags.all || changed.has('last') || flags.latest;
    const rows = await client.containers.list({ all, size: flags.size || (size && !flags.quiet), limit, filters: flags.filter });
    const list = CONTAINERS({ nowNs: io.clock.nowNs(), truncate: !flags['no-trunc'], size: flags.size });
    const quiet = flags.quiet && (format === '' || format === 'table');
    await out.text(formatList(list, quiet ? list.quiet : format, rows));
  },
});
