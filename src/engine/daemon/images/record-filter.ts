/** Which images a list or a prune with filters is about. */
import type { Descriptor } from '../../oci/manifest.ts';
import { canonicalName, familiarName, familiarRepository, parseCanonical, repositoryName, withDefaultTag } from '../../oci/reference.ts';
import type { Daemon } from '../daemon.ts';
import { booleanFilter, checkFilters, type Filters, matchesLabels, parseFilters, wantedOf } from '../filters.ts';
import type { ImageRecord } from '../metadata.ts';
import { parseTime } from '../time.ts';
import { untilOfImages } from '../until.ts';
import { chooseManifest } from './image.ts';
import type { Passes } from './list.ts';
import { type Images, isDangling } from './store.ts';

const FILTERS = ['before', 'dangling', 'label', 'label!', 'reference', 'since', 'until'] as const;

/** What the `filters` of GET /images/json choose. Throws DockerError for a filter that is none. */
export function listFilter({ sys, images }: Daemon, text: string): Passes {
  const filters = parseFilters(text);
  checkFilters(filters, FILTERS);
  return recordFilter(images, filters, filters.has('until') ? untilOfImages(filters, sys.clock.nowNs()) : undefined);
}

/** Whether a name passes every filter: an image is shown by those of its names that do. Throws DockerError for a bad filter. */
export function recordFilter(images: Images, filters: Filters, untilNs: bigint | undefined): Passes {
  const [before, since] = [createdOf(images, filters, 'before'), createdOf(images, filters, 'since')];
  const dangling = booleanFilter(filters, 'dangling');
  const patterns = wantedOf(filters, 'reference');
  const created = ({ digest }: Descriptor): bigint => createdNs(images, digest);
  return (record) =>
    (untilNs === undefined || BigInt(record.createdNs) < untilNs) &&
    (before === undefined || created(record.target) < before) &&
    (since === undefined || created(record.target) > since) &&
    (dangling === undefined || dangling === isDangling(record)) &&
    matchesLabels(filters, chooseManifest(images, record.target)?.config.config?.Labels ?? {}) &&
    (patterns.length === 0 || matchesReference(record, patterns));
}

const createdNs = (images: Images, digest: string): bigint => {
  const target = images.targets().find((one) => one.digest === digest);
  return (target && parseTime(chooseManifest(images, target)?.config.created ?? '')) ?? 0n;
};

function createdOf(images: Images, filters: Filters, name: 'before' | 'since'): bigint | undefined {
  const [wanted] = wantedOf(filters, name);
  return wanted === undefined ? undefined : createdNs(images, images.get(wanted).target.digest);
}

function matchesReference(record: ImageRecord, patterns: readonly string[]): boolean {
  if (isDangling(record)) return false;
  const name = parseCanonical(record.name);
  const targets = [familiarName(name), familiarRepository(name), canonicalName(withDefaultTag(name)), repositoryName(name)];
  return patterns.some((pattern) => targets.some((target) => glob(pattern, target)));
}

/** As Go's path.Match: `*` and `?` stop at a slash. */
export function glob(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*/g, '[^/]*')
    .replace(/\?/g, '[^/]');
  try {
    return new RegExp(`^${source}$`).test(text);
  } catch {
    return false;
  }
}
