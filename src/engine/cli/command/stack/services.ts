import { swarmClient } from '../../client/swarm.ts';
import { bool, filter, string } from '../../flags/index.ts';
import { formatList, sourceOf } from '../../formatter/list.ts';
import { SERVICES } from '../../formatter/swarm.ts';
import { byNature } from '../../formatter/text.ts';
import { command, exactly } from '../command.ts';
import { FORMAT_TABLE } from '../texts.ts';
import { checkStackName, ofStack } from './namespace.ts';

export const services = command({
  names: ['stack services'],
  summary: 'List the services in the stack',
  usage: '[OPTIONS] STACK',
  args: exactly(1),
  flags: {
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string(FORMAT_TABLE),
    quiet: bool('Only display IDs', { short: 'q' }),
  },
  run: async ({ client, config, args: [name = ''], flags, out, err }) => {
    checkStackName(name);
    const services = await swarmClient(client.http).services.list(ofStack(name, flags.filter), { status: true });
    if (services.length === 0) {
      await err.line(`Nothing found in stack: ${name}`);
      return;
    }
    const configured = (config.data as { readonly servicesFormat?: string }).servicesFormat ?? '';
    const rows = [...services].sort((a, b) => byNature(a.Spec.Name, b.Spec.Name));
    const format = flags.format || (flags.quiet ? '' : configured);
    await out.text(formatList(SERVICES, sourceOf(SERVICES, { format, quiet: flags.quiet }), rows));
  },
});
