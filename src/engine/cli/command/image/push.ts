import { authHeader, authOf } from '../../config/config-file.ts';
import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { outputTo } from '../../output.ts';
import { familiarName, familiarString, parseReference, registryOf, withDefaultTag } from '../../reference.ts';
import { showProgress } from '../../stream/progress.ts';
import { command, exactly } from '../command.ts';

const SILENT = outputTo({ isTerminal: false, size: () => ({ columns: 0, rows: 0 }), write: async () => {} });

export const push = command({
  names: ['image push', 'push'],
  summary: 'Upload an image to a registry',
  usage: '[OPTIONS] NAME[:TAG]',
  args: exactly(1),
  complete: 'images',
  flags: {
    'all-tags': bool('Push all tags of an image to the repository', { short: 'a' }),
    platform: string(
      "Push a platform-specific manifest as a single-platform image to the registry.\nImage index won't be pushed, meaning that other manifests, including attestations won't be preserved.\n'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)",
    ),
    quiet: bool('Suppress verbose output', { short: 'q' }),
    'disable-content-trust': bool('Skip image signing (deprecated)', { initial: true, hidden: true }),
  },
  run: async ({ client, config, args: [name = ''], flags, out }) => {
    const given = parseReference(name);
    const all = flags['all-tags'];
    if (all && given.tag !== '') throw new CliError("tag can't be used with --all-tags/-a");
    const reference = all ? given : withDefaultTag(given);
    if (!all && !flags.quiet && reference !== given) await out.line(`Using default tag: ${reference.tag}`);
    const auth = authHeader(authOf(config, registryOf(reference)));
    const answer = await client.images.push(familiarName(reference), { tag: reference.tag, platform: flags.platform, auth });
    const notes: string[] = [];
    await showProgress(answer, flags.quiet ? SILENT : out, (aux) => void notes.push(...noteOf(aux)));
    if (flags.quiet) await out.line(familiarString(reference));
    await out.text(notes.join(''));
  },
});

interface Partial {
  readonly manifestPushedInsteadOfIndex?: boolean;
  readonly originalIndex?: { readonly digest: string };
  readonly selectedManifest?: { readonly digest: string };
}

/** An image of several platforms of which only one was there. */
function noteOf(aux: unknown): readonly string[] {
  const { manifestPushedInsteadOfIndex, originalIndex, selectedManifest } = aux as Partial;
  if (manifestPushedInsteadOfIndex !== true) return [];
  const note = '\n Info -> Not all multiplatform-content is present and only the available single-platform image was pushed';
  return [`${note}\n         ${originalIndex?.digest ?? ''} -> ${selectedManifest?.digest ?? ''}\n`];
}
