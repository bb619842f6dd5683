import type { Source } from './source.ts';

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
  "'": "'",
  '"': '"',
  '?': '?',
};

/** `$'…'`: quotes in which backslashes stand for control characters. */
export function readAnsiQuoted(source: Source): string {
  source.next();
  let text = '';
  for (;;) {
    const char = source.raw();
    if (char === '') source.end({ kind: 'unterminated-quote', quote: "'" });
    source.next();
    if (char === "'") return text;
    text += char === '\\' ? readEscape(source) : char;
  }
}

function readEscape(source: Source): string {
  const rest = source.text.slice(source.at, source.at + 4);
  const code = /^(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3}))/.exec(rest);
  if (code !== null) {
    source.skip(code[0].length);
    return String.fromCharCode(code[1] === undefined ? Number.parseInt(code[2] ?? '0', 8) : Number.parseInt(code[1], 16));
  }
  const char = source.next();
  return LETTERS[char] ?? `\\${char}`;
}
