// biome-ignore-all lint/suspicious/noControlCharactersInRegex: what counts as a space in Python has control characters among it.
/** str: its methods. */

import { methodSteps, methods, staticMethods, textOf } from '../library/define.ts';
import { integer } from '../protocol/arithmetic.ts';
import { collect } from '../protocol/iterate.ts';
import { dictGet } from '../protocol/keys.ts';
import { reserve } from '../protocol/sequences.ts';
import { formatText } from '../protocol/str-format.ts';
import { charsOf, textLength, toCharIndex, toUnitIndex } from '../protocol/strings.ts';
import { str } from '../protocol/text.ts';
import { typeError, valueError } from '../runtime/exceptions.ts';
import type { Steps, Thread } from '../runtime/thread.ts';
import { classOf, PyByteArray, PyBytes, PyDict, PyInstance, PyList, PyTuple, plain, STR, type Value } from '../runtime/values.ts';
import { decodeBytes, encodeText } from './codecs.ts';

STR.makeSteps = function* (thread, cls, { list, named }) {
  const [value] = list;
  const encoding = list[1] ?? named?.get('encoding');
  const errors = list[2] ?? named?.get('errors');
  const given = value ?? named?.get('object');
  const text =
    given === undefined
      ? ''
      : (encoding !== undefined || errors !== undefined) && (given instanceof PyBytes || given instanceof PyByteArray)
        ? decodeBytes(given.data, String(encoding ?? 'utf-8'), String(errors ?? 'strict'))
        : yield* str(thread, given);
  return cls === STR ? text : new PyInstance(cls, { worth: text });
};

const t = (value: Value | undefined): string => plain(value ?? null) as string;
const SPACE = /[\s\x1c-\x1f\x85]/u;

/** A range of characters as units of the host's string. */
function bounds(text: string, start: Value | undefined, end: Value | undefined): readonly [number, number] {
  const length = textLength(text);
  const at = (value: Value | undefined, otherwise: number): number => {
    if (value === null || value === undefined) return otherwise;
    const index = Number(integer(value) ?? 0);
    return Math.max(0, Math.min(length, index < 0 ? index + length : index));
  };
  return [toUnitIndex(text, at(start, 0)), toUnitIndex(text, at(end, length))];
}

function find(args: readonly Value[], isLast: boolean): number {
  const [self, part, start, end] = args;
  const text = t(self);
  const [from, to] = bounds(text, start, end);
  if (from > to) return -1;
  const wanted = textOf(part, 'must be str, not');
  const inside = text.slice(from, to);
  const found = isLast ? inside.lastIndexOf(wanted) : inside.indexOf(wanted);
  return found < 0 ? -1 : toCharIndex(text, found + from);
}

function found(args: readonly Value[], isLast: boolean): number {
  const at = find(args, isLast);
  if (at < 0) throw valueError('substring not found');
  return at;
}

function strip(text: string, chars: Value | undefined, sides: 'both' | 'left' | 'right'): string {
  const is = chars === null || chars === undefined ? (char: string) => SPACE.test(char) : (char: string) => t(chars).includes(char);
  const all = charsOf(text);
  let [from, to] = [0, all.length];
  if (sides !== 'right') while (from < to && is(all[from] ?? '')) from += 1;
  if (sides !== 'left') while (to > from && is(all[to - 1] ?? '')) to -= 1;
  return all.slice(from, to).join('');
}

function split(text: string, separator: Value | undefined, most: number): string[] {
  if (separator === null || separator === undefined) {
    const result: string[] = [];
    let rest = text.replace(/^[\s\x1c-\x1f]+/u, '');
    while (rest !== '' && (most < 0 || result.length < most)) {
      const end = /[\s\x1c-\x1f]+/u.exec(rest);
      if (end === null) break;
      result.push(rest.slice(0, end.index));
      rest = rest.slice(end.index + end[0].length);
    }
    if (rest !== '') result.push(most >= 0 && result.length >= most ? rest.replace(/[\s\x1c-\x1f]+$/u, '') : rest);
    return result;
  }
  const by = textOf(separator, 'must be str or None, not');
  if (by === '') throw valueError('empty separator');
  const parts = text.split(by);
  if (most < 0 || parts.length <= most + 1) return parts;
  return [...parts.slice(0, most), parts.slice(most).join(by)];
}

function splitRight(text: string, separator: Value | undefined, most: number): string[] {
  if (most < 0) return split(text, separator, most);
  if (separator === null || separator === undefined) {
    const reversed = (one: string): string => [...one].reverse().join('');
    return split(reversed(text), null, most).map(reversed).reverse();
  }
  const parts = text.split(t(separator));
  if (parts.length <= most + 1) return parts;
  const cut = parts.length - most;
  return [parts.slice(0, cut).join(t(separator)), ...parts.slice(cut)];
}

