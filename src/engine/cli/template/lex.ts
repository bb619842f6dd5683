import { TemplateError } from './errors.ts';

export type TokenKind =
  | 'text'
  | 'left'
  | 'right'
  | 'field'
  | 'variable'
  | 'identifier'
  | 'number'
  | 'string'
  | 'char'
  | 'pipe'
  | 'assign'
  | 'declare'
  | 'comma'
  | 'lparen'
  | 'rparen'
  | 'space'
  | 'dot'
  | 'eof';
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: number;
  readonly line: number;
}

const FIXED: readonly (readonly [string, TokenKind])[] = [
  [':=', 'declare'],
  ['=', 'assign'],
  ['|', 'pipe'],
  [',', 'comma'],
  ['(', 'lparen'],
  [')', 'rparen'],
];
const NUMBER = /^[+-]?(0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(\d[\d_]*\.?\d*|\.\d+)([eE][+-]?\d+)?)/;

/** Cuts a template into tokens, with whitespace trimmed at `{{- ` and ` -}}` and comments gone. */
export function lex(source: string, name: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let trimNext = false;
  for (;;) {
    const open = source.indexOf('{{', at);
    let text = source.slice(at, open < 0 ? source.length : open);
    const start = at;
    if (trimNext) text = text.replace(/^[ \t\r\n]+/, '');
    const trimBefore = open >= 0 && /^\{\{-[ \t\r\n]/.test(source.slice(open, open + 4));
    if (trimBefore) text = text.replace(/[ \t\r\n]+$/, '');
    if (text !== '') tokens.push(token('text', text, start, source));
    if (open < 0) break;
    const action = lexAction(source, { open, inside: open + (trimBefore ? 3 : 2), name });
    tokens.push(...action.tokens);
    at = action.end;
    trimNext = action.trimAfter;
  }
  tokens.push(token('eof', '', source.length, source));
  return tokens;
}

interface Action {
  readonly tokens: readonly Token[];
  readonly end: number;
  readonly trimAfter: boolean;
}

function lexAction(source: string, from: { open: number; inside: number; name: string }): Action {
  const comment = /^\s*\/\*/.test(source.slice(from.inside)) ? lexComment(source, from) : undefined;
  if (comment !== undefined) return comment;
  const tokens = [token('left', '{{', from.open, source)];
  let depth = 0;
  for (let at = from.inside; ; ) {
    const rest = source.slice(at);
    const close = /^(\s+-)?\}\}/.exec(rest);
    if (close !== null) {
      if (depth > 0) throw fail(source, { ...from, at }, 'unclosed left paren');
      tokens.push(token('right', '}}', at, source));
      return { tokens, end: at + close[0].length, trimAfter: close[1] !== undefined };
    }
    if (rest === '') throw fail(source, { ...from, at }, 'unclosed action');
    const next = lexInside(source, { ...from, at });
    if (next.kind === 'lparen') depth++;
    if (next.kind === 'rparen' && --depth < 0) throw fail(source, { ...from, at }, 'unexpected right paren');
    tokens.push(next);
    at += next.text.length;
  }
}

function lexComment(source: string, from: { open: number; inside: number; name: string }): Action {
  const end = source.indexOf('*/', from.inside);
  if (end < 0) throw fail(source, { ...from, at: from.inside }, 'unclosed comment');
  const close = /^(\s+-)?\}\}/.exec(source.slice(end + 2));
  if (close === null) throw fail(source, { ...from, at: end }, 'comment ends before closing delimiter');
  return { tokens: [], end: end + 2 + close[0].length, trimAfter: close[1] !== undefined };
}

function lexInside(source: string, from: { at: number; name: string }): Token {
  const rest = source.slice(from.at);
  const make = (kind: TokenKind, length: number) => token(kind, rest.slice(0, length), from.at, source);
  const space = /^[ \t\r\n]+/.exec(rest);
  if (space !== null) {
    // The last blank before `-}}` belongs to the closing delimiter.
    const beforeTrim = rest.startsWith('-}}', space[0].length) && space[0].length > 1;
    return make('space', space[0].length - (beforeTrim ? 1 : 0));
  }
  for (const [text, kind] of FIXED) if (rest.startsWith(text)) return make(kind, text.length);
  if (rest.startsWith('"')) return make('string', quotedLength(source, { ...from, quote: '"' }));
  if (rest.startsWith("'")) return make('char', quotedLength(source, { ...from, quote: "'" }));
  if (rest.startsWith('`')) {
    const end = rest.indexOf('`', 1);
    if (end < 0) throw fail(source, from, 'unterminated raw quoted string');
    return make('string', end + 1);
  }
  // Behind the last dot of all nothing can stand but a digit.
  if (rest === '.') throw fail(source, from, 'illegal number syntax: "."');
  const number = NUMBER.exec(rest);
  if (number !== null) return make('number', number[0].length);
  const word = /^([.$]?)([\p{L}_][\p{L}\p{N}_]*)?/u.exec(rest);
  if (word !== null && word[0] !== '') {
    const after = rest.slice(word[0].length);
    if (after !== '' && !/^([\s.,|:()]|\}\})/.test(after) && word[0] !== '$')
      throw fail(source, from, `bad character ${describeRune(after)}`);
    return make(kindOf(word[1] ?? '', word[2]), word[0].length);
  }
  if (rest.startsWith(':')) throw fail(source, from, 'expected :=');
  throw fail(source, from, `unrecognized character in action: ${describeRune(rest)}`);
}

const kindOf = (mark: string, name: string | undefined): TokenKind =>
  mark === '$' ? 'variable' : mark === '.' ? (name === undefined ? 'dot' : 'field') : 'identifier';

function quotedLength(source: string, from: { at: number; name: string; quote: string }): number {
  for (let at = from.at + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === from.quote) return at + 1 - from.at;
    else if (source[at] === '\n') break;
  }
  throw fail(source, from, from.quote === '"' ? 'unterminated quoted string' : 'unterminated character constant');
}

function describeRune(rest: string): string {
  const rune = [...rest][0] ?? '';
  return `U+${(rune.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')} '${rune}'`;
}

const token = (kind: TokenKind, text: string, at: number, source: string): Token => ({ kind, text, at, line: lineOf(source, at) });
const lineOf = (source: string, at: number): number => source.slice(0, at).split('\n').length;

function fail(source: string, from: { at: number; name: string }, message: string): TemplateError {
  return new TemplateError(`template: ${from.name}:${lineOf(source, from.at)}: ${message}`);
}
