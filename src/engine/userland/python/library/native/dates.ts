/** Dates to text by a format, and back. */
import { textRepr } from '../../protocol/text.ts';
import { valueError } from '../../runtime/exceptions.ts';

export const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const pad = (value: number, width = 2, fill = '0'): string => String(value).padStart(width, fill);

/** `fields`: as struct_time; `zone`: its name and offset as texts. */
export function strftime(
  format: string,
  fields: readonly number[],
  micro: number,
  zone: { readonly name: string; readonly offset: string } = { name: 'UTC', offset: '' },
): string {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, weekday = 0, yearDay = 1] = fields;
  const week = (first: number): string => pad(Math.floor((yearDay - 1 + 7 - ((weekday - first + 7) % 7)) / 7));
  const make = (letter: string): string => {
    const table: Readonly<Record<string, () => string>> = {
      Y: () => String(year),
      y: () => pad(year % 100),
      C: () => pad(Math.floor(year / 100)),
      m: () => pad(month),
      d: () => pad(day),
      e: () => pad(day, 2, ' '),
      H: () => pad(hour),
      I: () => pad(hour % 12 === 0 ? 12 : hour % 12),
      k: () => pad(hour, 2, ' '),
      l: () => pad(hour % 12 === 0 ? 12 : hour % 12, 2, ' '),
      M: () => pad(minute),
      S: () => pad(second),
      f: () => pad(micro, 6),
      p: () => (hour < 12 ? 'AM' : 'PM'),
      P: () => (hour < 12 ? 'am' : 'pm'),
      a: () => (DAYS[weekday] ?? '').slice(0, 3),
      A: () => DAYS[weekday] ?? '',
      b: () => (MONTHS[month - 1] ?? '').slice(0, 3),
      h: () => (MONTHS[month - 1] ?? '').slice(0, 3),
      B: () => MONTHS[month - 1] ?? '',
      j: () => pad(yearDay, 3),
      w: () => String((weekday + 1) % 7),
      u: () => String(weekday + 1),
      U: () => week(6),
      W: () => week(0),
      V: () => pad(isoWeek(yearDay, weekday, year)),
      Z: () => zone.name,
      z: () => zone.offset,
      s: () => String(Date.UTC(year, month - 1, day, hour, minute, second) / 1000),
      D: () => strftime('%m/%d/%y', fields, micro, zone),
      F: () => strftime('%Y-%m-%d', fields, micro, zone),
      T: () => strftime('%H:%M:%S', fields, micro, zone),
      R: () => strftime('%H:%M', fields, micro, zone),
      r: () => strftime('%I:%M:%S %p', fields, micro, zone),
      c: () => strftime('%a %b %e %H:%M:%S %Y', fields, micro, zone),
      x: () => strftime('%m/%d/%y', fields, micro, zone),
      X: () => strftime('%H:%M:%S', fields, micro, zone),
      n: () => '\n',
      t: () => '\t',
      '%': () => '%',
    };
    return table[letter]?.() ?? `%${letter}`;
  };
  return format.replace(/%(-?)([a-zA-Z%])/g, (_, bare: string, letter: string) =>
    bare === '-' ? make(letter).replace(/^[0 ]+(?=.)/, '') : make(letter),
  );
}

