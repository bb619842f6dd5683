/** `--cache-to`: what the build's steps made, and by which keys, for other builders: in a registry, in a directory of the client, in the image. */
import { type Descriptor, descriptorOf, MEDIA_TYPE } from '../../../oci/manifest.ts';
import { InvalidReference, parseReference, withDefaultTag } from '../../../oci/reference.ts';
import { writeTar } from '../../../oci/tar/write.ts';
import { messageOf } from '../../errors.ts';
import { pushContent } from '../../images/push-content.ts';
import { PushProgress } from '../../images/push-progress.ts';
import { pushFailure } from '../../images/registry-errors.ts';
import { rfc3339Nano } from '../../time.ts';
import { BuildFailure } from '../failure.ts';
import { internalStep } from '../frontend.ts';
import type { BuildRequest } from '../request.ts';
import { all } from '../side-by-side.ts';
import { CACHE_CONFIG_TYPE, type CacheConfig, type CachedRecord } from '../solve/cache-import.ts';
import type { CacheRecord } from '../solve/records.ts';
import type { Exporting } from './export.ts';
import { layersOf } from './layers.ts';

type Attributes = Readonly<Record<string, string>>;
type Written = Omit<Exporting, 'salt'>;

const TYPES = ['registry', 'local', 'inline'];
const asked = ({ session }: BuildRequest): readonly Attributes[] => session?.request.CacheTo ?? [];

/** Throws BuildFailure for a kind that there is not. */
export function checkCaches(request: BuildRequest): void {
  for (const { type = 'registry' } of asked(request))
    if (!TYPES.includes(type)) throw new BuildFailure(`unknown cache exporter: ${JSON.stringify(type)}`);
}

/** Whether the image is to have its cache with it. */
export const isInline = (request: BuildRequest): boolean => asked(request).some(({ type }) => type === 'inline');

/** Throws BuildFailure. */
export async function exportCaches(exporting: Exporting): Promise<void> {
  for (const entry of asked(exporting.request)) {
    if (entry.type === 'local') await toClient(exporting, entry);
    else if (entry.type !== 'inline') await toRegistry(exporting, entry);
  }
}

const isMax = ({ mode }: Attributes): boolean => mode === 'max';

async function toRegistry(exporting: Exporting, entry: Attributes): Promise<void> {
  const { daemon, progress, images, salt } = exporting;
  const { ref: name = '' } = entry;
  const step = internalStep('exporting cache to registry', salt);
  await progress.start(step);
  try {
    const reference = withDefaultTag(parseReference(name));
    const pushing = { images: daemon.images, reference, client: images.client(reference), progress: new PushProgress(async () => {}) };
    await writeCache(exporting, {
      vertex: step.digest,
      withAll: isMax(entry),
      send: (part, target) =>
        pushContent(pushing, target).catch((error: unknown) => {
          throw new WriteFailure(`error writing ${part} blob: ${messageOf(pushFailure(error))}`);
        }),
    });
    await progress.complete(step.digest);
  } catch (error) {
    if (!(error instanceof InvalidReference || error instanceof WriteFailure)) throw error;
    const message = error instanceof InvalidReference ? `invalid reference ${name}: ${error.message}` : error.message;
    await progress.complete(step.digest, { error: message });
    throw new BuildFailure(message, { vertex: step.digest });
  }
}

/** An archive of blobs, the manifest the last of them, which the client puts into its directory. */
async function toClient(exporting: Exporting, entry: Attributes): Promise<void> {
  const { daemon, progress, request, salt } = exporting;
  const { content } = daemon.images;
  const step = internalStep('exporting cache to client directory', salt);
  await progress.start(step);
  const { dest = '' } = entry;
  const target = await writeCache(exporting, { vertex: step.digest, withAll: isMax(entry), send: async () => {} });
  const blobs = [...target.blobs, target.digest].map((digest) => ({ name: digest.slice(7), content: content.get(digest) }));
  request.session?.madeCaches.set(dest, writeTar(blobs));
  await progress.complete(step.digest);
}

interface Writing {
  readonly vertex: string;
  /** Also what intermediate steps made (`mode=max`). */
  readonly withAll: boolean;
  /** Puts a part where the cache is to be. */
  readonly send: (part: 'layer' | 'config' | 'manifest', target: Descriptor) => Promise<void>;
}

/** A part of a cache that did not get where it should. */
class WriteFailure extends Error {
  override readonly name = 'WriteFailure';
}

