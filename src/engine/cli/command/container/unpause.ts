import { atLeast, command } from '../command.ts';
import { eachArgument } from '../each-argument.ts';

export const unpause = command({
  names: ['container unpause', 'unpause'],
  summary: 'Unpause all processes within one or more containers',
  usage: 'CONTAINER [CONTAINER...]',
  args: atLeast(1),
  complete: 'paused-containers',
  flags: {},
  run: ({ client, args, out }) =>
    eachArgument(args, async (name) => {
      await client.containers.unpause(name);
      await out.line(name);
    }),
});
