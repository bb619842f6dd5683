/** `format(value, spec)` and what f-strings and `str.format` make of it. */

import { PyComplex } from '../runtime/complex.ts';
import { typeError, valueError } from '../runtime/exceptions.ts';
import { argsOf, Call, type Steps, type Thread } from '../runtime/thread.ts';
import { classOf, lookup, PyBuiltin, PyFloat, plain, type Value } from '../runtime/values.ts';
import { integer } from './arithmetic.ts';
import { exponential, fixed, floatRepr, general } from './floats.ts';
import { textLength } from './strings.ts';
import { str } from './text.ts';

interface Spec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly isAlternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | null;
  readonly type: string;
}

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su;

function parse(spec: string, value: Value): Spec {
  const found = SPEC.exec(spec);
  if (found === null)
    throw valueError(`Invalid format specifier '${spec}' for object of type '${classOf(value).name}'`.replace(/ '.*' for object.*$/, ''));
  const [, fill, align, sign = '', , alternate, zero, width, grouping = '', precision, type = ''] = found;
  return {
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align: align ?? (zero === undefined ? '' : '='),
    sign,
    isAlternate: alternate !== undefined,
    width: Number(width ?? 0),
    grouping,
    precision: precision === undefined ? null : Number(precision),
    type,
  };
}

function pad(text: string, { fill, align, width }: Spec, usual: string): string {
  const missing = width - textLength(text);
  if (missing <= 0) return text;
  switch (align === '' ? usual : align) {
    case '<':
      return text + fill.repeat(missing);
    case '^':
      return fill.repeat(Math.floor(missing / 2)) + text + fill.repeat(Math.ceil(missing / 2));
    case '=': {
      const sign = /^[-+ ]?(0[xXbBoO])?/.exec(text)?.[0] ?? '';
      return sign + fill.repeat(missing) + text.slice(sign.length);
    }
    default:
      return fill.repeat(missing) + text;
  }
}

function group(digits: string, separator: string, size = 3): string {
  if (separator === '') return digits;
  const [whole = '', ...rest] = digits.split(/(?=[.e%])/);
  const grouped = whole.replace(new RegExp(`\\B(?=(?:[0-9a-fA-F]{${size}})+$)`, 'g'), separator);
  return grouped + rest.join('');
}

const withSign = (text: string, isNegative: boolean, sign: string): string =>
  isNegative ? `-${text}` : sign === '+' ? `+${text}` : sign === ' ' ? ` ${text}` : text;

function padded(text: string, isNegative: boolean, spec: Spec): string {
  const { grouping, width, fill, align } = spec;
  let digits = text;
  // Zeros that fill up are grouped as well.
  if (grouping !== '' && fill === '0' && align === '=') {
    const sign = isNegative || spec.sign !== '' ? 1 : 0;
    const tail = /[.e%].*$/.exec(text)?.[0] ?? '';
    let whole = text.slice(0, text.length - tail.length);
    while (group(whole, grouping).length + tail.length + sign < width) whole = `0${whole}`;
    digits = group(whole, grouping) + tail;
    if (digits.length + sign > width && digits.startsWith(grouping)) digits = `0${digits}`;
  } else digits = group(text, grouping);
  return pad(withSign(digits, isNegative, spec.sign), spec, '>');
}

function formatInteger(value: number | bigint, spec: Spec): string {
  const { type } = spec;
  if (type !== '' && 'eEfFgG%'.includes(type)) return formatFloat(Number(value), spec);
  if (spec.precision !== null) throw valueError('Precision not allowed in integer format specifier');
  const isNegative = value < 0;
  const size = isNegative ? -value : value;
  switch (type) {
    case '':
    case 'd':
    case 'n':
      return padded(size.toString(), isNegative, spec);
    case 'c':
      return pad(String.fromCodePoint(Number(value)), spec, '<');
    case 'b':
    case 'o':
    case 'x':
    case 'X': {
      const radix = ({ b: 2, o: 8, x: 16, X: 16 } as const)[type];
      const digits = group(size.toString(radix), spec.grouping, 4);
      const text = type === 'X' ? digits.toUpperCase() : digits;
      return pad(withSign(spec.isAlternate ? `0${type}${text}` : text, isNegative, spec.sign), spec, '>');
    }
    default:
      throw unknownCode(type, 'int');
  }
}

