/** `strings`, `bytes`, `unicode`, `strconv`. */
import { toRaw, toText } from '../../program-io.ts';
import type { NativeNow } from '../compile/package.ts';
import { decodeRune, encodeRune, runesOf } from '../runtime/text.ts';
import { Slice, type Value } from '../runtime/values.ts';
import { formatFloat } from './floats.ts';
import type { LibraryPackage } from './packages.ts';
import { isPrint, quote, quoteRune } from './quote.ts';
import { SOURCE as BYTES_SOURCE } from './source/bytes.ts';
import { SOURCE as STRCONV_SOURCE } from './source/strconv.ts';
import { SOURCE as STRINGS_SOURCE } from './source/strings.ts';
import { SOURCE as UNICODE_SOURCE } from './source/unicode.ts';
import { SOURCE as UTF8_SOURCE } from './source/utf8.ts';

const list = (values: readonly Value[]): Slice => new Slice([...values]);
const str = (value: Value): string => value as string;
const num = (value: Value): number => Number(value);

/** Cuts a text at a separator, at most `most` times if it is not negative. */
function split(text: string, separator: string, most: number): readonly string[] {
  if (most === 0) return [];
  const parts = separator === '' ? runesOf(text).map(encodeRune) : text.split(separator);
  return most > 0 && parts.length > most ? [...parts.slice(0, most - 1), parts.slice(most - 1).join(separator)] : parts;
}

const count: NativeNow = ([text, part]) => (str(part) === '' ? runesOf(str(text)).length + 1 : str(text).split(str(part)).length - 1);
const trimmed = (text: string, cutset: string, where: 'left' | 'right' | 'both'): string => {
  const set = new Set(runesOf(cutset));
  const runes = runesOf(text);
  let [from, to] = [0, runes.length];
  if (where !== 'right') while (from < to && set.has(runes[from] ?? 0)) from += 1;
  if (where !== 'left') while (to > from && set.has(runes[to - 1] ?? 0)) to -= 1;
  return runes.slice(from, to).map(encodeRune).join('');
};
const replaced = (text: string, [from, to, most]: readonly [string, string, number]): string => {
  const parts = from === '' ? split(text, '', -1) : text.split(from);
  if (from === '') return to + parts.join(to) + (parts.length > 0 ? to : '');
  if (most < 0) return parts.join(to);
  return (
    parts.slice(0, most + 1).join(to) +
    parts
      .slice(most + 1)
      .map((part) => from + part)
      .join('')
  );
};

