import type { BuildCacheRecord } from '../../../api-types/index.ts';
import { findBuilder } from '../../build/builders.ts';
import { CACHE_LIST, cacheRecords, checkCacheFilters, fits } from '../../build/cache-records.ts';
import { CliError } from '../../errors.ts';
import { bool, filter, string } from '../../flags/index.ts';
import { formatList } from '../../formatter/list.ts';
import { alignTabStops } from '../../formatter/tab-stops.ts';
import { humanSize } from '../../formatter/units.ts';
import { command, noArgs } from '../command.ts';
import { BUILDER, TIMEOUT } from './plugin-flags.ts';

const PRETTY = `ID:           {{.ID}}
{{- if .Parents }}
Parents:
{{- range .Parents }}
 - {{.}}
{{- end }}
{{- end }}
Created at:   {{.CreatedAt}}
Mutable:      {{.Mutable}}
Reclaimable:  {{.Reclaimable}}
Shared:       {{.Shared}}
Size:         {{.Size}}
{{- if .Description}}
Description:  {{ .Description }}
{{- end }}
Usage count:  {{.UsageCount}}
{{- if .LastUsedAt}}
Last used:    {{ .LastUsedAt }}
{{- end }}
{{- if .Type}}
Type:         {{ .Type }}
{{- end }}
`;

export const du = command({
  names: ['builder du'],
  summary: 'Disk usage',
  as: 'buildx du',
  usage: '',
  args: noArgs,
  complete: 'nothing',
  values: { format: ['table', 'pretty', 'json'] },
  flags: {
    ...BUILDER,
    filter: filter('Provide filter values'),
    format: string('Format the output'),
    ...TIMEOUT,
    verbose: bool('Shorthand for "--format=pretty"'),
  },
  run: async (context) => {
    const { io, client, flags, out } = context;
    if (flags.format !== '' && flags.verbose) throw new CliError('--format and --verbose cannot be used together');
    const filters = checkCacheFilters(flags.filter);
    findBuilder(context, flags.builder);
    const records = (await cacheRecords(client)).filter((record) => fits(record, filters));
    const isPretty = flags.verbose || flags.format === 'pretty';
    const isUsual = isPretty || flags.format === '' || flags.format === 'table';
    const format = isPretty ? PRETTY : flags.format;
    const isTable = format === '' || format.startsWith('table');
    await out.text(formatList(CACHE_LIST({ nowNs: io.clock.nowNs(), isTable }), format, records));
    if (isUsual && flags.filter.size === 0) await out.text(summary(records));
  },
});

function summary(records: readonly BuildCacheRecord[]): string {
  const sum = (of: readonly BuildCacheRecord[]) => of.reduce((total, { Size }) => total + Math.max(0, Size), 0);
  const total = sum(records);
  const shared = sum(records.filter(({ Shared }) => Shared));
  const lines = [
    ...(shared > 0 ? [`Shared:\t${humanSize(shared)}`, `Private:\t${humanSize(total - shared)}`] : []),
    `Reclaimable:\t${humanSize(sum(records.filter(({ InUse }) => !InUse)))}`,
    `Total:\t${humanSize(total)}`,
  ];
  return alignTabStops(`${lines.join('\n')}\n`);
}
