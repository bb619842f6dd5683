import { type Features, Source } from './source.ts';

const LETTERS: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
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

/** What the backslashes of a text stand for, as between `$'` and `'`. */
export function readAnsiText(text: string, features: Features): string {
  const source = new Source(text, { isFinal: true, features });
  let out = '';
  while (source.raw() !== '') {
    const char = source.next();
    out += char === '\\' && source.raw() !== '' ? readEscape(source) : char;
  }
  return out;
}

function readEscape(source: Source): string {
  const rest = source.text.slice(source.at, source.at + 9);
  const code = /^(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|c(.))/s.exec(rest);
  const [all = '', byte, short, long, octal, control] = code ?? [];
  if (code !== null && (source.features.grammar !== undefined || byte !== undefined || octal !== undefined)) {
    source.skip(all.length);
    if (control !== undefined) return String.fromCharCode(control.toUpperCase().charCodeAt(0) ^ 64);
    const number = octal === undefined ? Number.parseInt(byte ?? short ?? long ?? '0', 16) : Number.parseInt(octal, 8) & 255;
    return number > 0x10ffff ? '\ufffd' : String.fromCodePoint(number);
  }
  const char = source.next();
  return LETTERS[char] ?? `\\${char}`;
}
