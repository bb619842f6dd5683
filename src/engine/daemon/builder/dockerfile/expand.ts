/**
 * Words of a Dockerfile: quotes are taken off, and variables replaced, with the operators of the shell that Dockerfiles know. Upstream:
 * buildkit frontend/dockerfile/shell.
 */
import { DockerfileError, quoted } from './errors.ts';
import { replacePattern, trimPattern } from './shell-pattern.ts';

export interface ExpandOptions {
  /** `\`, or a backtick. */
  readonly escapeSign: string;
  /** Quotes stay. */
  readonly rawQuotes?: boolean;
  /** Escape signs stay. */
  readonly rawEscapes?: boolean;
  /** Quotes are ordinary signs. */
  readonly skipQuotes?: boolean;
  /** `$NAME` of a variable that is not set stays as it is. */
  readonly skipUnset?: boolean;
}

export interface Expanded {
  readonly text: string;
  /** The same, split at blanks that are not quoted. */
  readonly words: readonly string[];
  readonly matched: ReadonlySet<string>;
  readonly unmatched: ReadonlySet<string>;
}

export type Variables = ReadonlyMap<string, string>;

/** Throws DockerfileError without a place. */
/** A word that cannot be expanded, with the variables that were missed up to there. */
export class ExpansionError extends DockerfileError {
  readonly unmatched: ReadonlySet<string>;

  constructor(message: string, unmatched: ReadonlySet<string>) {
    super(message);
    this.unmatched = unmatched;
  }
}

/** Throws ExpansionError. */
export function expand(source: string, variables: Variables, options: ExpandOptions): Expanded {
  const lexer = new Lexer(source, variables, options);
  try {
    const { text, words } = lexer.until(undefined, options.rawEscapes ?? false);
    return { text, words, matched: lexer.matched, unmatched: lexer.unmatched };
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error;
    throw new ExpansionError(`failed to process ${quoted(source)}: ${error.message}`, lexer.unmatched);
  }
}

const fail = (message: string): never => {
  throw new DockerfileError(message);
};
/** What Go shows for the end of a text. */
const NOTHING = '\ufffd';
const isSpace = (sign: string): boolean => /\s/u.test(sign);
const isDigit = (sign: string): boolean => /^\p{Nd}$/u.test(sign);
const SPECIAL = new Set(['@', '*', '#', '?', '-', '$', '!', '0']);

/** Text as it grows, and the words it falls into. */
class Words {
  text = '';
  readonly #words: string[] = [];
  #word = '';

  /** Splits at blanks. */
  split(text: string): void {
    for (const sign of text) {
      if (!isSpace(sign)) this.#word += sign;
      else this.#end();
    }
  }

  keep(text: string): void {
    this.#word += text;
  }

  #end(): void {
    if (this.#word !== '') this.#words.push(this.#word);
    this.#word = '';
  }

  words(): readonly string[] {
    this.#end();
    return this.#words;
  }
}

class Lexer {
  readonly matched = new Set<string>();
  readonly unmatched = new Set<string>();
  readonly #signs: readonly string[];
  readonly #variables: Variables;
  readonly #options: ExpandOptions;
  #rawEscapes = false;
  #at = 0;

  constructor(source: string, variables: Variables, options: ExpandOptions) {
    this.#signs = [...source];
    this.#variables = variables;
    this.#options = options;
  }

