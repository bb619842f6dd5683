import { string } from '../../flags/index.ts';
import { inspectAll } from '../../formatter/inspect.ts';
import { atLeast, command } from '../command.ts';
import { FORMAT_INSPECT } from '../texts.ts';

export const inspect = command({
  names: ['volume inspect'],
  summary: 'Display detailed information on one or more volumes',
  usage: '[OPTIONS] VOLUME [VOLUME...]',
  args: atLeast(1),
  complete: 'volumes',
  flags: {
    format: string(FORMAT_INSPECT, { short: 'f' }),
  },
  run: ({ client, args, flags, out, err }) =>
    inspectAll({ names: args, format: flags.format, out, err, kind: 'volume' }, (name) => client.volumes.inspectRaw(name)),
});
