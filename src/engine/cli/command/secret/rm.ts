import { swarmClient } from '../../client/swarm.ts';
import { atLeast, command } from '../command.ts';
import { eachArgument } from '../each-argument.ts';

export const rm = command({
  names: ['secret rm', 'secret remove'],
  summary: 'Remove one or more secrets',
  usage: 'SECRET [SECRET...]',
  args: atLeast(1),
  complete: 'secrets',
  flags: {},
  run: ({ client, args, out }) =>
    eachArgument(args, async (name) => {
      await swarmClient(client.http).secrets.remove(name);
      await out.line(name);
    }),
});
