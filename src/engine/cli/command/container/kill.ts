import { string } from '../../flags/index.ts';
import { atLeast, command } from '../command.ts';
import { sideBySide } from '../side-by-side.ts';

export const kill = command({
  names: ['container kill', 'kill'],
  summary: 'Kill one or more running containers',
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  args: atLeast(1),
  complete: 'running-containers',
  valueKinds: { signal: 'signals' },
  flags: {
    signal: string('Signal to send to the container', { short: 's' }),
  },
  run: ({ client, flags, ...call }) =>
    sideBySide(call, async (name) => {
      await client.containers.kill(name, flags.signal);
      return true;
    }),
});
