/** `ArrayBuffer`, typed arrays, `DataView`. */

import { listSteps } from '../compile/iteration.ts';
import { arrayIndex, toInteger, toNumber, truthy } from '../runtime/convert.ts';
import { call, native, prototypeOf } from '../runtime/functions.ts';
import type { HostTyped, TypedKind } from '../runtime/inner.ts';
import { get, hide } from '../runtime/objects.ts';
import type { Steps } from '../runtime/steps.ts';
import { type Exotic, isCallable, isObject, JsObject, type Key, PASS, Property, SYMBOLS, UNSET, type Value } from '../runtime/values.ts';
import { insist, intrinsics, realm } from '../runtime/vm.ts';
import { itemsOf, relative } from './array.ts';
import { accessor, constant, got, makeClass, method, methods, stepsMethods } from './define.ts';
import { arrayIterator } from './iterators.ts';

const HOSTS = {
  Uint8Array,
  Uint8ClampedArray,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const;
export const TYPED_KINDS = Object.keys(HOSTS) as TypedKind[];
const MAX_BYTES = 4_294_967_296;

type Typed = Extract<NonNullable<JsObject['inner']>, { kind: 'typed' }>;
export const typedOf = (value: Value): Typed | null => (isObject(value) && value.inner?.kind === 'typed' ? value.inner : null);

/** Elements are properties. */
export const TYPED: Exotic = {
  own(object, key) {
    const inner = typedOf(object);
    const index = arrayIndex(key);
    if (inner === null || index < 0) return PASS;
    const value: unknown = inner.view[index];
    return value === undefined ? undefined : new Property({ value: value as Value, writable: true, enumerable: true, configurable: true });
  },
  assign(object, key, value) {
    const inner = typedOf(object);
    const index = arrayIndex(key);
    if (inner === null || index < 0) return PASS;
    (inner.view as Record<number, unknown>)[index] =
      inner.view instanceof BigInt64Array || inner.view instanceof BigUint64Array ? value : toNumber(value);
    return true;
  },
  define(object, key, property) {
    const inner = typedOf(object);
    const index = arrayIndex(key);
    if (inner === null || index < 0) {
      if (index < 0) object.props.set(key, property);
      return true;
    }
    (inner.view as Record<number, unknown>)[index] = property.value;
    return true;
  },
  keys: (object): Key[] => Array.from({ length: typedOf(object)?.view.length ?? 0 }, (_, index) => String(index)),
};

export function newBuffer(bytes: ArrayBuffer, proto: JsObject = intrinsics().buffer): JsObject {
  const made = new JsObject(proto);
  made.inner = { kind: 'buffer', bytes, isShared: false };
  return made;
}

function allocate(sizeBytes: number): ArrayBuffer {
  if (sizeBytes < 0 || !Number.isFinite(sizeBytes) || sizeBytes > MAX_BYTES) throw realm().rangeError('Array buffer allocation failed');
  realm().memory.take(sizeBytes);
  return new ArrayBuffer(sizeBytes);
}

/** A view of the host as an object of the script. */
export function newTyped(type: TypedKind, view: HostTyped, proto?: JsObject, buffer?: JsObject): JsObject {
  const made = new JsObject(proto ?? intrinsics()[type]);
  made.inner = { kind: 'typed', type, view, buffer: buffer ?? newBuffer(view.buffer as ArrayBuffer) };
  made.exotic = TYPED;
  return made;
}

export function setUpBuffers(): void {
  const proto = intrinsics().buffer;
  const buffer = makeClass({ name: 'ArrayBuffer', length: 1, prototype: proto }, ([size], _, newTarget) =>
    newBuffer(allocate(toInteger(size)), prototypeOf(newTarget, 'buffer')),
  );
  method(buffer, 'isView', 1, ([value]) => isObject(value) && (value.inner?.kind === 'typed' || value.inner?.kind === 'view'));
  const bytesOf = (self: Value): ArrayBuffer => {
    if (isObject(self) && self.inner?.kind === 'buffer') return self.inner.bytes;
    throw realm().typeError('Receiver is not an ArrayBuffer');
  };
  accessor(proto, 'byteLength', (self) => bytesOf(self).byteLength);
  method(proto, 'slice', 2, ([start, end], self) => {
    const bytes = bytesOf(self);
    return newBuffer(bytes.slice(relative(start, bytes.byteLength, 0), relative(end, bytes.byteLength, bytes.byteLength)));
  });
  hide(proto, SYMBOLS.toStringTag, 'ArrayBuffer');
  const shared = intrinsics().sharedBuffer;
  makeClass({ name: 'SharedArrayBuffer', length: 1, prototype: shared }, ([size]) => newBuffer(allocate(toInteger(size)), shared));
  accessor(shared, 'byteLength', (self) => bytesOf(self).byteLength);
  const typed = makeClass({ name: 'TypedArray', length: 0, prototype: intrinsics().typed, isGlobal: false }, () => {
    throw realm().typeError('Abstract class TypedArray not directly constructable');
  });
  shapes(intrinsics().typed);
  changes(intrinsics().typed);
  for (const type of TYPED_KINDS) typedConstructor(type, typed);
  setUpView();
}

function typedConstructor(type: TypedKind, parent: JsObject): void {
  const Host = HOSTS[type];
  const proto = intrinsics()[type];
  const made = makeClass({ name: type, length: 3, prototype: proto }, ([source, offset, length], _, newTarget) => {
    if (newTarget === undefined) throw realm().typeError(`Constructor ${type} requires 'new'`);
    return makeTyped(type, [source, offset, length], prototypeOf(newTarget, type));
  });
  made.proto = parent;
  for (const target of [made, proto]) constant(target, 'BYTES_PER_ELEMENT', Host.BYTES_PER_ELEMENT);
  const make = function* ([values, fn]: readonly Value[]): Steps {
    const list = yield* valuesOf(values);
    if (isCallable(fn)) for (const [at, one] of list.entries()) list[at] = yield* got(call(fn, undefined, [one, at]));
    return fromValues(type, list);
  };
  stepsMethods(made, { from: make });
  method(made, 'of', 0, (args) => fromValues(type, args));
}

function fromValues(type: TypedKind, values: readonly Value[], proto?: JsObject): JsObject {
  const Host = HOSTS[type] as unknown as new (buffer: ArrayBuffer) => HostTyped;
  const view = new Host(allocate(values.length * HOSTS[type].BYTES_PER_ELEMENT));
  for (const [at, value] of values.entries()) (view as Record<number, unknown>)[at] = type.startsWith('Big') ? value : toNumber(value);
  return newTyped(type, view, proto);
}

function* valuesOf(source: Value): Steps<Value[]> {
  if (isObject(source) && isCallable(yield* got(get(source, SYMBOLS.iterator)))) return yield* listSteps(source, () => 'not iterable');
  return itemsOf(source).map((one) => (one === UNSET ? undefined : one));
}

export function makeTyped(type: TypedKind, [source, offset, length]: readonly Value[], proto?: JsObject): JsObject {
  const Host = HOSTS[type] as unknown as new (buffer: ArrayBuffer, offset?: number, length?: number) => HostTyped;
  const size = HOSTS[type].BYTES_PER_ELEMENT;
  if (isObject(source) && source.inner?.kind === 'buffer') {
    const from = toInteger(offset);
    if (from % size !== 0) throw realm().rangeError(`start offset of ${type} should be a multiple of ${size}`);
    return newTyped(type, new Host(source.inner.bytes, from, length === undefined ? undefined : toInteger(length)), proto, source);
  }
  if (isObject(source)) {
    const values = typedOf(source) ? Array.from(typedOf(source)?.view as ArrayLike<number>) : insist(realm().runSteps(valuesOf(source)));
    return fromValues(type, values, proto);
  }
  const count = source === undefined ? 0 : toInteger(source);
  if (count < 0) throw realm().rangeError(`Invalid typed array length: ${count}`);
  return newTyped(type, new Host(allocate(count * size)), proto);
}

function own(self: Value): Typed {
  const found = typedOf(self);
  if (found === null) throw realm().typeError('this is not a typed array.');
  return found;
}

/** Methods of arrays that are the same for elements which are numbers. */
const SHARED = [
  'at',
  'includes',
  'indexOf',
  'lastIndexOf',
  'join',
  'forEach',
  'some',
  'every',
  'reduce',
  'reduceRight',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
];

function shapes(proto: JsObject): void {
  for (const name of SHARED) hide(proto, name, get(intrinsics().array, name) as Value);
  accessor(proto, 'length', (self) => own(self).view.length);
  accessor(proto, 'byteLength', (self) => own(self).view.byteLength);
  accessor(proto, 'byteOffset', (self) => own(self).view.byteOffset);
  accessor(proto, 'buffer', (self) => own(self).buffer);
  accessor(proto, SYMBOLS.toStringTag, (self) => typedOf(self)?.type);
  for (const [name, kind] of [
    ['keys', 'key'],
    ['entries', 'entry'],
    ['values', 'value'],
  ] as const)
    method(proto, name, 0, (_, self) => arrayIterator(self as JsObject, kind));
  hide(proto, SYMBOLS.iterator, get(proto, 'values') as Value);
  method(proto, 'toString', 0, (_, self) => own(self).view.join(','));
  const like = (self: Value, view: HostTyped): JsObject => newTyped(own(self).type, view, (self as JsObject).proto ?? undefined);
  methods(proto, {
    slice: [2, ([start, end], self) => like(self, own(self).view.slice(toInteger(start), end === undefined ? undefined : toInteger(end)))],
    subarray: [
      2,
      ([start, end], self) => {
        const { view, buffer, type } = own(self);
        return newTyped(
          type,
          view.subarray(toInteger(start), end === undefined ? undefined : toInteger(end)),
          (self as JsObject).proto ?? undefined,
          buffer,
        );
      },
    ],
    toReversed: [0, (_, self) => like(self, own(self).view.slice().reverse())],
  });
  stepsMethods(proto, {
    *map([fn, thisArg], self) {
      const { view } = own(self);
      const made = view.slice();
      for (let at = 0; at < view.length; at += 1)
        (made as Record<number, unknown>)[at] = toNumber(yield* got(call(fn, thisArg, [view[at] as Value, at, self])));
      return like(self, made);
    },
    *filter([fn, thisArg], self) {
      const { view, type } = own(self);
      const kept: Value[] = [];
      for (let at = 0; at < view.length; at += 1)
        if (truthy(yield* got(call(fn, thisArg, [view[at] as Value, at, self])))) kept.push(view[at] as Value);
      return fromValues(type, kept, (self as JsObject).proto ?? undefined);
    },
  });
}

function changes(proto: JsObject): void {
  methods(proto, {
    set: [
      1,
      ([source, offset], self) => {
        const { view } = own(self);
        const values = typedOf(source)?.view ?? itemsOf(source).map((one) => (typeof one === 'bigint' ? one : toNumber(one as Value)));
        const at = toInteger(offset);
        if (at < 0 || values.length + at > view.length) throw realm().rangeError('offset is out of bounds');
        (view as Uint8Array).set(values as Uint8Array, at);
        return undefined;
      },
    ],
    fill: [
      1,
      ([value, start, end], self) => {
        (own(self).view as Uint8Array).fill(
          typeof value === 'bigint' ? (value as never) : toNumber(value),
          toInteger(start),
          end === undefined ? undefined : toInteger(end),
        );
        return self;
      },
    ],
    reverse: [
      0,
      (_, self) => {
        own(self).view.reverse();
        return self;
      },
    ],
    copyWithin: [
      2,
      ([target, start, end], self) => {
        own(self).view.copyWithin(toInteger(target), toInteger(start), end === undefined ? undefined : toInteger(end));
        return self;
      },
    ],
  });
  stepsMethods(proto, {
    *sort([compare], self) {
      const { view } = own(self);
      if (compare === undefined) view.sort();
      else {
        const sorted = (yield* got(call(get(intrinsics().array, 'toSorted') as Value, self, [compare]))) as JsObject;
        (view as Uint8Array).set((sorted.items ?? []) as number[]);
      }
      return self;
    },
  });
}

const FIELDS = ['Int8', 'Uint8', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float32', 'Float64', 'BigInt64', 'BigUint64'] as const;

function setUpView(): void {
  const proto = intrinsics().view;
  makeClass({ name: 'DataView', length: 1, prototype: proto }, ([buffer, offset, length]) => {
    if (!isObject(buffer) || buffer.inner?.kind !== 'buffer')
      throw realm().typeError('First argument to DataView constructor must be an ArrayBuffer');
    const made = new JsObject(proto);
    made.inner = {
      kind: 'view',
      view: new DataView(buffer.inner.bytes, toInteger(offset), length === undefined ? undefined : toInteger(length)),
      buffer,
    };
    return made;
  });
  const view = (self: Value): DataView => {
    if (isObject(self) && self.inner?.kind === 'view') return self.inner.view;
    throw realm().typeError('Receiver is not a DataView');
  };
  const within = <T>(run: () => T): T => {
    try {
      return run();
    } catch (error) {
      if (error instanceof RangeError) throw realm().rangeError('Offset is outside the bounds of the DataView');
      throw error;
    }
  };
  for (const field of FIELDS) {
    method(proto, `get${field}`, 1, ([at, little], self) => within(() => view(self)[`get${field}`](toInteger(at), truthy(little))));
    method(proto, `set${field}`, 2, ([at, value, little], self) => {
      within(() =>
        (view(self)[`set${field}`] as (at: number, value: unknown, little: boolean) => void).call(
          view(self),
          toInteger(at),
          field.startsWith('Big') ? value : toNumber(value),
          truthy(little),
        ),
      );
      return undefined;
    });
  }
  accessor(proto, 'byteLength', (self) => view(self).byteLength);
  accessor(proto, 'byteOffset', (self) => view(self).byteOffset);
  accessor(proto, 'buffer', (self) =>
    (self as JsObject).inner?.kind === 'view' ? ((self as JsObject).inner as { buffer: JsObject }).buffer : undefined,
  );
  hide(proto, SYMBOLS.toStringTag, 'DataView');
}

export const plainFunction = native;
