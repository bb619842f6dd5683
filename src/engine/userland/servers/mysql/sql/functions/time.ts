/** Functions of dates and times. */
import { decimalOf, rescale } from '../../../sql/decimal.ts';
import type { SqlType } from '../ast.ts';
import {
  dateOf,
  dayName,
  formatted,
  isoWeek,
  isTemporal,
  monthName,
  moved,
  type Parts,
  parseMoment,
  parseTime,
  partsOf,
  rounded,
  stepOf,
  sundayWeek,
  type Temporal,
  US_PER_DAY,
} from '../temporal.ts';
import { BIGINT, DATE, datetimeType, INT, TEXT, timeType } from '../types.ts';
import { toInteger, toText, type Value } from '../values.ts';
import type { SqlFunction } from './types.ts';

const text = (value: Value | undefined): string => (value === null || value === undefined ? '' : toText(value));
const momentOf = (value: Value | undefined): Temporal | null => (isTemporal(value) ? value : parseMoment(text(value)));
const anyOf = (value: Value | undefined): Temporal | null =>
  isTemporal(value) ? value : (parseMoment(text(value)) ?? parseTime(text(value)));
const number = (value: Value | undefined): number => Number(toInteger(value ?? 0n));
const onMoment = (result: SqlType, run: (value: Temporal, more: readonly Value[]) => Value, most = 1): SqlFunction => ({
  counts: [1, most],
  result,
  nullable: true,
  run: ([value, ...more]) => {
    const moment = anyOf(value);
    return moment === null ? null : run(moment, more);
  },
});
const part = (of: (parts: Parts) => number): SqlFunction => onMoment(INT, (value) => BigInt(of(partsOf(value))));
const now = (type: 'date' | 'datetime' | 'time'): SqlFunction => ({
  counts: [0, 1],
  result: type === 'date' ? DATE : type === 'time' ? timeType(0) : datetimeType(0),
  nullable: false,
  run: ([places], { context: { nowUs } }) => {
    if (type === 'date') return dateOf(nowUs);
    const digits = number(places);
    const unit = 10 ** (6 - digits);
    const us = Math.floor(nowUs / unit) * unit;
    return type === 'time' ? { temporal: 'time', us: us % US_PER_DAY, places: digits } : { temporal: 'datetime', us, places: digits };
  },
});

const UNITS_US: Readonly<Record<string, number>> = {
  microsecond: 1,
  second: 1e6,
  minute: 6e7,
  hour: 3.6e9,
  day: US_PER_DAY,
  week: 7 * US_PER_DAY,
};
const UNIT_MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

/** Whole units from one moment to another. */
function between(unit: string, from: Temporal, to: Temporal): bigint {
  const months = UNIT_MONTHS[unit];
  if (months === undefined) return BigInt(Math.trunc((to.us - from.us) / (UNITS_US[unit] ?? 1)));
  const [a, b] = [partsOf(from), partsOf(to)];
  let count = (b.year - a.year) * 12 + b.month - a.month;
  const at = moved(from, { months: count, us: 0 }, 'month');
  if (at !== null && count > 0 && at.us > to.us) count -= 1;
  if (at !== null && count < 0 && at.us < to.us) count += 1;
  return BigInt(Math.trunc(count / months));
}

function extract(unit: string, value: Temporal): bigint {
  const parts = partsOf(value);
  const fields: Readonly<Record<string, number>> = {
    year: parts.year,
    month: parts.month,
    day: parts.day,
    hour: parts.hour,
    minute: parts.minute,
    second: parts.second,
    microsecond: parts.micro,
    quarter: Math.ceil(parts.month / 3),
    week: sundayWeek(parts),
    year_month: parts.year * 100 + parts.month,
    day_hour: parts.day * 100 + parts.hour,
    hour_minute: parts.hour * 100 + parts.minute,
  };
  return BigInt(fields[unit] ?? 0);
}

