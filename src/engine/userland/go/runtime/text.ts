/** Strings as bytes and as characters: UTF-8, and what is none. */
const REPLACEMENT = 0xfffd;

/** The character at a place and how many bytes it has; what is no UTF-8 is one byte of U+FFFD. */
export function decodeRune(raw: string, at: number): readonly [rune: number, size: number] {
  const first = raw.charCodeAt(at);
  if (first < 0x80) return [first, 1];
  const size = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xc2 && first < 0xe0 ? 2 : 1;
  if (size === 1 || at + size > raw.length) return [REPLACEMENT, 1];
  let rune = first & (0xff >> (size + 1));
  for (let next = 1; next < size; next += 1) {
    const byte = raw.charCodeAt(at + next);
    if ((byte & 0xc0) !== 0x80) return [REPLACEMENT, 1];
    rune = rune * 64 + (byte & 0x3f);
  }
  const isLong = (size === 3 && rune < 0x800) || (size === 4 && (rune < 0x10000 || rune > 0x10ffff)) || (rune >= 0xd800 && rune <= 0xdfff);
  return isLong ? [REPLACEMENT, 1] : [rune, size];
}

export function runesOf(raw: string): number[] {
  const runes: number[] = [];
  for (let at = 0; at < raw.length; ) {
    const [rune, size] = decodeRune(raw, at);
    runes.push(rune);
    at += size;
  }
  return runes;
}

export function encodeRune(rune: number): string {
  if (rune < 0 || rune > 0x10ffff || (rune >= 0xd800 && rune <= 0xdfff)) return encodeRune(REPLACEMENT);
  if (rune < 0x80) return String.fromCharCode(rune);
  if (rune < 0x800) return String.fromCharCode(0xc0 | (rune >> 6), 0x80 | (rune & 63));
  if (rune < 0x10000) return String.fromCharCode(0xe0 | (rune >> 12), 0x80 | ((rune >> 6) & 63), 0x80 | (rune & 63));
  return String.fromCharCode(0xf0 | (rune >> 18), 0x80 | ((rune >> 12) & 63), 0x80 | ((rune >> 6) & 63), 0x80 | (rune & 63));
}

export const encodeRunes = (runes: readonly number[]): string => runes.map(encodeRune).join('');
