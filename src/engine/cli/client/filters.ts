import type { Filters } from '../flags/index.ts';

/** Filters as the API takes them: `{"name":{"web":true}}`, nothing if there are none. */
export function filterQuery(filters: Filters): string | undefined {
  if (filters.size === 0) return undefined;
  const names = [...filters.keys()].sort();
  return JSON.stringify(
    Object.fromEntries(
      names.map((name) => [name, Object.fromEntries([...(filters.get(name) ?? [])].sort().map((value) => [value, true]))]),
    ),
  );
}

export const withFilter = (filters: Filters, name: string, value: string): Filters =>
  new Map(filters).set(name, [...(filters.get(name) ?? []), value]);
export const flagQuery = (on: boolean | undefined): string | undefined => (on === true ? '1' : undefined);
export const textQuery = (text: string | undefined): string | undefined => (text === undefined || text === '' ? undefined : text);
