import { swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { inspectAll } from '../../formatter/inspect.ts';
import { prettyNode } from '../../formatter/swarm-pretty.ts';
import { atLeast, command } from '../command.ts';
import { showAll } from '../service/pretty.ts';
import { FORMAT_INSPECT } from '../texts.ts';
import { nodeId } from './reference.ts';

export const inspect = command({
  names: ['node inspect'],
  summary: 'Display detailed information on one or more nodes',
  usage: '[OPTIONS] self|NODE [NODE...]',
  args: atLeast(1),
  complete: 'nodes',
  flags: {
    format: string(FORMAT_INSPECT, { short: 'f' }),
    pretty: bool('Print the information in a human friendly format'),
  },
  run: async ({ client, args, flags, out, err }) => {
    const { nodes } = swarmClient(client.http);
    if (flags.pretty && flags.format !== '') throw new CliError('--format is incompatible with human friendly format');
    if (flags.pretty || flags.format === 'pretty')
      return showAll(out, args, async (name) => prettyNode(await nodes.inspect(await nodeId(client, name))));
    await inspectAll({ names: args, format: flags.format, out, err, kind: 'node' }, async (name) =>
      nodes.inspectRaw(await nodeId(client, name)),
    );
  },
});
