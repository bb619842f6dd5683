/** `docker builder prune` and `docker buildx du`: the cache as a list, and what may go. Upstream: buildkit cache/manager.go. */
import type { BuildCacheRecord, BuildPruneReport } from '../../api-types/build.ts';
import { meansRecord } from '../../api-types/cache-filter.ts';
import { parseManifest } from '../../oci/manifest.ts';
import { removeContext } from '../containers/held.ts';
import type { Daemon } from '../daemon.ts';
import { invalid } from '../errors.ts';
import type { Filters } from '../filters.ts';
import { manifestsOf } from '../images/image.ts';
import { parseTime, rfc3339Nano } from '../time.ts';
import { parseDuration } from './dockerfile/duration.ts';
import { DockerfileError } from './dockerfile/errors.ts';
import { type CacheRecord, type CacheStore, cacheOf } from './solve/records.ts';

export interface PruneOptions {
  /** Also what an image shares. */
  readonly all: boolean;
  readonly filters: Filters;
  /** So much may stay. */
  readonly keepBytes: number | undefined;
}

/**
 * What an image has too: the records whose layers, from the bottom up, are all of an image's, and what they stand on. Upstream: buildkit
 * snapshot/imagerefchecker.
 */
function sharedWithImages(daemon: Daemon, cache: CacheStore): { readonly whole: ReadonlySet<string>; readonly parts: ReadonlySet<string> } {
  const known = layersOfImages(daemon);
  const isWhole = (record: CacheRecord): boolean => {
    // What steps still write into is nobody else's, whatever it began with.
    const layers = record.type === 'exec.cachemount' ? [] : layersOf(cache, record);
    return layers.length > 0 && known.has(layers.join());
  };
  const whole = cache.all().filter(isWhole);
  return { whole: new Set(whole.map(({ id }) => id)), parts: withParents(cache, isWhole) };
}

function withParents(cache: CacheStore, isMeant: (record: CacheRecord) => boolean): ReadonlySet<string> {
  const found = new Set<string>();
  for (const record of cache.all().filter(isMeant))
    for (let at: CacheRecord | undefined = record; at && !found.has(at.id); at = cache.get(at.parent)) found.add(at.id);
  return found;
}

function layersOfImages({ images }: Daemon): ReadonlySet<string> {
  const known = new Set<string>();
  for (const { digest } of images.targets().flatMap((target) => manifestsOf(images, target))) {
    const bytes = images.content.find(digest);
    if (bytes) known.add(joined(parseManifest(bytes).layers));
  }
  return known;
}

const joined = (layers: readonly { readonly digest: string }[]): string => layers.map(({ digest }) => digest).join();

function layersOf(cache: CacheStore, record: CacheRecord): readonly string[] {
  if (record.image) return record.image.layers.map(({ digest }) => digest);
  const layer = (cache.get(record.layerOf ?? '') ?? record).layer;
  const parent = cache.get(record.parent);
  // What was never made a layer counts as what it stands on.
  return [...(parent ? layersOf(cache, parent) : []), ...(layer ? [layer.descriptor.digest] : [])];
}

/** Its files, and the layer that was made of them. */
const sizeOf = ({ sizeBytes, layer }: CacheRecord): number => sizeBytes + (layer?.descriptor.size ?? 0);
/** Of a context that lacked what was asked for, nothing else had been sent. */
const shownSize = (cache: CacheStore, record: CacheRecord): number =>
  cache.isLeaked(record) && record.type === 'source.local' ? 0 : sizeOf(record);

export function listCache(daemon: Daemon): readonly BuildCacheRecord[] {
  const cache = cacheOf(daemon);
  const { parts } = sharedWithImages(daemon, cache);
  const used = withParents(cache, (record) => cache.isInUse(record));
  return cache.all().map((record) => ({ ...shown(cache, record, parts), InUse: used.has(record.id) }));
}

function shown(cache: CacheStore, record: CacheRecord, shared: ReadonlySet<string>): BuildCacheRecord {
  const { id, parent, description, createdNs, lastUsedNs, usageCount } = record;
  // A context that was not let go of is no longer the one that the client's files are written into.
  const type = cache.isLeaked(record) ? 'regular' : record.type;
  return {
    ID: id,
    ...(parent === '' ? {} : { Parents: [parent] }),
    Type: type,
    Description: description,
    InUse: cache.isInUse(record),
    Shared: shared.has(id),
    Size: shownSize(cache, record),
    CreatedAt: rfc3339Nano(BigInt(createdNs)),
    LastUsedAt: usageCount > 0 ? rfc3339Nano(BigInt(lastUsedNs)) : null,
    UsageCount: usageCount,
  };
}

/** Removes what nothing is built on, again and again. Throws DockerError for a filter that is none. */
export function pruneCache(daemon: Daemon, options: PruneOptions): BuildPruneReport {
  const cache = cacheOf(daemon);
  const wanted = wantedBy(daemon, options);
  const gone: CacheRecord[] = [];
  const total = (): number => cache.all().reduce((sum, record) => sum + sizeOf(record), 0);
  for (let more = true; more; ) {
    const loose = cache
      .all()
      .filter((record) => cache.childrenOf(record).length === 0 && !cache.isInUse(record) && wanted(record))
      .sort((a, b) => (BigInt(a.lastUsedNs) < BigInt(b.lastUsedNs) ? -1 : 1));
    more = false;
    for (const record of loose) {
      if (options.keepBytes !== undefined && options.keepBytes > 0 && total() <= options.keepBytes) break;
      cache.remove(record);
      gone.push(record);
      more = true;
    }
  }
  if (gone.length > 0) cache.orphanSteps();
  cache.save();
  // What only the cache had of images goes with it.
  if (gone.length > 0) removeContext(daemon).collect();
  return {
    CachesDeleted: gone.length === 0 ? null : gone.map(({ id }) => id),
    // An image's files stay with the image store, which sweeps them when no image has them any more.
    SpaceReclaimed: gone.reduce((sum, record) => sum + (record.image ? 0 : sizeOf(record)), 0),
  };
}

function wantedBy(daemon: Daemon, { all, filters }: PruneOptions): (record: CacheRecord) => boolean {
  const values = (name: string): readonly string[] => [...(filters.get(name) ?? [])];
  const before = [...values('until'), ...values('unused-for')].map((text) => since(daemon, text));
  const rest = new Map([...filters].filter(([name]) => name !== 'until' && name !== 'unused-for'));
  const cache = cacheOf(daemon);
  const { whole } = sharedWithImages(daemon, cache);
  return (record) => {
    const item = shown(cache, record, whole);
    if (!all && item.Shared) return false;
    if (!all && record.type === 'internal') return false;
    if (before.some((time) => BigInt(record.lastUsedNs) > time)) return false;
    return meansRecord(rest, {
      id: item.ID,
      parents: item.Parents ?? [],
      type: item.Type,
      description: item.Description,
      isInUse: item.InUse,
      isMutable: item.Type === 'source.local' || item.Type === 'exec.cachemount',
    });
  };
}

function since(daemon: Daemon, text: string): bigint {
  const time = parseTime(text);
  if (time !== undefined) return time;
  try {
    return daemon.sys.clock.nowNs() - BigInt(parseDuration(text));
  } catch (error) {
    if (error instanceof DockerfileError) throw invalid(error.message);
    throw error;
  }
}
