import type { Service } from '../../../api-types/index.ts';
import { swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { inspectAll } from '../../formatter/inspect.ts';
import { prettyService } from '../../formatter/swarm-pretty.ts';
import { decodeText } from '../../text.ts';
import { atLeast, command } from '../command.ts';
import { FORMAT_INSPECT } from '../texts.ts';
import { networkNames, serviceError, showAll } from './pretty.ts';

export const inspect = command({
  names: ['service inspect'],
  summary: 'Display detailed information on one or more services',
  usage: '[OPTIONS] SERVICE [SERVICE...]',
  args: atLeast(1),
  complete: 'services',
  flags: {
    format: string(FORMAT_INSPECT, { short: 'f' }),
    pretty: bool('Print the information in a human friendly format'),
  },
  run: async ({ client, args, flags, out, err }) => {
    const { services } = swarmClient(client.http);
    const load = (name: string) => serviceError(name, () => services.inspectRaw(name));
    if (flags.pretty && flags.format !== '') throw new CliError('--format is incompatible with human friendly format');
    if (flags.pretty || flags.format === 'pretty')
      return showAll(out, args, async (name) => {
        const service = JSON.parse(decodeText(await load(name))) as Service;
        return prettyService(service, await networkNames(client, service));
      });
    await inspectAll({ names: args, format: flags.format, out, err, kind: 'service' }, load);
  },
});
