/** Dates and times: microseconds since 1970 in UTC, or of a duration. */

export interface Temporal {
  readonly temporal: 'date' | 'datetime' | 'time';
  readonly us: number;
  /** Digits behind the seconds that are shown. */
  readonly places: number;
}

export const US_PER_DAY = 86_400_000_000;
const US_PER_SECOND = 1_000_000;
export const isTemporal = (value: unknown): value is Temporal => typeof value === 'object' && value !== null && 'temporal' in value;
const two = (value: number): string => String(value).padStart(2, '0');

export const dateOf = (us: number): Temporal => ({ temporal: 'date', us: Math.floor(us / US_PER_DAY) * US_PER_DAY, places: 0 });

/** A moment rounded to so many digits behind its seconds. */
export function rounded({ temporal, us }: Temporal, places: number): Temporal {
  const unit = 10 ** (6 - places);
  return { temporal, us: Math.round(us / unit) * unit, places };
}

const ZERO_YEAR = 100;

function usOf(parts: readonly number[]): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, micro = 0] = parts;
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null;
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  at.setUTCHours(hour, minute, second, 0);
  if (at.getUTCMonth() !== month - 1 || year < 1) return null;
  return at.getTime() * 1000 + micro;
}

const fullYear = (year: number, digits: number): number => (digits > 2 ? year : year < 70 ? year + 2000 : year + 1900);

/** `2026-01-15`, `2026-1-5 9:00:00.5`, `20260115`, `20260115090000`; null if it is none. */
export function parseMoment(text: string): Temporal | null {
  const trimmed = text.trim();
  const packed = /^(\d{4}|\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})(?:\.(\d{1,6})\d*)?)?$/.exec(trimmed);
  const loose =
    /^(\d{2,4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]+(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d{0,6})\d*)?)?)?)?(?:Z|\+00:00)?$/.exec(
      trimmed,
    );
  const found = loose ?? packed;
  if (found === null) return null;
  const [, year = '', month, day, hour, minute, second, fraction = ''] = found;
  const us = usOf([
    fullYear(Number(year), year.length),
    ...[month, day, hour, minute, second].map((part) => Number(part ?? 0)),
    Number(fraction.padEnd(6, '0')),
  ]);
  if (us === null) return null;
  return hour === undefined ? { temporal: 'date', us, places: 0 } : { temporal: 'datetime', us, places: fraction.length };
}

/** `09:30`, `-12:00:00.5`, `1 10:00:00`, `093000`; null if it is no time. */
export function parseTime(text: string): Temporal | null {
  const [, sign = '', days = '0', hour, minute = '0', second = '0', fraction = ''] =
    /^\s*(-?)(?:(\d+) )?(\d{1,3}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,6})\d*)?)?\s*$/.exec(text) ?? [];
  if (hour === undefined) {
    const [, digits] = /^\s*(\d{1,6})\s*$/.exec(text) ?? [];
    if (digits === undefined) return null;
    const padded = digits.padStart(6, '0');
    return parseTime(`${padded.slice(0, 2)}:${padded.slice(2, 4)}:${padded.slice(4)}`);
  }
  if (Number(minute) > 59 || Number(second) > 59) return null;
  const seconds = (Number(days) * 24 + Number(hour)) * 3600 + Number(minute) * 60 + Number(second);
  const us = seconds * US_PER_SECOND + Number(fraction.padEnd(6, '0'));
  return { temporal: 'time', us: sign === '-' ? -us : us, places: fraction.length };
}

const fractionText = (us: number, places: number): string =>
  places === 0
    ? ''
    : `.${String(us % US_PER_SECOND)
        .padStart(6, '0')
        .slice(0, places)}`;

function clockText(us: number, places: number): string {
  const seconds = Math.floor(us / US_PER_SECOND);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fractionText(us, places)}`;
}

export function temporalText({ temporal, us, places }: Temporal): string {
  if (temporal === 'time') return `${us < 0 ? '-' : ''}${clockText(Math.abs(us), places)}`;
  const day = Math.floor(us / US_PER_DAY) * US_PER_DAY;
  const at = new Date(day / 1000);
  const date = `${String(at.getUTCFullYear()).padStart(4, '0')}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
  return temporal === 'date' ? date : `${date} ${clockText(us - day, places)}`;
}

/** As a number: 20260115, 20260115090000. */
export const temporalDigits = (value: Temporal): bigint => BigInt(temporalText({ ...value, places: 0 }).replace(/[^\d-]|(?<=\d)-/g, ''));

interface Step {
  readonly months: number;
  readonly us: number;
}
const SECONDS: Readonly<Record<string, number>> = { microsecond: 1e-6, second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 };
const MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };
const PAIRS: Readonly<Record<string, readonly string[]>> = {
  minute_second: ['minute', 'second'],
  hour_second: ['hour', 'minute', 'second'],
  hour_minute: ['hour', 'minute'],
  day_second: ['day', 'hour', 'minute', 'second'],
  day_minute: ['day', 'hour', 'minute'],
  day_hour: ['day', 'hour'],
  year_month: ['year', 'month'],
};
export const isUnit = (unit: string): boolean => unit in SECONDS || unit in MONTHS || unit in PAIRS;

