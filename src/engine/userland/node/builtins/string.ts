/** `String`. What takes a regular expression is in `string-patterns.ts`. */
import { lengthOf, textOf, toInteger, toNumber, toObject, toText } from '../runtime/convert.ts';
import { arrayOf, get } from '../runtime/objects.ts';
import { isObject, JsSymbol, SYMBOLS, UNSET, type Value } from '../runtime/values.ts';
import { insist, intrinsics, realm } from '../runtime/vm.ts';
import { relative } from './array.ts';
import { makeClass, method, methods, stepsMethod } from './define.ts';
import { hostIterator } from './iterators.ts';
import { setUpStringPatterns } from './string-patterns.ts';

/** The text that a method is called on. */
export function ownText(self: Value, name: string): string {
  if (typeof self === 'string') return self;
  if (self === undefined || self === null) throw realm().typeError(`String.prototype.${name} called on null or undefined`);
  return isObject(self) && self.inner?.kind === 'primitive' && typeof self.inner.value === 'string' ? self.inner.value : toText(self);
}

const MAX_TEXT = 536_870_888;

export function repeated(text: string, count: number): string {
  if (count < 0 || count === Number.POSITIVE_INFINITY) throw realm().rangeError(`Invalid count value: ${count}`);
  if (text.length * count > MAX_TEXT) throw realm().rangeError('Invalid string length');
  realm().memory.take(text.length * count);
  return text.repeat(count);
}

function padding(text: string, args: readonly Value[]): string {
  const missing = toInteger(args[0]) - text.length;
  const filler = args[1] === undefined ? ' ' : toText(args[1]);
  if (missing <= 0 || filler === '') return '';
  if (missing > MAX_TEXT) throw realm().rangeError('Invalid string length');
  return repeated(filler, Math.ceil(missing / filler.length)).slice(0, missing);
}

function noPattern(value: Value, name: string): string {
  if (isObject(value) && value.inner?.kind === 'regexp')
    throw realm().typeError(`First argument to String.prototype.${name} must not be a regular expression`);
  return toText(value);
}

type Method = (text: string, args: readonly Value[]) => Value;

const METHODS: Readonly<Record<string, readonly [length: number, run: Method]>> = {
  charAt: [1, (text, [at]) => text.charAt(toInteger(at))],
  charCodeAt: [1, (text, [at]) => text.charCodeAt(toInteger(at))],
  codePointAt: [1, (text, [at]) => text.codePointAt(toInteger(at))],
  at: [1, (text, [at]) => text.at(toInteger(at))],
  includes: [1, (text, [part, from]) => text.includes(noPattern(part, 'includes'), toInteger(from))],
  startsWith: [1, (text, [part, from]) => text.startsWith(noPattern(part, 'startsWith'), toInteger(from))],
  endsWith: [1, (text, [part, to]) => text.endsWith(noPattern(part, 'endsWith'), to === undefined ? undefined : toInteger(to))],
  indexOf: [1, (text, [part, from]) => text.indexOf(toText(part), toInteger(from))],
  lastIndexOf: [1, (text, [part, from]) => text.lastIndexOf(toText(part), from === undefined ? undefined : toNumber(from))],
  slice: [2, (text, [start, end]) => text.slice(relative(start, text.length, 0), relative(end, text.length, text.length))],
  substring: [2, (text, [start, end]) => text.substring(toNumber(start), end === undefined ? undefined : toNumber(end))],
  substr: [
    2,
    (text, [start, count]) => {
      const from = relative(start, text.length, 0);
      return text.slice(from, count === undefined ? undefined : from + Math.max(0, toInteger(count)));
    },
  ],
  toUpperCase: [0, (text) => text.toUpperCase()],
  toLowerCase: [0, (text) => text.toLowerCase()],
  toLocaleUpperCase: [0, (text) => text.toUpperCase()],
  toLocaleLowerCase: [0, (text) => text.toLowerCase()],
  trim: [0, (text) => text.trim()],
  trimStart: [0, (text) => text.trimStart()],
  trimEnd: [0, (text) => text.trimEnd()],
  padStart: [1, (text, args) => padding(text, args) + text],
  padEnd: [1, (text, args) => text + padding(text, args)],
  repeat: [1, (text, [count]) => repeated(text, toInteger(count))],
  concat: [1, (text, args) => text + args.map(toText).join('')],
  normalize: [0, (text, [form]) => text.normalize(form === undefined ? 'NFC' : toText(form))],
  localeCompare: [1, (text, [other]) => compared(text, toText(other))],
  isWellFormed: [0, (text) => !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text)],
};

/** As English sorts: letters before their case, accents after their letters. */
export function compared(a: string, b: string): number {
  const plain = (text: string): string =>
    text
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase();
  const rank = (one: string): string =>
    [...one].map((char) => (/[\p{L}]/u.test(char) ? `2${char}` : /\d/.test(char) ? `1${char}` : `0${char}`)).join('');
  const [x, y] = [rank(plain(a)), rank(plain(b))];
  if (x !== y) return x < y ? -1 : 1;
  const [p, q] = [a.normalize('NFD').toLowerCase(), b.normalize('NFD').toLowerCase()];
  if (p !== q) return p < q ? -1 : 1;
  if (a === b) return 0;
  // Small letters come first.
  return a > b ? -1 : 1;
}

export function setUpString(): void {
  const proto = intrinsics().string;
  const string = makeClass({ name: 'String', length: 1, prototype: proto }, (args, _, newTarget) => {
    const [value] = args;
    if (newTarget === undefined && value instanceof JsSymbol) return `Symbol(${value.description ?? ''})`;
    const text = args.length === 0 ? '' : toText(value);
    return newTarget === undefined ? text : realm().box(text);
  });
  methods(string, {
    fromCharCode: [1, (args) => String.fromCharCode(...args.map(toNumber))],
    fromCodePoint: [
      1,
      (args) =>
        args
          .map((one) => {
            const code = toNumber(one);
            if (!Number.isInteger(code) || code < 0 || code > 0x10ffff) throw realm().rangeError(`Invalid code point ${code}`);
            return String.fromCodePoint(code);
          })
          .join(''),
    ],
  });
  stepsMethod(string, 'raw', 1, function* ([strings, ...values]) {
    const raw = toObject(get(toObject(strings), 'raw') as Value);
    let text = '';
    const length = lengthOf(raw);
    for (let at = 0; at < length; at += 1) {
      text += toText(get(raw, String(at)) as Value);
      if (at + 1 < length && at < values.length) text += yield* textOf(values[at]);
    }
    return text;
  });
  for (const [name, [length, run]] of Object.entries(METHODS)) method(proto, name, length, (args, self) => run(ownText(self, name), args));
  methods(proto, {
    toString: [0, (_, self) => ownText(self, 'toString')],
    valueOf: [0, (_, self) => ownText(self, 'valueOf')],
  });
  method(proto, SYMBOLS.iterator, 0, (_, self) => {
    const points = [...ownText(self, '[Symbol.iterator]')];
    let at = 0;
    return hostIterator(intrinsics().stringIterator, 'String Iterator', () => {
      const one = points[at];
      at += 1;
      return one === undefined ? UNSET : one;
    });
  });
  setUpStringPatterns(proto);
}

export const listOf = arrayOf;
export const now = insist;
