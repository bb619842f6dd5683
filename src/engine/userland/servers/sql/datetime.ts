/** Dates and times as numbers: days and microseconds since 1970, in UTC; intervals as months, days and microseconds. */

export interface Interval {
  readonly months: number;
  readonly days: number;
  readonly us: number;
}

export const US_PER_DAY = 86_400_000_000;
const US_PER_SECOND = 1_000_000;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const two = (value: number): string => String(value).padStart(2, '0');

export const isInterval = (value: unknown): value is Interval => typeof value === 'object' && value !== null && 'months' in value;

/** Days since 1970 of `2026-01-15`; null if it is no date. */
export function parseDate(text: string): number | null {
  const [, year, month, day] = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text) ?? [];
  if (day === undefined) return null;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day) ? at.getTime() / 86_400_000 : null;
}

/** Microseconds of `09:30`, `09:30:15.25`; null if it is no time of day. */
export function parseTime(text: string): number | null {
  const [, hour, minute, second = '0'] = /^\s*(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d{1,6})?))?\s*$/.exec(text) ?? [];
  if (minute === undefined || Number(hour) > 24 || Number(minute) > 59 || Number(second) >= 61) return null;
  return Number(hour) * 3600 * US_PER_SECOND + Number(minute) * 60 * US_PER_SECOND + Math.round(Number(second) * US_PER_SECOND);
}

/** Microseconds since 1970 of a date with or without a time and a zone. */
export function parseTimestamp(text: string): number | null {
  const [, date = '', time = '00:00', zone] =
    /^\s*(\d{4}-\d{1,2}-\d{1,2})(?:[ T]+([\d:.]+))?\s*(Z|UTC|[+-]\d{1,2}(?::?\d{2})?)?\s*$/i.exec(text) ?? [];
  const days = parseDate(date);
  const us = parseTime(time);
  if (days === null || us === null) return null;
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone ?? '') ?? [];
  const shift = (Number(hours) * 3600 + Number(minutes) * 60) * US_PER_SECOND * (sign === '-' ? -1 : 1);
  return days * US_PER_DAY + us - (sign === undefined ? 0 : shift);
}

export const dateText = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10);

