/** Proxies: each access asks the handler's trap, or goes to the target. */
import { truthy } from './convert.ts';
import { call } from './functions.ts';
import { get, set } from './objects.ts';
import { define, fromDescriptor, has, keysOf, own, prototypeOfObject, remove, toDescriptor } from './objects-of-proxies.ts';
import { andThen } from './steps.ts';
import { isCallable, isObject, type JsObject, type Key, type PENDING, type Property, type Result, type Value } from './values.ts';
import { insist, realm } from './vm.ts';

interface Trap {
  readonly target: JsObject;
  readonly handler: JsObject;
  readonly trap: JsObject | undefined;
}

function trapOf(proxy: JsObject, name: string): Trap {
  const { inner } = proxy;
  if (inner?.kind !== 'proxy' || inner.target === null || inner.handler === null)
    throw realm().typeError(`Cannot perform '${name}' on a proxy that has been revoked`);
  const trap = insist(get(inner.handler, name));
  return { target: inner.target, handler: inner.handler, trap: isCallable(trap) ? trap : undefined };
}

export function proxyGet(proxy: JsObject, key: Key, receiver: Value): Result {
  const { target, handler, trap } = trapOf(proxy, 'get');
  return trap === undefined ? get(target, key, receiver) : call(trap, handler, [target, key, receiver]);
}

export function proxySet(proxy: JsObject, key: Key, value: Value, receiver: Value): boolean | typeof PENDING {
  const { target, handler, trap } = trapOf(proxy, 'set');
  if (trap === undefined) return set(target, key, value, receiver === proxy ? target : receiver);
  const done = andThen(call(trap, handler, [target, key, value, receiver]), (answer) => {
    if (truthy(answer)) return true;
    throw realm().typeError(`'set' on proxy: trap returned falsish for property '${typeof key === 'string' ? key : 'Symbol()'}'`);
  });
  return done as boolean | typeof PENDING;
}

export function proxyHas(proxy: JsObject, key: Key): boolean {
  const { target, handler, trap } = trapOf(proxy, 'has');
  return trap === undefined ? has(target, key) : truthy(insist(call(trap, handler, [target, key])));
}

export function proxyDelete(proxy: JsObject, key: Key): boolean {
  const { target, handler, trap } = trapOf(proxy, 'deleteProperty');
  return trap === undefined ? remove(target, key) : truthy(insist(call(trap, handler, [target, key])));
}

export function proxyOwn(proxy: JsObject, key: Key): Property | undefined {
  const { target, handler, trap } = trapOf(proxy, 'getOwnPropertyDescriptor');
  if (trap === undefined) return own(target, key);
  const found = insist(call(trap, handler, [target, key]));
  return isObject(found) ? toDescriptor(found) : undefined;
}

export function proxyDefine(proxy: JsObject, key: Key, property: Property): boolean {
  const { target, handler, trap } = trapOf(proxy, 'defineProperty');
  if (trap === undefined) return define(target, key, property);
  return truthy(insist(call(trap, handler, [target, key, fromDescriptor(property)])));
}

export function proxyKeys(proxy: JsObject): Key[] {
  const { target, handler, trap } = trapOf(proxy, 'ownKeys');
  if (trap === undefined) return keysOf(target);
  const keys = insist(call(trap, handler, [target]));
  return isObject(keys) ? ((keys.items ?? []) as Key[]) : [];
}

export function proxyPrototype(proxy: JsObject): JsObject | null {
  const { target, handler, trap } = trapOf(proxy, 'getPrototypeOf');
  if (trap === undefined) return prototypeOfObject(target);
  const found = insist(call(trap, handler, [target]));
  return isObject(found) ? found : null;
}
