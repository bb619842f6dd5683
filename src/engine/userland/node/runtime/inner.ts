/** What objects of the built-in kinds hold beside their properties. */

import type { GeneratorState } from './generators.ts';
import type { PromiseState } from './promises.ts';
import type { JsObject, JsSymbol, Value } from './values.ts';

/** Where an error came to be: for its text, and for the line that is shown when nobody catches it. */
export interface ErrorPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly source: string;
  /** Characters that are marked below the line: one, if it does not say. */
  readonly width?: number;
  /** Nothing stands between it and the message. */
  readonly isTight?: boolean;
}

export type TypedKind =
  | 'Uint8Array'
  | 'Uint8ClampedArray'
  | 'Int8Array'
  | 'Uint16Array'
  | 'Int16Array'
  | 'Uint32Array'
  | 'Int32Array'
  | 'Float32Array'
  | 'Float64Array'
  | 'BigInt64Array'
  | 'BigUint64Array';
export type HostTyped =
  | Uint8Array
  | Uint8ClampedArray
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** Entries in the order they came; deleted ones leave a gap, so that whoever walks through goes on where it was. */
export interface Table {
  readonly index: Map<unknown, number>;
  entries: ([key: Value, value: Value] | null)[];
}

export type Inner =
  | { readonly kind: 'error'; place: ErrorPlace | null }
  | { readonly kind: 'primitive'; readonly value: Exclude<Value, null | undefined | JsObject> }
  | { readonly kind: 'date'; ms: number }
  | { readonly kind: 'regexp'; readonly regexp: RegExp; readonly source: string; readonly flags: string }
  | { readonly kind: 'map' | 'set'; readonly table: Table }
  | { readonly kind: 'weakmap' | 'weakset'; readonly map: WeakMap<JsObject | JsSymbol, Value> }
  | { readonly kind: 'weakref'; readonly target: Value }
  | { readonly kind: 'promise'; readonly promise: PromiseState }
  | { readonly kind: 'generator'; readonly generator: GeneratorState }
  | {
      readonly kind: 'iterator';
      readonly next: () => Value | undefined;
      isOver: boolean;
      readonly tag: string;
      readonly preview?: () => Value[];
    }
  | { readonly kind: 'buffer'; readonly bytes: ArrayBuffer; readonly isShared: boolean }
  | { readonly kind: 'typed'; readonly type: TypedKind; readonly view: HostTyped; readonly buffer: JsObject }
  | { readonly kind: 'view'; readonly view: DataView; readonly buffer: JsObject }
  | { readonly kind: 'proxy'; target: JsObject | null; handler: JsObject | null }
  | { readonly kind: 'arguments' }
  | { readonly kind: 'namespace'; readonly names: readonly string[] }
  /** What belongs to a library module: a handle on something of the machine. */
  | { readonly kind: 'host'; readonly held: unknown };
