import { swarmClient } from '../../client/swarm.ts';
import { bool } from '../../flags/index.ts';
import { command, noArgs } from '../command.ts';

export const leave = command({
  names: ['swarm leave'],
  summary: 'Leave the swarm',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    force: bool('Force this node to leave the swarm, ignoring warnings', { short: 'f' }),
  },
  run: async ({ client, flags, out }) => {
    await swarmClient(client.http).leave({ force: flags.force });
    await out.line('Node left the swarm.');
  },
});
