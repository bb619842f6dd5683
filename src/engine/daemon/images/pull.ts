/** `docker pull`: manifests and blobs from a registry into the content store, each checked by its digest, then the layers unpacked. */
import type { Sys } from '../../kernel/sys.ts';
import { ANNOTATION, type Descriptor, isAttestation, isIndexType, type Platform, parseIndex, parseManifest } from '../../oci/manifest.ts';
import { formatPlatform, matchesPlatform } from '../../oci/platform.ts';
import { canonicalName, familiarName, familiarRepository, type Reference, withTag } from '../../oci/reference.ts';
import type { BlobOptions } from '../../registry/client/fetch-blob.ts';
import { DockerError } from '../errors.ts';
import { shortId } from '../ids.ts';
import { type Downloads, startDownloads } from './downloads.ts';
import { noMatchingManifest, reservedName } from './errors.ts';
import { HOST_PLATFORM, isComplete, missingLayers, readManifest } from './image.ts';
import { PullProgress, type Say } from './pull-progress.ts';
import { sourceName } from './source-name.ts';
import type { Images } from './store.ts';
import { point } from './tag.ts';
import { whileTelling } from './ticker.ts';
import { unpack } from './unpack.ts';

/** A registry as pulling needs it. Its errors are DockerErrors already. */
export interface ImageSource {
  tags(reference: Reference): Promise<readonly string[]>;
  /** What a tag or digest stands for, with the bytes of that manifest or index. */
  resolve(reference: Reference): Promise<{ readonly descriptor: Descriptor; readonly bytes: Uint8Array }>;
  manifest(reference: Reference, descriptor: Descriptor): Promise<Uint8Array>;
  blob(reference: Reference, descriptor: Descriptor, options?: BlobOptions): Promise<Uint8Array>;
}

export interface PullRequest {
  readonly reference: Reference;
  readonly platform?: Platform | undefined;
  readonly source: ImageSource;
  readonly say: Say;
}

/** Pulls one image, or with neither tag nor digest all of a repository's. Throws DockerError. */
export async function pull(sys: Sys, images: Images, request: PullRequest): Promise<void> {
  const { reference, source } = request;
  if (familiarRepository(reference) === 'scratch') throw reservedName('scratch');
  if (reference.tag !== undefined || reference.digest !== undefined) return pullOne(sys, images, request);
  for (const tag of await source.tags(reference)) {
    const one = withTag(reference, tag);
    try {
      await pullOne(sys, images, { ...request, reference: one });
    } catch (error) {
      if (!(error instanceof DockerError)) throw error;
      throw new DockerError(error.kind, `error pulling ${canonicalName(one)}: ${error.message}`, { cause: error });
    }
  }
}

/** Throws DockerError before anything was said if the name cannot be resolved, or has nothing for the platform. */
async function pullOne(sys: Sys, images: Images, request: PullRequest): Promise<void> {
  const { reference, source, say } = request;
  const { descriptor, bytes } = await source.resolve(reference);
  const isNew = !isThere(images, reference, descriptor);
  const chosen = choose(descriptor, bytes, request.platform ?? HOST_PLATFORM);
  await say({ status: `Pulling from ${reference.path}`, id: reference.tag ?? canonicalName(reference) });
  images.content.put(bytes, descriptor.digest);
  const progress = new PullProgress(say, () => sys.clock.monotonicNs());
  progress.isHidden = isComplete(images, chosen.image);
  await whileTelling(sys, progress, () => fetchAll({ sys, images, request, progress }, chosen));
  point(images, reference, { target: descriptor });
  images.addSources([descriptor.digest, ...contentsOf(images, chosen)], sourceName(reference));
  const name = familiarName({ domain: reference.domain, path: reference.path });
  images.tell('pull', { id: familiarName(reference), target: descriptor, name });
  await say({ status: `Digest: ${descriptor.digest}` });
  await say({ status: `Status: ${isNew ? 'Downloaded newer image' : 'Image is up to date'} for ${familiarName(reference)}` });
}