const unknownCode = (type: string, name: string) => valueError(`Unknown format code '${type}' for object of type '${name}'`);

function formatFloat(value: number, spec: Spec): string {
  const isNegative = value < 0 || Object.is(value, -0);
  const size = Math.abs(value);
  const places = spec.precision ?? 6;
  let text: string;
  switch (spec.type.toLowerCase()) {
    case 'f':
      text = fixed(size, places);
      break;
    case 'e':
      text = exponential(size, places);
      break;
    case 'g':
    case 'n':
      text = general(size, places, spec.isAlternate);
      break;
    case '%':
      text = `${fixed(size * 100, places)}%`;
      break;
    case '':
      if (spec.precision === null) text = floatRepr(size);
      else {
        text = general(size, spec.precision);
        if (!/[.en]/.test(text)) text += spec.precision > text.length ? '.0' : '';
      }
      break;
    default:
      throw unknownCode(spec.type, 'float');
  }
  if (spec.type === 'F' || spec.type === 'E' || spec.type === 'G') text = text.toUpperCase();
  return padded(text, isNegative, spec);
}

function formatText(text: string, spec: Spec): string {
  if (spec.type !== '' && spec.type !== 's') throw unknownCode(spec.type, 'str');
  if (spec.align === '=' && spec.fill !== '0') throw valueError("'=' alignment not allowed in string format specifier");
  if (spec.sign !== '') throw valueError('Sign not allowed in string format specifier');
  if (spec.grouping !== '') throw valueError(`Cannot specify '${spec.grouping}' with 's'.`);
  const cut = spec.precision === null ? text : [...text].slice(0, spec.precision).join('');
  return pad(cut, spec.align === '=' ? { ...spec, align: '' } : spec, '<');
}

/** For the interpreter's own kinds. Undefined for others. */
export function formatNow(value: Value, text: string): string | undefined {
  if (typeof value === 'string') return text === '' ? value : formatText(value, parse(text, value));
  const whole = integer(value);
  if (whole !== null) {
    if (text === '') return typeof value === 'boolean' ? (value ? 'True' : 'False') : whole.toString();
    const spec = parse(text, value);
    if (typeof value === 'boolean' && spec.type === '') return formatText(value ? 'True' : 'False', spec);
    if (spec.type === 's') throw unknownCode('s', classOf(value).name);
    return formatInteger(whole, spec);
  }
  if (!(value instanceof PyFloat)) return undefined;
  return text === '' ? floatRepr(value.v) : formatFloat(value.v, parse(text, value));
}

export function* format(thread: Thread, value: Value, spec: string): Steps<string> {
  const now = formatNow(value, spec);
  if (now !== undefined) return now;
  const own = lookup(classOf(value), '__format__');
  if (own !== undefined && !(own instanceof PyBuiltin && own.owner?.name === 'object')) {
    const result = (yield new Call(own, argsOf([value, spec]))) as Value;
    if (typeof result !== 'string') throw typeError(`__format__ must return a str, not ${classOf(result).name}`);
    return result;
  }
  const worth = plain(value);
  if (worth !== value) {
    const ownText = lookup(classOf(value), '__str__');
    if (ownText !== undefined && !(ownText instanceof PyBuiltin) && typeof worth === 'string') {
      const shown = yield* str(thread, value);
      return formatNow(shown, spec) ?? shown;
    }
    return formatNow(worth, spec) ?? (yield* str(thread, value));
  }
  if (value instanceof PyComplex || spec === '') return yield* str(thread, value);
  throw typeError(`unsupported format string passed to ${classOf(value).name}.__format__`);
}
