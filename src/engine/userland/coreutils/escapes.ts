/** Backslash escapes as `echo -e`, `printf` and `tr` read them. */

const LETTERS: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

export interface Unescaped {
  readonly raw: string;
  /** `\c` was met: nothing more is to be printed. */
  readonly stop: boolean;
}

export interface EscapeRules {
  /** An octal number needs a leading zero, `\0NNN` (echo, `%b`); else `\NNN`. */
  readonly zeroOctal: boolean;
  /** `\"` is a quote (the format of printf). */
  readonly quotes?: boolean;
  /** POSIX knows no hexadecimal numbers, and so does dash: `\\x41` stays. */
  readonly onlyOctal?: boolean;
}

/** Resolves the escapes of raw text. Unknown ones stay as they are. */
export function resolveEscapes(text: string, { zeroOctal, quotes = false, onlyOctal = false }: EscapeRules): Unescaped {
  let raw = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] ?? '';
    if (char !== '\\') {
      raw += char;
      continue;
    }
    const rest = text.slice(i + 1);
    if (rest.startsWith('c')) return { raw, stop: true };
    const number = onlyOctal && rest.startsWith('x') ? null : numeric(rest, zeroOctal);
    if (number !== null) {
      raw += String.fromCharCode(number.code & 0xff);
      i += number.length;
      continue;
    }
    const letter = quotes && rest.startsWith('"') ? '"' : LETTERS[rest[0] ?? ''];
    raw += letter ?? `\\${rest[0] ?? ''}`;
    i += 1;
  }
  return { raw, stop: false };
}

function numeric(rest: string, zeroOctal: boolean): { code: number; length: number } | null {
  const hex = /^x([0-9a-fA-F]{1,2})/.exec(rest);
  if (hex) return { code: Number.parseInt(hex[1] ?? '0', 16), length: hex[0].length };
  const octal = (zeroOctal ? /^0([0-7]{0,3})/ : /^([0-7]{1,3})/).exec(rest);
  if (octal) return { code: Number.parseInt(octal[1] || '0', 8), length: octal[0].length };
  return null;
}
