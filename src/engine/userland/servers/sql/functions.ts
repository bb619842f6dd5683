/** Functions of single values. */
import { fieldOf, formatMoment, type Interval, isInterval, truncated, US_PER_DAY } from './datetime.ts';
import { compareDecimals, type Decimal, decimalOf, decimalText, isDecimal, negate, rescale } from './decimal.ts';
import { SqlError } from './errors.ts';
import {
  asDecimal,
  asNumber,
  BIGINT,
  categoryOf,
  commonType,
  compareValues,
  convert,
  DATE,
  DOUBLE,
  INTEGER,
  isFloat,
  isInteger,
  NAME,
  NUMERIC,
  outputText,
  type SqlType,
  TEXT,
  TIMESTAMP,
  TIMESTAMPTZ,
  UNKNOWN,
  type Value,
} from './types.ts';

/** What functions ask about who runs them. */
export interface FunctionContext {
  readonly nowUs: number;
  readonly user: string;
  readonly database: string;
  readonly version: string;
  readonly pid: number;
  random(): number;
  nextval(sequence: string): number;
  currval(sequence: string): number;
  setval(sequence: string, value: number): number;
  sizeOf(table: string): number;
}

type NotNull = Exclude<Value, null>;

export interface SqlFunction {
  /** The fewest and the most arguments. */
  readonly counts: readonly [number, number];
  /** What unknown literals are taken for; one entry stands for all the rest. */
  readonly params: readonly ('any' | SqlType)[];
  readonly result: SqlType | ((types: readonly SqlType[]) => SqlType);
  /** Called with nulls too; otherwise a null makes the result null. */
  readonly takesNulls?: boolean;
  run(values: readonly Value[], types: readonly SqlType[], context: FunctionContext): Value;
}

const text = (value: Value | undefined): string => String(value ?? '');
const number = (value: Value | undefined): number => asNumber(value ?? null);
const same = (types: readonly SqlType[]): SqlType => types[0] ?? TEXT;

const onText = (counts: SqlFunction['counts'], result: SqlType, run: (...args: string[]) => Value): SqlFunction => ({
  counts,
  params: [TEXT],
  result,
  run: (values, types) => run(...values.map((value, i) => (value === null ? '' : outputText(value, types[i] ?? TEXT)))),
});
const onNumber = (run: (value: number) => number): SqlFunction => ({
  counts: [1, 1],
  params: [DOUBLE],
  result: DOUBLE,
  run: ([value]) => run(number(value)),
});

/** Works on a number as it is: whole, decimal or floating. */
const rounding = (whole: (value: number) => number, decimal: (value: Decimal) => Decimal): SqlFunction => ({
  counts: [1, 1],
  params: [DOUBLE],
  result: ([of = DOUBLE]) => (isInteger(of) ? DOUBLE : of),
  run: ([value = null]) => (isDecimal(value) ? decimal(value) : whole(number(value))),
});

const floor = (value: Decimal): Decimal => {
  const whole = { digits: value.digits / 10n ** BigInt(value.scale), scale: 0 };
  return compareDecimals(whole, value) > 0 ? { ...whole, digits: whole.digits - 1n } : whole;
};
const ceiling = (value: Decimal): Decimal => negate(floor(negate(value)));

const round: SqlFunction = {
  counts: [1, 2],
  params: [DOUBLE, INTEGER],
  result: ([of = DOUBLE]) => (of.name === 'numeric' ? NUMERIC : isInteger(of) ? NUMERIC : of),
  run: ([value = null, places], [of = DOUBLE]) => {
    if (isFloat(of)) {
      if (places !== undefined)
        throw new SqlError('42883', 'function round(double precision, integer) does not exist', {
          hint: 'No function matches the given name and argument types. You might need to add explicit type casts.',
        });
      const whole = Math.round(number(value));
      return Math.abs(number(value) % 1) === 0.5 && whole % 2 !== 0 ? whole - 1 : whole;
    }
    return rescale(asDecimal(value), number(places ?? 0));
  },
};

const extreme = (sign: 1 | -1): SqlFunction => ({
  counts: [1, 100],
  params: ['any'],
  takesNulls: true,
  result: (types) => types.reduce((a, b) => commonType(a, b) ?? a, UNKNOWN),
  run: (values, types) => {
    const to = types.reduce((a, b) => commonType(a, b) ?? a, UNKNOWN);
    const known = values.map((value, i) => convert(value, types[i] ?? TEXT, to)).filter((value): value is NotNull => value !== null);
    return known.length === 0 ? null : known.reduce((a, b) => (compareValues(a, b) * sign >= 0 ? a : b));
  },
});

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

