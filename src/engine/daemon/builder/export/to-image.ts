/** The result as an image of this engine. Upstream: moby daemon/internal/builder-next/exporter. */

import type { BuildOutput } from '../../../api-types/build-session.ts';
import { encodeBase64 } from '../../../http/base64.ts';
import type { SpanId } from '../../../kernel/sys.ts';
import type { Descriptor } from '../../../oci/manifest.ts';
import { matchesPlatform } from '../../../oci/platform.ts';
import { canonicalName, familiarName, parseCanonical, parseReference, withDefaultTag } from '../../../oci/reference.ts';
import { imageUsers, removeContext } from '../../containers/held.ts';
import type { Daemon } from '../../daemon.ts';
import { HOST_PLATFORM, readManifest } from '../../images/image.ts';
import { unpack } from '../../images/unpack.ts';
import { BuildFailure } from '../failure.ts';
import { internalStep } from '../frontend.ts';
import type { Exported, Exporting } from './export.ts';
import type { WrittenImage } from './image.ts';
import { attachmentsOf, attestationOf, prepare } from './prepare.ts';
import { pushImage } from './push.ts';

const isOff = (text: string | undefined): boolean => text !== undefined && ['0', 'false', 'f'].includes(text.toLowerCase());
const isOn = (text: string | undefined): boolean => text !== undefined && !isOff(text);

export async function exportImage(exporting: Exporting, output: BuildOutput): Promise<Exported> {
  const { daemon, progress, request, history, salt } = exporting;
  const { Attrs } = output;
  const names = namesOf(request.names, Attrs.name);
  const step = internalStep('exporting to image', salt);
  await progress.start(step);
  const [first] = exporting.results;
  if (isOff(Attrs['oci-mediatypes']) && first && attestationOf(exporting, first))
    await refuse(exporting, step.digest, 'cannot export attestations with "oci-mediatypes=false"');
  const written = await prepare(exporting, output, { vertex: step.digest, names, attested: true });
  const shown = names.length > 0 ? names : [`moby-dangling@${written.target.digest}`];
  const kept = keptDescriptor(written);
  daemon.images.noteBuild(written.target.digest, { ref: history.ref, createdNs: String(daemon.sys.clock.nowNs()) });
  for (const name of shown) {
    await progress.task(step.digest, `naming to ${name}`, async () => nameImage(daemon, names.includes(name) ? name : undefined, kept));
    const own = isOff(Attrs.unpack) ? undefined : ownManifest(exporting, written);
    if (!own) continue;
    if (isOn(Attrs['rewrite-timestamp']))
      await refuse(exporting, step.digest, 'exporter option "rewrite-timestamp" conflicts with "unpack"');
    await progress.task(step.digest, `unpacking to ${name}`, () => unpackImage(exporting, own));
  }
  const { target } = written;
  daemon.images.tell('create', { target, name: target.digest });
  for (const name of names) daemon.images.tell('tag', { target, name: familiarName(parseCanonical(name)) });
  if (isOn(Attrs.push)) for (const name of names) await pushImage(exporting, { vertex: step.digest, name, target: written.target });
  removeContext(daemon).collect();
  await progress.complete(step.digest);
  return {
    imageId: written.target.digest,
    response: responseOf(written, shown),
    ...attachmentsOf(exporting, written),
  };
}

async function refuse({ progress }: Exporting, vertex: string, message: string): Promise<void> {
  await progress.complete(vertex, { error: message });
  throw new BuildFailure(message, { vertex });
}

/** Names of `-t`, in whose place `name=` of the output stands where there are none. */
function namesOf(tags: readonly string[], name: string | undefined): readonly string[] {
  if (tags.length > 0 || name === undefined || name === '') return tags;
  return name.split(',').map((text) => canonicalName(withDefaultTag(parseReference(text))));
}

/** An image that loses its last name goes, unless a container needs it. */
function nameImage(daemon: Daemon, name: string | undefined, target: Descriptor): void {
  const { images } = daemon;
  if (name === undefined) {
    if (images.namesOf(target.digest).length === 0) images.keepDangling(target);
    return;
  }
  const before = images.named(name);
  images.set(name, target);
  images.dropDangling(target.digest);
  if (!before || before.target.digest === target.digest || images.namesOf(before.target.digest).length > 0) return;
  if (imageUsers(daemon).some(({ imageId }) => imageId === before.target.digest)) images.keepDangling(before.target);
}

/** What this processor runs. Upstream: containerd platforms.Only. */
const OWN = [HOST_PLATFORM, { os: 'linux', architecture: '386' }];

/** The image for this host, if it has files. */
function ownManifest({ results }: Exporting, { manifests }: WrittenImage): Descriptor | undefined {
  return manifests.find(({ manifest: { platform } }, i) => results[i]?.top && platform && OWN.some((own) => matchesPlatform(own, platform)))
    ?.manifest;
}

/** Each layer is the deed of the step that wrote it. */
async function unpackImage({ daemon: { sys, images }, cache }: Exporting, manifest: Descriptor): Promise<void> {
  const image = readManifest(images, manifest);
  const cause = (digest: string): SpanId | undefined => {
    const step = cache.all().find(({ layer }) => layer?.descriptor.digest === digest);
    return step && images.snapshots.causeOf(step.snapshot);
  };
  if (image) await unpack(sys, images, image, { cause });
}

/** What the image store keeps: a manifest alone says which configuration it has. */
function keptDescriptor({ target, manifests: [first] }: WrittenImage): Descriptor {
  const { platform, annotations, ...plain } = target;
  if (!first || platform === undefined) return target;
  return { ...plain, annotations: { ...annotations, 'config.digest': first.config.digest } };
}

function responseOf({ target }: WrittenImage, names: readonly string[]): Readonly<Record<string, string>> {
  return {
    'containerimage.digest': target.digest,
    'containerimage.descriptor': encodeBase64(new TextEncoder().encode(JSON.stringify(target))),
    'image.name': names.join(','),
  };
}
