/** Texts in quotes, as `strconv.Quote` writes them. */
import { decodeRune, encodeRune } from '../runtime/text.ts';

const SHORT: Readonly<Record<number, string>> = { 7: '\\a', 8: '\\b', 12: '\\f', 10: '\\n', 13: '\\r', 9: '\\t', 11: '\\v', 92: '\\\\' };
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
const PRINTS = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
export const isPrint = (rune: number): boolean => rune >= 32 && rune !== 127 && PRINTS.test(String.fromCodePoint(rune));

function escaped(rune: number, quote: string, ascii: boolean): string {
  const short = SHORT[rune];
  if (short !== undefined) return short;
  if (rune === quote.charCodeAt(0)) return `\\${quote}`;
  if (ascii ? rune >= 32 && rune < 127 : isPrint(rune)) return encodeRune(rune);
  if (rune < 32 || rune === 127) return `\\x${hex(rune, 2)}`;
  return rune < 0x10000 ? `\\u${hex(rune, 4)}` : `\\U${hex(rune, 8)}`;
}

export function quote(raw: string, ascii = false): string {
  let text = '';
  for (let at = 0; at < raw.length; ) {
    const [rune, size] = decodeRune(raw, at);
    text += size === 1 && rune === 0xfffd ? `\\x${hex(raw.charCodeAt(at), 2)}` : escaped(rune, '"', ascii);
    at += size;
  }
  return `"${text}"`;
}

export const quoteRune = (rune: number, ascii = false): string => `'${escaped(rune, "'", ascii)}'`;
