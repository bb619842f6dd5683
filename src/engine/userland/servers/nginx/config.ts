/** nginx's configuration language: words, blocks and includes, each with the file and line that an error names. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { decode } from '../../program-io.ts';

export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly block: readonly Directive[] | undefined;
  readonly file: string;
  readonly line: number;
}

/** What keeps nginx from starting: an `[emerg]`. */
export class ConfigError extends Error {}

const MAX_INCLUDES = 64;

/** Reads a configuration file with all that it includes. Throws ConfigError. */
export function readConfig(sys: Sys, path: string): readonly Directive[] {
  return readFile(sys, path, 0);
}

function readFile(sys: Sys, path: string, depth: number): readonly Directive[] {
  if (depth > MAX_INCLUDES) throw new ConfigError(`too many includes in ${path}`);
  let bytes: Uint8Array;
  try {
    bytes = sys.path.readFile(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new ConfigError(`open() "${path}" failed (${error.number}: ${error.message})`);
  }
  const tokens = tokenize(decode(bytes), path);
  const parser = new Parser(sys, { tokens, file: path, depth });
  return parser.directives(false);
}

/** The text of `-g`. */
export function parseGlobal(sys: Sys, text: string): readonly Directive[] {
  const closed = text.trim().endsWith(';') || text.trim() === '' ? text : `${text};`;
  return new Parser(sys, { tokens: tokenize(closed, 'command line'), file: 'command line', depth: 0 }).directives(false);
}

interface Token {
  readonly text: string;
  readonly kind: 'word' | ';' | '{' | '}';
  readonly line: number;
}

function tokenize(text: string, file: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '\n') line += 1;
    if (/\s/.test(char)) at += 1;
    else if (char === '#') at = (text.indexOf('\n', at) + text.length + 1) % (text.length + 1) || text.length;
    else if (char === ';' || char === '{' || char === '}') {
      tokens.push({ text: char, kind: char, line });
      at += 1;
    } else {
      const word = readWord(text, at);
      if (word === null) throw new ConfigError(`unexpected end of file, expecting ";" or "}" in ${file}:${line}`);
      tokens.push({ text: word.value, kind: 'word', line });
      line += text.slice(at, word.next).split('\n').length - 1;
      at = word.next;
    }
  }
  return tokens;
}

/** A bare word ends at a space, `;` or `{` (but `${name}` belongs to it); a quoted one at its quote. */
function readWord(text: string, start: number): { value: string; next: number } | null {
  const quote = text[start];
  if (quote === '"' || quote === "'") return quotedWord(text, start, quote);
  let at = start;
  let value = '';
  while (at < text.length && !/[\s;]/.test(text[at] ?? '')) {
    if (text[at] === '{' && text[at - 1] !== '$') break;
    if (text[at] === '\\' && at + 1 < text.length) {
      value += text.slice(at, at + 2);
      at += 2;
      continue;
    }
    const end = text[at] === '{' ? text.indexOf('}', at) : at;
    value += text.slice(at, (end < 0 ? at : end) + 1);
    at = (end < 0 ? at : end) + 1;
  }
  return { value, next: at };
}

function quotedWord(text: string, start: number, quote: string): { value: string; next: number } | null {
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === quote) return { value, next: at + 1 };
    if (char !== '\\') {
      value += char;
      continue;
    }
    at += 1;
    const escaped = text[at] ?? '';
    value += { n: '\n', t: '\t', r: '\r', '"': '"', "'": "'", '\\': '\\' }[escaped] ?? `\\${escaped}`;
  }
  return null;
}

class Parser {
  readonly #sys: Sys;
  readonly #tokens: readonly Token[];
  readonly #file: string;
  readonly #depth: number;
  #at = 0;

  constructor(sys: Sys, { tokens, file, depth }: { tokens: readonly Token[]; file: string; depth: number }) {
    this.#sys = sys;
    this.#tokens = tokens;
    this.#file = file;
    this.#depth = depth;
  }

  directives(isInside: boolean): readonly Directive[] {
    const found: Directive[] = [];
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token === undefined) {
        if (isInside) throw new ConfigError(`unexpected end of file, expecting "}" in ${this.#file}:${this.#lastLine()}`);
        return found;
      }
      this.#at += 1;
      if (token.kind === '}') {
        if (isInside) return found;
        throw new ConfigError(`unexpected "}" in ${this.#file}:${token.line}`);
      }
      if (token.kind !== 'word') throw new ConfigError(`unexpected "${token.text}" in ${this.#file}:${token.line}`);
      found.push(...this.#directive(token));
    }
  }

  #lastLine(): number {
    return this.#tokens.at(-1)?.line ?? 1;
  }

  #directive({ text: name, line }: Token): readonly Directive[] {
    const args: string[] = [];
    const made = (block: readonly Directive[] | undefined): Directive => ({ name, args, block, file: this.#file, line });
    for (;;) {
      const token = this.#tokens[this.#at];
      this.#at += 1;
      if (token === undefined) throw new ConfigError(`unexpected end of file, expecting ";" or "}" in ${this.#file}:${this.#lastLine()}`);
      if (token.kind === '}') throw new ConfigError(`unexpected "}" in ${this.#file}:${token.line}`);
      if (token.kind === '{') return [made(this.directives(true))];
      if (token.kind === ';') return name === 'include' ? this.#include(args[0] ?? '') : [made(undefined)];
      args.push(token.text);
    }
  }

  #include(pattern: string): readonly Directive[] {
    const path = pattern.startsWith('/') ? pattern : `/etc/nginx/${pattern}`;
    return filesOf(this.#sys, path).flatMap((file) => readFile(this.#sys, file, this.#depth + 1));
  }
}

/** A pattern that matches nothing is fine; a plain name must exist. */
function filesOf(sys: Sys, path: string): readonly string[] {
  const slash = path.lastIndexOf('/');
  const [folder, name] = [path.slice(0, slash) || '/', path.slice(slash + 1)];
  if (!/[*?]/.test(name)) return [path];
  const pattern = new RegExp(
    `^${name
      .replace(/[.+^$()|{}\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
  try {
    const names = sys.path
      .readdir(folder)
      .map((entry) => entry.name)
      .filter((one) => pattern.test(one) && !one.startsWith('.'));
    return names.sort().map((one) => `${folder}/${one}`);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}
