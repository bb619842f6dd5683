/**
 * POSIX regular expressions, basic and extended, with GNU's additions, as regular expressions of JavaScript over raw strings.
 * One difference stays: of alternatives inside a group the first that matches is taken, not the longest.
 */
export class RegexError extends Error {
  override readonly name = 'RegexError';
}

export interface RegexOptions {
  readonly extended: boolean;
  readonly ignoreCase?: boolean;
  /** `^` and `$` at every line (sed's M). */
  readonly multiline?: boolean;
}

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: ' \\t\\n\\v\\f\\r',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  cntrl: '\\x00-\\x1f\\x7f',
  graph: '!-~',
  print: ' -~',
  xdigit: '0-9A-Fa-f',
};
const SHORTHANDS: Readonly<Record<string, string>> = {
  w: '[A-Za-z0-9_]',
  W: '[^A-Za-z0-9_]',
  s: '[ \\t\\n\\v\\f\\r]',
  S: '[^ \\t\\n\\v\\f\\r]',
  b: '\\b',
  B: '\\B',
  '<': '\\b(?=\\w)',
  '>': '\\b(?<=\\w)',
  '`': '(?<![\\s\\S])',
  "'": '(?![\\s\\S])',
  n: '\\n',
  t: '\\t',
};

export function compileRegex(pattern: string, options: RegexOptions): RegExp {
  const source = translate(pattern, options.extended);
  try {
    return new RegExp(source, `gs${options.ignoreCase === true ? 'i' : ''}${options.multiline === true ? 'm' : ''}`);
  } catch {
    throw new RegexError('Invalid regular expression');
  }
}

interface State {
  readonly pattern: string;
  readonly extended: boolean;
  at: number;
  source: string;
  depth: number;
  groups: number;
  /** Nothing to repeat stands before: at the beginning, after `(`, `|` or `^`. */
  isStart: boolean;
}

function translate(pattern: string, extended: boolean): string {
  const state: State = { pattern, extended, at: 0, source: '', depth: 0, groups: 0, isStart: true };
  while (state.at < pattern.length) step(state);
  if (state.depth > 0) throw new RegexError(extended ? 'Unmatched ( or \\(' : 'Unmatched ( or \\(');
  return state.source;
}

function step(state: State): void {
  const char = state.pattern[state.at] ?? '';
  if (char === '\\') return backslash(state);
  if (char === '[') return bracket(state);
  state.at += 1;
  if (state.extended && '(){}|+?'.includes(char)) return operator(state, char);
  if (char === '*') return state.isStart ? literal(state, '*') : repeat(state, '*');
  if (char === '^') return anchorStart(state);
  if (char === '$') return anchorEnd(state);
  if (char === '.') return atom(state, '.');
  literal(state, char);
}

function atom(state: State, source: string): void {
  state.source += source;
  state.isStart = false;
}

const literal = (state: State, char: string): void => atom(state, char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));

function repeat(state: State, suffix: string): void {
  // `a**` means no more than `a*`.
  if (/(?:^|[^\\])(?:\\\\)*[*+?}]$/.test(state.source) && !state.isStart) state.source = `${wrapLast(state.source)}${suffix}`;
  else state.source += suffix;
}

/** Wraps the last repeated item, so that it can be repeated again. */
function wrapLast(source: string): string {
  return source.endsWith('*') ? source.slice(0, -1) : `(?:${source})`;
}

function operator(state: State, char: string): void {
  switch (char) {
    case '(':
      return open(state);
    case ')':
      return state.depth === 0 ? literal(state, ')') : close(state);
    case '|':
      state.source += '|';
      state.isStart = true;
      return;
    case '{':
      return interval(state, '}');
    case '}':
      return literal(state, '}');
    default:
      return state.isStart ? literal(state, char) : repeat(state, char);
  }
}

function open(state: State): void {
  state.source += '(';
  state.depth += 1;
  state.groups += 1;
  state.isStart = true;
}

function close(state: State): void {
  if (state.depth === 0) throw new RegexError('Unmatched ) or \\)');
  state.source += ')';
  state.depth -= 1;
  state.isStart = false;
}