function pretty(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (Math.abs(value) >= 10_240 && unit < UNITS.length - 1) {
    value = Math.round(value / 1024);
    unit += 1;
  }
  return `${value} ${UNITS[unit]}`;
}

function part(value: string, separator: string, at: number): string {
  const parts = value.split(separator);
  return (at < 0 ? parts.at(at) : parts[at - 1]) ?? '';
}

function strip(value: string, characters: string, side: string): string {
  const set = new Set(characters);
  let [from, to] = [0, value.length];
  if (side !== 'trailing') while (from < to && set.has(value[from] ?? '')) from += 1;
  if (side !== 'leading') while (to > from && set.has(value[to - 1] ?? '')) to -= 1;
  return value.slice(from, to);
}

function substring(value: string, from: number, length?: number): string {
  if (length !== undefined && length < 0) throw new SqlError('22011', 'negative substring length not allowed');
  const end = length === undefined ? value.length : from - 1 + length;
  return value.slice(Math.max(0, from - 1), Math.max(0, end));
}

function momentOf(value: Value, of: SqlType): number {
  return of.name === 'date' ? Number(value) * US_PER_DAY : Number(value);
}

function extract(values: readonly Value[], types: readonly SqlType[]): Value {
  const [field, value = null] = values;
  if (isInterval(value)) {
    const { months, days, us } = value as Interval;
    const fields: Readonly<Record<string, number>> = {
      year: Math.trunc(months / 12),
      month: months % 12,
      day: days,
      hour: Math.floor(us / 3.6e9),
      minute: Math.floor(us / 6e7) % 60,
      second: (us / 1e6) % 60,
      epoch: (months * 30 + days) * 86_400 + us / 1e6,
    };
    return decimalOf(fields[text(field)] ?? 0);
  }
  const found = fieldOf(text(field).toLowerCase(), momentOf(value, types[1] ?? TIMESTAMP));
  if (found === undefined) throw new SqlError('22023', `unit "${text(field)}" not recognized for type ${types[1]?.name ?? ''}`);
  const us = /second|epoch/.test(text(field).toLowerCase()) && types[1]?.name !== 'date';
  return us ? rescale(decimalOf(found), 6) : decimalOf(found);
}

function toChar([value = null, pattern]: readonly Value[], [of = TEXT]: readonly SqlType[]): Value {
  if (categoryOf(of) === 'date') return formatMoment(momentOf(value, of), text(pattern));
  const [whole = '', places = ''] = text(pattern).replace('FM', '').split(/[.D]/);
  const shown = decimalText(rescale(asDecimal(value), places.length));
  const grouped = /[,G]/.test(whole) ? shown.replace(/\B(?=(\d{3})+(?!\d))/g, ',') : shown;
  return text(pattern).startsWith('FM') ? grouped : grouped.padStart(text(pattern).length + 1);
}

const now: SqlFunction = { counts: [0, 0], params: [], result: TIMESTAMPTZ, run: (_values, _types, { nowUs }) => nowUs };
const user: SqlFunction = { counts: [0, 0], params: [], result: NAME, run: (_values, _types, context) => context.user };
const sequence = (run: (name: string, context: FunctionContext, value: number) => number, most: number): SqlFunction => ({
  counts: [most, most],
  params: [TEXT, BIGINT],
  result: BIGINT,
  run: ([name, value], _types, context) =>
    run(
      text(name)
        .replace(/^public\./, '')
        .replaceAll('"', ''),
      context,
      number(value ?? 0),
    ),
});

