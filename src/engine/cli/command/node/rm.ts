import { swarmClient } from '../../client/swarm.ts';
import { bool } from '../../flags/index.ts';
import { atLeast, command } from '../command.ts';
import { eachArgument } from '../each-argument.ts';

export const rm = command({
  names: ['node rm', 'node remove'],
  summary: 'Remove one or more nodes from the swarm',
  usage: '[OPTIONS] NODE [NODE...]',
  args: atLeast(1),
  complete: 'nodes',
  flags: {
    force: bool('Force remove a node from the swarm', { short: 'f' }),
  },
  run: ({ client, args, flags, out }) =>
    eachArgument(args, async (name) => {
      await swarmClient(client.http).nodes.remove(name, { force: flags.force });
      await out.line(name);
    }),
});
