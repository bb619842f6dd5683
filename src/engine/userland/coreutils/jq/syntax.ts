/** jq's language as a tree. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type Filter =
  | { readonly kind: 'identity' }
  | { readonly kind: 'recurse' }
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'format'; readonly name: string }
  /** A string with expressions in it. */
  | { readonly kind: 'string'; readonly format: string | null; readonly parts: readonly (string | Filter)[] }
  | { readonly kind: 'index'; readonly of: Filter; readonly key: Filter }
  | { readonly kind: 'slice'; readonly of: Filter; readonly from: Filter | null; readonly to: Filter | null }
  | { readonly kind: 'iterate'; readonly of: Filter }
  | { readonly kind: 'try'; readonly body: Filter; readonly handler: Filter | null }
  | { readonly kind: 'pipe' | 'comma' | 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'alternative'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'update'; readonly operator: string; readonly path: Filter; readonly value: Filter }
  | { readonly kind: 'negate'; readonly of: Filter }
  | { readonly kind: 'array'; readonly of: Filter | null }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: Filter, value: Filter])[] }
  | { readonly kind: 'if'; readonly clauses: readonly (readonly [Filter, Filter])[]; readonly otherwise: Filter }
  | { readonly kind: 'reduce'; readonly source: Filter; readonly pattern: Pattern; readonly start: Filter; readonly update: Filter }
  | {
      readonly kind: 'foreach';
      readonly source: Filter;
      readonly pattern: Pattern;
      readonly start: Filter;
      readonly update: Filter;
      readonly extract: Filter;
    }
  | { readonly kind: 'as'; readonly source: Filter; readonly patterns: readonly Pattern[]; readonly body: Filter }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Filter[] }
  | { readonly kind: 'define'; readonly name: string; readonly params: readonly string[]; readonly body: Filter; readonly rest: Filter }
  | { readonly kind: 'label'; readonly name: string; readonly body: Filter }
  | { readonly kind: 'break'; readonly name: string };

export type Pattern =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'array'; readonly items: readonly Pattern[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: Filter, value: Pattern | null, variable: string | null])[] };

export class JqSyntax extends Error {
  override readonly name = 'JqSyntax';
}

export interface Token {
  readonly kind: 'punctuation' | 'name' | 'field' | 'variable' | 'number' | 'format' | 'string' | 'end';
  readonly text: string;
  readonly parts?: readonly (string | readonly Token[])[];
}

const TOKEN =
  /\s*(?:#[^\n]*)?(?:(\.[A-Za-z_]\w*)|(\$__loc__|\$[A-Za-z_]\w*(?:::\w+)*)|(@[A-Za-z]\w*)|((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*(?:::\w+)*)|(\?\/\/=?|\/\/=|\|=|\+=|-=|\*=|\/=|%=|==|!=|<=|>=|\/\/|\.\.|[|,.[\]{}():;=<>+\-*/%?]))/y;

/** Cuts a program into tokens; strings carry the tokens of the expressions inside them. */
export function tokenize(text: string): readonly Token[] {
  return new Lexer(text).tokens(null);
}

class Lexer {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Up to the parenthesis that closes an interpolation, or the end. */
  tokens(close: ')' | null): readonly Token[] {
    const tokens: Token[] = [];
    let depth = 0;
    for (;;) {
      this.#skip();
      if (this.#at >= this.#text.length) {
        if (close !== null) throw new JqSyntax('syntax error, unexpected end of file, expecting QQString_INTERP_END');
        return [...tokens, { kind: 'end', text: '' }];
      }
      if (this.#text.charAt(this.#at) === '"') {
        tokens.push(this.#string());
        continue;
      }
      if (this.#text.startsWith('."', this.#at)) {
        this.#at += 1;
        tokens.push({ kind: 'punctuation', text: '.' });
        continue;
      }
      TOKEN.lastIndex = this.#at;
      const match = TOKEN.exec(this.#text);
      if (match === null) throw new JqSyntax(`syntax error, unexpected INVALID_CHARACTER`);
      this.#at = TOKEN.lastIndex;
      const [, field, variable, format, number, name, punctuation = ''] = match;
      if (punctuation === '(') depth += 1;
      if (punctuation === ')') depth -= 1;
      if (depth < 0 && close !== null) return [...tokens, { kind: 'end', text: '' }];
      if (field !== undefined) tokens.push({ kind: 'field', text: field.slice(1) });
      else if (variable !== undefined) tokens.push({ kind: 'variable', text: variable.slice(1) });
      else if (format !== undefined) tokens.push({ kind: 'format', text: format });
      else if (number !== undefined) tokens.push({ kind: 'number', text: number });
      else if (name !== undefined) tokens.push({ kind: 'name', text: name });
      else tokens.push({ kind: 'punctuation', text: punctuation });
    }
  }

  #skip(): void {
    const match = /^(?:\s+|#[^\n]*)+/.exec(this.#text.slice(this.#at));
    if (match !== null) this.#at += match[0].length;
  }

  #string(): Token {
    this.#at += 1;
    const parts: (string | readonly Token[])[] = [];
    let text = '';
    for (;;) {
      const char = this.#text.charAt(this.#at);
      if (char === '')
        throw new JqSyntax('syntax error, unexpected end of file, expecting QQString_TEXT or QQString_INTERP_START or QQString_END');
      this.#at += 1;
      if (char === '"') break;
      if (char !== '\\') text += char;
      else if (this.#text.charAt(this.#at) === '(') {
        this.#at += 1;
        parts.push(text, this.tokens(')'));
        text = '';
      } else text += this.#escape();
    }
    parts.push(text);
    return { kind: 'string', text: '', parts };
  }

  #escape(): string {
    const char = this.#text.charAt(this.#at);
    this.#at += 1;
    const simple = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '"': '"', '\\': '\\', '/': '/' }[char];
    if (simple !== undefined) return simple;
    const hex = char === 'u' ? /^[0-9a-fA-F]{4}/.exec(this.#text.slice(this.#at)) : null;
    if (hex === null) throw new JqSyntax('syntax error, unexpected INVALID_CHARACTER');
    this.#at += 4;
    return String.fromCharCode(Number.parseInt(hex[0], 16));
  }
}
