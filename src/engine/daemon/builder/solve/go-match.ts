/** Go's filepath.Match: `*` and `?` do not match a slash, `[…]` one of a set, a backslash takes the meaning away. */
const cache = new Map<string, RegExp | null>();

/** Null for a pattern that is none. */
export function patternOf(pattern: string): RegExp | null {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  const regex = compile(pattern);
  cache.set(pattern, regex);
  return regex;
}

function compile(pattern: string): RegExp | null {
  let source = '';
  for (let i = 0; i < pattern.length; i += 1) {
    const sign = pattern[i] ?? '';
    if (sign === '*') source += '[^/]*';
    else if (sign === '?') source += '[^/]';
    else if (sign === '\\') {
      i += 1;
      const next = pattern[i];
      if (next === undefined) return null;
      source += next.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    } else if (sign === '[') {
      const end = closing(pattern, i);
      if (end === -1) return null;
      source += setOf(pattern.slice(i + 1, end));
      i = end;
    } else source += sign.replace(/[.+^${}()|\]/]/g, '\\$&');
  }
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    return null;
  }
}

function closing(pattern: string, start: number): number {
  for (let i = start + (pattern[start + 1] === '^' ? 3 : 2); i < pattern.length; i += 1) {
    if (pattern[i] === '\\') i += 1;
    else if (pattern[i] === ']') return i;
  }
  return -1;
}

function setOf(inner: string): string {
  const negated = inner.startsWith('^');
  const body = (negated ? inner.slice(1) : inner).replace(/\\?([[\]^])/g, '\\$1');
  return `[${negated ? '^/' : ''}${body}]`;
}

export const hasWildcard = (path: string): boolean => /[*?[]/.test(path.replace(/\\./g, ''));

/** Whether a name, one piece of a path, matches. */
export const matches = (pattern: string, name: string): boolean => patternOf(pattern)?.test(name) ?? false;
