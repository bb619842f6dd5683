/** `a.b`, `a[b]`, `a?.b`, `#b`, `super.b`: read and written. */
import type { AnyNode, MemberExpression, PrivateIdentifier } from 'acorn';
import { toKey } from '../runtime/convert.ts';
import { call } from '../runtime/functions.ts';
import { get, isProxy, keyText, member, protoOf, set, setItem } from '../runtime/objects.ts';
import { andThen } from '../runtime/steps.ts';
import { heap, isObject, JsObject, type Key, PENDING, Property, type Result, UNSET, type Value } from '../runtime/values.ts';
import { type Frame, realm, vm } from '../runtime/vm.ts';
import { type Context, type Expr, gather, map, stand } from './context.ts';
import { expression } from './expressions.ts';

/** What an optional chain gives that has broken off. */
export const SHORT = new JsObject(null);

/** A private member: a property whose key only the class knows. */
export interface PrivateName {
  readonly name: string;
  readonly isMethod: boolean;
}

/** Private members of objects. */
export const privateMembers = new WeakMap<JsObject, Map<object, Value | Property>>();

export function readMember(frame: Frame, object: Value, key: Key, at: number): Result {
  frame.at = at;
  vm.top = frame;
  if (object instanceof JsObject) return get(object, key, object);
  return member(object, key);
}

/** `object[key]` where the key is any value. */
export function readElement(frame: Frame, object: Value, key: Value, at: number): Result {
  if (typeof key === 'number') {
    if (object instanceof JsObject) {
      const { items } = object;
      if (items !== null && key >= 0 && key < items.length) {
        const item = items[key];
        if (item !== undefined && item !== UNSET) return item;
      } else if (object.inner !== null && object.inner.kind === 'typed') {
        const item: unknown = object.inner.view[key];
        if (item !== undefined) return item as Value;
      }
    } else if (typeof object === 'string' && key >= 0 && key < object.length && Number.isInteger(key)) return object.charAt(key);
  }
  stand(frame, at);
  if (object === undefined || object === null) return member(object, toKey(key));
  return readMember(frame, object, toKey(key), at);
}

export function writeMember(frame: Frame, target: { object: Value; key: Key; value: Value; at: number; strict: boolean }): Result {
  const { object, key, value, at, strict } = target;
  frame.at = at;
  vm.top = frame;
  if (!(object instanceof JsObject)) return writePrimitive(target);
  // Most assignments: an ordinary property that is there.
  if (object.exotic === null && object.items === null && object.fn === null && object.inner === null) {
    const known = object.props.get(key);
    if (known !== undefined && !(known instanceof Property)) {
      object.props.set(key, value);
      return value;
    }
  }
  heap.bytes += 8;
  const done = set(object, key, value);
  if (done === true) return value;
  if (done === PENDING) return andThen(done as Result, () => value);
  if (strict) throw realm().typeError(refusal(object, key));
  return value;
}

function refusal(object: JsObject, key: Key): string {
  const shown = keyText(key);
  for (let at: JsObject | null = object; at !== null && !isProxy(at); at = at.proto) {
    const found = at.props.get(key);
    if (found instanceof Property && found.isAccessor)
      return `Cannot set property ${shown} of ${realm().show(object)} which has only a getter`;
    if (found !== undefined || at.items !== null)
      if (found instanceof Property || object.frozen)
        return `Cannot assign to read only property '${shown}' of object '${object.items !== null ? '[object Array]' : realm().show(object)}'`;
  }
  return `Cannot add property ${shown}, object is not extensible`;
}

function writePrimitive({ object, key, value, strict }: { object: Value; key: Key; value: Value; strict: boolean }): Result {
  if (object === undefined || object === null) throw realm().typeError(`Cannot set properties of ${object} (setting '${keyText(key)}')`);
  if (strict)
    throw realm().typeError(
      `Cannot create property '${keyText(key)}' on ${typeof object} '${typeof object === 'object' ? '' : String(object)}'`,
    );
  return value;
}

