import type { ImageSummary } from '../../api-types/index.ts';
import type { Descriptor } from '../../oci/manifest.ts';
import { parseCanonical, type Reference } from '../../oci/reference.ts';
import type { ImageRecord } from '../metadata.ts';
import { type Images, isDangling } from './store.ts';
import { type InspectOptions, summary } from './summary.ts';

export type Passes = (record: ImageRecord) => boolean;

export interface ListOptions extends InspectOptions {
  /** All do, if absent. */
  readonly passes?: Passes | undefined;
  /** With those, too, that are kept only because others were committed from containers of them. */
  readonly all?: boolean;
}

/** GET /images/json, newest first. */
export function list(images: Images, { passes = () => true, all = false, ...options }: ListOptions = {}): readonly ImageSummary[] {
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
