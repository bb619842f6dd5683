/** A place among the words of a source file, and how the compiler complains about what stands there. */
import { GoError, type Position, type Token } from './tokens.ts';

const END: Token = { kind: 'end', text: 'EOF', position: 0 };

export class Cursor {
  readonly #tokens: readonly Token[];
  #at = 0;
  /** Below 0 in the head of a statement, where `{` begins its block and not a literal. */
  depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get token(): Token {
    return this.#tokens[this.#at] ?? END;
  }

  get at(): Position {
    return this.token.position;
  }

  peek(ahead = 1): Token {
    return this.#tokens[this.#at + ahead] ?? END;
  }

  next(): Token {
    const { token } = this;
    this.#at += 1;
    return token;
  }

  is(text: string): boolean {
    const { kind, text: here } = this.token;
    return here === text && (kind === 'operator' || kind === 'keyword');
  }

  get isEnd(): boolean {
    return this.token.kind === 'end';
  }

  get isSemicolon(): boolean {
    return this.token.kind === 'semicolon';
  }

  accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.#at += 1;
    return true;
  }

  expect(text: string, instead?: string): Position {
    const { at } = this;
    if (!this.accept(text)) throw this.unexpected(instead ?? `, expected ${text}`);
    return at;
  }

  name(): string {
    if (this.token.kind !== 'name') throw this.unexpected(', expected name');
    return this.next().text;
  }

  /** The end of a statement: a semicolon, or what closes the list that it is in. */
  endStatement(where = ' at end of statement'): void {
    if (this.isSemicolon) this.#at += 1;
    else if (!this.is(')') && !this.is('}')) throw this.unexpected(where);
  }

  /** Tries to read on; goes back if `parse` gives null. */
  attempt<T>(parse: () => T | null): T | null {
    const start = this.#at;
    const depth = this.depth;
    try {
      const result = parse();
      if (result !== null) return result;
    } catch (error) {
      if (!(error instanceof GoError)) throw error;
    }
    this.#at = start;
    this.depth = depth;
    return null;
  }

  /** Reads inside of brackets, where a literal may stand again. */
  inside<T>(parse: () => T): T {
    const { depth } = this;
    this.depth = Math.max(0, depth) + 1;
    const result = parse();
    this.depth = depth;
    return result;
  }

  unexpected(rest: string): GoError {
    return new GoError(this.at, `syntax error: unexpected ${describe(this.token)}${rest}`);
  }
}

function describe({ kind, text }: Token): string {
  if (kind === 'name') return `name ${text}`;
  if (kind === 'literal') return `literal ${text}`;
  if (kind === 'keyword') return `keyword ${text}`;
  if (kind === 'semicolon') return text === ';' ? 'semicolon' : 'newline';
  return text === ',' ? 'comma' : text;
}
