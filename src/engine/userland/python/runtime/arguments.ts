/** Arguments to parameters: of functions of the program, and of those of the host. */

import { typeError } from './exceptions.ts';
import { closest } from './suggest.ts';
import { type PyBuiltin, PyDict, type PyFunction, PyTuple, type Signature, type Value } from './values.ts';

type Named = ReadonlyMap<string, Value> | null;

/** The local variables that a call of `fn` begins with. */
export function bindFunction(fn: PyFunction, list: readonly Value[], named: Named): (Value | undefined)[] {
  const { code } = fn;
  if (named === null && list.length === code.positional && !code.hasRest && !code.hasKeywords && code.keywordOnly === 0) return [...list];
  const { positional, keywordOnly } = code;
  const locals: (Value | undefined)[] = list.slice(0, positional);
  const total = positional + keywordOnly;
  locals.length = total + (code.hasRest ? 1 : 0) + (code.hasKeywords ? 1 : 0);
  const others = code.hasKeywords ? new PyDict() : null;
  if (named !== null) bindNamed(fn, { locals, named, others });
  if (list.length > positional && !code.hasRest) throw tooMany(fn, list.length, locals);
  fillDefaults(fn, locals, Math.min(list.length, positional));
  if (code.hasRest) locals[total] = new PyTuple(list.slice(positional));
  if (others !== null) locals[total + (code.hasRest ? 1 : 0)] = others;
  return locals;
}

interface Binding {
  readonly locals: (Value | undefined)[];
  readonly named: ReadonlyMap<string, Value>;
  readonly others: PyDict | null;
}

function bindNamed(fn: PyFunction, { locals, named, others }: Binding): void {
  const { code } = fn;
  for (const [name, value] of named) {
    let index = code.locals.indexOf(name);
    if (index >= code.positional + code.keywordOnly) index = -1;
    if (index >= 0 && index >= code.positionalOnly) {
      if (locals[index] !== undefined) throw typeError(`${fn.qualname}() got multiple values for argument '${name}'`);
      locals[index] = value;
    } else if (others !== null) others.set(name, value);
    else if (index >= 0) throw typeError(`${fn.qualname}() got some positional-only arguments passed as keyword arguments: '${name}'`);
    else throw unexpected(fn, name);
  }
}

function unexpected(fn: PyFunction, name: string) {
  const { locals, positionalOnly, positional, keywordOnly } = fn.code;
  const meant = closest(name, locals.slice(positionalOnly, positional + keywordOnly));
  return typeError(`${fn.qualname}() got an unexpected keyword argument '${name}'${meant === null ? '' : `. Did you mean '${meant}'?`}`);
}

function fillDefaults(fn: PyFunction, locals: (Value | undefined)[], given: number): void {
  const { code, defaults, keywordDefaults } = fn;
  const firstDefault = code.positional - defaults.length;
  const missing: string[] = [];
  for (let index = given; index < code.positional; index += 1) {
    if (locals[index] !== undefined) continue;
    if (index >= firstDefault) locals[index] = defaults[index - firstDefault];
    else missing.push(code.locals[index] ?? '');
  }
  if (missing.length > 0) throw lacking(fn, missing, 'positional');
  for (let index = code.positional; index < code.positional + code.keywordOnly; index += 1) {
    if (locals[index] !== undefined) continue;
    const name = code.locals[index] ?? '';
    const value = keywordDefaults?.get(name);
    if (value === undefined) missing.push(name);
    else locals[index] = value;
  }
  if (missing.length > 0) throw lacking(fn, missing, 'keyword-only');
}

function lacking(fn: PyFunction, names: readonly string[], kind: string) {
  const quoted = names.map((name) => `'${name}'`);
  const list =
    quoted.length === 1
      ? quoted[0]
      : quoted.length === 2
        ? quoted.join(' and ')
        : `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)}`;
  return typeError(`${fn.qualname}() missing ${names.length} required ${kind} argument${names.length === 1 ? '' : 's'}: ${list}`);
}

function tooMany(fn: PyFunction, given: number, locals: readonly (Value | undefined)[]) {
  const { code, defaults } = fn;
  const least = code.positional - defaults.length;
  const takes = defaults.length > 0 ? `from ${least} to ${code.positional}` : String(code.positional);
  const isPlural = defaults.length > 0 || code.positional !== 1;
  const keywords = locals.slice(code.positional, code.positional + code.keywordOnly).filter((one) => one !== undefined).length;
  const extra =
    keywords > 0 ? ` positional argument${given === 1 ? '' : 's'} (and ${keywords} keyword-only argument${keywords === 1 ? '' : 's'})` : '';
  return typeError(
    `${fn.qualname}() takes ${takes} positional argument${isPlural ? 's' : ''} but ${given}${extra} ${given === 1 && keywords === 0 ? 'was' : 'were'} given`,
  );
}

const EMPTY_NAMED: ReadonlyMap<string, Value> = new Map();

