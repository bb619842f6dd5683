/** Types and their values: how a value is read, written, compared and turned into another type's. */
import type { TypeName } from './ast.ts';
import {
  dateText,
  type Interval,
  intervalText,
  isInterval,
  parseInterval,
  parseTime,
  parseTimestamp,
  timestampText,
  timeText,
  US_PER_DAY,
} from './datetime.ts';
import { compareDecimals, type Decimal, decimalOf, decimalText, isDecimal, parseDecimal, rescale, toNumber } from './decimal.ts';
import { badInput, noSuchType, notSupported, outOfRange, SqlError } from './errors.ts';

export type Value = null | boolean | number | string | Decimal | Interval;
export type Row = readonly Value[];

export interface SqlType {
  /** As SQL spells it: `character varying`. */
  readonly name: string;
  readonly arguments: readonly number[];
}

const type = (name: string, ...args: readonly number[]): SqlType => ({ name, arguments: args });
export const INTEGER = type('integer');
export const BIGINT = type('bigint');
export const NUMERIC = type('numeric');
export const DOUBLE = type('double precision');
export const TEXT = type('text');
export const BOOLEAN = type('boolean');
export const DATE = type('date');
export const TIME = type('time without time zone');
export const TIMESTAMP = type('timestamp without time zone');
export const TIMESTAMPTZ = type('timestamp with time zone');
export const INTERVAL = type('interval');
export const UNKNOWN = type('unknown');
export const NAME = type('name');

const ALIASES: Readonly<Record<string, string>> = {
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  serial: 'integer',
  serial4: 'integer',
  smallserial: 'smallint',
  bigserial: 'bigint',
  serial8: 'bigint',
  decimal: 'numeric',
  dec: 'numeric',
  float: 'double precision',
  float4: 'real',
  float8: 'double precision',
  double: 'double precision',
  bool: 'boolean',
  varchar: 'character varying',
  char: 'character',
  bpchar: 'character',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
};
const OIDS: Readonly<Record<string, number>> = {
  boolean: 16,
  name: 19,
  bigint: 20,
  smallint: 21,
  integer: 23,
  text: 25,
  oid: 26,
  json: 114,
  real: 700,
  'double precision': 701,
  unknown: 25,
  character: 1042,
  'character varying': 1043,
  date: 1082,
  'time without time zone': 1083,
  'timestamp without time zone': 1114,
  'timestamp with time zone': 1184,
  interval: 1186,
  numeric: 1700,
  uuid: 2950,
  jsonb: 3802,
};

/** The number by which the protocol names a type. */
export const oidOf = ({ name }: SqlType): number => OIDS[name] ?? 25;
export const isSerial = ({ name }: TypeName): boolean => /^(small|big)?serial[48]?$/.test(name);

export function resolveType(name: TypeName): SqlType {
  if (name.isArray) throw notSupported('an array', name.at);
  const canonical = ALIASES[name.name] ?? name.name;
  if (!Object.hasOwn(OIDS, canonical) || canonical === 'unknown') throw noSuchType(name.name, name.at);
  if (canonical === 'character' && name.arguments.length === 0) return type(canonical, 1);
  return type(canonical, ...name.arguments);
}

/** `character varying(20)`, `numeric(10,2)`. */
export const typeText = ({ name, arguments: args }: SqlType): string => (args.length === 0 ? name : `${name}(${args.join(',')})`);

export type Category = 'number' | 'text' | 'boolean' | 'date' | 'interval' | 'unknown' | 'other';
const INTEGERS = ['smallint', 'integer', 'bigint', 'oid'];
const TEXTS = ['text', 'character varying', 'character', 'name'];
const MOMENTS = ['date', 'timestamp without time zone', 'timestamp with time zone'];

export const isInteger = ({ name }: SqlType): boolean => INTEGERS.includes(name);
export const isFloat = ({ name }: SqlType): boolean => name === 'real' || name === 'double precision';
export const isMoment = ({ name }: SqlType): boolean => MOMENTS.includes(name);
export function categoryOf(of: SqlType): Category {
  if (isInteger(of) || isFloat(of) || of.name === 'numeric') return 'number';
  if (TEXTS.includes(of.name)) return 'text';
  if (isMoment(of)) return 'date';
  return of.name === 'boolean' || of.name === 'interval' || of.name === 'unknown' ? of.name : 'other';
}

const LIMITS: Readonly<Record<string, number>> = { smallint: 32_768, integer: 2_147_483_648 };

/** A whole number that fits, or the error that it does not. */
export function fitInteger(value: number, of: SqlType): number {
  const limit = LIMITS[of.name];
  if (limit !== undefined ? value >= limit || value < -limit : !Number.isSafeInteger(value)) throw outOfRange(of.name);
  return value;
}

