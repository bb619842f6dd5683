/** `--cache-from`: records of another builder, found by the same keys, whose layers are fetched when a step needs them. */
import type { Digest } from '../../../oci/digest.ts';
import { decompress } from '../../../oci/gzip.ts';
import { chainId } from '../../../oci/layer.ts';
import { type Descriptor, isIndexType, parseIndex, parseManifest } from '../../../oci/manifest.ts';
import { canonicalName, InvalidReference, parseReference, type Reference, withDefaultTag } from '../../../oci/reference.ts';
import type { RegistryClient } from '../../../registry/client/client.ts';
import { RegistryError } from '../../../registry/client/errors.ts';
import type { Daemon } from '../../daemon.ts';
import { messageOf } from '../../errors.ts';
import { applyLayer } from '../../snapshots/apply.ts';
import { internalStep } from '../frontend.ts';
import type { Progress } from '../progress.ts';
import type { ImageSources } from './images.ts';
import { type CacheRecord, type CacheStore, newCacheId } from './records.ts';

export const CACHE_CONFIG_TYPE = 'application/vnd.buildkit.cacheconfig.v0';

/** As BuildKit writes it: layers by the one below, and records by their key. */
export interface CacheConfig {
  readonly layers: readonly { readonly blob: string; readonly parent: number; readonly annotations: Readonly<Record<string, string>> }[];
  readonly records: readonly { readonly digest: string; readonly layers: readonly { readonly layer: number }[] }[];
}

interface Importing {
  readonly daemon: Daemon;
  readonly cache: CacheStore;
  readonly progress: Progress;
  readonly images: ImageSources;
}

interface Imported {
  readonly reference: Reference;
  readonly client: RegistryClient;
  readonly config: CacheConfig;
}

export class ImportedCache {
  readonly #importing: Importing;
  readonly #caches: Imported[] = [];

  constructor(importing: Importing) {
    this.#importing = importing;
  }

  /** Reads what there is. One that cannot be read is told, and the build goes on without it. */
  async load(entries: readonly Readonly<Record<string, string>>[]): Promise<void> {
    for (const entry of entries) await this.#loadOne(entry);
  }

  async #loadOne({ type = 'registry', ref = '' }: Readonly<Record<string, string>>): Promise<void> {
    const { progress, images } = this.#importing;
    const step = internalStep(`importing cache manifest from ${ref}`);
    await progress.start(step);
    try {
      if (type !== 'registry') throw new Error(`${type} caches are not supported`);
      const reference = withDefaultTag(parseReference(ref));
      const client = images.client(reference);
      const { mediaType, bytes } = await this.#manifest(reference, client);
      await progress.task(step.digest, `inferred cache manifest type: ${mediaType}`, async () => {});
      await this.#read({ reference, client }, { mediaType, bytes });
      await progress.complete(step.digest);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const why = error instanceof InvalidReference ? `invalid reference: ${error.message}` : messageOf(error);
      await progress.complete(step.digest, { error: `failed to configure ${type} cache importer: ${why}` });
    }
  }

  async #manifest(reference: Reference, client: RegistryClient): Promise<{ mediaType: string; bytes: Uint8Array }> {
    const { images } = this.#importing.daemon;
    const local = images.named(canonicalName(reference))?.target;
    const bytes = local && images.content.find(local.digest);
    if (local && bytes) return { mediaType: local.mediaType, bytes };
    try {
      const descriptor = await client.resolve(reference);
      return { mediaType: descriptor.mediaType, bytes: (await client.fetchManifest(reference, descriptor.digest)).bytes };
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      throw new Error(error.kind === 'not-found' ? `${canonicalName(reference)}: not found` : error.message);
    }
  }

  /** An image that has no such configuration has no cache to give. */
  async #read(
    { reference, client }: Omit<Imported, 'config'>,
    { mediaType, bytes }: { mediaType: string; bytes: Uint8Array },
  ): Promise<void> {
    const config = isIndexType(mediaType)
      ? parseIndex(bytes).manifests.find((one) => one.mediaType === CACHE_CONFIG_TYPE)
      : parseManifest(bytes).config;
    if (config?.mediaType !== CACHE_CONFIG_TYPE) return;
    const blob = await client.fetchBlob(reference, config);
    this.#caches.push({ reference, client, config: JSON.parse(new TextDecoder().decode(blob)) as CacheConfig });
  }

  /** The record of a key, brought here. */
  async find(key: string): Promise<CacheRecord | undefined> {
    for (const imported of this.#caches) {
      const top = imported.config.records.find(({ digest }) => digest === key)?.layers[0]?.layer;
      if (top === undefined || top < 0) continue;
      return this.#bring(imported, { key, top });
    }
    return undefined;
  }

  async #bring({ reference, client, config }: Imported, { key, top }: { key: string; top: number }): Promise<CacheRecord> {
    const { daemon, cache } = this.#importing;
    const chain: CacheConfig['layers'][number][] = [];
    for (let at = config.layers[top]; at; at = config.layers[at.parent]) chain.unshift(at);
    const layers = chain.map(
      ({ blob, annotations }): Descriptor => ({
        mediaType: annotations.mediaType ?? '',
        digest: blob as Digest,
        size: Number(annotations.size ?? 0),
      }),
    );
    const diffIds = chain.map(({ annotations }) => annotations['containerd.io/uncompressed'] ?? '');
    for (const layer of layers)
      if (!daemon.images.content.has(layer.digest)) daemon.images.content.put(await client.fetchBlob(reference, layer), layer.digest);
    for (const [i, layer] of layers.entries()) unpackOne(daemon, layer, diffIds.slice(0, i + 1));
    const now = String(daemon.sys.clock.nowNs());
    const record: CacheRecord = {
      id: newCacheId(daemon),
      key,
      parent: '',
      snapshot: chainId(diffIds as Digest[]),
      type: 'regular',
      description: `imported from ${canonicalName(reference)}`,
      createdNs: now,
      lastUsedNs: now,
      usageCount: 1,
      sizeBytes: 0,
      image: { layers, diffIds, createdNs: chain.map(({ annotations }) => annotations['buildkit/createdat'] ?? '') },
    };
    cache.add(record);
    return record;
  }
}

function unpackOne({ sys, images }: Daemon, layer: Descriptor, diffIds: readonly string[]): void {
  const { snapshots, content } = images;
  const chain = chainId(diffIds as Digest[]);
  if (snapshots.has(chain)) return;
  const key = `extract-${chain}`;
  snapshots.prepare(key, diffIds.length === 1 ? '' : chainId(diffIds.slice(0, -1) as Digest[]));
  const [directory = '', ...below] = snapshots.chain(key);
  applyLayer(sys, decompress(content.get(layer.digest)), { directory, below });
  snapshots.commit(chain, key);
}
