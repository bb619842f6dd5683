import type { ImageDeleteItem } from '../../api-types/index.ts';

/** What prune says of images. */
export function deletedImages(items: readonly ImageDeleteItem[] | null): string {
  if (items === null || items.length === 0) return '';
  const lines = items.map((item) => ('Untagged' in item ? `untagged: ${item.Untagged}\n` : `deleted: ${item.Deleted}\n`));
  return `Deleted Images:\n${lines.join('')}\n`;
}
