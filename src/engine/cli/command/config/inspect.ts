import { swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { inspectAll } from '../../formatter/inspect.ts';
import { prettyConfig } from '../../formatter/swarm-pretty.ts';
import { atLeast, command } from '../command.ts';
import { showAll } from '../service/pretty.ts';
import { FORMAT_INSPECT } from '../texts.ts';

export const inspect = command({
  names: ['config inspect'],
  summary: 'Display detailed information on one or more configs',
  usage: '[OPTIONS] CONFIG [CONFIG...]',
  args: atLeast(1),
  complete: 'configs',
  flags: {
    format: string(FORMAT_INSPECT, { short: 'f' }),
    pretty: bool('Print the information in a human friendly format'),
  },
  run: async ({ client, args, flags, out, err }) => {
    const { configs } = swarmClient(client.http);
    if (flags.pretty && flags.format !== '') throw new CliError('--format is incompatible with human friendly format');
    if (flags.pretty || flags.format === 'pretty') return showAll(out, args, async (name) => prettyConfig(await configs.inspect(name)));
    await inspectAll({ names: args, format: flags.format, out, err, kind: 'config' }, (name) => configs.inspectRaw(name));
  },
});
