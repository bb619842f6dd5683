/** Go's types. Two are identical if their keys are; a named type's key is its own number. The Go specification, "Types". */
import type { FuncCode } from '../runtime/frame.ts';

export interface BasicType {
  readonly kind: 'basic';
  readonly key: string;
  readonly name: string;
  readonly sort: 'bool' | 'string' | 'int' | 'float' | 'nil' | 'invalid';
  /** Of integers: bits, and whether there are negative ones. Of floats: bits. */
  readonly bits: number;
  readonly signed: boolean;
  readonly untyped: boolean;
}
export interface Method {
  readonly name: string;
  readonly type: FuncType;
  /** Its receiver is a pointer. */
  readonly pointer: boolean;
  readonly code: FuncCode;
}
export interface NamedType {
  readonly kind: 'named';
  readonly key: string;
  readonly name: string;
  /** The package's path and name; empty for those of the universe. */
  readonly path: string;
  readonly package: string;
  readonly args: readonly Type[];
  /** The generic type that it was made of. */
  readonly origin?: unknown;
  /** Known once its declaration has been read. */
  underlying: Type;
  readonly methods: Map<string, Method>;
}
export interface PointerType {
  readonly kind: 'pointer';
  readonly key: string;
  readonly element: Type;
}
export interface SliceType {
  readonly kind: 'slice';
  readonly key: string;
  readonly element: Type;
}
export interface ArrayType {
  readonly kind: 'array';
  readonly key: string;
  readonly element: Type;
  readonly length: number;
}
export interface MapType {
  readonly kind: 'map';
  readonly key: string;
  readonly index: Type;
  readonly element: Type;
}
export interface ChanType {
  readonly kind: 'chan';
  readonly key: string;
  readonly direction: 'both' | 'send' | 'receive';
  readonly element: Type;
}
export interface Field {
  readonly name: string;
  readonly type: Type;
  readonly embedded: boolean;
  readonly tag: string;
}
export interface StructType {
  readonly kind: 'struct';
  readonly key: string;
  readonly fields: readonly Field[];
}
export interface FuncType {
  readonly kind: 'func';
  readonly key: string;
  readonly params: readonly Type[];
  readonly results: readonly Type[];
  readonly variadic: boolean;
}
export interface InterfaceType {
  readonly kind: 'interface';
  readonly key: string;
  /** By name. */
  readonly methods: readonly { readonly name: string; readonly type: FuncType }[];
  /** Of a constraint: the types that satisfy it; undefined if all do. */
  readonly union?: readonly { readonly tilde: boolean; readonly type: Type }[];
  readonly comparable?: boolean;
}
/** Several results of a call. */
export interface TupleType {
  readonly kind: 'tuple';
  readonly key: string;
  readonly types: readonly Type[];
}
export type Type =
  | BasicType
  | NamedType
  | PointerType
  | SliceType
  | ArrayType
  | MapType
  | ChanType
  | StructType
  | FuncType
  | InterfaceType
  | TupleType;

const basic = (name: string, sort: BasicType['sort'], more: Partial<BasicType> = {}): BasicType => ({
  kind: 'basic',
  key: name,
  name,
  sort,
  bits: 0,
  signed: false,
  untyped: false,
  ...more,
});
const integer = (name: string, bits: number): BasicType => basic(name, 'int', { bits, signed: !name.startsWith('u') });

export const BOOL = basic('bool', 'bool');
export const STRING = basic('string', 'string');
export const INT = integer('int', 64);
export const UINT8 = integer('uint8', 8);
export const INT32 = integer('int32', 32);
export const INT64 = integer('int64', 64);
export const UINT64 = integer('uint64', 64);
export const FLOAT64 = basic('float64', 'float', { bits: 64 });
export const INVALID = basic('invalid type', 'invalid');
export const UNTYPED_NIL = basic('untyped nil', 'nil', { untyped: true });
export const UNTYPED_BOOL = basic('untyped bool', 'bool', { untyped: true });
export const UNTYPED_STRING = basic('untyped string', 'string', { untyped: true });
export const UNTYPED_INT = basic('untyped int', 'int', { untyped: true });
export const UNTYPED_RUNE = basic('untyped rune', 'int', { untyped: true });
export const UNTYPED_FLOAT = basic('untyped float', 'float', { untyped: true });
export const BASICS: readonly BasicType[] = [
  BOOL,
  STRING,
  INT,
  integer('int8', 8),
  integer('int16', 16),
  INT32,
  INT64,
  integer('uint', 64),
  UINT8,
  integer('uint16', 16),
  integer('uint32', 32),
  UINT64,
  integer('uintptr', 64),
  basic('float32', 'float', { bits: 32 }),
  FLOAT64,
];

