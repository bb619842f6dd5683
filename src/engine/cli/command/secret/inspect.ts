import { swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { inspectAll } from '../../formatter/inspect.ts';
import { prettySecret } from '../../formatter/swarm-pretty.ts';
import { atLeast, command } from '../command.ts';
import { showAll } from '../service/pretty.ts';
import { FORMAT_INSPECT } from '../texts.ts';

export const inspect = command({
  names: ['secret inspect'],
  summary: 'Display detailed information on one or more secrets',
  usage: '[OPTIONS] SECRET [SECRET...]',
  args: atLeast(1),
  complete: 'secrets',
  flags: {
    format: string(FORMAT_INSPECT, { short: 'f' }),
    pretty: bool('Print the information in a human friendly format'),
  },
  run: async ({ client, args, flags, out, err }) => {
    const { secrets } = swarmClient(client.http);
    if (flags.pretty && flags.format !== '') throw new CliError('--format is incompatible with human friendly format');
    if (flags.pretty || flags.format === 'pretty') return showAll(out, args, async (name) => prettySecret(await secrets.inspect(name)));
    await inspectAll({ names: args, format: flags.format, out, err, kind: 'secret' }, (name) => secrets.inspectRaw(name));
  },
});
