/** `'%s' % values` */
import { typeError, valueError } from '../runtime/exceptions.ts';
import type { Steps, Thread } from '../runtime/thread.ts';
import { classOf, PyByteArray, PyBytes, PyDict, PyFloat, PyTuple, plain, type Value } from '../runtime/values.ts';
import { integer } from './arithmetic.ts';
import { numeric } from './compare.ts';
import { formatNow } from './format.ts';
import { getItem } from './items.ts';
import { repr, str, toAscii } from './text.ts';

const DIRECTIVE = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?[hlL]?([\s\S])?/g;

class Arguments {
  readonly #values: readonly Value[];
  readonly #all: Value;
  #at = 0;
  #isByName = false;

  constructor(all: Value) {
    this.#all = all;
    this.#values = all instanceof PyTuple ? all.items : [all];
  }

  next(): Value {
    this.#at += 1;
    const value = this.#values[this.#at - 1];
    if (value === undefined) throw typeError('not enough arguments for format string');
    return value;
  }

  *named(thread: Thread, name: string): Steps {
    this.#isByName = true;
    if (!(this.#all instanceof PyDict)) throw typeError('format requires a mapping');
    return yield* getItem(thread, this.#all, name);
  }

  check(): void {
    if (!this.#isByName && this.#at < this.#values.length && !(this.#all instanceof PyDict))
      throw typeError('not all arguments converted during string formatting');
  }
}

export function* percentText(thread: Thread, text: string, all: Value): Steps<string> {
  const args = new Arguments(all);
  let result = '';
  let end = 0;
  for (const found of text.matchAll(DIRECTIVE)) {
    result += text.slice(end, found.index);
    end = found.index + found[0].length;
    result += yield* directive(thread, found, args);
  }
  args.check();
  return result + text.slice(end);
}

function* directive(thread: Thread, found: RegExpMatchArray, args: Arguments): Steps<string> {
  const [whole, name, flags = '', widthText, precisionText, type] = found;
  if (type === '%') return '%';
  if (type === undefined) throw valueError('incomplete format');
  const hasPrecision = /\.(\*|\d+)?[hlL]?.$/s.test(whole);
  const width = widthText === '*' ? Number(args.next()) : Number(widthText ?? 0);
  const precision = precisionText === '*' ? Number(args.next()) : hasPrecision ? Number(precisionText ?? 0) : null;
  const value = name === undefined ? args.next() : yield* args.named(thread, name);
  const text = yield* converted(thread, { type, value, precision, flags, at: (found.index ?? 0) + whole.length - 1 });
  const isNumber = !'srac'.includes(type);
  if (flags.includes('-') || width < 0) return text.padEnd(Math.abs(width));
  if (!flags.includes('0') || !isNumber) return text.padStart(width);
  const sign = /^[-+ ]?(0[xXoO])?/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

interface Conversion {
  readonly type: string;
  readonly value: Value;
  readonly precision: number | null;
  readonly flags: string;
  readonly at: number;
}

function* converted(thread: Thread, { type, value, precision, flags, at }: Conversion): Steps<string> {
  const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  switch (type) {
    case 's':
    case 'r':
    case 'a': {
      const text = type === 's' ? yield* str(thread, value) : yield* repr(thread, value);
      const shown = type === 'a' ? toAscii(text) : text;
      return precision === null ? shown : shown.slice(0, precision);
    }
    case 'c':
      return typeof value === 'string' ? value : String.fromCodePoint(Number(value));
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X':
    case 'o': {
      const number = wholeNumber(value, type);
      const radix = 'diu'.includes(type) ? 'd' : type;
      const text = formatNow(number, `${sign}${flags.includes('#') ? '#' : ''}${radix}`) ?? '';
      if (precision === null) return text;
      const head = /^[-+ ]/.exec(text)?.[0] ?? '';
      return head + text.slice(head.length).padStart(precision, '0');
    }
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G': {
      const number = numeric(plain(value));
      if (number === null) throw typeError(`must be real number, not ${classOf(value).name}`);
      return formatNow(new PyFloat(Number(number)), `${sign}.${precision ?? 6}${type}`) ?? '';
    }
    default:
      throw valueError(`unsupported format character '${type}' (0x${type.charCodeAt(0).toString(16)}) at index ${at}`);
  }
}

function wholeNumber(value: Value, type: string): Value {
  const own = plain(value);
  const number = integer(own);
  if (number !== null) return number;
  if (own instanceof PyFloat && 'diu'.includes(type)) return Math.trunc(own.v);
  if ('diu'.includes(type)) throw typeError(`%${type} format: a real number is required, not ${classOf(value).name}`);
  throw typeError(`%${type} format: an integer is required, not ${classOf(value).name}`);
}

/** The same for bytes: what is put in are bytes, or numbers. */
export function* percentBytes(thread: Thread, text: PyBytes | PyByteArray, all: Value): Steps {
  const raw = (data: Uint8Array): string => Array.from(data, (byte) => String.fromCharCode(byte)).join('');
  const plainOf = (value: Value): Value => (value instanceof PyBytes || value instanceof PyByteArray ? raw(value.data) : value);
  const args = all instanceof PyTuple ? new PyTuple(all.items.map(plainOf)) : plainOf(all);
  const result = yield* percentText(thread, raw(text.data), args);
  return new PyBytes(Uint8Array.from(result, (char) => char.charCodeAt(0)));
}