export const pointerTo = (element: Type): PointerType => ({ kind: 'pointer', key: `*${element.key}`, element });
export const sliceOf = (element: Type): SliceType => ({ kind: 'slice', key: `[]${element.key}`, element });
export const arrayOf = (element: Type, length: number): ArrayType => ({ kind: 'array', key: `[${length}]${element.key}`, element, length });
export const mapOf = (index: Type, element: Type): MapType => ({ kind: 'map', key: `map[${index.key}]${element.key}`, index, element });
export const chanOf = (element: Type, direction: ChanType['direction'] = 'both'): ChanType => ({
  kind: 'chan',
  key: `${direction} chan(${element.key})`,
  direction,
  element,
});
export const tupleOf = (types: readonly Type[]): TupleType => ({ kind: 'tuple', key: `(${types.map(({ key }) => key).join()})`, types });
export const structOf = (fields: readonly Field[]): StructType => ({
  kind: 'struct',
  key: `struct{${fields.map(({ name, type, embedded, tag }) => `${embedded ? '!' : ''}${name} ${type.key} ${JSON.stringify(tag)}`).join(';')}}`,
  fields,
});
export const funcOf = (params: readonly Type[], results: readonly Type[], variadic = false): FuncType => ({
  kind: 'func',
  key: `func(${params.map(({ key }) => key).join()}${variadic ? '...' : ''})(${results.map(({ key }) => key).join()})`,
  params,
  results,
  variadic,
});
export function interfaceOf(
  methods: InterfaceType['methods'],
  more: { readonly union?: InterfaceType['union']; readonly comparable?: boolean } = {},
): InterfaceType {
  const sorted = [...methods].sort((a, b) => (a.name < b.name ? -1 : 1));
  const union = more.union?.map(({ tilde, type }) => `${tilde ? '~' : ''}${type.key}`).join('|') ?? '';
  const key = `interface{${sorted.map(({ name, type }) => `${name}${type.key}`).join(';')}${union}${more.comparable ? 'comparable' : ''}}`;
  return { kind: 'interface', key, methods: sorted, ...more };
}
export const ANY = interfaceOf([]);

let named = 0;
/** A new type, different from all others. */
export const newNamed = (of: Pick<NamedType, 'name' | 'path' | 'package'> & { readonly args?: readonly Type[] }): NamedType => {
  named += 1;
  return { kind: 'named', key: `#${named}`, args: [], underlying: INVALID, methods: new Map(), ...of };
};

export const ERROR: NamedType = {
  ...newNamed({ name: 'error', path: '', package: '' }),
  underlying: interfaceOf([{ name: 'Error', type: funcOf([], [STRING]) }]),
};

/** The type below a name. */
export const under = (type: Type): Exclude<Type, NamedType> => (type.kind === 'named' ? under(type.underlying) : type);
export const identical = (a: Type, b: Type): boolean => a === b || a.key === b.key;
export const isInterface = (type: Type): boolean => under(type).kind === 'interface';
export const basicOf = (type: Type): BasicType | null => {
  const below = under(type);
  return below.kind === 'basic' ? below : null;
};
export const isSort = (type: Type, ...sorts: readonly BasicType['sort'][]): boolean => sorts.includes(basicOf(type)?.sort ?? 'invalid');
export const isNumeric = (type: Type): boolean => isSort(type, 'int', 'float');
export const isUntyped = (type: Type): boolean => type.kind === 'basic' && type.untyped;
export const isValid = (type: Type): boolean => type !== INVALID;
export const hasNil = (type: Type): boolean => {
  const below = under(type);
  return ['pointer', 'slice', 'map', 'chan', 'func', 'interface'].includes(below.kind) || (below.kind === 'basic' && below.sort === 'nil');
};

/** Whether `==` works on it. */
export function isComparable(type: Type): boolean {
  const below = under(type);
  if (below.kind === 'struct') return below.fields.every((field) => isComparable(field.type));
  if (below.kind === 'array') return isComparable(below.element);
  return !['slice', 'map', 'func'].includes(below.kind);
}

/** What an untyped constant is when nothing else says. */
export function defaultType(type: Type): Type {
  if (type.kind !== 'basic' || !type.untyped) return type;
  const defaults: Readonly<Record<string, Type>> = {
    'untyped bool': BOOL,
    'untyped string': STRING,
    'untyped int': INT,
    'untyped rune': INT32,
    'untyped float': FLOAT64,
  };
  return defaults[type.name] ?? type;
}
