/** Kinds of flags that a run has none of. */
import { type Flag, type FlagOptions, FlagValueError } from './flag.ts';
import { type Checked, checking, LATER, list, map, pair, reading, single } from './kinds.ts';

export function float(usage: string, options: FlagOptions<number> = {}): Flag<number> {
  return { ...single(usage, 0, { type: 'float', parse: (text) => reading().parseFloatNumber(text), show: String }, options), ...LATER };
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