export const FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  lower: onText([1, 1], TEXT, (value = '') => value.toLowerCase()),
  upper: onText([1, 1], TEXT, (value = '') => value.toUpperCase()),
  initcap: onText([1, 1], TEXT, (value = '') => value.toLowerCase().replace(/\b[a-z]/g, (char) => char.toUpperCase())),
  length: onText([1, 1], INTEGER, (value = '') => [...value].length),
  char_length: onText([1, 1], INTEGER, (value = '') => [...value].length),
  character_length: onText([1, 1], INTEGER, (value = '') => [...value].length),
  octet_length: onText([1, 1], INTEGER, (value = '') => new TextEncoder().encode(value).length),
  reverse: onText([1, 1], TEXT, (value = '') => [...value].reverse().join('')),
  replace: onText([3, 3], TEXT, (value = '', from = '', to = '') => (from === '' ? value : value.replaceAll(from, to))),
  position: onText([2, 2], INTEGER, (value = '', needle = '') => value.indexOf(needle) + 1),
  strpos: onText([2, 2], INTEGER, (value = '', needle = '') => value.indexOf(needle) + 1),
  starts_with: onText([2, 2], { name: 'boolean', arguments: [] }, (value = '', start = '') => value.startsWith(start)),
  trim: onText([1, 3], TEXT, (value = '', characters = ' ', side = 'both') => strip(value, characters, side)),
  btrim: onText([1, 2], TEXT, (value = '', characters = ' ') => strip(value, characters, 'both')),
  ltrim: onText([1, 2], TEXT, (value = '', characters = ' ') => strip(value, characters, 'leading')),
  rtrim: onText([1, 2], TEXT, (value = '', characters = ' ') => strip(value, characters, 'trailing')),
  left: onText([2, 2], TEXT, (value = '', count = '') => value.slice(0, Number(count))),
  right: onText([2, 2], TEXT, (value = '', count = '') => (Number(count) === 0 ? '' : value.slice(-Number(count)))),
  repeat: onText([2, 2], TEXT, (value = '', count = '') => value.repeat(Math.max(0, Math.min(100_000, Number(count))))),
  lpad: onText([2, 3], TEXT, (value = '', width = '', fill = ' ') =>
    value.slice(0, Number(width)).padStart(Math.min(100_000, Number(width)), fill),
  ),
  rpad: onText([2, 3], TEXT, (value = '', width = '', fill = ' ') =>
    value.slice(0, Number(width)).padEnd(Math.min(100_000, Number(width)), fill),
  ),
  split_part: onText([3, 3], TEXT, (value = '', separator = '', at = '') => part(value, separator, Number(at))),
  substring: onText([2, 3], TEXT, (value = '', from = '', length) =>
    substring(value, Number(from), length === undefined ? undefined : Number(length)),
  ),
  substr: onText([2, 3], TEXT, (value = '', from = '', length) =>
    substring(value, Number(from), length === undefined ? undefined : Number(length)),
  ),
  ascii: onText([1, 1], INTEGER, (value = '') => value.codePointAt(0) ?? 0),
  quote_literal: onText([1, 1], TEXT, (value = '') => `'${value.replaceAll("'", "''")}'`),
  quote_ident: onText([1, 1], TEXT, (value = '') => (/^[a-z_][a-z0-9_]*$/.test(value) ? value : `"${value}"`)),
  concat: {
    counts: [0, 100],
    params: ['any'],
    takesNulls: true,
    result: TEXT,
    run: (values, types) => values.map((value, i) => (value === null ? '' : outputText(value, types[i] ?? TEXT))).join(''),
  },
  concat_ws: {
    counts: [1, 100],
    params: ['any'],
    takesNulls: true,
    result: TEXT,
    run: ([separator, ...values], [, ...types]) =>
      values.flatMap((value, i) => (value === null ? [] : [outputText(value, types[i] ?? TEXT)])).join(text(separator)),
  },
  abs: {
    counts: [1, 1],
    params: [DOUBLE],
    result: same,
    run: ([value = null]) => (isDecimal(value) ? (value.digits < 0n ? negate(value) : value) : Math.abs(number(value))),
  },
  sign: onNumber(Math.sign),
  sqrt: onNumber((value) => {
    if (value < 0) throw new SqlError('2201F', 'cannot take square root of a negative number');
    return Math.sqrt(value);
  }),
  exp: onNumber(Math.exp),
  ln: onNumber(Math.log),
  log: onNumber(Math.log10),
  power: { counts: [2, 2], params: [DOUBLE], result: DOUBLE, run: ([a, b]) => number(a) ** number(b) },
  pow: { counts: [2, 2], params: [DOUBLE], result: DOUBLE, run: ([a, b]) => number(a) ** number(b) },
  mod: {
    counts: [2, 2],
    params: [INTEGER],
    result: same,
    run: ([a, b]) => {
      if (number(b) === 0) throw new SqlError('22012', 'division by zero');
      return number(a) % number(b);
    },
  },
  pi: { counts: [0, 0], params: [], result: DOUBLE, run: () => Math.PI },
  floor: rounding(Math.floor, floor),
  ceil: rounding(Math.ceil, ceiling),
  ceiling: rounding(Math.ceil, ceiling),
  round,
  trunc: rounding(Math.trunc, (value) => (value.digits < 0n ? ceiling(value) : floor(value))),
  random: { counts: [0, 0], params: [], result: DOUBLE, run: (_values, _types, context) => context.random() },
  greatest: extreme(1),
  least: extreme(-1),
  now,
  current_timestamp: now,
  transaction_timestamp: now,
  statement_timestamp: now,
  clock_timestamp: now,
  localtimestamp: { ...now, result: TIMESTAMP },
  localtime: {
    counts: [0, 0],
    params: [],
    result: { name: 'time without time zone', arguments: [] },
    run: (_v, _t, { nowUs }) => nowUs % US_PER_DAY,
  },
  current_time: {
    counts: [0, 0],
    params: [],
    result: { name: 'time without time zone', arguments: [] },
    run: (_v, _t, { nowUs }) => nowUs % US_PER_DAY,
  },
  current_date: { counts: [0, 0], params: [], result: DATE, run: (_values, _types, { nowUs }) => Math.floor(nowUs / US_PER_DAY) },
  extract: { counts: [2, 2], params: [TEXT, TIMESTAMP], result: NUMERIC, run: extract },
  date_part: { counts: [2, 2], params: [TEXT, TIMESTAMP], result: DOUBLE, run: (values, types) => asNumber(extract(values, types)) },
  date_trunc: {
    counts: [2, 2],
    params: [TEXT, TIMESTAMP],
    result: ([, of = TIMESTAMP]) => (of.name === 'date' ? TIMESTAMPTZ : of),
    run: ([unit, value = null], [, of = TIMESTAMP]) => {
      const found = truncated(text(unit).toLowerCase(), momentOf(value, of));
      if (found === undefined) throw new SqlError('22023', `unit "${text(unit)}" not recognized for type ${of.name}`);
      return found;
    },
  },
  to_char: { counts: [2, 2], params: [TIMESTAMP, TEXT], result: TEXT, run: toChar },
  to_date: { counts: [2, 2], params: [TEXT], result: DATE, run: ([value]) => convert(text(value), TEXT, DATE) },
  to_timestamp: { counts: [1, 1], params: [DOUBLE], result: TIMESTAMPTZ, run: ([value]) => number(value) * 1e6 },
  gen_random_uuid: {
    counts: [0, 0],
    params: [],
    result: { name: 'uuid', arguments: [] },
    run: (_values, _types, context) => {
      const hex = Array.from({ length: 32 }, (_, i) =>
        (i === 12 ? 4 : i === 16 ? 8 + Math.floor(context.random() * 4) : Math.floor(context.random() * 16)).toString(16),
      ).join('');
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    },
  },
  version: { counts: [0, 0], params: [], result: TEXT, run: (_values, _types, { version }) => version },
  current_database: { counts: [0, 0], params: [], result: NAME, run: (_values, _types, { database }) => database },
  current_catalog: { counts: [0, 0], params: [], result: NAME, run: (_values, _types, { database }) => database },
  database: { counts: [0, 0], params: [], result: TEXT, run: (_values, _types, { database }) => database },
  current_schema: { counts: [0, 0], params: [], result: NAME, run: () => 'public' },
  current_user: user,
  session_user: user,
  current_role: user,
  user,
  pg_backend_pid: { counts: [0, 0], params: [], result: INTEGER, run: (_values, _types, { pid }) => pid },
  connection_id: { counts: [0, 0], params: [], result: INTEGER, run: (_values, _types, { pid }) => pid },
  pg_sleep: { counts: [1, 1], params: [DOUBLE], result: { name: 'text', arguments: [] }, run: () => '' },
  pg_is_in_recovery: { counts: [0, 0], params: [], result: { name: 'boolean', arguments: [] }, run: () => false },
  pg_size_pretty: { counts: [1, 1], params: [BIGINT], result: TEXT, run: ([value]) => pretty(number(value)) },
  pg_relation_size: { counts: [1, 1], params: [TEXT], result: BIGINT, run: ([name], _types, context) => context.sizeOf(text(name)) },
  pg_total_relation_size: { counts: [1, 1], params: [TEXT], result: BIGINT, run: ([name], _types, context) => context.sizeOf(text(name)) },
  nextval: sequence((name, context) => context.nextval(name), 1),
  currval: sequence((name, context) => context.currval(name), 1),
  setval: sequence((name, context, value) => context.setval(name, value), 2),
};
