/**
 * Shell patterns (POSIX 2.13). In a pattern's text a backslash makes the next character ordinary: that is
 * how quoted characters arrive here. Matched by hand, in time linear in most cases, so that no pattern can hang the machine.
 */

export type PatternItem =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'star' }
  /** A whole pattern with groups. */
  | { readonly kind: 'groups'; readonly regex: RegExp }
  | { readonly kind: 'set'; readonly negated: boolean; readonly matches: (char: string) => boolean };

export type Pattern = readonly PatternItem[];

const CLASSES: Readonly<Record<string, RegExp>> = {
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  alnum: /[A-Za-z0-9]/,
  upper: /[A-Z]/,
  lower: /[a-z]/,
  space: /[ \t\n\v\f\r]/,
  blank: /[ \t]/,
  punct: /[!-/:-@[-`{-~]/,
  print: /[ -~]/,
  graph: /[!-~]/,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the class of control characters is meant.
  cntrl: /[\0-\x1f\x7f]/,
  xdigit: /[0-9A-Fa-f]/,
};

/** Begins a group (`@(a|b)`) in a pattern's text: a character that is none. */
export const GROUP_MARK = '\ufdd0';
/** How patterns with groups are compiled; there, once a shell that has them is loaded. */
export const patternGroups: { compile: ((text: string) => RegExp) | null } = { compile: null };

const cache = new Map<string, Pattern>();

export function compilePattern(text: string): Pattern {
  const known = cache.get(text);
  if (known !== undefined) return known;
  if (cache.size > 500) cache.clear();
  const items: Pattern =
    text.includes(GROUP_MARK) && patternGroups.compile !== null
      ? [{ kind: 'groups', regex: patternGroups.compile(text) }]
      : compile([...text]);
  cache.set(text, items);
  return items;
}

function compile(chars: readonly string[]): Pattern {
  const items: PatternItem[] = [];
  for (let i = 0; i < chars.length; i += 1) {
    const char = chars[i] ?? '';
    if (char === '*') {
      if (items.at(-1)?.kind !== 'star') items.push({ kind: 'star' });
    } else if (char === '?') items.push({ kind: 'any' });
    else if (char === '\\' && i + 1 < chars.length) {
      i += 1;
      items.push({ kind: 'char', char: chars[i] ?? '' });
    } else {
      const set = char === '[' ? compileSet(chars, i) : null;
      items.push(set?.item ?? { kind: 'char', char });
      if (set !== null) i = set.end;
    }
  }
  return items;
}

/** A bracket expression that starts at `start`; null if it is never closed, and `[` is an ordinary character. */
function compileSet(chars: readonly string[], start: number): { item: PatternItem; end: number } | null {
  const tests: ((char: string) => boolean)[] = [];
  let i = start + 1;
  const negated = chars[i] === '!' || chars[i] === '^';
  if (negated) i += 1;
  const first = i;
  for (; i < chars.length; i += 1) {
    if (chars[i] === ']' && i > first)
      return { item: { kind: 'set', negated, matches: (char) => tests.some((test) => test(char)) }, end: i };
    const named = className(chars, i);
    if (named !== null) {
      tests.push((char) => CLASSES[named.name]?.test(char) ?? false);
      i = named.end;
      continue;
    }
    if (chars[i] === '\\') i += 1;
    const low = chars[i] ?? '';
    if (chars[i + 1] === '-' && chars[i + 2] !== ']' && chars[i + 2] !== undefined) {
      i += chars[i + 2] === '\\' ? 3 : 2;
      const high = chars[i] ?? '';
      tests.push((char) => char >= low && char <= high);
    } else tests.push((char) => char === low);
  }
  return null;
}

function className(chars: readonly string[], at: number): { name: string; end: number } | null {
  if (chars[at] !== '[' || chars[at + 1] !== ':') return null;
  const match = /^\[:([a-z]+):\]/.exec(chars.slice(at, at + 12).join(''));
  return match?.[1] === undefined ? null : { name: match[1], end: at + match[0].length - 1 };
}

function matchesOne(item: PatternItem, char: string): boolean {
  if (item.kind === 'char') return item.char === char;
  return item.kind === 'any' || (item.kind === 'set' && item.matches(char) !== item.negated);
}

/** Whether all of `text` matches. A star is tried shortest first; only the last star is ever taken back. */
export function matchPattern(pattern: Pattern, text: string): boolean {
  const [only] = pattern;
  if (only?.kind === 'groups') return only.regex.test(text);
  const chars = /[\ud800-\udfff]/.test(text) ? [...text] : text;
  let p = 0;
  let star = -1;
  let resume = 0;
  for (let i = 0; i < chars.length; ) {
    const item = pattern[p];
    if (item?.kind === 'star') {
      star = p;
      resume = i;
      p += 1;
    } else if (item !== undefined && matchesOne(item, chars[i] ?? '')) {
      p += 1;
      i += 1;
    } else if (star >= 0) {
      p = star + 1;
      resume += 1;
      i = resume;
    } else return false;
  }
  while (pattern[p]?.kind === 'star') p += 1;
  return p === pattern.length;
}

/** `text` as a pattern that matches only itself. */
export const quotePattern = (text: string): string => text.replace(/[\\*?[\]!^-]/g, '\\$&');

/** The text of a pattern without its quoting backslashes. */
export const unquotePattern = (pattern: string): string => pattern.replace(/\\(.)/gs, '$1');

/** `${x#p}` and its like: the value without the shortest or longest prefix or suffix that matches. */
export function trim(value: string, patternText: string, operator: '#' | '##' | '%' | '%%'): string {
  const pattern = compilePattern(patternText);
  const lengths = Array.from({ length: value.length + 1 }, (_, i) => i);
  const isPrefix = operator.startsWith('#');
  if (operator.length === 2) lengths.reverse();
  for (const length of lengths) {
    const piece = isPrefix ? value.slice(0, length) : value.slice(value.length - length);
    if (matchPattern(pattern, piece)) return isPrefix ? value.slice(length) : value.slice(0, value.length - length);
  }
  return value;
}

/** `${x/p/r}`, `${x//p/r}`: the longest match at the first place that has one. */
export function replace(value: string, options: { readonly pattern: string; readonly replacement: string; readonly all: boolean }): string {
  const pattern = compilePattern(options.pattern);
  let out = '';
  let i = 0;
  while (i < value.length && options.pattern !== '') {
    let end = value.length;
    while (end > i && !matchPattern(pattern, value.slice(i, end))) end -= 1;
    if (end === i) {
      out += value.charAt(i);
      i += 1;
      continue;
    }
    out += options.replacement;
    i = end;
    if (!options.all) break;
  }
  return out + value.slice(i);
}
