import { atLeast, command } from '../command.ts';
import { sideBySide } from '../side-by-side.ts';

export const unpause = command({
  names: ['container unpause', 'unpause'],
  summary: 'Unpause all processes within one or more containers',
  usage: 'CONTAINER [CONTAINER...]',
  args: atLeast(1),
  complete: 'paused-containers',
  flags: {},
  run: ({ client, ...call }) =>
    sideBySide(call, async (name) => {
      await client.containers.unpause(name);
      return true;
    }),
});
