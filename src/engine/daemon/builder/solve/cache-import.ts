/**
 * `--cache-from`: records of another builder, found by the same keys, whose layers are fetched when a step needs them: from a registry, from
 * an image that has them with it, or from a directory of the client.
 */
import { decodeBase64 } from '../../../http/base64.ts';
import { type Digest, digestOf } from '../../../oci/digest.ts';
import { decompress } from '../../../oci/gzip.ts';
import { chainId } from '../../../oci/layer.ts';
import { type Descriptor, isIndexType, mediaTypeOf, parseIndex, parseManifest } from '../../../oci/manifest.ts';
import { matchesPlatform } from '../../../oci/platform.ts';
import { canonicalName, InvalidReference, parseReference, type Reference, withDefaultTag } from '../../../oci/reference.ts';
import type { RegistryClient } from '../../../registry/client/client.ts';
import { RegistryError } from '../../../registry/client/errors.ts';
import type { Daemon } from '../../daemon.ts';
import { messageOf } from '../../errors.ts';
import { HOST_PLATFORM } from '../../images/image.ts';
import { applyLayer } from '../../snapshots/apply.ts';
import { internalStep } from '../frontend.ts';
import type { Progress } from '../progress.ts';
import type { Session } from '../sessions.ts';
import type { ImageSources } from './images.ts';
import { type CacheRecord, type CacheStore, newCacheId } from './records.ts';

export const CACHE_CONFIG_TYPE = 'application/vnd.buildkit.cacheconfig.v0';

/** As BuildKit writes it: layers by the one below, and records by their key. A record that only links to another is another key of it. */
export interface CacheConfig {
  readonly layers: readonly { readonly blob: string; readonly parent: number; readonly annotations: Readonly<Record<string, string>> }[];
  readonly records: readonly CachedRecord[];
}

export interface CachedRecord {
  readonly digest: string;
  /** Absent: what it stands for is known, but its files are not here. */
  readonly layers?: readonly { readonly layer: number }[];
  readonly inputs?: readonly (readonly { readonly link: number }[])[];
}

/** Where an image's configuration has the cache that came with it. */
export const INLINE_CACHE = 'moby.buildkit.cache.v0';

interface Importing {
  readonly daemon: Daemon;
  readonly cache: CacheStore;
  readonly progress: Progress;
  readonly images: ImageSources;
  readonly session: Session | undefined;
}

type Fetch = (descriptor: Descriptor) => Promise<Uint8Array>;

interface Imported {
  readonly name: string;
  readonly fetch: Fetch;
  readonly config: CacheConfig;
}

interface Manifest {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Where a cache is. */
interface Source {
  readonly name: string;
  readonly manifest: () => Promise<Manifest>;
  readonly fetch: Fetch;
}

type Attributes = Readonly<Record<string, string>>;

export class ImportedCache {
  readonly #importing: Importing;
  readonly #caches: Imported[] = [];

  constructor(importing: Importing) {
    this.#importing = importing;
  }

  /** Reads what there is. One that cannot be read is told, and the build goes on without it. */
  async load(entries: readonly Attributes[]): Promise<void> {
    for (const entry of entries) await this.#loadOne(entry);
  }

  async #loadOne(entry: Attributes): Promise<void> {
    const { progress } = this.#importing;
    const { type = 'registry' } = entry;
    const name = type === 'registry' && entry.ref ? entry.ref : `${type}:${numberOf(entry)}`;
    const step = internalStep(`importing cache manifest from ${name}`);
    await progress.start(step);
    if (type !== 'registry' && type !== 'local') return progress.complete(step.digest, { error: `unknown cache importer: ${type}` });
    try {
      const source = type === 'local' ? this.#sent(name, entry) : this.#registry(name);
      const manifest = await source.manifest();
      await progress.task(step.digest, `inferred cache manifest type: ${manifest.mediaType}`, async () => {});
      await this.#read(source, manifest);
      await progress.complete(step.digest);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const why = error instanceof InvalidReference ? `invalid reference: ${error.message}` : messageOf(error);
      await progress.complete(step.digest, { error: `failed to configure ${type} cache importer: ${why}` });
    }
  }

