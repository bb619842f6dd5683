/** Reads what `docker save` writes, today's layout and the one before it: both become blobs by digest and named targets. */
import { type Digest, digestOf, isDigest } from '../digest.ts';
import { decompress, isGzip } from '../gzip.ts';
import { ANNOTATION, type Descriptor, descriptorOf, encodeJson, FormatError, MEDIA_TYPE, parseIndex } from '../manifest.ts';
import { canonicalName, parseReference, withDefaultTag } from '../reference.ts';
import { contentBytes, safePath } from '../tar/entry.ts';
import { readTar } from '../tar/read.ts';

export interface LoadedImage {
  readonly target: Descriptor;
  /** Its whole name, or undefined if the archive gives none. */
  readonly name?: string;
}

export interface ImageArchive {
  readonly blobs: ReadonlyMap<Digest, Uint8Array>;
  readonly images: readonly LoadedImage[];
}

interface Files {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Old archives keep a layer once and link to it from the other images. */
  readonly links: ReadonlyMap<string, string>;
}

/** Throws FormatError for what is no archive of images, and for content that its name belies. Compressed ones are read too. */
export function readImageArchive(bytes: Uint8Array): ImageArchive {
  const tree = readFiles(decompress(bytes));
  const index = tree.files.get('index.json');
  if (tree.files.has('oci-layout') && index) return readLayout(tree, index);
  const manifest = tree.files.get('manifest.json');
  if (manifest) return readLegacy(tree, manifest);
  throw new FormatError('unrecognized image format');
}

function readFiles(tar: Uint8Array): Files {
  const files = new Map<string, Uint8Array>();
  const links = new Map<string, string>();
  for (const entry of readTar(tar)) {
    const path = safePath(entry.name);
    if (path === null) throw new FormatError(`archive entry leads outside: ${entry.name}`);
    if (entry.type === 'file') files.set(path, contentBytes(entry.content));
    const target =
      entry.type === 'symlink' ? safePath(`${path}/../${entry.linkname}`) : entry.type === 'link' ? safePath(entry.linkname) : null;
    if (target !== null) links.set(path, target);
  }
  return { files, links };
}

function readLayout({ files }: Files, indexBytes: Uint8Array): ImageArchive {
  const blobs = new Map<Digest, Uint8Array>();
  for (const [path, content] of files) {
    const match = /^blobs\/([^/]+)\/([^/]+)$/.exec(path);
    if (!match) continue;
    const digest = `${match[1]}:${match[2]}`;
    if (!isDigest(digest)) continue;
    if (digest.startsWith('sha256:') && digestOf(content) !== digest)
      throw new FormatError(`unexpected digest ${digestOf(content)} of blob ${digest}`);
    blobs.set(digest, content);
  }
  const images = parseIndex(indexBytes).manifests.map((descriptor) => withName(descriptor, nameOf(descriptor)));
  for (const { target } of images) if (!blobs.has(target.digest)) throw new FormatError(`content digest ${target.digest}: not found`);
  return { blobs, images };
}

function withName({ mediaType, digest, size, annotations }: Descriptor, name: string | undefined): LoadedImage {
  return { target: { mediaType, digest, size, ...(annotations ? { annotations } : {}) }, ...(name === undefined ? {} : { name }) };
}

/** containerd's annotation has the whole name; the specification's may hold one, or only a tag, which names nothing by itself. */
function nameOf({ annotations }: Descriptor): string | undefined {
  const whole = annotations?.[ANNOTATION.imageName] ?? annotations?.[ANNOTATION.refName];
  if (whole === undefined || !/[/:]/.test(whole)) return undefined;
  return normalName(whole);
}

function normalName(text: string): string {
  try {
    return canonicalName(withDefaultTag(parseReference(text)));
  } catch (error) {
    throw new FormatError(`invalid image name "${text}": ${error instanceof Error ? error.message : ''}`);
  }
}

interface LegacyEntry {
  readonly Config: string;
  readonly RepoTags?: readonly string[] | null;
  readonly Layers: readonly string[];
}

const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((text) => typeof text === 'string');

function isLegacyEntry(value: unknown): value is LegacyEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { Config, RepoTags, Layers } = value as Partial<Record<keyof LegacyEntry, unknown>>;
  return typeof Config === 'string' && isTexts(Layers) && (RepoTags === undefined || RepoTags === null || isTexts(RepoTags));
}

function parseLegacy(bytes: Uint8Array): readonly LegacyEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new FormatError('manifest.json is not valid JSON');
  }
  if (!Array.isArray(value) || !value.every(isLegacyEntry)) throw new FormatError('manifest.json has an entry that is not valid');
  return value;
}

/** Before the layouts, an archive had a file for the configuration and a tar for each layer: a manifest is made for them. */
function readLegacy(tree: Files, manifestBytes: Uint8Array): ImageArchive {
  const blobs = new Map<Digest, Uint8Array>();
  const put = (bytes: Uint8Array, mediaType: string): Descriptor => {
    const descriptor = descriptorOf(bytes, mediaType);
    blobs.set(descriptor.digest, bytes);
    return descriptor;
  };
  const images = parseLegacy(manifestBytes).flatMap((entry): LoadedImage[] => {
    const config = put(fileAt(tree, entry.Config), MEDIA_TYPE.dockerConfig);
    const layers = entry.Layers.map((path) => fileAt(tree, path)).map((layer) =>
      put(layer, isGzip(layer) ? MEDIA_TYPE.dockerLayerGzip : MEDIA_TYPE.dockerLayer),
    );
    const target = put(encodeJson({ schemaVersion: 2, mediaType: MEDIA_TYPE.dockerManifest, config, layers }), MEDIA_TYPE.dockerManifest);
    const names = (entry.RepoTags ?? []).map(normalName);
    return names.length === 0 ? [{ target }] : names.map((name) => ({ target, name }));
  });
  return { blobs, images };
}

function fileAt({ files, links }: Files, path: string): Uint8Array {
  const clean = safePath(path) ?? '';
  const found = files.get(clean) ?? files.get(links.get(clean) ?? '');
  if (!found) throw new FormatError(`file "${path}" not found in archive`);
  return found;
}
