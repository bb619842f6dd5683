import { platformQuery } from '../../client/platform.ts';
import { authHeader, authOf } from '../../config/config-file.ts';
import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { printNote, styled } from '../../note.ts';
import { type Output, outputTo } from '../../output.ts';
import { familiarName, fullString, parseReference, registryOf, withDefaultTag } from '../../reference.ts';
import { showProgress } from '../../stream/progress.ts';
import { command, exactly } from '../command.ts';

const TAG_WITH_ALL = "tag can't be used with --all-tags/-a";
const RED = 31;
const GREEN = 32;
const PLATFORM_NOTE = `Using --platform pushes only the specified platform manifest of a multi-platform image index.
Other components, like attestations, will not be included.
To push the complete multi-platform image, remove the --platform flag.
`;
const MISSING_NOTE = `You're trying to push a manifest list/index which 
\t\t\t\treferences multiple platform specific manifests, but not all of them are available locally
\t\t\t\tor available to the remote repository.

\t\t\t\tMake sure you have all the referenced content and try again.

\t\t\t\tYou can also push only a single platform specific manifest directly by specifying the platform you want to push with the --platform flag.`;
const SILENT = outputTo({ isTerminal: false, size: () => ({ columns: 0, rows: 0 }), write: async () => {} });

export const push = command({
  names: ['image push', 'push'],
  summary: 'Upload an image to a registry',
  usage: '[OPTIONS] NAME[:TAG]',
  args: exactly(1),
  complete: 'images',
  completeMost: 1,
  valueKinds: { platform: 'platforms' },
  flags: {
    'all-tags': bool('Push all tags of an image to the repository', { short: 'a' }),
    platform: string(
      "Push a platform-specific manifest as a single-platform image to the registry.\nImage index won't be pushed, meaning that other manifests, including attestations won't be preserved.\n'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)",
    ),
    quiet: bool('Suppress verbose output', { short: 'q' }),
    'disable-content-trust': bool('Skip image signing (deprecated)', {
      initial: true,
      hidden: true,
      deprecated: 'support for docker content trust was removed',
    }),
  },
  run: async ({ client, config, args: [name = ''], flags, out }) => {
    const given = parseReference(name);
    const all = flags['all-tags'];
    if (flags.platform !== '') {
      platformQuery(flags.platform, `Invalid platform ${flags.platform}`);
      await printNote(out, PLATFORM_NOTE);
    }
    if (all && given.tag !== '') throw new CliError(TAG_WITH_ALL);
    if (given.digest !== '') throw new CliError(all ? TAG_WITH_ALL : 'cannot push a digest reference');
    const reference = all ? given : withDefaultTag(given);
    if (!all && !flags.quiet && reference !== given) await out.line(`Using default tag: ${reference.tag}`);
    const auth = authHeader(authOf(config, registryOf(reference)));
    const answer = await client.images.push(familiarName(reference), { tag: reference.tag, platform: flags.platform, auth });
    const notes: string[] = [];
    try {
      await showProgress(answer, flags.quiet ? SILENT : out, (aux) => void notes.push(...noteOf(out, aux)));
      if (flags.quiet) await out.line(fullString(reference));
    } finally {
      for (const note of notes) await printNote(out, note);
    }
  },
});

interface Partial {
  readonly manifestPushedInsteadOfIndex?: boolean;
  readonly originalIndex?: { readonly digest: string };
  readonly selectedManifest?: { readonly digest: string };
  readonly contentMissing?: boolean;
}

/** An image of several platforms of which not all is there. */
function noteOf(out: Output, aux: unknown): readonly string[] {
  const { manifestPushedInsteadOfIndex, originalIndex, selectedManifest, contentMissing } = aux as Partial;
  if (contentMissing === true) return [MISSING_NOTE];
  if (manifestPushedInsteadOfIndex !== true) return [];
  const [from, to] = [styled(out, RED, originalIndex?.digest ?? ''), styled(out, GREEN, selectedManifest?.digest ?? '')];
  return [`Not all multiplatform-content is present and only the available single-platform image was pushed\n${from} -> ${to}`];
}
