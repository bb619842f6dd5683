import { parseBool } from './bool.ts';
import { type Flag, type FlagOptions, FlagValueError } from './flag.ts';

type Show<Value> = (value: Value) => string;
type Values = typeof import('./values.ts');

let values: Values | undefined;

/** What reads values that are not just text is fetched with the first flag that takes one. */
const LATER = {
  load: async (): Promise<void> => {
    values ??= await import('./values.ts');
  },
};

function reading(): Values {
  if (values === undefined) throw new Error('a flag is read before its code is there');
  return values;
}

/** A flag's own check, which may refuse or rewrite a value: one of `checks.ts`, by its name, or another. */
interface Checked {
  readonly check?: keyof Values['checks'] | ((text: string) => string);
}

function checking({ check = (text) => text }: Checked): (text: string) => string {
  return typeof check === 'string' ? (text) => reading().checks[check](text) : check;
}

function single<Value>(
  usage: string,
  zero: Value,
  kind: { type: string; parse: (text: string) => Value; show: Show<Value> },
  options: FlagOptions<Value> & Checked,
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
    ...(typeof options.check === 'string' ? LATER : {}),
    add: (_before, text) => kind.parse(text),
  };
}

/** A switch: `--rm`, `--rm=false`. */
export function bool(usage: string, options: FlagOptions<boolean> = {}): Flag<boolean> {
  return { ...single(usage, false, { type: '', parse: parseBool, show: String }, options), bare: 'true' };
}

export function string(usage: string, options: FlagOptions<string> & Checked = {}): Flag<string> {
  return single(usage, '', { type: 'string', parse: checking(options), show: (value) => JSON.stringify(value) }, options);
}

export function int(usage: string, options: FlagOptions<number> = {}): Flag<number> {
  return { ...single(usage, 0, { type: 'int', parse: (text) => reading().parseInteger(text), show: String }, options), ...LATER };
}

export function uint(usage: string, options: FlagOptions<number> & { bits?: number } = {}): Flag<number> {
  const max = 2n ** BigInt(options.bits ?? 64) - 1n;
  const type = options.bits === undefined ? 'uint' : `uint${options.bits}`;
  return {
    ...single(usage, 0, { type, parse: (text) => reading().parseInteger(text, 'ParseUint', max), show: String }, options),
    ...LATER,
  };
}

export function float(usage: string, options: FlagOptions<number> = {}): Flag<number> {
  return { ...single(usage, 0, { type: 'float', parse: (text) => reading().parseFloatNumber(text), show: String }, options), ...LATER };
}

/** Nanoseconds. A default that is not 0 has to be shown in words of its own. */
export function duration(usage: string, options: FlagOptions<number> = {}): Flag<number> {
  return { ...single(usage, 0, { type: 'duration', parse: (text) => reading().parseDuration(text), show: () => '' }, options), ...LATER };
}

/** Bytes, as `64m`. With `minusOne`, `-1` is taken too (unlimited swap). */
export function bytes(usage: string, options: FlagOptions<number> & { minusOne?: boolean } = {}): Flag<number> {
  const parse = (text: string) => (options.minusOne === true && text === '-1' ? -1 : reading().parseBytes(text));
  return { ...single(usage, 0, { type: 'bytes', parse, show: String }, options), ...LATER };
}

export function nanoCpus(usage: string, options: FlagOptions<number> = {}): Flag<number> {
  return { ...single(usage, 0, { type: 'decimal', parse: (text) => reading().parseNanoCpus(text), show: String }, options), ...LATER };
}

/** Every occurrence is one element. */
export function list(usage: string, options: FlagOptions<readonly string[]> & Checked = {}): Flag<readonly string[]> {
  const check = checking(options);
  return {
    ...single<readonly string[]>(usage, [], { type: 'list', parse: (text) => [text], show: () => '' }, options),
    shownDefault: options.shownDefault ?? '',
    add: (before, text) => [...before, check(text)],
  };
}

/** Elements may also be separated by commas (pflag's StringSlice). */
export function strings(usage: string, options: FlagOptions<readonly string[]> & Checked = {}): Flag<readonly string[]> {
  const check = checking(options);
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
  options: FlagOptions<Readonly<Record<string, string>>> & Checked = {},
): Flag<Readonly<Record<string, string>>> {
  const check = checking(options);
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