const SPACE = ' \t\n\v\f\r';
const title = (text: string): string =>
  toText(text).replace(/(^|[^\p{L}\p{N}_'])(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());

export const STRINGS: LibraryPackage = {
  source: STRINGS_SOURCE,
  natives: {
    now: {
      Contains: ([text, part]) => str(text).includes(str(part)),
      Count: count,
      Fields: ([text]) =>
        list(
          str(text)
            .split(/[ \t\n\v\f\r]+/)
            .filter((word) => word !== ''),
        ),
      HasPrefix: ([text, part]) => str(text).startsWith(str(part)),
      HasSuffix: ([text, part]) => str(text).endsWith(str(part)),
      Index: ([text, part]) => str(text).indexOf(str(part)),
      LastIndex: ([text, part]) => str(text).lastIndexOf(str(part)),
      Join: ([parts, gap]) => (parts instanceof Slice ? parts.list().join(str(gap)) : ''),
      Repeat: ([text, times]) => str(text).repeat(Math.max(0, num(times))),
      Replace: ([text, from, to, most]) => replaced(str(text), [str(from), str(to), num(most)]),
      SplitN: ([text, gap, most]) => (num(most) === 0 ? null : list(split(str(text), str(gap), num(most)))),
      Title: ([text]) => toRaw(title(str(text))),
      ToLower: ([text]) => toRaw(toText(str(text)).toLowerCase()),
      ToUpper: ([text]) => toRaw(toText(str(text)).toUpperCase()),
      Trim: ([text, set]) => trimmed(str(text), str(set), 'both'),
      TrimLeft: ([text, set]) => trimmed(str(text), str(set), 'left'),
      TrimRight: ([text, set]) => trimmed(str(text), str(set), 'right'),
      TrimSpace: ([text]) => trimmed(str(text), SPACE, 'both'),
    },
  },
};

const is =
  (pattern: RegExp): NativeNow =>
  ([rune]) =>
    pattern.test(String.fromCodePoint(num(rune) >= 0 ? num(rune) : 0));

export const UNICODE: LibraryPackage = {
  source: UNICODE_SOURCE,
  natives: {
    now: {
      IsLetter: is(/^\p{L}$/u),
      IsDigit: is(/^\p{Nd}$/u),
      IsSpace: is(/^[\t\n\v\f\r \u0085\u00a0\p{Z}]$/u),
      IsUpper: is(/^\p{Lu}$/u),
      IsLower: is(/^\p{Ll}$/u),
      IsPunct: is(/^\p{P}$/u),
      IsPrint: ([rune]) => isPrint(num(rune)),
      ToUpper: ([rune]) => String.fromCodePoint(num(rune)).toUpperCase().codePointAt(0),
      ToLower: ([rune]) => String.fromCodePoint(num(rune)).toLowerCase().codePointAt(0),
    },
  },
};

export const UTF8: LibraryPackage = {
  source: UTF8_SOURCE,
  natives: {
    now: {
      RuneCountInString: ([text]) => runesOf(str(text)).length,
      DecodeRuneInString: ([text]) => (str(text) === '' ? [0xfffd, 0] : [...decodeRune(str(text), 0)]),
      ValidString: ([text]) => {
        for (let at = 0; at < str(text).length; ) {
          const [rune, size] = decodeRune(str(text), at);
          if (rune === 0xfffd && size === 1) return false;
          at += size;
        }
        return true;
      },
    },
  },
};

/** An integer of a base: its value, and 1 for what is none, 2 for one out of range. */
const parseInteger: NativeNow = ([text, base, bits, signed]) => {
  const plain = str(text).replaceAll('_', num(base) === 0 ? '' : '_');
  const [, sign = '', prefix = '', digits = ''] =
    /^([+-]?)(0[xX]|0[bB]|0[oO]|0(?=\d))?(\w+)$/.exec(num(base) === 0 ? plain : '') ?? /^([+-]?)()(\w+)$/.exec(plain) ?? [];
  const radix = num(base) !== 0 ? num(base) : ({ '0x': 16, '0b': 2, '0o': 8, '0': 8 }[prefix.toLowerCase()] ?? 10);
  if (digits === '' || (sign !== '' && signed === false)) return [0, 1];
  let value = 0n;
  for (const char of digits.toLowerCase()) {
    const digit = Number.parseInt(char, 36);
    if (Number.isNaN(digit) || digit >= radix) return [0, 1];
    value = value * BigInt(radix) + BigInt(digit);
  }
  if (sign === '-') value = -value;
  const size = num(bits) === 0 ? 64 : num(bits);
  const [least, most] = signed === true ? [-(2n ** BigInt(size - 1)), 2n ** BigInt(size - 1) - 1n] : [0n, 2n ** BigInt(size) - 1n];
  const own = value < least ? least : value > most ? most : value;
  const short = Number(own);
  return [Number.isSafeInteger(short) ? short : own, own === value ? 0 : 2];
};

const FLOAT = /^[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/i;

function unquoted(text: string): string | null {
  const inner = /^"((?:[^"\\\n]|\\.)*)"$/s.exec(text)?.[1];
  if (/^`[^`]*`$/.test(text)) return text.slice(1, -1);
  if (inner === undefined) return null;
  try {
    return toRaw(
      String(
        JSON.parse(
          `"${toText(inner)
            .replace(/\\x([\da-f]{2})/gi, '\\u00$1')
            .replace(/\\([av'])/g, (_, char: string) => ({ a: '\\u0007', v: '\\u000b' })[char] ?? char)}"`,
        ),
      ),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export const STRCONV: LibraryPackage = {
  source: STRCONV_SOURCE,
  natives: {
    now: {
      parseInteger,
      parseUnsigned: parseInteger,
      parseFloat: ([text]) => {
        if (!FLOAT.test(str(text))) return [0, 1];
        const word = str(text).toLowerCase();
        if (/inf/.test(word)) return [word.startsWith('-') ? -Infinity : Infinity, 0];
        const value = word.includes('nan') ? Number.NaN : Number(word);
        return [value, Number.isFinite(value) || Number.isNaN(value) ? 0 : 2];
      },
      FormatInt: ([value, base]) => (value as number).toString(num(base)),
      FormatUint: ([value, base]) => (value as number).toString(num(base)),
      FormatFloat: ([value, form, precision, bits]) => formatFloat(num(value), String.fromCharCode(num(form)), num(precision), num(bits)),
      Quote: ([text]) => quote(str(text)),
      QuoteToASCII: ([text]) => quote(str(text), true),
      QuoteRune: ([rune]) => quoteRune(num(rune)),
      unquote: ([text]) => {
        const plain = unquoted(str(text));
        return [plain ?? '', plain !== null];
      },
    },
  },
};

export const BYTES: LibraryPackage = {
  source: BYTES_SOURCE,
};
