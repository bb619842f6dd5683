/**
 * Go's values as templates see them. JSON's values stand for themselves (an object is a map); a struct, whose fields are fixed and
 * may be methods, is marked as one, because Go prints both differently and a field that is not there is an error of its own kind.
 */
const STRUCT: unique symbol = Symbol('struct');

export type Method = (...args: readonly unknown[]) => unknown;
export interface Struct {
  readonly [STRUCT]: true;
  /** As Go names the type: `*formatter.ContainerContext`. */
  readonly type: string;
  readonly fields: ReadonlyMap<string, unknown>;
  /** What `json` writes, if it is not the fields. */
  readonly json?: () => string;
  /** What is printed, if it is not the fields: Go's `String()`. */
  readonly text?: string;
}

export function struct(
  type: string,
  fields: Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown>,
  json?: () => string,
): Struct {
  const entries = fields instanceof Map ? fields : new Map(Object.entries(fields));
  return { [STRUCT]: true, type, fields: entries, ...(json === undefined ? {} : { json }) };
}

export const isStruct = (value: unknown): value is Struct => typeof value === 'object' && value !== null && STRUCT in value;
export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isStruct(value);
export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Keys in the order in which Go ranges over and prints them. */
export const sortedKeys = (map: Readonly<Record<string, unknown>>): string[] => Object.keys(map).sort();

/** The order of Go's templates: ports are structs, and go by their numbers. */
export const goKeys = (map: Readonly<Record<string, unknown>>): string[] => {
  const keys = sortedKeys(map);
  return keys.every((key) => /^\d+\/\w+$/.test(key)) ? keys.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)) : keys;
};

/** Go's truth: not zero, not empty. */
export function truth(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '' || value === 0 || value === 0n) return false;
  if (isList(value)) return value.length > 0;
  return isMap(value) ? Object.keys(value).length > 0 : true;
}

/** The kind in Go's errors: string, int, map[string]interface {}, … */
export function goType(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64';
  if (typeof value === 'bigint') return 'int64';
  if (isList(value)) return value.every((item) => typeof item === 'string') ? '[]string' : '[]interface {}';
  return isStruct(value) ? value.type : 'map[string]interface {}';
}

/** Go's nil slice and nil map: empty in every way, but `null` in JSON. */
export const NIL_LIST: readonly unknown[] = Object.freeze([]);
export const NIL_MAP: Readonly<Record<string, unknown>> = Object.freeze({});
