/** `docker save` and `docker load`. */

import type { Sys } from '../../kernel/sys.ts';
import { readImageArchive } from '../../oci/archive/read.ts';
import { type SavedImage, writeImageArchive } from '../../oci/archive/write.ts';
import { type Descriptor, FormatError } from '../../oci/manifest.ts';
import { matchesPlatform } from '../../oci/platform.ts';
import { familiarName, parseCanonical } from '../../oci/reference.ts';
import { invalid } from '../errors.ts';
import { HOST_PLATFORM, manifestsOf, readManifest } from './image.ts';
import type { Images } from './store.ts';
import { point } from './tag.ts';
import { unpack } from './unpack.ts';

/** The archive in pieces. A repository without a tag means all its tags. Throws DockerError for a name that is not here. */
export function save(images: Images, names: readonly string[]): Iterable<Uint8Array> {
  const saved = names.map((name): SavedImage => {
    const { target, record } = images.get(name);
    return record ? { target, name: record.name } : { target };
  });
  for (const { target, name } of saved)
    images.events.emit({ type: 'image', action: 'save', id: target.digest, attributes: { name: name ?? target.digest } });
  return writeImageArchive({
    images: saved,
    read: (digest) => images.content.find(digest),
    choose: (offered) => offered.find(({ platform }) => platform && matchesPlatform(HOST_PLATFORM, platform)),
  });
}

/** Takes an archive in, says a line for each image, and unpacks what the host can run. Throws DockerError for what is no archive. */
export async function load(
  sys: Sys,
  images: Images,
  { bytes, say }: { bytes: Uint8Array; say: (line: string) => Promise<void> },
): Promise<void> {
  const archive = readOrRefuse(bytes);
  for (const [digest, blob] of archive.blobs) images.content.put(blob, digest);
  for (const { target, name } of archive.images) {
    await unpackAll(sys, images, target);
    if (name === undefined) {
      if (images.namesOf(target.digest).length === 0) images.keepDangling(target);
    } else point(images, parseCanonical(name), target);
    images.events.emit({
      type: 'image',
      action: 'load',
      id: target.digest,
      attributes: { name: name === undefined ? target.digest : familiarName(parseCanonical(name)) },
    });
    await say(name === undefined ? `Loaded image ID: ${target.digest}\n` : `Loaded image: ${familiarName(parseCanonical(name))}\n`);
  }
}

function readOrRefuse(bytes: Uint8Array): ReturnType<typeof readImageArchive> {
  try {
    return readImageArchive(bytes);
  } catch (error) {
    if (error instanceof FormatError) throw invalid(error.message);
    throw error;
  }
}

async function unpackAll(sys: Sys, images: Images, target: Descriptor): Promise<void> {
  for (const descriptor of manifestsOf(images, target)) {
    const image = readManifest(images, descriptor);
    const isOurs = image?.descriptor.platform && matchesPlatform(HOST_PLATFORM, image.descriptor.platform);
    if (image && (isOurs || manifestsOf(images, target).length === 1)) await unpack(sys, images, image);
  }
}
