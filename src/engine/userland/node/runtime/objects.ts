/** Properties of objects: looked up, set, defined, listed. */
import { arrayIndex } from './convert.ts';
import { call, ready } from './functions.ts';
import { proxyDefine, proxyDelete, proxyGet, proxyHas, proxyKeys, proxyOwn, proxyPrototype, proxySet } from './proxies.ts';
import {
  isObject,
  JsObject,
  JsSymbol,
  type Key,
  PASS,
  PENDING,
  Property,
  type Result,
  type Slot,
  SYMBOLS,
  UNSET,
  type Value,
} from './values.ts';
import { intrinsics, realm } from './vm.ts';

type Stored = Value | Property | typeof UNSET;

/** What an object itself has under a key: a value that is an ordinary property's, or all about the property. */
export function stored(object: JsObject, key: Key): Stored {
  if (object.fn !== null && !object.fn.isReady) ready(object);
  if (object.exotic?.own) {
    const found = object.exotic.own(object, key);
    if (found !== PASS) return found ?? UNSET;
  }
  if (object.items !== null && typeof key === 'string') {
    if (key === 'length') return new Property({ value: object.items.length, writable: !object.frozen });
    const index = arrayIndex(key);
    if (index >= 0) {
      const item: Slot = index < object.items.length ? (object.items[index] as Slot) : UNSET;
      return object.frozen && item !== UNSET ? new Property({ value: item, enumerable: true }) : item;
    }
  }
  const value = object.props.get(key);
  return value !== undefined || object.props.has(key) ? value : UNSET;
}

export const isProxy = (object: JsObject): boolean => object.inner !== null && object.inner.kind === 'proxy';

/** A property of an object or of what it inherits from. */
export function get(object: JsObject, key: Key, receiver: Value = object): Result {
  for (let at: JsObject | null = object; at !== null; at = at.proto) {
    if (at.inner !== null && at.inner.kind === 'proxy') return proxyGet(at, key, receiver);
    const found = stored(at, key);
    if (found === UNSET) continue;
    if (!(found instanceof Property)) return found;
    if (!found.isAccessor) return found.value;
    return found.get === undefined ? undefined : call(found.get, receiver, []);
  }
  return undefined;
}

/** The object on which a primitive's members are found. */
export function protoOf(value: Value): JsObject {
  const own = intrinsics();
  switch (typeof value) {
    case 'string':
      return own.string;
    case 'number':
      return own.number;
    case 'boolean':
      return own.boolean;
    case 'bigint':
      return own.bigint;
    default:
      return value instanceof JsSymbol ? own.symbol : own.object;
  }
}

/** `value[key]` */
export function member(value: Value, key: Key): Result {
  if (value instanceof JsObject) return get(value, key, value);
  if (typeof value === 'string' && typeof key === 'string') {
    if (key === 'length') return value.length;
    const index = arrayIndex(key);
    if (index >= 0 && index < value.length) return value.charAt(index);
  }
  if (value === null && key === SYMBOLS.iterator)
    throw realm().typeError('object null is not iterable (cannot read property Symbol(Symbol.iterator))');
  if (value === undefined || value === null) throw realm().typeError(`Cannot read properties of ${value} (reading '${keyText(key)}')`);
  return get(protoOf(value), key, value);
}

export const keyText = (key: Key): string => (key instanceof JsSymbol ? `Symbol(${key.description ?? ''})` : key);

/** Sets a property as an assignment does: false if that is not allowed. */
export function set(object: JsObject, key: Key, value: Value, receiver: Value = object): boolean | typeof PENDING {
  if (object.exotic?.assign && receiver === object) {
    const done = object.exotic.assign(object, key, value);
    if (done !== PASS) return done as boolean;
  }
  for (let at: JsObject | null = object; at !== null; at = at.proto) {
    if (at.inner !== null && at.inner.kind === 'proxy') return proxySet(at, key, value, receiver);
    const found = stored(at, key);
    if (found === UNSET) continue;
    if (!(found instanceof Property)) break;
    if (found.isAccessor) {
      if (found.set === undefined) return false;
      const done = call(found.set, receiver, [value]);
      return done === PENDING ? PENDING : true;
    }
    if (!found.writable) return false;
    if (at === object && receiver === object && object.items === null && object.exotic === null) {
      found.value = value;
      return true;
    }
    break;
  }
  return receiver instanceof JsObject && setOwn(receiver, key, value);
}

function setOwn(object: JsObject, key: Key, value: Value): boolean {
  if (isProxy(object)) return define(object, key, new Property({ value, writable: true, enumerable: true, configurable: true }));
  if (object.items !== null && typeof key === 'string') {
    const index = arrayIndex(key);
    if (index >= 0) return setItem(object, index, value);
    if (key === 'length') return setLength(object, value);
  }
  const current = stored(object, key);
  if (current instanceof Property) {
    if (current.isAccessor || !current.writable) return false;
    if (object.exotic === null) {
      current.value = value;
      return true;
    }
  }
  if (object.exotic !== null) return define(object, key, new Property({ value, writable: true, enumerable: true, configurable: true }));
  if (current === UNSET && !object.extensible) return false;
  object.props.set(key, value);
  return true;
}

/** Arrays with larger holes are not what anybody means. */
const MAX_HOLE = 50_000_000;

export function setItem(object: JsObject, index: number, value: Value): boolean {
  const { items } = object;
  if (items === null || object.frozen) return false;
  if (index >= items.length) {
    if (!object.extensible) return false;
    if (index > items.length + MAX_HOLE) throw realm().rangeError('This model has no arrays with so large a gap');
    realm().memory.take((index + 1 - items.length) * 8);
    while (items.length < index) items.push(UNSET);
    items.push(value);
  } else {
    if (!object.extensible && items[index] === UNSET) return false;
    items[index] = value;
  }
  return true;
}

