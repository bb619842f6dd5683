import type { GcRule } from '../../../api-types/builder.ts';
import { findBuilder, lastActivity } from '../../build/builders.ts';
import { type BuilderNode, loadNode } from '../../build/node.ts';
import { bool } from '../../flags/index.ts';
import { bytesSize } from '../../formatter/human.ts';
import { alignTabs } from '../../formatter/tabs.ts';
import { byBytes } from '../../formatter/text.ts';
import { showTime } from '../../formatter/time.ts';
import { atMost, command } from '../command.ts';
import { BUILDER, TIMEOUT } from './plugin-flags.ts';

function labels(all: BuilderNode['labels'], block: (rows: readonly string[]) => string): string {
  const rows = Object.entries(all)
    .sort(([a], [b]) => byBytes(a, b))
    .map(([key, value]) => `\u0020${key}:\t${value}`);
  return rows.length === 0 ? '' : `Labels:\n${block(rows)}`;
}

/** Whole hours, as Go prints a duration. */
const hours = (ns: number): string => `${ns / 3600e9}h0m0s`;

/** What is unlimited is left out. */
function ruleRows({ All, Types, KeepDuration, ReservedSpace, MaxUsedSpace, MinFreeSpace }: GcRule): readonly string[] {
  const sizes = [
    ['Reserved Space', ReservedSpace],
    ['Max Used Space', MaxUsedSpace],
    ['Min Free Space', MinFreeSpace],
  ] as const;
  return [
    ` All:\t${All}`,
    ...(Types.length === 0 ? [] : [` Filters:\t${Types.map((type) => `type==${type}`).join(' ')}`]),
    ...(KeepDuration === 0 ? [] : [` Keep Duration:\t${hours(KeepDuration)}`]),
    ...sizes.filter(([, size]) => size > 0).map(([name, size]) => ` ${name}:\t${bytesSize(size)}`),
  ];
}

export const inspect = command({
  names: ['builder inspect'],
  summary: 'Inspect current builder instance',
  as: 'buildx inspect',
  usage: '[NAME]',
  args: atMost(1),
  complete: 'contexts',
  flags: { bootstrap: bool('Ensure builder has booted before inspecting'), ...BUILDER, ...TIMEOUT },
  run: async (context) => {
    const { args, flags, out } = context;
    const { name, driver } = findBuilder(context, args[0] ?? flags.builder, { anywhere: true });
    const node = await loadNode(context, name);
    const activity = lastActivity(context, name);
    const lines = [
      `Name:\t${name}`,
      `Driver:\t${driver}`,
      ...(activity === undefined ? [] : [`Last Activity:\t${showTime(activity)}`]),
      '',
      'Nodes:',
      `Name:\t${name}`,
      `Endpoint:\t${name}`,
      ...(node.error === undefined
        ? [`Status:\t${node.status}`, `BuildKit version:\t${node.version}`, `Platforms:\t${node.platforms.join(', ')}`]
        : [`Error:\t${node.error}`]),
    ];
    const block = (rows: readonly string[]): string => alignTabs(`${rows.join('\n')}\n`, { minWidth: 0, padding: 1 });
    await out.text(
      block(lines) +
        labels(node.labels, block) +
        node.gcPolicy.map((rule, i) => block([`GC Policy rule#${i}:`, ...ruleRows(rule)])).join(''),
    );
  },
});
