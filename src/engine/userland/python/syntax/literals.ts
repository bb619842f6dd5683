/** Numbers, strings and f-strings, from their tokens to what they are worth. */
import type { Expr, Literal, Replacement, Span } from './ast.ts';
import { Cursor, spanOf } from './cursor.ts';
import { SyntaxFault } from './fault.ts';
import type { Token } from './tokens.ts';
import { stringEnd } from './tokens.ts';

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

/** Takes the backslashes out of a string's text. */
export function withoutEscapes(text: string, at: Span, isBytes = false): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^}]*)\}|(\r\n|[\s\S]))/g,
    (whole, octal, hex, short, long, name, char) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (isBytes && (short ?? long ?? name) !== undefined) return whole;
      if (short !== undefined) return String.fromCharCode(Number.parseInt(short, 16));
      if (long !== undefined) return String.fromCodePoint(Number.parseInt(long, 16));
      if (name !== undefined) {
        const named = NAMED[name.toUpperCase()];
        if (named === undefined)
          throw new SyntaxFault("(unicode error) 'unicodeescape' codec can't decode bytes: unknown Unicode character name", at);
        return named;
      }
      if (char === '\r\n') return '';
      if (char === 'x' && !isBytes)
        throw new SyntaxFault("(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: truncated \\xXX escape", at);
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

/** The strings that stand beside each other, as one expression. */
export function stringsOf(tokens: readonly Token[], span: Span, parse: (cursor: Cursor) => Expr): Expr {
  const all = tokens.map((token) => ({ token, ...partsOf(token) }));
  if (all.some(({ prefix }) => prefix.includes('b'))) {
    if (!all.every(({ prefix }) => prefix.includes('b'))) throw new SyntaxFault('cannot mix bytes and nonbytes literals', span);
    const raw = all.map(({ prefix, body }) => {
      if (/[^\0-\x7f]/.test(body)) throw new SyntaxFault('bytes can only contain ASCII literal characters', span);
      return prefix.includes('r') ? body : withoutEscapes(body, span, true);
    });
    const text = raw.join('');
    return { kind: 'literal', literal: { type: 'bytes', value: Uint8Array.from(text, (char) => char.charCodeAt(0)) }, ...span };
  }
  const parts: (string | Replacement)[] = [];
  for (const { token, prefix, body, from } of all)
    if (prefix.includes('f')) parts.push(...new FormatString(token, { body, from, isRaw: prefix.includes('r'), parse }).parts(0));
    else parts.push(prefix.includes('r') ? body : withoutEscapes(body, token));
  if (!all.some(({ prefix }) => prefix.includes('f'))) return { kind: 'literal', literal: { type: 'str', value: parts.join('') }, ...span };
  return { kind: 'format', parts: merged(parts), ...span };
}

function merged(parts: readonly (string | Replacement)[]): (string | Replacement)[] {
  const result: (string | Replacement)[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (typeof part === 'string' && typeof last === 'string') result[result.length - 1] = last + part;
    else if (part !== '') result.push(part);
  }
  return result;
}

interface FormatOptions {
  readonly body: string;
  readonly from: number;
  readonly isRaw: boolean;
  readonly parse: (cursor: Cursor) => Expr;
}

class FormatString {
  readonly #token: Token;
  readonly #options: FormatOptions;
  #at = 0;

  constructor(token: Token, options: FormatOptions) {
    this.#token = token;
    this.#options = options;
  }

