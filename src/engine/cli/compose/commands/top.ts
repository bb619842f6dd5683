import { anyArgs } from '../../command/command.ts';
import { alignTabs } from '../../formatter/tabs.ts';
import { composeCommand } from '../command.ts';
import { numberOf, projectContainers, serviceOf } from '../engine/containers.ts';
import { projectName } from '../engine/session.ts';

export const top = composeCommand({
  name: 'top',
  summary: 'Display the running processes',
  usage: '[SERVICES...]',
  args: anyArgs,
  flags: {},
  run: async (context) => {
    const { client, args, out } = context;
    const project = await projectName(context);
    const heads = ['SERVICE', '#'];
    const rows: ReadonlyMap<string, string>[] = [];
    for (const container of await projectContainers(client, project, { all: false, oneOff: 'include', services: args })) {
      const { Titles, Processes } = await client.containers.top(container.Id, []);
      for (const title of Titles) if (!heads.includes(title)) heads.push(title);
      const own = [['SERVICE', serviceOf(container)] as const, ['#', String(numberOf(container))] as const];
      for (const process of Processes) rows.push(new Map([...own, ...Titles.map((title, i) => [title, process[i] ?? ''] as const)]));
    }
    if (rows.length === 0) return;
    // The command stands last, whatever else the programs told.
    const titles = [...heads.filter((head) => head !== 'CMD'), ...heads.filter((head) => head === 'CMD')];
    const lines = [titles, ...rows.map((row) => titles.map((title) => row.get(title) ?? '-'))];
    await out.text(alignTabs(lines.map((line) => `${line.join('\t')}\n`).join(''), { minWidth: 4, padding: 2 }));
  },
});
