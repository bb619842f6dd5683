/** `--cache-to type=registry`: what the build's steps made, and by which keys, as an image that only builders read. */
import { descriptorOf, encodeJson, MEDIA_TYPE } from '../../../oci/manifest.ts';
import { InvalidReference, parseReference, withDefaultTag } from '../../../oci/reference.ts';
import { RegistryError } from '../../../registry/client/errors.ts';
import { messageOf } from '../../errors.ts';
import { pushContent } from '../../images/push-content.ts';
import { PushProgress } from '../../images/push-progress.ts';
import { pushError } from '../../images/registry-errors.ts';
import { BuildFailure } from '../failure.ts';
import { internalStep } from '../frontend.ts';
import { CACHE_CONFIG_TYPE, type CacheConfig } from '../solve/cache-import.ts';
import type { CacheRecord } from '../solve/records.ts';
import type { Exporting } from './export.ts';
import { layersOf } from './layers.ts';

/** Kinds that need nothing written: the cache is in the image, or nowhere. */
const SILENT = ['inline'];

/** Throws BuildFailure. */
export async function exportCaches(exporting: Exporting): Promise<void> {
  for (const entry of exporting.request.session?.request.CacheTo ?? []) {
    const type = entry.type ?? 'registry';
    if (SILENT.includes(type)) continue;
    if (type !== 'registry') throw new BuildFailure(`cache export to type=${type} is not supported`);
    await toRegistry(exporting, entry.ref ?? '');
  }
}

async function toRegistry(exporting: Exporting, name: string): Promise<void> {
  const { daemon, progress, images } = exporting;
  const step = internalStep('exporting cache to registry', exporting.history.ref);
  await progress.start(step);
  try {
    const reference = withDefaultTag(parseReference(name));
    const { config, layers } = await progress.task(step.digest, 'preparing build cache for export', () => collect(exporting));
    await progress.task(step.digest, 'sending cache export', async () => {});
    for (const { digest } of layers) await progress.task(step.digest, `writing layer ${digest}`, async () => {});
    const configBytes = new TextEncoder().encode(JSON.stringify(config));
    daemon.images.content.put(configBytes);
    const configDescriptor = descriptorOf(configBytes, CACHE_CONFIG_TYPE);
    await progress.task(step.digest, `writing config ${configDescriptor.digest}`, async () => {});
    const manifest = encodeJson({ schemaVersion: 2, mediaType: MEDIA_TYPE.manifest, config: configDescriptor, layers });
    daemon.images.content.put(manifest);
    const target = descriptorOf(manifest, MEDIA_TYPE.manifest);
    const pushing = { images: daemon.images, reference, client: images.client(reference), progress: new PushProgress(async () => {}) };
    await progress.task(step.digest, `writing cache image manifest ${target.digest}`, () => pushContent(pushing, target));
    await progress.complete(step.digest);
  } catch (error) {
    const why = error instanceof RegistryError ? pushError(error) : error;
    const message =
      error instanceof InvalidReference ? `invalid reference ${name}: ${error.message}` : `error writing cache: ${messageOf(why)}`;
    await progress.complete(step.digest, { error: message });
    throw new BuildFailure(message, { vertex: step.digest });
  }
}

/** The chain of the result, from the bottom up. */
async function collect({
  daemon,
  cache,
  top,
}: Exporting): Promise<{ config: CacheConfig; layers: Awaited<ReturnType<typeof layersOf>>[number]['descriptor'][] }> {
  const layers = await layersOf(daemon, { cache, top, clampNs: undefined });
  const chain: CacheRecord[] = [];
  for (let at = top ?? undefined; at; at = cache.get(at.parent)) chain.unshift(at);
  const base = chain[0]?.image?.layers.length ?? 0;
  const config: CacheConfig = {
    layers: layers.map(({ descriptor, diffId, createdNs }, i) => ({
      blob: descriptor.digest,
      parent: i - 1,
      annotations: {
        'containerd.io/uncompressed': diffId,
        'buildkit/createdat': createdNs ?? '',
        mediaType: descriptor.mediaType,
        size: String(descriptor.size),
      },
    })),
    records: chain.map(({ key, image }, i) => ({ digest: key, layers: [{ layer: image ? base - 1 : base + i - (base > 0 ? 1 : 0) }] })),
  };
  return { config, layers: layers.map(({ descriptor }) => descriptor) };
}