  /** Text and replacements up to the end, or to the brace that ends a format's specification. */
  parts(depth: number): (string | Replacement)[] {
    const { body } = this.#options;
    const result: (string | Replacement)[] = [];
    let text = '';
    const flush = (): void => {
      if (text !== '') result.push(this.#options.isRaw ? text : withoutEscapes(text, this.#token));
      text = '';
    };
    while (this.#at < body.length) {
      const char = body[this.#at] ?? '';
      if (char === '}' && depth > 0) break;
      if ((char === '{' || char === '}') && body[this.#at + 1] === char && depth === 0) {
        text += char;
        this.#at += 2;
      } else if (char === '\\' && body[this.#at + 1] === 'N' && body[this.#at + 2] === '{' && !this.#options.isRaw) {
        const end = body.indexOf('}', this.#at);
        text += body.slice(this.#at, end + 1);
        this.#at = end + 1;
      } else if (char === '{') {
        flush();
        result.push(...this.#replacement(depth));
      } else if (char === '}') throw this.#fault("f-string: single '}' is not allowed");
      else {
        text += char;
        this.#at += 1;
      }
    }
    flush();
    return result;
  }

  #fault(message: string): SyntaxFault {
    return new SyntaxFault(message, this.#token);
  }

  #replacement(depth: number): (string | Replacement)[] {
    if (depth > 1) throw this.#fault('f-string: expressions nested too deeply');
    const { body } = this.#options;
    const start = this.#at + 1;
    const end = this.#expressionEnd(start);
    let source = body.slice(start, end);
    this.#at = end;
    if (source.trim() === '') throw this.#fault('f-string: empty expression not allowed');
    const label = /(?<![=!<>])=\s*$/.test(source) ? source : null;
    if (label !== null) source = source.replace(/=\s*$/, '');
    const value = this.#expression(source, start);
    let conversion: Replacement['conversion'] = '';
    if (body[this.#at] === '!') {
      const word = body[this.#at + 1] ?? '';
      if (word !== 'r' && word !== 's' && word !== 'a')
        throw this.#fault("f-string: invalid conversion character: expected 's', 'r', or 'a'");
      conversion = word;
      this.#at += 2;
    }
    let spec: Expr | null = null;
    if (body[this.#at] === ':') {
      this.#at += 1;
      spec = { ...spanOf(value), kind: 'format', parts: merged(this.parts(depth + 1)) };
    }
    if (body[this.#at] !== '}') throw this.#fault("f-string: expecting '}'");
    this.#at += 1;
    if (label !== null && conversion === '' && spec === null) conversion = 'r';
    return label === null ? [{ value, label, conversion, spec }] : [label, { value, label, conversion, spec }];
  }

  #expressionEnd(from: number): number {
    const { body } = this.#options;
    let depth = 0;
    for (let at = from; at < body.length; at += 1) {
      const char = body[at] ?? '';
      if (char === '(' || char === '[' || char === '{') depth += 1;
      else if (depth > 0 && (char === ')' || char === ']' || char === '}')) depth -= 1;
      else if (char === "'" || char === '"') {
        const quote = body.startsWith(char.repeat(3), at) ? char.repeat(3) : char;
        const end = stringEnd(body, { at: at + quote.length, quote, isFormat: /[fF]/.test(body[at - 1] ?? '') });
        if (end < 0) throw this.#fault('f-string: unterminated string');
        at = end - 1;
      } else if (depth === 0 && (char === '}' || char === ':' || (char === '!' && body[at + 1] !== '='))) return at;
    }
    throw this.#fault("f-string: expecting '}'");
  }

  /** Parses the expression at its place in the source, so that its marks are right. */
  #expression(source: string, from: number): Expr {
    const before = this.#token.text.slice(0, this.#options.from + from);
    const lines = before.split('\n');
    const line = this.#token.line + lines.length - 1;
    const col = (lines.length === 1 ? this.#token.col : 0) + (lines.at(-1) ?? '').length;
    // The parenthesis lets it go over lines; it takes the place of the brace.
    const cursor = new Cursor(`${'\n'.repeat(line - 1)}${' '.repeat(Math.max(0, col - 1))}(${source.replace(/^\s+/, (space) => space)})`);
    if (cursor.token.type === 'indent') cursor.next();
    cursor.next();
    const value = this.#options.parse(cursor);
    if (!cursor.is(')')) throw new SyntaxFault('f-string: invalid syntax', cursor.token);
    return value;
  }
}
