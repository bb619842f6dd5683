/** Functions with one answer: of the input and of the arguments' values. */
import { strftime } from '../dates.ts';
import { formatted, toText } from './formats.ts';
import { parseJson } from './json.ts';
import { deleteAll, setPath } from './paths.ts';
import type { Json } from './syntax.ts';
import { add, brief, compare, equal, isArray, isObject, isTrue, JqError, sortedKeys, text, typeOf } from './values.ts';

type Native = (input: Json, args: readonly Json[]) => Json;

function string(value: Json, name: string): string {
  if (typeof value !== 'string') throw new JqError(`${name} input must be a string`);
  return value;
}

function list(value: Json, verb: string): readonly Json[] {
  if (!isArray(value)) throw new JqError(`${typeOf(value)} (${brief(value)}) cannot be ${verb}, as it is not an array`);
  return value;
}

function length(value: Json): Json {
  if (value === null) return 0;
  if (typeof value === 'string') return [...value].length;
  if (typeof value === 'number') return Math.abs(value);
  if (isArray(value)) return value.length;
  if (isObject(value)) return Object.keys(value).length;
  throw new JqError(`boolean (${text(value)}) has no length`);
}

function keys(value: Json, sorts: boolean): Json {
  if (isArray(value)) return value.map((_, i) => i);
  if (isObject(value)) return sorts ? sortedKeys(value) : Object.keys(value);
  throw new JqError(`${typeOf(value)} (${brief(value)}) has no keys`);
}

function has(value: Json, key: Json): boolean {
  if (isObject(value) && typeof key === 'string') return Object.hasOwn(value, key);
  if (isArray(value) && typeof key === 'number') return key >= 0 && key < value.length;
  throw new JqError(`Cannot check whether ${typeOf(value)} has a ${typeof key === 'string' ? 'string' : typeOf(key)} key`);
}

function contains(a: Json, b: Json): boolean {
  if (isObject(a) && isObject(b))
    return Object.entries(b).every(([key, value]) => Object.hasOwn(a, key) && contains(a[key] ?? null, value));
  if (isArray(a) && isArray(b)) return b.every((item) => a.some((other) => typeOf(other) === typeOf(item) && contains(other, item)));
  if (typeof a === 'string' && typeof b === 'string') return a.includes(b);
  if (typeOf(a) === typeOf(b)) return equal(a, b);
  throw new JqError(`${typeOf(a)} (${brief(a)}) and ${typeOf(b)} (${brief(b)}) cannot have their containment checked`);
}

function flatten(value: readonly Json[], depth: number): Json[] {
  if (depth < 0) throw new JqError('flatten depth must not be negative');
  return value.flatMap((item) => (isArray(item) && depth > 0 ? flatten(item, depth - 1) : [item]));
}

function toNumber(value: Json): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') throw new JqError(`${typeOf(value)} (${brief(value)}) cannot be parsed as a number`);
  if (!/^\s*-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(value))
    throw new JqError(`Invalid numeric literal at EOF at line 1, column ${value.length} (while parsing '${value}')`);
  return Number(value);
}

function indices(value: Json, wanted: Json): Json {
  if (value === null) return null;
  if (typeof value === 'string' && typeof wanted === 'string') {
    const found: number[] = [];
    for (let at = wanted === '' ? -1 : value.indexOf(wanted); at >= 0; at = value.indexOf(wanted, at + 1))
      found.push([...value.slice(0, at)].length);
    return found;
  }
  const items = list(value, 'searched');
  const needle = isArray(wanted) ? wanted : [wanted];
  return items
    .map((_, i) => i)
    .filter((i) => needle.length > 0 && needle.every((item, at) => i + at < items.length && equal(items[i + at] ?? null, item)));
}

function join(value: Json, separator: string): string {
  return list(value, 'joined')
    .map((item) => (item === null ? '' : typeof item === 'object' ? refuseJoin(item) : toText(item)))
    .join(separator);
}

const refuseJoin = (item: Json): never => {
  throw new JqError(`string (${brief(',')}) and ${typeOf(item)} (${brief(item)}) cannot be added`);
};

