/** `Object` and `Reflect`. */

import { listSteps } from '../compile/iteration.ts';
import { lengthOf, toKey, toObject, toText, truthy } from '../runtime/convert.ts';
import { call, construct } from '../runtime/functions.ts';
import {
  arrayOf,
  asObject,
  define,
  enumerableKeys,
  get,
  getter,
  has,
  hasOwn,
  isEnumerable,
  keysOf,
  member,
  objectOf,
  own,
  prototypeOfObject,
  remove,
  set,
} from '../runtime/objects.ts';
import { fromDescriptor, toDescriptor } from '../runtime/objects-of-proxies.ts';
import { andThen } from '../runtime/steps.ts';
import { constructorName } from '../runtime/traces.ts';
import { isCallable, isObject, JsObject, type Key, Property, type Result, SYMBOLS, type Value } from '../runtime/values.ts';
import { intrinsics, realm } from '../runtime/vm.ts';
import { accessor, got, makeClass, methods, stepsMethods, tag } from './define.ts';

export function setUpObject(): void {
  const proto = intrinsics().object;
  const object = makeClass({ name: 'Object', length: 1, prototype: proto }, ([value], _, newTarget) =>
    value === undefined || value === null || (newTarget && newTarget.fn?.name !== 'Object')
      ? new JsObject(newTarget && newTarget !== object ? protoFrom(newTarget) : proto)
      : toObject(value),
  );
  prototypeMethods(proto);
  lists(object);
  entryLists(object);
  integrity(object);
  reflect();
}

const protoFrom = (newTarget: JsObject): JsObject => {
  const found = get(newTarget, 'prototype');
  return isObject(found) ? found : intrinsics().object;
};

const KINDS: Readonly<Record<string, string>> = { error: 'Error', date: 'Date', regexp: 'RegExp', arguments: 'Arguments' };

function objectTag(self: Value): string {
  if (self === undefined) return 'Undefined';
  if (self === null) return 'Null';
  const own = member(self, SYMBOLS.toStringTag);
  if (typeof own === 'string') return own;
  const object = toObject(self);
  if (object.items !== null) return 'Array';
  if (object.fn !== null) return 'Function';
  const { inner } = object;
  if (inner?.kind === 'primitive') return constructorName(object);
  return (inner && KINDS[inner.kind]) ?? 'Object';
}

function prototypeMethods(proto: JsObject): void {
  methods(proto, {
    hasOwnProperty: [1, ([key], self) => hasOwn(toObject(self), toKey(key))],
    isPrototypeOf: [
      1,
      ([value], self) => {
        if (!isObject(value)) return false;
        for (let at = prototypeOfObject(value); at !== null; at = prototypeOfObject(at)) if (at === self) return true;
        return false;
      },
    ],
    propertyIsEnumerable: [1, ([key], self) => isEnumerable(toObject(self), toKey(key))],
    toString: [0, (_, self) => `[object ${objectTag(self)}]`],
    toLocaleString: [0, (_, self) => andThen(member(self, 'toString'), (fn) => call(fn, self, []))],
    valueOf: [0, (_, self) => toObject(self)],
    __defineGetter__: [
      2,
      ([key, fn], self) => {
        getter(asObject(self, '__defineGetter__'), toKey(key), asObject(fn, '__defineGetter__'));
        return undefined;
      },
    ],
  });
  accessor(
    proto,
    '__proto__',
    (self) => (self === undefined || self === null ? undefined : prototypeOfObject(toObject(self))),
    (self, value) => {
      if (isObject(self) && (isObject(value) || value === null)) self.proto = value;
      return undefined;
    },
  );
}

function defineFrom(object: JsObject, key: Key, descriptor: Value): void {
  if (!isObject(descriptor)) throw realm().typeError(`Property description must be an object: ${realm().show(descriptor)}`);
  if (!define(object, key, toDescriptor(descriptor, own(object, key))))
    throw realm().typeError(
      own(object, key) === undefined
        ? `Cannot define property ${typeof key === 'string' ? key : 'Symbol()'}, object is not extensible`
        : `Cannot redefine property: ${typeof key === 'string' ? key : 'Symbol()'}`,
    );
}

