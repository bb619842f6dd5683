/** What `docker save` writes: an OCI layout, with a manifest.json beside it for those who read no layouts. */
import { blobPath, type Digest } from '../digest.ts';
import { ANNOTATION, childrenOf, type Descriptor, isAttestation, isIndexType, MEDIA_TYPE, parseIndex, parseManifest } from '../manifest.ts';
import { familiarName, parseCanonical } from '../reference.ts';
import { TAR_END, type TarInput, tarEntryPieces } from '../tar/write.ts';

export interface SavedImage {
  readonly target: Descriptor;
  /** Its whole name, `docker.io/library/busybox:1.35`; absent if it was saved by its id. */
  readonly name?: string;
}

export interface SaveRequest {
  readonly images: readonly SavedImage[];
  /** Undefined for content that was never pulled (another platform's): it is left out. */
  readonly read: (digest: Digest) => Uint8Array | undefined;
  /** Whether what an index leads to is saved too; without it everything that is there. */
  readonly wants?: (manifest: Descriptor) => boolean;
  /** Which of an index's manifests manifest.json names; the first that is there if it chooses none. */
  readonly choose?: (manifests: readonly Descriptor[]) => Descriptor | undefined;
}

const FILE_MODE = 0o444;
const encoder = new TextEncoder();

/** The archive in pieces, entries in the order of their names, as containerd's exporter has them. */
export function* writeImageArchive(request: SaveRequest): Generator<Uint8Array, void, void> {
  for (const entry of entries(request)) yield* tarEntryPieces(entry);
  yield TAR_END;
}

function entries(request: SaveRequest): readonly TarInput[] {
  const blobs = collect(request);
  const file = (name: string, value: unknown): TarInput => ({ name, mode: FILE_MODE, content: encoder.encode(JSON.stringify(value)) });
  const list: TarInput[] = [
    { name: 'blobs/' },
    { name: 'blobs/sha256/' },
    ...[...blobs].map(([digest, content]) => ({ name: blobPath(digest), mode: FILE_MODE, content })),
    file('index.json', { schemaVersion: 2, mediaType: MEDIA_TYPE.index, manifests: request.images.map(named) }),
    file('manifest.json', legacyManifest(request)),
    file('oci-layout', { imageLayoutVersion: '1.0.0' }),
  ];
  return list.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function named({ target, name }: SavedImage): Descriptor {
  const { [ANNOTATION.imageName]: _name, [ANNOTATION.refName]: _tag, ...others } = target.annotations ?? {};
  const tag = name === undefined ? undefined : parseCanonical(name).tag;
  const annotations = {
    ...others,
    ...(name === undefined ? {} : { [ANNOTATION.imageName]: name }),
    ...(tag === undefined ? {} : { [ANNOTATION.refName]: tag }),
  };
  const { annotations: _before, platform, ...plain } = target;
  const sorted = Object.fromEntries(Object.entries(annotations).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    ...plain,
    ...(Object.keys(sorted).length > 0 ? { annotations: sorted } : {}),
    ...(platform === undefined ? {} : { platform }),
  };
}

/** Everything that is there below the images' targets. */
function collect({ images, read, wants = () => true }: SaveRequest): ReadonlyMap<Digest, Uint8Array> {
  const found = new Map<Digest, Uint8Array>();
  const open: Descriptor[] = images.map(({ target }) => target);
  for (let descriptor = open.pop(); descriptor; descriptor = open.pop()) {
    const bytes = found.has(descriptor.digest) ? undefined : read(descriptor.digest);
    if (!bytes) continue;
    found.set(descriptor.digest, bytes);
    const children = childrenOf(descriptor.mediaType, bytes);
    open.push(...(isIndexType(descriptor.mediaType) ? children.filter(wants) : children));
  }
  return found;
}

interface LegacyEntry {
  readonly Config: string;
  readonly RepoTags: readonly string[] | null;
  readonly Layers: readonly string[];
}

/** One entry for each image, with all its names. */
function legacyManifest({ images, read, choose }: SaveRequest): readonly LegacyEntry[] {
  const byDigest = new Map<Digest, LegacyEntry>();
  for (const { target, name } of images) {
    const chosen = manifestFor(target, { read, ...(choose ? { choose } : {}) });
    const bytes = chosen && read(chosen.digest);
    if (!chosen || !bytes) continue;
    const { config, layers } = parseManifest(bytes);
    const before = byDigest.get(target.digest)?.RepoTags ?? [];
    const tags = name === undefined ? before : [...before, familiarName(parseCanonical(name))];
    byDigest.set(target.digest, {
      Config: blobPath(config.digest),
      RepoTags: tags.length > 0 ? tags : null,
      Layers: layers.map(({ digest }) => blobPath(digest)),
    });
  }
  return [...byDigest.values()];
}

function manifestFor(target: Descriptor, { read, choose }: Pick<SaveRequest, 'read' | 'choose'>): Descriptor | undefined {
  if (!isIndexType(target.mediaType)) return target;
  const bytes = read(target.digest);
  const offered = bytes ? parseIndex(bytes).manifests.filter((one) => !isAttestation(one) && read(one.digest) !== undefined) : [];
  return choose?.(offered) ?? offered[0];
}