export function setLength(object: JsObject, value: Value): boolean {
  const { items } = object;
  const length = Number(value);
  if (items === null || object.frozen) return false;
  if (!Number.isInteger(length) || length < 0 || length > 2 ** 32 - 1) throw realm().rangeError('Invalid array length');
  if (length > items.length + MAX_HOLE) throw realm().rangeError('This model has no arrays with so large a gap');
  if (length > items.length) realm().memory.take((length - items.length) * 8);
  while (items.length < length) items.push(UNSET);
  items.length = length;
  return true;
}

/** All about a property that an object itself has. */
export function own(object: JsObject, key: Key): Property | undefined {
  if (isProxy(object)) return proxyOwn(object, key);
  const found = stored(object, key);
  if (found === UNSET) return undefined;
  return found instanceof Property ? found : new Property({ value: found, writable: true, enumerable: true, configurable: true });
}

export function has(object: JsObject, key: Key): boolean {
  for (let at: JsObject | null = object; at !== null; at = at.proto) {
    if (isProxy(at)) return proxyHas(at, key);
    if (stored(at, key) !== UNSET) return true;
  }
  return false;
}
export const hasOwn = (object: JsObject, key: Key): boolean =>
  isProxy(object) ? own(object, key) !== undefined : stored(object, key) !== UNSET;

/** Defines a property with all its attributes; false if what is there forbids it. */
export function define(object: JsObject, key: Key, property: Property): boolean {
  if (isProxy(object)) return proxyDefine(object, key, property);
  if (object.exotic?.define) {
    const done = object.exotic.define(object, key, property);
    if (done !== PASS) return done;
  }
  const current = own(object, key);
  if (current === undefined && !object.extensible) return false;
  if (current && !current.configurable && !mayChange(current, property)) return false;
  if (object.items !== null && typeof key === 'string' && !property.isAccessor) {
    const index = arrayIndex(key);
    if (index >= 0) return setItem(object, index, property.value);
    if (key === 'length') return setLength(object, property.value);
  }
  const isPlain = !property.isAccessor && property.writable && property.enumerable && property.configurable;
  object.props.set(key, isPlain ? property.value : property);
  return true;
}

function mayChange(current: Property, next: Property): boolean {
  if (next.configurable || next.enumerable !== current.enumerable || next.isAccessor !== current.isAccessor) return false;
  if (current.isAccessor) return next.get === current.get && next.set === current.set;
  return current.writable || (!next.writable && Object.is(next.value, current.value));
}

/** False if it may not be removed. */
export function remove(object: JsObject, key: Key): boolean {
  if (isProxy(object)) return proxyDelete(object, key);
  if (object.exotic?.remove) {
    const done = object.exotic.remove(object, key);
    if (done !== PASS) return done;
  }
  const found = stored(object, key);
  if (found === UNSET) return true;
  if (found instanceof Property && !found.configurable) return false;
  if (object.items !== null && typeof key === 'string') {
    const index = arrayIndex(key);
    if (index >= 0) {
      object.items[index] = UNSET;
      return true;
    }
  }
  return object.props.delete(key);
}

/** Keys in the language's order: numbers, then texts, then symbols. */
export function keysOf(object: JsObject): Key[] {
  if (isProxy(object)) return proxyKeys(object);
  if (object.fn !== null && !object.fn.isReady) ready(object);
  const numbers: string[] = [];
  const texts: Key[] = [];
  const symbols: Key[] = [];
  for (const key of object.exotic?.keys?.(object) ?? []) texts.push(key);
  if (object.items !== null) {
    for (let index = 0; index < object.items.length; index += 1) if (object.items[index] !== UNSET) texts.push(String(index));
    texts.push('length');
  }
  for (const key of object.props.keys())
    if (typeof key !== 'string') symbols.push(key);
    else if (arrayIndex(key) >= 0) numbers.push(key);
    else texts.push(key);
  if (numbers.length > 1) numbers.sort((a, b) => Number(a) - Number(b));
  return numbers.length > 0 || symbols.length > 0 ? [...numbers, ...texts, ...symbols] : texts;
}

/** What `Object.keys` lists. */
export const enumerableKeys = (object: JsObject): string[] =>
  keysOf(object).filter((key): key is string => typeof key === 'string' && isEnumerable(object, key));

export function isEnumerable(object: JsObject, key: Key): boolean {
  if (isProxy(object)) return own(object, key)?.enumerable === true;
  if (object.items !== null && key === 'length') return false;
  const found = stored(object, key);
  return found !== UNSET && (!(found instanceof Property) || found.enumerable);
}

export const prototypeOfObject = (object: JsObject): JsObject | null => (isProxy(object) ? proxyPrototype(object) : object.proto);

/** An ordinary object with these properties. */
export function objectOf(entries: Iterable<readonly [Key, Value]> = []): JsObject {
  const object = new JsObject(intrinsics().object);
  for (const [key, value] of entries) object.props.set(key, value);
  return object;
}
export const recordOf = (record: Readonly<Record<string, Value>>): JsObject => objectOf(Object.entries(record));

export function arrayOf(items: Slot[]): JsObject {
  const array = new JsObject(intrinsics().array);
  array.items = items;
  return array;
}

/** A property that `for…in` passes over, as methods are. */
export const hide = (object: JsObject, key: Key, value: Value): void => {
  object.props.set(key, new Property({ value, writable: true, configurable: true }));
};
export const getter = (object: JsObject, key: Key, get: JsObject, set?: JsObject): void => {
  object.props.set(key, new Property({ get, set, configurable: true }));
};
export const asObject = (value: Value, what: string): JsObject => {
  if (isObject(value)) return value;
  throw realm().typeError(`${what} called on non-object`);
};
