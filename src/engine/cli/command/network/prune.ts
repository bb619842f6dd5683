import { bool, filter } from '../../flags/index.ts';
import { confirm } from '../../prompt.ts';
import { command, noArgs } from '../command.ts';

export const prune = command({
  names: ['network prune'],
  summary: 'Remove all unused networks',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    filter: filter('Provide filter values (e.g. "until=<timestamp>")'),
    force: bool('Do not prompt for confirmation', { short: 'f' }),
  },
  run: async ({ io, client, flags, out, interrupts }) => {
    const question =
      'WARNING! This will remove all custom networks not used by at least one container.\nAre you sure you want to continue?';
    interrupts.behave(0);
    if (!flags.force && !(await confirm(io, out, question))) return;
    const { NetworksDeleted } = await client.networks.prune(flags.filter);
    if (NetworksDeleted !== null && NetworksDeleted.length > 0) await out.text(`Deleted Networks:\n${NetworksDeleted.join('\n')}\n\n`);
  },
});
