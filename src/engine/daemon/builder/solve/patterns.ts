/** `--exclude`, `--parents` and the ignore file: patterns with `**`, of which later ones with `!` take paths back. Upstream: moby/patternmatcher. */

interface Pattern {
  readonly regex: RegExp;
  readonly isException: boolean;
}

const clean = (path: string): string => {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
};

function regexOf(pattern: string): RegExp | null {
  let source = '';
  for (let i = 0; i < pattern.length; i += 1) {
    const sign = pattern[i] ?? '';
    if (pattern.startsWith('**', i)) {
      i += 1;
      if (pattern[i + 1] === '/') i += 1;
      source += i + 1 >= pattern.length ? '.*' : '(.*\\/)?';
    } else if (sign === '*') source += '[^/]*';
    else if (sign === '?') source += '[^/]';
    else if (sign === '\\') {
      i += 1;
      source += (pattern[i] ?? '').replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    } else if (sign === '[' || sign === ']') source += sign;
    else source += sign.replace(/[.+^${}()|/]/g, '\\$&');
  }
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    return null;
  }
}

/** Whether a path, or a directory that it is in, is meant. What is no pattern means nothing. */
export function matcher(lines: readonly string[]): { matches(path: string): boolean; readonly hasExceptions: boolean } {
  const patterns = lines.flatMap((line): readonly Pattern[] => {
    const text = line.trim();
    const isException = text.startsWith('!');
    const regex = text === '' || text === '!' ? null : regexOf(clean(isException ? text.slice(1) : text));
    return regex ? [{ regex, isException }] : [];
  });
  return {
    hasExceptions: patterns.some(({ isException }) => isException),
    matches: (path) => {
      const parts = path.split('/');
      const prefixes = parts.map((_, i) => parts.slice(0, i + 1).join('/'));
      return patterns.reduce((is, { regex, isException }) => (prefixes.some((one) => regex.test(one)) ? !isException : is), false);
    },
  };
}
