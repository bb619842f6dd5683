import { JqSyntax, type Token } from './syntax.ts';

export const KEYWORDS = new Set([
  'def',
  'if',
  'then',
  'elif',
  'else',
  'end',
  'as',
  'reduce',
  'foreach',
  'try',
  'catch',
  'label',
  'import',
  'include',
  'and',
  'or',
  '__loc__',
]);

/** The tokens of a program, one after the other. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** Goes back by one token. */
  back(): void {
    this.#at -= 1;
  }

  peek(ahead = 0): Token {
    return this.#tokens[this.#at + ahead] ?? { kind: 'end', text: '' };
  }

  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return (token.kind === 'punctuation' || token.kind === 'name') && token.text === text;
  }

  accept(text: string): boolean {
    const found = this.is(text);
    if (found) this.#at += 1;
    return found;
  }

  expect(text: string): void {
    if (!this.accept(text)) this.unexpected();
  }

  unexpected(): never {
    const token = this.peek();
    const shown = token.kind === 'end' ? 'end of file' : token.kind === 'name' && !KEYWORDS.has(token.text) ? 'IDENT' : `'${token.text}'`;
    throw new JqSyntax(`syntax error, unexpected ${shown}`);
  }
}
