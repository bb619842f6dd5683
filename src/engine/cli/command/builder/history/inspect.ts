import type { BuildHistoryRecord } from '../../../../api-types/build-session.ts';
import { decodeStatusResponse } from '../../../../api-types/build-trace.ts';
import { readBase64 } from '../../../../http/base64.ts';
import { showSource } from '../../../build/progress/source.ts';
import { CliError } from '../../../errors.ts';
import { string } from '../../../flags/index.ts';
import { alignTabStops } from '../../../formatter/tab-stops.ts';
import { byBytes } from '../../../formatter/text.ts';
import { showRfc3339Nano, showTime } from '../../../formatter/time.ts';
import { plainTemplate, struct, TemplateError } from '../../../template/index.ts';
import { decodeText } from '../../../text.ts';
import { atMost, command } from '../../command.ts';
import { BUILDER } from '../plugin-flags.ts';
import { durationNs, findRecord, showDuration, startedNs } from './records.ts';

const LOG_LINES = 16;
const DESKTOP = 'docker-desktop://dashboard/build/';

export const inspect = command({
  names: ['builder history inspect'],
  summary: 'Inspect a build record',
  as: 'buildx history inspect',
  usage: '[OPTIONS] [REF|COMMAND]',
  args: atMost(1),
  complete: 'nothing',
  values: { format: ['pretty', 'json'] },
  flags: {
    ...BUILDER,
    format: string('Format the output', { initial: 'pretty' }),
  },
  run: async (context) => {
    const { io, args, flags, out, contextName } = context;
    const record = await findRecord(context, flags.builder, args[0] ?? '');
    const nowNs = io.clock.nowNs();
    if (flags.format === 'json') return out.line(JSON.stringify(document(record, nowNs), null, 2));
    if (flags.format !== 'pretty') return out.line(throughTemplate(flags.format, document(record, nowNs)));
    await out.text(pretty(record, { nowNs, withRef: args[0] === undefined, builder: contextName }));
  },
});

/** A record as JSON and templates have it; what is empty is left out. */
function document(record: BuildHistoryRecord, nowNs: bigint): Readonly<Record<string, unknown>> {
  const pairs = (of: Readonly<Record<string, string>>) =>
    Object.keys(of).length === 0
      ? undefined
      : Object.entries(of)
          .sort(([a], [b]) => byBytes(a, b))
          .map(([Name, Value]) => ({ Name, Value }));
  const { Error: failure } = record;
  const all = {
    Name: record.Name || undefined,
    Ref: record.Ref,
    Context: record.Context || undefined,
    Dockerfile: record.Dockerfile || undefined,
    Target: record.Target || undefined,
    Platform: record.Platforms.length === 0 ? undefined : record.Platforms,
    StartedAt: showRfc3339Nano(startedNs(record)),
    CompletedAt: record.CompletedNs === undefined ? undefined : showRfc3339Nano(BigInt(record.CompletedNs)),
    Duration: Number(durationNs(record, nowNs)),
    Status: record.Status === 'error' ? 'failed' : record.Status,
    Error: failure === undefined ? undefined : { Code: 2, Message: failure.Message, Logs: record.ErrorLogs },
    NumCompletedSteps: record.Steps.Completed,
    NumTotalSteps: record.Steps.Total,
    NumCachedSteps: record.Steps.Cached,
    BuildArgs: pairs(record.BuildArgs),
    Labels: pairs(record.Labels),
    Config: Object.fromEntries(
      Object.entries(record.Config).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : Boolean(value))),
    ),
    Materials: record.Materials.length === 0 ? undefined : record.Materials,
    Attachments:
      record.Attachments.length === 0 ? undefined : record.Attachments.map(({ Digest, Platform, Type }) => ({ Digest, Platform, Type })),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function throughTemplate(format: string, value: Readonly<Record<string, unknown>>): string {
  try {
    return plainTemplate(format, 'inspect').run(struct('history.inspectOutput', value));
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`failed to ${error.phase} format template: ${error.message}`);
    throw error;
  }
}

const section = (lines: readonly string[]): string => alignTabStops(lines.map((line) => `${line}\n`).join(''));
/** A section with an empty line below, or nothing. */
const table = (rows: readonly string[], head: readonly string[] = []): string =>
  rows.length === 0 ? '' : `${section([...head, ...rows])}\n`;
const given = (name: string, value: string): readonly string[] => (value === '' ? [] : [`${name}:\t${value}`]);

interface Shown {
  readonly nowNs: bigint;
  readonly withRef: boolean;
  readonly builder: string;
}

