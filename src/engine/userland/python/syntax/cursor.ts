/** A place in the tokens, and what every part of the parser asks of it. */

import type { Version } from '../versions/versions.ts';
import type { Expr, Span } from './ast.ts';
import { SyntaxFault } from './fault.ts';
import { type Token, tokenize } from './tokens.ts';

export const KEYWORDS: ReadonlySet<string> = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);
const LINE_ENDS: ReadonlySet<Token['type']> = new Set(['newline', 'indent', 'dedent', 'end']);
/** Deeper nesting than this is refused, as by the real parser. */
const MOST_NESTED = 200;

export interface SourceWarning {
  readonly message: string;
  readonly line: number;
}

export class Cursor {
  readonly source: string;
  /** The language that is read. */
  readonly version: Version;
  readonly tokens: readonly Token[];
  /** What ends the tokens, where that is no token. */
  readonly broken: SyntaxFault | null;
  readonly #unclosed: SyntaxFault | null;
  /** What is no mistake, but hardly meant. */
  readonly warnings: SourceWarning[];
  at = 0;
  depth = 0;

  constructor(source: string, version: Version, warnings: SourceWarning[] = []) {
    this.warnings = warnings;
    this.source = source;
    this.version = version;
    const { tokens, unclosed, broken } = tokenize(source, version);
    if (broken !== null && version.has.wholeSources) throw broken;
    this.broken = broken;
    this.tokens = tokens;
    this.#unclosed = unclosed;
  }

  /** What a mistake really is: a bracket that is open since a line before, if there is one. */
  cause(error: unknown): unknown {
    if (this.broken !== null && this.isType('end')) return this.broken;
    if (!(error instanceof SyntaxFault) || this.#unclosed === null) return error;
    const isAtEnd = this.isType('end') && error.stop.line === this.token.line;
    if (!this.version.has.wholeSources) return isAtEnd ? this.invalid() : error;
    const isAfter =
      this.token.line > this.#unclosed.at.line ||
      error.at.endLine > this.#unclosed.at.line ||
      error.isIncomplete ||
      this.token.type === 'end';
    return isAfter ? this.#unclosed : error;
  }

  get token(): Token {
    return this.tokens[Math.min(this.at, this.tokens.length - 1)] as Token;
  }

  peek(offset = 1): Token {
    return this.tokens[Math.min(this.at + offset, this.tokens.length - 1)] as Token;
  }

  /** The token before. */
  get last(): Token {
    return this.tokens[Math.max(0, this.at - 1)] as Token;
  }

  next(): Token {
    const { token } = this;
    this.at += 1;
    return token;
  }

  is(text: string): boolean {
    const { token } = this;
    return token.text === text && (token.type === 'op' || token.type === 'name');
  }

  isType(type: Token['type']): boolean {
    return this.token.type === type;
  }

  isAny(...texts: readonly string[]): boolean {
    return texts.some((text) => this.is(text));
  }

  accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.at += 1;
    return true;
  }

  expect(text: string): Token {
    if (!this.is(text)) throw this.invalid();
    return this.next();
  }

  /** The colon before a block. What else stands there is said, where nothing else could. */
  expectColon(isForced = false): void {
    if (this.accept(':')) return;
    throw isForced || this.isType('newline') ? this.expected("expected ':'") : this.invalid();
  }

  /** The same is said once, however often it is read. */
  warn(message: string, line: number): void {
    if (!this.warnings.some((one) => one.message === message && one.line === line)) this.warnings.push({ message, line });
  }

  expected(message: string): SyntaxFault {
    return new SyntaxFault(message, this.token);
  }

  /** A name that is no keyword. */
  isName(): boolean {
    return this.isNameAt(0);
  }

  isNameAt(offset: number): boolean {
    const { type, text } = this.peek(offset);
    return type === 'name' && !KEYWORDS.has(text);
  }

  name(): string {
    if (!this.isName()) throw this.invalid();
    return this.next().text;
  }

  invalid(at: Span = this.token): SyntaxFault {
    const { token } = this;
    if (at === token && token.type === 'indent') return new SyntaxFault('unexpected indent', endOf(token), { type: 'IndentationError' });
    if (at === token && token.type === 'end') return new SyntaxFault('invalid syntax', at, { isIncomplete: true });
    return new SyntaxFault('invalid syntax', at);
  }

  from(start: Span): Span {
    let before = this.at - 1;
    while (before > 0 && LINE_ENDS.has(this.tokens[before]?.type ?? 'end')) before -= 1;
    const last = this.tokens[Math.max(0, before)] as Token;
    return { line: start.line, col: start.col, endLine: last.endLine, endCol: last.endCol };
  }

  /** Goes one level deeper while `parse` runs. */
  nested<T>(parse: () => T): T {
    this.depth += 1;
    if (this.depth > MOST_NESTED) throw new SyntaxFault('too many nested parentheses', this.token);
    const result = parse();
    this.depth -= 1;
    return result;
  }
}

/** The real one shows no mark there. */
const endOf = (span: Span): Span => ({ ...span, col: -1, endCol: -1 });

export const spanOf = ({ line, col, endLine, endCol }: Span): Span => ({ line, col, endLine, endCol });
export const join = (from: Span, to: Span): Span => ({ line: from.line, col: from.col, endLine: to.endLine, endCol: to.endCol });

/** What an expression is called where it cannot be assigned to. */
export function wordFor(expr: Expr): string {
  switch (expr.kind) {
    case 'literal':
      return expr.literal.type === 'none'
        ? 'None'
        : expr.literal.type === 'true'
          ? 'True'
          : expr.literal.type === 'false'
            ? 'False'
            : expr.literal.type === 'ellipsis'
              ? 'ellipsis'
              : 'literal';
    case 'call':
      return 'function call';
    case 'binary':
    case 'unary':
    case 'logic':
      return 'expression';
    case 'compare':
      return 'comparison';
    case 'format':
      return 'f-string expression';
    case 'conditional':
      return 'conditional expression';
    case 'comprehension':
      return expr.of === 'generator' ? 'generator expression' : `${expr.of} comprehension`;
    case 'dict':
      return 'dict literal';
    case 'set':
      return 'set display';
    case 'yield':
    case 'yield-from':
      return 'yield expression';
    case 'await':
      return 'await expression';
    case 'walrus':
      return 'named expression';
    default:
      return expr.kind;
  }
}
