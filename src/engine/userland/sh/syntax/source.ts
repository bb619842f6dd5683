import type { Assignment, Command, Part, Word } from './ast.ts';
import { Incomplete, SyntaxFailure, type SyntaxProblem } from './errors.ts';
import type { Parser } from './parser.ts';
import type { PartList } from './words.ts';

export interface SourceOptions {
  /** No more text follows: its end is the end of the script, not of what was read so far. */
  readonly isFinal: boolean;
  readonly line?: number;
  readonly features: Features;
  readonly aliases?: Aliases;
}

export type Aliases = Pick<ReadonlyMap<string, string>, 'get'>;

/** What a dialect's grammar knows beyond POSIX. */
export interface Features {
  /** `${x/a/b}`, `${x:1:2}`, `$'…'`. */
  readonly extendedExpansions: boolean;
  /** `$((a); b)` is a command substitution that begins with a subshell. */
  readonly guessesArithmetic: boolean;
  /** `&>file`. */
  readonly bothRedirect: boolean;
  /** `function name { …; }`. */
  readonly functionKeyword: boolean;
  readonly grammar?: Grammar;
}

/** What a dialect reads by code of its own, loaded with the dialect. */
export interface Grammar {
  /** Redirections beyond POSIX's, longest first. */
  readonly redirects: readonly string[];
  /** Builtins whose operands may be assignments. */
  readonly declares: ReadonlySet<string>;
  /** Reads a piece of a word that starts here. False: there is none, and nothing was read. */
  piece(source: Source, out: PartList, quoted: boolean): boolean;
  /** All of `${…}`, whose dollar sign has been read; null if it is an expansion that POSIX knows. */
  braces(source: Source, quoted: boolean): Part | null;
  /** The compound command that starts here. */
  compound(parser: Parser): Command | null;
  assignment(word: Word): Assignment | null;
  /** The words that a word's braces make. */
  words(word: Word): readonly Word[];
}

/** The text being read, with the place in it. */
export class Source {
  text: string;
  at = 0;
  line: number;
  depth = 0;
  /** Groups (`@(a|b)`) are read here whatever the shell's options say. */
  readsGroups: boolean | 'always' = false;
  readonly isFinal: boolean;
  readonly features: Features;
  readonly aliases: Aliases;
  /** Aliases being expanded and where their text ends: none is expanded inside itself. */
  #expanding: { readonly name: string; readonly tail: number }[] = [];

  /** How much text follows an alias that ends in a blank. */
  #openTail: number | null = null;

  constructor(text: string, options: SourceOptions) {
    this.text = text;
    this.isFinal = options.isFinal;
    this.line = options.line ?? 1;
    this.features = options.features;
    this.aliases = options.aliases ?? new Map();
  }

  /** The character `ahead` of here, or '' at the end. Joins lines that end in a backslash. */
  peek(ahead = 0): string {
    if (ahead === 0) while (this.text.startsWith('\\\n', this.at)) this.#skipJoin();
    return this.text.charAt(this.at + ahead);
  }

  /** As `peek(0)`, where a backslash is an ordinary character. */
  raw(): string {
    return this.text.charAt(this.at);
  }

  next(): string {
    const char = this.text.charAt(this.at);
    if (char !== '') this.at += 1;
    if (char === '\n') this.line += 1;
    return char;
  }

  skip(count: number): void {
    for (let i = 0; i < count; i += 1) this.next();
  }

  /** The alias to put in place of `name`, which was just read from `start` on. True if it was. */
  expandAlias(name: string, start: number): boolean {
    const value = this.aliases.get(name);
    if (value === undefined) return false;
    this.#expanding = this.#expanding.filter((entry) => this.text.length - start > entry.tail);
    if (this.#expanding.some((entry) => entry.name === name)) return false;
    this.#expanding.push({ name, tail: this.text.length - this.at });
    if (/[ \t]$/.test(value)) this.#openTail = this.text.length - this.at;
    this.text = this.text.slice(0, start) + value + this.text.slice(this.at);
    this.at = start;
    return true;
  }

  /** Whether the word at `start` follows an alias that ends in a blank: then it may be one too (POSIX, alias). */
  followsOpenAlias(start: number): boolean {
    if (this.#openTail === null || this.text.length - start > this.#openTail) return false;
    this.#openTail = null;
    return true;
  }

  /** The end of the text where something was still open. */
  end(problem: SyntaxProblem): never {
    if (!this.isFinal) throw new Incomplete();
    throw new SyntaxFailure(problem, this.line);
  }

  #skipJoin(): void {
    this.at += 2;
    this.line += 1;
  }
}