/** How far `INTERVAL count unit` goes. */
export function stepOf(count: string, unit: string): Step {
  const pair = PAIRS[unit];
  if (pair !== undefined) {
    const numbers = count.match(/\d+/g) ?? [];
    const sign = count.trim().startsWith('-') ? -1 : 1;
    return numbers
      .slice(-pair.length)
      .map((text, i, all) => stepOf(String(sign * Number(text)), pair[pair.length - all.length + i] ?? 'second'))
      .reduce((a, b) => ({ months: a.months + b.months, us: a.us + b.us }), { months: 0, us: 0 });
  }
  const months = MONTHS[unit];
  if (months !== undefined) return { months: months * Math.round(Number(count)), us: 0 };
  const whole = unit === 'second' ? Number(count) : Math.round(Number(count));
  return { months: 0, us: Math.round(whole * (SECONDS[unit] ?? 0) * US_PER_SECOND) };
}

/** A moment moved; a day that its month does not have becomes the month's last. Null beyond the calendar. */
export function moved(value: Temporal, { months, us }: Step, unit: string): Temporal | null {
  const day = Math.floor(value.us / US_PER_DAY) * US_PER_DAY;
  const at = new Date(day / 1000);
  if (months !== 0) {
    const first = new Date(0);
    first.setUTCFullYear(at.getUTCFullYear(), at.getUTCMonth() + months, 1);
    const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
    at.setUTCFullYear(first.getUTCFullYear(), first.getUTCMonth(), Math.min(at.getUTCDate(), last));
  }
  const next = at.getTime() * 1000 + (value.us - day) + us;
  const year = new Date(next / 1000).getUTCFullYear();
  if (!(year >= 1 && year < ZERO_YEAR * 100)) return null;
  const isDate = value.temporal === 'date' && !/second|minute|hour/.test(unit);
  const places = /microsecond/.test(unit) || us % US_PER_SECOND !== 0 ? 6 : value.places;
  return {
    temporal: value.temporal === 'time' ? 'time' : isDate ? 'date' : 'datetime',
    us: value.temporal === 'time' ? value.us + us : next,
    places,
  };
}

export interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micro: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly dayOfYear: number;
}

export function partsOf({ temporal, us }: Temporal): Parts {
  const inDay = temporal === 'time' ? Math.abs(us) : us - Math.floor(us / US_PER_DAY) * US_PER_DAY;
  const at = new Date(temporal === 'time' ? 0 : Math.floor(us / 1000));
  const seconds = Math.floor(inDay / US_PER_SECOND);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    micro: inDay % US_PER_SECOND,
    weekday: at.getUTCDay(),
    dayOfYear: Math.floor((at.getTime() - Date.UTC(at.getUTCFullYear(), 0, 1)) / 86_400_000) + 1,
  };
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTH_NAMES = 'January February March April May June July August September October November December'.split(' ');
export const dayName = ({ weekday }: Parts): string => DAYS[weekday] ?? '';
export const monthName = ({ month }: Parts): string => MONTH_NAMES[month - 1] ?? '';

/** The week of the year as `%u` and WEEK(d, 3) count: Monday first, the first week has four days of the year. */
export function isoWeek(us: number): number {
  const day = Math.floor(us / US_PER_DAY);
  const thursday = day - ((day + 3) % 7) + 3;
  const year = new Date(thursday * 86_400_000).getUTCFullYear();
  return Math.floor((thursday - Date.UTC(year, 0, 1) / 86_400_000) / 7) + 1;
}

/** The week as WEEK(d) counts: Sunday first, 0 before the first Sunday. */
export const sundayWeek = ({ dayOfYear, weekday }: Parts): number => Math.floor((dayOfYear + 6 - weekday) / 7);

/** DATE_FORMAT. */
export function formatted(value: Temporal, pattern: string): string {
  const parts = partsOf(value);
  const twelve = parts.hour % 12 === 0 ? 12 : parts.hour % 12;
  const half = parts.hour < 12 ? 'AM' : 'PM';
  const clock = `${two(parts.minute)}:${two(parts.second)}`;
  const ending = parts.day > 10 && parts.day < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][parts.day % 10] ?? 'th');
  const pieces: Readonly<Record<string, string>> = {
    Y: String(parts.year).padStart(4, '0'),
    y: two(parts.year % 100),
    m: two(parts.month),
    c: String(parts.month),
    M: monthName(parts),
    b: monthName(parts).slice(0, 3),
    d: two(parts.day),
    e: String(parts.day),
    D: `${parts.day}${ending}`,
    W: dayName(parts),
    a: dayName(parts).slice(0, 3),
    w: String(parts.weekday),
    j: String(parts.dayOfYear).padStart(3, '0'),
    H: two(parts.hour),
    k: String(parts.hour),
    h: two(twelve),
    I: two(twelve),
    l: String(twelve),
    i: two(parts.minute),
    s: two(parts.second),
    S: two(parts.second),
    f: String(parts.micro).padStart(6, '0'),
    p: half,
    T: `${two(parts.hour)}:${clock}`,
    r: `${two(twelve)}:${clock} ${half}`,
    U: two(sundayWeek(parts)),
    v: two(isoWeek(value.us)),
    u: two(isoWeek(value.us)),
  };
  return pattern.replace(/%(.)/gs, (_, letter: string) => pieces[letter] ?? letter);
}
