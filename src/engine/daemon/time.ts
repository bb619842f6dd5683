/** Times as the Engine API writes and reads them: RFC 3339 with nanoseconds, and the spans of `Up 3 minutes`. */
const SECOND_NS = 1_000_000_000n;
const DAY_SECONDS = 86_400;
export const ZERO_TIME = '0001-01-01T00:00:00Z';
const ZERO_SECONDS = -62_135_596_800n;

const two = (value: number): string => String(value).padStart(2, '0');

/** Days since 1970 → year, month, day in the Gregorian calendar (Howard Hinnant's civil_from_days). */
function civil(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return { year: yoe + era * 400 + (month <= 2 ? 1 : 0), month, day: doy - Math.floor((153 * mp + 2) / 5) + 1 };
}

function daysOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719_468;
}

/** Whole seconds: `2026-11-21T08:57:41Z`. */
export function rfc3339(ns: bigint): string {
  const total = Number(ns / SECOND_NS);
  const days = Math.floor(total / DAY_SECONDS);
  const { year, month, day } = civil(days);
  const rest = total - days * DAY_SECONDS;
  const clock = `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${clock}Z`;
}

const fraction = (ns: bigint): string => String(ns % SECOND_NS).padStart(9, '0');

/** As Go's RFC3339Nano: zeros at the end of the fraction are left out. */
export function rfc3339Nano(ns: bigint): string {
  const digits = fraction(ns).replace(/0+$/, '');
  return rfc3339(ns).replace('Z', digits === '' ? 'Z' : `.${digits}Z`);
}

/** With all nine digits, as in logs. */
export const rfc3339Fixed = (ns: bigint): string => rfc3339(ns).replace('Z', `.${fraction(ns)}Z`);

/** Nanoseconds since 1970 of an RFC 3339 time, also with an offset; undefined if it is none. */
export function parseTime(text: string): bigint | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!match) return undefined;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fractionText = '', zone = 'Z'] = match;
  const offset = zone === 'Z' ? 0 : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(4, 6)) * 60);
  const seconds =
    daysOf(Number(year), Number(month), Number(day)) * DAY_SECONDS + Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offset;
  const total = BigInt(seconds);
  return total === ZERO_SECONDS ? 0n : total * SECOND_NS + BigInt(fractionText.padEnd(9, '0'));
}

/** `1700000000.123456789`, as clients send `since` and `until`; undefined if absent, empty or 0. */
export function parseTimestamp(text: string | null): bigint | undefined {
  if (text === null || text === '' || text === '0') return undefined;
  const match = /^([-+]?\d+)(?:\.(\d{1,9}))?$/.exec(text);
  if (!match) return parseTime(text);
  return BigInt(match[1] ?? '0') * SECOND_NS + BigInt((match[2] ?? '').padEnd(9, '0'));
}

const plural = (count: number, unit: string): string => `${count} ${unit}`;

/** `Less than a second`, `About a minute`, `3 hours`. Upstream: go-units HumanDuration. */
export function humanDuration(ns: bigint): string {
  const seconds = Math.floor(Number(ns) / 1e9);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return plural(seconds, 'seconds');
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return plural(minutes, 'minutes');
  const hours = Math.floor(Number(ns) / 3.6e12 + 0.5);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return plural(hours, 'hours');
  if (hours < 24 * 7 * 2) return plural(Math.floor(hours / 24), 'days');
  if (hours < 24 * 30 * 2) return plural(Math.floor(hours / 24 / 7), 'weeks');
  if (hours < 24 * 365 * 2) return plural(Math.floor(hours / 24 / 30), 'months');
  return plural(Math.floor(hours / 24 / 365), 'years');
}
