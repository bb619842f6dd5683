import { bool, string } from '../../flags/index.ts';
import { inspectAll } from '../../formatter/inspect.ts';
import { atLeast, command } from '../command.ts';
import { FORMAT_INSPECT } from '../texts.ts';

export const inspect = command({
  names: ['container inspect'],
  summary: 'Display detailed information on one or more containers',
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  args: atLeast(1),
  complete: 'containers',
  flags: {
    format: string(FORMAT_INSPECT, { short: 'f' }),
    size: bool('Display total file sizes', { short: 's' }),
  },
  run: ({ client, args, flags, out, err }) =>
    inspectAll({ names: args, format: flags.format, out, err, kind: 'container' }, (name) =>
      client.containers.inspectRaw(name, { size: flags.size }),
    ),
});