  /** What the client has sent of a directory of its own. */
  #sent(name: string, { src = '', digest = '' }: Attributes): Source {
    const blobs = this.#importing.session?.caches.get(src);
    const get = (wanted: string): Uint8Array => {
      const bytes = blobs?.get(wanted);
      if (!bytes || digestOf(bytes) !== wanted) throw new Error(`${wanted}: not found`);
      return bytes;
    };
    const manifest = async (): Promise<Manifest> => ({ mediaType: mediaTypeOf(get(digest)), bytes: get(digest) });
    return { name, manifest, fetch: async (descriptor) => get(descriptor.digest) };
  }

  #registry(name: string): Source {
    const reference = withDefaultTag(parseReference(name));
    const client = this.#importing.images.client(reference);
    const fetch: Fetch = (descriptor) => client.fetchBlob(reference, descriptor);
    return { name: canonicalName(reference), manifest: () => this.#manifest(reference, client), fetch };
  }

  async #manifest(reference: Reference, client: RegistryClient): Promise<Manifest> {
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

  /** An image may have its cache in its own configuration; one that has none has no cache to give. */
  async #read({ name, fetch }: Source, { mediaType, bytes }: Manifest): Promise<void> {
    const config = await this.#configOf(fetch, { mediaType, bytes });
    if (!config) return;
    const text = new TextDecoder().decode(await fetch(config));
    const found = config.mediaType === CACHE_CONFIG_TYPE ? (JSON.parse(text) as CacheConfig) : inlineCache(text);
    if (found) this.#caches.push({ name, fetch, config: found });
  }

  async #configOf(fetch: Fetch, { mediaType, bytes }: Manifest): Promise<Descriptor | undefined> {
    if (!isIndexType(mediaType)) return parseManifest(bytes).config;
    const { manifests } = parseIndex(bytes);
    const own = manifests.find((one) => one.mediaType === CACHE_CONFIG_TYPE);
    const image = manifests.find((one) => one.platform && matchesPlatform(HOST_PLATFORM, one.platform));
    return own ?? (image && parseManifest(await fetch(image)).config);
  }

  /** What a key leads to, brought here; undefined if nobody knows it. */
  async find(key: string): Promise<{ readonly key: string; readonly record: CacheRecord | undefined } | undefined> {
    for (const imported of this.#caches) {
      const { records } = imported.config;
      const named = records.find(({ digest }) => digest === key);
      const found = records[named?.inputs?.[0]?.[0]?.link ?? -1] ?? named;
      if (!found) continue;
      const top = found.layers?.[0]?.layer ?? -1;
      const here = this.#importing.cache.find(found.digest);
      return { key: found.digest, record: here ?? (top < 0 ? undefined : await this.#bring(imported, { key: found.digest, top })) };
    }
    return undefined;
  }

  async #bring({ name, fetch, config }: Imported, { key, top }: { key: string; top: number }): Promise<CacheRecord> {
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
    for (const layer of layers) if (!daemon.images.content.has(layer.digest)) daemon.images.content.put(await fetch(layer), layer.digest);
    for (const [i, layer] of layers.entries()) unpackOne(daemon, layer, diffIds.slice(0, i + 1));
    const now = String(daemon.sys.clock.nowNs());
    const record: CacheRecord = {
      id: newCacheId(daemon),
      key,
      parent: '',
      snapshot: chainId(diffIds as Digest[]),
      type: 'regular',
      description: `imported from ${name}`,
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

/** A number that stands for a directory of the client. */
const numberOf = (attributes: Attributes): string => {
  const hex = digestOf(new TextEncoder().encode(JSON.stringify(Object.entries(attributes).sort()))).slice(7);
  return String(BigInt(`0x${hex.slice(0, 16)}`));
};

function inlineCache(config: string): CacheConfig | undefined {
  const { [INLINE_CACHE]: inline } = JSON.parse(config) as { readonly [INLINE_CACHE]?: string };
  const bytes = inline === undefined ? null : decodeBase64(inline);
  return bytes ? (JSON.parse(new TextDecoder().decode(bytes)) as CacheConfig) : undefined;
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
