import { atLeast, command } from '../command.ts';
import { eachArgument } from '../each-argument.ts';

export const pause = command({
  names: ['container pause', 'pause'],
  summary: 'Pause all processes within one or more containers',
  usage: 'CONTAINER [CONTAINER...]',
  args: atLeast(1),
  complete: 'unpaused-containers',
  flags: {},
  run: ({ client, args, out }) =>
    eachArgument(args, async (name) => {
      await client.containers.pause(name);
      await out.line(name);
    }),
});
