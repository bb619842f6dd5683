/** Functions of texts. */
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { bytesOf, encode, rawOf } from '../../../../program-io.ts';
import type { SqlType } from '../ast.ts';
import { likeRegExp, regExp } from '../operators.ts';
import { BIGINT, INT, LONG_TEXT, TEXT } from '../types.ts';
import { compareTexts, compareValues, toDouble, toInteger, toText, truth, type Value } from '../values.ts';
import type { SqlFunction } from './types.ts';

const LONGEST = 1_000_000;
export const text = (value: Value | undefined): string => (value === null || value === undefined ? '' : toText(value));
const number = (value: Value | undefined): number => (value === null || value === undefined ? 0 : Number(toInteger(value)));
const onText = (counts: SqlFunction['counts'], result: SqlType, run: (...args: string[]) => Value): SqlFunction => ({
  counts,
  result,
  run: (values) => run(...values.map(text)),
});
const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const digest = (of: (bytes: Uint8Array) => Uint8Array): SqlFunction => onText([1, 1], TEXT, (value = '') => hex(of(encode(value))));

function strip(value: string, piece: string, side: string): string {
  if (piece === '') return value;
  let rest = value;
  if (side !== 'trailing') while (rest.startsWith(piece)) rest = rest.slice(piece.length);
  if (side !== 'leading') while (rest.endsWith(piece)) rest = rest.slice(0, -piece.length);
  return rest;
}

function substring(value: string, from: number, count?: number): string {
  const letters = [...value];
  const start = from > 0 ? from - 1 : from < 0 ? letters.length + from : -1;
  if (start < 0 || start >= letters.length || (count !== undefined && count <= 0)) return '';
  return letters.slice(start, count === undefined ? undefined : start + count).join('');
}

function padded(value: string, width: number, fill: string, atStart: boolean): string | null {
  const letters = [...value];
  if (width < 0 || width > LONGEST) return null;
  if (letters.length >= width) return letters.slice(0, width).join('');
  if (fill === '') return '';
  const more = [...fill.repeat(Math.ceil((width - letters.length) / [...fill].length))].slice(0, width - letters.length).join('');
  return atStart ? more + value : value + more;
}

/** `SUBSTRING_INDEX('a.b.c', '.', 2)` is `a.b`. */
function beforeIndex(value: string, separator: string, count: number): string {
  const parts = value.split(separator);
  if (separator === '' || count === 0) return '';
  return (count > 0 ? parts.slice(0, count) : parts.slice(count)).join(separator);
}

function locate(needle: string, value: string, from = 1): bigint {
  return BigInt(value.toLowerCase().indexOf(needle.toLowerCase(), from - 1) + 1);
}

const WIDE = (types: readonly SqlType[]): SqlType => (types.some(({ base }) => base.includes('text')) ? LONG_TEXT : TEXT);

function crc32(bytes: Uint8Array): bigint {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ ((crc & 1) === 1 ? 0xedb88320 : 0);
  }
  return BigInt((crc ^ 0xffffffff) >>> 0);
}

const FIELD_FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  concat: { counts: [1, 1000], result: WIDE, run: (values) => values.map(text).join('') },
  concat_ws: {
    counts: [2, 1000],
    result: WIDE,
    takesNulls: true,
    run: ([separator, ...values]) =>
      separator === null
        ? null
        : values
            .filter((value) => value !== null)
            .map(text)
            .join(text(separator)),
  },
  elt: { counts: [2, 1000], result: TEXT, takesNulls: true, nullable: true, run: ([at, ...values]) => values[number(at) - 1] ?? null },
  field: {
    counts: [2, 1000],
    result: INT,
    takesNulls: true,
    nullable: false,
    run: ([wanted = null, ...values]) =>
      BigInt(wanted === null ? 0 : values.findIndex((value) => value !== null && compareValues(value, wanted) === 0) + 1),
  },
  find_in_set: onText([2, 2], INT, (value = '', set = '') => BigInt(set.split(',').findIndex((one) => compareTexts(one, value) === 0) + 1)),
  strcmp: onText([2, 2], INT, (a = '', b = '') => BigInt(Math.sign(compareTexts(a, b)))),
  insert: {
    counts: [4, 4],
    result: TEXT,
    run: ([value, from, count, piece]) => {
      const [letters, at] = [[...text(value)], number(from)];
      if (at < 1 || at > letters.length) return text(value);
      return `${letters.slice(0, at - 1).join('')}${text(piece)}${letters.slice(at - 1 + number(count)).join('')}`;
    },
  },
  char: { counts: [1, 1000], result: TEXT, run: (values) => values.map((value) => String.fromCharCode(number(value) & 255)).join('') },
  like: { counts: [2, 2], result: BIGINT, run: ([value, pattern]) => truth(likeRegExp(text(pattern)).test(text(value))) },
  format: {
    counts: [2, 3],
    result: TEXT,
    run: ([value = null, places]) => {
      const fixed = toDouble(value ?? 0n).toFixed(Math.max(0, number(places)));
      return fixed.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
    },
  },
};

