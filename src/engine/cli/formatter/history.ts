import type { HistoryItem } from '../../api-types/index.ts';
import { humanDuration } from './human.ts';
import type { ListFormat } from './list.ts';
import { ellipsis, truncateId } from './text.ts';
import { showRfc3339 } from './time.ts';
import { humanSize } from './units.ts';

const CREATED_BY_COLUMNS = 45;

/** The rows of `docker history`. Without `human` times and sizes are exact. */
export function HISTORY(options: { nowNs: bigint; truncate: boolean; human: boolean }): ListFormat<HistoryItem> {
  const created = (item: HistoryItem) => showRfc3339(item.Created);
  return {
    type: '*formatter.historyContext',
    table: options.human
      ? '{{.ID}}\t{{.CreatedSince}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}'
      : '{{.ID}}\t{{.CreatedAt}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}',
    quiet: '{{.ID}}',
    heads: { ID: 'IMAGE', CreatedSince: 'CREATED', CreatedAt: 'CREATED AT', CreatedBy: 'CREATED BY', Size: 'SIZE', Comment: 'COMMENT' },
    columns: {
      ID: ({ Id }) => (options.truncate && Id !== '<missing>' ? truncateId(Id) : Id),
      CreatedAt: created,
      CreatedSince: (item) =>
        options.human ? (item.Created <= 0 ? 'N/A' : `${humanDuration(Number(options.nowNs) - item.Created * 1e9)} ago`) : created(item),
      CreatedBy: ({ CreatedBy }) => {
        const text = CreatedBy.replaceAll('\t', ' ');
        return options.truncate ? ellipsis(text, CREATED_BY_COLUMNS) : text;
      },
      Size: ({ Size }) => (options.human ? humanSize(Size, 3) : String(Size)),
      Comment: ({ Comment }) => Comment,
    },
  };
}