function starts(args: readonly Value[], isEnd: boolean): boolean {
  const [self, part, start, end] = args;
  const text = t(self);
  const [from, to] = bounds(text, start, end);
  const inside = text.slice(from, to);
  const all = part instanceof PyTuple ? part.items : [part];
  return all.some((one) => {
    const own = plain(one ?? null);
    if (typeof own !== 'string')
      throw typeError(`${isEnd ? 'endswith' : 'startswith'} first arg must be str or a tuple of str, not ${classOf(one ?? null).name}`);
    return isEnd ? inside.endsWith(own) : inside.startsWith(own);
  });
}

function replaced(thread: Thread, args: readonly Value[]): string {
  const [self, from, to, count] = args;
  const text = t(self);
  const [old, fresh] = [textOf(from, 'replace() argument 1'), textOf(to, 'replace() argument 2')];
  const most = Number(count);
  if (most >= 0) {
    let result = '';
    let at = 0;
    for (let times = 0; times < most; times += 1) {
      const next = text.indexOf(old, at);
      if (next < 0) break;
      result += text.slice(at, next) + fresh;
      at = next + old.length;
    }
    return result + text.slice(at);
  }
  const result =
    old === ''
      ? fresh +
        charsOf(text)
          .map((char) => char + fresh)
          .join('')
      : text.replaceAll(old, () => fresh);
  if (result.length > 1024) reserve(thread, result.length);
  return result;
}

const isCased = (char: string): boolean => char.toLowerCase() !== char.toUpperCase();

const title = (text: string): string => text.replace(/\p{L}+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());

function fill(
  self: Value | undefined,
  width: Value | undefined,
  options: { fill: Value | undefined; side: 'left' | 'right' | 'center' },
): string {
  const text = t(self);
  const missing = Number(width) - textLength(text);
  if (missing <= 0) return text;
  const char = t(options.fill);
  if (textLength(char) !== 1) throw typeError('The fill character must be exactly one character long');
  if (options.side === 'right') return text + char.repeat(missing);
  if (options.side === 'left') return char.repeat(missing) + text;
  const left = Math.floor(missing / 2) + (missing & Number(width) & 1);
  return char.repeat(left) + text + char.repeat(missing - left);
}

function expandTabs(text: string, size: number): string {
  let column = 0;
  let result = '';
  for (const char of text) {
    if (char === '\t') {
      const missing = size <= 0 ? 0 : size - (column % size);
      result += ' '.repeat(missing);
      column += missing;
    } else {
      result += char;
      column = char === '\n' || char === '\r' ? 0 : column + 1;
    }
  }
  return result;
}

export function linesOf(text: string, keepsEnds: boolean): string[] {
  const lines =
    text.match(
      /[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+$/g,
    ) ?? [];
  return keepsEnds ? [...lines] : lines.map((line) => line.replace(/(\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])$/, ''));
}

const list = (parts: readonly string[]): PyList => new PyList([...parts]);

