/** The dates that busybox's `date -d` reads, which are fewer than GNU's (libbb/time.c), and how Debian's build writes them. */
import { parseDate, strftime, type Zone } from './dates.ts';

const pad = (text: string): string => text.padStart(2, '0');

/** `hh:mm[:ss]`, `[YYYY.]MM.DD-hh:mm[:ss]`, `YYYY-MM-DD [hh[:mm[:ss]]]`, `[[[[[YY]YY]MM]DD]hh]mm[.ss]`, `@SECONDS`. */
export function parseBusyboxDate(text: string, nowNs: bigint, zone: Zone): bigint | undefined {
  if (/^@-?\d+$/.test(text)) return parseDate(text, nowNs, zone);
  const today = strftime('%Y-%m-%d', nowNs, zone);
  const time = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?$/.exec(text);
  if (time) return at(today, time.slice(1), nowNs, zone);
  const dotted = /^(?:(\d{4})\.)?(\d{1,2})\.(\d{1,2})-(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?$/.exec(text);
  if (dotted) return at(`${dotted[1] ?? today.slice(0, 4)}-${pad(dotted[2] ?? '')}-${pad(dotted[3] ?? '')}`, dotted.slice(4), nowNs, zone);
  const dashed = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2})(?::(\d{1,2})(?::(\d{1,2}))?)?)?$/.exec(text);
  if (dashed) return at(`${dashed[1]}-${pad(dashed[2] ?? '')}-${pad(dashed[3] ?? '')}`, dashed.slice(4), nowNs, zone);
  const digits = /^((?:\d\d){1,6})(?:\.(\d\d))?$/.exec(text);
  return digits ? fromDigits(digits[1] ?? '', digits[2], { today, nowNs, zone }) : undefined;
}

function at(
  day: string,
  [hour = '0', minute = '0', second = '0']: readonly (string | undefined)[],
  nowNs: bigint,
  zone: Zone,
): bigint | undefined {
  return parseDate(`${day} ${pad(hour)}:${pad(minute)}:${pad(second)}`, nowNs, zone);
}

interface Now {
  readonly today: string;
  readonly nowNs: bigint;
  readonly zone: Zone;
}

/** Pairs of digits, the minutes last. */
function fromDigits(text: string, second: string | undefined, { today, nowNs, zone }: Now): bigint | undefined {
  const now = strftime('%Y%m%d%H', nowNs, zone);
  const whole = now.slice(0, Math.max(0, 12 - text.length)) + text;
  const year = text.length === 10 ? `${today.slice(0, 2)}${text.slice(0, 2)}` : whole.slice(0, 4);
  const rest = text.length === 10 ? text.slice(2) : whole.slice(4);
  return at(`${year}-${rest.slice(0, 2)}-${rest.slice(2, 4)}`, [rest.slice(4, 6), rest.slice(6, 8), second], nowNs, zone);
}

const NUMBERS: Readonly<Record<string, string>> = { d: 'day', m: 'month', Y: 'year', H: 'hour', M: 'minute', S: 'second' };

/** By strptime(3)'s format, for the letters of plain numbers. */
export function parseByFormat(text: string, format: string, nowNs: bigint, zone: Zone): bigint | undefined {
  const names: string[] = [];
  const source = format.replace(/%([a-zA-Z%])|[.*+?^${}()|[\]\\/]/g, (found, letter?: string) => {
    const name = letter === undefined ? undefined : NUMBERS[letter];
    if (name === undefined) return letter === '%' ? '%' : `\\${found}`;
    names.push(name);
    return letter === 'Y' ? '(\\d{1,4})' : '(\\d{1,2})';
  });
  const match = new RegExp(`^${source}$`).exec(text);
  if (!match) return undefined;
  const found = new Map(names.map((name, index) => [name, match[index + 1]]));
  const today = strftime('%Y-%m-%d', nowNs, zone).split('-');
  const day = [found.get('year') ?? today[0], found.get('month') ?? today[1], found.get('day') ?? today[2]].map((part) => pad(part ?? ''));
  return at(day.join('-'), [found.get('hour'), found.get('minute'), found.get('second')], nowNs, zone);
}

/** The C library knows no nanoseconds and no quarters: they stay as they are. */
export const plainFormat = (format: string): string =>
  format.replace(/%(?:%|[-_0^#:]*\d*[Nq])/g, (found) => (found === '%%' ? found : `%${found}`));

/** A zone that nobody has a file for has its name, and no offset. */
export const namedZone = (zone: Zone, tz: string | undefined): Zone => {
  const name = /^[A-Za-z]{3,}/.exec(tz ?? '')?.[0];
  return zone.name === 'UTC' && name !== undefined ? { ...zone, name } : zone;
};
