import type { BuildHistoryRecord } from '../../../../api-types/build-session.ts';
import { CliError } from '../../../errors.ts';
import { bool, list, string } from '../../../flags/index.ts';
import { humanDuration } from '../../../formatter/human.ts';
import { formatList, type ListFormat } from '../../../formatter/list.ts';
import { showRfc3339Nano } from '../../../formatter/time.ts';
import { command, noArgs } from '../../command.ts';
import { BUILDER } from '../plugin-flags.ts';
import { durationNs, readHistory, recordFilter, showDuration, startedNs } from './records.ts';

const NAME_COLUMNS = 36;
const DESKTOP = 'docker-desktop://dashboard/build/';

interface Options {
  readonly nowNs: bigint;
  readonly isTable: boolean;
  readonly truncate: boolean;
  readonly builder: string;
  /** A terminal shows links as such. */
  readonly isTerminal: boolean;
}

/** A link as terminals know it (OSC 8). */
const hyperlink = (url: string, text: string): string => `\x1b]8;;${url}\x1b\\${text}\x1b]8;;\x1b\\`;

const format = ({ nowNs, isTable, truncate, builder, isTerminal }: Options): ListFormat<BuildHistoryRecord> => ({
  type: '*history.lsContext',
  table: '{{.Ref}}\t{{.Name}}\t{{.Status}}\t{{.CreatedAt}}\t{{.Duration}}\t{{.Link}}',
  quiet: '{{.Ref}}',
  heads: { Ref: 'BUILD ID', Name: 'NAME', Status: 'STATUS', CreatedAt: 'CREATED AT', Duration: 'DURATION', Link: '', FullRef: '' },
  columns: {
    Ref: ({ Ref }) => Ref,
    FullRef: ({ Ref }) => `${builder}/${builder}/${Ref}`,
    Name: ({ Name }) => (truncate && isTable && Name.length > NAME_COLUMNS ? `..${Name.slice(Name.length - NAME_COLUMNS + 2)}` : Name),
    Status: ({ Status }) => (Status === 'running' ? 'Running' : Status === 'completed' ? 'Completed' : 'Error'),
    CreatedAt: (record) => `${humanDuration(Number(nowNs - startedNs(record)))} ago`,
    Duration: (record) => `${showDuration(durationNs(record, nowNs))}${record.CompletedNs === undefined ? '+' : ''}`,
    Link: ({ Ref }) => {
      const url = `${DESKTOP}${builder}/${builder}/${Ref}`;
      return isTable ? (isTerminal ? hyperlink(url, 'Open') : '') : url;
    },
  },
});

export const ls = command({
  names: ['builder history ls'],
  summary: 'List build records',
  as: 'buildx history ls',
  usage: '[OPTIONS]',
  args: noArgs,
  complete: 'nothing',
  values: { format: ['table', 'json'], filter: ['status=completed', 'status=error', 'status=running', 'status=canceled'] },
  flags: {
    ...BUILDER,
    filter: list('Provide filter values (e.g., "status=error")', { type: 'stringArray' }),
    format: string('Format the output', { initial: 'table' }),
    local: bool('List records for current repository only'),
    'no-trunc': bool("Don't truncate output"),
  },
  run: async (context) => {
    const { io, flags, out, contextName } = context;
    if (flags.local) throw new CliError('could not find git repository for local filter: git was not found in the system');
    const nowNs = io.clock.nowNs();
    const fits = recordFilter(flags.filter, nowNs);
    const records = (await readHistory(context, flags.builder)).filter(fits);
    const running = (record: BuildHistoryRecord) => (record.CompletedNs === undefined ? 0 : 1);
    const sorted = [...records].sort((a, b) => running(a) - running(b) || Number(startedNs(b) - startedNs(a)));
    if (flags.format === 'json') return out.text(sorted.map((record) => `${toJson(record, contextName)}\n`).join(''));
    const isTable = flags.format.startsWith('table');
    await out.text(
      formatList(
        format({ nowNs, isTable, truncate: !flags['no-trunc'], builder: contextName, isTerminal: out.isTerminal }),
        flags.format,
        sorted,
      ),
    );
  },
});

const toJson = (record: BuildHistoryRecord, builder: string): string =>
  JSON.stringify({
    cached_steps: record.Steps.Cached,
    ...(record.CompletedNs === undefined ? {} : { completed_at: showRfc3339Nano(BigInt(record.CompletedNs)) }),
    completed_steps: record.Steps.Completed,
    created_at: showRfc3339Nano(startedNs(record)),
    name: record.Name,
    ref: `${builder}/${builder}/${record.Ref}`,
    status: record.Status === 'running' ? 'Running' : record.Status === 'completed' ? 'Completed' : 'Error',
    total_steps: record.Steps.Total,
  });
