import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { fullName, fullString, parseReference, withDefaultTag } from '../../reference.ts';
import { command, exactly } from '../command.ts';
import { pullImage } from './pull-image.ts';

export const pull = command({
  names: ['image pull', 'pull'],
  summary: 'Download an image from a registry',
  usage: '[OPTIONS] NAME[:TAG|@DIGEST]',
  args: exactly(1),
  complete: 'images',
  completeMost: 1,
  valueKinds: { platform: 'platforms' },
  flags: {
    'all-tags': bool('Download all tagged images in the repository', { short: 'a' }),
    platform: string('Set platform if server is multi-platform capable'),
    quiet: bool('Suppress verbose output', { short: 'q' }),
    'disable-content-trust': bool('Skip image verification (deprecated)', {
      initial: true,
      hidden: true,
      deprecated: 'support for docker content trust was removed',
    }),
  },
  run: async (context) => {
    const {
      args: [name = ''],
      flags,
      out,
    } = context;
    const given = parseReference(name);
    const all = flags['all-tags'];
    if (all && (given.tag !== '' || given.digest !== '')) throw new CliError("tag can't be used with --all-tags/-a");
    const reference = all ? given : withDefaultTag(given);
    if (!all && !flags.quiet && reference !== given) await out.line(`Using default tag: ${reference.tag}`);
    const platform = flags.platform || (context.io.env.get('DOCKER_DEFAULT_PLATFORM') ?? '');
    await pullImage(context, { reference, platform, allTags: all, out: flags.quiet ? null : out });
    await out.line(all ? fullName(reference) : fullString(reference));
  },
});
