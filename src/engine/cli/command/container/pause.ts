import { atLeast, command } from '../command.ts';
import { sideBySide } from '../side-by-side.ts';

export const pause = command({
  names: ['container pause', 'pause'],
  summary: 'Pause all processes within one or more containers',
  usage: 'CONTAINER [CONTAINER...]',
  args: atLeast(1),
  complete: 'unpaused-containers',
  flags: {},
  run: ({ client, ...call }) =>
    sideBySide(call, async (name) => {
      await client.containers.pause(name);
      return true;
    }),
});
