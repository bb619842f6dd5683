import type { ContainerSummary } from '../../../api-types/index.ts';
import { anyArgs } from '../../command/command.ts';
import { bool, string } from '../../flags/index.ts';
import { humanDuration } from '../../formatter/human.ts';
import { alignTabs } from '../../formatter/tabs.ts';
import { truncateId } from '../../formatter/text.ts';
import { parseTimeNs } from '../../formatter/time.ts';
import { humanSize } from '../../formatter/units.ts';
import { familiarName, parseReference } from '../../reference.ts';
import { type ComposeContext, composeCommand } from '../command.ts';
import { nameOf, projectContainers } from '../engine/containers.ts';
import { projectName } from '../engine/session.ts';

export const images = composeCommand({
  name: 'images',
  summary: 'List images used by the created containers',
  usage: '[OPTIONS] [SERVICE...]',
  args: anyArgs,
  flags: {
    format: string('Format the output. Values: [table | json]', { initial: 'table' }),
    quiet: bool('Only display IDs', { short: 'q' }),
  },
  run: async (context) => {
    const { client, args, flags, out } = context;
    const project = await projectName(context);
    const containers = await projectContainers(client, project, { services: args });
    const all = [];
    for (const container of containers) all.push(await imageOf(context, container));
    if (flags.quiet) return out.text([...new Set(all.map(({ ID }) => ID.replace(/^.*:/, '')))].map((id) => `${id}\n`).join(''));
    if (flags.format === 'json') return out.line(JSON.stringify(all));
    const ago = (created: string | undefined) =>
      created === undefined ? 'N/A' : `${humanDuration(Number(context.io.clock.nowNs() - parseTimeNs(created)))} ago`;
    const rows = all.map(({ ContainerName, Repository, Tag, Platform, ID, Size, Created }) =>
      [ContainerName, Repository || '<none>', Tag || '<none>', Platform, truncateId(ID), humanSize(Size, 3), ago(Created)].join('\t'),
    );
    const table = ['CONTAINER\tREPOSITORY\tTAG\tPLATFORM\tIMAGE ID\tSIZE\tCREATED', ...rows].map((row) => `${row}\n`).join('');
    return out.text(alignTabs(table, { minWidth: 20 }));
  },
});

async function imageOf({ client }: ComposeContext, container: ContainerSummary) {
  const image = await client.images.inspect(container.ImageID);
  const reference = container.Image.startsWith('sha256:') ? undefined : parseReference(container.Image);
  const platform = [image.Os, image.Architecture, image.Variant ?? ''].filter((part) => part !== '').join('/');
  return {
    ID: image.Id,
    ContainerName: nameOf(container),
    Repository: reference === undefined ? '' : familiarName(reference),
    Tag: reference === undefined ? '' : reference.tag || 'latest',
    Platform: platform,
    Size: image.Size,
    ...(image.Created === undefined ? {} : { Created: image.Created }),
    LastTagTime: image.Metadata.LastTagTime,
  };
}