function lists(object: JsObject): void {
  methods(object, {
    keys: [1, ([value]) => arrayOf(enumerableKeys(toObject(value)))],
    getOwnPropertyNames: [1, ([value]) => arrayOf(keysOf(toObject(value)).filter((key) => typeof key === 'string'))],
    getOwnPropertySymbols: [1, ([value]) => arrayOf(keysOf(toObject(value)).filter((key) => typeof key !== 'string'))],
    getPrototypeOf: [1, ([value]) => prototypeOfObject(toObject(value))],
    setPrototypeOf: [
      2,
      ([value, proto]) => {
        if (!isObject(proto) && proto !== null)
          throw realm().typeError(`Object prototype may only be an Object or null: ${realm().show(proto)}`);
        if (isObject(value)) value.proto = proto;
        return value;
      },
    ],
    create: [
      2,
      ([proto, descriptors]) => {
        if (!isObject(proto) && proto !== null)
          throw realm().typeError(`Object prototype may only be an Object or null: ${realm().show(proto)}`);
        const made = new JsObject(proto);
        if (isObject(descriptors)) for (const key of enumerableKeys(descriptors)) defineFrom(made, key, get(descriptors, key) as Value);
        return made;
      },
    ],
    defineProperty: [
      3,
      ([value, key, descriptor]) => {
        defineFrom(asObject(value, 'Object.defineProperty'), toKey(key), descriptor);
        return value;
      },
    ],
    defineProperties: [
      2,
      ([value, descriptors]) => {
        if (isObject(value) && isObject(descriptors))
          for (const key of keysOf(descriptors)) defineFrom(value, key, get(descriptors, key) as Value);
        return value;
      },
    ],
    getOwnPropertyDescriptor: [
      2,
      ([value, key]) => {
        const found = own(toObject(value), toKey(key));
        return found && fromDescriptor(found);
      },
    ],
    getOwnPropertyDescriptors: [
      1,
      ([value]) => {
        const from = toObject(value);
        return objectOf(
          keysOf(from).flatMap((key) => {
            const found = own(from, key);
            return found ? [[key, fromDescriptor(found)] as const] : [];
          }),
        );
      },
    ],
    is: [2, ([a, b]) => Object.is(a, b)],
    hasOwn: [2, ([value, key]) => hasOwn(toObject(value), toKey(key))],
  });
}

function entryLists(object: JsObject): void {
  stepsMethods(object, {
    *values([value]) {
      const from = toObject(value);
      const found: Value[] = [];
      for (const key of enumerableKeys(from)) found.push(yield* got(get(from, key)));
      return arrayOf(found);
    },
    *entries([value]) {
      const from = toObject(value);
      const found: Value[] = [];
      for (const key of enumerableKeys(from)) found.push(arrayOf([key, yield* got(get(from, key))]));
      return arrayOf(found);
    },
    *assign([target, ...sources]) {
      const into = toObject(target);
      for (const source of sources) {
        if (source === undefined || source === null) continue;
        const from = toObject(source);
        for (const key of keysOf(from)) if (isEnumerable(from, key)) yield* got(set(into, key, yield* got(get(from, key))) as Result);
      }
      return into;
    },
    *fromEntries([entries]) {
      const made = objectOf();
      for (const entry of yield* listSteps(entries, () => `${realm().show(entries)} is not iterable`)) {
        if (!isObject(entry)) throw realm().typeError(`Iterator value ${realm().show(entry)} is not an entry object`);
        made.props.set(toKey(yield* got(get(entry, '0'))), yield* got(get(entry, '1')));
      }
      return made;
    },
    *groupBy([values, fn]) {
      const made = new JsObject(null);
      let index = 0;
      for (const value of yield* listSteps(values, () => `${realm().show(values)} is not iterable`)) {
        const key = toKey(yield* got(call(fn, undefined, [value, index])));
        index += 1;
        const group = made.props.get(key);
        if (isObject(group)) group.items?.push(value);
        else made.props.set(key, arrayOf([value]));
      }
      return made;
    },
  });
}

