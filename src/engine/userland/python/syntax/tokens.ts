/** A source as tokens, with the indentation as tokens of its own. */

import type { Version } from '../versions/versions.ts';
import type { Span } from './ast.ts';
import { SyntaxFault } from './fault.ts';

export interface Token extends Span {
  readonly type: 'name' | 'number' | 'string' | 'op' | 'newline' | 'indent' | 'dedent' | 'end';
  readonly text: string;
  /** Where it begins in the source. */
  readonly at: number;
}

const NAME = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*/uy;
const NUMBER =
  /0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*)?\.\d(?:_?\d)*(?:[eE][+-]?\d(?:_?\d)*)?[jJ]?|\d(?:_?\d)*\.?(?:[eE][+-]?\d(?:_?\d)*)?[jJ]?/y;
const STRING_START = /([rR][bB]|[bB][rR]|[rR][fF]|[fF][rR]|[rRbBuUfF])?('''|"""|'|")/y;
const OPERATOR =
  /<>|\*\*=|\/\/=|>>=|<<=|\.\.\.|!=|->|:=|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|@=|==|<=|>=|<<|>>|\*\*|\/\/|[-+*/%@&|^~<>()[\]{},:.;=!]/y;
const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const TAB = 8;

class Tokenizer {
  readonly #source: string;
  readonly #version: Version;
  readonly #tokens: Token[] = [];
  readonly #open: { text: string; span: Span }[] = [];
  readonly #indents: number[] = [0];
  readonly #narrow: number[] = [0];
  #at = 0;
  #line = 1;
  #lineStart = 0;
  /** A bracket that nothing closes. The mistake may still be another one, before it. */
  unclosed: SyntaxFault | null = null;
  /** What is no token. */
  broken: SyntaxFault | null = null;

  constructor(source: string, version: Version) {
    this.#source = source;
    this.#version = version;
  }

  all(): readonly Token[] {
    try {
      this.#read();
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      this.broken = error;
      this.#push('end', '', this.#at);
    }
    return this.#tokens;
  }

  #read(): void {
    for (let isStart = true; this.#at < this.#source.length; ) {
      if (isStart && this.#open.length === 0) {
        if (!this.#indentation()) continue;
        isStart = false;
      }
      isStart = this.#next();
    }
    const opened = this.#open[0];
    if (opened !== undefined) this.unclosed = new SyntaxFault(`'${opened.text}' was never closed`, opened.span, { isIncomplete: true });
    const last = this.#tokens.at(-1);
    const isInBrackets = opened !== undefined && !this.#version.has.wholeSources;
    if (last !== undefined && last.type !== 'newline' && last.type !== 'dedent' && !isInBrackets) this.#push('newline', '', this.#at);
    this.#at = this.#source.length;
    if (this.#lineStart !== this.#at) this.#newLine(this.#at);
    for (let depth = this.#indents.length; depth > 1; depth -= 1) this.#push('dedent', '', this.#at);
    this.#push('end', '', this.#at);
  }

  #span(from: number, to = from): Span {
    return { line: this.#line, col: from - this.#lineStart, endLine: this.#line, endCol: to - this.#lineStart };
  }

  #push(type: Token['type'], text: string, at: number): void {
    this.#tokens.push({ type, text, at, ...this.#span(at, at + text.length) });
  }

  #newLine(at: number): void {
    this.#line += 1;
    this.#lineStart = at;
  }

  /** Reads the spaces at the begin of a line. False if the line is empty. */
  #indentation(): boolean {
    let width = 0;
    let narrow = 0;
    let at = this.#at;
    for (; ; at += 1) {
      const char = this.#source[at];
      if (char === ' ' || char === '\t') narrow += 1;
      if (char === ' ') width += 1;
      else if (char === '\t') width = (Math.floor(width / TAB) + 1) * TAB;
      else if (char === '\f') width = narrow = 0;
      else break;
    }
    const char = this.#source[at];
    if (char === undefined) {
      this.#at = at;
      return false;
    }
    if (char === '#' || char === '\n' || char === '\r') {
      const end = this.#source.indexOf('\n', at);
      this.#at = end < 0 ? this.#source.length : end + 1;
      this.#newLine(this.#at);
      return false;
    }
    this.#at = at;
    this.#indent(width, narrow);
    return true;
  }

  /** `narrow`: as wide as it would be if a tab were one column. Both must agree on what is deeper. */
  #indent(width: number, narrow: number): void {
    const top = this.#indents.at(-1) ?? 0;
    const isDeeper = width > top;
    if (isDeeper !== narrow > (this.#narrow.at(-1) ?? 0) && (isDeeper || width === top)) throw this.#tabFault();
    if (isDeeper) this.#narrow.push(narrow);
    if (isDeeper) {
      this.#indents.push(width);
      this.#push('indent', '', this.#at);
      return;
    }
    while (width < (this.#indents.at(-1) ?? 0)) {
      this.#indents.pop();
      this.#narrow.pop();
      this.#push('dedent', '', this.#at);
    }
    if (width === (this.#indents.at(-1) ?? 0) && narrow !== (this.#narrow.at(-1) ?? 0)) throw this.#tabFault();
    if (width !== (this.#indents.at(-1) ?? 0)) {
      const end = this.#lineEnd();
      throw new SyntaxFault('unindent does not match any outer indentation level', this.#span(end, end), { type: 'IndentationError' });
    }
  }

  #tabFault(): SyntaxFault {
    const at = { ...this.#span(this.#at), col: -1, endCol: -1 };
    return new SyntaxFault('inconsistent use of tabs and spaces in indentation', at, { type: 'TabError' });
  }

  #lineEnd(): number {
    const end = this.#source.indexOf('\n', this.#at);
    return end < 0 ? this.#source.length : end;
  }

  /** One token. True if a new logical line begins. */
  #next(): boolean {
    const char = this.#source[this.#at] ?? '';
    if (char === ' ' || char === '\t' || char === '\f') {
      this.#at += 1;
      return false;
    }
    if (char === '#') {
      this.#at = this.#lineEnd();
      return false;
    }
    if (char === '\r' && this.#source[this.#at + 1] === '\n') this.#at += 1;
    if (this.#source[this.#at] === '\n') return this.#lineBreak();
    if (char === '\\') return this.#continuation();
    const string = this.#match(STRING_START);
    if (string !== null) {
      this.#string(string);
      return false;
    }
    const name = this.#match(NAME);
    if (name !== null) {
      this.#push('name', name, this.#at);
      this.#at += name.length;
      return false;
    }
    if (/\d/.test(char) || (char === '.' && /\d/.test(this.#source[this.#at + 1] ?? ''))) this.#number();
    else this.#operator();
    return false;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#source)?.[0] ?? null;
  }

  #lineBreak(): boolean {
    const isLogical = this.#open.length === 0;
    if (isLogical) this.#tokens.push({ type: 'newline', text: '', at: this.#at, ...this.#span(this.#at, this.#at + 1) });
    this.#at += 1;
    this.#newLine(this.#at);
    return isLogical;
  }

  #continuation(): boolean {
    const rest = /\\\r?\n/y;
    const found = this.#match(rest);
    if (found === null) {
      if (this.#at + 1 >= this.#source.length)
        throw new SyntaxFault('unexpected EOF while parsing', this.#span(this.#at), { isIncomplete: true });
      throw new SyntaxFault('unexpected character after line continuation character', this.#span(this.#at + 1));
    }
    this.#at += found.length;
    this.#newLine(this.#at);
    return false;
  }

  #number(): void {
    const text = this.#match(NUMBER) ?? '';
    const after = this.#source[this.#at + text.length] ?? '';
    const span = this.#span(this.#at + text.length - 1, this.#at + text.length);
    if (/^0\d/.test(text) && !/^0[0_]*$/.test(text) && !/[.eEjJ]/.test(text))
      throw new SyntaxFault(
        'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers',
        this.#span(this.#at, this.#at + 1),
        { stop: this.#span(this.#at + text.length - 1) },
      );
    const broken = this.#brokenNumber(text);
    if (broken !== null) throw broken;
    if (
      this.#version.has.numberEnds &&
      /[\p{L}_\d]/u.test(after) &&
      !/^(and|else|for|if|in|is|or|not)\b/.test(this.#source.slice(this.#at + text.length))
    ) {
      const kind = /^0[xX]/.test(text) ? 'hexadecimal' : /^0[oO]/.test(text) ? 'octal' : /^0[bB]/.test(text) ? 'binary' : 'decimal';
      throw new SyntaxFault(`invalid ${kind} literal`, span);
    }
    this.#push('number', text, this.#at);
    this.#at += text.length;
  }

  /** Digits that their base has not, underscores with nothing behind them. */
  #brokenNumber(text: string): SyntaxFault | null {
    const rest = this.#source.slice(this.#at + text.length);
    const prefix = /^0[xXoObB]/.exec(this.#source.slice(this.#at))?.[0].toLowerCase();
    const kind = { '0x': 'hexadecimal', '0o': 'octal', '0b': 'binary' }[prefix ?? ''] ?? 'decimal';
    if (prefix !== undefined && text === '0') {
      const digit = /^[a-zA-Z](\d)/.exec(rest)?.[1];
      const at = this.#span(this.#at + (digit === undefined ? 1 : 2));
      return new SyntaxFault(digit === undefined ? `invalid ${kind} literal` : `invalid digit '${digit}' in ${kind} literal`, at);
    }
    if (prefix !== undefined && /^\d/.test(rest))
      return new SyntaxFault(`invalid digit '${rest[0]}' in ${kind} literal`, this.#span(this.#at + text.length));
    return rest.startsWith('_') ? new SyntaxFault(`invalid ${kind} literal`, this.#span(this.#at + text.length)) : null;
  }

  #operator(): void {
    const text = this.#match(OPERATOR);
    if (text === null) {
      const code = this.#source.codePointAt(this.#at) ?? 0;
      const char = String.fromCodePoint(code);
      if (char === '$' || char === '?' || char === '`') throw new SyntaxFault('invalid syntax', this.#span(this.#at, this.#at + 1));
      throw new SyntaxFault(
        `invalid ${code < 32 ? 'non-printable ' : ''}character ${code < 32 ? '' : `'${char}' (`}U+${code.toString(16).toUpperCase().padStart(4, '0')}${code < 32 ? '' : ')'}`,
        this.#span(this.#at, this.#at),
      );
    }
    if (text === '(' || text === '[' || text === '{') this.#open.push({ text, span: this.#span(this.#at, this.#at) });
    const opener = CLOSERS[text];
    if (opener !== undefined) this.#close(text, opener);
    this.#push('op', text, this.#at);
    this.#at += text.length;
  }

  #close(text: string, opener: string): void {
    const opened = this.#open.pop();
    if (opened === undefined) throw new SyntaxFault(`unmatched '${text}'`, this.#span(this.#at, this.#at));
    if (opened.text === opener) return;
    const where = opened.span.line === this.#line ? '' : ` on line ${opened.span.line}`;
    throw new SyntaxFault(
      `closing parenthesis '${text}' does not match opening parenthesis '${opened.text}'${where}`,
      this.#span(this.#at, this.#at),
    );
  }

  #string(start: string): void {
    const quote = /'''|"""|'|"/.exec(start)?.[0] ?? '"';
    const isFormat = /^[rR]?[fF]/.test(start);
    const from = this.#at;
    const begin = this.#span(from);
    const end = stringEnd(this.#source, { at: from + start.length, quote, isFormat: isFormat && this.#version.has.freeFormatStrings });
    if (end < 0) {
      const line = quote.length === 3 ? this.#source.split('\n').length - (this.#source.endsWith('\n') ? 1 : 0) : this.#line;
      const isTriple = quote.length === 3;
      const kind = isFormat && this.#version.has.freeFormatStrings ? 'f-string' : 'string';
      const word = isTriple ? `triple-quoted ${kind}` : kind;
      const stop = this.#span(this.#lineEnd());
      throw new SyntaxFault(`unterminated ${word} literal (detected at line ${line})`, begin, { isIncomplete: isTriple, stop });
    }
    const text = this.#source.slice(from, end);
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#newLine(from + at + 1);
    this.#tokens.push({
      type: 'string',
      text,
      at: from,
      line: begin.line,
      col: begin.col,
      endLine: this.#line,
      endCol: end - this.#lineStart,
    });
    this.#at = end;
  }
}

/** Where a string ends, after its quote; -1 if it does not. In the braces of an f-string other strings may stand. */
export function stringEnd(
  source: string,
  { at: from, quote, isFormat }: { readonly at: number; readonly quote: string; readonly isFormat: boolean },
): number {
  let depth = 0;
  for (let at = from; at < source.length; at += 1) {
    const char = source[at] ?? '';
    if (depth === 0 && source.startsWith(quote, at)) return at + quote.length;
    if (char === '\\' && depth === 0) at += 1;
    else if (char === '\n' && quote.length === 1 && depth === 0) return -1;
    else if (isFormat && depth > 0 && char === '#' && !/[:'"]/.test(source.slice(source.lastIndexOf('{', at), at)))
      at = source.indexOf('\n', at) < 0 ? source.length : source.indexOf('\n', at);
    else if (!isFormat) continue;
    else if (char === '{' && depth === 0 && source[at + 1] === '{') at += 1;
    else if (char === '{') depth += 1;
    else if (char === '}' && depth > 0) depth -= 1;
    else if (depth > 0 && (char === "'" || char === '"')) {
      const inner = source.startsWith(char.repeat(3), at) ? char.repeat(3) : char;
      const end = stringEnd(source, { at: at + inner.length, quote: inner, isFormat: /[fF]/.test(source[at - 1] ?? '') });
      // What looks like a string's begin may be the end of this one.
      if (end < 0) return source.startsWith(quote, at) ? at + quote.length : -1;
      at = end - 1;
    }
  }
  return -1;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly unclosed: SyntaxFault | null;
  readonly broken: SyntaxFault | null;
}

export function tokenize(source: string, version: Version): Tokens {
  const tokenizer = new Tokenizer(source, version);
  const tokens = tokenizer.all();
  return { tokens, unclosed: tokenizer.unclosed, broken: tokenizer.broken };
}
