/** The filter `until` of prune and list requests. */
import { invalid } from './errors.ts';
import { type Filters, wantedOf } from './filters.ts';
import { parseDate, parseTimestamp } from './time.ts';

/** The latest instant that `until` allows: a time, or a span before now. */
export function untilOf(filters: Filters, nowNs: bigint): bigint | undefined {
  const [text] = wantedOf(filters, 'until');
  if (text === undefined) return undefined;
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
  const spans = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  if (spans.length > 0 && spans.map(([whole]) => whole).join('') === text) {
    return nowNs - BigInt(Math.round(spans.reduce((sum, [, value, unit]) => sum + Number(value) * (units[unit ?? 's'] ?? 1), 0) * 1e9));
  }
  const at = parseTimestamp(text) ?? parseDate(text);
  if (at === undefined) throw invalid(`failed to parse value as time or duration: invalid seconds ${JSON.stringify(text)}: invalid syntax`);
  return at;
}
