/** `%d` and its like: values as texts, as the package fmt writes them. */
import { callMethod, dispatch } from '../compile/selectors.ts';
import { bytesText } from '../runtime/bytes.ts';
import type { Steps } from '../runtime/frame.ts';
import type { Goroutine } from '../runtime/goroutine.ts';
import { encodeRune, runesOf } from '../runtime/text.ts';
import { Boxed, type Pointer, Slice, type Value } from '../runtime/values.ts';
import { typeText } from '../types/text.ts';
import { basicOf, type Type, under } from '../types/types.ts';
import { formatFloat } from './floats.ts';
import { formatComposite } from './format-composite.ts';
import { quote, quoteRune } from './quote.ts';

export interface Verb {
  readonly verb: string;
  readonly flags: string;
  readonly width?: number;
  readonly precision?: number;
}

const PLAIN: Verb = { verb: 'v', flags: '' };
const MISSING = '(MISSING)';

export function* sprint(goroutine: Goroutine, values: readonly Value[], line: boolean): Steps<string> {
  let text = '';
  for (const [index, value] of values.entries()) {
    const isText = (one: Value): boolean => one instanceof Boxed && basicOf(one.type)?.sort === 'string';
    if (index > 0 && (line || !(isText(value) || isText(values[index - 1])))) text += ' ';
    text += yield* formatOne(goroutine, PLAIN, value);
  }
  return line ? `${text}\n` : text;
}

const DIRECTIVE = /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d*))?(?:\[(\d+)\])?([a-zA-Z%]|[^a-zA-Z%]|$)/g;

export function* sprintf(goroutine: Goroutine, format: string, values: readonly Value[]): Steps<string> {
  let text = '';
  let last = 0;
  let next = 0;
  let isReordered = false;
  const number = (word: string | undefined): number | undefined => {
    if (word === undefined) return undefined;
    if (word !== '*') return Number(word);
    const value = values[next];
    next += 1;
    return value instanceof Boxed ? Number(value.value) : undefined;
  };
  for (const match of format.matchAll(DIRECTIVE)) {
    const [whole, flags = '', widthWord, precisionWord, at, verb = ''] = match;
    text += format.slice(last, match.index);
    last = match.index + whole.length;
    if (verb === '') {
      text += '%!(NOVERB)';
      continue;
    }
    if (verb === '%') {
      text += '%';
      continue;
    }
    const width = number(widthWord);
    const precision = number(precisionWord);
    if (at !== undefined) [next, isReordered] = [Number(at) - 1, true];
    if (next >= values.length || next < 0) {
      text += `%!${verb}${next < 0 || at !== undefined ? '(BADINDEX)' : MISSING}`;
      continue;
    }
    const directive: Verb = {
      verb,
      flags: width !== undefined && width < 0 ? `${flags}-` : flags,
      ...(width === undefined ? {} : { width: Math.abs(width) }),
      ...(precision === undefined ? {} : { precision }),
    };
    text += yield* formatOne(goroutine, directive, values[next]);
    next += 1;
  }
  text += format.slice(last);
  if (next < values.length && !isReordered) text += yield* extra(goroutine, values.slice(next));
  return text;
}

function* extra(goroutine: Goroutine, values: readonly Value[]): Steps<string> {
  const parts: string[] = [];
  for (const value of values)
    parts.push(value instanceof Boxed ? `${typeText(value.type)}=${yield* formatOne(goroutine, PLAIN, value)}` : '<nil>');
  return `%!(EXTRA ${parts.join(', ')})`;
}

/** Filled up to the width: with zeros after the sign, or with spaces. */
export function pad(text: string, { width = 0, flags }: Verb, isNumber = false): string {
  const length = runesOf(text).length;
  if (length >= width) return text;
  const fill = width - length;
  if (flags.includes('-')) return text + ' '.repeat(fill);
  if (flags.includes('0') && isNumber) return text.replace(/^([+-]?(?:0x)?)/, `$1${'0'.repeat(fill)}`);
  return (flags.includes('0') ? '0' : ' ').repeat(fill) + text;
}

/** A value in an interface. */
export function* formatOne(goroutine: Goroutine, verb: Verb, value: Value): Steps<string> {
  if (!(value instanceof Boxed))
    return pad(verb.verb === 'v' || verb.verb === 'T' ? '<nil>' : `%!${verb.verb}(<nil>)`, { ...verb, flags: verb.flags.replace('0', '') });
  if (verb.verb === 'T') return pad(typeText(value.type), verb);
  if (verb.verb === 'p') return pad(addressOf(value.value), verb);
  return yield* formatValue(goroutine, verb, { type: value.type, value: value.value, depth: 0, mayCall: true });
}

export interface Shown {
  readonly type: Type;
  readonly value: Value;
  readonly depth: number;
  /** Its methods are not called if it was found in a field that is not exported. */
  readonly mayCall: boolean;
}

export function* formatValue(goroutine: Goroutine, verb: Verb, shown: Shown): Steps<string> {
  const { type, value } = shown;
  const own = shown.mayCall ? yield* ownText(goroutine, verb, type, value) : null;
  if (own !== null) return own;
  const below = under(type);
  if (below.kind === 'basic') return formatBasic(verb, type, value);
  const isBytes = (below.kind === 'slice' || below.kind === 'array') && basicOf(below.element)?.bits === 8;
  if (isBytes && ['s', 'q', 'x', 'X'].includes(verb.verb))
    return formatText(verb, bytesText(Array.isArray(value) ? new Slice(value) : value), type);
  return yield* formatComposite(goroutine, verb, shown);
}

