import type { ImageSummary } from '../../api-types/index.ts';
import type { Descriptor } from '../../oci/manifest.ts';
import {
  canonicalName,
  familiarName,
  familiarRepository,
  parseCanonical,
  type Reference,
  repositoryName,
  withDefaultTag,
} from '../../oci/reference.ts';
import { booleanFilter, checkFilters, type Filters, matchesLabels, wantedOf } from '../filters.ts';
import type { ImageRecord } from '../metadata.ts';
import { parseTime } from '../time.ts';
import { chooseManifest } from './image.ts';
import { type Images, isDangling } from './store.ts';
import { type InspectOptions, summary } from './summary.ts';

export interface ListOptions extends InspectOptions {
  readonly filters?: Filters;
  /** With those, too, that are kept only because others were committed from containers of them. */
  readonly all?: boolean;
  /** The `until` filter: what came here later is left out. */
  readonly untilNs?: bigint | undefined;
}

const FILTERS = ['before', 'dangling', 'label', 'label!', 'reference', 'since', 'until'] as const;

/** GET /images/json, newest first. */
export function list(images: Images, { filters = new Map(), untilNs, all = false, ...options }: ListOptions = {}): readonly ImageSummary[] {
  checkFilters(filters, FILTERS);
  const passes = recordFilter(images, filters, untilNs);
  const parents = new Set(all ? [] : images.targets().map(({ digest }) => images.parentOf(digest)));
  const shown = new Map<string, { readonly target: Descriptor; readonly names: Reference[] }>();
  for (const record of images.records()) {
    const { target } = record;
    if ((isDangling(record) && parents.has(target.digest)) || !passes(record)) continue;
    const { names } = shown.get(target.digest) ?? { names: [] };
    shown.set(target.digest, { target, names: isDangling(record) ? names : [...names, parseCanonical(record.name)] });
  }
  return [...shown.values()]
    .map(({ target, names }) => summary(images, target, { ...options, names }))
    .sort((a, b) => b.Created - a.Created);
}

type Passes = (record: ImageRecord) => boolean;

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
