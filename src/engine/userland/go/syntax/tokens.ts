/** The words of Go: names, literals, operators, and the semicolons that the ends of lines stand for. The Go specification, "Lexical elements". */

import { encode } from '../../encoding.ts';
import { rawOf } from '../../program-io.ts';
import { Fraction } from './fraction.ts';

/** Line and column of a place, in one number. */
export type Position = number;
const COLUMNS = 4096;
export const positionOf = (line: number, column: number): Position => line * COLUMNS + Math.min(column, COLUMNS - 1);
export const lineOf = (position: Position): number => Math.floor(position / COLUMNS);
export const columnOf = (position: Position): number => position % COLUMNS;

/** Something is wrong with the source, in the compiler's words. */
export class GoError extends Error {
  override readonly name = 'GoError';
  readonly position: Position;

  constructor(position: Position, message: string) {
    super(message);
    this.position = position;
  }
}

export type LiteralKind = 'int' | 'float' | 'rune' | 'string';

export interface Token {
  readonly kind: 'name' | 'keyword' | 'operator' | 'literal' | 'semicolon' | 'end';
  /** As it is written; of a semicolon that the end of a line stands for, `newline`. */
  readonly text: string;
  readonly position: Position;
  readonly literal?: { readonly kind: LiteralKind; readonly value: string | bigint | Fraction };
}

const KEYWORDS = new Set(
  'break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var'.split(
    ' ',
  ),
);
const OPERATORS =
  /^(?:<<=|>>=|&\^=|\.\.\.|&&|\|\||<-|\+\+|--|==|!=|<=|>=|:=|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|<<|>>|&\^|[-+*/%&|^~<>=!()[\]{},;.:])/;
const NUMBER =
  /^(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*)?\.\d[\d_]*(?:[eE][+-]?\d+)?|\d[\d_]*\.?(?:[eE][+-]?\d+)|\d[\d_]*\.(?!\.)|\d[\d_]*)/;
const NAME = /^[\p{L}_][\p{L}\p{Nd}_]*/u;
/** After these a line's end is a semicolon. */
const ENDS = new Set(['break', 'continue', 'fallthrough', 'return', '++', '--', ')', ']', '}']);
const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};
const ESCAPE = /\\(?:x([\da-fA-F]{2})|([0-7]{3})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))|[^\\]+/gsu;

/** Bytes of a quoted text, one character for each. */
function unquoted(text: string, position: Position): string {
  return text.replace(ESCAPE, (whole, hex?: string, octal?: string, short?: string, long?: string, char?: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255);
    const point = short ?? long;
    if (point !== undefined) return rawOf(encode(String.fromCodePoint(Number.parseInt(point, 16))));
    if (char === undefined) return rawOf(encode(whole));
    const plain = ESCAPES[char];
    if (plain === undefined) throw new GoError(position, 'unknown escape');
    return plain;
  });
}

function rune(text: string, position: Position): bigint {
  const numeric = /^\\(?:x([\da-fA-F]{2})|([0-7]{3}))$/.exec(text);
  if (numeric) return BigInt(numeric[1] === undefined ? Number.parseInt(numeric[2] ?? '', 8) : Number.parseInt(numeric[1], 16));
  const bytes = unquoted(text, position);
  const decoded = new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
  if ([...decoded].length !== 1)
    throw new GoError(position, decoded === '' ? "empty rune literal or unescaped '" : 'more than one character in rune literal');
  return BigInt(decoded.codePointAt(0) ?? 0);
}

function numberOf(text: string, position: Position): NonNullable<Token['literal']> {
  const plain = text.replaceAll('_', '');
  if (/^0[xXbBoO]/.test(plain)) return { kind: 'int', value: BigInt(plain.toLowerCase()) };
  if (/[.eE]/.test(plain)) {
    const value = Fraction.parse(plain);
    if (value === undefined) throw new GoError(position, 'excessively large constant');
    return { kind: 'float', value };
  }
  return { kind: 'int', value: BigInt(/^0\d/.test(plain) ? `0o${plain.slice(1)}` : plain) };
}

class Lexer {
  readonly #source: string;
  readonly tokens: Token[] = [];
  #at = 0;
  #line = 1;
  #lineStart = 0;

