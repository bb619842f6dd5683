import { swarmClient } from '../../client/swarm.ts';
import { bool, filter, string } from '../../flags/index.ts';
import { formatList, sourceOf } from '../../formatter/list.ts';
import { SERVICES } from '../../formatter/swarm.ts';
import { byNature } from '../../formatter/text.ts';
import { command, noArgs } from '../command.ts';
import { FORMAT_TABLE } from '../texts.ts';

export const ls = command({
  names: ['service ls', 'service list'],
  summary: 'List services',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string(FORMAT_TABLE),
    quiet: bool('Only display IDs', { short: 'q' }),
  },
  run: async ({ client, config, flags, out }) => {
    const services = await swarmClient(client.http).services.list(flags.filter, { status: !flags.quiet });
    const configured = (config.data as { readonly servicesFormat?: string }).servicesFormat ?? '';
    const rows = [...services].sort((a, b) => byNature(a.Spec.Name, b.Spec.Name));
    const format = flags.format || (flags.quiet ? '' : configured);
    await out.text(formatList(SERVICES, sourceOf(SERVICES, { format, quiet: flags.quiet }), rows));
  },
});
