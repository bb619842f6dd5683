import type { SpanId, Sys } from '../../kernel/sys.ts';
import { type Digest, digestOf } from '../../oci/digest.ts';
import { decompress } from '../../oci/gzip.ts';
import { chainIds } from '../../oci/layer.ts';
import { ANNOTATION } from '../../oci/manifest.ts';
import { asDeed } from '../deed.ts';
import { system } from '../errors.ts';
import { applyLayer } from '../snapshots/apply.ts';
import { type ImageManifest, numberIn, type Shelf } from './image.ts';

/** CPU time for a byte that is inflated, hashed and written. */
const UNPACK_NS_PER_BYTE = 8;

/** What is done around each layer that is unpacked. */
export interface UnpackHooks {
  readonly before?: (layer: Digest) => Promise<void>;
  readonly after?: (layer: Digest) => void;
  /** Whose deed it is, if not the caller's. */
  readonly cause?: (layer: Digest) => SpanId | undefined;
}

/** Unpacks the layers that are not unpacked yet, from the bottom up. Throws DockerError if a layer is not what its configuration says. */
export async function unpack(sys: Sys, shelf: Shelf, image: ImageManifest, hooks: UnpackHooks = {}): Promise<void> {
  const diffIds = image.config.rootfs.diff_ids as readonly Digest[];
  let parent = '';
  for (const [i, chain] of chainIds(diffIds).entries()) {
    const layer = image.manifest.layers[i];
    if (!layer) throw system('mismatched image rootfs and manifest layers');
    if (!shelf.snapshots.has(chain)) {
      await hooks.before?.(layer.digest);
      const wanted = {
        digest: layer.digest,
        diffId: diffIds[i] ?? '',
        chain,
        parent,
        sizeBytes: numberIn(layer, ANNOTATION.originalUnpacked),
      };
      await asDeed(sys, hooks.cause?.(layer.digest) ?? sys.cause.span(), () => unpackLayer(sys, shelf, wanted));
      hooks.after?.(layer.digest);
    }
    parent = chain;
  }
}

interface LayerToUnpack {
  readonly digest: Digest;
  readonly diffId: string;
  readonly chain: Digest;
  readonly parent: string;
  /** What the layer of the original takes, where this one is a miniature. */
  readonly sizeBytes: number | undefined;
}

async function unpackLayer(sys: Sys, { content, snapshots }: Shelf, layer: LayerToUnpack): Promise<void> {
  const { digest, diffId, chain, parent, sizeBytes } = layer;
  const tar = decompress(content.get(digest));
  if (digestOf(tar) !== diffId) throw system(`failed to extract layer ${diffId}: wrong diff id ${digestOf(tar)} calculated on extraction`);
  await sys.charge(tar.length * UNPACK_NS_PER_BYTE);
  // Somebody else may have unpacked it while this thread's turn was over.
  if (snapshots.has(chain)) return;
  const key = `extract-${chain}`;
  snapshots.prepare(key, parent);
  const [directory = '', ...below] = snapshots.chain(key);
  try {
    applyLayer(sys, tar, { directory, below });
  } catch (error) {
    snapshots.remove(key);
    throw error;
  }
  snapshots.commit(chain, key, sizeBytes);
}
