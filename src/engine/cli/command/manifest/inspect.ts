import { bool } from '../../flags/index.ts';
import { fullName, fullString } from '../../reference.ts';
import { decodeText } from '../../text.ts';
import { between, command } from '../command.ts';
import { experimental } from './experimental.ts';
import { type ImageManifest, listDocument, rawOf } from './image-manifest.ts';
import { fetchRemote, named } from './remote.ts';
import { findList, getLocal } from './store.ts';

const SUMMARY = 'Display an image manifest, or manifest list';

export const inspect = command({
  names: ['manifest inspect'],
  summary: SUMMARY,
  description: experimental(SUMMARY, 'inspect'),
  usage: '[OPTIONS] [MANIFEST_LIST] MANIFEST',
  args: between(1, 2),
  flags: {
    insecure: bool('Allow communication with an insecure registry'),
    verbose: bool('Output additional info including layers and platform', { short: 'v' }),
  },
  run: async (context) => {
    const { args, flags, out } = context;
    const reference = named(args.at(-1) ?? '');
    const list = args.length === 2 ? fullString(named(args[0] ?? '')) : undefined;
    const found =
      list === undefined
        ? (findList(context, fullString(reference)) ?? (await fetchRemote(context, reference, flags.insecure)))
        : getLocal(context, list, fullString(reference));
    await out.line(flags.verbose ? JSON.stringify(found, null, '\t') : plain(fullName(reference), found));
  },
});

/** A manifest as it is, indented; of several the list that points to them. */
function plain(name: string, found: ImageManifest | readonly ImageManifest[]): string {
  return 'Ref' in found ? JSON.stringify(JSON.parse(decodeText(rawOf(found))), null, '\t') : listDocument(name, found).text;
}
