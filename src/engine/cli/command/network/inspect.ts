import { bool, string } from '../../flags/index.ts';
import { inspectAll } from '../../formatter/inspect.ts';
import { atLeast, command } from '../command.ts';
import { FORMAT_INSPECT } from '../texts.ts';

export const inspect = command({
  names: ['network inspect'],
  summary: 'Display detailed information on one or more networks',
  usage: '[OPTIONS] NETWORK [NETWORK...]',
  args: atLeast(1),
  complete: 'networks',
  flags: {
    format: string(FORMAT_INSPECT, { short: 'f' }),
    verbose: bool('Verbose output for diagnostics', { short: 'v' }),
  },
  run: ({ client, args, flags, out, err }) =>
    inspectAll({ names: args, format: flags.format, out, err, kind: 'network' }, (name) =>
      client.networks.inspectRaw(name, { verbose: flags.verbose }),
    ),
});
