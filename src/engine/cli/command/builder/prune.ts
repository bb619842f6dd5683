import type { BuildCacheRecord } from '../../../api-types/index.ts';
import { findBuilder } from '../../build/builders.ts';
import { cacheRecords, checkCacheFilters, isMutable, lastUsed, showNanos } from '../../build/cache-records.ts';
import { build } from '../../client/build.ts';
import { filterQuery } from '../../client/filters.ts';
import { bool, bytes, type Filters, filter } from '../../flags/index.ts';
import { alignTabStops } from '../../formatter/tab-stops.ts';
import { parseTimeNs } from '../../formatter/time.ts';
import { humanSize } from '../../formatter/units.ts';
import { confirm } from '../../prompt.ts';
import { command, noArgs } from '../command.ts';
import { BUILDER, TIMEOUT } from './plugin-flags.ts';

const ID_COLUMNS = 40;
const SIZE_COLUMNS = 10;
const warning = (what: string) => `WARNING! This will remove all ${what}. Are you sure you want to continue?`;

export const prune = command({
  names: ['builder prune'],
  summary: 'Remove build cache',
  as: 'buildx prune',
  usage: '',
  args: noArgs,
  complete: 'nothing',
  flags: {
    all: bool('Include internal/frontend images', { short: 'a' }),
    ...BUILDER,
    filter: filter('Provide filter values'),
    force: bool('Do not prompt for confirmation', { short: 'f' }),
    'keep-storage': bytes('Amount of disk space to keep for cache', {
      hidden: true,
      deprecated: 'keep-storage flag has been changed to reserved-space',
    }),
    'max-used-space': bytes('Maximum amount of disk space allowed to keep for cache'),
    'min-free-space': bytes('Target amount of free disk space after pruning'),
    'reserved-space': bytes('Amount of disk space always allowed to keep for cache'),
    ...TIMEOUT,
    verbose: bool('Provide a more verbose output'),
  },
  run: async (context) => {
    const { io, client, flags, out, interrupts } = context;
    checkCacheFilters(flags.filter);
    interrupts.behave(0);
    if (!flags.force && !(await confirm(io, out, warning(flags.all ? 'build cache' : 'dangling build cache')))) return;
    findBuilder(context, flags.builder);
    const before = new Map((await cacheRecords(client)).map((record) => [record.ID, record]));
    const space = (name: string, value: number) => (value === 0 ? {} : { [name]: String(value) });
    const report = await build(client.http).prune({
      all: flags.all ? '1' : undefined,
      filters: filterQuery(untilFilter(flags.filter)),
      ...space('reserved-space', flags['reserved-space'] || flags['keep-storage']),
      ...space('max-used-space', flags['max-used-space']),
      ...space('min-free-space', flags['min-free-space']),
    });
    const removed = (report.CachesDeleted ?? []).flatMap((id) => before.get(id) ?? []);
    const show = flags.verbose ? verbose : table;
    await out.text(show(removed, io.clock.nowNs()));
    await out.text(`Total:\t${humanSize(report.SpaceReclaimed)}\n`);
  },
});

/** The API knows the older name of `unused-for`. */
const untilFilter = (filters: Filters): Filters =>
  new Map([...filters].map(([name, values]) => [name === 'unused-for' ? 'until' : name, values]));

/** The head stands with the first row; each further row is aligned by itself. */
function table(records: readonly BuildCacheRecord[], nowNs: bigint): string {
  const rows = records.map((record) => {
    const id = `${record.ID}${isMutable(record) ? '*' : ''}`.padEnd(ID_COLUMNS);
    const size = humanSize(record.Size).padEnd(SIZE_COLUMNS);
    return `${id}\t${String(!record.InUse).padEnd(5)}\t${size}\t${lastUsed(record, nowNs)}\n`;
  });
  return rows.map((row, i) => alignTabStops(i === 0 ? `ID\tRECLAIMABLE\tSIZE\tLAST ACCESSED\n${row}` : row)).join('');
}

function verbose(records: readonly BuildCacheRecord[], nowNs: bigint): string {
  return records
    .map((record) => {
      const parents = record.Parents ?? [];
      const used = lastUsed(record, nowNs);
      const lines = [
        `ID:\t${record.ID}`,
        ...(parents.length === 0 ? [] : [`Parent:\t${parents.join(',')}`]),
        `Created at:\t${showNanos(parseTimeNs(record.CreatedAt))}`,
        `Mutable:\t${isMutable(record)}`,
        `Reclaimable:\t${!record.InUse}`,
        `Shared:\t${record.Shared}`,
        `Size:\t${humanSize(record.Size)}`,
        ...(record.Description === '' ? [] : [`Description:\t${record.Description}`]),
        `Usage count:\t${record.UsageCount}`,
        ...(used === '' ? [] : [`Last used:\t${used}`]),
        ...(record.Type === '' ? [] : [`Type:\t${record.Type}`]),
      ];
      return alignTabStops(`${lines.join('\n')}\n\n`);
    })
    .join('');
}
