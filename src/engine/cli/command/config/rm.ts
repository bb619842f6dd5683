import { swarmClient } from '../../client/swarm.ts';
import { atLeast, command } from '../command.ts';
import { eachArgument } from '../each-argument.ts';

export const rm = command({
  names: ['config rm', 'config remove'],
  summary: 'Remove one or more configs',
  usage: 'CONFIG [CONFIG...]',
  args: atLeast(1),
  complete: 'configs',
  flags: {},
  run: ({ client, args, out }) =>
    eachArgument(args, async (name) => {
      await swarmClient(client.http).configs.remove(name);
      await out.line(name);
    }),
});
