/** `docker save` and `docker load`. */

import type { Sys } from '../../kernel/sys.ts';
import { type LoadedImage, readImageArchive } from '../../oci/archive/read.ts';
import { type SavedImage, writeImageArchive } from '../../oci/archive/write.ts';
import { type Descriptor, FormatError, type Platform } from '../../oci/manifest.ts';
import { formatPlatform, matchesPlatform } from '../../oci/platform.ts';
import { familiarName, parseCanonical, repositoryName } from '../../oci/reference.ts';
import { invalid } from '../errors.ts';
import { noPlatform } from './errors.ts';
import { chooseManifest, HOST_PLATFORM, isComplete, manifestsOf, readManifest } from './image.ts';
import { contentMissing, loadedWithoutPlatform, noExport } from './request-errors.ts';
import { sourceAnnotations } from './source-name.ts';
import { type Images, isDangling, referenceOf } from './store.ts';
import { unpack } from './unpack.ts';

export interface SaveOptions {
  readonly names: readonly string[];
  /** Only what is for these; one alone is saved as that manifest, without its index. */
  readonly platforms?: readonly Platform[];
}

/** The archive in pieces. A repository without a tag means all its tags. Throws DockerError for a name that is not here. */
export function save(images: Images, { names, platforms = [] }: SaveOptions): Iterable<Uint8Array> {
  const saved = names
    .flatMap((name) => named(images, name))
    .map((one) => (platforms.length === 1 ? forPlatform(images, one, platforms[0]) : one))
    .map((one) => withSources(images, one));
  for (const { target } of saved) images.tell('save', { target, name: target.digest });
  return writeImageArchive({
    images: saved,
    read: (digest) => images.content.find(digest),
    wants: ({ platform }) => platforms.length < 2 || platforms.some((wanted) => platform && matchesPlatform(wanted, platform)),
    choose: (offered) => offered.find(({ platform }) => platform && matchesPlatform(platforms[0] ?? HOST_PLATFORM, platform)),
  });
}

/** A name that says no tag and is no id stands for its whole repository. */
function named(images: Images, name: string): readonly SavedImage[] {
  const found = images.find(name);
  const reference = referenceOf(name);
  if (reference && reference.tag === undefined && reference.digest === undefined && (!found || found.record)) {
    const all = images
      .records()
      .filter((record) => !isDangling(record) && repositoryName(parseCanonical(record.name)) === repositoryName(reference));
    if (all.length > 0) return all.map((record) => ({ target: record.target, name: record.name }));
  }
  const { target, record, isByName } = images.get(name);
  return [isByName ? { target, name: record.name } : { target }];
}

/** With a note of the repositories that it came from. */
function withSources(images: Images, { target, ...saved }: SavedImage): SavedImage {
  const annotations = { ...sourceAnnotations(images.sourcesOf(target.digest)), ...target.annotations };
  return { ...saved, target: { ...target, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) } };
}

function forPlatform(images: Images, saved: SavedImage, platform: Platform = HOST_PLATFORM): SavedImage {
  const image = chooseManifest(images, saved.target, platform);
  const shown = saved.name === undefined ? saved.target.digest : familiarName(parseCanonical(saved.name));
  if (!image) throw noExport(noPlatform(formatPlatform(platform), shown));
  return { ...saved, target: image.descriptor };
}

export interface LoadOptions {
  readonly bytes: Uint8Array;
  /** Only what is for these, which must be there. */
  readonly platforms?: readonly Platform[];
  readonly say: (line: string) => Promise<void>;
}

/** Takes an archive in, says a line for each image, and unpacks what the host can run. Throws DockerError for what is no archive. */
export async function load(sys: Sys, images: Images, { bytes, platforms = [], say }: LoadOptions): Promise<void> {
  const archive = readOrRefuse(bytes);
  for (const [digest, blob] of archive.blobs) images.content.put(blob, digest);
  for (const { target, name } of archive.images) {
    const before = name === undefined ? undefined : images.named(name);
    if (before) images.keepDangling(before.target);
    if (name === undefined) images.keepDangling(target);
    else images.set(name, target);
  }
  if (platforms.length > 0) checkPlatforms(images, archive.images, platforms);
  for (const { target, name } of archive.images) {
    await unpackAll(sys, images, { target, platforms });
    images.tell('load', { target, name: target.digest });
    await say(name === undefined ? `Loaded image ID: ${target.digest}\n` : `Loaded image: ${familiarName(parseCanonical(name))}\n`);
  }
}

/** An index may name a platform whose content did not come with it. */
function checkContent(images: Images, loaded: readonly LoadedImage[], platforms: readonly Platform[]): void {
  for (const { target } of loaded) {
    const named = manifestsOf(images, target).find((one) =>
      platforms.some((wanted) => one.platform && matchesPlatform(wanted, one.platform)),
    );
    if (named && !images.content.find(named.digest)) throw contentMissing(platforms.map(formatPlatform), named.digest);
  }
}

function checkPlatforms(images: Images, loaded: readonly LoadedImage[], platforms: readonly Platform[]): void {
  checkContent(images, loaded, platforms);
  const has = ({ target }: LoadedImage): boolean =>
    platforms.some((platform) => {
      const image = chooseManifest(images, target, platform);
      return image !== undefined && isComplete(images, image.descriptor);
    });
  const missing = loaded
    .filter((one) => !has(one))
    .map(({ target, name }) => (name === undefined ? target.digest : familiarName(parseCanonical(name))));
  if (missing.length > 0) throw loadedWithoutPlatform(missing, platforms.map(formatPlatform));
}

function readOrRefuse(bytes: Uint8Array): ReturnType<typeof readImageArchive> {
  try {
    return readImageArchive(bytes);
  } catch (error) {
    if (error instanceof FormatError) throw invalid(error.message);
    throw error;
  }
}

async function unpackAll(
  sys: Sys,
  images: Images,
  { target, platforms }: { readonly target: Descriptor; readonly platforms: readonly Platform[] },
): Promise<void> {
  const wanted = platforms.length > 0 ? platforms : [HOST_PLATFORM];
  for (const descriptor of manifestsOf(images, target)) {
    const image = isComplete(images, descriptor) ? readManifest(images, descriptor) : undefined;
    const { platform } = image?.descriptor ?? {};
    if (image && platform && wanted.some((one) => matchesPlatform(one, platform))) await unpack(sys, images, image);
  }
}
