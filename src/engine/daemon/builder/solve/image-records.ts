/**
 * An image in the cache: a record for each of its layers, which images share as far as they are the same. Upstream: buildkit
 * cache/manager.go GetByBlob.
 */
import type { Digest } from '../../../oci/digest.ts';
import { chainId } from '../../../oci/layer.ts';
import type { CacheRecord, CacheStore } from './records.ts';

type Image = NonNullable<CacheRecord['image']>;

/** A layer below an image's last one has no key that steps come to it by. */
const PART = 'layer:';

/** Whether a record is an image that steps have begun with, and not only a layer of one. */
export const isWholeImage = ({ image, key }: CacheRecord): boolean => image !== undefined && !key.startsWith(PART);

const ofChain = (cache: CacheStore, chain: string): CacheRecord | undefined =>
  cache.all().find((record) => record.image !== undefined && record.snapshot === chain);

export interface ImageFields {
  readonly snapshot: string;
  readonly image: Image;
}

/** The records below the image's last layer, made where there are none; the id of the uppermost, and the image's own if it was a part of another. */
export function lowerRecords(
  cache: CacheStore,
  { snapshot, image }: ImageFields,
  make: (fields: ImageFields & { readonly key: string; readonly parent: string }) => CacheRecord,
): { readonly parent: string; readonly own: CacheRecord | undefined } {
  let parent = '';
  for (let count = 1; snapshot !== '' && count < image.layers.length; count++) {
    const diffIds = image.diffIds.slice(0, count);
    const chain = chainId(diffIds as Digest[]);
    const known = ofChain(cache, chain);
    if (known) cache.touch(known);
    parent = (known ?? make({ key: `${PART}${chain}`, parent, snapshot: chain, image: { layers: image.layers.slice(0, count), diffIds } }))
      .id;
  }
  return { parent, own: snapshot === '' ? undefined : ofChain(cache, snapshot) };
}

/** Uses an image once more, with all its layers. */
export function touchImage(cache: CacheStore, record: CacheRecord): void {
  for (let at: CacheRecord | undefined = record; at; at = cache.get(at.parent)) cache.touch(at);
}
