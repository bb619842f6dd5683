/** How the library's objects are put together. */
import { type Native, type NativeSteps, native, nativeSteps } from '../runtime/functions.ts';
import { getter, hide } from '../runtime/objects.ts';
import type { Steps } from '../runtime/steps.ts';
import { taken } from '../runtime/steps.ts';
import type { JsObject, Key } from '../runtime/values.ts';
import { PENDING, Property, type Result, type Value } from '../runtime/values.ts';
import { realm } from '../runtime/vm.ts';

const nameOf = (key: Key): string => (typeof key === 'string' ? key : `[${key.description ?? ''}]`);

export function method(target: JsObject, key: Key, length: number, run: Native): void {
  hide(target, key, native(nameOf(key), length, run));
}

export function stepsMethod(target: JsObject, key: Key, length: number, run: NativeSteps): void {
  hide(target, key, nativeSteps(nameOf(key), length, run));
}

export function methods<K extends string>(target: JsObject, table: { readonly [name in K]: readonly [length: number, run: Native] }): void {
  for (const [name, [length, run]] of Object.entries<readonly [length: number, run: Native]>(table)) method(target, name, length, run);
}

/** Methods that call functions of the script, or wait. How many parameters each names is its `length`. */
export function stepsMethods<K extends string>(
  target: JsObject,
  table: { readonly [name in K]: NativeSteps },
  lengths: Readonly<Record<string, number>> = {},
): void {
  for (const [name, run] of Object.entries<NativeSteps>(table)) stepsMethod(target, name, lengths[name] ?? 1, run);
}

export const accessor = (target: JsObject, key: Key, get: (self: Value) => Result, set?: (self: Value, value: Value) => Result): void =>
  getter(
    target,
    key,
    native(`get ${nameOf(key)}`, 0, (_, self) => get(self)),
    set && native(`set ${nameOf(key)}`, 1, ([value], self) => set(self, value)),
  );

export function constant(target: JsObject, key: Key, value: Value): void {
  target.props.set(key, new Property({ value }));
}

export function tag(target: JsObject, key: Key, value: string): void {
  target.props.set(key, new Property({ value, configurable: true }));
}

/** A constructor with its prototype, as a global. */
export function makeClass(
  { name, length, prototype, isGlobal = true }: { name: string; length: number; prototype: JsObject; isGlobal?: boolean },
  run: Native,
): JsObject {
  const made = native(name, length, run, 'native');
  made.props.set('prototype', new Property({ value: prototype }));
  hide(prototype, 'constructor', made);
  if (isGlobal) hide(realm().global, name, made);
  return made;
}

export function* got(result: Result): Steps {
  return result === PENDING ? ((yield taken()) as Value) : result;
}
