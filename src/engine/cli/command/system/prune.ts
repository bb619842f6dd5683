import { withFilter } from '../../client/filters.ts';
import { CliError } from '../../errors.ts';
import type { Filters } from '../../flags/index.ts';
import { bool, filter } from '../../flags/index.ts';
import { deletedImages } from '../../formatter/deleted-images.ts';
import { humanSize } from '../../formatter/units.ts';
import { confirm } from '../../prompt.ts';
import { type Context, command, noArgs } from '../command.ts';

export const prune = command({
  names: ['system prune'],
  summary: 'Remove unused data',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    all: bool('Remove all unused images not just dangling ones', { short: 'a' }),
    filter: filter('Provide filter values (e.g. "label=<key>=<value>")'),
    force: bool('Do not prompt for confirmation', { short: 'f' }),
    volumes: bool('Prune anonymous volumes'),
  },
  run: async (context) => {
    const { io, flags, out, interrupts } = context;
    const options = { all: flags.all, volumes: flags.volumes, filters: flags.filter };
    if (options.volumes && options.filters.has('until')) throw new CliError('ERROR: The "until" filter is not supported with "--volumes"');
    interrupts.behave(0);
    if (!flags.force && !(await confirm(io, out, `${warning(options)}\nAre you sure you want to continue?`))) return;
    const reclaimed = await pruneAll(context, options);
    await out.line(`Total reclaimed space: ${humanSize(reclaimed)}`);
  },
});

interface Options {
  readonly all: boolean;
  readonly volumes: boolean;
  readonly filters: Filters;
}

function warning({ all, volumes, filters }: Options): string {
  const parts = [
    'all stopped containers',
    'all networks not used by at least one container',
    ...(volumes ? ['all anonymous volumes not used by at least one container'] : []),
    all ? 'all images without at least one container associated to them' : 'all dangling images',
    all ? 'all build cache' : 'unused build cache',
  ];
  const kept = [...filters].flatMap(([name, values]) => values.map((value) => `  - ${name}=${value}\n`));
  const filtered = kept.length === 0 ? '' : `\n  Items to be pruned will be filtered with:\n${kept.join('')}`;
  return `WARNING! This will remove:\n${parts.map((part) => `  - ${part}\n`).join('')}${filtered}`;
}

async function pruneAll({ client, out }: Context, { all, volumes, filters }: Options): Promise<number> {
  const containers = await client.containers.prune(filters);
  await out.text(listed('Deleted Containers:', containers.ContainersDeleted));
  const networks = await client.networks.prune(filters);
  await out.text(listed('Deleted Networks:', networks.NetworksDeleted));
  const removed = volumes ? await client.volumes.prune(filters) : { VolumesDeleted: null, SpaceReclaimed: 0 };
  await out.text(listed('Deleted Volumes:', removed.VolumesDeleted));
  const images = await client.images.prune(withFilter(filters, 'dangling', String(!all)));
  await out.text(deletedImages(images.ImagesDeleted));
  const build = await client.system.pruneBuild({ all, filters });
  await out.text(listed('Deleted build cache objects:', build.CachesDeleted));
  return containers.SpaceReclaimed + removed.SpaceReclaimed + images.SpaceReclaimed + build.SpaceReclaimed;
}

const listed = (title: string, names: readonly string[] | null): string =>
  names === null || names.length === 0 ? '' : `${title}\n${names.join('\n')}\n\n`;
