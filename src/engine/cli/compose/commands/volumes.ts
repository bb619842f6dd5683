import { anyArgs } from '../../command/command.ts';
import { bool, string } from '../../flags/index.ts';
import { formatList } from '../../formatter/list.ts';
import { VOLUMES } from '../../formatter/volumes.ts';
import { composeCommand } from '../command.ts';
import { projectContainers } from '../engine/containers.ts';
import { LABEL } from '../engine/labels.ts';
import { projectOrName } from '../engine/session.ts';
import { FORMAT } from '../texts.ts';

export const volumes = composeCommand({
  name: 'volumes',
  summary: 'List volumes',
  usage: '[OPTIONS] [SERVICE...]',
  args: anyArgs,
  flags: {
    format: string(FORMAT, { initial: 'table' }),
    quiet: bool('Only display volume names', { short: 'q' }),
  },
  run: async (context) => {
    const { client, args, flags, out } = context;
    const project = await projectOrName(context, args);
    const { Volumes } = await client.volumes.list(new Map([['label', [`${LABEL.project}=${project.name}`]]]));
    const containers = args.length === 0 ? [] : await projectContainers(client, project.name, { services: args });
    const mounted = new Set(containers.flatMap(({ Mounts }) => Mounts.map(({ Name }) => Name)));
    const shown = (Volumes ?? []).filter(({ Name }) => args.length === 0 || mounted.has(Name));
    if (flags.quiet) return out.text(shown.map(({ Name }) => `${Name}\n`).join(''));
    return out.text(formatList(VOLUMES, flags.format, shown));
  },
});