/** The arguments of a function of the host, in the order of its signature. */
export function bindNative(fn: PyBuiltin, list: readonly Value[], named: Named): Value[] {
  const { signature } = fn;
  const { positional, rest, keywords, required, names, defaults } = signature;
  const count = list.length;
  if (named === null && rest < 0 && keywords < 0 && count >= required && count <= positional && signature.names.length === positional) {
    const args = [...list];
    for (let index = count; index < positional; index += 1) args.push(defaults[index] as Value);
    return args;
  }
  if (count > positional && rest < 0) throw tooManyNative(fn, count);
  const args: (Value | undefined)[] = list.slice(0, positional);
  args.length = names.length;
  const others = new PyDict();
  for (const [name, value] of named ?? EMPTY_NAMED) {
    const index = names.indexOf(name);
    if (index >= signature.positionalOnly && index !== rest && index !== keywords) {
      if (args[index] !== undefined) throw typeError(`argument for ${fn.name}() given by name ('${name}') and position (${index + 1})`);
      args[index] = value;
    } else if (keywords >= 0) others.set(name, value);
    else if (signature.positional === signature.positionalOnly && names.length === positional)
      throw typeError(`${fullName(fn)}() takes no keyword arguments`);
    else
      throw typeError(
        fn.name === 'print'
          ? `${fn.name}() got an unexpected keyword argument '${name}'`
          : `'${name}' is an invalid keyword argument for ${fn.name}()`,
      );
  }
  names.forEach((name, index) => {
    if (index === rest) args[index] = new PyTuple(list.slice(positional));
    else if (index === keywords) args[index] = others;
    else if (args[index] === undefined) {
      if (defaults[index] === undefined) throw tooFewNative(fn, count, { name, index });
      args[index] = defaults[index];
    }
  });
  return args as Value[];
}

const fullName = (fn: PyBuiltin): string => (fn.owner === null ? fn.name : `${fn.owner.name}.${fn.name}`);
const hasSelf = (fn: PyBuiltin): number => (fn.owner !== null && !fn.isStatic ? 1 : 0);

function tooManyNative(fn: PyBuiltin, count: number) {
  const { positional, required } = fn.signature;
  const own = hasSelf(fn);
  const [most, given] = [positional - own, count - own];
  if (most === 0) return typeError(`${fullName(fn)}() takes no arguments (${given} given)`);
  const hasOthers = fn.signature.names.length > positional;
  if (required === positional && most === 1 && !hasOthers)
    return typeError(`${fullName(fn)}() takes exactly one argument (${given} given)`);
  if (required === positional) return typeError(`${fn.name} expected ${most} argument${most === 1 ? '' : 's'}, got ${given}`);
  return typeError(`${fn.name} expected at most ${most} argument${most === 1 ? '' : 's'}, got ${given}`);
}

function tooFewNative(fn: PyBuiltin, count: number, { name, index }: { readonly name: string; readonly index: number }) {
  const { positional, positionalOnly, required } = fn.signature;
  const own = hasSelf(fn);
  const [least, given] = [required - own, count - own];
  if (index >= positionalOnly) return typeError(`${fn.name}() missing required argument '${name}' (pos ${index + 1 - own})`);
  if (required === positional && least === 1) return typeError(`${fullName(fn)}() takes exactly one argument (${given} given)`);
  if (required === positional) return typeError(`${fn.name} expected ${least} arguments, got ${given}`);
  return typeError(`${fn.name} expected at least ${least} argument${least === 1 ? '' : 's'}, got ${given}`);
}

/** Reads `a, b=None, /, *rest, key=1, **others`. */
export function signatureOf(text: string, values: Readonly<Record<string, Value>> = {}): Signature {
  const names: string[] = [];
  const defaults: (Value | undefined)[] = [];
  let [positional, positionalOnly, rest, keywords, required] = [-1, 0, -1, -1, 0];
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue;
    if (part === '/') positionalOnly = names.length;
    else if (part === '*') positional = names.length;
    else if (part.startsWith('**')) keywords = names.push(part.slice(2)) - 1;
    else if (part.startsWith('*')) {
      positional = names.length;
      rest = names.push(part.slice(1)) - 1;
    } else {
      const [name = '', word] = part.split('=');
      names.push(name);
      defaults[names.length - 1] = word === undefined ? undefined : defaultOf(word, values);
      if (word === undefined && positional < 0) required = names.length;
    }
  }
  if (positional < 0) positional = keywords < 0 ? names.length : keywords;
  defaults.length = names.length;
  return { names, positionalOnly, positional, required, defaults, rest, keywords };
}

function defaultOf(word: string, values: Readonly<Record<string, Value>>): Value {
  const constants: Readonly<Record<string, Value>> = { None: null, True: true, False: false };
  if (Object.hasOwn(constants, word)) return constants[word] ?? null;
  if (/^-?\d+$/.test(word)) return Number(word);
  const quoted = /^'(.*)'$/.exec(word)?.[1];
  return quoted ?? values[word] ?? null;
}