const both = (value: Json, affix: Json, name: string): readonly [string, string] => {
  if (typeof value !== 'string' || typeof affix !== 'string') throw new JqError(`${name}() requires string inputs`);
  return [value, affix];
};

function broken(seconds: number): Json {
  const date = new Date(seconds * 1000);
  const start = Date.UTC(date.getUTCFullYear(), 0, 1);
  const day = Math.floor((Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) - start) / 86_400_000);
  const fraction = seconds - Math.floor(seconds);
  return [
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds() + fraction,
    date.getUTCDay(),
    day,
  ];
}

function seconds(value: Json): number {
  if (typeof value === 'number') return value;
  const [year = 0, month = 0, day = 1, hour = 0, minute = 0, second = 0] = list(value, 'made a time').map(Number);
  return Math.floor(Date.UTC(year, month, day, hour, minute, Math.floor(second)) / 1000);
}

function parseTime(value: string, format: string): Json {
  const fields: Readonly<Record<string, string>> = {
    Y: '(?<Y>\\d{4})',
    m: '(?<m>\\d{1,2})',
    d: '(?<d>\\d{1,2})',
    H: '(?<H>\\d{1,2})',
    M: '(?<M>\\d{1,2})',
    S: '(?<S>\\d{1,2})',
    Z: '(?:[A-Z]+)',
    z: '(?:[+-]\\d{2}:?\\d{2}|Z)',
  };
  const full = format.replaceAll('%T', '%H:%M:%S').replaceAll('%F', '%Y-%m-%d');
  const pattern = full.replace(/%(.)|[.*+?^${}()|[\]\\]/g, (all, letter?: string) =>
    letter === undefined ? `\\${all}` : (fields[letter] ?? '.+?'),
  );
  const match = new RegExp(`^${pattern}$`).exec(value);
  if (match === null) throw new JqError(`date "${value}" does not match format "${format}"`);
  const get = (key: string, fallback: number): number => Number(match.groups?.[key] ?? fallback);
  return broken(Date.UTC(get('Y', 1900), get('m', 1) - 1, get('d', 1), get('H', 0), get('M', 0), get('S', 0)) / 1000);
}

const math =
  (work: (a: number, b: number) => number): Native =>
  (input, args) => {
    const [a, b = 0] = args.length === 2 ? args : [input];
    if (typeof a !== 'number') throw new JqError(`${typeOf(a ?? null)} (${brief(a ?? null)}) number required`);
    return work(a, Number(b));
  };

