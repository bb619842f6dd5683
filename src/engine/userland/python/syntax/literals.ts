/** Numbers, strings and f-strings, from their tokens to what they are worth. */
import type { Expr, Literal, Replacement, Span } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { SyntaxFault } from './fault.ts';
import { FormatString } from './format-strings.ts';
import type { Token } from './tokens.ts';

export function numberOf(text: string): Literal {
  const plain = text.replaceAll('_', '');
  if (/[jJ]$/.test(plain)) return { type: 'imaginary', value: Number(plain.slice(0, -1)) };
  if (/^0[xXoObB]/.test(plain) || !/[.eE]/.test(plain)) {
    const value = Number(plain);
    return { type: 'int', value: Number.isSafeInteger(value) ? value : BigInt(plain) };
  }
  return { type: 'float', value: Number(plain) };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Characters by the names that scripts give them. */
const NAMED: Readonly<Record<string, string>> = {
  BULLET: '•',
  'CHECK MARK': '✓',
  'DEGREE SIGN': '°',
  'EURO SIGN': '€',
  'GREEK SMALL LETTER PI': 'π',
  'NO-BREAK SPACE': '\u00a0',
  SNOWMAN: '☃',
};

interface EscapeOptions {
  readonly at: Span;
  readonly stop: Span;
  readonly isBytes?: boolean;
  /** Told of a backslash that means nothing, and of the lines before it. */
  onStray?(char: string, lines: number): void;
}

/** What an escape lacks: how it should look. */
const FORMS: Readonly<Record<string, string>> = { x: '\\xXX', u: '\\uXXXX', U: '\\UXXXXXXXX', N: '\\N character' };

/** Takes the backslashes out of a string's text. */
export function withoutEscapes(text: string, { at, stop, isBytes = false, onStray }: EscapeOptions): string {
  if (!text.includes('\\')) return text;
  const broken = (position: number, length: number, what: string): SyntaxFault => {
    const bytes = (part: string): number => new TextEncoder().encode(part).length;
    const from = bytes(text.slice(0, position));
    return new SyntaxFault(
      `(unicode error) 'unicodeescape' codec can't decode bytes in position ${from}-${from + length - 1}: ${what}`,
      at,
      { stop },
    );
  };
  return text.replace(
    /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^}]*)\}|(\r\n|[\s\S]))/g,
    (whole, octal, hex, short, long, name, char, position) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (isBytes && (short ?? long ?? name) !== undefined) return whole;
      if (short !== undefined) return String.fromCharCode(Number.parseInt(short, 16));
      if (long !== undefined) return String.fromCodePoint(Number.parseInt(long, 16));
      if (name !== undefined) {
        const named = NAMED[name.toUpperCase()];
        if (named === undefined) throw broken(position, whole.length, 'unknown Unicode character name');
        return named;
      }
      if (char === '\r\n') return '';
      const form = FORMS[char];
      if (form !== undefined && !isBytes) {
        const digits = /^[0-9a-fA-F]*/.exec(text.slice(position + 2))?.[0].length ?? 0;
        throw broken(position, 2 + digits, `${char === 'N' ? 'malformed' : 'truncated'} ${form} escape`);
      }
      if (form !== undefined && char === 'x')
        throw new SyntaxFault(`(value error) invalid \\x escape at position ${position}`, at, { stop });
      if (ESCAPES[char] === undefined) onStray?.(char, text.slice(0, position).split('\n').length - 1);
      return ESCAPES[char] ?? whole;
    },
  );
}

interface Parts {
  readonly prefix: string;
  readonly body: string;
  /** Where the body begins in the token. */
  readonly from: number;
}

function partsOf(token: Token): Parts {
  const [start = '', prefix = '', quote = ''] = /^([a-zA-Z]*)('''|"""|'|")/.exec(token.text) ?? [];
  return { prefix: prefix.toLowerCase(), body: token.text.slice(start.length, -quote.length).replaceAll('\r\n', '\n'), from: start.length };
}

/** The strings that stand beside each other, as one expression. `parse` reads what stands in the braces of an f-string. */
export function stringsOf(cursor: Cursor, tokens: readonly Token[], parse: (cursor: Cursor) => Expr): Expr {
  const span = cursor.from(tokens[0] ?? cursor.token);
  const { version } = cursor;
  const stop = cursor.token;
  const all = tokens.map((token) => ({ token, ...partsOf(token) }));
  const strayIn = (token: Token) => (char: string, lines: number) => {
    if (version.has.escapeWarnings) cursor.warn(`invalid escape sequence '\\${char}'`, token.line + lines);
  };
  if (all.some(({ prefix }) => prefix.includes('b'))) {
    if (!all.every(({ prefix }) => prefix.includes('b'))) throw new SyntaxFault('cannot mix bytes and nonbytes literals', span, { stop });
    const raw = all.map(({ prefix, body }) => {
      if (/[^\0-\x7f]/.test(body)) throw new SyntaxFault('bytes can only contain ASCII literal characters', span, { stop });
      return prefix.includes('r') ? body : withoutEscapes(body, { at: span, stop, isBytes: true });
    });
    const text = raw.join('');
    return { kind: 'literal', literal: { type: 'bytes', value: Uint8Array.from(text, (char) => char.charCodeAt(0)) }, ...span };
  }
  const parts: (string | Replacement)[] = [];
  for (const { token, prefix, body, from } of all)
    if (prefix.includes('f'))
      parts.push(...new FormatString(token, { body, from, stop, isRaw: prefix.includes('r'), version, parse }).parts(0));
    else parts.push(prefix.includes('r') ? body : withoutEscapes(body, { at: token, stop, onStray: strayIn(token) }));
  if (!all.some(({ prefix }) => prefix.includes('f'))) return { kind: 'literal', literal: { type: 'str', value: parts.join('') }, ...span };
  return { kind: 'format', parts: merged(parts), ...span };
}

/** With texts beside each other made one. */
export function merged(parts: readonly (string | Replacement)[]): (string | Replacement)[] {
  const result: (string | Replacement)[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (typeof part === 'string' && typeof last === 'string') result[result.length - 1] = last + part;
    else if (part !== '') result.push(part);
  }
  return result;
}