function pretty(record: BuildHistoryRecord, { nowNs, withRef, builder }: Shown): string {
  const { Total, Completed, Cached } = record.Steps;
  const names = (of: Readonly<Record<string, string>>) =>
    Object.entries(of)
      .sort(([a], [b]) => byBytes(a, b))
      .map((pair) => pair.join('\t'));
  return [
    section([
      ...given('Name', record.Name),
      ...(withRef ? given('Ref', record.Ref) : []),
      ...given('Context', record.Context),
      ...given('Dockerfile', record.Dockerfile),
      ...given('Target', record.Target),
      ...given('Platforms', record.Platforms.join(', ')),
    ]),
    '\n',
    section([
      `Started:\t${showTime(Number(startedNs(record) / 1_000_000_000n)).slice(0, 19)}`,
      `Duration:\t${showDuration(durationNs(record, nowNs))}${record.Status === 'running' ? ' (running)' : ''}`,
      ...(record.Status === 'error' ? [`Error:\tUnknown ${record.Error?.Message ?? ''}`] : []),
      ...(record.Status === 'canceled' ? ['Status:\tCanceled'] : []),
      `Build Steps:\t${Completed}/${Total} (${percent(Cached, Total)}% cached)`,
    ]),
    '\n',
    section(configLines(record.Config)),
    '\n',
    table(names(record.BuildArgs), ['BUILD ARG\tVALUE']),
    table(names(record.Labels), ['LABEL\tVALUE']),
    record.Materials.length === 0 ? '' : 'Materials:\n',
    table(
      record.Materials.map(({ URI, Digests }) => `${URI}\t${Digests.join(', ')}`),
      ['URI\tDIGEST'],
    ),
    record.Attachments.length === 0 ? '' : 'Attachments:\n',
    table(
      record.Attachments.map(({ Digest, Platform = '', Type }) => `${Digest}\t${Platform}\t${Type}`),
      ['DIGEST\tPLATFORM\tTYPE'],
    ),
    failureText(record),
    `Print build logs: docker buildx history logs ${record.Ref}\n`,
    `View build in Docker Desktop: ${DESKTOP}${builder}/${builder}/${record.Ref}\n`,
  ].join('');
}

const configLines = (config: BuildHistoryRecord['Config']): readonly string[] => [
  ...given('Network', config.Network),
  ...given('Extra Hosts', config.ExtraHosts.join(', ')),
  ...given('Cgroup Parent', config.CgroupParent),
  ...given('Image Resolve Mode', config.ImageResolveMode),
  ...given('No Cache', config.NoCache ? 'true' : ''),
  ...given('Shm Size', config.ShmSize),
  ...given('Resource Limits', config.Ulimit),
];

/** Go's %.0f: a half goes to the even neighbour. */
function percent(part: number, whole: number): string {
  if (whole === 0) return 'NaN';
  const value = (part / whole) * 100;
  const floor = Math.floor(value);
  return String(value - floor === 0.5 ? floor + (floor % 2) : Math.round(value));
}

function failureText(record: BuildHistoryRecord): string {
  const { Error: failure } = record;
  if (failure === undefined) return '';
  const sources = failure.Sources.map(
    ({ Filename, Text, Ranges }) =>
      `${showSource({ filename: Filename, text: Text, ranges: Ranges.map(({ Start, End }) => ({ start: Start, end: End })) })}\n`,
  );
  const { name, lines } = failedLog(record);
  const logs = lines.length === 0 ? '' : `Logs:\n> => ${name}:\n${lines.map((line) => `> ${line}\n`).join('')}\n`;
  return `${sources.join('')}${logs}Enable --debug to see stack traces for error\n`;
}

/** The last lines of the step that failed, out of the record's trace. */
function failedLog(record: BuildHistoryRecord): { readonly name: string; readonly lines: readonly string[] } {
  const trace = (record.Trace ?? []).map((message) => decodeStatusResponse(readBase64(message)));
  const digest = record.Error?.Vertex ?? '';
  const name = trace.flatMap(({ vertexes }) => vertexes).find((vertex) => vertex.digest === digest)?.name ?? '';
  const text = trace
    .flatMap(({ logs }) => logs)
    .filter(({ vertex }) => vertex === digest)
    .map(({ msg }) => decodeText(msg))
    .join('');
  const lines = text === '' ? record.ErrorLogs : text.split('\n').filter((line) => line !== '');
  return { name, lines: lines.slice(-LOG_LINES) };
}