export const FUNCTIONS: Readonly<Record<string, Native>> = {
  'error/1': (_, [value = null]) => {
    throw new JqError(value);
  },
  'length/0': length,
  'utf8bytelength/0': (value) => new TextEncoder().encode(string(value, 'utf8bytelength')).length,
  'type/0': typeOf,
  'keys/0': (value) => keys(value, true),
  'keys_unsorted/0': (value) => keys(value, false),
  'has/1': (value, [key = null]) => has(value, key),
  'contains/1': (value, [other = null]) => contains(value, other),
  'add/0': (value) =>
    (isArray(value) ? value : isObject(value) ? Object.values(value) : list(value, 'added')).reduce<Json>(
      (sum, item) => add(sum, item),
      null,
    ),
  'flatten/0': (value) => flatten(list(value, 'flattened'), 1_000),
  'flatten/1': (value, [depth = 0]) => flatten(list(value, 'flattened'), Number(depth)),
  'sort/0': (value) => [...list(value, 'sorted')].sort(compare),
  'unique/0': (value) => [...list(value, 'sorted')].sort(compare).filter((item, i, all) => i === 0 || !equal(item, all[i - 1] ?? null)),
  'min/0': (value) => [...list(value, 'sorted')].sort(compare)[0] ?? null,
  'max/0': (value) => [...list(value, 'sorted')].sort(compare).at(-1) ?? null,
  'reverse/0': (value) =>
    value === null ? [] : typeof value === 'string' ? [...value].reverse().join('') : [...list(value, 'reversed')].reverse(),
  'tostring/0': toText,
  'tonumber/0': toNumber,
  'tojson/0': text,
  'fromjson/0': (value) => parseJson(string(value, 'fromjson')),
  'explode/0': (value) => [...string(value, 'explode')].map((char) => char.codePointAt(0) ?? 0),
  'implode/0': (value) => {
    if (!isArray(value)) throw new JqError('implode input must be an array');
    const refuse = (): never => {
      throw new JqError('Unicode codepoint must be numeric');
    };
    return value
      .map((code) => (typeof code === 'number' && code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : refuse()))
      .join('');
  },
  'split/1': (value, [separator = '']) => {
    if (typeof value !== 'string' || typeof separator !== 'string') throw new JqError('split input and separator must be strings');
    return value === '' ? [] : separator === '' ? [...value] : value.split(separator);
  },
  'join/1': (value, [separator = '']) => join(value, String(separator)),
  'startswith/1': (value, [affix = null]) => {
    const [whole, part] = both(value, affix, 'startswith');
    return whole.startsWith(part);
  },
  'endswith/1': (value, [affix = null]) => {
    const [whole, part] = both(value, affix, 'endswith');
    return whole.endsWith(part);
  },
  'ltrimstr/1': (value, [affix]) =>
    typeof value === 'string' && typeof affix === 'string' && value.startsWith(affix) ? value.slice(affix.length) : value,
  'rtrimstr/1': (value, [affix]) =>
    typeof value === 'string' && typeof affix === 'string' && affix !== '' && value.endsWith(affix) ? value.slice(0, -affix.length) : value,
  'trim/0': (value) => string(value, 'trim').trim(),
  'ltrim/0': (value) => string(value, 'trim').trimStart(),
  'rtrim/0': (value) => string(value, 'trim').trimEnd(),
  'indices/1': (value, [wanted = null]) => indices(value, wanted),
  'index/1': (value, [wanted = null]) => {
    const found = indices(value, wanted);
    return isArray(found) ? (found[0] ?? null) : null;
  },
  'rindex/1': (value, [wanted = null]) => {
    const found = indices(value, wanted);
    return isArray(found) ? (found.at(-1) ?? null) : null;
  },
  'setpath/2': (value, [path = null, item = null]) => setPath(value, list(path, 'a path'), () => item),
  'delpaths/1': (value, [paths = []]) =>
    deleteAll(
      value,
      list(paths, 'paths').map((path) => list(path, 'a path')),
    ),
  'infinite/0': () => Number.POSITIVE_INFINITY,
  'nan/0': () => Number.NaN,
  'isinfinite/0': (value) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY,
  'isnan/0': (value) => Number.isNaN(value),
  'isnormal/0': (value) => typeof value === 'number' && Number.isFinite(value) && value !== 0,
  'mktime/0': seconds,
  'gmtime/0': (value) => broken(Number(value)),
  'localtime/0': (value) => broken(Number(value)),
  'strftime/1': (value, [format = '']) => strftime(String(format), BigInt(Math.floor(seconds(value))) * 1_000_000_000n),
  'strflocaltime/1': (value, [format = '']) => strftime(String(format), BigInt(Math.floor(seconds(value))) * 1_000_000_000n),
  'strptime/1': (value, [format = '']) => parseTime(string(value, 'strptime/1'), String(format)),
  'format/1': (value, [name = '']) => formatted(`@${String(name)}`, value),
  'input_filename/0': () => null,
  'isboolean/0': (value) => isTrue(value) || value === false,
  'floor/0': math(Math.floor),
  'ceil/0': math(Math.ceil),
  'round/0': math((a) => Math.sign(a) * Math.round(Math.abs(a))),
  'trunc/0': math(Math.trunc),
  'fabs/0': math(Math.abs),
  'sqrt/0': math(Math.sqrt),
  'exp/0': math(Math.exp),
  'exp2/0': math((a) => 2 ** a),
  'exp10/0': math((a) => 10 ** a),
  'log/0': math(Math.log),
  'log2/0': math(Math.log2),
  'log10/0': math(Math.log10),
  'sin/0': math(Math.sin),
  'cos/0': math(Math.cos),
  'pow/2': math((a, b) => a ** b),
};
