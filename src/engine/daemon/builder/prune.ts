/** `docker builder prune` and `docker buildx du`: the cache as a list, and what may go. Upstream: buildkit cache/manager.go. */
import type { BuildCacheRecord, BuildPruneReport } from '../../api-types/build.ts';
import { meansRecord } from '../../api-types/cache-filter.ts';
import type { Digest } from '../../oci/digest.ts';
import { chainId } from '../../oci/layer.ts';
import { removeContext } from '../containers/held.ts';
import type { Daemon } from '../daemon.ts';
import { invalid } from '../errors.ts';
import type { Filters } from '../filters.ts';
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

/** Whether an image has the record's files too: its layers, up to the record's, are unpacked under their own name. */
function isShared(daemon: Daemon, cache: CacheStore, record: CacheRecord): boolean {
  // What steps still write into is nobody else's, whatever it began with.
  if (record.type === 'exec.cachemount') return false;
  const ids = diffIdsOf(cache, record);
  return ids !== undefined && ids.length > 0 && daemon.images.snapshots.has(chainId(ids as Digest[]));
}

function diffIdsOf(cache: CacheStore, record: CacheRecord): readonly string[] | undefined {
  if (record.image) return record.image.diffIds;
  const layer = (cache.get(record.layerOf ?? '') ?? record).layer;
  const parent = cache.get(record.parent);
  const below = parent ? diffIdsOf(cache, parent) : [];
  // What was never made a layer counts as what it stands on.
  return layer && below ? [...below, layer.diffId] : below;
}

/** Its files, and the layer that was made of them. */
const sizeOf = ({ sizeBytes, layer }: CacheRecord): number => sizeBytes + (layer?.descriptor.size ?? 0);

export function listCache(daemon: Daemon): readonly BuildCacheRecord[] {
  const cache = cacheOf(daemon);
  return cache.all().map((record) => shown(daemon, cache, record));
}

function shown(daemon: Daemon, cache: CacheStore, record: CacheRecord): BuildCacheRecord {
  const { id, parent, type, description, createdNs, lastUsedNs, usageCount } = record;
  return {
    ID: id,
    ...(parent === '' ? {} : { Parents: [parent] }),
    Type: type,
    Description: description,
    InUse: cache.isInUse(record),
    Shared: isShared(daemon, cache, record),
    Size: sizeOf(record),
    CreatedAt: rfc3339Nano(BigInt(createdNs)),
    LastUsedAt: rfc3339Nano(BigInt(lastUsedNs)),
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
  return (record) => {
    const item = shown(daemon, cache, record);
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