methods(STR, {
  'upper(self)': ([self]) => t(self).toUpperCase(),
  'lower(self)': ([self]) => t(self).toLowerCase(),
  'casefold(self)': ([self]) => t(self).toLowerCase().replaceAll('ß', 'ss'),
  'swapcase(self)': ([self]) =>
    charsOf(t(self))
      .map((char) => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase()))
      .join(''),
  'title(self)': ([self]) => title(t(self)),
  'capitalize(self)': ([self]) => {
    const [first = '', ...rest] = [...t(self)];
    return first.toUpperCase() + rest.join('').toLowerCase();
  },
  'strip(self, chars=None, /)': ([self, chars]) => strip(t(self), chars, 'both'),
  'lstrip(self, chars=None, /)': ([self, chars]) => strip(t(self), chars, 'left'),
  'rstrip(self, chars=None, /)': ([self, chars]) => strip(t(self), chars, 'right'),
  'split(self, sep=None, maxsplit=-1)': ([self, by, most]) => list(split(t(self), by, Number(most))),
  'rsplit(self, sep=None, maxsplit=-1)': ([self, by, most]) => list(splitRight(t(self), by, Number(most))),
  'splitlines(self, keepends=False)': ([self, keeps]) => list(linesOf(t(self), keeps === true || keeps === 1)),
  'find(self, sub, start=None, end=None, /)': (args) => find(args, false),
  'rfind(self, sub, start=None, end=None, /)': (args) => find(args, true),
  'index(self, sub, start=None, end=None, /)': (args) => found(args, false),
  'rindex(self, sub, start=None, end=None, /)': (args) => found(args, true),
  'count(self, sub, start=None, end=None, /)': ([self, part, start, end]) => {
    const [from, to] = bounds(t(self), start, end);
    const inside = t(self).slice(from, to);
    return t(part) === '' ? textLength(inside) + 1 : inside.split(t(part)).length - 1;
  },
  'startswith(self, prefix, start=None, end=None, /)': (args) => starts(args, false),
  'endswith(self, suffix, start=None, end=None, /)': (args) => starts(args, true),
  'removeprefix(self, prefix, /)': ([self, prefix]) => (t(self).startsWith(t(prefix)) ? t(self).slice(t(prefix).length) : t(self)),
  'removesuffix(self, suffix, /)': ([self, suffix]) =>
    t(suffix) !== '' && t(self).endsWith(t(suffix)) ? t(self).slice(0, -t(suffix).length) : t(self),
  'replace(self, old, new, count=-1, /)': (args, thread) => replaced(thread, args),
  "center(self, width, fillchar=' ', /)": ([self, width, char]) => fill(self, width, { fill: char ?? ' ', side: 'center' }),
  "ljust(self, width, fillchar=' ', /)": ([self, width, char]) => fill(self, width, { fill: char ?? ' ', side: 'right' }),
  "rjust(self, width, fillchar=' ', /)": ([self, width, char]) => fill(self, width, { fill: char ?? ' ', side: 'left' }),
  'zfill(self, width, /)': ([self, width]) => {
    const text = t(self);
    const sign = /^[-+]/.exec(text)?.[0] ?? '';
    return sign + text.slice(sign.length).padStart(Number(width) - sign.length, '0');
  },
  'expandtabs(self, tabsize=8)': ([self, size]) => expandTabs(t(self), Number(size)),
  'partition(self, sep, /)': ([self, by]) => {
    const at = t(self).indexOf(t(by));
    return new PyTuple(at < 0 ? [t(self), '', ''] : [t(self).slice(0, at), t(by), t(self).slice(at + t(by).length)]);
  },
  'rpartition(self, sep, /)': ([self, by]) => {
    const at = t(self).lastIndexOf(t(by));
    return new PyTuple(at < 0 ? ['', '', t(self)] : [t(self).slice(0, at), t(by), t(self).slice(at + t(by).length)]);
  },
  "encode(self, encoding='utf-8', errors='strict')": ([self, encoding, errors]) =>
    new PyBytes(encodeText(t(self), String(encoding), String(errors))),
  'isalpha(self)': ([self]) => /^\p{L}+$/u.test(t(self)),
  'isdigit(self)': ([self]) => /^[\p{Nd}²³¹⁰⁴-⁹₀-₉]+$/u.test(t(self)),
  'isdecimal(self)': ([self]) => /^\p{Nd}+$/u.test(t(self)),
  'isnumeric(self)': ([self]) => /^\p{N}+$/u.test(t(self)),
  'isalnum(self)': ([self]) => /^[\p{L}\p{N}]+$/u.test(t(self)),
  'isspace(self)': ([self]) => /^[\s\x1c-\x1f\x85]+$/u.test(t(self)),
  'isupper(self)': ([self]) => t(self) === t(self).toUpperCase() && [...t(self)].some(isCased),
  'islower(self)': ([self]) => t(self) === t(self).toLowerCase() && [...t(self)].some(isCased),
  'istitle(self)': ([self]) => t(self) === title(t(self)) && [...t(self)].some(isCased),
  'isascii(self)': ([self]) => !/[^\0-\x7f]/.test(t(self)),
  'isprintable(self)': ([self]) => !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(t(self)),
  'isidentifier(self)': ([self]) => /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u.test(t(self)),
  '__len__(self)': ([self]) => textLength(t(self)),
  '__getnewargs__(self)': ([self]) => new PyTuple([t(self)]),
});
methodSteps(STR, {
  *'join(self, iterable, /)'([self, parts], thread) {
    const all = yield* collect(thread, parts as Value);
    const texts = all.map((one, index) => {
      const own = plain(one);
      if (typeof own !== 'string') throw typeError(`sequence item ${index}: expected str instance, ${classOf(one).name} found`);
      return own;
    });
    const result = texts.join(t(self));
    if (result.length > 1024) reserve(thread, result.length);
    return result;
  },
  *'format(self, *args, **kwargs)'([self, args, named], thread) {
    return yield* formatText(thread, t(self), { list: (args as PyTuple).items, named: named as PyDict });
  },
  *'format_map(self, mapping)'([self, mapping], thread) {
    return yield* formatText(thread, t(self), { list: [], named: mapping as Value });
  },
  *'translate(self, table)'([self, table], thread) {
    return yield* translate(thread, t(self), table as Value);
  },
});

function* translate(thread: Thread, text: string, table: Value): Steps<string> {
  if (!(table instanceof PyDict)) throw typeError('translate() wants a dict');
  let result = '';
  for (const char of text) {
    const to = yield* dictGet(thread, table, char.codePointAt(0) ?? 0);
    if (to === undefined) result += char;
    else if (typeof to === 'number') result += String.fromCodePoint(to);
    else if (to !== null) result += t(to);
  }
  return result;
}

staticMethods(STR, {
  'maketrans(x, y=None, z=None, /)': ([x, y, z]) => {
    const table = new PyDict();
    const set = (key: Value, value: Value): void => {
      const code = typeof key === 'string' ? (key.codePointAt(0) ?? 0) : (key as number);
      table.map.set(code, { k: code, v: value });
    };
    if (y === null && x instanceof PyDict) for (const { k, v } of x.map.values()) set(k, v);
    else {
      const [from, to] = [[...t(x)], [...t(y)]];
      if (from.length !== to.length) throw valueError('the first two maketrans arguments must have equal length');
      from.forEach((char, index) => {
        set(char, to[index]?.codePointAt(0) ?? 0);
      });
      if (z !== null) for (const char of t(z)) set(char, null);
    }
    return table;
  },
});
