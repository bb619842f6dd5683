/** Sends an image: first the blobs, then the manifests, and what points to them last. Upstream: containerd core/remotes/handlers.go. */

import type { Digest } from '../../oci/digest.ts';
import { childrenOf, type Descriptor, isIndexType, isManifestType } from '../../oci/manifest.ts';
import type { Reference } from '../../oci/reference.ts';
import type { RegistryClient } from '../../registry/client/client.ts';
import { RegistryError } from '../../registry/client/errors.ts';
import type { PushProgress } from './push-progress.ts';
import { CommitFailed } from './registry-errors.ts';
import { sourceName } from './source-name.ts';
import type { Images } from './store.ts';

/** An image of which a part is not here. */
export class ContentMissing extends Error {
  override readonly name = 'ContentMissing';
}

export interface Pushing {
  readonly images: Images;
  readonly reference: Reference;
  readonly client: RegistryClient;
  readonly progress: PushProgress;
}

interface Tree {
  readonly blobs: Descriptor[];
  readonly manifests: Descriptor[];
  readonly indexes: Descriptor[];
}

const missing = (digest: string): ContentMissing => new ContentMissing(`content digest ${digest}: not found`);

/** All that a target leads to. Throws ContentMissing where a document is not here. */
function walk({ images, progress }: Pushing, target: Descriptor): Tree {
  const tree: Tree = { blobs: [], manifests: [], indexes: [] };
  const seen = new Set<string>();
  const visit = (at: Descriptor): void => {
    if (seen.has(at.digest)) return;
    seen.add(at.digest);
    progress.add(at);
    if (!isIndexType(at.mediaType) && !isManifestType(at.mediaType)) {
      tree.blobs.push(at);
      return;
    }
    (isIndexType(at.mediaType) ? tree.indexes : tree.manifests).push(at);
    const bytes = images.content.find(at.digest);
    if (!bytes) throw missing(at.digest);
    for (const child of childrenOf(at.mediaType, bytes)) visit(child);
  };
  visit(target);
  return tree;
}

/** Pushes the target under the reference's tag, and what it leads to. Throws ContentMissing, RegistryError. */
export async function pushContent(pushing: Pushing, target: Descriptor): Promise<void> {
  const { blobs, manifests, indexes } = walk(pushing, target);
  // All are asked for at once, so what is there is known before the first is sent. As a group of goroutines begins: the last, then the others.
  for (const blob of [...blobs.slice(-1), ...blobs.slice(0, -1)]) await look(pushing, blob);
  for (const blob of blobs) await pushBlob(pushing, blob);
  for (const one of [...manifests, ...indexes.reverse()]) await pushDocument(pushing, one, one.digest === target.digest);
}

/** Another repository of this registry that has it. */
function candidate({ images, reference }: Pushing, digest: string): string | undefined {
  const own = sourceName(reference);
  const registry = own.slice(0, own.indexOf('/') + 1);
  return images
    .sourcesOf(digest)
    .filter((source) => source.startsWith(registry) && source !== own)
    .map((source) => source.slice(registry.length))
    .at(-1);
}

async function look({ reference, client, progress }: Pushing, { digest }: Descriptor): Promise<void> {
  if (!progress.state(digest) && (await client.hasBlob(reference, digest))) progress.set(digest, { kind: 'there' });
}

async function pushBlob(pushing: Pushing, { digest, size }: Descriptor): Promise<void> {
  const { images, reference, client, progress } = pushing;
  if (progress.state(digest)) return;
  const from = candidate(pushing, digest);
  const bytes = images.content.find(digest);
  if (!bytes) {
    // What is not here may still be there: in the repository that it came from.
    if (from === undefined || !(await client.mountBlob(reference, digest, from))) throw missing(digest);
    return progress.set(digest, { kind: 'mounted', from });
  }
  progress.set(digest, { kind: 'going', sentBytes: 0 });
  const how = await client.pushBlob(reference, bytes, {
    ...(from === undefined ? {} : { from }),
    onProgress: (sentBytes) => progress.set(digest, { kind: 'going', sentBytes: Math.min(sentBytes, size) }),
  });
  progress.set(digest, how === 'mounted' && from !== undefined ? { kind: 'mounted', from } : { kind: 'pushed' });
}

/** Under its tag, if it has one: the same manifest under another is not enough. */
async function isThere(client: RegistryClient, place: Reference, digest: string): Promise<boolean> {
  if (place.tag === undefined) return client.hasManifest(place, digest as Digest);
  try {
    return (await client.resolve(place)).digest === digest;
  } catch (error) {
    if (error instanceof RegistryError && error.kind === 'not-found') return false;
    throw error;
  }
}

async function pushDocument({ images, reference, client }: Pushing, { digest, mediaType }: Descriptor, isTarget: boolean): Promise<void> {
  const { domain, path, tag } = reference;
  const place: Reference = isTarget && tag !== undefined ? { domain, path, tag } : { domain, path };
  if (await isThere(client, place, digest)) return;
  const bytes = images.content.find(digest);
  if (!bytes) throw missing(digest);
  try {
    await client.pushManifest(place, mediaType, bytes);
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    throw new CommitFailed(`${isIndexType(mediaType) ? 'index' : 'manifest'}-${digest}`, error);
  }
}
