/** `${x^^}`, `${x/a/b}`, `${x@Q}`: what they make of a text. */
import { compilePattern, matchPattern } from '../expand/pattern.ts';
import type { Shell } from '../shell.ts';
import { readAnsiText } from '../syntax/ansi-quote.ts';

/** `^`, `^^`, `,`, `,,`: the first character, or all, that match. */
export function changeCase(value: string, operator: string, pattern: string): string {
  const compiled = compilePattern(pattern === '' ? '?' : pattern);
  const change = (char: string): string => {
    if (!matchPattern(compiled, char)) return char;
    return operator.startsWith('^') ? char.toUpperCase() : char.toLowerCase();
  };
  const chars = [...value];
  if (operator.length === 2) return chars.map(change).join('');
  return chars.length === 0 ? '' : change(chars[0] ?? '') + chars.slice(1).join('');
}

export interface Replacement {
  readonly mode: 'first' | 'all' | 'start' | 'end';
  readonly pattern: string;
  readonly replacement: (matched: string) => string;
  readonly ignoresCase: boolean;
}

export function replaceText(value: string, { mode, pattern: text, replacement, ignoresCase }: Replacement): string {
  const fold = (one: string): string => (ignoresCase ? one.toLowerCase() : one);
  const pattern = compilePattern(fold(text));
  const subject = fold(value);
  const endOf = (from: number): number => {
    for (let end = value.length; end >= from; end -= 1) if (matchPattern(pattern, subject.slice(from, end))) return end;
    return -1;
  };
  if (text === '') return mode === 'start' ? replacement('') + value : mode === 'end' ? value + replacement('') : value;
  if (mode === 'start') {
    const end = endOf(0);
    return end < 0 ? value : replacement(value.slice(0, end)) + value.slice(end);
  }
  if (mode === 'end') {
    for (let from = 0; from <= value.length; from += 1) {
      if (matchPattern(pattern, subject.slice(from))) return value.slice(0, from) + replacement(value.slice(from));
    }
    return value;
  }
  let out = '';
  let at = 0;
  while (at < value.length) {
    const end = endOf(at);
    if (end <= at) {
      out += value.charAt(at);
      at += 1;
      continue;
    }
    out += replacement(value.slice(at, end));
    at = end;
    if (mode === 'first') break;
  }
  return out + value.slice(at);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what cannot be shown is what is looked for.
const CONTROL = /[\x00-\x1f\x7f]/;
const LETTERS: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\E',
  "'": "\\'",
  '\\': '\\\\',
};

/** `$'…'`, for what has control characters. */
export const ansiQuoted = (text: string): string =>
  `$'${[...text].map((char) => LETTERS[char] ?? (CONTROL.test(char) ? `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}` : char)).join('')}'`;

/** In single quotes, as `declare -f`, `alias`, `set` and `${x@Q}` write them. */
export const singleQuoted = (text: string): string => (CONTROL.test(text) ? ansiQuoted(text) : `'${text.replaceAll("'", "'\\''")}'`);

/** As `printf %q`: a backslash before each character that means something. */
export function backslashed(text: string): string {
  if (text === '') return "''";
  if (CONTROL.test(text)) return ansiQuoted(text);
  return text.replace(/[ !"#$&'()*,;<>?[\\\]^`{|}]|^~/g, (char, at: number) => (char === '#' && at > 0 ? char : `\\${char}`));
}

/** In single quotes only where it is needed, as `set`, `set -x` and `trap -p` show words. */
export const quotedIfNeeded = (text: string): string =>
  text !== '' && /^[A-Za-z0-9_@%+:,./=\][^-]*$/.test(text) && !/^[=\][^]/.test(text) ? text : singleQuoted(text);

/** In double quotes, as `declare -p` writes values. */
export const doubleQuoted = (text: string): string => (CONTROL.test(text) ? ansiQuoted(text) : `"${text.replace(/["\\$`]/g, '\\$&')}"`);

export function transform(shell: Shell, letter: string, value: string): string {
  switch (letter) {
    case 'Q':
      return singleQuoted(value);
    case 'U':
      return value.toUpperCase();
    case 'L':
      return value.toLowerCase();
    case 'u':
      return value.charAt(0).toUpperCase() + value.slice(1);
    case 'E':
      return readAnsiText(value, shell.features);
    default:
      return value;
  }
}
