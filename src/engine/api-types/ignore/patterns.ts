/**
 * The patterns of an ignore file and what they match: `*.log`, `**` for any number of directories, `!keep.log` to take back. A path is
 * ignored if the last pattern that matches it, or one of the directories above it, is no exception. The client leaves files out of a
 * context by it, the engine out of a copy. Upstream: moby/patternmatcher.
 */
import { cleanPath } from './clean-path.ts';
import { compileGoRegexp, PatternSyntaxError } from './go-regexp.ts';

export { PatternSyntaxError } from './go-regexp.ts';

export interface Pattern {
  /** Cleaned, without `!`. */
  readonly text: string;
  readonly isException: boolean;
  readonly matches: (path: string) => boolean;
}

export interface Verdict {
  readonly ignored: boolean;
  /** Which patterns matched, for the children of a directory. */
  readonly matched: readonly boolean[];
}

/** Compiles patterns as an ignore file has them. Throws PatternSyntaxError. */
export function compilePatterns(lines: readonly string[]): readonly Pattern[] {
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(compilePattern);
}

function compilePattern(line: string): Pattern {
  const cleaned = cleanPath(line);
  const isException = cleaned.startsWith('!');
  if (cleaned === '!') throw new PatternSyntaxError('illegal exclusion pattern: "!"');
  const text = isException ? cleaned.slice(1) : cleaned;
  checkGlob(text);
  let matches: ((path: string) => boolean) | undefined;
  return {
    text,
    isException,
    // Compiled when it is first asked, for that is when a pattern that cannot be compiled is reported.
    matches: (path) => {
      matches ??= matcher(text);
      return matches(path);
    },
  };
}

type Kind = 'exact' | 'prefix' | 'suffix' | 'regexp';

/** Exact names, `dir/**` and `**` before a name are compared as text; everything else becomes a regular expression. */
function matcher(text: string): (path: string) => boolean {
  const { kind, regexp } = translate(text);
  switch (kind) {
    case 'exact':
      return (path) => path === text;
    case 'prefix':
      return (path) => path.startsWith(text.slice(0, -2));
    case 'suffix': {
      const suffix = text.slice(2);
      return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1));
    }
    case 'regexp':
      return compileGoRegexp(`^${regexp}$`);
  }
}

function translate(text: string): { readonly kind: Kind; readonly regexp: string } {
  const letters = [...text];
  let kind: Kind = 'exact';
  let regexp = '';
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? '';
    const first = at === 0;
    if (letter === '*' && letters[at + 1] === '*') {
      at += letters[at + 2] === '/' ? 2 : 1;
      const last = at === letters.length - 1;
      if (last && kind === 'exact') kind = 'prefix';
      else {
        regexp += last ? '.*' : '(.*/)?';
        kind = 'regexp';
      }
      if (first) kind = 'suffix';
      continue;
    }
    if (letter === '*' || letter === '?') regexp += letter === '*' ? '[^/]*' : '[^/]';
    else if (letter === '\\' && at + 1 < letters.length) regexp += `\\${letters[++at] ?? ''}`;
    else {
      regexp += /[.+()|{}$]/.test(letter) ? `\\${letter}` : letter;
      if (!/[[\]]/.test(letter)) continue;
    }
    kind = 'regexp';
  }
  return { kind, regexp };
}

/** Refuses what Go's filepath.Match calls a bad pattern: an open class, an empty range, a `\` at the end. */
function checkGlob(text: string): void {
  const letters = [...text];
  const bad = () => new PatternSyntaxError('syntax error in pattern');
  for (let at = 0; at < letters.length; at++) {
    if (letters[at] === '\\') {
      if (++at >= letters.length) throw bad();
    } else if (letters[at] === '[') at = endOfClass(letters, at, bad);
  }
}

function endOfClass(letters: readonly string[], from: number, bad: () => Error): number {
  let at = from + 1;
  if (letters[at] === '^') at++;
  const member = () => {
    if (letters[at] === '\\') at++;
    else if (letters[at] === '-' || letters[at] === ']') throw bad();
    if (letters[at++] === undefined || letters[at] === undefined) throw bad();
  };
  for (let first = true; first || letters[at] !== ']'; first = false) {
    member();
    if (letters[at] !== '-') continue;
    at++;
    member();
  }
  return at;
}

/** Whether a path is ignored. `above` is the verdict on its directory, none for what lies at the top. */
export function judge(patterns: readonly Pattern[], path: string, above?: Verdict): Verdict {
  let ignored = false;
  const matched = patterns.map((pattern, i) => {
    const inherited = above?.matched[i] === true;
    if (!inherited && pattern.isException !== ignored) return false;
    const matches = inherited || pattern.matches(path);
    if (matches) ignored = !pattern.isException;
    return matches;
  });
  return { ignored, matched };
}

/** Whether a path is meant that is looked at by itself. Throws PatternSyntaxError. */
export function isMatched(patterns: readonly Pattern[], path: string): boolean {
  const parts = path.split('/');
  let verdict: Verdict | undefined;
  for (const i of parts.keys()) verdict = judge(patterns, parts.slice(0, i + 1).join('/'), verdict);
  return verdict?.ignored === true;
}

/** Whether an exception may lie below an ignored directory, so that it has to be looked into. */
export function mayHaveExceptions(patterns: readonly Pattern[], directory: string): boolean {
  const exceptions = patterns.filter(({ isException }) => isException).map(({ text }) => text.replace(/\/\*\*$/, '').replace(/\/\*$/, ''));
  return exceptions.some((text) => /[*[\]?^\\]/.test(text) || `${text}/`.startsWith(`${directory}/`));
}
