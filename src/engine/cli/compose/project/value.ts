/** What a YAML file holds, as plain values. A mapping keeps the order of its keys. */
export type Value = null | boolean | number | string | readonly Value[] | Mapping;
export interface Mapping {
  readonly [key: string]: Value;
}

export const isMapping = (value: Value | undefined): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);
export const mappingOf = (value: Value | undefined): Mapping => (isMapping(value) ? value : {});
export const listOf = (value: Value | undefined): readonly Value[] => (isList(value) ? value : []);
export const textOf = (value: Value | undefined): string => (value === undefined || value === null ? '' : String(value));

/** The mapping with every value changed; undefined leaves an entry out. */
export const mapValues = (mapping: Mapping, change: (value: Value, key: string) => Value | undefined): Mapping =>
  Object.fromEntries(
    Object.entries(mapping).flatMap(([key, value]) => {
      const changed = change(value, key);
      return changed === undefined ? [] : [[key, changed] as const];
    }),
  );

/** Bytes of UTF-8 order as Go compares strings. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const sortKeys = (mapping: Mapping): Mapping => Object.fromEntries(Object.entries(mapping).sort(([a], [b]) => byText(a, b)));
