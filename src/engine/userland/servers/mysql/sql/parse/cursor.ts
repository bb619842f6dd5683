/** A place in a statement's tokens, and the small steps that every part of the parser takes. */
import { notSupported, syntaxError } from '../errors.ts';
import { lineOf, type Token } from './tokens.ts';

/** Words that cannot be a name or an alias as they are. */
const RESERVED = new Set(
  'add all alter analyze and as asc before between bigint binary blob both by call cascade case change char character check collate column condition constraint continue convert create cross cube cume_dist current_date current_time current_timestamp current_user cursor database databases decimal default delayed delete desc describe distinct distinctrow div double drop dual each else elseif empty enclosed escaped except exists exit explain false fetch float for force foreign from fulltext function generated get grant group grouping groups having high_priority if ignore in index infile inner inout insert int integer intersect interval into is iterate join json_table key keys kill lag last_value lateral lead leading leave left like limit linear lines load localtime localtimestamp lock long longblob longtext loop low_priority match mediumblob mediumint mediumtext mod natural not null numeric of on optimize option optionally or order out outer outfile over partition precision primary procedure purge range rank read reads real recursive references regexp release rename repeat replace require restrict return revoke right rlike row row_number rows schema schemas select separator set show signal smallint spatial sql ssl starting stored straight_join system table terminated then tinyblob tinyint tinytext to trailing trigger true undo union unique unlock unsigned update usage use using utc_date utc_time utc_timestamp values varbinary varchar virtual when where while window with write xor zerofill'.split(
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

  get isOver(): boolean {
    return this.token.kind === 'end' || this.is(';');
  }

  peek(ahead: number): Token {
    const { length } = this.text;
    return (
      this.#tokens[Math.min(this.#index + ahead, this.#tokens.length - 1)] ?? { kind: 'end', text: '', key: '', at: length, end: length }
    );
  }

  take(): Token {
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
    throw syntaxError(this.text.slice(at), lineOf(this.text, at));
  }

  is(...words: readonly string[]): boolean {
    return words.every((word, i) => this.peek(i).key === word);
  }

  isOne(...words: readonly string[]): boolean {
    return words.includes(this.token.key) && this.token.key !== '';
  }

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
    return kind === 'quoted' || (kind === 'word' && !RESERVED.has(key));
  }

  /** A name as it is written. */
  name(): string {
    if (!this.isName()) this.fail();
    return this.take().text;
  }

  /** A name where reserved words are allowed too: after a dot. */
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
    if (this.#depth > 200) throw notSupported('a statement nested so deeply');
    const value = inside();
    this.#depth -= 1;
    return value;
  }
}
