/** The patterns of `${name#pattern}`, `${name%pattern}` and `${name/pattern/text}`: `*` and `?`, no brackets. */
import { DockerfileError } from './errors.ts';

/** Throws DockerfileError for an escapeSign that means nothing. */
function regexOf(pattern: string, { greedy, anchor }: { readonly greedy: boolean; readonly anchor: 'start' | 'end' | 'none' }): RegExp {
  const signs = [...pattern];
  let source = anchor === 'start' ? '^' : '';
  for (let i = 0; i < signs.length; i += 1) {
    const sign = signs[i] ?? '';
    if (sign === '*') source += greedy ? '[^\\n]*' : '[^\\n]*?';
    else if (sign === '?') source += '[^\\n]';
    else if (sign === '\\') {
      const next = signs[i + 1];
      if (next === '}' || next === '/') continue;
      if (next !== '*' && next !== '?' && next !== '\\')
        throw new DockerfileError(`invalid pattern (${pattern}) in substitution: invalid escape '\\${next ?? '\uFFFD'}'`);
      source += `\\${next}`;
      i += 1;
    } else source += sign.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  }
  return new RegExp(anchor === 'end' ? `(?:${source})$` : source, 'u');
}

/** Takes the shortest match off the beginning (`#`) or the end (`%`); a doubled sign takes the longest. */
export function trimPattern(value: string, word: string, operator: '#' | '%'): string {
  const greedy = word.startsWith(operator);
  const pattern = greedy ? word.slice(1) : word;
  if (operator === '#') {
    const match = regexOf(pattern, { greedy, anchor: 'start' }).exec(value);
    return match ? value.slice(match[0].length) : value;
  }
  const regex = regexOf(pattern, { greedy: true, anchor: 'end' });
  const starts = [0];
  for (const sign of value) starts.push((starts.at(-1) ?? 0) + sign.length);
  const whole = new RegExp(`^${regex.source}`, 'u');
  const start = (greedy ? starts : starts.reverse()).find((at) => whole.test(value.slice(at)));
  return start === undefined ? value : value.slice(0, start);
}

export function replacePattern(
  value: string,
  { pattern, replacement, all }: { readonly pattern: string; readonly replacement: string; readonly all: boolean },
): string {
  const { source } = regexOf(pattern, { greedy: true, anchor: 'none' });
  return value.replace(new RegExp(source, all ? 'gu' : 'u'), () => replacement);
}
