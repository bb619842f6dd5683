/**
 * What a script's values are: JavaScript's own primitives, and objects of one kind with what is special about each in `inner`. Nothing of
 * the host is ever a value of the script.
 */
import type { FunctionInfo } from './functions.ts';
import type { Inner } from './inner.ts';
import type { SourceFile } from './vm.ts';

/** A symbol of the script. */
export class JsSymbol {
  readonly description: string | undefined;

  constructor(description: string | undefined) {
    this.description = description;
  }
}

export type Key = string | JsSymbol;
export type Value = undefined | null | boolean | number | bigint | string | JsSymbol | JsObject;

/** Something has to be waited for: what comes then is held by `steps.ts`. */
export const PENDING: unique symbol = Symbol('pending');
export type Result = Value | typeof PENDING;
/** A variable before its declaration was reached; an element of an array that is not there. */
export const UNSET: unique symbol = Symbol('unset');
export type Slot = Value | typeof UNSET;

/** A property that is more than an ordinary value. */
export class Property {
  value: Value;
  get: JsObject | undefined;
  set: JsObject | undefined;
  readonly isAccessor: boolean;
  writable: boolean;
  enumerable: boolean;
  configurable: boolean;

  constructor(init: {
    value?: Value;
    get?: JsObject | undefined;
    set?: JsObject | undefined;
    writable?: boolean;
    enumerable?: boolean;
    configurable?: boolean;
  }) {
    this.value = init.value;
    this.get = init.get;
    this.set = init.set;
    this.isAccessor = 'get' in init || 'set' in init;
    this.writable = init.writable ?? false;
    this.enumerable = init.enumerable ?? false;
    this.configurable = init.configurable ?? false;
  }
}

/** How an object answers that is not an ordinary one (a proxy, a typed array, the environment). Undefined: as ordinary ones. */
export interface Exotic {
  own?(object: JsObject, key: Key): Property | undefined | typeof PASS;
  define?(object: JsObject, key: Key, property: Property): boolean | typeof PASS;
  /** A plain assignment to this very object. */
  assign?(object: JsObject, key: Key, value: Value): Result | typeof PASS;
  remove?(object: JsObject, key: Key): boolean | typeof PASS;
  keys?(object: JsObject): Key[];
}
/** The ordinary way. */
export const PASS: unique symbol = Symbol('pass');

/** Memory that was taken since it was last told to the kernel. */
export const heap = { bytes: 0 };
const OBJECT_BYTES = 56;

export class JsObject {
  proto: JsObject | null;
  props: Map<Key, Value | Property>;
  /** The elements, if it is an array. */
  items: Slot[] | null = null;
  /** What a call of it runs, if it is a function. */
  fn: FunctionInfo | null = null;
  inner: Inner | null = null;
  exotic: Exotic | null = null;
  extensible = true;
  /** Elements and properties may no longer change. */
  frozen = false;

  constructor(proto: JsObject | null) {
    this.proto = proto;
    this.props = new Map();
    heap.bytes += OBJECT_BYTES;
  }
}

export const isObject = (value: unknown): value is JsObject => value instanceof JsObject;
export const isCallable = (value: unknown): value is JsObject => value instanceof JsObject && value.fn !== null;

/** What a script throws, on its way through the interpreter. */
export class Thrown {
  readonly value: Value;
  /** Where a script's `throw` stands. */
  readonly from: { readonly file: SourceFile; readonly at: number } | null;

  constructor(value: Value, from: { readonly file: SourceFile; readonly at: number } | null = null) {
    this.value = value;
    this.from = from;
  }
}

const symbol = (name: string): JsSymbol => new JsSymbol(`Symbol.${name}`);
/** Symbols that the language itself looks for. */
export const SYMBOLS = {
  iterator: symbol('iterator'),
  asyncIterator: symbol('asyncIterator'),
  hasInstance: symbol('hasInstance'),
  toPrimitive: symbol('toPrimitive'),
  toStringTag: symbol('toStringTag'),
  species: symbol('species'),
  isConcatSpreadable: symbol('isConcatSpreadable'),
  unscopables: symbol('unscopables'),
  match: symbol('match'),
  matchAll: symbol('matchAll'),
  replace: symbol('replace'),
  search: symbol('search'),
  split: symbol('split'),
  dispose: symbol('dispose'),
  asyncDispose: symbol('asyncDispose'),
} as const;
/** `util.inspect.custom` and `util.promisify.custom`: of the registry of `Symbol.for`. */
export const INSPECT = new JsSymbol('nodejs.util.inspect.custom');
export const PROMISIFY = new JsSymbol('nodejs.util.promisify.custom');
