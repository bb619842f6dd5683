/** The filter `until` of prune and list requests. */
import { readTime, TimeFault } from '../api-types/timestamp.ts';
import { invalid, isKind } from './errors.ts';
import { type Filters, wantedOf } from './filters.ts';
import { parseTimestamp } from './time.ts';

/** The latest instant that `until` allows: a time, or a span before now. Throws DockerError. */
export function untilOf(filters: Filters, nowNs: bigint): bigint | undefined {
  const [text, ...more] = wantedOf(filters, 'until');
  if (more.length > 0) throw invalid('more than one until filter specified');
  return text === undefined ? undefined : limitOf(text, nowNs);
}

/** The same for images, which may be given several: all of them hold. */
export function untilOfImages(filters: Filters, nowNs: bigint): bigint | undefined {
  try {
    return wantedOf(filters, 'until')
      .map((text) => limitOf(text, nowNs))
      .reduce<bigint | undefined>((least, at) => (least === undefined || at < least ? at : least), undefined);
  } catch (error) {
    throw isKind(error, 'invalid') ? invalid(`invalid value for 'until' filter: ${error.message}`) : error;
  }
}

const UNITS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

function limitOf(text: string, nowNs: bigint): bigint {
  const spans = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  if (spans.length === 0 || spans.map(([whole]) => whole).join('') !== text) return instantOf(text);
  const seconds = spans.reduce((sum, [, value, unit]) => sum + Number(value) * (UNITS[unit ?? 's'] ?? 1), 0);
  return nowNs - BigInt(Math.round(seconds * 1e9));
}

/** A time as people write it, or seconds since 1970. Throws DockerError. */
function instantOf(text: string): bigint {
  try {
    return readTime(text);
  } catch (error) {
    if (!(error instanceof TimeFault)) throw error;
    if (text.includes('-')) throw invalid(error.message);
    const at = /^\+?\d+(\.\d+)?$/.test(text) ? (parseTimestamp(text.replace('+', '')) ?? 0n) : undefined;
    if (at !== undefined) return at;
    throw invalid(`failed to parse value as time or duration: invalid seconds ${JSON.stringify(text)}: invalid syntax`);
  }
}