/** Under this name, or, for a digest, under any name of the repository. */
const isThere = (images: Images, reference: Reference, { digest }: Descriptor): boolean =>
  images.named(canonicalName(reference))?.target.digest === digest ||
  (reference.digest === digest && images.find(canonicalName(reference)) !== undefined);

interface Chosen {
  readonly image: Descriptor;
  readonly attestations: readonly Descriptor[];
}

/** The manifest for the platform, and what attests it. Throws DockerError. */
function choose(target: Descriptor, bytes: Uint8Array, wanted: Platform): Chosen {
  if (!isIndexType(target.mediaType)) return { image: target, attestations: [] };
  const all = parseIndex(bytes).manifests;
  const image = all.find((one) => !isAttestation(one) && one.platform && matchesPlatform(wanted, one.platform));
  if (!image) throw noMatchingManifest(formatPlatform(wanted));
  return { image, attestations: all.filter((one) => isAttestation(one) && one.annotations?.[ANNOTATION.referenceDigest] === image.digest) };
}

/** Manifests with what they point to, as far as it is here. */
const contentsOf = ({ content }: Images, { image, attestations }: Chosen): readonly string[] =>
  [image, ...attestations].flatMap(({ digest }) => {
    const bytes = content.find(digest);
    const parts = bytes ? parseManifest(bytes) : undefined;
    return parts ? [digest, parts.config.digest, ...parts.layers.map((one) => one.digest)] : [];
  });

interface Pulling {
  readonly sys: Sys;
  readonly images: Images;
  readonly request: PullRequest;
  readonly progress: PullProgress;
}

async function fetchAll(pulling: Pulling, { image, attestations }: Chosen): Promise<void> {
  const { sys, images, request, progress } = pulling;
  const { content } = images;
  for (const one of [image, ...attestations])
    if (!content.has(one.digest)) content.put(await request.source.manifest(request.reference, one), one.digest);
  const { config } = parseManifest(content.get(image.digest));
  await fetchDocument(pulling, config);
  const layers = missingLayers(images, image);
  for (const layer of layers) await request.say({ status: 'Pulling fs layer', progressDetail: {}, id: shortId(layer.digest) });
  const others = attestations.flatMap(({ digest }) => {
    const parts = parseManifest(content.get(digest));
    return [parts.config, ...parts.layers];
  });
  const wanted = [...layers, ...others];
  for (const one of wanted) progress.add(one, { isHere: content.has(one.digest) });
  const missing = wanted.filter(({ digest }, i) => !content.has(digest) && wanted.findIndex((one) => one.digest === digest) === i);
  const downloads = startDownloads(sys, missing, (blob) => fetchBlob(pulling, blob));
  try {
    await unpackArriving(pulling, image, downloads);
    await downloads.all();
  } finally {
    downloads.stop();
  }
}

async function fetchDocument({ images, request }: Pulling, descriptor: Descriptor): Promise<void> {
  if (images.content.has(descriptor.digest)) return;
  images.content.put(await request.source.blob(request.reference, descriptor), descriptor.digest);
}

/** What came of it before an interruption is kept, and the next pull goes on from there. */
async function fetchBlob({ images: { content }, request, progress }: Pulling, blob: Descriptor): Promise<void> {
  const partial = content.partial(blob.digest);
  const bytes = await request.source.blob(request.reference, blob, {
    ...(partial ? { partial } : {}),
    onProgress: (received) => progress.received(blob.digest, received),
    onInterrupted: (received) => content.keepPartial(blob.digest, received),
  });
  content.put(bytes, blob.digest);
  progress.come(blob.digest);
}

/** Each layer is unpacked when it is there and those below it are. */
async function unpackArriving({ sys, images, progress }: Pulling, descriptor: Descriptor, downloads: Downloads): Promise<void> {
  const image = readManifest(images, descriptor);
  if (!image) return;
  await unpack(sys, images, image, {
    before: async (layer) => {
      await downloads.arrived(layer);
      progress.unpacking(layer);
    },
    after: (layer) => progress.unpacked(layer),
  });
}