/** STR_TO_DATE: the pieces one meets. */
function parsed(value: string, pattern: string): Temporal | null {
  const names: string[] = [];
  const digits: Readonly<Record<string, string>> = {
    Y: '(\\d{4})',
    y: '(\\d{2})',
    m: '(\\d{1,2})',
    c: '(\\d{1,2})',
    d: '(\\d{1,2})',
    e: '(\\d{1,2})',
    H: '(\\d{1,2})',
    k: '(\\d{1,2})',
    i: '(\\d{1,2})',
    s: '(\\d{1,2})',
    S: '(\\d{1,2})',
  };
  const source = pattern.replace(/%(\w)|([.*+?^${}()|[\]\\/])/g, (_, letter?: string, special?: string) => {
    if (letter === undefined) return `\\${special ?? ''}`;
    if (letter === 'T') {
      names.push('H', 'i', 's');
      return '(\\d{1,2}):(\\d{1,2}):(\\d{1,2})';
    }
    names.push(letter);
    return digits[letter] ?? '(\\w+)';
  });
  const found = new RegExp(`^${source}`).exec(value);
  if (found === null) return null;
  const at = (...letters: readonly string[]): string => found[names.findIndex((name) => letters.includes(name)) + 1] ?? '';
  const has = (...letters: readonly string[]): boolean => names.some((name) => letters.includes(name));
  const pick = (fallback: string, ...letters: readonly string[]): string => (has(...letters) ? at(...letters) : fallback);
  const date = `${pick('', 'Y', 'y')}-${pick('1', 'm', 'c')}-${pick('1', 'd', 'e')}`;
  const clock = `${pick('0', 'H', 'k')}:${pick('0', 'i')}:${pick('0', 's', 'S')}`;
  if (!has('Y', 'y')) return parseTime(clock);
  return parseMoment(has('H', 'k', 'i') ? `${date} ${clock}` : date);
}

const WEEK: SqlFunction = onMoment(
  INT,
  (value, [mode]) => BigInt(mode === undefined || number(mode) % 2 === 0 ? sundayWeek(partsOf(value)) : isoWeek(value.us)),
  2,
);
const DAY = part(({ day }) => day);
const EPOCH_DAYS = 719_528;

const NOW_FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  now: now('datetime'),
  current_timestamp: now('datetime'),
  localtime: now('datetime'),
  localtimestamp: now('datetime'),
  sysdate: now('datetime'),
  utc_timestamp: now('datetime'),
  curdate: now('date'),
  current_date: now('date'),
  utc_date: now('date'),
  curtime: now('time'),
  current_time: now('time'),
  utc_time: now('time'),
};

