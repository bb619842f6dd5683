import type { ImageSummary } from '../../api-types/index.ts';
import type { Descriptor } from '../../oci/manifest.ts';
import { familiarName, familiarRepository, parseCanonical } from '../../oci/reference.ts';
import { booleanFilter, checkFilters, type Filters, matchesLabels, wantedOf } from '../filters.ts';
import { chooseManifest } from './image.ts';
import { type InspectOptions, summary } from './inspect.ts';
import { type Images, isDangling } from './store.ts';

export interface ListOptions extends InspectOptions {
  readonly all?: boolean;
  readonly filters?: Filters;
  /** The `until` filter: what came here later is left out. */
  readonly untilNs?: bigint | undefined;
}

const FILTERS = ['before', 'dangling', 'label', 'label!', 'reference', 'since', 'until'] as const;

/** GET /images/json, newest first. */
export function list(images: Images, { filters = new Map(), untilNs, ...options }: ListOptions = {}): readonly ImageSummary[] {
  checkFilters(filters, FILTERS);
  const spans = { before: createdOf(images, filters, 'before'), since: createdOf(images, filters, 'since') };
  return images
    .targets()
    .filter(({ digest }) => untilNs === undefined || images.arrivedNs(digest) <= untilNs)
    .filter((target) => isShown(images, target, { filters, all: options.all ?? false }))
    .map((target) => narrowed(images, target, { summary: summary(images, target, options), filters }))
    .filter((one) => one !== undefined)
    .filter(({ Created }) => (spans.before === undefined || Created < spans.before) && (spans.since === undefined || Created > spans.since))
    .sort((a, b) => b.Created - a.Created);
}

function createdOf(images: Images, filters: Filters, name: 'before' | 'since'): number | undefined {
  const [wanted] = wantedOf(filters, name);
  return wanted === undefined ? undefined : summary(images, images.get(wanted).target).Created;
}

function isShown(images: Images, target: Descriptor, { filters, all }: { filters: Filters; all: boolean }): boolean {
  const dangling = booleanFilter(filters, 'dangling');
  const records = images.records().filter((record) => record.target.digest === target.digest);
  const isNameless = records.every(isDangling);
  if (dangling !== undefined ? dangling !== isNameless : isNameless && !all && wantedOf(filters, 'label').length > 0) return false;
  return matchesLabels(filters, chooseManifest(images, target)?.config.config?.Labels ?? {});
}

/** With only the names that `reference` asks for; undefined if there is none. */
function narrowed(
  images: Images,
  target: Descriptor,
  { summary: whole, filters }: { summary: ImageSummary; filters: Filters },
): ImageSummary | undefined {
  const patterns = wantedOf(filters, 'reference');
  if (patterns.length === 0) return whole;
  const names = images.namesOf(target.digest).map(({ name }) => parseCanonical(name));
  const wanted = names.filter((name) =>
    patterns.some(
      (pattern) =>
        glob(pattern, familiarName(name)) ||
        glob(pattern, familiarRepository(name)) ||
        glob(pattern, `${familiarRepository(name)}@${target.digest}`),
    ),
  );
  if (wanted.length === 0) return undefined;
  return {
    ...whole,
    RepoTags: wanted.map(familiarName),
    RepoDigests: [...new Set(wanted.map((name) => `${familiarRepository(name)}@${target.digest}`))],
  };
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
