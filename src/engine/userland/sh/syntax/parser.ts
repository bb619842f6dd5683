/** Reads a script into its tree, one complete command at a time (POSIX 2.10). */

import type { Assignment, Command, List, ListItem, Redirect, SimpleCommand, Word } from './ast.ts';
import { Incomplete, SyntaxFailure } from './errors.ts';
import { RESERVED } from './names.ts';
import { constructs, needed } from './needed.ts';
import type { Source } from './source.ts';
import { type Token, TokenReader } from './tokens.ts';

/** Those that end a list of commands, whoever asked for it: then somebody is missing something. */
const CLOSERS = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}']);
const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)=/;
const MAX_DEPTH = 400;

export class Parser {
  readonly tokens: TokenReader;
  readonly source: Source;

  constructor(source: Source) {
    this.source = source;
    this.tokens = new TokenReader(source);
  }

  peek(): Token {
    return this.tokens.peek();
  }

  next(): Token {
    return this.tokens.next();
  }

  isOperator(...texts: readonly string[]): boolean {
    const token = this.peek();
    return token.kind === 'operator' && texts.includes(token.text);
  }

  /** Whether the next word is this reserved word, unquoted. */
  isReserved(...names: readonly string[]): boolean {
    const token = this.peek();
    return token.kind === 'word' && token.plain !== null && names.includes(token.plain);
  }

  expectReserved(name: string): void {
    if (!this.isReserved(name)) this.unexpected(name);
    this.next();
  }

  skipNewlines(): void {
    while (this.peek().kind === 'newline') this.next();
  }

  unexpected(expecting?: string): never {
    const token = this.peek();
    if (token.kind === 'end' && !this.source.isFinal) throw new Incomplete();
    throw new SyntaxFailure(
      {
        kind: 'unexpected',
        ...describe(token),
        ...(expecting === undefined ? {} : { expecting }),
        written: this.source.text.slice(token.start, this.source.at),
      },
      this.source.line,
    );
  }

  /** Counts how deep commands are nested: hostile text must not exhaust the stack. */
  nested<T>(read: () => T): T {
    this.source.depth += 1;
    if (this.source.depth > MAX_DEPTH) this.unexpected();
    const value = read();
    this.source.depth -= 1;
    return value;
  }

  /** Commands up to a word or operator that ends them. Empty only if `mayBeEmpty`. */
  list(mayBeEmpty = false): List {
    return this.nested(() => {
      const items: ListItem[] = [];
      this.skipNewlines();
      while (!this.#isEnd()) {
        items.push(this.#item());
        if (!this.#separator()) break;
      }
      if (items.length === 0 && !mayBeEmpty && this.peek().kind !== 'end') this.unexpected();
      return { items };
    });
  }

  #isEnd(): boolean {
    const token = this.peek();
    if (token.kind === 'end') return true;
    if (token.kind === 'operator') return token.text === ')' || token.text.startsWith(';;') || token.text === ';&';
    return token.kind === 'word' && token.plain !== null && CLOSERS.has(token.plain);
  }

  /** One command with its `&`, if it has one. The `;` stays. */
  #item(): ListItem {
    const { start } = this.peek();
    const command = this.andOr();
    const text = this.source.text.slice(start, this.peek().start).trim();
    const isBackground = this.isOperator('&');
    return { command, isBackground, text };
  }

