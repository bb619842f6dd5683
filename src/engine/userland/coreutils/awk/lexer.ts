/** awk's source as tokens. Whether a slash divides or begins a regular expression depends on what stands before it. */
export type TokenKind = 'number' | 'string' | 'regex' | 'name' | 'function-name' | 'builtin' | 'keyword' | 'operator' | 'newline' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** A string's and expression's is without quotes, its escapes resolved. */
  readonly text: string;
  readonly line: number;
}

export class AwkSyntax extends Error {
  override readonly name = 'AwkSyntax';
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

const KEYWORDS = new Set([
  'BEGIN',
  'END',
  'function',
  'func',
  'if',
  'else',
  'while',
  'for',
  'do',
  'break',
  'continue',
  'next',
  'nextfile',
  'exit',
  'return',
  'delete',
  'in',
  'getline',
  'print',
  'printf',
]);
export const BUILTINS = new Set([
  'length',
  'substr',
  'index',
  'split',
  'sub',
  'gsub',
  'gensub',
  'match',
  'sprintf',
  'sin',
  'cos',
  'atan2',
  'exp',
  'log',
  'sqrt',
  'int',
  'rand',
  'srand',
  'tolower',
  'toupper',
  'system',
  'close',
  'fflush',
  'systime',
  'strftime',
  'and',
  'or',
  'xor',
  'lshift',
  'rshift',
  'compl',
]);
const OPERATORS = [
  '**=',
  '&&',
  '||',
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '^=',
  '**',
  '==',
  '<=',
  '>=',
  '!=',
  '!~',
  '>>',
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  ';',
  ',',
  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
  '!',
  '>',
  '<',
  '|',
  '?',
  ':',
  '~',
  '$',
  '=',
];
const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  '"': '"',
  '/': '/',
};

/** Resolves the escapes of a string; unknown ones keep their backslash. */
export function unescapeString(text: string): string {
  return text.replace(/\\([0-7]{1,3}|x[0-9a-fA-F]{1,2}|\n|[\s\S])/g, (whole, after: string) => {
    if (after === '\n') return '';
    if (/^[0-7]/.test(after)) return String.fromCharCode(Number.parseInt(after, 8) & 0xff);
    if (/^x./.test(after)) return String.fromCharCode(Number.parseInt(after.slice(1), 16));
    return SIMPLE[after] ?? whole;
  });
}

const endsOperand = (token: Token | undefined): boolean =>
  token !== undefined &&
  (['number', 'string', 'regex', 'name', 'builtin'].includes(token.kind) ||
    (token.kind === 'operator' && [')', ']', '$', '++', '--'].includes(token.text)));

/** All tokens, ended by `end`. Throws AwkSyntax. */
export function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  while (at < source.length) {
    const rest = source.slice(at, at + 200);
    const blank = /^(?:[ \t\r]+|\\\r?\n|#[^\n]*)/.exec(rest);
    if (blank) {
      if (blank[0].endsWith('\n')) line += 1;
      at += blank[0].length;
      continue;
    }
    const { token, length } = next(source, at, { line, before: tokens.at(-1) });
    tokens.push(token);
    if (token.kind === 'newline') line += 1;
    at += length;
  }
  tokens.push({ kind: 'newline', text: '\n', line }, { kind: 'end', text: 'end of file', line });
  return tokens;
}

interface Place {
  readonly line: number;
  readonly before: Token | undefined;
}

function next(source: string, at: number, { line, before }: Place): { token: Token; length: number } {
  const char = source[at] ?? '';
  const made = (kind: TokenKind, text: string, length = text.length): { token: Token; length: number } => ({
    token: { kind, text, line },
    length,
  });
  if (char === '\n') return made('newline', '\n');
  if (char === '"') return quoted(source, at, line);
  if (char === '/' && !endsOperand(before)) return regex(source, at, line);
  const number = /^(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/.exec(source.slice(at, at + 64));
  if (number) return made('number', number[0]);
  const word = /^[A-Za-z_]\w*/.exec(source.slice(at, at + 256))?.[0];
  if (word !== undefined) return made(wordKind(word, source[at + word.length] === '('), word);
  const operator = OPERATORS.find((known) => source.startsWith(known, at));
  if (operator === undefined) throw new AwkSyntax(`unexpected character '${char}'`, line);
  return made('operator', operator);
}

function wordKind(word: string, isCalled: boolean): TokenKind {
  if (KEYWORDS.has(word)) return 'keyword';
  if (BUILTINS.has(word)) return 'builtin';
  return isCalled ? 'function-name' : 'name';
}

function quoted(source: string, at: number, line: number): { token: Token; length: number } {
  const match = /^"((?:[^"\\\n]|\\[\s\S])*)"/.exec(source.slice(at));
  if (!match) throw new AwkSyntax('runaway string constant', line);
  return { token: { kind: 'string', text: unescapeString(match[1] ?? ''), line }, length: match[0].length };
}

function regex(source: string, at: number, line: number): { token: Token; length: number } {
  const match =
    /^\/((?:[^/\\\n[]|\\[^\n]|\[\^?\]?(?:\[:\w+:\]|[^\]\n])*\])*)\//.exec(source.slice(at)) ??
    /^\/((?:[^/\\\n]|\\[^\n])*)\//.exec(source.slice(at));
  if (!match) throw new AwkSyntax('runaway regular expression', line);
  return { token: { kind: 'regex', text: (match[1] ?? '').replaceAll('\\/', '/'), line }, length: match[0].length };
}
