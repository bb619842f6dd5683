/** The functions of templates: Go's own, and those that Docker adds. Each throws an Error whose message Go would give. */
import { print, sprintf, toJson } from './print.ts';
import { goType, isList, isMap, isNil, JsonNumber, mapType, NamedText, NilPointer, sortedKeys, truth } from './value.ts';

export type TemplateFunction = (...args: readonly unknown[]) => unknown;
export type Functions = Readonly<Record<string, TemplateFunction>>;

const text = (value: unknown): string => (typeof value === 'string' ? value : print(value));

/** What Docker's formatter adds to Go's functions. */
export const DOCKER_FUNCTIONS: Functions = {
  json: (value) => toJson(value),
  split: (value, separator) => text(value).split(text(separator)),
  join: (list, separator) => joinElements(list, text(separator)),
  title: (value) =>
    text(value).replace(/(^|[^\p{L}\p{N}_'])(\p{L})/gu, (_all, before: string, letter: string) => before + letter.toUpperCase()),
  lower: (value) => text(value).toLowerCase(),
  upper: (value) => text(value).toUpperCase(),
  pad: (value, prefix, suffix) => (text(value) === '' ? '' : ' '.repeat(Number(prefix)) + text(value) + ' '.repeat(Number(suffix))),
  truncate: (value, length) => (text(value).length < Number(length) ? text(value) : text(value).slice(0, Number(length))),
};

/** Which of their arguments have to be of Go's type `string`. */
export const TEXT_PARAMETERS: Readonly<Record<string, readonly number[]>> = {
  split: [0, 1],
  join: [1],
  title: [0],
  lower: [0],
  upper: [0],
  pad: [0],
  truncate: [0],
};

function joinElements(list: unknown, separator: string): string {
  if (isList(list)) return list.map(text).join(separator);
  if (isMap(list))
    return sortedKeys(list)
      .map((key) => text(list[key]))
      .join(separator);
  throw new Error(`expected slice, got ${goType(list)}`);
}

/** Go's own. `and`, `or` are in exec, because they do not evaluate all their arguments. */
export const GO_FUNCTIONS: Functions = {
  not: (value) => !truth(value),
  len: length,
  index: (of, ...keys) => keys.reduce(indexOne, of),
  slice: sliceOf,
  print: (...args) => sprint(args),
  printf: (format, ...args) => sprintf(text(format), args),
  println: (...args) => `${args.map(print).join(' ')}\n`,
  html: (...args) =>
    sprint(args).replace(/[<>&'"]/g, (c) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&#39;', '"': '&#34;' })[c] ?? c),
  js: (...args) =>
    sprint(args).replace(/[\\'"<>&=\n]/g, (c) =>
      c === '\\' || c === "'" || c === '"' ? `\\${c}` : `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
    ),
  urlquery: (...args) => encodeURIComponent(sprint(args)).replaceAll('%20', '+'),
  eq: (first, ...others) => equalsAny(first, others),
  ne: (a, b) => !equals(a, b),
  lt: (a, b) => compare(a, b) < 0,
  le: (a, b) => compare(a, b) <= 0,
  gt: (a, b) => compare(a, b) > 0,
  ge: (a, b) => compare(a, b) >= 0,
  // Nothing that a template can see is a function.
  call: () => {
    throw new Error('call of nil');
  },
};

/** Go's fmt.Sprint: blanks between operands when neither is a string. */
function sprint(args: readonly unknown[]): string {
  return args.map((arg, i) => (i > 0 && typeof arg !== 'string' && typeof args[i - 1] !== 'string' ? ' ' : '') + print(arg)).join('');
}

function length(value: unknown): number {
  if (typeof value === 'string') return new TextEncoder().encode(value).length;
  if (value instanceof JsonNumber) return value.digits.length;
  if (value instanceof NamedText) return length(value.text);
  if (isList(value)) return value.length;
  if (isMap(value)) return Object.keys(value).length;
  // What a map has not is no value at all.
  if (value === undefined) throw new Error('reflect: call of reflect.Value.Type on zero Value');
  throw new Error(value === null || value instanceof NilPointer ? 'len of nil pointer' : `len of type ${goType(value)}`);
}

function indexOne(of: unknown, key: unknown): unknown {
  if (of === null || of === undefined) throw new Error('index of untyped nil');
  if (of instanceof NilPointer) throw new Error('index of nil pointer');
  if (isMap(of)) {
    if (typeof key !== 'string') throw new Error(`value has type ${goType(key)}; should be string`);
    const { key: keyType, pointers } = mapType(of);
    if (keyType !== undefined) throw new Error(`value has type string; should be ${keyType}`);
    return Object.hasOwn(of, key) ? of[key] : pointers ? null : zeroLike(of);
  }
  if (!isList(of) && typeof of !== 'string') throw new Error(`can't index item of type ${goType(of)}`);
  if (typeof key !== 'number') throw new Error(`cannot index slice/array with type ${goType(key)}`);
  if (key < 0 || key > of.length) throw new Error(`index out of range: ${key}`);
  // Go's own check allows one too many.
  if (key === of.length) throw new Error(`reflect: ${typeof of === 'string' ? 'string' : 'slice'} index out of range`);
  return typeof of === 'string' ? new TextEncoder().encode(of)[key] : of[key];
}

/** What a map gives for a key that it does not have: the zero of its values' type. */
function zeroLike(map: Readonly<Record<string, unknown>>): unknown {
  const values = Object.values(map);
  if (values.every((value) => typeof value === 'string')) return '';
  return values.every((value) => isList(value) || value === null) ? [] : undefined;
}

function sliceOf(whole: unknown, ...bounds: readonly unknown[]): unknown {
  const of = whole instanceof JsonNumber ? whole.digits : whole instanceof NamedText ? whole.text : whole;
  if (typeof of !== 'string' && !isList(of))
    throw new Error(of === null || of === undefined ? 'slice of untyped nil' : `can't slice item of type ${goType(of)}`);
  const [from = 0, to = of.length] = bounds.map(Number);
  for (const bound of [from, to]) if (bound < 0 || bound > of.length) throw new Error(`index out of range: ${bound}`);
  if (from > to) throw new Error(`invalid slice index: ${from} > ${to}`);
  return of.slice(from, to);
}

function equalsAny(first: unknown, others: readonly unknown[]): boolean {
  if (others.length === 0) throw new Error('missing argument for comparison');
  return others.some((other) => equals(first, other));
}

function equals(a: unknown, b: unknown): boolean {
  const [left, right] = [basicKind(a), basicKind(b)];
  if (left === 'nil' || right === 'nil') return isNil(a) && isNil(b);
  if (left !== right) throw incompatible(a, b);
  if (left === 'other') throw new Error(`non-comparable type ${print(b)}: ${goType(b)}`);
  if (left === 'string') return text(a) === text(b);
  return left === 'number' ? Number(a) === Number(b) : a === b;
}

function compare(a: unknown, b: unknown): number {
  const [left, right] = [basicKind(a), basicKind(b)];
  for (const kind of [left, right]) if (kind === 'nil' || kind === 'other') throw new Error('invalid type for comparison');
  if (left !== right) throw incompatible(a, b);
  if (left === 'bool') throw new Error('invalid type for comparison');
  const [x, y] = left === 'number' ? [Number(a), Number(b)] : [text(a), text(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

const incompatible = (a: unknown, b: unknown): Error => new Error(`incompatible types for comparison: ${goType(a)} and ${goType(b)}`);

function basicKind(value: unknown): 'bool' | 'number' | 'string' | 'nil' | 'other' {
  if (value === null || value === undefined || value instanceof NilPointer) return 'nil';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number' || typeof value === 'bigint') return 'number';
  return typeof value === 'string' || value instanceof JsonNumber || value instanceof NamedText ? 'string' : 'other';
}
