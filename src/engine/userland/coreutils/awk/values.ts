/** awk's values: numbers, strings, text from outside that looks like a number, and nothing yet. Strings are raw. */
import { type Conversion, formatFloat } from '../format.ts';
import { compileRegex } from '../regex.ts';

export interface NumericText {
  readonly text: string;
  readonly number: number;
}

export type Value = number | string | NumericText | undefined;

const NUMBER = /^[ \t\n\r\f\v]*([+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|inf(?:inity)?|nan))/i;
const WHOLE_NUMBER = /^[ \t\n\r\f\v]*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[ \t\n\r\f\v]*$/;

/** A value of input: a number too, if it looks like one. */
export const fromInput = (text: string): Value => (WHOLE_NUMBER.test(text) ? { text, number: Number(text) } : text);

function parseNumber(text: string): number {
  const found = NUMBER.exec(text)?.[1];
  if (found === undefined) return 0;
  const number = Number(found);
  return Number.isNaN(number)
    ? /inf/i.test(found)
      ? found.startsWith('-')
        ? Number.NEGATIVE_INFINITY
        : Number.POSITIVE_INFINITY
      : /nan/i.test(found)
        ? Number.NaN
        : 0
    : number;
}

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return parseNumber(value);
  return value === undefined ? 0 : value.number;
}

const GENERAL: Conversion = { flags: '', width: 0, precision: 6, letter: 'g' };

/** How numbers become text: CONVFMT or OFMT, and up to where integers are written out. */
export interface NumberStyle {
  readonly format: string;
  readonly maxInteger: number;
}

/** A number as text: an integer as it is, else by CONVFMT or OFMT. */
export function numberText(number: number, { format, maxInteger }: NumberStyle): string {
  if (Number.isInteger(number) && Math.abs(number) <= maxInteger) return BigInt(number).toString();
  if (!Number.isFinite(number)) return Number.isNaN(number) ? 'nan' : number < 0 ? '-inf' : 'inf';
  const match = /^%([-+ #0]*)(\d*)(?:\.(\d+))?([a-zA-Z])$/.exec(format);
  if (!match) return formatFloat(number, GENERAL);
  return formatFloat(number, {
    flags: match[1] ?? '',
    width: Number(match[2]),
    precision: match[3] === undefined ? undefined : Number(match[3]),
    letter: match[4] ?? 'g',
  });
}

export function toText(value: Value, style: NumberStyle): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value, style);
  return value === undefined ? '' : value.text;
}

export function isTrue(value: Value): boolean {
  if (typeof value === 'string') return value !== '';
  return toNumber(value) !== 0;
}

/** Numbers as numbers, unless one side is a string. */
export function compareValues(left: Value, right: Value, style: NumberStyle): number {
  if (typeof left !== 'string' && typeof right !== 'string') return toNumber(left) - toNumber(right);
  const [one, two] = [toText(left, style), toText(right, style)];
  return one < two ? -1 : one > two ? 1 : 0;
}

const cache = new Map<string, RegExp>();
const CACHED = 500;

/** The expression of a pattern, searching everywhere. Throws RegexError. */
export function regexOf(source: string): RegExp {
  const known = cache.get(source);
  if (known !== undefined) return known;
  if (cache.size > CACHED) cache.clear();
  const compiled = compileRegex(source.replace(/\\(["/&])/g, '$1').replace(/\\y/g, '\\b'), { extended: true });
  cache.set(source, compiled);
  return compiled;
}

export function matches(source: string, text: string): boolean {
  const regex = regexOf(source);
  regex.lastIndex = 0;
  return regex.test(text);
}
