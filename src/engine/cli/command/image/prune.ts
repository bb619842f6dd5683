import { withFilter } from '../../client/filters.ts';
import { bool, filter } from '../../flags/index.ts';
import { deletedImages } from '../../formatter/deleted-images.ts';
import { humanSize } from '../../formatter/units.ts';
import { confirm } from '../../prompt.ts';
import { command, noArgs } from '../command.ts';

export const prune = command({
  names: ['image prune'],
  summary: 'Remove unused images',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    all: bool('Remove all unused images, not just dangling ones', { short: 'a' }),
    filter: filter('Provide filter values (e.g. "until=<timestamp>")'),
    force: bool('Do not prompt for confirmation', { short: 'f' }),
  },
  run: async ({ io, client, flags, out, interrupts }) => {
    const warning = flags.all
      ? 'WARNING! This will remove all images without at least one container associated to them.'
      : 'WARNING! This will remove all dangling images.';
    interrupts.behave(0);
    if (!flags.force && !(await confirm(io, out, `${warning}\nAre you sure you want to continue?`))) return;
    const { ImagesDeleted, SpaceReclaimed } = await client.images.prune(withFilter(flags.filter, 'dangling', String(!flags.all)));
    await out.text(deletedImages(ImagesDeleted));
    await out.line(`Total reclaimed space: ${humanSize(SpaceReclaimed)}`);
  },
});
