import { swarmClient } from '../../client/swarm.ts';
import { string } from '../../flags/index.ts';
import { formatList, sourceOf } from '../../formatter/list.ts';
import { STACKS, type StackRow } from '../../formatter/swarm.ts';
import { byNature } from '../../formatter/text.ts';
import { command, noArgs } from '../command.ts';
import { FORMAT_TABLE } from '../texts.ts';
import { NAMESPACE } from './namespace.ts';

export const ls = command({
  names: ['stack ls', 'stack list'],
  summary: 'List stacks',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    format: string(FORMAT_TABLE),
  },
  run: async ({ client, flags, out }) => {
    const services = await swarmClient(client.http).services.list(new Map([['label', [NAMESPACE]]]));
    const counts = new Map<string, number>();
    for (const { Spec } of services) {
      const name = Spec.Labels[NAMESPACE] ?? '';
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const rows = [...counts].map(([name, count]): StackRow => ({ name, services: count })).sort((a, b) => byNature(a.name, b.name));
    await out.text(formatList(STACKS, sourceOf(STACKS, { format: flags.format, quiet: false }), rows));
  },
});