export const TIME_FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  ...NOW_FUNCTIONS,
  year: part(({ year }) => year),
  month: part(({ month }) => month),
  day: DAY,
  dayofmonth: DAY,
  hour: part(({ hour }) => hour),
  minute: part(({ minute }) => minute),
  second: part(({ second }) => second),
  microsecond: part(({ micro }) => micro),
  quarter: part(({ month }) => Math.ceil(month / 3)),
  dayofweek: part(({ weekday }) => weekday + 1),
  weekday: part(({ weekday }) => (weekday + 6) % 7),
  dayofyear: part(({ dayOfYear }) => dayOfYear),
  week: WEEK,
  weekofyear: onMoment(INT, (value) => BigInt(isoWeek(value.us))),
  dayname: onMoment(TEXT, (value) => dayName(partsOf(value))),
  monthname: onMoment(TEXT, (value) => monthName(partsOf(value))),
  date: onMoment(DATE, (value) => dateOf(value.us)),
  time: onMoment(timeType(0), (value) => ({
    temporal: 'time',
    us: value.us - (value.temporal === 'time' ? 0 : dateOf(value.us).us),
    places: value.places,
  })),
  timestamp: onMoment(datetimeType(0), (value) => ({ ...value, temporal: 'datetime' })),
  last_day: onMoment(DATE, (value) => {
    const { year, month } = partsOf(value);
    return dateOf(Date.UTC(year, month, 0) * 1000);
  }),
  to_days: onMoment(INT, (value) => BigInt(Math.floor(value.us / US_PER_DAY) + EPOCH_DAYS)),
  from_days: { counts: [1, 1], result: DATE, run: ([days]) => dateOf((number(days) - EPOCH_DAYS) * US_PER_DAY) },
  unix_timestamp: {
    counts: [0, 1],
    result: BIGINT,
    run: ([value], { context: { nowUs } }) => {
      const us = value === undefined ? nowUs : (momentOf(value)?.us ?? 0);
      const places = value === undefined ? 0 : (momentOf(value)?.places ?? 0);
      return places === 0 ? BigInt(Math.floor(us / 1e6)) : rescale(decimalOf(us / 1e6), places);
    },
  },
  from_unixtime: {
    counts: [1, 2],
    result: ([, pattern]) => (pattern === undefined ? datetimeType(0) : TEXT),
    run: ([seconds, pattern]) => {
      const moment: Temporal = { temporal: 'datetime', us: number(seconds) * 1e6, places: 0 };
      return pattern === undefined ? moment : formatted(moment, text(pattern));
    },
  },
  datediff: {
    counts: [2, 2],
    result: INT,
    nullable: true,
    run: ([to, from]) => {
      const [a, b] = [momentOf(to), momentOf(from)];
      return a === null || b === null ? null : BigInt((dateOf(a.us).us - dateOf(b.us).us) / US_PER_DAY);
    },
  },
  timediff: {
    counts: [2, 2],
    result: timeType(0),
    nullable: true,
    run: ([to, from]) => {
      const [a, b] = [anyOf(to), anyOf(from)];
      return a === null || b === null ? null : { temporal: 'time', us: a.us - b.us, places: Math.max(a.places, b.places) };
    },
  },
  timestampdiff: {
    counts: [3, 3],
    result: BIGINT,
    nullable: true,
    run: ([unit, from, to]) => {
      const [a, b] = [momentOf(from), momentOf(to)];
      return a === null || b === null ? null : between(text(unit), a, b);
    },
  },
  timestampadd: {
    counts: [3, 3],
    result: datetimeType(0),
    nullable: true,
    run: ([unit, count, value]) => {
      const moment = momentOf(value);
      return moment === null ? null : moved(moment, stepOf(text(count), text(unit)), text(unit));
    },
  },
  extract: {
    counts: [2, 2],
    result: BIGINT,
    nullable: true,
    run: ([unit, value]) => {
      const moment = anyOf(value);
      return moment === null ? null : extract(text(unit), moment);
    },
  },
  date_format: {
    counts: [2, 2],
    result: TEXT,
    nullable: true,
    run: ([value, pattern]) => {
      const moment = momentOf(value);
      return moment === null ? null : formatted(moment, text(pattern));
    },
  },
  time_format: onMoment(TEXT, (value, [pattern]) => formatted(value, text(pattern)), 2),
  str_to_date: { counts: [2, 2], result: datetimeType(0), nullable: true, run: ([value, pattern]) => parsed(text(value), text(pattern)) },
  sec_to_time: { counts: [1, 1], result: timeType(0), run: ([seconds]) => ({ temporal: 'time', us: number(seconds) * 1e6, places: 0 }) },
  time_to_sec: onMoment(BIGINT, (value) => BigInt(Math.trunc((value.us - (value.temporal === 'time' ? 0 : dateOf(value.us).us)) / 1e6))),
  makedate: { counts: [2, 2], result: DATE, run: ([year, day]) => dateOf(Date.UTC(number(year), 0, number(day)) * 1000) },
  maketime: {
    counts: [3, 3],
    result: timeType(0),
    run: ([h, m, s]) => rounded({ temporal: 'time', us: (number(h) * 3600 + number(m) * 60 + number(s)) * 1e6, places: 0 }, 0),
  },
};
