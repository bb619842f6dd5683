import { parseBool } from './bool.ts';
import type { Flag, FlagOptions } from './flag.ts';

type Show<Value> = (value: Value) => string;
type Values = typeof import('./values.ts');

let values: Values | undefined;

/** What reads values that are not just text is fetched with the first flag that takes one. */
export const LATER = {
  load: async (): Promise<void> => {
    values ??= await import('./values.ts');
  },
};

export function reading(): Values {
  if (values === undefined) throw new Error('a flag is read before its code is there');
  return values;
}

/** A flag's own check, which may refuse or rewrite a value: one of `checks.ts`, by its name, or another. */
export interface Checked {
  readonly check?: keyof Values['checks'] | ((text: string) => string);
}

export function checking({ check = (text) => text }: Checked): (text: string) => string {
  return typeof check === 'string' ? (text) => reading().checks[check](text) : check;
}

export function single<Value>(
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

export function pair(text: string): Record<string, string> {
  const at = text.indexOf('=');
  return at < 0 ? { [text]: '' } : { [text.slice(0, at)]: text.slice(at + 1) };
}