function interval(state: State, end: string): void {
  const match = new RegExp(`^(\\d*)(,?)(\\d*)${end === '}' ? '\\}' : '\\\\\\}'}`).exec(state.pattern.slice(state.at));
  if (!match || state.isStart) {
    if (state.extended) return literal(state, '{');
    throw new RegexError(state.isStart ? 'Invalid preceding regular expression' : 'Unmatched \\{');
  }
  const [whole, low = '', comma = '', high = ''] = match;
  if (low === '' && comma === '') throw new RegexError('Invalid content of \\{\\}');
  if (high !== '' && Number(low) > Number(high)) throw new RegexError('Invalid content of \\{\\}');
  state.at += whole.length;
  repeat(state, `{${low === '' ? '0' : low}${comma}${high}}`);
}

function backslash(state: State): void {
  const char = state.pattern[state.at + 1];
  if (char === undefined) throw new RegexError('Trailing backslash');
  state.at += 2;
  if (!state.extended && '(){}|+?'.includes(char)) {
    if (char === '{') return interval(state, '\\}');
    if (char === ')') return close(state);
    return operator(state, char);
  }
  if (/[1-9]/.test(char)) {
    if (Number(char) > state.groups) throw new RegexError('Invalid back reference');
    return atom(state, `\\${char}(?:)`);
  }
  const shorthand = SHORTHANDS[char];
  if (shorthand !== undefined) return atom(state, shorthand);
  literal(state, char);
}

/** In a basic expression `^` is an anchor only where something can begin. */
function anchorStart(state: State): void {
  if (!state.extended && !state.isStart) return literal(state, '^');
  state.source += '^';
  state.isStart = true;
}

function anchorEnd(state: State): void {
  const rest = state.pattern.slice(state.at);
  const isAnchor = state.extended || rest === '' || rest.startsWith('\\)') || rest.startsWith('\\|');
  if (isAnchor) state.source += '$';
  else literal(state, '$');
}

function bracket(state: State): void {
  const { pattern } = state;
  let at = state.at + 1;
  const isNegated = pattern[at] === '^';
  if (isNegated) at += 1;
  let members = '';
  for (let isFirst = true; ; isFirst = false) {
    const char = pattern[at];
    if (char === undefined) throw new RegexError('Unmatched [, [^, [:, [., or [=');
    if (char === ']' && !isFirst) break;
    const named = /^\[([:.=])(.*?)\1\]/s.exec(pattern.slice(at));
    if (named) {
      members += className(named[1] ?? '', named[2] ?? '');
      at += named[0].length;
      continue;
    }
    members +=
      char === '-' && isFirst
        ? '\\-'
        : char === '-' && pattern[at + 1] === ']'
          ? '\\-'
          : char === '-'
            ? '-'
            : char.replace(/[\\\]^[/]/g, '\\$&');
    at += 1;
  }
  state.at = at + 1;
  atom(state, `[${isNegated ? '^' : ''}${members}]`);
}

function className(kind: string, name: string): string {
  if (kind !== ':') return name.replace(/[\\\]^[\-/]/g, '\\$&');
  const members = CLASSES[name];
  if (members === undefined) throw new RegexError('Invalid character class name');
  return members;
}

/** A fixed string as an expression. */
export const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** All matches in a text, of alternatives at the top the longest, as POSIX has it. */
export function* longestMatches(regex: RegExp, text: string): Generator<RegExpExecArray> {
  const choices = alternatives(regex.source).map((source) => new RegExp(source, regex.flags));
  for (let at = 0; at <= text.length; ) {
    let best: RegExpExecArray | null = null;
    for (const choice of choices) {
      choice.lastIndex = at;
      const match = choice.exec(text);
      if (!match || (best && (match.index > best.index || (match.index === best.index && match[0].length <= best[0].length)))) continue;
      best = match;
    }
    if (!best) return;
    yield best;
    at = best.index + Math.max(best[0].length, 1);
  }
}

/** What `|` separates outside of groups and brackets; all in one where a group is referred to by its number. */
function alternatives(source: string): readonly string[] {
  if (/\\[1-9]/.test(source)) return [source];
  const parts: string[] = [''];
  let depth = 0;
  for (const piece of source.match(/\\.|\[(?:\\.|[^\]\\])*\]|./gs) ?? []) {
    if (piece === '(') depth += 1;
    if (piece === ')') depth -= 1;
    if (piece === '|' && depth === 0) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}
