import { CliError } from './errors.ts';
import { parseDuration } from './flags/duration.ts';
import { FlagValueError } from './flags/index.ts';
import { parseTimeNs } from './formatter/time.ts';

const FORMS = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(\.\d{1,9})?)?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** `--since` and `--until` as the API takes them: seconds since 1970. Durations count back from now. Upstream: moby api/types/time. */
export function apiTime(text: string, nowNs: bigint): string | undefined {
  if (text === '') return undefined;
  const ago = text === '0' ? undefined : durationOf(text);
  if (ago !== undefined) return String((nowNs - BigInt(ago)) / 1_000_000_000n);
  if (/^\d+(\.\d+)?$/.test(text)) return text;
  const parts = FORMS.exec(text);
  if (parts === null) throw new CliError(`failed to parse value as time or duration: ${JSON.stringify(text)}`);
  const [, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = parts;
  const ns = parseTimeNs(`${day}T${hour}:${minute}:${second}${fraction}${zone}`);
  return `${ns / 1_000_000_000n}.${String(ns % 1_000_000_000n).padStart(9, '0')}`;
}

function durationOf(text: string): number | undefined {
  try {
    return parseDuration(text);
  } catch (error) {
    if (error instanceof FlagValueError) return undefined;
    throw error;
  }
}
