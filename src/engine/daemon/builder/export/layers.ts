/** The layers of a result: those of the image it stands on, and one for each step above, packed when somebody wants them. */
import { digestOf } from '../../../oci/digest.ts';
import { gzip } from '../../../oci/gzip-write.ts';
import { type Descriptor, descriptorOf, MEDIA_TYPE } from '../../../oci/manifest.ts';
import type { Daemon } from '../../daemon.ts';
import { system } from '../../errors.ts';
import { layerTar } from '../../snapshots/layer.ts';
import type { CacheRecord, CacheStore } from '../solve/records.ts';

export interface Layer {
  readonly descriptor: Descriptor;
  readonly diffId: string;
  /** When it was made; undefined for a layer of the base image. */
  readonly createdNs: string | undefined;
}

const PACK_NS_PER_BYTE = 20;

/** From the bottom up. */
export async function layersOf(
  daemon: Daemon,
  { cache, top, clampNs }: { readonly cache: CacheStore; readonly top: CacheRecord | null; readonly clampNs: bigint | undefined },
): Promise<readonly Layer[]> {
  if (!top) return [];
  if (top.image)
    return top.image.layers.map((descriptor, i) => ({
      descriptor,
      diffId: top.image?.diffIds[i] ?? '',
      createdNs: top.image?.createdNs?.[i] || undefined,
    }));
  const below = top.parent === '' ? null : (cache.get(top.parent) ?? null);
  if (top.parent !== '' && !below) throw system(`build cache record ${top.parent}: not found`);
  const own = await layerOf(daemon, { cache, record: top, clampNs });
  return [...(await layersOf(daemon, { cache, top: below, clampNs })), own];
}

interface OneLayer {
  readonly cache: CacheStore;
  readonly record: CacheRecord;
  readonly clampNs: bigint | undefined;
}

async function layerOf(daemon: Daemon, { cache, record, clampNs }: OneLayer): Promise<Layer> {
  const made = (record.layerOf === undefined ? undefined : cache.get(record.layerOf)) ?? record;
  const known = clampNs === undefined && made.layer && daemon.images.content.has(made.layer.descriptor.digest) ? made.layer : undefined;
  const layer = known ?? (await pack(daemon, { record: made, clampNs }));
  if (clampNs === undefined && !known) {
    made.layer = layer;
    cache.save();
  }
  return { ...layer, createdNs: made.createdNs };
}

async function pack(daemon: Daemon, { record, clampNs }: Omit<OneLayer, 'cache'>): Promise<{ descriptor: Descriptor; diffId: string }> {
  const { sys, images } = daemon;
  const tar = layerTar(sys, images.snapshots, { key: record.snapshot, clampNs });
  const blob = gzip(tar);
  images.content.put(blob);
  await sys.charge(tar.length * PACK_NS_PER_BYTE);
  return { descriptor: descriptorOf(blob, MEDIA_TYPE.layerGzip), diffId: digestOf(tar) };
}
