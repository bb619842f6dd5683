import type { HistoryItem } from '../../api-types/index.ts';
import type { Platform } from '../../oci/manifest.ts';
import { formatPlatform } from '../../oci/platform.ts';
import { familiarName, parseCanonical } from '../../oci/reference.ts';
import { parseTime } from '../time.ts';
import { noPlatform } from './errors.ts';
import { chooseManifest, layerSizes } from './image.ts';
import type { Images } from './store.ts';

/** How an image came to be, newest first. The id of a step is known only where an image here ends with it. */
export function history(images: Images, name: string, platform?: Platform): readonly HistoryItem[] {
  const { target } = images.get(name);
  const image = chooseManifest(images, target, platform);
  if (!image) throw noPlatform(platform ? formatPlatform(platform) : 'linux/amd64', name);
  const sizes = [...layerSizes(images, image)];
  const items = (image.config.history ?? []).map(
    (entry): HistoryItem => ({
      Comment: entry.comment ?? '',
      Created: Number((entry.created === undefined ? 0n : (parseTime(entry.created) ?? 0n)) / 1_000_000_000n),
      CreatedBy: entry.created_by ?? '',
      Id: '<missing>',
      Size: entry.empty_layer ? 0 : (sizes.shift() ?? 0),
      Tags: null,
    }),
  );
  return withIds(images, target.digest, items.reverse());
}

/** The newest step is this image; those below are the images that containers were made from to commit it. */
function withIds(images: Images, digest: string, items: readonly HistoryItem[]): readonly HistoryItem[] {
  let at = digest;
  return items.map((item) => {
    if (at === '') return item;
    const names = images.namesOf(at).map(({ name }) => familiarName(parseCanonical(name)));
    const named = { ...item, Id: at, Tags: names.length > 0 ? names : null };
    const parent = images.parentOf(at);
    at = images.targets().some((target) => target.digest === parent) ? parent : '';
    return named;
  });
}
