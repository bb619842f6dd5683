/** JSON values as jq compares, adds, names and prints them. */
import type { Json } from './syntax.ts';

/** An error of a program that runs; its value is what `catch` gets. */
export class JqError extends Error {
  override readonly name = 'JqError';
  readonly value: Json;

  constructor(value: Json) {
    super(typeof value === 'string' ? value : text(value));
    this.value = value;
  }
}

export type JsonObject = { readonly [key: string]: Json };
export const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);
export const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isTrue = (value: Json): boolean => value !== null && value !== false;

export const typeOf = (value: Json): string => (value === null ? 'null' : isArray(value) ? 'array' : typeof value);

const ORDER = ['null', 'false', 'true', 'number', 'string', 'array', 'object'];
const rank = (value: Json): number => ORDER.indexOf(typeof value === 'boolean' ? String(value) : typeOf(value));

/** By code points, as UTF-8 sorts. */
export function compareText(a: string, b: string): number {
  const [x, y] = [[...a], [...b]];
  for (let i = 0; i < x.length && i < y.length; i += 1) {
    const difference = (x[i]?.codePointAt(0) ?? 0) - (y[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}

export const sortedKeys = (value: JsonObject): string[] => Object.keys(value).sort(compareText);

export function compare(a: Json, b: Json): number {
  const difference = rank(a) - rank(b);
  if (difference !== 0) return difference;
  if (typeof a === 'number' && typeof b === 'number') return a < b || Number.isNaN(a) ? -1 : a > b ? 1 : 0;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (isArray(a) && isArray(b)) {
    for (let i = 0; i < a.length && i < b.length; i += 1) {
      const one = compare(a[i] ?? null, b[i] ?? null);
      if (one !== 0) return one;
    }
    return a.length - b.length;
  }
  if (!isObject(a) || !isObject(b)) return 0;
  const [x, y] = [sortedKeys(a), sortedKeys(b)];
  const keys = compare(x, y);
  if (keys !== 0) return keys;
  for (const key of x) {
    const one = compare(a[key] ?? null, b[key] ?? null);
    if (one !== 0) return one;
  }
  return 0;
}

export const equal = (a: Json, b: Json): boolean => compare(a, b) === 0;

/** A number in the digits that jq prints. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return 'null';
  if (!Number.isFinite(value)) return value > 0 ? '1.7976931348623157e+308' : '-1.7976931348623157e+308';
  if (Object.is(value, -0)) return '-0';
  const [mantissa = '0', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  const digits = mantissa.replace(/[-.]/g, '').length;
  if (exponent >= -5 && exponent + 1 <= digits + 15) {
    if (exponent === -5) return `${mantissa}e-05`;
    return exponent >= 21 ? BigInt(value).toString() : String(value);
  }
  const sign = exponent < 0 ? '-' : '+';
  return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes them.
const SPECIAL = /["\\\x00-\x1f\x7f]/g;
const NAMED: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
};
const hex = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;

export function quoteText(value: string, isAscii = false): string {
  const quoted = value.replace(SPECIAL, (char) => NAMED[char] ?? hex(char.charCodeAt(0)));
  return `"${isAscii ? quoted.replace(/[\u0080-\uffff]/g, (char) => hex(char.charCodeAt(0))) : quoted}"`;
}

export interface Printing {
  /** Blanks (or a tab) for each level; empty: all on one line. */
  readonly indent: string;
  readonly sorts?: boolean;
  readonly isAscii?: boolean;
  readonly colors?: boolean;
}

/** On one line. */
export const text = (value: Json): string => print(value, { indent: '' });

export function print(value: Json, printing: Printing, depth = 0): string {
  if (printing.colors === true) return printColored(value, printing, depth);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return quoteText(value, printing.isAscii);
  const isList = isArray(value);
  const entries = isList
    ? value.map((item) => print(item, printing, depth + 1))
    : keysOf(value, printing).map(
        (key) =>
          `${quoteText(key, printing.isAscii)}:${printing.indent === '' ? '' : ' '}${print(value[key] ?? null, printing, depth + 1)}`,
      );
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return open + close;
  if (printing.indent === '') return `${open}${entries.join(',')}${close}`;
  const inner = `\n${printing.indent.repeat(depth + 1)}`;
  return `${open}${inner}${entries.join(`,${inner}`)}\n${printing.indent.repeat(depth)}${close}`;
}

const keysOf = (value: JsonObject, { sorts }: Printing): readonly string[] => (sorts === true ? sortedKeys(value) : Object.keys(value));

const COLORS = { null: '1;30', boolean: '0;39', number: '0;39', string: '0;32', array: '1;39', object: '1;39', key: '34;1' } as const;
const paint = (color: string, shown: string): string => `\x1b[${color}m${shown}\x1b[0m`;

function printColored(value: Json, printing: Printing, depth: number): string {
  const plain = { ...printing, colors: false };
  const color = COLORS[typeOf(value) as keyof typeof COLORS];
  if (!isArray(value) && !isObject(value)) return paint(color, print(value, plain));
  const isList = isArray(value);
  const keys = isList ? value.map((_, i) => i) : keysOf(value, printing);
  const start = `\x1b[${color}m`;
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (keys.length === 0) return paint(color, open + close);
  const isPretty = printing.indent !== '';
  const inner = isPretty ? `\n${printing.indent.repeat(depth + 1)}` : '';
  const shown = keys.map((key, i) => {
    const item = print((isList ? value[Number(key)] : value[String(key)]) ?? null, printing, depth + 1);
    const head = isList
      ? ''
      : `\x1b[0m${paint(COLORS.key, quoteText(String(key), printing.isAscii))}${start}:${isPretty ? ' ' : ''}\x1b[0m`;
    return `${i === 0 ? '' : `${start},`}${inner}${head}${item}`;
  });
  const outer = isPretty ? `\n${printing.indent.repeat(depth)}` : '';
  return `${start}${open}${shown.join('')}${start}${outer}${isPretty ? '' : start}${close}\x1b[0m`;
}

/** At most so long, for errors. */
export function brief(value: Json): string {
  const shown = text(value);
  return shown.length > 11 ? `${shown.slice(0, 10)}...` : shown;
}

export function arithmetic(operator: string, a: Json, b: Json): Json {
  if (operator === '+') return add(a, b);
  if (typeof a === 'number' && typeof b === 'number') return numbers(operator, a, b);
  if (operator === '-' && isArray(a) && isArray(b)) return a.filter((item) => !b.some((other) => equal(item, other)));
  if (operator === '*') {
    if (isObject(a) && isObject(b)) return merge(a, b);
    const [string, times] = typeof a === 'string' ? [a, b] : [b, a];
    if (typeof string === 'string' && typeof times === 'number')
      return times > 0 ? string.repeat(Math.max(1, Math.min(Math.floor(times), 1_000_000))) : null;
  }
  if (operator === '/' && typeof a === 'string' && typeof b === 'string') return a === '' ? [] : a.split(b);
  const verb = { '-': 'subtracted', '*': 'multiplied', '/': 'divided', '%': 'divided' }[operator] ?? 'combined';
  throw new JqError(`${typeOf(a)} (${brief(a)}) and ${typeOf(b)} (${brief(b)}) cannot be ${verb}`);
}

export function add(a: Json, b: Json): Json {
  if (a === null) return b;
  if (b === null) return a;
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (isArray(a) && isArray(b)) return [...a, ...b];
  if (isObject(a) && isObject(b)) return { ...a, ...b };
  throw new JqError(`${typeOf(a)} (${brief(a)}) and ${typeOf(b)} (${brief(b)}) cannot be added`);
}

function numbers(operator: string, a: number, b: number): number {
  if (operator === '-') return a - b;
  if (operator === '*') return a * b;
  const divisor = operator === '%' ? Math.trunc(b) : b;
  if (divisor === 0)
    throw new JqError(`number (${numberText(a)}) and number (${numberText(b)}) cannot be divided because the divisor is zero`);
  return operator === '/' ? a / b : Math.trunc(a) % Math.abs(divisor);
}

function merge(a: JsonObject, b: JsonObject): JsonObject {
  const out: Record<string, Json> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const old = out[key];
    out[key] = old !== undefined && isObject(old) && isObject(value) ? merge(old, value) : value;
  }
  return out;
}
