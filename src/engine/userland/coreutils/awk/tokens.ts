import { AwkSyntax, type Token } from './lexer.ts';

const END: Token = { kind: 'end', text: 'end of file', line: 0 };

/** The tokens, taken one after the other. */
export class Tokens {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(ahead = 0): Token {
    return this.#tokens[this.#at + ahead] ?? this.#tokens.at(-1) ?? END;
  }

  take(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Whether the next token is this operator or keyword. */
  is(text: string): boolean {
    const { kind, text: own } = this.peek();
    return own === text && (kind === 'operator' || kind === 'keyword');
  }

  accept(text: string): string | undefined {
    if (!this.is(text)) return undefined;
    this.#at += 1;
    return text;
  }

  expect(text: string): void {
    if (this.accept(text) === undefined) throw this.error();
  }

  name(): string {
    const { kind, text } = this.peek();
    if (kind !== 'name' && kind !== 'function-name') throw this.error();
    this.#at += 1;
    return text;
  }

  skipNewlines(): void {
    while (this.peek().kind === 'newline') this.#at += 1;
  }

  /** Newlines and semicolons. */
  skipEnds(): void {
    while (this.peek().kind === 'newline' || this.is(';')) this.#at += 1;
  }

  get isOver(): boolean {
    return this.peek().kind === 'end';
  }

  error(): AwkSyntax {
    const { kind, text, line } = this.peek();
    return new AwkSyntax(kind === 'newline' ? 'newline' : text, line);
  }
}
