/** sed's script as data. */
import { compileRegex, RegexError } from '../regex.ts';

export type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  /** Null: the expression used last. */
  | { readonly kind: 'regex'; readonly regex: RegExp | null }
  | { readonly kind: 'plus'; readonly lines: number }
  | { readonly kind: 'multiple'; readonly of: number };

export interface Substitution {
  readonly regex: RegExp | null;
  readonly replacement: readonly ReplacementPart[];
  readonly global: boolean;
  readonly nth: number;
  readonly print: boolean;
  readonly evaluate: boolean;
  readonly file: string | undefined;
}
/** Literal text, a group (0 is the whole match), or a change of case from here on. */
export type ReplacementPart = string | number | { readonly fold: 'U' | 'L' | 'u' | 'l' | 'E' };

export interface Command {
  readonly from: Address | undefined;
  readonly to: Address | undefined;
  readonly negated: boolean;
  readonly name: string;
  readonly text: string;
  readonly substitution: Substitution | undefined;
  readonly map: ReadonlyMap<string, string> | undefined;
  /** For `{`, where its `}` is; for a branch, where it goes: an index into the script. */
  target: number;
  /** Whether a range is open, and where it ends. */
  range: { isOpen: boolean; end: number };
}

export class SedError extends Error {
  override readonly name = 'SedError';
  /** Characters read when it was found, as GNU counts them. */
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** `gnu`: what GNU's has beyond the others: `1~2`, and `\U` and its like in a replacement. */
interface Rules {
  readonly extended: boolean;
  readonly gnu: boolean;
}

interface Reader extends Rules {
  readonly text: string;
  at: number;
}

export function parseScript(text: string, rules: Rules): readonly Command[] {
  const reader: Reader = { text, at: 0, ...rules };
  const commands: Command[] = [];
  const open: Command[] = [];
  for (;;) {
    skip(reader, /[\s;]/);
    if (reader.at >= text.length) break;
    if (text[reader.at] === '#') {
      skip(reader, /[^\n]/);
      continue;
    }
    const command = parseCommand(reader);
    if (command.name === '{') open.push(command);
    if (command.name === '}') {
      const opened = open.pop();
      if (opened === undefined) throw new SedError("unexpected `}'", reader.at);
      opened.target = commands.length;
    }
    commands.push(command);
  }
  if (open.length > 0) throw new SedError("unmatched `{'", 0);
  resolveLabels(commands);
  return commands;
}

function resolveLabels(commands: readonly Command[]): void {
  for (const command of commands) {
    if (!'btT'.includes(command.name)) continue;
    command.target = command.text === '' ? commands.length : commands.findIndex(({ name, text }) => name === ':' && text === command.text);
    if (command.target < 0) throw new SedError(`can't find label for jump to \`${command.text}'`, -1);
  }
}

function skip(reader: Reader, pattern: RegExp): void {
  while (reader.at < reader.text.length && pattern.test(reader.text[reader.at] ?? '')) reader.at += 1;
}

function parseCommand(reader: Reader): Command {
  const from = parseAddress(reader, false);
  skip(reader, /[ \t]/);
  let to: Address | undefined;
  if (from !== undefined && reader.text[reader.at] === ',') {
    reader.at += 1;
    skip(reader, /[ \t]/);
    to = parseAddress(reader, true);
    if (to === undefined) throw new SedError("unexpected `,'", reader.at);
  }
  skip(reader, /[ \t]/);
  let negated = false;
  while (reader.text[reader.at] === '!') {
    negated = true;
    reader.at += 1;
    skip(reader, /[ \t!]/);
  }
  const name = reader.text[reader.at];
  reader.at += 1;
  if (name === undefined) throw new SedError('missing command', reader.at - 1);
  const base = { from, to, negated, name, text: '', substitution: undefined, map: undefined, target: -1, range: { isOpen: false, end: 0 } };
  return { ...base, ...parseArguments(reader, name) };
}

function parseArguments(reader: Reader, name: string): Partial<Command> {
  switch (name) {
    case 's':
      return { substitution: parseSubstitution(reader) };
    case 'y':
      return { map: parseMap(reader) };
    case 'a':
    case 'i':
    case 'c':
      return { text: parseText(reader) };
    case ':':
      return { text: word(reader, /[^\n;]/) };
    case 'b':
    case 't':
    case 'T':
      return { text: word(reader, /[^\n;}]/) };
    case 'r':
    case 'w':
    case 'R':
    case 'W':
      return { text: word(reader, /[^\n]/) };
    case 'q':
    case 'Q':
    case 'l':
    case 'L':
      return { text: word(reader, /[0-9]/) };
    case '{':
      return {};
    case '}':
    case 'd':
    case 'D':
    case 'g':
    case 'G':
    case 'h':
    case 'H':
    case 'n':
    case 'N':
    case 'p':
    case 'P':
    case 'x':
    case '=':
    case 'z':
    case 'F': {
      skip(reader, /[ \t]/);
      const next = reader.text[reader.at];
      if (next !== undefined && !'\n;}#'.includes(next)) throw new SedError('extra characters after command', reader.at + 1);
      return {};
    }
    default:
      throw new SedError(`unknown command: \`${name}'`, reader.at);
  }
}

