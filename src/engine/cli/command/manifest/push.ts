import type { RegistryClient } from '../../../registry/client/client.ts';
import { CliError } from '../../errors.ts';
import { bool } from '../../flags/index.ts';
import { fullName, fullString, parseReference, type Reference } from '../../reference.ts';
import { decodeText, encodeText } from '../../text.ts';
import { command, exactly } from '../command.ts';
import { experimental } from './experimental.ts';
import { type ImageManifest, listDocument, rawOf } from './image-manifest.ts';
import { asClient, named, openRegistry, placeOf } from './remote.ts';
import { getList, removeList } from './store.ts';

const SUMMARY = 'Push a manifest list to a repository';

export const push = command({
  names: ['manifest push'],
  summary: SUMMARY,
  description: experimental(SUMMARY, 'push'),
  usage: '[OPTIONS] MANIFEST_LIST',
  args: exactly(1),
  flags: {
    insecure: bool('Allow push to an insecure registry'),
    purge: bool('Remove the local manifest list after push', { short: 'p' }),
  },
  run: async (context) => {
    const {
      args: [target = ''],
      flags,
      out,
    } = context;
    const reference = named(target);
    const list = fullString(reference);
    const manifests = getList(context, list);
    for (const { Ref, Descriptor } of manifests)
      if (!Descriptor.platform?.os || !Descriptor.platform.architecture)
        throw new CliError(`manifest ${Ref} must have an OS and Architecture to be pushed to a registry`);
    const { mediaType, text } = listDocument(fullName(reference), manifests);
    const registry = openRegistry(context, flags.insecure);
    await asClient(reference, async () => {
      for (const manifest of manifests) {
        const from = parseReference(manifest.Ref);
        if (from.path !== reference.path) await out.text(await bring(registry, { manifest, from, to: reference }));
      }
      await registry.pushManifest(placeOf(reference), mediaType, encodeText(text));
      await out.line((await registry.resolve(placeOf(reference))).digest);
    });
    if (flags.purge) removeList(context, list);
  },
});

interface Bringing {
  readonly manifest: ImageManifest;
  readonly from: Reference;
  readonly to: Reference;
}

/** Brings a manifest of another repository into the list's: its blobs are mounted there. */
async function bring(registry: RegistryClient, { manifest, from, to }: Bringing): Promise<string> {
  const place = placeOf({ ...to, tag: '', digest: manifest.Descriptor.digest });
  type Blob = { readonly digest: Parameters<RegistryClient['mountBlob']>[1] };
  const { config, layers } = JSON.parse(decodeText(rawOf(manifest))) as { readonly config: Blob; readonly layers: readonly Blob[] };
  for (const { digest } of [config, ...layers])
    if (!(await registry.mountBlob(place, digest, from.path)))
      throw new CliError(`error mounting ${fullName(from)}@${digest} to ${fullString(to)}`);
  await registry.pushManifest(place, manifest.Descriptor.mediaType, rawOf(manifest));
  return `Pushed ref ${fullName(to)}@${manifest.Descriptor.digest} with digest: ${manifest.Descriptor.digest}\n`;
}
