/** How functions and methods of the host are written down: by their signature. */
import { signatureOf } from '../runtime/arguments.ts';
import { typeError } from '../runtime/exceptions.ts';
import {
  CLASSMETHOD,
  classOf,
  type Native,
  type NativeSteps,
  PyBuiltin,
  PyMember,
  PyModule,
  type PyType,
  PyWrapped,
  plain,
  type Value,
} from '../runtime/values.ts';

/** Constants that signatures name as defaults. */
type Defaults = Readonly<Record<string, Value>>;

function parts(text: string): readonly [name: string, signature: string] {
  const open = text.indexOf('(');
  return [text.slice(0, open), text.slice(open + 1, -1)];
}

/** `name(signature)` */
export function fn(text: string, call: Native, defaults: Defaults = {}): PyBuiltin {
  const [name, signature] = parts(text);
  return new PyBuiltin(name, signatureOf(signature, defaults), { call });
}

/** A function that may wait, or call code of the program. */
export function steps(text: string, body: NativeSteps, defaults: Defaults = {}): PyBuiltin {
  const [name, signature] = parts(text);
  return new PyBuiltin(name, signatureOf(signature, defaults), { steps: body });
}

/** Methods of a class: `self` is the first argument. */
export function methods(type: PyType, table: Readonly<Record<string, Native>>): void {
  for (const [text, call] of Object.entries(table)) add(type, fn(text, call));
}

export function methodSteps(type: PyType, table: Readonly<Record<string, NativeSteps>>): void {
  for (const [text, body] of Object.entries(table)) add(type, steps(text, body));
}

function add(type: PyType, method: PyBuiltin): void {
  method.owner = type;
  type.attrs.set(method.name, method);
}

/** Functions that are called on the class: it is the first argument. */
export function classMethods(type: PyType, table: Readonly<Record<string, Native>>): void {
  for (const [text, call] of Object.entries(table)) {
    const method = fn(text, call);
    type.attrs.set(method.name, new PyWrapped(CLASSMETHOD, method));
  }
}

export function classMethodSteps(type: PyType, table: Readonly<Record<string, NativeSteps>>): void {
  for (const [text, body] of Object.entries(table)) {
    const method = steps(text, body);
    type.attrs.set(method.name, new PyWrapped(CLASSMETHOD, method));
  }
}

/** A function in a class that gets no `self`. */
export function staticMethods(type: PyType, table: Readonly<Record<string, Native>>): void {
  for (const [text, call] of Object.entries(table)) {
    const method = fn(text, call);
    add(type, method);
    method.isStatic = true;
  }
}

export function members(type: PyType, table: Readonly<Record<string, PyMember['get']>>): void {
  for (const [name, get] of Object.entries(table)) type.attrs.set(name, new PyMember(name, type, { get }));
}

/** A module out of functions and values. */
export function moduleOf(
  name: string,
  content: { readonly functions?: readonly PyBuiltin[]; readonly values?: Readonly<Record<string, Value>> },
): PyModule {
  const module = new PyModule(name);
  for (const one of content.functions ?? []) {
    one.module = name;
    module.attrs.set(one.name, one);
  }
  for (const [key, value] of Object.entries(content.values ?? {})) module.attrs.set(key, value);
  return module;
}

/** The text of an argument. */
export function textOf(value: Value | undefined, what = 'argument'): string {
  const own = plain(value ?? null);
  if (typeof own !== 'string') throw typeError(`${what} must be str, not ${classOf(value ?? null).name}`);
  return own;
}
