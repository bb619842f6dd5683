import { bool, filter, int, string } from '../../flags/index.ts';
import { CONTAINERS, showsSize } from '../../formatter/containers.ts';
import { formatList, sourceOf } from '../../formatter/list.ts';
import { command, noArgs } from '../command.ts';
import { FORMAT_TABLE } from '../texts.ts';

export const ls = command({
  names: ['container ls', 'container list', 'container ps', 'ps'],
  summary: 'List containers',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    all: bool('Show all containers (default shows just running)', { short: 'a' }),
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string(FORMAT_TABLE),
    last: int('Show n last created containers (includes all states)', { short: 'n', initial: -1 }),
    latest: bool('Show the latest created container (includes all states)', { short: 'l' }),
    'no-trunc': bool("Don't truncate output"),
    quiet: bool('Only display container IDs', { short: 'q' }),
    size: bool('Display total file sizes', { short: 's' }),
  },
  run: async ({ io, client, config, flags, changed, out, err }) => {
    if (flags.format !== '' && flags.quiet) await err.line('WARNING: Ignoring custom format, because both --format and --quiet are set.');
    const format = flags.format || (config.data.psFormat ?? '');
    const wantsSize = format !== '' && showsSize(format) && !flags.quiet && !changed.has('size');
    const size = flags.size || wantsSize;
    const limit = flags.latest && flags.last === -1 ? 1 : flags.last;
    const rows = await client.containers.list({ all: flags.all, size, limit, filters: flags.filter });
    const list = CONTAINERS({ nowNs: io.clock.nowNs(), truncate: !flags['no-trunc'], size });
    // A format of one's own is ignored with --quiet, but for the raw one.
    const source = sourceOf(list, { format: flags.quiet && format !== 'raw' ? '' : format, quiet: flags.quiet });
    await out.text(formatList(list, source, rows));
  },
});
