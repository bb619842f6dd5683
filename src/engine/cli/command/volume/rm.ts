import { bool } from '../../flags/index.ts';
import { atLeast, command } from '../command.ts';
import { eachArgument } from '../each-argument.ts';

export const rm = command({
  names: ['volume rm', 'volume remove'],
  summary: 'Remove one or more volumes',
  description: 'Remove one or more volumes. You cannot remove a volume that is in use by a container.',
  usage: '[OPTIONS] VOLUME [VOLUME...]',
  args: atLeast(1),
  complete: 'volumes',
  flags: {
    force: bool('Force the removal of one or more volumes', { short: 'f' }),
  },
  run: ({ client, args, flags, out }) =>
    eachArgument(args, async (name) => {
      await client.volumes.remove(name, { force: flags.force });
      await out.line(name);
    }),
});
