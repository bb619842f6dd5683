import { readTime, TimeFault } from '../api-types/timestamp.ts';
import { CliError } from './errors.ts';
import { parseDuration } from './flags/duration.ts';
import { FlagValueError } from './flags/index.ts';

/** `--since` and `--until` as the API takes them: seconds since 1970. Durations count back from now. Upstream: moby api/types/time. */
export function apiTime(text: string, nowNs: bigint, name = ''): string | undefined {
  if (text === '') return undefined;
  const ago = text === '0' ? undefined : durationOf(text);
  if (ago !== undefined) return String((nowNs - BigInt(ago)) / 1_000_000_000n);
  try {
    const ns = readTime(text);
    return `${ns / 1_000_000_000n}.${String(ns % 1_000_000_000n).padStart(9, '0')}`;
  } catch (error) {
    if (!(error instanceof TimeFault)) throw error;
    const what = name === '' ? '' : `invalid value for ${JSON.stringify(name)}: `;
    if (text.includes('-')) throw new CliError(`${what}${error.message}`);
    if (/^\+?\d+(\.\d+)?$/.test(text)) return text;
    throw new CliError(`${what}failed to parse value as time or duration: ${JSON.stringify(text)}`);
  }
}

function durationOf(text: string): number | undefined {
  try {
    return parseDuration(text);
  } catch (error) {
    if (error instanceof FlagValueError) return undefined;
    throw error;
  }
}
