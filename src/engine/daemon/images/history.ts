import type { HistoryItem } from '../../api-types/index.ts';
import type { Platform } from '../../oci/manifest.ts';
import { formatPlatform } from '../../oci/platform.ts';
import { familiarName, parseCanonical } from '../../oci/reference.ts';
import { parseTime } from '../time.ts';
import { noPlatform } from './errors.ts';
import { chooseManifest, type ImageManifest, layerSizes } from './image.ts';
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
  return withIds(images, image, items).reverse();
}

/** The last step is this image; earlier ones may be the last steps of others. */
function withIds(images: Images, image: ImageManifest, items: readonly HistoryItem[]): HistoryItem[] {
  const own = image.config.history ?? [];
  const others = images.targets().map((target) => ({ target, steps: chooseManifest(images, target)?.config.history ?? [] }));
  return items.map((item, i) => {
    const same = others.find(
      ({ steps }) => steps.length === i + 1 && steps.every((step, at) => JSON.stringify(step) === JSON.stringify(own[at])),
    );
    if (!same) return item;
    const names = images.namesOf(same.target.digest).map(({ name }) => familiarName(parseCanonical(name)));
    return { ...item, Id: same.target.digest, Tags: names.length > 0 ? names : null };
  });
}
