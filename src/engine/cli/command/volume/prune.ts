import { withFilter } from '../../client/filters.ts';
import { CliError } from '../../errors.ts';
import { bool, filter } from '../../flags/index.ts';
import { humanSize } from '../../formatter/units.ts';
import { confirm } from '../../prompt.ts';
import { command, noArgs } from '../command.ts';

export const prune = command({
  names: ['volume prune'],
  summary: 'Remove unused local volumes',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    all: bool('Remove all unused volumes, not just anonymous ones', { short: 'a' }),
    filter: filter('Provide filter values (e.g. "label=<label>")'),
    force: bool('Do not prompt for confirmation', { short: 'f' }),
  },
  run: async ({ io, client, flags, out, interrupts }) => {
    if (flags.all && flags.filter.has('all')) throw new CliError('conflicting options: cannot specify both --all and --filter all=1');
    const filters = flags.all ? withFilter(flags.filter, 'all', 'true') : flags.filter;
    const warning = filters.has('all')
      ? 'WARNING! This will remove all local volumes not used by at least one container.'
      : 'WARNING! This will remove anonymous local volumes not used by at least one container.';
    interrupts.behave(0);
    if (!flags.force && !(await confirm(io, out, `${warning}\nAre you sure you want to continue?`))) return;
    const { VolumesDeleted, SpaceReclaimed } = await client.volumes.prune(filters);
    if (VolumesDeleted !== null && VolumesDeleted.length > 0) await out.text(`Deleted Volumes:\n${VolumesDeleted.join('\n')}\n\n`);
    await out.line(`Total reclaimed space: ${humanSize(SpaceReclaimed)}`);
  },
});