function isoWeek(yearDay: number, weekday: number, year: number): number {
  const week = Math.floor((yearDay - (weekday + 1) + 10) / 7);
  if (week < 1) return isoWeek(yearDay + (isLeap(year - 1) ? 366 : 365), weekday, year - 1);
  if (week === 53) {
    const days = isLeap(year) ? 366 : 365;
    if (yearDay - weekday + 3 > days) return 1;
  }
  return week;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export interface Parsed {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  micro: number;
  /** Minutes from UTC, if the text says. */
  offset: number | null;
}

type Take = (text: string, parsed: Parsed) => void;
const abbreviated = (names: readonly string[]): string[] => names.map((name) => name.slice(0, 3));
const nameIndex = (names: readonly string[], text: string): number => names.findIndex((name) => name.toLowerCase() === text.toLowerCase());

const DIRECTIVES: Readonly<Record<string, readonly [pattern: string, take: Take]>> = {
  Y: [
    '\\d{4}',
    (text, p) => {
      p.year = Number(text);
    },
  ],
  y: [
    '\\d{2}',
    (text, p) => {
      p.year = Number(text) + (Number(text) < 69 ? 2000 : 1900);
    },
  ],
  m: [
    '1[0-2]|0?[1-9]',
    (text, p) => {
      p.month = Number(text);
    },
  ],
  d: [
    '3[01]|[12]\\d|0?[1-9]| [1-9]',
    (text, p) => {
      p.day = Number(text);
    },
  ],
  H: [
    '2[0-3]|[01]?\\d',
    (text, p) => {
      p.hour = Number(text);
    },
  ],
  I: [
    '1[0-2]|0?[1-9]',
    (text, p) => {
      p.hour = (Number(text) % 12) + (p.hour >= 12 ? 12 : 0);
    },
  ],
  M: [
    '[0-5]?\\d',
    (text, p) => {
      p.minute = Number(text);
    },
  ],
  S: [
    '6[01]|[0-5]?\\d',
    (text, p) => {
      p.second = Number(text);
    },
  ],
  f: [
    '\\d{1,6}',
    (text, p) => {
      p.micro = Number(text.padEnd(6, '0'));
    },
  ],
  j: [
    '\\d{1,3}',
    (text, p) => {
      const date = new Date(Date.UTC(p.year, 0, Number(text)));
      p.month = date.getUTCMonth() + 1;
      p.day = date.getUTCDate();
    },
  ],
  b: [
    abbreviated(MONTHS).join('|'),
    (text, p) => {
      p.month = nameIndex(abbreviated(MONTHS), text) + 1;
    },
  ],
  B: [
    MONTHS.join('|'),
    (text, p) => {
      p.month = nameIndex(MONTHS, text) + 1;
    },
  ],
  a: [abbreviated(DAYS).join('|'), () => undefined],
  A: [DAYS.join('|'), () => undefined],
  p: [
    'AM|PM',
    (text, p) => {
      p.hour = (p.hour % 12) + (text.toUpperCase() === 'PM' ? 12 : 0);
    },
  ],
  z: [
    '[-+]\\d{2}:?\\d{2}(?::?\\d{2})?|Z',
    (text, p) => {
      const [, sign, hours = '0', minutes = '0'] = /([-+])(\d{2}):?(\d{2})/.exec(text) ?? [];
      p.offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
    },
  ],
  Z: ['UTC|GMT', () => undefined],
  '%': ['%', () => undefined],
};

export function parseDate(text: string, format: string): Parsed {
  const whole = format
    .replace(/%T/g, '%H:%M:%S')
    .replace(/%F/g, '%Y-%m-%d')
    .replace(/%c/g, '%a %b %d %H:%M:%S %Y')
    .replace(/%D|%x/g, '%m/%d/%y')
    .replace(/%X/g, '%H:%M:%S');
  const takes: Take[] = [];
  const pattern = whole.replace(/%(.)|\s+|[.*+?^${}()|[\]\\]/g, (found, letter?: string) => {
    if (letter === undefined) return /^\s/.test(found) ? '\\s+' : `\\${found}`;
    const directive = DIRECTIVES[letter];
    if (directive === undefined) throw valueError(`'${letter}' is a bad directive in format ${textRepr(format)}`);
    takes.push(directive[1]);
    return `(${directive[0]})`;
  });
  const found = new RegExp(`^${pattern}`, 'i').exec(text);
  if (found === null) throw valueError(`time data ${textRepr(text)} does not match format ${textRepr(format)}`);
  if (found[0].length !== text.length) throw valueError(`unconverted data remains: ${text.slice(found[0].length)}`);
  const parsed: Parsed = { year: 1900, month: 1, day: 1, hour: 0, minute: 0, second: 0, micro: 0, offset: null };
  takes.forEach((take, index) => {
    take(found[index + 1] ?? '', parsed);
  });
  const days = new Date(Date.UTC(parsed.year, parsed.month, 0)).getUTCDate();
  if (parsed.day > days) throw valueError('day is out of range for month');
  return parsed;
}
