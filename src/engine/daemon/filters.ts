/** Filters of list and prune requests: `{"status":{"running":true}}` or, from old clients, `{"status":["running"]}`. */

import { type DockerError, invalid } from './errors.ts';
import { readBool } from './read-bool.ts';

export type Filters = ReadonlyMap<string, readonly string[]>;
export const NO_FILTERS: Filters = new Map();

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Throws DockerError for what is no filter. */
export function parseFilters(text: string | null): Filters {
  if (text === null || text === '') return NO_FILTERS;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw noFilter();
  }
  if (value === null) return NO_FILTERS;
  if (!isRecord(value) || Array.isArray(value)) throw noFilter();
  return new Map(Object.entries(value).map(([name, wanted]) => [name, valuesOf(wanted)]));
}

const noFilter = (): DockerError => invalid('invalid filter');

function valuesOf(wanted: unknown): readonly string[] {
  if (!isRecord(wanted)) throw noFilter();
  if (Array.isArray(wanted) && wanted.every((one) => typeof one === 'string')) return wanted;
  if (Array.isArray(wanted) || Object.values(wanted).some((one) => typeof one !== 'boolean')) throw noFilter();
  return Object.keys(wanted).filter((key) => wanted[key] === true);
}

export function checkFilters(filters: Filters, known: readonly string[]): void {
  for (const name of filters.keys()) if (!known.includes(name)) throw invalid(name === '' ? 'invalid filter' : `invalid filter '${name}'`);
}

/** What Go says of a text that is no whole number. */
export const notInteger = (text: string): string => `strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`;

export const wantedOf = (filters: Filters, name: string): readonly string[] => filters.get(name) ?? [];

/** A filter that is on or off; off if it is absent. Throws DockerError. Upstream: Args.GetBoolOrDefault. */
export function switchOf(filters: Filters, name: string): boolean {
  const [text, ...more] = wantedOf(filters, name);
  if (text === undefined) return false;
  if (more.length > 0) throw invalid(`invalid filter '${name}=[${[text, ...more].join(' ')}]': only one value is expected`);
  const value = readBool(text);
  if (value === undefined) throw invalid(`invalid filter '${name}': strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`);
  return value;
}

/** True if the filter is absent or one of its values is exactly this. */
export const matchesExactly = (filters: Filters, name: string, value: string): boolean => {
  const wanted = wantedOf(filters, name);
  return wanted.length === 0 || wanted.includes(value);
};

/** True if the filter is absent or one of its values matches as an expression or a part. Upstream: Args.Match. */
export function matches(filters: Filters, name: string, value: string): boolean {
  const wanted = wantedOf(filters, name);
  return wanted.length === 0 || wanted.some((text) => pattern(text).test(value));
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  }
}

/** Every `key` or `key=value` must be there; none of the `label!` ones may. */
export function matchesLabels(filters: Filters, labels: Readonly<Record<string, string>> | null | undefined): boolean {
  const has = (wanted: string): boolean => {
    const [key = '', ...rest] = wanted.split('=');
    const value = labels?.[key];
    return value !== undefined && (rest.length === 0 || value === rest.join('='));
  };
  return wantedOf(filters, 'label').every(has) && !wantedOf(filters, 'label!').some(has);
}

/** A filter that says yes or no, like `dangling`. Throws DockerError. */
export function booleanFilter(filters: Filters, name: string): boolean | undefined {
  const wanted = wantedOf(filters, name);
  if (wanted.length === 0) return undefined;
  const yes = wanted.some((text) => ['1', 'true'].includes(text));
  const no = wanted.some((text) => ['0', 'false'].includes(text));
  if (yes === no) throw invalid(`invalid filter '${name}=[${wanted.join(' ')}]'`);
  return yes;
}