  #peek(): string | undefined {
    return this.#signs[this.#at];
  }

  #next(): string | undefined {
    this.#at += 1;
    return this.#signs[this.#at - 1];
  }

  /** Up to a sign that ends it, or to the end. */
  until(stop: string | undefined, rawEscapes: boolean): { readonly text: string; readonly words: readonly string[] } {
    const before = this.#rawEscapes;
    this.#rawEscapes = rawEscapes;
    try {
      const words = new Words();
      for (let sign = this.#peek(); sign !== undefined; sign = this.#peek()) {
        if (sign === stop) {
          this.#next();
          return { text: words.text, words: words.words() };
        }
        this.#one(sign, words);
      }
      if (stop !== undefined) fail(`unexpected end of statement while looking for matching ${stop}`);
      return { text: words.text, words: words.words() };
    } finally {
      this.#rawEscapes = before;
    }
  }

  #one(sign: string, words: Words): void {
    const isQuote = !this.#options.skipQuotes && (sign === "'" || sign === '"');
    if (sign === '$' || isQuote) {
      const text = sign === '$' ? this.#dollar() : sign === "'" ? this.#single() : this.#double();
      words.text += text;
      if (sign === '$') words.split(text);
      else words.keep(text);
      return;
    }
    this.#next();
    if (sign !== this.#options.escapeSign) {
      words.text += sign;
      words.split(sign);
      return;
    }
    const escaped = this.#next();
    const text = (this.#rawEscapes ? sign : '') + (escaped ?? '');
    words.text += text;
    words.keep(text);
  }

  /** What stands between quotes, which stay if they are wanted. */
  #quoted(quote: string, inner: string): string {
    return this.#options.rawQuotes ? quote + inner + quote : inner;
  }

  #single(): string {
    this.#next();
    let inner = '';
    for (let sign = this.#next(); sign !== "'"; sign = this.#next()) {
      if (sign === undefined) fail('unexpected end of statement while looking for matching single-quote');
      inner += sign;
    }
    return this.#quoted("'", inner);
  }

  #double(): string {
    this.#next();
    let inner = '';
    for (;;) {
      const sign = this.#peek();
      if (sign === undefined) return fail('unexpected end of statement while looking for matching double-quote');
      if (sign === '"') break;
      inner += sign === '$' ? this.#dollar() : this.#doubleSign();
    }
    this.#next();
    return this.#quoted('"', inner);
  }

  /** Between double quotes only a quote, a dollar and the escapeSign sign itself can be escaped. */
  #doubleSign(): string {
    const { escapeSign } = this.#options;
    const sign = this.#next() ?? '';
    if (sign !== escapeSign) return sign;
    const raw = this.#rawEscapes ? sign : '';
    const following = this.#peek();
    if (following === undefined) return raw;
    if (following === '"' || following === '$' || following === escapeSign) return raw + (this.#next() ?? '');
    return raw + sign;
  }

  #dollar(): string {
    this.#next();
    if (this.#peek() !== '{') {
      const name = this.#name();
      if (name === '') return '$';
      const value = this.#get(name);
      return value ?? (this.#options.skipUnset ? `$${name}` : '');
    }
    this.#next();
    const first = this.#peek();
    if (first === undefined) return fail("syntax error: missing '}'");
    if (first === '{' || first === '}' || first === ':') return fail('syntax error: bad substitution');
    return this.#braced(this.#name());
  }

  #braced(name: string): string {
    const sign = this.#next();
    if (sign === '}') {
      const value = this.#get(name);
      return value ?? (this.#options.skipUnset ? `\${${name}}` : '');
    }
    if (sign === '/') return this.#replacement(name);
    const operator = sign === ':' ? (this.#next() ?? NOTHING) : (sign ?? NOTHING);
    const modifier = sign === ':' ? `:${operator}` : operator;
    const isKnown = sign === ':' || ['+', '-', '?', '#', '%'].includes(operator);
    if (!isKnown) return fail(`unsupported modifier (${modifier}) in substitution`);
    const word = this.#part('}', operator === '#' || operator === '%');
    return this.#modified({ name, operator, modifier, word });
  }

  /** A part of a substitution, up to `stop`. */
  #part(stop: string, rawEscapes: boolean, missing = "syntax error: missing '}'"): string {
    try {
      return this.until(stop, rawEscapes).text;
    } catch (error) {
      if (error instanceof DockerfileError && this.#peek() === undefined) return fail(missing);
      throw error;
    }
  }

  #modified({ name, operator, modifier, word }: { name: string; operator: string; modifier: string; word: string }): string {
    const value = this.#get(name);
    if (value === undefined && this.#options.skipUnset) return `\${${name}${modifier}${word}}`;
    const isMissing = value === undefined || (modifier.startsWith(':') && value === '');
    switch (operator) {
      case '-':
        return isMissing ? word : value;
      case '+':
        return isMissing ? '' : word;
      case '?':
        if (!isMissing) return value;
        return fail(`${name}: ${word === '' ? `is not allowed to be ${value === undefined ? 'unset' : 'empty'}` : word}`);
      case '#':
      case '%':
        return trimPattern(value ?? '', word, operator);
      default:
        return fail(`unsupported modifier (${modifier}) in substitution`);
    }
  }

  #replacement(name: string): string {
    const all = this.#peek() === '/';
    if (all) this.#next();
    const pattern = this.#part('/', true, "syntax error: missing '/' in $" + '{}');
    const replacement = this.#part('}', true);
    const value = this.#get(name);
    if (value === undefined && this.#options.skipUnset) return `\${${name}/${pattern}/${replacement}}`;
    return replacePattern(value ?? '', { pattern, replacement, all });
  }

  #name(): string {
    const first = this.#peek();
    if (first === undefined) return '';
    let name = '';
    if (isDigit(first)) {
      for (let sign = this.#peek(); sign !== undefined && isDigit(sign); sign = this.#peek()) name += this.#next() ?? '';
      return name;
    }
    if (SPECIAL.has(first)) return this.#next() ?? '';
    for (let sign = this.#peek(); sign !== undefined && /^[\p{L}\p{Nd}_]$/u.test(sign); sign = this.#peek()) name += this.#next() ?? '';
    return name;
  }

  #get(name: string): string | undefined {
    const value = this.#variables.get(name);
    (value === undefined ? this.unmatched : this.matched).add(name);
    return value;
  }
}