export const TEXT_FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  ...FIELD_FUNCTIONS,
  lower: onText([1, 1], TEXT, (value = '') => value.toLowerCase()),
  lcase: onText([1, 1], TEXT, (value = '') => value.toLowerCase()),
  upper: onText([1, 1], TEXT, (value = '') => value.toUpperCase()),
  ucase: onText([1, 1], TEXT, (value = '') => value.toUpperCase()),
  length: onText([1, 1], BIGINT, (value = '') => BigInt(encode(value).length)),
  octet_length: onText([1, 1], BIGINT, (value = '') => BigInt(encode(value).length)),
  bit_length: onText([1, 1], BIGINT, (value = '') => BigInt(encode(value).length * 8)),
  char_length: onText([1, 1], BIGINT, (value = '') => BigInt([...value].length)),
  character_length: onText([1, 1], BIGINT, (value = '') => BigInt([...value].length)),
  reverse: onText([1, 1], TEXT, (value = '') => [...value].reverse().join('')),
  replace: onText([3, 3], TEXT, (value = '', from = '', to = '') => (from === '' ? value : value.replaceAll(from, to))),
  trim: onText([1, 3], TEXT, (value = '', piece = ' ', side = 'both') => strip(value, piece, side)),
  ltrim: onText([1, 1], TEXT, (value = '') => strip(value, ' ', 'leading')),
  rtrim: onText([1, 1], TEXT, (value = '') => strip(value, ' ', 'trailing')),
  left: { counts: [2, 2], result: TEXT, run: ([value, count]) => [...text(value)].slice(0, Math.max(0, number(count))).join('') },
  right: {
    counts: [2, 2],
    result: TEXT,
    run: ([value, count]) => (number(count) <= 0 ? '' : [...text(value)].slice(-number(count)).join('')),
  },
  repeat: {
    counts: [2, 2],
    result: LONG_TEXT,
    run: ([value, count]) => text(value).repeat(Math.max(0, Math.min(LONGEST / Math.max(1, text(value).length), number(count)))),
  },
  space: { counts: [1, 1], result: TEXT, run: ([count]) => ' '.repeat(Math.max(0, Math.min(LONGEST, number(count)))) },
  lpad: {
    counts: [3, 3],
    result: TEXT,
    nullable: true,
    run: ([value, width, fill]) => padded(text(value), number(width), text(fill), true),
  },
  rpad: {
    counts: [3, 3],
    result: TEXT,
    nullable: true,
    run: ([value, width, fill]) => padded(text(value), number(width), text(fill), false),
  },
  substring: {
    counts: [2, 3],
    result: TEXT,
    run: ([value, from, count]) => substring(text(value), number(from), count === undefined ? undefined : number(count)),
  },
  substr: {
    counts: [2, 3],
    result: TEXT,
    run: ([value, from, count]) => substring(text(value), number(from), count === undefined ? undefined : number(count)),
  },
  mid: { counts: [3, 3], result: TEXT, run: ([value, from, count]) => substring(text(value), number(from), number(count)) },
  substring_index: {
    counts: [3, 3],
    result: TEXT,
    run: ([value, separator, count]) => beforeIndex(text(value), text(separator), number(count)),
  },
  locate: {
    counts: [2, 3],
    result: BIGINT,
    run: ([needle, value, from]) => locate(text(needle), text(value), from === undefined ? 1 : number(from)),
  },
  instr: onText([2, 2], BIGINT, (value = '', needle = '') => locate(needle, value)),
  position: onText([2, 2], BIGINT, (needle = '', value = '') => locate(needle, value)),
  ascii: onText([1, 1], INT, (value = '') => BigInt(encode(value)[0] ?? 0)),
  ord: onText([1, 1], BIGINT, (value = '') => BigInt(encode(value)[0] ?? 0)),
  hex: {
    counts: [1, 1],
    result: TEXT,
    run: ([value = null]) => (typeof value === 'bigint' ? BigInt.asUintN(64, value).toString(16) : hex(encode(text(value)))).toUpperCase(),
  },
  unhex: onText([1, 1], TEXT, (value = '') =>
    (value.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join(''),
  ),
  quote: {
    counts: [1, 1],
    result: TEXT,
    takesNulls: true,
    nullable: false,
    run: ([value]) => (value === null ? 'NULL' : `'${text(value).replace(/['\\]/g, '\\$&')}'`),
  },
  crc32: { counts: [1, 1], result: BIGINT, run: ([value]) => crc32(encode(text(value))) },
  md5: digest(md5),
  sha1: digest(sha1),
  sha: digest(sha1),
  sha2: {
    counts: [2, 2],
    result: TEXT,
    nullable: true,
    run: ([value, bits]) => {
      const of = { 0: sha256, 224: sha224, 256: sha256, 384: sha384, 512: sha512 }[number(bits)];
      return of === undefined ? null : hex(of(encode(text(value))));
    },
  },
  to_base64: onText([1, 1], LONG_TEXT, (value = '') => btoa(rawOf(encode(value)))),
  from_base64: onText([1, 1], LONG_TEXT, (value = '') =>
    /^[A-Za-z0-9+/]*={0,2}$/.test(value) ? new TextDecoder().decode(bytesOf(atob(value))) : null,
  ),
  binary: { counts: [1, 1], result: { base: 'varbinary', args: [255] }, run: ([value = null]) => (value === null ? null : toText(value)) },
  regexp_like: onText([2, 3], BIGINT, (value = '', pattern = '') => truth(regExp(pattern).test(value))),
  regexp_replace: onText([3, 3], LONG_TEXT, (value = '', pattern = '', to = '') =>
    value.replace(new RegExp(regExp(pattern).source, 'giu'), to),
  ),
  regexp_substr: { ...onText([2, 2], TEXT, (value = '', pattern = '') => regExp(pattern).exec(value)?.[0] ?? null), nullable: true },
};