  #separator(): boolean {
    const isSeparated = this.isOperator('&', ';') || this.peek().kind === 'newline';
    if (isSeparated) this.next();
    this.skipNewlines();
    return isSeparated;
  }

  /** The commands of one line: what an interactive shell runs at a time. Null at the end of the text. */
  line(): List | null {
    this.skipNewlines();
    if (this.peek().kind === 'end') return null;
    const items: ListItem[] = [];
    for (;;) {
      items.push(this.#item());
      if (this.isOperator('&', ';')) this.next();
      else if (this.peek().kind !== 'newline' && this.peek().kind !== 'end') this.unexpected();
      const { kind } = this.peek();
      if (kind === 'newline') this.next();
      if (kind === 'end' && !this.source.isFinal) throw new Incomplete();
      if (kind === 'end') this.tokens.finish();
      if (kind === 'newline' || kind === 'end') return { items };
    }
  }

  andOr(): Command {
    let left = this.pipeline();
    while (this.isOperator('&&', '||')) {
      const token = this.next();
      this.skipNewlines();
      left = { type: 'and-or', left, operator: token.kind === 'operator' && token.text === '&&' ? '&&' : '||', right: this.pipeline() };
    }
    return left;
  }

  pipeline(): Command {
    let isNegated = false;
    this.#expandAlias();
    while (this.isReserved('!')) {
      this.next();
      isNegated = !isNegated;
    }
    const commands = [this.command()];
    while (this.isOperator('|', '|&')) {
      const token = this.next();
      if (token.kind === 'operator' && token.text === '|&') commands.push(withErrors(commands.pop(), token.line));
      this.skipNewlines();
      commands.push(this.command());
    }
    const [only] = commands;
    return only !== undefined && commands.length === 1 && !isNegated ? only : { type: 'pipeline', commands, isNegated };
  }

  command(): Command {
    return this.nested(() => this.#command());
  }

  #command(): Command {
    this.#expandAlias();
    const { line } = this.peek();
    const compound = constructs()?.parseCompound(this) ?? null;
    if (compound === null) return this.#simple();
    if (compound.type === 'function') return compound;
    const redirects: Redirect[] = [];
    while (this.peek().kind === 'redirect') redirects.push(needed().readRedirect(this));
    return redirects.length === 0 ? compound : { type: 'redirected', command: compound, redirects, line };
  }

  #expandAlias(): void {
    for (;;) {
      const token = this.peek();
      if (token.kind !== 'word' || token.plain === null || !this.source.expandAlias(token.plain, token.start)) return;
      this.tokens.again();
    }
  }

  #simple(): Command {
    const { line, start } = this.peek();
    const { grammar } = this.source.features;
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (;;) {
      if (words.length > 0 && this.source.followsOpenAlias(this.peek().start)) this.#expandAlias();
      const token = this.peek();
      if (token.kind === 'redirect') redirects.push(needed().readRedirect(this));
      else if (token.kind === 'word') {
        if (
          words.length === 0 &&
          token.plain !== null &&
          assignments.length + redirects.length === 0 &&
          (CLOSERS.has(token.plain) || token.plain === 'in')
        )
          break;
        this.next();
        const assignment = words.length === 0 ? this.#assignment(token.word) : null;
        if (assignment !== null) assignments.push(assignment);
        else if (words.length > 0 && grammar?.declares.has(words[0]?.literal ?? '') === true && this.#assignment(token.word) !== null)
          words.push({ parts: token.word.parts, isAssignment: true });
        else words.push(...this.braced(token.word));
        const isFunction = words.length === 1 && assignments.length + redirects.length === 0 && this.isOperator('(');
        if (isFunction) return needed().readFunction(this, token.plain);
        if (words.length === 0) this.#expandAlias();
      } else break;
    }
    if (assignments.length + words.length + redirects.length === 0) this.unexpected();
    const text = grammar === undefined ? {} : { text: this.source.text.slice(start, this.peek().start).trim() };
    return { type: 'simple', assignments, words, redirects, line, ...text } satisfies SimpleCommand;
  }

  #assignment(word: Word): Assignment | null {
    return asAssignment(word) ?? this.source.features.grammar?.assignment(word) ?? null;
  }

  /** The words that a word's braces make; the word itself, where the dialect knows none. */
  braced(word: Word): readonly Word[] {
    return this.source.features.grammar?.words(word) ?? [word];
  }
}

/** `command |&`: its errors go where its output goes. */
function withErrors(command: Command | undefined, line: number): Command {
  const both: Redirect = { operator: '>&', fd: 2, target: { parts: [{ kind: 'text', text: '1', quoted: false }], literal: '1' } };
  return { type: 'redirected', command: command ?? { type: 'group', body: { items: [] } }, redirects: [both], line };
}

/** `name=value`, if the word is one: the name and the equals sign must be unquoted. */
export function asAssignment(word: Word): { name: string; value: Word } | null {
  const first = word.parts[0];
  if (first?.kind !== 'text' || first.quoted) return null;
  const match = ASSIGNMENT.exec(first.text);
  const name = match?.[1];
  if (word.parts.some((part) => part.kind === 'own' && part.text.startsWith('('))) return null;
  if (match === null || name === undefined) return null;
  const text = first.text.slice(match[0].length);
  const parts = text === '' ? word.parts.slice(1) : [{ ...first, text }, ...word.parts.slice(1)];
  const isPlain = parts.every((part) => part.kind === 'text') && !/(?:^|:)~/.test(text);
  const literal = isPlain ? parts.map((part) => (part.kind === 'text' ? part.text : '')).join('') : undefined;
  return { name, value: literal === undefined ? { parts } : { parts, literal } };
}

function describe(token: Token): { token: string; isName: boolean } {
  if (token.kind === 'end') return { token: 'end of file', isName: true };
  if (token.kind === 'newline') return { token: 'newline', isName: true };
  if (token.kind === 'redirect') return { token: 'redirection', isName: true };
  if (token.kind === 'operator') return { token: token.text, isName: false };
  return token.plain !== null && RESERVED.has(token.plain) ? { token: token.plain, isName: false } : { token: 'word', isName: true };
}
