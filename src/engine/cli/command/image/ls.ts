import type { ImageSummary } from '../../../api-types/index.ts';
import { withFilter } from '../../client/filters.ts';
import { CliError } from '../../errors.ts';
import { bool, filter, string } from '../../flags/index.ts';
import { imageTree } from '../../formatter/image-tree.ts';
import { IMAGES, imageRows } from '../../formatter/images.ts';
import { formatList, sourceOf } from '../../formatter/list.ts';
import { atMost, command } from '../command.ts';
import { FORMAT_TABLE } from '../texts.ts';

export const ls = command({
  names: ['image ls', 'image list', 'images'],
  summary: 'List images',
  usage: '[OPTIONS] [REPOSITORY[:TAG]]',
  args: atMost(1),
  complete: 'images-with-base',
  completeMost: 1,
  flags: {
    all: bool('Show all images (default hides intermediate and dangling images)', { short: 'a' }),
    digests: bool('Show digests'),
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string(FORMAT_TABLE),
    'no-trunc': bool("Don't truncate output"),
    quiet: bool('Only show image IDs', { short: 'q' }),
    tree: bool('List multi-platform images as a tree (EXPERIMENTAL)'),
  },
  run: async (context) => {
    const {
      io,
      client,
      config,
      args: [name],
      flags,
      out,
    } = context;
    const filters = name === undefined ? flags.filter : withFilter(flags.filter, 'reference', name);
    if (flags.tree) checkTree(flags);
    const format = flags.format || (flags.quiet ? '' : (config.data.imagesFormat ?? ''));
    const asTree = flags.tree || (format === '' && !flags.quiet && !flags.digests && !flags['no-trunc']);
    if (asTree) {
      const images = await client.images.list({ all: flags.all, filters, manifests: true });
      return out.text(
        imageTree(shown(images, { all: flags.all, filters }), { expanded: flags.tree, out, plain: (io.env.get('NO_COLOR') ?? '') !== '' }),
      );
    }
    const images = shown(await client.images.list({ all: flags.all, filters }), { all: flags.all, filters });
    const list = IMAGES({ nowNs: io.clock.nowNs(), truncate: !flags['no-trunc'], digests: flags.digests });
    const rows = imageRows(images, { digests: flags.digests || format.includes('{{.Digest}}'), column: flags.digests });
    await out.text(formatList(list, sourceOf(list, { format, quiet: flags.quiet }), rows));
  },
});

function checkTree(flags: { quiet: boolean; format: string; digests: boolean; 'no-trunc': boolean }): void {
  const other = flags.quiet
    ? '--quiet'
    : flags.format !== ''
      ? '--format'
      : flags.digests
        ? '--show-digest'
        : flags['no-trunc']
          ? '--no-trunc'
          : '';
  if (other !== '') throw new CliError(`${other} is not yet supported with --tree`);
}

/** Images without a name show with `--all` or when they are asked for. */
function shown(
  images: readonly ImageSummary[],
  options: { all: boolean; filters: ReadonlyMap<string, readonly string[]> },
): readonly ImageSummary[] {
  if (options.all || options.filters.has('dangling')) return images;
  return images.filter(({ RepoTags, RepoDigests }) => (RepoTags ?? []).length > 0 || (RepoDigests ?? []).length > 0);
}
