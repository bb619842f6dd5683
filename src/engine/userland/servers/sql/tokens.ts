/** SQL's words. Statements are cut at semicolons by whoever reads tokens. */
import { SqlError, syntaxError } from './errors.ts';
import type { WordToken } from './word-cursor.ts';

export type Token = WordToken;

const SYMBOLS = /^(?:::|<=|>=|<>|!=|\|\||!~~\*|!~~|~~\*|~~|!~\*|!~|~\*|->>|->|#>>|#>|@>|<@|:=|=>|[-+*/%<>=(),.;[\]~^&|#?:@])/;
const NUMBER = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/i;
const WORD = /^[a-z_\u0080-\uffff][\w$\u0080-\uffff]*/i;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', 0: '\0' };

function blank(text: string, from: number): number {
  let at = from;
  for (;;) {
    const rest = text.slice(at);
    const [space = ''] = /^\s+/.exec(rest) ?? [];
    const [comment = ''] = /^--[^\n]*/.exec(rest) ?? [];
    if (space + comment !== '') at += (space || comment).length;
    else if (rest.startsWith('/*')) {
      const end = text.indexOf('*/', at + 2);
      if (end < 0) throw new SqlError('42601', `unterminated /* comment at or near "${rest}"`, { at });
      at = end + 2;
    } else return at;
  }
}

/** A quoted piece, its quote doubled inside; with backslashes where they mean something. */
function quoted(text: string, at: number, { escapes, what }: { escapes: boolean; what: string }): { text: string; end: number } {
  const quote = text[at] ?? '';
  let out = '';
  for (let i = at + 1; i < text.length; i += 1) {
    const char = text[i] ?? '';
    if (char === '\\' && escapes) {
      i += 1;
      out += ESCAPES[text[i] ?? ''] ?? text[i] ?? '';
    } else if (char !== quote) out += char;
    else if (text[i + 1] === quote) {
      out += quote;
      i += 1;
    } else return { text: out, end: i + 1 };
  }
  throw new SqlError('42601', `unterminated ${what} at or near "${text.slice(at)}"`, { at });
}

function tokenAt(text: string, at: number): Token {
  const rest = text.slice(at);
  const make = (kind: Token['kind'], raw: string, value = raw): Token => ({
    ...{ kind, text: value, at, end: at + raw.length },
    key: kind === 'word' || kind === 'symbol' ? value : '',
  });
  const char = rest[0] ?? '';
  if (char === "'") {
    const { text: value, end } = quoted(text, at, { escapes: false, what: 'quoted string' });
    return make('string', text.slice(at, end), value);
  }
  if (char === '"') {
    const { text: value, end } = quoted(text, at, { escapes: false, what: 'quoted identifier' });
    return make('quoted', text.slice(at, end), value);
  }
  if (/^e'/i.test(rest)) {
    const { text: value, end } = quoted(text, at + 1, { escapes: true, what: 'quoted string' });
    return make('string', text.slice(at, end), value);
  }
  const dollar = /^\$(\w*)\$/.exec(rest)?.[0];
  if (dollar !== undefined) {
    const end = text.indexOf(dollar, at + dollar.length);
    if (end < 0) throw new SqlError('42601', `unterminated dollar-quoted string at or near "${rest}"`, { at });
    return make('string', text.slice(at, end + dollar.length), text.slice(at + dollar.length, end));
  }
  const number = NUMBER.exec(rest)?.[0];
  if (number !== undefined) return make('number', number);
  const word = WORD.exec(rest)?.[0];
  if (word !== undefined) return make('word', word, word.toLowerCase());
  const symbol = SYMBOLS.exec(rest)?.[0];
  if (symbol === undefined) throw syntaxError(char, at);
  return make('symbol', symbol);
}

/** All tokens, the last of kind `end`. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = blank(text, 0); at < text.length; ) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = blank(text, token.end);
  }
  return [...tokens, { kind: 'end', text: '', key: '', at: text.length, end: text.length }];
}