export function writeElement(frame: Frame, target: { object: Value; key: Value; value: Value; at: number; strict: boolean }): Result {
  const { object, key, value } = target;
  if (typeof key === 'number' && object instanceof JsObject) {
    const { items } = object;
    if (items !== null && key >= 0 && Number.isInteger(key) && !object.frozen) {
      if (key < items.length && items[key] !== UNSET) {
        items[key] = value;
        return value;
      }
      heap.bytes += 8;
      if (setItem(object, key, value)) return value;
    }
  }
  stand(frame, target.at);
  if (object === undefined || object === null)
    throw realm().typeError(`Cannot set properties of ${object} (setting '${keyText(toKey(key))}')`);
  return writeMember(frame, { ...target, key: toKey(key) });
}

export const propertyAt = (node: MemberExpression): number => node.property.start;

/** The key of a member, if it is written as a name or a literal text. */
export function fixedKey(node: MemberExpression): string | null {
  if (!node.computed && node.property.type === 'Identifier') return node.property.name;
  if (node.property.type === 'Literal' && typeof node.property.value === 'string') return node.property.value;
  return null;
}

const superOf = (frame: Frame): JsObject => frame.top.fn?.fn?.home?.proto ?? realm().intrinsics.object;

export function thisOf(frame: Frame): Value {
  const { self } = frame.top;
  if (self === UNSET) {
    vm.top = frame;
    throw realm().referenceError(
      "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
    );
  }
  return self;
}

export function memberExpression(context: Context, node: MemberExpression): Expr {
  const at = propertyAt(node);
  if (node.property.type === 'PrivateIdentifier') return privateMember(context, node, node.property);
  if (node.object.type === 'Super') return superMember(context, node);
  const object = expression(context, node.object);
  const name = fixedKey(node);
  const isChained = node.optional || inChain(node.object);
  if (name !== null) {
    if (!isChained)
      return (frame) => {
        const value = object(frame);
        if (value === PENDING) return andThen(value as Result, (late) => readMember(frame, late as Value, name, at));
        frame.at = at;
        vm.top = frame;
        if (value instanceof JsObject) return get(value, name, value);
        return member(value, name);
      };
    return map(object, (value, frame) => {
      if (value === SHORT || (node.optional && (value === undefined || value === null))) return SHORT;
      return readMember(frame, value, name, at);
    });
  }
  const key = expression(context, node.property);
  if (isChained)
    return map(object, (value, frame) => {
      if (value === SHORT || (node.optional && (value === undefined || value === null))) return SHORT;
      return andThen(key(frame), (late) => readElement(frame, value, late as Value, at));
    });
  return (frame) => {
    const value = object(frame);
    if (value === PENDING)
      return andThen(value as Result, (late) => andThen(key(frame), (lateKey) => readElement(frame, late as Value, lateKey as Value, at)));
    const index = key(frame);
    if (index === PENDING) return andThen(index as Result, (late) => readElement(frame, value, late as Value, at));
    return readElement(frame, value, index, at);
  };
}

/** Whether a part of a chain may have broken off before. */
export function inChain(node: AnyNode): boolean {
  if (node.type === 'MemberExpression') return node.optional || inChain(node.object);
  if (node.type === 'CallExpression') return node.optional || inChain(node.callee);
  return false;
}

function superMember(context: Context, node: MemberExpression): Expr {
  const name = fixedKey(node);
  const key: Expr = name === null ? expression(context, node.property as never) : () => name;
  return map(key, (value, frame) => {
    stand(frame, node.start);
    return get(superOf(frame), toKey(value), thisOf(frame));
  });
}

export function privateName(context: Context, node: PrivateIdentifier): object {
  const found = context.privates.get(node.name);
  if (found === undefined) throw new Error(`Private field '#${node.name}' must be declared in an enclosing class`);
  return found;
}

