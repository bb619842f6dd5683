/** F-strings: their text, and what stands in their braces. */
import type { Version } from '../versions/versions.ts';
import type { Expr, Replacement, Span } from './ast.ts';
import { Cursor, spanOf } from './cursor.ts';
import { SyntaxFault } from './fault.ts';
import { merged, withoutEscapes } from './literals.ts';
import { forgottenComma } from './parse-calls.ts';
import { stringEnd, type Token } from './tokens.ts';

interface FormatOptions {
  readonly body: string;
  /** Where the body begins in the token. */
  readonly from: number;
  /** The token after the strings. */
  readonly stop: Span;
  readonly isRaw: boolean;
  readonly version: Version;
  readonly parse: (cursor: Cursor) => Expr;
}

/** What the braces of an f-string had to keep to, before anything could stand there. */
const FORBIDDEN = {
  '\\': 'f-string expression part cannot include a backslash',
  '#': "f-string expression part cannot include '#'",
} as const;

export class FormatString {
  readonly #token: Token;
  readonly #options: FormatOptions;
  #at = 0;

  constructor(token: Token, options: FormatOptions) {
    this.#token = token;
    this.#options = options;
  }

  /** Text and replacements up to the end, or to the brace that ends a format's specification. */
  parts(depth: number): (string | Replacement)[] {
    const { body, isRaw, stop } = this.#options;
    const result: (string | Replacement)[] = [];
    let text = '';
    const flush = (): void => {
      if (text !== '') result.push(isRaw ? text : withoutEscapes(text, { at: this.#token, stop }));
      text = '';
    };
    while (this.#at < body.length) {
      const char = body[this.#at] ?? '';
      if (char === '}' && depth > 0) break;
      if ((char === '{' || char === '}') && body[this.#at + 1] === char && depth === 0) {
        text += char;
        this.#at += 2;
      } else if (char === '\\' && body[this.#at + 1] === 'N' && body[this.#at + 2] === '{' && !isRaw) {
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

  /** The place of an index of the body. */
  #span(index: number, length = 1): Span {
    const lines = this.#token.text.slice(0, this.#options.from + index).split('\n');
    const line = this.#token.line + lines.length - 1;
    const col = (lines.length === 1 ? this.#token.col : 0) + (lines.at(-1) ?? '').length;
    return { line, col, endLine: line, endCol: col + length };
  }

  /** A mistake: it was shown behind the string before such a string was made of tokens. */
  #fault(message: string, index = this.#at): SyntaxFault {
    const { version, stop } = this.#options;
    return new SyntaxFault(message, version.has.freeFormatStrings ? this.#span(index) : stop, { stop });
  }

  #replacement(depth: number): (string | Replacement)[] {
    if (depth > 1) throw this.#fault('f-string: expressions nested too deeply');
    const { body } = this.#options;
    const start = this.#at + 1;
    const end = this.#expressionEnd(start);
    let source = body.slice(start, end);
    this.#at = end;
    if (source.trim() === '') throw this.#empty();
    const label = /(?<![=!<>])=\s*$/.test(source) ? source : null;
    if (label !== null) source = source.replace(/=\s*$/, '');
    const value = this.#expression(source, start);
    const conversion = this.#conversion();
    let spec: Expr | null = null;
    if (body[this.#at] === ':') {
      this.#at += 1;
      spec = { ...spanOf(value), kind: 'format', parts: merged(this.parts(depth + 1)) };
    }
    if (body[this.#at] !== '}') throw this.#fault("f-string: expecting '}'");
    this.#at += 1;
    const shown = label !== null && conversion === '' && spec === null ? 'r' : conversion;
    return label === null ? [{ value, label, conversion: shown, spec }] : [label, { value, label, conversion: shown, spec }];
  }

  #empty(): SyntaxFault {
    const next = this.#options.body[this.#at];
    const message = this.#options.version.has.freeFormatStrings
      ? `f-string: valid expression required before '${next ?? '}'}'`
      : 'f-string: empty expression not allowed';
    return this.#fault(message);
  }

  #conversion(): Replacement['conversion'] {
    const { body, version } = this.#options;
    if (body[this.#at] !== '!') return '';
    const word = /^\w*/.exec(body.slice(this.#at + 1))?.[0] ?? '';
    if (word === 'r' || word === 's' || word === 'a') {
      this.#at += 2;
      return word;
    }
    const expected = "expected 's', 'r', or 'a'";
    if (!version.has.freeFormatStrings) throw this.#fault(`f-string: invalid conversion character: ${expected}`);
    if (word === '') throw this.#fault('f-string: missing conversion character', this.#at + 1);
    throw this.#fault(`f-string: invalid conversion character '${word}': ${expected}`, this.#at + 1);
  }

  #expressionEnd(from: number): number {
    const { body, version } = this.#options;
    const isFree = version.has.freeFormatStrings;
    let depth = 0;
    for (let at = from; at < body.length; at += 1) {
      const char = body[at] ?? '';
      if (!isFree && (char === '\\' || char === '#')) throw this.#fault(FORBIDDEN[char]);
      if (char === '#') at = lineEnd(body, at) - 1;
      else if (char === '(' || char === '[' || char === '{') depth += 1;
      else if (depth > 0 && (char === ')' || char === ']' || char === '}')) depth -= 1;
      else if (char === "'" || char === '"') {
        const quote = body.startsWith(char.repeat(3), at) ? char.repeat(3) : char;
        const end = stringEnd(body, { at: at + quote.length, quote, isFormat: /[fF]/.test(body[at - 1] ?? '') });
        if (end < 0) throw this.#unterminated(at);
        if (!isFree && body.slice(at, end).includes('\\')) throw this.#fault(FORBIDDEN['\\']);
        at = end - 1;
      } else if (depth === 0 && (char === '}' || char === ':' || (char === '!' && body[at + 1] !== '='))) return at;
    }
    const opened = /[([{](?=[^)\]}]*$)/.exec(body.slice(from));
    if (depth > 0 && !isFree && opened !== null) throw this.#fault(`f-string: unmatched '${opened[0]}'`);
    throw this.#fault("f-string: expecting '}'", body.length - (/[\w.]+\s*$|\S\s*$/.exec(body)?.[0].length ?? 0));
  }

  #unterminated(at: number): SyntaxFault {
    if (!this.#options.version.has.freeFormatStrings) return this.#fault('f-string: unterminated string');
    const { line } = this.#span(at);
    return this.#fault(`unterminated string literal (detected at line ${line})`, at);
  }

  /** Parses the expression at its place in the source, so that its marks are right. */
  #expression(source: string, from: number): Expr {
    const { version, parse } = this.#options;
    const { line, col } = this.#span(from);
    // The parenthesis lets it go over lines; it takes the place of the brace.
    const end = source.includes('#') ? '\n)' : ')';
    const cursor = new Cursor(`${'\n'.repeat(line - 1)}${' '.repeat(Math.max(0, col - 1))}(${source}${end}`, version);
    if (cursor.token.type === 'indent') cursor.next();
    cursor.next();
    try {
      const value = parse(cursor);
      if (!cursor.is(')')) throw forgottenComma(cursor, value);
      return value;
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      if (!version.has.freeFormatStrings) throw inBraces(error, { source, line, col });
      if (cursor.is(')') && error.message === 'invalid syntax')
        throw new SyntaxFault("f-string: expecting '=', or '!', or ':', or '}'", cursor.last);
      throw error;
    }
  }
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
};

/** What stands in braces was once read as a source of its own, in parentheses. */
function inBraces(
  { message, stop, type }: SyntaxFault,
  { source, line, col }: { readonly source: string; readonly line: number; readonly col: number },
): SyntaxFault {
  const from = stop.line === line ? stop.col - col + 1 : stop.col;
  const at = { line: stop.line - line + 1, col: from, endLine: stop.line - line + 1, endCol: from + 1 };
  return new SyntaxFault(`f-string: ${message}`, at, { type, within: `(${source})` });
}
