/** `docker pull`: manifests and blobs from a registry into the content store, each checked by its digest, then the layers unpacked. */
import type { ProgressMessage } from '../../api-types/index.ts';
import type { Sys } from '../../kernel/sys.ts';
import { ANNOTATION, type Descriptor, isAttestation, isIndexType, isLayerType, type Platform, parseManifest } from '../../oci/manifest.ts';
import { formatPlatform, matchesPlatform } from '../../oci/platform.ts';
import { canonicalName, familiarName, type Reference, repositoryName } from '../../oci/reference.ts';
import { shortId } from '../ids.ts';
import { noMatchingManifest } from './errors.ts';
import { HOST_PLATFORM, type ImageManifest, isComplete, manifestsOf, readManifest, topSnapshot } from './image.ts';
import type { Images } from './store.ts';
import { point } from './tag.ts';
import { unpack } from './unpack.ts';

/** A registry as pulling needs it. Its errors are DockerErrors already. */
export interface ImageSource {
  /** What a tag or digest stands for, with the bytes of that manifest or index. */
  resolve(reference: Reference): Promise<{ readonly descriptor: Descriptor; readonly bytes: Uint8Array }>;
  manifest(reference: Reference, descriptor: Descriptor): Promise<Uint8Array>;
  blob(reference: Reference, descriptor: Descriptor, onProgress: (currentBytes: number) => Promise<void>): Promise<Uint8Array>;
}

export interface PullRequest {
  readonly reference: Reference;
  readonly platform?: Platform | undefined;
  readonly source: ImageSource;
  readonly say: (message: ProgressMessage) => Promise<void>;
}

const DONE = { hidecounts: true } as const;

/** Pulls one image. Throws DockerError before anything was said if the name cannot be resolved. */
export async function pull(sys: Sys, images: Images, request: PullRequest): Promise<void> {
  const { reference, source, say } = request;
  const { descriptor, bytes } = await source.resolve(reference);
  await say({ status: `Pulling from ${reference.path}`, id: reference.tag ?? reference.digest ?? '' });
  const before = images.named(canonicalName(reference));
  images.content.put(bytes, descriptor.digest);
  const chosen = await fetchManifests(images, request, descriptor);
  for (const one of chosen.attestations) await fetchBlobs(images, request, one);
  await fetchLayers(images, request, chosen.image);
  const image = readManifest(images, chosen.image);
  if (image) await unpackAnnounced(sys, images, { request, image });
  const isNew = before?.target.digest !== descriptor.digest;
  point(images, reference, descriptor);
  images.addSource(descriptor.digest, repositoryName(reference));
  images.events.emit({
    type: 'image',
    action: 'pull',
    id: familiarName(reference),
    attributes: { name: familiarName({ domain: reference.domain, path: reference.path }) },
  });
  await say({ status: `Digest: ${descriptor.digest}` });
  await say({ status: `Status: ${isNew ? 'Downloaded newer image' : 'Image is up to date'} for ${familiarName(reference)}` });
}

interface Chosen {
  readonly image: Descriptor;
  readonly attestations: readonly Descriptor[];
}

/** The manifest for the platform, and what attests it. */
async function fetchManifests(images: Images, { reference, platform, source }: PullRequest, target: Descriptor): Promise<Chosen> {
  if (!isIndexType(target.mediaType)) return { image: target, attestations: [] };
  const all = manifestsOf(images, target);
  const wanted = platform ?? HOST_PLATFORM;
  const image = all.find((one) => !isAttestation(one) && one.platform && matchesPlatform(wanted, one.platform));
  if (!image) throw noMatchingManifest(formatPlatform(wanted));
  const attestations = all.filter((one) => isAttestation(one) && one.annotations?.[ANNOTATION.referenceDigest] === image.digest);
  for (const one of [image, ...attestations])
    if (!images.content.has(one.digest)) images.content.put(await source.manifest(reference, one), one.digest);
  return { image, attestations };
}

async function fetchLayers(images: Images, request: PullRequest, descriptor: Descriptor): Promise<void> {
  const { layers, config } = parseManifest(images.content.get(descriptor.digest));
  const missing = layers.filter(({ digest }) => !images.content.has(digest));
  for (const layer of missing) await request.say({ status: 'Pulling fs layer', progressDetail: {}, id: shortId(layer.digest) });
  if (!images.content.has(config.digest))
    images.content.put(await request.source.blob(request.reference, config, async () => {}), config.digest);
  for (const layer of missing) await fetchBlob(images, request, layer);
}

/** What is no layer of a file system shows only that it has come. */
async function fetchBlobs(images: Images, request: PullRequest, descriptor: Descriptor): Promise<void> {
  const { layers, config } = parseManifest(images.content.get(descriptor.digest));
  if (!images.content.has(config.digest))
    images.content.put(await request.source.blob(request.reference, config, async () => {}), config.digest);
  for (const blob of layers) if (!images.content.has(blob.digest)) await fetchBlob(images, request, blob);
}

async function fetchBlob(images: Images, { reference, source, say }: PullRequest, blob: Descriptor): Promise<void> {
  const id = shortId(blob.digest);
  const total = Number(blob.annotations?.[ANNOTATION.originalSize] ?? blob.size);
  const scale = blob.size === 0 ? 1 : total / blob.size;
  const bytes = await source.blob(reference, blob, async (current) => {
    if (isLayerType(blob.mediaType))
      await say({ status: 'Downloading', progressDetail: { current: Math.round(current * scale), total }, id });
  });
  images.content.put(bytes, blob.digest);
  await say({ status: 'Download complete', progressDetail: DONE, id });
}

async function unpackAnnounced(
  sys: Sys,
  images: Images,
  { request, image }: { request: PullRequest; image: ImageManifest },
): Promise<void> {
  await unpack(sys, images, image, async (layer) => request.say({ status: 'Pull complete', progressDetail: DONE, id: shortId(layer) }));
}

/** Whether nothing more need be fetched to run it. */
export const isUnpacked = (images: Images, image: ImageManifest): boolean =>
  isComplete(images, image.descriptor) && (topSnapshot(image) === '' || images.snapshots.has(topSnapshot(image)));