  constructor(source: string) {
    this.#source = source.replaceAll('\r\n', '\n');
  }

  run(): readonly Token[] {
    while (this.#at < this.#source.length) this.#next();
    this.#endLine();
    this.tokens.push({ kind: 'end', text: 'EOF', position: this.#position });
    return this.tokens;
  }

  /** Columns count bytes. */
  get #position(): Position {
    return positionOf(this.#line, encode(this.#source.slice(this.#lineStart, this.#at)).length + 1);
  }

  #next(): void {
    const char = this.#source[this.#at] ?? '';
    if (char === '\n') {
      this.#endLine();
      this.#skip(1);
    } else if (char === ' ' || char === '\t' || char === '\r') this.#skip(1);
    else if (this.#source.startsWith('//', this.#at)) this.#skip(this.#rest(/^[^\n]*/).length);
    else if (this.#source.startsWith('/*', this.#at)) this.#comment();
    else if (char === '"' || char === "'" || char === '`') this.#quoted(char);
    else this.#word();
  }

  #comment(): void {
    const end = this.#source.indexOf('*/', this.#at + 2);
    if (end < 0) throw new GoError(this.#position, 'comment not terminated');
    if (this.#source.slice(this.#at, end).includes('\n')) this.#endLine();
    this.#skip(end + 2 - this.#at);
  }

  #quoted(quote: string): void {
    const position = this.#position;
    const pattern = quote === '`' ? /^`[^`]*`/ : quote === '"' ? /^"(?:[^"\\\n]|\\.)*"/ : /^'(?:[^'\\\n]|\\.)+'/;
    const text = this.#rest(pattern);
    if (text === '') {
      const what = quote === "'" ? 'rune literal' : 'string';
      const end = positionOf(
        this.#line,
        encode(this.#source.slice(this.#lineStart, this.#at + (/^[^\n]*/.exec(this.#source.slice(this.#at))?.[0].length ?? 0))).length + 1,
      );
      throw new GoError(
        quote === '"' ? end : position,
        quote === '`'
          ? 'string not terminated'
          : this.#source.slice(this.#at, this.#at + 2) === "''"
            ? "empty rune literal or unescaped '"
            : `newline in ${what}`,
      );
    }
    const inner = text.slice(1, -1);
    if (quote === "'") this.#push('literal', text, { kind: 'rune', value: rune(inner, position) });
    else
      this.#push('literal', text, {
        kind: 'string',
        value: quote === '`' ? rawOf(encode(inner.replaceAll('\r', ''))) : unquoted(inner, position),
      });
  }

  #word(): void {
    const number = this.#rest(NUMBER);
    if (number !== '') return this.#push('literal', number, numberOf(number, this.#position));
    const name = this.#rest(NAME);
    if (name !== '') return this.#push(KEYWORDS.has(name) ? 'keyword' : 'name', name);
    const operator = this.#rest(OPERATORS);
    if (operator === '') {
      const char = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
      throw new GoError(
        this.#position,
        `invalid character U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')} '${char}'`,
      );
    }
    this.#push(operator === ';' ? 'semicolon' : 'operator', operator);
  }

  #push(kind: Token['kind'], text: string, literal?: Token['literal']): void {
    this.tokens.push({ kind, text, position: this.#position, ...(literal ? { literal } : {}) });
    this.#skip(text.length);
  }

  #endLine(): void {
    const last = this.tokens.at(-1);
    if (last && (last.kind === 'name' || last.kind === 'literal' || (last.kind !== 'semicolon' && ENDS.has(last.text))))
      this.tokens.push({ kind: 'semicolon', text: 'newline', position: this.#position });
  }

  #rest(pattern: RegExp): string {
    return pattern.exec(this.#source.slice(this.#at, this.#at + 65_536))?.[0] ?? '';
  }

  #skip(count: number): void {
    for (let left = count; left > 0; left -= 1) {
      this.#at += 1;
      if (this.#source[this.#at - 1] === '\n') {
        this.#line += 1;
        this.#lineStart = this.#at;
      }
    }
  }
}

/** The words of a source file. Throws GoError. */
export const tokenize = (source: string): readonly Token[] => new Lexer(source).run();