/** Layers, configuration and manifest, into the content store. */
async function writeCache(
  exporting: Exporting,
  { vertex, withAll, send }: Writing,
): Promise<Descriptor & { readonly blobs: readonly string[] }> {
  const { daemon, progress } = exporting;
  const { content } = daemon.images;
  const { config, layers } = await progress.task(vertex, 'preparing build cache for export', () => collect(exporting, withAll));
  await progress.task(vertex, 'sending cache export', async () => {});
  await all(
    daemon.sys,
    layers.map((layer) => () => progress.task(vertex, `writing layer ${layer.digest}`, () => send('layer', layer))),
  );
  const bytes = encoded(config);
  content.put(bytes);
  const own = descriptorOf(bytes, CACHE_CONFIG_TYPE);
  await progress.task(vertex, `writing config ${own.digest}`, () => send('config', own));
  const manifest = encoded({ schemaVersion: 2, mediaType: MEDIA_TYPE.manifest, config: own, layers });
  content.put(manifest);
  const target = descriptorOf(manifest, MEDIA_TYPE.manifest);
  await progress.task(vertex, `writing cache image manifest ${target.digest}`, () => send('manifest', target));
  return { ...target, blobs: [...layers.map(({ digest }) => digest), own.digest] };
}

const encoded = (document: object): Uint8Array => new TextEncoder().encode(JSON.stringify(document));

export interface Collected {
  readonly config: CacheConfig;
  readonly layers: readonly Descriptor[];
}

/** The chains of the results, and the keys of all that the build looked at. */
export async function collect(exporting: Written, withAll: boolean): Promise<Collected> {
  const { cache, results, solved } = exporting;
  const made = withAll ? solved.map(({ key }) => cache.find(key)) : [];
  const collecting = new Collecting();
  for (const top of [...results.map((one) => one.top), ...made]) if (top) await addChain(exporting, collecting, top);
  for (const { key, quick } of solved) collecting.addKey(key, quick);
  return collecting.done();
}

async function addChain({ daemon, cache }: Written, collecting: Collecting, top: CacheRecord): Promise<void> {
  const chain: CacheRecord[] = [];
  for (let at: CacheRecord | undefined = top; at; at = at.image ? undefined : cache.get(at.parent)) chain.unshift(at);
  const places: number[] = [];
  for (const layer of await layersOf(daemon, { cache, top, clampNs: undefined }))
    places.push(collecting.addLayer({ ...layer, createdNs: layer.createdNs ?? chain[0]?.createdNs }, places.at(-1) ?? -1));
  const base = chain[0]?.image?.layers.length ?? 0;
  for (const [i, { key, image }] of chain.entries())
    collecting.addRecord({ digest: key, layers: [{ layer: places[image ? base - 1 : base + i - (base > 0 ? 1 : 0)] ?? -1 }] });
}

/** What a layer of a cache says of itself in the manifest. */
const layerAnnotations = (diffId: string, createdNs: string | undefined): Readonly<Record<string, string>> => ({
  ...(createdNs === undefined ? {} : { 'buildkit/createdat': rfc3339Nano(BigInt(createdNs)) }),
  'containerd.io/uncompressed': diffId,
});

/** A cache's configuration as it grows; each layer and each key once. */
class Collecting {
  readonly #layers: CacheConfig['layers'][number][] = [];
  readonly #places = new Map<string, number>();
  readonly #descriptors = new Map<string, Descriptor>();
  readonly #records: CachedRecord[] = [];

  addLayer({ descriptor, diffId, createdNs }: Awaited<ReturnType<typeof layersOf>>[number], parent: number): number {
    const place = `${parent} ${descriptor.digest}`;
    const known = this.#places.get(place);
    if (known !== undefined) return known;
    this.#descriptors.set(descriptor.digest, { ...descriptor, annotations: layerAnnotations(diffId, createdNs) });
    this.#places.set(place, this.#layers.length);
    const annotations = {
      'containerd.io/uncompressed': diffId,
      'buildkit/createdat': createdNs ?? '',
      mediaType: descriptor.mediaType,
      size: String(descriptor.size),
    };
    return this.#layers.push({ blob: descriptor.digest, parent, annotations }) - 1;
  }

  addRecord(record: CachedRecord): void {
    if (!this.#records.some(({ digest }) => digest === record.digest)) this.#records.push(record);
  }

  addKey(key: string, quick: string): void {
    this.addRecord({ digest: key });
    if (quick !== key) this.addRecord({ digest: quick, inputs: [[{ link: this.#records.findIndex(({ digest }) => digest === key) }]] });
  }

  done(): Collected {
    return { config: { layers: this.#layers, records: this.#records }, layers: [...this.#descriptors.values()] };
  }
}