function freeze(object: JsObject, isFrozen: boolean): void {
  object.extensible = false;
  if (object.items !== null && isFrozen) object.frozen = true;
  for (const key of keysOf(object)) {
    if (object.items !== null && typeof key === 'string' && (key === 'length' || /^\d+$/.test(key))) continue;
    const found = own(object, key);
    if (found === undefined) continue;
    found.configurable = false;
    if (isFrozen && !found.isAccessor) found.writable = false;
    object.props.set(key, found);
  }
  if (isFrozen) object.frozen = true;
}

const isSealed = (object: JsObject, isFrozen: boolean): boolean =>
  !object.extensible &&
  (object.items === null || object.items.length === 0 || object.frozen || !isFrozen) &&
  [...object.props.values()].every((one) => one instanceof Property && !one.configurable && (!isFrozen || one.isAccessor || !one.writable));

function integrity(object: JsObject): void {
  methods(object, {
    freeze: [
      1,
      ([value]) => {
        if (isObject(value)) freeze(value, true);
        return value;
      },
    ],
    seal: [
      1,
      ([value]) => {
        if (isObject(value)) freeze(value, false);
        return value;
      },
    ],
    preventExtensions: [
      1,
      ([value]) => {
        if (isObject(value)) value.extensible = false;
        return value;
      },
    ],
    isFrozen: [1, ([value]) => !isObject(value) || isSealed(value, true)],
    isSealed: [1, ([value]) => !isObject(value) || isSealed(value, false)],
    isExtensible: [1, ([value]) => isObject(value) && value.extensible],
  });
}

function reflect(): void {
  const made = objectOf();
  tag(made, SYMBOLS.toStringTag, 'Reflect');
  realm().global.props.set('Reflect', new Property({ value: made, writable: true, configurable: true }));
  const target = (value: Value, name: string): JsObject => asObject(value, `Reflect.${name}`);
  const list = (value: Value): Value[] => {
    const from = asObject(value, 'CreateListFromArrayLike');
    return Array.from({ length: lengthOf(from) }, (_, index) => get(from, String(index)) as Value);
  };
  methods(made, {
    get: [2, ([object, key, receiver = object]) => get(target(object, 'get'), toKey(key), receiver)],
    set: [3, ([object, key, value, receiver = object]) => set(target(object, 'set'), toKey(key), value, receiver) as Result],
    has: [2, ([object, key]) => has(target(object, 'has'), toKey(key))],
    deleteProperty: [2, ([object, key]) => remove(target(object, 'deleteProperty'), toKey(key))],
    ownKeys: [1, ([object]) => arrayOf(keysOf(target(object, 'ownKeys')))],
    getPrototypeOf: [1, ([object]) => prototypeOfObject(target(object, 'getPrototypeOf'))],
    setPrototypeOf: [
      2,
      ([object, proto]) => {
        target(object, 'setPrototypeOf').proto = isObject(proto) ? proto : null;
        return true;
      },
    ],
    apply: [3, ([fn, self, args]) => call(fn, self, list(args))],
    construct: [2, ([fn, args, newTarget]) => construct(fn, list(args), isCallable(newTarget) ? newTarget : undefined)],
    defineProperty: [
      3,
      ([object, key, descriptor]) => {
        const of = target(object, 'defineProperty');
        return isObject(descriptor) && define(of, toKey(key), toDescriptor(descriptor, own(of, toKey(key))));
      },
    ],
    getOwnPropertyDescriptor: [
      2,
      ([object, key]) => {
        const found = own(target(object, 'getOwnPropertyDescriptor'), toKey(key));
        return found && fromDescriptor(found);
      },
    ],
    isExtensible: [1, ([object]) => target(object, 'isExtensible').extensible],
    preventExtensions: [
      1,
      ([object]) => {
        target(object, 'preventExtensions').extensible = false;
        return true;
      },
    ],
  });
}

export const textOfKey = (value: Value): string => toText(value);
export const isTrue = truthy;
