import { parseDuration, showDuration } from './duration.ts';
import { type Flag, type FlagOptions, FlagValueError } from './flag.ts';
import { parseBool, parseBytes, parseFloatNumber, parseInteger, parseNanoCpus } from './numbers.ts';

type Show<Value> = (value: Value) => string;

function single<Value>(
  usage: string,
  zero: Value,
  kind: { type: string; parse: (text: string) => Value; show: Show<Value> },
  options: FlagOptions<Value>,
): Flag<Value> {
  const initial = options.initial ?? zero;
  return {
    type: options.type ?? kind.type,
    usage,
    ...(options.short === undefined ? {} : { short: options.short }),
    ...(options.hidden === undefined ? {} : { hidden: options.hidden }),
    ...(options.deprecated === undefined ? {} : { deprecated: options.deprecated }),
    shownDefault: options.shownDefault ?? (initial === zero ? '' : kind.show(initial)),
    initial,
    add: (_before, text) => kind.parse(text),
  };
}

/** A switch: `--rm`, `--rm=false`. */
export function bool(usage: string, options: FlagOptions<boolean> = {}): Flag<boolean> {
  return { ...single(usage, false, { type: '', parse: parseBool, show: String }, options), bare: 'true' };
}

export function string(usage: string, options: FlagOptions<string> & { check?: (text: string) => string } = {}): Flag<string> {
  const parse = options.check ?? ((text: string) => text);
  return single(usage, '', { type: 'string', parse, show: (value) => JSON.stringify(value) }, options);
}

export function int(usage: string, options: FlagOptions<number> = {}): Flag<number> {
  return single(usage, 0, { type: 'int', parse: (text) => parseInteger(text), show: String }, options);
}

export function uint(usage: string, options: FlagOptions<number> & { bits?: number } = {}): Flag<number> {
  const max = 2n ** BigInt(options.bits ?? 64) - 1n;
  const type = options.bits === undefined ? 'uint' : `uint${options.bits}`;
  return single(usage, 0, { type, parse: (text) => parseInteger(text, 'ParseUint', max), show: String }, options);
}

export function float(usage: string, options: FlagOptions<number> = {}): Flag<number> {
  return single(usage, 0, { type: 'float', parse: parseFloatNumber, show: String }, options);
}

/** Nanoseconds. */
export function duration(usage: string, options: FlagOptions<number> = {}): Flag<number> {
  return single(usage, 0, { type: 'duration', parse: parseDuration, show: showDuration }, options);
}

/** Bytes, as `64m`. With `minusOne`, `-1` is taken too (unlimited swap). */
export function bytes(usage: string, options: FlagOptions<number> & { minusOne?: boolean } = {}): Flag<number> {
  const parse = (text: string) => (options.minusOne === true && text === '-1' ? -1 : parseBytes(text));
  return single(usage, 0, { type: 'bytes', parse, show: String }, options);
}

export function nanoCpus(usage: string, options: FlagOptions<number> = {}): Flag<number> {
  return single(usage, 0, { type: 'decimal', parse: parseNanoCpus, show: String }, options);
}

/** Every occurrence is one element. `check` may refuse or rewrite it. */
export function list(
  usage: string,
  options: FlagOptions<readonly string[]> & { check?: (text: string) => string } = {},
): Flag<readonly string[]> {
  const check = options.check ?? ((text: string) => text);
  return {
    ...single<readonly string[]>(usage, [], { type: 'list', parse: (text) => [text], show: () => '' }, options),
    shownDefault: options.shownDefault ?? '',
    add: (before, text) => [...before, check(text)],
  };
}

/** Elements may also be separated by commas (pflag's StringSlice). */
export function strings(
  usage: string,
  options: FlagOptions<readonly string[]> & { check?: (text: string) => string } = {},
): Flag<readonly string[]> {
  const check = options.check ?? ((text: string) => text);
  return { ...list(usage, { type: 'strings', ...options }), add: (before, text) => [...before, ...text.split(',').map(check)] };
}

/** Filters `name=value`, as GET parameters want them: name → values. */
export type Filters = ReadonlyMap<string, readonly string[]>;
export function filter(usage: string, options: FlagOptions<Filters> = {}): Flag<Filters> {
  const parse = (): Filters => new Map();
  return { ...single(usage, new Map() as Filters, { type: 'filter', parse, show: () => '' }, options), shownDefault: '', add: addFilter };
}

function addFilter(before: Filters, text: string): Filters {
  if (text === '') return before;
  const at = text.indexOf('=');
  if (at < 0) throw new FlagValueError('bad format of filter (expected name=value)');
  const name = text.slice(0, at).trim().toLowerCase();
  const value = text.slice(at + 1).trim();
  const values = before.get(name) ?? [];
  return new Map(before).set(name, values.includes(value) ? values : [...values, value]);
}

/** Pairs `key=value`, kept as a record. */
export function map(
  usage: string,
  options: FlagOptions<Readonly<Record<string, string>>> & { check?: (text: string) => string } = {},
): Flag<Readonly<Record<string, string>>> {
  const check = options.check ?? ((text: string) => text);
  const parse = (text: string) => pair(check(text));
  return {
    ...single<Readonly<Record<string, string>>>(usage, {}, { type: 'map', parse, show: () => '' }, options),
    shownDefault: options.shownDefault ?? 'map[]',
    add: (before, text) => ({ ...before, ...parse(text) }),
  };
}

/** Pairs `a=1,b=2` (pflag's StringToString). */
export function stringToString(usage: string): Flag<Readonly<Record<string, string>>> {
  const parse = (text: string): Readonly<Record<string, string>> => {
    const parts = text.split(',');
    const bad = parts.find((part) => !part.includes('='));
    if (bad !== undefined) throw new FlagValueError(`${bad} must be formatted as key=value`);
    return Object.fromEntries(parts.flatMap((part) => Object.entries(pair(part))));
  };
  return { ...map(usage, { type: 'stringToString', shownDefault: '[]' }), add: (before, text) => ({ ...before, ...parse(text) }) };
}

function pair(text: string): Record<string, string> {
  const at = text.indexOf('=');
  return at < 0 ? { [text]: '' } : { [text.slice(0, at)]: text.slice(at + 1) };
}