function fitText(text: string, of: SqlType, isExplicit: boolean): string {
  const [most] = of.arguments;
  if (most === undefined || (of.name !== 'character varying' && of.name !== 'character')) return text;
  if (of.name === 'character' && text.length < most) return text.padEnd(most);
  if (text.length <= most) return text;
  if (isExplicit || text.slice(most).trim() === '') return text.slice(0, most);
  throw new SqlError('22001', `value too long for type ${typeText(of)}`);
}

function fitNumeric(value: Decimal, of: SqlType): Decimal {
  const [precision, scale = 0] = of.arguments;
  if (precision === undefined) return value;
  const fitted = rescale(value, scale);
  if (String(fitted.digits < 0n ? -fitted.digits : fitted.digits).length > precision)
    throw new SqlError('22003', 'numeric field overflow', {
      detail: `A field with precision ${precision}, scale ${scale} must round to an absolute value less than 10^${precision - scale}.`,
    });
  return fitted;
}

const BOOLEANS: Readonly<Record<string, boolean>> = {
  t: true,
  true: true,
  yes: true,
  y: true,
  on: true,
  1: true,
  f: false,
  false: false,
  no: false,
  n: false,
  off: false,
  0: false,
};

function orBad<T>(value: T | null | undefined, of: SqlType, text: string): T {
  if (value === null || value === undefined) throw badInput(of.name, text);
  return value;
}

const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const NOWS = ['now', 'today', 'tomorrow', 'yesterday'];

function moment(text: string, of: SqlType, nowUs: number): number {
  const word = text.trim().toLowerCase();
  const today = Math.floor(nowUs / US_PER_DAY);
  const us = NOWS.includes(word)
    ? word === 'now'
      ? nowUs
      : (today + (word === 'tomorrow' ? 1 : word === 'yesterday' ? -1 : 0)) * US_PER_DAY
    : parseTimestamp(text);
  if (us === null) {
    if (/^\s*\d{4}-\d+-\d+/.test(text)) throw new SqlError('22008', `date/time field value out of range: "${text}"`);
    throw new SqlError('22007', `invalid input syntax for type ${of.name.replace(/ without time zone/, '')}: "${text}"`);
  }
  return of.name === 'date' ? Math.floor(us / US_PER_DAY) : us;
}

/** Reads a value's text, as it stands in a literal or a file. */
export function inputValue(text: string, of: SqlType, nowUs = 0): Value {
  switch (of.name) {
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'oid':
      if (!/^\s*[+-]?\d+\s*$/.test(text)) throw badInput(of.name, text);
      if (BigInt(text.trim()) > BigInt(Number.MAX_SAFE_INTEGER) || Math.abs(Number(text)) >= (LIMITS[of.name] ?? Infinity))
        if (Number(text) !== -(LIMITS[of.name] ?? 0)) throw new SqlError('22003', `value "${text}" is out of range for type ${of.name}`);
      return Number(text);
    case 'numeric':
      if (!NUMBER.test(text)) throw badInput(of.name, text);
      return fitNumeric(parseDecimal(text), of);
    case 'real':
    case 'double precision':
      if (!NUMBER.test(text) && !/^\s*([+-]?inf(inity)?|nan)\s*$/i.test(text)) throw badInput(of.name, text);
      return /nan/i.test(text) ? Number.NaN : /inf/i.test(text) ? (text.includes('-') ? -Infinity : Infinity) : Number(text);
    case 'boolean':
      return orBad(BOOLEANS[text.trim().toLowerCase()], of, text);
    case 'date':
    case 'timestamp without time zone':
    case 'timestamp with time zone':
      return moment(text, of, nowUs);
    case 'time without time zone':
      return orBad(parseTime(text), { ...of, name: 'time' }, text);
    case 'interval':
      return orBad(parseInterval(text), of, text);
    case 'uuid':
      if (!/^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(text.trim())) throw badInput(of.name, text);
      return text.trim().toLowerCase();
    case 'json':
    case 'jsonb':
      return json(text, of);
    default:
      return fitText(text, of, false);
  }
}

