import { CliError } from './errors.ts';
import { parseDuration } from './flags/duration.ts';
import { FlagValueError } from './flags/index.ts';
import { parseTimeNs } from './formatter/time.ts';

const FORMS = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(\.\d{1,9})?)?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** `--since` and `--until` as the API takes them: seconds since 1970. Durations count back from now. Upstream: moby api/types/time. */
export function apiTime(text: string, nowNs: bigint, name = ''): string | undefined {
  if (text === '') return undefined;
  const ago = durationOf(text);
  if (/^\d+(\.\d+)?$/.test(text)) return text;
  if (ago !== undefined) return String((nowNs - BigInt(ago)) / 1_000_000_000n);
  const what = name === '' ? '' : `invalid value for ${JSON.stringify(name)}: `;
  const parts = FORMS.exec(text);
  if (parts === null) throw new CliError(`${what}failed to parse value as time or duration: ${JSON.stringify(text)}`);
  const [, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = parts;
  const wrong = outOfRange(day ?? '', [hour, minute, second]);
  if (wrong !== undefined) throw new CliError(`${what}parsing time ${JSON.stringify(text)}: ${wrong} out of range`);
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

/** Which part of a date is none, or undefined. */
function outOfRange(date: string, [hour = '', minute = '', second = '']: readonly string[]): string | undefined {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  if (month < 1 || month > 12) return 'month';
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return 'day';
  if (Number(hour) > 23) return 'hour';
  return Number(minute) > 59 ? 'minute' : Number(second) > 59 ? 'second' : undefined;
}
