import { swarmClient } from '../../client/swarm.ts';
import { bool, filter, string } from '../../flags/index.ts';
import { formatList, sourceOf } from '../../formatter/list.ts';
import { SECRETS } from '../../formatter/swarm.ts';
import { byNature } from '../../formatter/text.ts';
import { command, noArgs } from '../command.ts';
import { FORMAT_TABLE } from '../texts.ts';

export const ls = command({
  names: ['secret ls', 'secret list'],
  summary: 'List secrets',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string(FORMAT_TABLE),
    quiet: bool('Only display IDs', { short: 'q' }),
  },
  run: async ({ io, client, config, flags, out }) => {
    const found = await swarmClient(client.http).secrets.list(flags.filter);
    const configured = (config.data as { readonly secretFormat?: string }).secretFormat ?? '';
    const list = SECRETS(io.clock.nowNs());
    const rows = [...found].sort((a, b) => byNature(a.Spec.Name, b.Spec.Name));
    const format = flags.format || (flags.quiet ? '' : configured);
    await out.text(formatList(list, sourceOf(list, { format, quiet: flags.quiet }), rows));
  },
});