function json(text: string, of: SqlType): string {
  try {
    const value: unknown = JSON.parse(text);
    return of.name === 'json'
      ? text
      : JSON.stringify(value).replace(/("(?:[^"\\]|\\.)*")|([:,])/g, (_, string, mark) => string ?? `${mark} `);
  } catch {
    throw badInput(of.name, text);
  }
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** A value's text, as a client gets it. */
export function outputText(value: Exclude<Value, null>, of: SqlType): string {
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (isDecimal(value)) return decimalText(value);
  if (isInterval(value)) return intervalText(value);
  if (typeof value === 'string') return value;
  switch (of.name) {
    case 'date':
      return dateText(value);
    case 'time without time zone':
      return timeText(value);
    case 'timestamp without time zone':
      return timestampText(value);
    case 'timestamp with time zone':
      return `${timestampText(value)}+00`;
    case 'real':
      return floatText(Number(value.toPrecision(6)));
    default:
      return floatText(value);
  }
}

const asDecimal = (value: Value): Decimal => (isDecimal(value) ? value : decimalOf(Number(value)));
export const asNumber = (value: Value): number => (isDecimal(value) ? toNumber(value) : Number(value));
export { asDecimal };

/** A value of one type as another's. */
export function convert(
  value: Value,
  from: SqlType,
  to: SqlType,
  options: { readonly nowUs?: number; readonly isExplicit?: boolean } = {},
): Value {
  if (value === null) return null;
  if (typeof value === 'string' && categoryOf(to) !== 'text') return inputValue(value, to, options.nowUs);
  if (isInteger(to) && categoryOf(from) === 'number')
    return fitInteger(isDecimal(value) ? Number(rescale(value, 0).digits) : Math.round(Number(value)), to);
  if (isInteger(to) && typeof value === 'boolean') return value ? 1 : 0;
  if (to.name === 'numeric' && categoryOf(from) === 'number') return fitNumeric(asDecimal(value), to);
  if (isFloat(to) && categoryOf(from) === 'number') return asNumber(value);
  if (to.name === 'boolean' && typeof value === 'number') return value !== 0;
  if (isMoment(from) && isMoment(to)) {
    if (from.name === 'date') return to.name === 'date' ? value : Number(value) * US_PER_DAY;
    return to.name === 'date' ? Math.floor(Number(value) / US_PER_DAY) : value;
  }
  if (isMoment(from) && to.name === 'time without time zone') return Number(value) - Math.floor(Number(value) / US_PER_DAY) * US_PER_DAY;
  if (categoryOf(to) === 'text' || to.name === 'unknown')
    return fitText(typeof value === 'boolean' ? String(value) : outputText(value, from), to, options.isExplicit ?? false);
  if (from.name === to.name) return value;
  throw new SqlError('42846', `cannot cast type ${typeText(from)} to ${typeText(to)}`);
}

/** Whether a cast between them exists at all. */
export function canConvert(from: SqlType, to: SqlType): boolean {
  const [a, b] = [categoryOf(from), categoryOf(to)];
  if (a === b || a === 'unknown' || a === 'text' || b === 'text') return true;
  return (
    (a === 'boolean' && to.name === 'integer') ||
    (from.name === 'integer' && b === 'boolean') ||
    (a === 'date' && to.name === 'time without time zone')
  );
}

/** Whether an assignment may convert without being told so. */
export function canAssign(from: SqlType, to: SqlType): boolean {
  const [a, b] = [categoryOf(from), categoryOf(to)];
  return a === b || a === 'unknown' || b === 'text' || from.name === to.name;
}

/** The type that both can be brought to; null if there is none. */
export function commonType(a: SqlType, b: SqlType): SqlType | null {
  if (a.name === b.name) return a.arguments.join() === b.arguments.join() ? a : type(a.name);
  if (a.name === 'unknown') return b;
  if (b.name === 'unknown') return a;
  const [x, y] = [categoryOf(a), categoryOf(b)];
  if (x !== y) return null;
  if (x === 'text') return TEXT;
  if (x === 'date') return a.name === 'timestamp with time zone' || b.name === 'timestamp with time zone' ? TIMESTAMPTZ : TIMESTAMP;
  if (x !== 'number') return null;
  if (isFloat(a) || isFloat(b)) return DOUBLE;
  if (a.name === 'numeric' || b.name === 'numeric') return NUMERIC;
  return a.name === 'bigint' || b.name === 'bigint' ? BIGINT : INTEGER;
}

/** Which of two values of one type comes first: below 0, 0, above 0. */
export function compareValues(a: Exclude<Value, null>, b: Exclude<Value, null>): number {
  if (isDecimal(a) || isDecimal(b)) return compareDecimals(asDecimal(a), asDecimal(b));
  if (isInterval(a) && isInterval(b)) {
    const us = (one: Interval): number => (one.months * 30 + one.days) * US_PER_DAY + one.us;
    return us(a) - us(b);
  }
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  return Number(a) - Number(b);
}

/** Equal values have equal keys: for groups, sets and indexes. */
export function keyOf(value: Value): string {
  if (value === null) return 'n';
  if (isDecimal(value))
    return `#${decimalText(value)
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '')}`;
  if (isInterval(value)) return `i${intervalText(value)}`;
  return typeof value === 'string' ? `s${value}` : `#${Number(value)}`;
}
export const rowKey = (row: Row): string => row.map((value) => keyOf(value).replaceAll('\0', '\0\0')).join('\0|');