function word(reader: Reader, pattern: RegExp): string {
  skip(reader, /[ \t]/);
  const start = reader.at;
  skip(reader, pattern);
  return reader.text.slice(start, reader.at).trimEnd();
}

function parseAddress(reader: Reader, isSecond: boolean): Address | undefined {
  const { text } = reader;
  const char = text[reader.at] ?? '';
  const number = /^\d+/.exec(text.slice(reader.at))?.[0];
  if (number !== undefined) {
    reader.at += number.length;
    const step = /^~(\d+)/.exec(text.slice(reader.at));
    if (!step || !reader.gnu) return { kind: 'line', line: Number(number) };
    reader.at += step[0].length;
    return { kind: 'step', first: Number(number), step: Number(step[1]) };
  }
  const relative = isSecond ? /^([+~])(\d+)/.exec(text.slice(reader.at)) : null;
  if (relative) {
    reader.at += relative[0].length;
    return relative[1] === '+' ? { kind: 'plus', lines: Number(relative[2]) } : { kind: 'multiple', of: Number(relative[2]) };
  }
  if (char === '$') {
    reader.at += 1;
    return { kind: 'last' };
  }
  if (char !== '/' && char !== '\\') return undefined;
  reader.at += 1;
  const delimiter = char === '/' ? '/' : (text[reader.at++] ?? '/');
  const pattern = delimited(reader, delimiter, 'unterminated address regex');
  const flags = word(reader, /[IM]/);
  return { kind: 'regex', regex: regexOf(reader, pattern, { ignoreCase: flags.includes('I'), multiline: flags.includes('M') }) };
}

function regexOf(reader: Reader, pattern: string, flags: { ignoreCase: boolean; multiline: boolean }): RegExp | null {
  if (pattern === '') return null;
  try {
    return compileRegex(pattern, { extended: reader.extended, ...flags });
  } catch (error) {
    if (error instanceof RegexError) throw new SedError(error.message, reader.at);
    throw error;
  }
}

/** Up to the delimiter; `\` before the delimiter makes it ordinary, and `\n` is a line's end. */
function delimited(reader: Reader, delimiter: string, message: string, isReplacement = false): string {
  let result = '';
  for (let inBrackets = false; ; ) {
    const char = reader.text[reader.at];
    if (char === undefined || (char === '\n' && !isReplacement)) throw new SedError(message, reader.at);
    reader.at += 1;
    if (char === delimiter && !inBrackets) return result;
    if (char === '\\') {
      const next = reader.text[reader.at] ?? '';
      reader.at += 1;
      if (next === delimiter)
        result +=
          isReplacement || /\w/.test(next)
            ? isReplacement && next === '&'
              ? '\\&'
              : next
            : '.*[]^$+?(){}|'.includes(next)
              ? `\\${next}`
              : next;
      else result += next === '\n' && !isReplacement ? '\n' : `\\${next}`;
      continue;
    }
    if (char === '[' && !isReplacement && !inBrackets) {
      inBrackets = true;
      const opening = /^\^?\]?/.exec(reader.text.slice(reader.at))?.[0] ?? '';
      reader.at += opening.length;
      result += char + opening;
      continue;
    }
    if (char === '[' && inBrackets && /^[:.=]/.test(reader.text.slice(reader.at))) {
      const end = reader.text.indexOf(']', reader.at);
      result += reader.text.slice(reader.at - 1, end + 1);
      reader.at = end + 1;
      continue;
    }
    if (char === ']') inBrackets = false;
    result += char;
  }
}

