/** MySQL's words: names in backticks, strings in either quote, variables with one @ or two. */
import type { WordToken } from '../../../sql/word-cursor.ts';
import { syntaxError } from '../errors.ts';

export type Token = WordToken;

const SYMBOLS = /^(?:<=>|->>|->|<=|>=|<>|!=|:=|\|\||&&|<<|>>|[-+*/%<>=(),.;~^&|!?{}:])/;
const NUMBER = /^(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/i;
const WORD = /^[\w$\u0080-\uffff]+/;
const HEX = /^(?:0x[\da-f]+|x'(?:[\da-f]{2})*')/i;
const VARIABLE = /^(?:@@(?:\w+\.)?\w+|@(?:[\w.$]+|`[^`]*`|'[^']*'|"[^"]*")|@)/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', 0: '\0', Z: '\u001a' };

export const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;
const failAt = (text: string, at: number): never => {
  throw syntaxError(text.slice(at), lineOf(text, at));
};

/** Skips spaces and comments. A comment that begins with `/*!` is read as if it were none. */
function blank(text: string, from: number, inside: { versioned: number }): number {
  let at = from;
  for (;;) {
    const rest = text.slice(at, at + 2);
    const char = rest[0] ?? '';
    if (char !== '' && /\s/.test(char)) at += 1;
    else if (char === '#' || (rest === '--' && /^(?:\s|$)/.test(text.slice(at + 2, at + 3)))) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (rest === '/*') {
      const version = /^\/\*!\d*/.exec(text.slice(at, at + 12))?.[0];
      if (version !== undefined) {
        inside.versioned += 1;
        at += version.length;
        continue;
      }
      const end = text.indexOf('*/', at + 2);
      if (end < 0) return failAt(text, at);
      at = end + 2;
    } else if (rest === '*/' && inside.versioned > 0) {
      inside.versioned -= 1;
      at += 2;
    } else return at;
  }
}

function quoted(text: string, at: number): { readonly value: string; readonly end: number } {
  const quote = text[at] ?? '';
  let out = '';
  for (let i = at + 1; i < text.length; i += 1) {
    const char = text[i] ?? '';
    if (char === '\\' && quote !== '`') {
      i += 1;
      const next = text[i] ?? '';
      // In a pattern the backslash still has its meaning.
      out += next === '%' || next === '_' ? `\\${next}` : (ESCAPES[next] ?? next);
    } else if (char !== quote) out += char;
    else if (text[i + 1] === quote) {
      out += quote;
      i += 1;
    } else return { value: out, end: i + 1 };
  }
  return failAt(text, at);
}

function tokenAt(text: string, at: number, isAfterDot: boolean): Token {
  const rest = text.slice(at, at + 200);
  const char = rest[0] ?? '';
  const make = (kind: Token['kind'], length: number, value: string, key = ''): Token => ({ kind, text: value, key, at, end: at + length });
  if (char === "'" || char === '"' || char === '`') {
    const { value, end } = quoted(text, at);
    return make(char === '`' ? 'quoted' : 'string', end - at, value);
  }
  const hex = isAfterDot ? undefined : HEX.exec(rest)?.[0];
  if (hex !== undefined) return make('hex', hex.length, hex.replace(/^0x|^x'|'$/gi, ''));
  const variable = VARIABLE.exec(rest)?.[0];
  if (variable !== undefined) return make('variable', variable.length, variable);
  const word = WORD.exec(text.slice(at))?.[0] ?? '';
  const number = isAfterDot ? undefined : NUMBER.exec(rest)?.[0];
  if (number !== undefined && (number.length >= word.length || /[.]/.test(number))) return make('number', number.length, number);
  if (word !== '') return make('word', word.length, word, word.toLowerCase());
  const symbol = SYMBOLS.exec(rest)?.[0];
  if (symbol === undefined) return failAt(text, at);
  return make('symbol', symbol.length, symbol, symbol);
}

/** All tokens, the last of kind `end`. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const inside = { versioned: 0 };
  for (let at = blank(text, 0, inside); at < text.length; ) {
    const last = tokens.at(-1);
    const token = tokenAt(text, at, last?.key === '.' && last.end === at && tokens.at(-2)?.end === last.at);
    tokens.push(token);
    at = blank(text, token.end, inside);
  }
  return [...tokens, { kind: 'end', text: '', key: '', at: text.length, end: text.length }];
}

/** The statements of a text that a client sends at once. */
export function cutStatements(text: string): readonly string[] {
  const pieces: string[] = [];
  let from: number | null = null;
  for (const { kind, key, at } of tokenize(text)) {
    if (kind !== 'end' && key !== ';') from ??= at;
    else if (from !== null) {
      pieces.push(text.slice(from, at).trimEnd());
      from = null;
    }
  }
  return pieces;
}
