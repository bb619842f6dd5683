/** Records of builds: which ones are meant, and how they are told. Upstream: docker/buildx commands/history/utils.go. */
import type { BuildHistoryRecord } from '../../../../api-types/build-session.ts';
import { findBuilder } from '../../../build/builders.ts';
import { build } from '../../../client/build.ts';
import { CliError, isNotFound } from '../../../errors.ts';
import { parseDuration } from '../../../flags/duration.ts';
import { FlagValueError } from '../../../flags/index.ts';
import { parseTimeNs } from '../../../formatter/time.ts';
import type { Context } from '../../command.ts';

const NS_PER_SECOND = 1_000_000_000n;
const LIMIT = 50;

/** All records, newest first. */
export async function readHistory(context: Context, builder: string): Promise<readonly BuildHistoryRecord[]> {
  findBuilder(context, builder);
  try {
    return (await build(context.client.http).history()).slice(0, LIMIT);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new CliError('the history of builds is not supported by this client with this engine');
  }
}

/** The record that a word means: its id, `^1` for the one before the last, or nothing for the last. Throws CliError. */
export async function findRecord(context: Context, builder: string, ref: string): Promise<BuildHistoryRecord> {
  const records = await readHistory(context, builder);
  const offset = ref.startsWith('^') ? Number(ref.slice(1)) : undefined;
  if (offset !== undefined && !/^\^[+-]?\d+$/.test(ref))
    throw new CliError(`invalid offset ${JSON.stringify(ref)}: strconv.Atoi: parsing ${JSON.stringify(ref.slice(1))}: invalid syntax`);
  if (offset !== undefined && offset > records.length)
    throw new CliError(`no completed build found with offset ${offset - records.length}`);
  const found = offset !== undefined ? records[Math.max(0, offset)] : ref === '' ? records[0] : records.find(({ Ref }) => Ref === ref);
  if (found === undefined) throw new CliError(ref === '' ? 'no records found' : `no record found for ref ${JSON.stringify(ref)}`);
  return build(context.client.http).historyRecord(found.Ref);
}

export const startedNs = ({ StartedNs }: BuildHistoryRecord): bigint => BigInt(StartedNs);
/** How long it took, or has taken so far. */
export const durationNs = (record: BuildHistoryRecord, nowNs: bigint): bigint =>
  (record.CompletedNs === undefined ? nowNs : BigInt(record.CompletedNs)) - startedNs(record);

/** `0.3s`, `2m  5s`. */
export function showDuration(ns: bigint): string {
  const seconds = Number(ns) / 1e9;
  if (seconds < 60) return `${seconds.toFixed(1)}s`;
  return `${Math.floor(seconds / 60)}m ${String(Math.floor(seconds) % 60).padStart(2)}s`;
}

type Test = (record: BuildHistoryRecord) => boolean;
const SEPARATORS = ['!=', '=', '<=', '<', '>=', '>'];

/** What `--filter` leaves. Throws CliError. */
export function recordFilter(filters: readonly string[], nowNs: bigint): Test {
  const tests = filters.map((text) => testOf(text, nowNs));
  return (record) => tests.every((test) => test(record));
}

function testOf(text: string, nowNs: bigint): Test {
  const separator = SEPARATORS.find((one) => text.includes(one));
  if (separator === undefined) throw new CliError(`invalid filter ${JSON.stringify(text)}`);
  const at = text.indexOf(separator);
  const [key, value] = [text.slice(0, at), text.slice(at + separator.length)];
  switch (key) {
    case 'ref':
    case 'repository':
    case 'status':
      if (separator !== '=' && separator !== '!=') throw new CliError(`invalid separator for ${JSON.stringify(text)}, expected = or !=`);
      return valueTest(key, value, separator === '!=');
    case 'startedAt':
    case 'completedAt':
    case 'duration':
      if (separator === '=' || separator === '!=')
        throw new CliError(`invalid separator for ${JSON.stringify(text)}, expected <=, <, >= or >`);
      return timeTest(key, { value, separator, nowNs });
    default:
      throw new CliError(`unsupported filter ${JSON.stringify(text)}`);
  }
}

function valueTest(key: 'ref' | 'repository' | 'status', value: string, isNot: boolean): Test {
  return (record) => {
    const own = key === 'ref' ? record.Ref : key === 'status' ? record.Status : '';
    if (isNot) return own !== value;
    return key === 'status' ? own === value : own.includes(value);
  };
}

function timeTest(
  key: 'startedAt' | 'completedAt' | 'duration',
  { value, separator, nowNs }: { readonly value: string; readonly separator: string; readonly nowNs: bigint },
): Test {
  const bound = key === 'duration' ? BigInt(duration(value) ?? fail(`invalid duration ${value}`)) : timeBound(value, nowNs);
  return (record) => {
    const own = measure(key, record);
    if (separator === '>=') return own >= bound;
    if (separator === '<=') return own <= bound;
    return separator === '>' ? own > bound : own < bound;
  };
}

/** Times are compared by the second, durations by the nanosecond. */
function measure(key: 'startedAt' | 'completedAt' | 'duration', record: BuildHistoryRecord): bigint {
  if (key === 'startedAt') return startedNs(record) / NS_PER_SECOND;
  const completed = record.CompletedNs === undefined ? undefined : BigInt(record.CompletedNs);
  if (completed === undefined) return 0n;
  return key === 'completedAt' ? completed / NS_PER_SECOND : completed - startedNs(record);
}

function timeBound(text: string, nowNs: bigint): bigint {
  const ago = duration(text);
  if (ago !== undefined) return (nowNs - BigInt(ago)) / NS_PER_SECOND;
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text)) fail(`invalid time ${text}`);
  return parseTimeNs(text) / NS_PER_SECOND;
}

function fail(message: string): never {
  throw new CliError(message);
}

function duration(text: string): number | undefined {
  try {
    return parseDuration(text);
  } catch (error) {
    if (error instanceof FlagValueError) return undefined;
    throw error;
  }
}
