import type { SearchResult } from '../../../api-types/index.ts';
import { bool, filter, int, string } from '../../flags/index.ts';
import { formatList, type ListFormat } from '../../formatter/list.ts';
import { ellipsis } from '../../formatter/text.ts';
import { command, exactly } from '../command.ts';

const DESCRIPTION_COLUMNS = 45;
const RESULTS = (truncate: boolean): ListFormat<SearchResult> => ({
  type: '*registry.searchContext',
  table: '{{.Name}}\t{{.Description}}\t{{.StarCount}}\t{{.IsOfficial}}',
  quiet: '{{.Name}}',
  heads: { Name: 'NAME', Description: 'DESCRIPTION', StarCount: 'STARS', IsOfficial: 'OFFICIAL' },
  columns: {
    Name: (row) => row.name,
    Description: (row) => {
      const text = row.description.replace(/[\r\n]/g, ' ');
      return truncate ? ellipsis(text, DESCRIPTION_COLUMNS) : text;
    },
    StarCount: (row) => String(row.star_count),
    IsOfficial: (row) => (row.is_official ? '[OK]' : ''),
  },
  inJson: { IsOfficial: (row) => String(row.is_official) },
});

export const search = command({
  names: ['search'],
  summary: 'Search Docker Hub for images',
  usage: '[OPTIONS] TERM',
  args: exactly(1),
  complete: 'nothing',
  flags: {
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string('Pretty-print search using a Go template'),
    limit: int('Max number of search results'),
    'no-trunc': bool("Don't truncate output"),
  },
  run: async ({ client, args: [term = ''], flags, out }) => {
    const results = await client.images.search(term, { limit: flags.limit, filters: flags.filter });
    await out.text(
      formatList(
        RESULTS(!flags['no-trunc']),
        flags.format,
        [...results].sort((a, b) => b.star_count - a.star_count),
      ),
    );
  },
});
