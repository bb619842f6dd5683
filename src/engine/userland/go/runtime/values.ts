/**
 * Values as programs of Go have them. A string has one character for each byte. An integer of 64 bits is a number while it is a safe one, and a
 * bigint else, so that equal integers are equal values. Structures and arrays are lists that are copied when they are assigned.
 */
import { type Type, under } from '../types/types.ts';
import type { Channel } from './channels.ts';
import type { FuncCode } from './frame.ts';

export type Value =
  | boolean
  | number
  | bigint
  | string
  | null
  | undefined
  | Value[]
  | Pointer
  | Slice
  | GoMap
  | Boxed
  | Closure
  | Channel
  | HostValue;

/** Where a value is: a variable, or a field or element. */
export interface Pointer {
  v: Value;
}

/** A variable. */
export class Cell implements Pointer {
  v: Value;

  constructor(v: Value) {
    this.v = v;
  }
}

/** A field of a structure, or an element of an array. */
export class Place implements Pointer {
  readonly of: Value[];
  readonly index: number;

  constructor(of: Value[], index: number) {
    this.of = of;
    this.index = index;
  }

  get v(): Value {
    return this.of[this.index];
  }

  set v(value: Value) {
    this.of[this.index] = value;
  }
}

export class Slice {
  readonly array: Value[];
  readonly from: number;
  readonly length: number;
  readonly capacity: number;

  constructor(array: Value[], from = 0, length = array.length, capacity = length) {
    this.array = array;
    this.from = from;
    this.length = length;
    this.capacity = capacity;
  }

  list(): Value[] {
    return this.array.slice(this.from, this.from + this.length);
  }
}

/** Keys that are not equal by themselves are kept by a text. */
export class GoMap {
  readonly entries = new Map<Value, [key: Value, value: Value]>();
}

/** A value in an interface. */
export class Boxed {
  readonly type: Type;
  readonly value: Value;

  constructor(type: Type, value: Value) {
    this.type = type;
    this.value = value;
  }
}

export class Closure {
  readonly code: FuncCode;
  readonly captured: readonly Cell[];
  /** Arguments that are given already: the receiver of a method value. */
  readonly bound: readonly Value[];

  constructor(code: FuncCode, captured: readonly Cell[] = [], bound: readonly Value[] = []) {
    this.code = code;
    this.captured = captured;
    this.bound = bound;
  }
}

/** Something of the library's that Go code only passes around. */
export class HostValue {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** Makes the value that a variable begins with. */
export function zeroOf(type: Type): () => Value {
  const below = under(type);
  switch (below.kind) {
    case 'basic':
      if (below.sort === 'string') return () => '';
      return below.sort === 'bool' ? () => false : () => (below.sort === 'nil' ? null : 0);
    case 'struct': {
      let fields: readonly (() => Value)[] | undefined;
      return () => {
        fields ??= below.fields.map((field) => zeroOf(field.type));
        return fields.map((zero) => zero());
      };
    }
    case 'array': {
      const zero = zeroOf(below.element);
      return () => Array.from({ length: below.length }, zero);
    }
    default:
      return () => null;
  }
}

/** Copies structures and arrays; null if values of the type are shared as they are. */
export function copierOf(type: Type): ((value: Value) => Value) | null {
  const below = under(type);
  if (below.kind === 'struct') {
    const fields = below.fields.map((field) => copierOf(field.type));
    const isFlat = fields.every((one) => one === null);
    return (value) => (isFlat ? (value as Value[]).slice() : (value as Value[]).map((one, index) => fields[index]?.(one) ?? one));
  }
  if (below.kind !== 'array') return null;
  const element = copierOf(below.element);
  return (value) => (element === null ? (value as Value[]).slice() : (value as Value[]).map(element));
}

/** Stores into a variable; a structure keeps its identity, since there may be pointers to its fields. */
export function storeInto(type: Type): (pointer: Pointer, value: Value) => void {
  if (copierOf(type) === null)
    return (pointer, value) => {
      pointer.v = value;
    };
  const fill = fillOf(type);
  return (pointer, value) => {
    if (Array.isArray(pointer.v)) fill(pointer.v, value as Value[]);
    else pointer.v = value;
  };
}

function fillOf(type: Type): (to: Value[], from: readonly Value[]) => void {
  const below = under(type);
  const inner = (of: Type): ((to: Value[], from: readonly Value[]) => void) | null => (copierOf(of) === null ? null : fillOf(of));
  const parts = below.kind === 'struct' ? below.fields.map((field) => inner(field.type)) : [];
  const each = below.kind === 'array' ? inner(below.element) : null;
  return (to, from) => {
    if (to === from) return;
    for (let index = 0; index < from.length; index += 1) {
      const fill = parts[index] ?? each;
      if (fill) fill(to[index] as Value[], from[index] as Value[]);
      else to[index] = from[index];
    }
  };
}

/** Equality of two values of one type. */
export function equalOf(type: Type): (a: Value, b: Value) => boolean {
  const below = under(type);
  switch (below.kind) {
    case 'interface':
      return equalBoxed;
    case 'pointer':
      return samePlace;
    case 'struct': {
      const fields = below.fields.map((field) => equalOf(field.type));
      return (a, b) => fields.every((equal, index) => equal((a as Value[])[index], (b as Value[])[index]));
    }
    case 'array': {
      const element = equalOf(below.element);
      return (a, b) => (a as Value[]).every((one, index) => element(one, (b as Value[])[index]));
    }
    default:
      return (a, b) => a === b;
  }
}

const samePlace = (a: Value, b: Value): boolean =>
  a === b || (a instanceof Place && b instanceof Place && a.of === b.of && a.index === b.index);

/** A type in an interface that cannot be compared. */
export class Incomparable extends Error {
  override readonly name = 'Incomparable';
  readonly type: Type;

  constructor(type: Type) {
    super('incomparable');
    this.type = type;
  }
}

function equalBoxed(a: Value, b: Value): boolean {
  if (!(a instanceof Boxed) || !(b instanceof Boxed)) return a === b;
  if (a.type.key !== b.type.key) return false;
  if (['slice', 'map', 'func'].includes(under(a.type).kind)) throw new Incomparable(a.type);
  return equalOf(a.type)(a.value, b.value);
}

const identities = new WeakMap<object, number>();
let identityCount = 0;
/** A number for an object, the same each time. */
function identityOf(value: object): number {
  const known = identities.get(value);
  if (known !== undefined) return known;
  identityCount += 1;
  identities.set(value, identityCount);
  return identityCount;
}

/** What a key of a map is kept by. */
export function keyOf(type: Type): (value: Value) => Value {
  const below = under(type);
  if (below.kind === 'basic') return below.sort === 'float' ? (value) => (value === 0 ? 0 : value) : (value) => value;
  return (value) => keyText(type, value);
}

function keyText(type: Type, value: Value): string {
  const below = under(type);
  if (below.kind === 'interface') {
    if (!(value instanceof Boxed)) return 'nil';
    if (['slice', 'map', 'func'].includes(under(value.type).kind)) throw new Incomparable(value.type);
    return `${value.type.key}:${keyText(value.type, value.value)}`;
  }
  if (below.kind === 'struct') return JSON.stringify(below.fields.map((field, index) => keyText(field.type, (value as Value[])[index])));
  if (below.kind === 'array') return JSON.stringify((value as Value[]).map((one) => keyText(below.element, one)));
  if (value instanceof Place) return `${identityOf(value.of)}.${value.index}`;
  return typeof value === 'object' && value !== null ? `${identityOf(value)}` : String(value);
}
