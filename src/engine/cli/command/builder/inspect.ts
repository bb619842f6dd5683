import { findBuilder } from '../../build/builders.ts';
import { loadNode } from '../../build/node.ts';
import { bool } from '../../flags/index.ts';
import { alignTabs } from '../../formatter/tabs.ts';
import { atMost, command } from '../command.ts';
import { BUILDER, TIMEOUT } from './plugin-flags.ts';

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
    const lines = [
      `Name:\t${name}`,
      `Driver:\t${driver}`,
      '',
      'Nodes:',
      `Name:\t${name}`,
      `Endpoint:\t${name}`,
      ...(node.error === undefined
        ? [`Status:\t${node.status}`, `BuildKit version:\t${node.version}`, `Platforms:\t${node.platforms.join(', ')}`]
        : [`Error:\t${node.error}`]),
    ];
    await out.text(alignTabs(`${lines.join('\n')}\n`, { minWidth: 0, padding: 1 }));
  },
});
