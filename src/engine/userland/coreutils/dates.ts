/** Instants as text: strftime(3) in the C locale, and what `date -d` understands. Time zones: UTC and fixed offsets (`TZ=KST-9`). */

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const DAY_MS = 86_400_000;

export interface Zone {
  readonly name: string;
  readonly offsetMinutes: number;
}
export const UTC: Zone = { name: 'UTC', offsetMinutes: 0 };

/** POSIX's TZ: `KST-9`, `EST5`; anything else is UTC. */
export function zoneOf(tz: string | undefined): Zone {
  const match = /^<?([A-Za-z+-]{3,}?)>?([+-]?\d{1,2})(?::(\d{2}))?$/.exec(tz ?? '');
  if (!match) return UTC;
  const hours = Number(match[2]);
  return { name: match[1] ?? 'UTC', offsetMinutes: -(hours * 60 + Math.sign(hours || 1) * Number(match[3] ?? 0)) };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** The moment in that zone, readable through Date's UTC getters. */
const local = (ns: bigint, zone: Zone): Date => new Date(Math.floor(Number(ns / 1_000_000n)) + zone.offsetMinutes * 60_000);

function offsetText({ offsetMinutes }: Zone, separator: string): string {
  const minutes = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}`;
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS) + 1;
}

/** Week of the year, by ISO 8601, with the year it belongs to. */
function isoWeek(date: Date): { week: number; year: number } {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * DAY_MS);
  return { week: Math.ceil(dayOfYear(thursday) / 7), year: thursday.getUTCFullYear() };
}

const FIELDS: Readonly<Record<string, (date: Date, zone: Zone, ns: bigint) => string>> = {
  a: (d) => (DAYS[d.getUTCDay()] ?? '').slice(0, 3),
  A: (d) => DAYS[d.getUTCDay()] ?? '',
  b: (d) => (MONTHS[d.getUTCMonth()] ?? '').slice(0, 3),
  h: (d) => (MONTHS[d.getUTCMonth()] ?? '').slice(0, 3),
  B: (d) => MONTHS[d.getUTCMonth()] ?? '',
  c: (_d, z, ns) => strftime('%a %b %e %H:%M:%S %Y', ns, z),
  C: (d) => two(Math.floor(d.getUTCFullYear() / 100)),
  d: (d) => two(d.getUTCDate()),
  D: (_d, z, ns) => strftime('%m/%d/%y', ns, z),
  e: (d) => String(d.getUTCDate()).padStart(2),
  F: (_d, z, ns) => strftime('%Y-%m-%d', ns, z),
  g: (d) => two(isoWeek(d).year % 100),
  G: (d) => String(isoWeek(d).year),
  H: (d) => two(d.getUTCHours()),
  I: (d) => two(d.getUTCHours() % 12 || 12),
  j: (d) => String(dayOfYear(d)).padStart(3, '0'),
  k: (d) => String(d.getUTCHours()).padStart(2),
  l: (d) => String(d.getUTCHours() % 12 || 12).padStart(2),
  m: (d) => two(d.getUTCMonth() + 1),
  M: (d) => two(d.getUTCMinutes()),
  n: () => '\n',
  N: (_, __, ns) => String(((ns % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n).padStart(9, '0'),
  p: (d) => (d.getUTCHours() < 12 ? 'AM' : 'PM'),
  P: (d) => (d.getUTCHours() < 12 ? 'am' : 'pm'),
  q: (d) => String(Math.floor(d.getUTCMonth() / 3) + 1),
  r: (_d, z, ns) => strftime('%I:%M:%S %p', ns, z),
  R: (_d, z, ns) => strftime('%H:%M', ns, z),
  s: (_, __, ns) => String(ns / 1_000_000_000n),
  S: (d) => two(d.getUTCSeconds()),
  t: () => '\t',
  T: (_d, z, ns) => strftime('%H:%M:%S', ns, z),
  u: (d) => String(d.getUTCDay() || 7),
  U: (d) => two(Math.floor((dayOfYear(d) + 6 - d.getUTCDay()) / 7)),
  V: (d) => two(isoWeek(d).week),
  w: (d) => String(d.getUTCDay()),
  W: (d) => two(Math.floor((dayOfYear(d) + 6 - ((d.getUTCDay() + 6) % 7)) / 7)),
  x: (_d, z, ns) => strftime('%m/%d/%y', ns, z),
  X: (_d, z, ns) => strftime('%H:%M:%S', ns, z),
  y: (d) => two(d.getUTCFullYear() % 100),
  Y: (d) => String(d.getUTCFullYear()),
  z: (_, z) => offsetText(z, ''),
  Z: (_, z) => z.name,
  '%': () => '%',
};

/** GNU's flags are known: `%-d`, `%_H`, `%^a`, `%3N`, `%:z`. */
export function strftime(format: string, ns: bigint, zone: Zone = UTC): string {
  const date = local(ns, zone);
  return format.replace(/%([-_0^#:]*)(\d*)([a-zA-Z%])/g, (source, flags: string, width: string, letter: string) => {
    const field = FIELDS[letter];
    if (field === undefined) return source;
    if (letter === 'z' && flags.includes(':')) return offsetText(zone, ':');
    let text = field(date, zone, ns);
    if (letter === 'N' && width !== '') return text.slice(0, Number(width));
    if (flags.includes('-')) text = text.replace(/^[0 ]+(?=.)/, '');
    if (flags.includes('_')) text = text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length));
    if (flags.includes('^')) text = text.toUpperCase();
    return width === '' ? text : text.padStart(Number(width), /[a-zA-Z]/.test(text) || flags.includes('_') ? ' ' : '0');
  });
}

const UNIT_MS: Readonly<Record<string, number>> = {
  sec: 1000,
  second: 1000,
  min: 60_000,
  minute: 60_000,
  hour: 3_600_000,
  day: DAY_MS,
  week: 7 * DAY_MS,
  fortnight: 14 * DAY_MS,
};
const toNs = (ms: number): bigint => BigInt(Math.round(ms)) * 1_000_000n;

/** What `date -d` is given; undefined if that is no date we know. */
export function parseDate(text: string, nowNs: bigint, zone: Zone = UTC): bigint | undefined {
  const trimmed = text.trim();
  const seconds = /^@(-?\d+)(?:\.(\d+))?$/.exec(trimmed);
  if (seconds) return BigInt(seconds[1] ?? 0) * 1_000_000_000n + BigInt((seconds[2] ?? '').padEnd(9, '0').slice(0, 9));
  const absolute = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?\s*(.*)$/.exec(
    trimmed,
  );
  if (absolute) return relative(absolute[9] ?? '', absoluteNs(absolute, zone));
  const rfc = /^(?:\w{3},? )?(\d{1,2}) (\w{3}) (\d{4}) (\d{2}:\d{2}:\d{2})\s*(?:[+-]0000|UTC|GMT)?$/.exec(trimmed);
  if (rfc) return toNs(Date.parse(`${rfc[1]} ${rfc[2]} ${rfc[3]} ${rfc[4]} UTC`));
  return relative(trimmed.replace(/^now\b/, ''), nowNs);
}

function absoluteNs(match: RegExpExecArray, zone: Zone): bigint {
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset] = match;
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const signed = /^([+-])(\d{2}):?(\d{2})$/.exec(offset ?? '');
  const minutes = signed
    ? (signed[1] === '-' ? -1 : 1) * (Number(signed[2]) * 60 + Number(signed[3]))
    : offset === undefined
      ? zone.offsetMinutes
      : 0;
  return toNs(ms - minutes * 60_000) + BigInt(fraction.padEnd(9, '0').slice(0, 9) || 0);
}

function relative(text: string, fromNs: bigint): bigint | undefined {
  let ns = fromNs;
  let rest = text.trim();
  while (rest !== '') {
    const match =
      /^(today|yesterday|tomorrow|([+-]?\s*\d+|last|next)\s*(sec|second|min|minute|hour|day|week|fortnight|month|year)s?(\s+ago)?)\s*/.exec(
        rest,
      );
    if (!match) return undefined;
    rest = rest.slice(match[0].length);
    const [, word, amount = '0', unit = 'day', ago] = match;
    const count =
      word === 'yesterday' || amount === 'last' ? -1 : word === 'tomorrow' || amount === 'next' ? 1 : Number(amount.replace(/\s/g, ''));
    ns = add(ns, ago === undefined ? count : -count, unit);
  }
  return ns;
}

function add(ns: bigint, count: number, unit: string): bigint {
  const ms = UNIT_MS[unit];
  if (ms !== undefined) return ns + toNs(ms * count);
  const date = new Date(Number(ns / 1_000_000n));
  if (unit === 'month') date.setUTCMonth(date.getUTCMonth() + count);
  else date.setUTCFullYear(date.getUTCFullYear() + count);
  return toNs(date.getTime()) + (ns % 1_000_000n);
}
