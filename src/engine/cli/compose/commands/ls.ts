import type { ContainerSummary } from '../../../api-types/index.ts';
import { noArgs } from '../../command/command.ts';
import { CliError } from '../../errors.ts';
import { bool, filter, string } from '../../flags/index.ts';
import { alignTabs } from '../../formatter/tabs.ts';
import { composeCommand } from '../command.ts';
import { LABEL } from '../engine/labels.ts';
import { byText } from '../project/value.ts';

interface Stack {
  readonly Name: string;
  readonly Status: string;
  readonly ConfigFiles: string;
}

export const ls = composeCommand({
  name: 'ls',
  summary: 'List running compose projects',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    all: bool('Show all stopped Compose projects', { short: 'a' }),
    filter: filter('Filter output based on conditions provided'),
    format: string('Format the output. Values: [table | json]', { initial: 'table' }),
    quiet: bool('Only display project names', { short: 'q' }),
  },
  run: async ({ client, flags, out }) => {
    const containers = await client.containers.list({ all: flags.all, filters: new Map([['label', [LABEL.project, LABEL.hash]]]) });
    const wanted = flags.filter.get('name');
    const unknown = [...flags.filter.keys()].find((name) => name !== 'name');
    if (unknown !== undefined) throw new CliError(`invalid filter '${unknown}'`);
    const stacks = stacksOf(containers).filter(({ Name }) => wanted === undefined || wanted.some((name) => new RegExp(name).test(Name)));
    if (flags.quiet) return out.text(stacks.map(({ Name }) => `${Name}\n`).join(''));
    if (flags.format === 'json') return out.line(JSON.stringify(stacks));
    if (flags.format !== 'table' && flags.format !== '')
      throw new CliError(`format value ${JSON.stringify(flags.format)} could not be parsed: parsing failed`);
    const rows = [['NAME', 'STATUS', 'CONFIG FILES'], ...stacks.map(({ Name, Status, ConfigFiles }) => [Name, Status, ConfigFiles])];
    return out.text(alignTabs(rows.map((row) => `${row.join('\t')}\n`).join(''), { minWidth: 20 }));
  },
});

function stacksOf(containers: readonly ContainerSummary[]): readonly Stack[] {
  const names = [...new Set(containers.map(({ Labels }) => Labels[LABEL.project] ?? ''))].sort(byText);
  return names.map((Name) => {
    const own = containers.filter(({ Labels }) => Labels[LABEL.project] === Name);
    const files = new Set(own.flatMap(({ Labels }) => (Labels[LABEL.files] ?? '').split(',')));
    return { Name, Status: statusOf(own), ConfigFiles: [...files].join(',') };
  });
}

/** `exited(1), running(2)`. */
function statusOf(containers: readonly ContainerSummary[]): string {
  const states = [...new Set(containers.map(({ State }) => State))].sort();
  return states.map((state) => `${state}(${containers.filter(({ State }) => State === state).length})`).join(', ');
}