function privateMember(context: Context, node: MemberExpression, property: PrivateIdentifier): Expr {
  const id = privateName(context, property);
  return map(expression(context, node.object as never), (value, frame) => {
    if (value === SHORT || (node.optional && (value === undefined || value === null))) return SHORT;
    stand(frame, property.start);
    return readPrivate(value, id, property.name);
  });
}

export function readPrivate(value: Value, id: object, name: string): Result {
  const members = isObject(value) ? privateMembers.get(value) : undefined;
  if (members === undefined || !members.has(id)) {
    if (value === undefined || value === null) throw realm().typeError(`Cannot read properties of ${value} (reading '#${name}')`);
    throw realm().typeError(`Cannot read private member #${name} from an object whose class did not declare it`);
  }
  const found = members.get(id);
  if (!(found instanceof Property)) return found;
  if (!found.isAccessor) return found.value;
  if (found.get === undefined) throw realm().typeError(`'#${name}' was defined without a getter`);
  return call(found.get, value, []);
}

export function writePrivate(object: Value, id: object, { name, value }: { name: string; value: Value }): Result {
  const members = isObject(object) ? privateMembers.get(object) : undefined;
  if (members === undefined || !members.has(id))
    throw realm().typeError(`Cannot write private member #${name} to an object whose class did not declare it`);
  const found = members.get(id);
  if (!(found instanceof Property)) {
    members.set(id, value);
    return value;
  }
  if (found.isAccessor && found.set !== undefined) return andThen(call(found.set, object, [value]), () => value);
  throw realm().typeError(found.isAccessor ? `'#${name}' was defined without a setter` : `Private method '#${name}' is not writable`);
}

/** A place that is assigned to: its object and key are worked out once. */
export interface Reference {
  readonly parts: readonly Expr[];
  readonly read: (frame: Frame, parts: readonly Value[]) => Result;
  readonly write: (frame: Frame, parts: readonly Value[], value: Value) => Result;
}

export function memberReference(context: Context, node: MemberExpression): Reference {
  const at = propertyAt(node);
  const { strict } = context;
  if (node.property.type === 'PrivateIdentifier') {
    const { property } = node;
    const id = privateName(context, property);
    return {
      parts: [expression(context, node.object as never)],
      read: (frame, [object]) => {
        stand(frame, property.start);
        return readPrivate(object, id, property.name);
      },
      write: (frame, [object], value) => {
        stand(frame, property.start);
        return writePrivate(object, id, { name: property.name, value });
      },
    };
  }
  const name = fixedKey(node);
  if (node.object.type === 'Super') {
    const key: Expr = name === null ? expression(context, node.property) : () => name;
    return {
      parts: [key],
      read: (frame, [part]) => get(superOf(frame), toKey(part), thisOf(frame)),
      write: (frame, [part], value) => writeMember(frame, { object: thisOf(frame), key: toKey(part), value, at, strict }),
    };
  }
  const object = expression(context, node.object);
  if (name !== null)
    return {
      parts: [object],
      read: (frame, [part]) => readMember(frame, part, name, at),
      write: (frame, [part], value) => writeMember(frame, { object: part, key: name, value, at, strict }),
    };
  return {
    parts: [object, expression(context, node.property)],
    read: (frame, [part, key]) => readElement(frame, part, key, at),
    write: (frame, [part, key], value) => writeElement(frame, { object: part, key, value, at, strict }),
  };
}

export function deleteMember(context: Context, node: MemberExpression): Expr {
  const name = fixedKey(node);
  const key: Expr = name === null ? expression(context, node.property as never) : () => name;
  return (frame) =>
    gather([expression(context, node.object as never), key], frame, ([object, part]) => {
      if (object === SHORT) return true;
      stand(frame, node.start);
      return realm().deleteProperty(object, toKey(part), context.strict);
    });
}

export const protoMember = protoOf;