const addresses = new WeakMap<object, number>();
let lastAddress = 0xc000012000;
/** An address for what has an identity. */
export function addressOf(value: Value): string {
  if (typeof value !== 'object' || value === null) return '%!p(nil)';
  const key = value instanceof Slice ? value.array : value;
  let address = addresses.get(key);
  if (address === undefined) {
    lastAddress += 16;
    address = lastAddress;
    addresses.set(key, address);
  }
  return `0x${address.toString(16)}`;
}

/** What `Error` or `String` says of it, or a `GoString`; null if it has neither, or the verb does not ask. */
function* ownText(goroutine: Goroutine, verb: Verb, type: Type, value: Value): Steps<string | null> {
  if (verb.verb === 'w') return yield* ownText(goroutine, { ...verb, verb: 'v' }, type, value);
  if (under(type).kind === 'interface') return null;
  if (verb.flags.includes('#') && verb.verb === 'v') return null;
  if (!['v', 's', 'q', 'x', 'X'].includes(verb.verb)) return null;
  const name = dispatch(type, 'Error') ? 'Error' : dispatch(type, 'String') ? 'String' : null;
  if (name === null) return null;
  if (value === null && under(type).kind === 'pointer') return pad('<nil>', verb);
  const text = yield* callMethod(goroutine, new Boxed(type, value), { name, args: [] });
  return typeof text === 'string' ? formatText(verb, text, type) : null;
}

export function formatBasic(given: Verb, type: Type, value: Value): string {
  const basic = basicOf(type);
  // `%+v` is about the names of fields, not about signs.
  const verb = given.verb === 'v' ? { ...given, flags: given.flags.replace('+', '') } : given;
  switch (basic?.sort) {
    case 'bool':
      return verb.verb === 't' || verb.verb === 'v' ? pad(String(value), verb) : wrong(verb, type, value);
    case 'string':
      return formatText(verb, value as string, type);
    case 'int':
      return formatInteger(verb, value as number | bigint, type);
    case 'float':
      return formatNumber(verb, value as number, { type, bits: basic.bits });
    default:
      return `%!${verb.verb}(${typeText(type)}=${String(value)})`;
  }
}

const wrong = (verb: Verb, type: Type, value: Value): string =>
  `%!${verb.verb}(${typeText(type)}=${formatBasic({ ...verb, verb: 'v' }, type, value)})`;

function formatText(verb: Verb, text: string, type: Type): string {
  const cut = verb.precision === undefined ? text : runesOf(text).slice(0, verb.precision).map(encodeRune).join('');
  switch (verb.verb) {
    case 'v':
      return pad(verb.flags.includes('#') ? quote(text) : cut, verb);
    case 's':
    case 'w':
      return pad(cut, verb);
    case 'q':
      return pad(verb.flags.includes('#') && !text.includes('`') ? `\`${text}\`` : quote(cut, verb.flags.includes('+')), verb);
    case 'x':
    case 'X': {
      const hex = Array.from(text, (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join(verb.flags.includes(' ') ? ' ' : '');
      return pad(verb.verb === 'X' ? hex.toUpperCase() : hex, verb);
    }
    default:
      return `%!${verb.verb}(${typeText(type)}=${pad(cut, verb)})`;
  }
}

const BASES: Readonly<Record<string, number>> = { d: 10, v: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

function formatInteger(verb: Verb, value: number | bigint, type: Type): string {
  const name = verb.verb;
  if (name === 'c') return pad(encodeRune(Number(value)), verb);
  if (name === 'q') return pad(quoteRune(Number(value)), verb);
  if (name === 'U') return pad(`U+${Number(value).toString(16).toUpperCase().padStart(4, '0')}`, verb);
  const base = BASES[name];
  if (base === undefined) return wrong(verb, type, value);
  const isNegative = value < 0;
  const digits = (isNegative ? -BigInt(value) : BigInt(value)).toString(base).padStart(verb.precision ?? 0, '0');
  const prefix =
    name === 'O' ? '0o' : verb.flags.includes('#') ? (base === 16 && name !== 'v' ? '0x' : base === 8 ? '0' : base === 2 ? '0b' : '') : '';
  const sign = isNegative ? '-' : verb.flags.includes('+') ? '+' : verb.flags.includes(' ') ? ' ' : '';
  const text = sign + prefix + digits;
  const flags = verb.precision === undefined ? verb.flags : verb.flags.replace('0', '');
  return pad(name === 'X' ? text.toUpperCase() : text, { ...verb, flags }, true);
}

function formatNumber(verb: Verb, value: number, { type, bits }: { readonly type: Type; readonly bits: number }): string {
  const name = verb.verb;
  if (!/^[vgGeEfF]$/.test(name)) return wrong(verb, type, value);
  const form = name === 'v' ? 'g' : name === 'F' ? 'f' : name;
  const precision = verb.precision ?? (form.toLowerCase() === 'g' ? -1 : 6);
  const text = formatFloat(value, form, precision, bits);
  const sign = !text.startsWith('-') && !text.startsWith('+') ? (verb.flags.includes('+') ? '+' : verb.flags.includes(' ') ? ' ' : '') : '';
  const isPlain = Number.isFinite(value);
  return pad(sign + text, isPlain ? verb : { ...verb, flags: verb.flags.replace('0', '') }, isPlain);
}

export const pointee = (value: Value): Value => (value as Pointer).v;
