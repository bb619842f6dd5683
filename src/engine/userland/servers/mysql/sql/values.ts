/**
 * Values, and how MySQL takes one for another: a whole number is a bigint, an approximate one a number, an exact one a decimal.
 * True and false are 1 and 0.
 */
import { compareDecimals, type Decimal, decimalOf, decimalText, isDecimal, parseDecimal, rescale, toNumber } from '../../sql/decimal.ts';
import { isTemporal, parseMoment, parseTime, type Temporal, temporalDigits, temporalText } from './temporal.ts';

export type Value = null | bigint | number | Decimal | string | Temporal;
export type NotNull = Exclude<Value, null>;
export type Row = readonly Value[];
export type Numeric = bigint | number | Decimal;

export const truth = (is: boolean): bigint => (is ? 1n : 0n);
const NUMBER_AT_START = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/i;

const FROM_EXPONENT = 1e15;
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0';
  const size = Math.abs(value);
  if (size >= FROM_EXPONENT || (size !== 0 && size < 1e-15)) return value.toExponential().replace('e+', 'e');
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/0+$/, '') : text;
}

/** A value's text, as a client gets it. */
export function toText(value: NotNull): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return doubleText(value);
  return isDecimal(value) ? decimalText(value) : temporalText(value);
}

/** What stands in front of a text that is not a number as a whole: for warnings. */
export const isWhollyNumber = (text: string): boolean => {
  const start = NUMBER_AT_START.exec(text)?.[0];
  return start !== undefined && text.slice(start.length).trim() === '';
};

export function toNumeric(value: NotNull): Numeric {
  if (typeof value === 'string') return Number(NUMBER_AT_START.exec(value)?.[0] ?? 0);
  if (!isTemporal(value)) return value;
  if (value.places === 0) return temporalDigits(value);
  return parseDecimal(temporalText(value).replace(/[-: ]/g, ''));
}

export function toDouble(value: NotNull): number {
  const numeric = toNumeric(value);
  return isDecimal(numeric) ? toNumber(numeric) : Number(numeric);
}

export function toDecimal(value: NotNull): Decimal {
  const numeric = typeof value === 'string' && isWhollyNumber(value) ? parseDecimal(value) : toNumeric(value);
  return isDecimal(numeric) ? numeric : decimalOf(numeric);
}

/** Rounded to a whole number, halves away from zero. */
export function toInteger(value: NotNull): bigint {
  const numeric = typeof value === 'string' && isWhollyNumber(value) ? parseDecimal(value) : toNumeric(value);
  if (typeof numeric === 'bigint') return numeric;
  if (isDecimal(numeric)) return rescale(numeric, 0).digits;
  if (!Number.isFinite(numeric)) return 0n;
  return BigInt(numeric < 0 ? -Math.round(-numeric) : Math.round(numeric));
}

export function isTrue(value: Value): boolean {
  if (value === null) return false;
  const numeric = toNumeric(value);
  return isDecimal(numeric) ? numeric.digits !== 0n : Number(numeric) !== 0;
}

/** Letters without their marks and case; signs before digits before letters, as utf8mb4_0900_ai_ci has them. */
export function folded(text: string): string {
  const plain = text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
  return plain.replace(/[\s\S]/gu, (char) =>
    /\p{L}/u.test(char) ? `\u0003${char}` : /\p{N}/u.test(char) ? `\u0002${char}` : `\u0001${char}`,
  );
}

export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const [x, y] = [folded(a), folded(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

const asMoment = (text: string, like: Temporal): Temporal | null => (like.temporal === 'time' ? parseTime(text) : parseMoment(text));

/** Which of two values comes first: below 0, 0, above 0. */
export function compareValues(a: NotNull, b: NotNull): number {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
  if (isTemporal(a) && isTemporal(b) && (a.temporal === 'time') === (b.temporal === 'time')) return a.us - b.us;
  if (isTemporal(a) && typeof b === 'string') {
    const moment = asMoment(b, a);
    if (moment !== null) return a.us - moment.us;
  }
  if (isTemporal(b) && typeof a === 'string') return -compareValues(b, a);
  const isExact = [a, b].every((one) => typeof one === 'bigint' || isDecimal(one));
  return isExact ? compareDecimals(toDecimal(a), toDecimal(b)) : toDouble(a) - toDouble(b);
}

/** Equal values have equal keys: for groups, sets and indexes. */
export function keyOf(value: Value): string {
  if (value === null) return 'n';
  if (typeof value === 'string') return `s${folded(value)}`;
  if (isTemporal(value)) return `t${value.us}`;
  if (isDecimal(value))
    return `#${decimalText(value)
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '')}`;
  return `#${typeof value === 'number' ? doubleText(value) : value}`;
}
export const rowKey = (row: Row): string => row.map((value) => keyOf(value).replaceAll('\0', '\0\0')).join('\0|');
