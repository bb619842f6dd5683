/** `docker push`. Upstream: moby daemon/containerd/image_push.go. */
import type { Sys } from '../../kernel/sys.ts';
import { childrenOf, type Descriptor, isAttestation, isIndexType, type Platform } from '../../oci/manifest.ts';
import { formatPlatform, matchesPlatform } from '../../oci/platform.ts';
import { canonicalName, familiarName, parseCanonical, type Reference, repositoryName } from '../../oci/reference.ts';
import type { RegistryClient } from '../../registry/client/client.ts';
import { conflict, notFound, system } from '../errors.ts';
import type { ImageRecord } from '../metadata.ts';
import { noPlatform } from './errors.ts';
import { HOST_PLATFORM, type ImageManifest, isComplete, manifestsOf, readManifest } from './image.ts';
import type { Say } from './pull-progress.ts';
import { ContentMissing, type Pushing, pushContent } from './push-content.ts';
import { PushProgress } from './push-progress.ts';
import { pushFailure } from './registry-errors.ts';
import { sourceName } from './source-name.ts';
import { type Images, isDangling } from './store.ts';
import { whileTelling } from './ticker.ts';

export interface PushRequest {
  /** With neither tag nor digest: all tags of the repository. */
  readonly reference: Reference;
  /** This platform's manifest alone. */
  readonly platform?: Platform | undefined;
  readonly client: RegistryClient;
  readonly say: Say;
}

/** Throws DockerError. */
export async function push(sys: Sys, images: Images, request: PushRequest): Promise<void> {
  const { reference, say } = request;
  await say({ status: `The push refers to repository [${repositoryName(reference)}]` });
  if (reference.tag !== undefined || reference.digest !== undefined) return pushOne(sys, images, request);
  const names = images
    .records()
    .filter((record) => !isDangling(record))
    .map(({ name }) => parseCanonical(name))
    .filter((name) => repositoryName(name) === repositoryName(reference) && name.tag !== undefined);
  if (names.length === 0) throw system(`An image does not exist locally with the tag: ${familiarName(reference)}`);
  for (const name of names.sort((a, b) => (canonicalName(a) < canonicalName(b) ? -1 : 1)))
    await pushOne(sys, images, { ...request, reference: name });
}

async function pushOne(sys: Sys, images: Images, { reference, platform, client, say }: PushRequest): Promise<void> {
  const record = images.named(canonicalName(reference));
  if (!record) throw notFound(`tag does not exist: ${familiarName(reference)}`);
  const target = platform ? choose(images, record, platform) : record.target;
  const progress = new PushProgress(say);
  const pushing: Pushing = { images, reference, client, progress };
  const pushed = await whileTelling(sys, progress, () => pushTarget(pushing, { record, target, platform, say }));
  if (reference.tag !== undefined) await say({ status: `${reference.tag}: digest: ${pushed.digest} size: ${pushed.size}` });
  images.addSources(reachable(images, pushed), sourceName(reference));
  const name = familiarName({ domain: reference.domain, path: reference.path });
  images.tell('push', { id: familiarName(reference), target: record.target, name });
}

interface Wanted {
  readonly record: ImageRecord;
  readonly target: Descriptor;
  readonly platform: Platform | undefined;
  readonly say: Say;
}

/** What was pushed: the target, or, where not all of an index is here, the one manifest of it that is. */
async function pushTarget(pushing: Pushing, { record, target, platform, say }: Wanted): Promise<Descriptor> {
  const { images, progress } = pushing;
  try {
    await pushContent(pushing, target);
    return target;
  } catch (error) {
    if (!(error instanceof ContentMissing) || platform || !isIndexType(target.mediaType)) throw await final(error, target, say);
  }
  const part = choose(images, record, undefined);
  if (part.digest === target.digest) throw await final(new ContentMissing(`content digest ${target.digest}: not found`), target, say);
  progress.isPartial = true;
  try {
    await pushContent(pushing, part);
  } catch (error) {
    throw await final(error, part, say);
  }
  await say({
    progressDetail: {},
    aux: { manifestPushedInsteadOfIndex: true, originalIndex: withAnnotations(images, target), selectedManifest: part },
  });
  return part;
}

async function final(error: unknown, target: Descriptor, say: Say): Promise<unknown> {
  if (!(error instanceof ContentMissing)) return pushFailure(error);
  await say({ progressDetail: {}, aux: { contentMissing: true, desc: target } });
  return notFound(error.message);
}

/** A name's own descriptor has what containerd wrote beside it. */
const withAnnotations = (images: Images, target: Descriptor): Descriptor =>
  images.records().find((record) => record.target.digest === target.digest)?.target ?? target;

/** The manifest to push: for a platform, or else the one that is wholly here and fits this host. Throws DockerError. */
function choose(images: Images, record: ImageRecord, platform: Platform | undefined): Descriptor {
  const all = manifestsOf(images, record.target);
  const here = all.filter((one) => isComplete(images, one));
  const isPartial = here.length < all.length;
  const wanted = platform;
  const matching = here
    .filter((one) => !isAttestation(one))
    .map((one) => readManifest(images, one))
    .filter((one): one is ImageManifest => one !== undefined)
    .map(({ descriptor }) => descriptor)
    .filter((one) => !wanted || (one.platform && matchesPlatform(wanted, one.platform)));
  const [first, second] = matching;
  const name = familiarName(parseCanonical(record.name));
  if (!first) throw noPlatform(formatPlatform(platform ?? HOST_PLATFORM), name);
  if (!platform && !isPartial) return record.target;
  if (!second) return first;
  if (platform) throw conflict(`multiple manifests found for platform ${formatPlatform(platform)}`);
  const best = matching.find((one) => one.platform && matchesPlatform(HOST_PLATFORM, one.platform));
  if (!best) throw conflict('multiple matching manifests found but no specific platform requested');
  return best;
}

/** The digests of all that a target leads to and that is here. */
function reachable({ content }: Images, target: Descriptor): readonly string[] {
  const bytes = content.find(target.digest);
  return bytes ? [target.digest, ...childrenOf(target.mediaType, bytes).flatMap((child) => reachable({ content } as Images, child))] : [];
}
