/** A place in a statement's tokens, and the small steps that every part of a parser takes; in each dialect of SQL. */

export interface WordToken {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'hex' | 'variable' | 'symbol' | 'end';
  /** A name as it is meant; a string or quoted name without its quotes. */
  readonly text: string;
  /** A word in lower case, or a symbol; empty for anything that cannot be a keyword. */
  readonly key: string;
  readonly at: number;
  readonly end: number;
}

/** What differs between dialects. */
export interface Grammar {
  /** Words that cannot be a name or an alias as they are. */
  readonly reserved: ReadonlySet<string>;
  /** The words of a refusal: of what begins at `at`. */
  readonly fail: (text: string, at: number, end: number) => never;
  readonly tooDeep: (at: number) => never;
}

const DEEPEST = 200;

export class WordCursor {
  readonly text: string;
  readonly #tokens: readonly WordToken[];
  readonly #grammar: Grammar;
  #index = 0;
  #depth = 0;

  constructor(text: string, tokens: readonly WordToken[], grammar: Grammar) {
    this.text = text;
    this.#tokens = tokens;
    this.#grammar = grammar;
  }

  get token(): WordToken {
    return this.peek(0);
  }

  /** As written. */
  get raw(): string {
    return this.text.slice(this.token.at, this.token.end);
  }

  get isOver(): boolean {
    return this.token.kind === 'end' || this.is(';');
  }

  peek(ahead: number): WordToken {
    const { length } = this.text;
    return (
      this.#tokens[Math.min(this.#index + ahead, this.#tokens.length - 1)] ?? { kind: 'end', text: '', key: '', at: length, end: length }
    );
  }

  take(): WordToken {
    const { token } = this;
    if (token.kind !== 'end') this.#index += 1;
    return token;
  }

  /** Where the last token ended. */
  get lastEnd(): number {
    return this.#tokens[this.#index - 1]?.end ?? 0;
  }

  /** Does not understand the token at hand (or the one that began at `at`). */
  fail(at = this.token.at): never {
    return this.#grammar.fail(this.text, at, this.token.end);
  }

  /** The next tokens are these words (not quoted) or symbols. */
  is(...words: readonly string[]): boolean {
    return words.every((word, i) => this.peek(i).key === word);
  }

  isOne(...words: readonly string[]): boolean {
    return words.includes(this.token.key) && this.token.key !== '';
  }

  /** Takes them if they are next. */
  accept(...words: readonly string[]): boolean {
    if (!this.is(...words)) return false;
    this.#index += words.length;
    return true;
  }

  expect(...words: readonly string[]): void {
    for (const word of words) if (!this.accept(word)) this.fail();
  }

  /** One of the words, taken; undefined if none is next. */
  acceptOne<T extends string>(...words: readonly T[]): T | undefined {
    return words.find((word) => this.accept(word));
  }

  isName(ahead = 0): boolean {
    const { kind, key } = this.peek(ahead);
    return kind === 'quoted' || (kind === 'word' && !this.#grammar.reserved.has(key));
  }

  name(): string {
    if (!this.isName()) this.fail();
    return this.take().text;
  }

  /** A name where reserved words are allowed too: after AS, after a dot. */
  label(): string {
    if (this.token.kind !== 'word' && this.token.kind !== 'quoted') this.fail();
    return this.take().text;
  }

  string(): string {
    if (this.token.kind !== 'string') this.fail();
    return this.take().text;
  }

  /** A name or a string: of a user, a character set, a collation. */
  word(): string {
    return this.token.kind === 'string' ? this.string() : this.label();
  }

  integer(): number {
    if (this.token.kind !== 'number' || !/^\d+$/.test(this.token.text)) this.fail();
    return Number(this.take().text);
  }

  /** `x, x, x` */
  list<T>(one: () => T): readonly T[] {
    const items = [one()];
    while (this.accept(',')) items.push(one());
    return items;
  }

  parenthesized<T>(inside: () => T): T {
    this.expect('(');
    const value = inside();
    this.expect(')');
    return value;
  }

  names(): readonly string[] {
    return this.parenthesized(() => this.list(() => this.name()));
  }

  /** Guards against a statement that nests without end. */
  nested<T>(inside: () => T): T {
    this.#depth += 1;
    if (this.#depth > DEEPEST) this.#grammar.tooDeep(this.token.at);
    const value = inside();
    this.#depth -= 1;
    return value;
  }
}
