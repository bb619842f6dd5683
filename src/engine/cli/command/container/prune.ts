import { bool, filter } from '../../flags/index.ts';
import { humanSize } from '../../formatter/units.ts';
import { confirm } from '../../prompt.ts';
import { command, noArgs } from '../command.ts';

export const prune = command({
  names: ['container prune'],
  summary: 'Remove all stopped containers',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    filter: filter('Provide filter values (e.g. "until=<timestamp>")'),
    force: bool('Do not prompt for confirmation', { short: 'f' }),
  },
  run: async ({ io, client, flags, out, interrupts }) => {
    interrupts.behave(0);
    const question = 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue?';
    if (!flags.force && !(await confirm(io, out, question))) return;
    const { ContainersDeleted, SpaceReclaimed } = await client.containers.prune(flags.filter);
    if (ContainersDeleted !== null && ContainersDeleted.length > 0) {
      await out.text(`Deleted Containers:\n${ContainersDeleted.map((id) => `${id}\n`).join('')}\n`);
    }
    await out.line(`Total reclaimed space: ${humanSize(SpaceReclaimed)}`);
  },
});
