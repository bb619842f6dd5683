/** The build cache's records as Buildx lists them. Upstream: docker/buildx commands/diskusage.go, commands/prune.go. */
import { meansRecord } from '../../api-types/cache-filter.ts';
import type { BuildCacheRecord } from '../../api-types/index.ts';
import type { DockerClient } from '../client/index.ts';
import { CliError } from '../errors.ts';
import { parseDuration } from '../flags/duration.ts';
import { type Filters, FlagValueError } from '../flags/index.ts';
import { humanDuration } from '../formatter/human.ts';
import type { ListFormat } from '../formatter/list.ts';
import { parseTimeNs, showTime } from '../formatter/time.ts';
import { humanSize } from '../formatter/units.ts';

/** Where the client's files and the caches of RUN are kept: what goes on being written to. */
export const isMutable = ({ Type }: BuildCacheRecord): boolean => Type === 'source.local' || Type === 'exec.cachemount';

export const lastUsed = ({ LastUsedAt }: BuildCacheRecord, nowNs: bigint): string =>
  LastUsedAt === null ? '' : `${humanDuration(Number(nowNs - parseTimeNs(LastUsedAt)))} ago`;

/** All records that there are, the smallest first. */
export async function cacheRecords(client: DockerClient): Promise<readonly BuildCacheRecord[]> {
  const records = (await client.system.diskUsage({ verbose: true })).BuildCacheUsage?.Items ?? [];
  return [...records].sort((a, b) => a.Size - b.Size || (a.ID < b.ID ? -1 : 1));
}

/** The columns of `du`; in a table, `*` marks what is mutable and what is shared. */
export const CACHE_LIST = ({ nowNs, isTable }: { readonly nowNs: bigint; readonly isTable: boolean }): ListFormat<BuildCacheRecord> => ({
  type: '*commands.diskusageContext',
  table: '{{.ID}}\t{{.Reclaimable}}\t{{.Size}}\t{{.LastUsedAt}}',
  quiet: '{{.ID}}',
  heads: {
    ID: 'ID',
    Parents: 'PARENTS',
    CreatedAt: 'CREATED AT',
    Mutable: 'MUTABLE',
    Reclaimable: 'RECLAIMABLE',
    Shared: 'SHARED',
    Size: 'SIZE',
    Description: 'DESCRIPTION',
    UsageCount: 'USAGE COUNT',
    LastUsedAt: 'LAST ACCESSED',
    Type: 'TYPE',
  },
  columns: {
    ID: (row) => `${row.ID}${isTable && isMutable(row) ? '*' : ''}`,
    Parents: (row) => row.Parents ?? [],
    CreatedAt: (row) => showNanos(parseTimeNs(row.CreatedAt)),
    Mutable: isMutable,
    Reclaimable: (row) => !row.InUse,
    Shared: (row) => row.Shared,
    Size: (row) => `${humanSize(row.Size)}${isTable && row.Shared ? '*' : ''}`,
    Description: (row) => row.Description,
    UsageCount: (row) => row.UsageCount,
    LastUsedAt: (row) => lastUsed(row, nowNs),
    Type: (row) => row.Type,
  },
});

/** Go's way to print a time: with as many decimals as there are. */
export function showNanos(ns: bigint): string {
  const fraction = String(ns % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return showTime(Number(ns / 1_000_000_000n)).replace(' +', `${fraction === '' ? '' : `.${fraction}`} +`);
}

/** Checks what `--filter` may say, as Buildx does before it asks. Durations are nanoseconds. */
export function checkCacheFilters(filters: Filters): { readonly unusedForNs: number; readonly rest: Filters } {
  const [until, unused] = [filters.get('until') ?? [], filters.get('unused-for') ?? []];
  if (until.length > 0 && unused.length > 0) throw new CliError('conflicting filters "until" and "unused-for"');
  const [key, values] = unused.length > 0 ? ['unused-for', unused] : ['until', until];
  if (values.length > 1) throw new CliError(`"${key}" filter expects only one value`);
  const rest = new Map([...filters].filter(([name]) => name !== 'until' && name !== 'unused-for'));
  for (const [name, given] of rest) if (given.length > 1) throw new CliError(`"${name}" filter expects only one value`);
  return { unusedForNs: values.length === 0 ? 0 : durationOf(key, values[0] ?? ''), rest };
}

function durationOf(key: string, text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    if (!(error instanceof FlagValueError)) throw error;
    throw new CliError(`"${key}" filter expects a duration (e.g., '24h'): ${error.message}`);
  }
}

/** Whether a record is one that the filters mean. */
export const fits = (record: BuildCacheRecord, { rest }: { readonly rest: Filters }): boolean =>
  meansRecord(rest, {
    id: record.ID,
    parents: record.Parents ?? [],
    type: record.Type,
    description: record.Description,
    isInUse: record.InUse,
    isMutable: isMutable(record),
  });
