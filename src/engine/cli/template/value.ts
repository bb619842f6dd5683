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
  /** What is printed of it, where structs that are embedded in it stand for their fields. */
  readonly shown?: readonly unknown[];
}

export function struct(
  type: string,
  fields: Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown>,
  json?: () => string,
): Struct {
  const entries = fields instanceof Map ? fields : new Map(Object.entries(fields));
  return { [STRUCT]: true, type, fields: entries, ...(json === undefined ? {} : { json }) };
}

/** A number of a document without types: Go keeps the text of its digits, and takes it for text. */
export class JsonNumber {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }
}

/** Text of a type of its own: Go takes it for no `string`. */
export class NamedText {
  readonly type: string;
  readonly text: string;

  constructor(type: string, text: string) {
    this.type = type;
    this.text = text;
  }
}

/** A pointer to nothing, which knows to what it would point: `*container.Health`. */
export class NilPointer {
  readonly type: string;

  constructor(type: string) {
    this.type = type;
  }
}

export const isStruct = (value: unknown): value is Struct => typeof value === 'object' && value !== null && STRUCT in value;
export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !isStruct(value) &&
  !(value instanceof JsonNumber || value instanceof NamedText || value instanceof NilPointer);
export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Keys in the order in which Go ranges over and prints them. */
export const sortedKeys = (map: Readonly<Record<string, unknown>>): string[] => Object.keys(map).sort();

const KEYED: unique symbol = Symbol('keyed');

/** What of a map's type cannot be seen in its content. */
export interface MapType {
  /** As Go names it. */
  readonly name?: string;
  /** Keys are structs of this type: no text is one. */
  readonly key?: string;
  /** Values are pointers: what is not there is nil. */
  readonly pointers?: boolean;
  readonly isNil?: boolean;
}

export const typedMap = (map: Readonly<Record<string, unknown>>, type: MapType): Readonly<Record<string, unknown>> =>
  Object.defineProperty({ ...map }, KEYED, { value: type });

export const mapType = (map: Readonly<Record<string, unknown>>): MapType => (map as { readonly [KEYED]?: MapType })[KEYED] ?? {};

const NAMED: unique symbol = Symbol('named');

/** What a list's type is called, and what it prints as if that is not its items: Go's `String()`. */
export interface ListType {
  readonly name: string;
  readonly text?: string;
  readonly isNil?: boolean;
}

export const typedList = (items: readonly unknown[], type: ListType): readonly unknown[] =>
  Object.defineProperty([...items], NAMED, { value: type });

export const listType = (list: readonly unknown[]): ListType | undefined => (list as { readonly [NAMED]?: ListType })[NAMED];

/** The order of Go's templates: keys that are structs, as ports are, go by their numbers. */
export const goKeys = (map: Readonly<Record<string, unknown>>): string[] => {
  const keys = sortedKeys(map);
  return mapType(map).key === undefined ? keys : keys.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
};

/** Go's truth: not zero, not empty. */
export function truth(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '' || value === 0 || value === 0n) return false;
  if (value instanceof NilPointer) return false;
  if (value instanceof NamedText) return value.text !== '';
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
  if (value instanceof JsonNumber) return 'json.Number';
  if (value instanceof NamedText || value instanceof NilPointer) return value.type;
  if (isList(value)) return listType(value)?.name ?? (value.every((item) => typeof item === 'string') ? '[]string' : '[]interface {}');
  if (isStruct(value)) return value.type;
  return (isMap(value) ? mapType(value).name : undefined) ?? 'map[string]interface {}';
}

/** Go's nil slice and nil map: empty in every way, but `null` in JSON. */
export const NIL_LIST: readonly unknown[] = Object.freeze([]);
export const NIL_MAP: Readonly<Record<string, unknown>> = Object.freeze({});

/** What is nil in any of its forms. */
export const isNil = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value instanceof NilPointer ||
  value === NIL_LIST ||
  value === NIL_MAP ||
  (isList(value) && listType(value)?.isNil === true) ||
  (isMap(value) && mapType(value).isNil === true);