function parseSubstitution(reader: Reader): Substitution {
  const delimiter = reader.text[reader.at] ?? '';
  if (delimiter === '' || delimiter === '\n' || delimiter === '\\') throw new SedError("unterminated `s' command", reader.at);
  reader.at += 1;
  const pattern = delimited(reader, delimiter, "unterminated `s' command");
  const replacement = delimited(reader, delimiter, "unterminated `s' command", true);
  const start = reader.at;
  skip(reader, /[gpIiMme0-9]/);
  const flags = reader.text.slice(start, reader.at);
  let file: string | undefined;
  if (reader.text[reader.at] === 'w') {
    reader.at += 1;
    file = word(reader, /[^\n]/);
  }
  skip(reader, /[ \t]/);
  const next = reader.text[reader.at];
  if (next !== undefined && !'\n;}#'.includes(next)) throw new SedError("unknown option to `s'", reader.at + 1);
  const regex = regexOf(reader, pattern, { ignoreCase: /[Ii]/.test(flags), multiline: /[Mm]/.test(flags) });
  const parts = parseReplacement(replacement, reader);
  const groups = regex === null ? 9 : (new RegExp(`${regex.source}|`).exec('')?.length ?? 1) - 1;
  const bad = parts.find((part) => typeof part === 'number' && part > groups);
  if (bad !== undefined) throw new SedError(`invalid reference \\${String(bad)} on \`s' command's RHS`, reader.at);
  return {
    regex,
    replacement: parts,
    global: flags.includes('g'),
    nth: Number(/\d+/.exec(flags)?.[0] ?? 1),
    print: flags.includes('p'),
    evaluate: flags.includes('e'),
    file,
  };
}

const LETTERS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07' };

function parseReplacement(text: string, { gnu }: Rules): readonly ReplacementPart[] {
  const parts: ReplacementPart[] = [];
  const add = (literal: string): void => {
    const last = parts.at(-1);
    if (typeof last === 'string') parts[parts.length - 1] = last + literal;
    else parts.push(literal);
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '&') parts.push(0);
    else if (char !== '\\') add(char);
    else {
      at += 1;
      const next = text[at] ?? '';
      if (/\d/.test(next)) parts.push(Number(next));
      else if (gnu && /[ULulE]/.test(next)) parts.push({ fold: next as 'U' | 'L' | 'u' | 'l' | 'E' });
      else add(LETTERS[next] ?? next);
    }
  }
  return parts;
}

function parseMap(reader: Reader): ReadonlyMap<string, string> {
  const delimiter = reader.text[reader.at] ?? '';
  reader.at += 1;
  const plain = (text: string): readonly string[] => [...text.replace(/\\(.)/gs, (_, char: string) => LETTERS[char] ?? char)];
  const from = plain(delimited(reader, delimiter, "unterminated `y' command", true));
  const to = plain(delimited(reader, delimiter, "unterminated `y' command", true));
  if (from.length !== to.length) throw new SedError("strings for `y' command are different lengths", reader.at);
  return new Map(from.map((char, at) => [char, to[at] ?? char]));
}

/** `a\` and lines that end in a backslash, or GNU's `a text` in one line. */
function parseText(reader: Reader): string {
  skip(reader, /[ \t]/);
  if (reader.text[reader.at] === '\\') {
    reader.at += 1;
    const blanks = /^[ \t]*\n/.exec(reader.text.slice(reader.at));
    if (blanks) reader.at += blanks[0].length;
  }
  if (reader.at >= reader.text.length) throw new SedError("expected \\ after `a', `c' or `i'", reader.at);
  let text = '';
  while (reader.at < reader.text.length && reader.text[reader.at] !== '\n') {
    if (reader.text[reader.at] === '\\') reader.at += 1;
    text += reader.text[reader.at] ?? '';
    reader.at += 1;
  }
  return `${text}\n`;
}
