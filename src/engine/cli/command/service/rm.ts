import { swarmClient } from '../../client/swarm.ts';
import { atLeast, command } from '../command.ts';
import { eachArgument } from '../each-argument.ts';

export const rm = command({
  names: ['service rm', 'service remove'],
  summary: 'Remove one or more services',
  usage: 'SERVICE [SERVICE...]',
  args: atLeast(1),
  complete: 'services',
  flags: {},
  run: ({ client, args, out }) =>
    eachArgument(args, async (name) => {
      await swarmClient(client.http).services.remove(name);
      await out.line(name);
    }),
});