export function timeText(us: number): string {
  const seconds = Math.floor(us / US_PER_SECOND);
  const part = us % US_PER_SECOND;
  const fraction = part === 0 ? '' : `.${String(part).padStart(6, '0').replace(/0+$/, '')}`;
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fraction}`;
}

export function timestampText(us: number): string {
  const days = Math.floor(us / US_PER_DAY);
  return `${dateText(days)} ${timeText(us - days * US_PER_DAY)}`;
}

const UNITS: Readonly<Record<string, Interval>> = {
  year: { months: 12, days: 0, us: 0 },
  month: { months: 1, days: 0, us: 0 },
  mon: { months: 1, days: 0, us: 0 },
  week: { months: 0, days: 7, us: 0 },
  day: { months: 0, days: 1, us: 0 },
  hour: { months: 0, days: 0, us: 3600 * US_PER_SECOND },
  minute: { months: 0, days: 0, us: 60 * US_PER_SECOND },
  min: { months: 0, days: 0, us: 60 * US_PER_SECOND },
  second: { months: 0, days: 0, us: US_PER_SECOND },
  sec: { months: 0, days: 0, us: US_PER_SECOND },
};

export const NO_TIME: Interval = { months: 0, days: 0, us: 0 };
export const scaled = ({ months, days, us }: Interval, by: number): Interval => ({
  months: months * by,
  days: days * by,
  us: Math.round(us * by),
});
export const sum = (a: Interval, b: Interval): Interval => ({ months: a.months + b.months, days: a.days + b.days, us: a.us + b.us });

/** `1 day 2 hours`, `3 months`, `01:30:00`; null if it is none. */
export function parseInterval(text: string): Interval | null {
  let total = NO_TIME;
  let rest = text.trim();
  while (rest !== '') {
    const [piece = '', count = '', unit = ''] = /^([+-]?\d+(?:\.\d+)?)\s*([a-z]+)\s*/i.exec(rest) ?? [];
    const [clock = ''] = /^[+-]?\d+:\d{2}(?::\d{2}(?:\.\d+)?)?\s*/.exec(rest) ?? [];
    if (clock !== '') {
      const us = parseTime(clock.replace(/^[+-]/, ''));
      if (us === null) return null;
      total = sum(total, { ...NO_TIME, us: clock.startsWith('-') ? -us : us });
      rest = rest.slice(clock.length);
      continue;
    }
    const one = UNITS[unit.toLowerCase().replace(/s$/, '')];
    if (one === undefined) return null;
    total = sum(total, scaled(one, Number(count)));
    rest = rest.slice(piece.length);
  }
  return text.trim() === '' ? null : total;
}

export function intervalText({ months, days, us }: Interval): string {
  const years = Math.trunc(months / 12);
  const left = months % 12;
  const count = (value: number, word: string): string[] => (value === 0 ? [] : [`${value} ${word}${Math.abs(value) === 1 ? '' : 's'}`]);
  const clock = us === 0 ? [] : [`${us < 0 ? '-' : ''}${timeText(Math.abs(us))}`];
  const words = [...count(years, 'year'), ...count(left, 'mon'), ...count(days, 'day'), ...clock];
  return words.length === 0 ? '00:00:00' : words.join(' ');
}

/** A moment moved by an interval; a day that its month does not have becomes the month's last. */
export function moved(us: number, { months, days, us: more }: Interval): number {
  const at = new Date(Math.floor(us / 1000));
  const rest = us - Math.floor(us / US_PER_DAY) * US_PER_DAY;
  const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(at.getUTCDate(), last));
  return first.getTime() * 1000 + rest + days * US_PER_DAY + more;
}

/** A field of a moment, as EXTRACT and date_part name them; undefined if there is none of that name. */
export function fieldOf(name: string, us: number): number | undefined {
  const at = new Date(Math.floor(us / 1000));
  const second = (((us % (60 * US_PER_SECOND)) + 60 * US_PER_SECOND) % (60 * US_PER_SECOND)) / US_PER_SECOND;
  const fields: Readonly<Record<string, number>> = {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second,
    dow: at.getUTCDay(),
    isodow: at.getUTCDay() === 0 ? 7 : at.getUTCDay(),
    doy: Math.floor((at.getTime() - Date.UTC(at.getUTCFullYear(), 0, 1)) / 86_400_000) + 1,
    quarter: Math.floor(at.getUTCMonth() / 3) + 1,
    epoch: us / US_PER_SECOND,
  };
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** The beginning of the year, month, day, hour, minute or second; undefined for another word. */
export function truncated(unit: string, us: number): number | undefined {
  const at = new Date(Math.floor(us / 1000));
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  switch (unit) {
    case 'year':
      return Date.UTC(year, 0, 1) * 1000;
    case 'quarter':
      return Date.UTC(year, month - (month % 3), 1) * 1000;
    case 'month':
      return Date.UTC(year, month, 1) * 1000;
    case 'week':
      return Date.UTC(year, month, day - ((at.getUTCDay() + 6) % 7)) * 1000;
    case 'day':
      return Date.UTC(year, month, day) * 1000;
    case 'hour':
      return Date.UTC(year, month, day, at.getUTCHours()) * 1000;
    case 'minute':
      return Date.UTC(year, month, day, at.getUTCHours(), at.getUTCMinutes()) * 1000;
    case 'second':
      return Math.floor(us / US_PER_SECOND) * US_PER_SECOND;
    default:
      return undefined;
  }
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const FULL = 'january february march april may june july august september october november december'.split(' ');
const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** to_char of a moment: the patterns one meets. */
export function formatMoment(us: number, pattern: string): string {
  const at = new Date(Math.floor(us / 1000));
  const hour = at.getUTCHours();
  const pieces: Readonly<Record<string, string>> = {
    YYYY: String(at.getUTCFullYear()).padStart(4, '0'),
    YY: two(at.getUTCFullYear() % 100),
    MM: two(at.getUTCMonth() + 1),
    Month: capital(FULL[at.getUTCMonth()] ?? '').padEnd(9),
    Mon: capital(MONTHS[at.getUTCMonth()] ?? ''),
    DD: two(at.getUTCDate()),
    Day: capital(DAYS[at.getUTCDay()] ?? '').padEnd(9),
    Dy: capital((DAYS[at.getUTCDay()] ?? '').slice(0, 3)),
    HH24: two(hour),
    HH12: two(hour % 12 === 0 ? 12 : hour % 12),
    HH: two(hour % 12 === 0 ? 12 : hour % 12),
    MI: two(at.getUTCMinutes()),
    SS: two(at.getUTCSeconds()),
    MS: String(at.getUTCMilliseconds()).padStart(3, '0'),
    AM: hour < 12 ? 'AM' : 'PM',
    PM: hour < 12 ? 'AM' : 'PM',
  };
  return pattern.replace(
    /YYYY|YY|MM|Month|Mon|DD|Day|Dy|HH24|HH12|HH|MI|SS|MS|AM|PM|"([^"]*)"/g,
    (word, quoted?: string) => quoted ?? pieces[word] ?? word,
  );
}
