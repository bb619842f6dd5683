/** A place in a statement's tokens, and the small steps that every part of the parser takes. */
import { notSupported, syntaxError } from './errors.ts';
import type { Token } from './tokens.ts';

/** Words that cannot be a name or an alias as they are. */
const RESERVED = new Set(
  'all analyse analyze and any array as asc both case cast check collate column constraint create cross current_date current_time current_timestamp current_user default deferrable desc distinct do else end except exists false fetch for foreign from full grant group having in initially inner intersect into is join lateral leading left like ilike limit localtime localtimestamp natural not null offset on only or order outer primary references returning right select session_user set some table then to trailing true union unique user using values when where window with'.split(
    ' ',
  ),
);

export class Cursor {
  readonly text: string;
  readonly #tokens: readonly Token[];
  #index = 0;
  #depth = 0;

  constructor(text: string, tokens: readonly Token[]) {
    this.text = text;
    this.#tokens = tokens;
  }

  get token(): Token {
    return this.peek(0);
  }

  peek(ahead: number): Token {
    return this.#tokens[Math.min(this.#index + ahead, this.#tokens.length - 1)] ?? { kind: 'end', text: '', raw: '', at: this.text.length };
  }

  take(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.#index += 1;
    return token;
  }

  /** Where the last token ended. */
  get lastEnd(): number {
    const last = this.#tokens[this.#index - 1];
    return last === undefined ? 0 : last.at + last.raw.length;
  }

  fail(): never {
    throw syntaxError(this.token.raw, this.token.at);
  }

  /** The next tokens are these words (not quoted) or symbols. */
  is(...words: readonly string[]): boolean {
    return words.every((word, i) => {
      const { kind, text } = this.peek(i);
      return (kind === 'word' || kind === 'symbol') && text === word;
    });
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
    const { kind, text } = this.peek(ahead);
    return kind === 'quoted' || (kind === 'word' && !RESERVED.has(text));
  }

  /** A name: lower case unless quoted. */
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
    if (this.#depth > 200) throw notSupported('a statement nested so deeply', this.token.at);
    const value = inside();
    this.#depth -= 1;
    return value;
  }
}
