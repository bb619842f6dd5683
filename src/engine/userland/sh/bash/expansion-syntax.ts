/** Reads the `${…}` that POSIX does not know. */
import type { ParameterOperator, Part, Word } from '../syntax/ast.ts';
import { readBraceWord } from '../syntax/dollar.ts';
import type { Source } from '../syntax/source.ts';
import { readName } from '../syntax/words.ts';
import { expandOwn } from './expand.ts';
import { readSubscript, type Subscript } from './subscript.ts';

export type Operator =
  | { readonly kind: 'choose'; readonly operator: '-' | '=' | '?' | '+'; readonly colon: boolean; readonly word: Word }
  | { readonly kind: 'trim'; readonly operator: '#' | '##' | '%' | '%%'; readonly word: Word }
  | { readonly kind: 'replace'; readonly mode: 'first' | 'all' | 'start' | 'end'; readonly pattern: Word; readonly replacement: Word }
  | { readonly kind: 'slice'; readonly offset: Word; readonly length?: Word }
  | { readonly kind: 'case'; readonly operator: string; readonly pattern: Word }
  | { readonly kind: 'transform'; readonly letter: string };

export interface OwnExpansion {
  readonly name: string;
  readonly subscript?: Subscript;
  /** What of it is wanted: the value, its length, an array's keys, names that begin so. */
  readonly wants: 'value' | 'length' | 'keys' | 'names';
  readonly isIndirect: boolean;
  readonly operator?: Operator;
  readonly quoted: boolean;
  readonly isJoined: boolean;
}

/** Null, and nothing read: an expansion that every shell knows, or none at all. */
export function readBashExpansion(source: Source, quoted: boolean): Part | null {
  const { at, line } = source;
  const found = read(source, quoted);
  if (found === null) {
    source.at = at;
    source.line = line;
    return null;
  }
  const text = source.text.slice(at - 1, source.at);
  return { kind: 'own', quoted, text, expand: (expansion) => expandOwn(expansion, found, text) };
}

function read(source: Source, quoted: boolean): OwnExpansion | null {
  source.next();
  const isLength = source.peek() === '#' && /[A-Za-z_@*]/.test(source.peek(1));
  const isIndirect =
    source.peek() === '!' && /[A-Za-z0-9_@*#?!]/.test(source.peek(1)) && !/^!\}/.test(source.text.slice(source.at, source.at + 2));
  if (isLength || isIndirect) source.next();
  const name = readName(source, true);
  if (name === '') return null;
  const subscript = source.peek() === '[' && /^[A-Za-z_]/.test(name) ? (readSubscript(source) ?? undefined) : undefined;
  const isList = name === '@' || name === '*' || typeof subscript === 'string';
  const isOwn = isIndirect || subscript !== undefined || (isLength && isList);
  const base = { name, quoted, isIndirect, isJoined: name === '*' || subscript === '*', ...(subscript === undefined ? {} : { subscript }) };
  if (source.peek() === '}') {
    if (!isOwn) return null;
    source.next();
    if (isLength) return { ...base, wants: 'length' };
    const wantsKeys = isIndirect && typeof subscript === 'string';
    return { ...base, wants: wantsKeys ? 'keys' : 'value', isIndirect: isIndirect && !wantsKeys };
  }
  if (isLength) return null;
  if (isIndirect && /^[@*]\}/.test(source.text.slice(source.at, source.at + 2))) {
    const isJoined = source.next() === '*';
    source.next();
    return { ...base, wants: 'names', isIndirect: false, isJoined };
  }
  const operator = readOperator(source, quoted);
  if (operator === null || source.peek() !== '}') return null;
  source.next();
  const isPlain = !isOwn && operator.kind === 'choose';
  return isPlain ? null : { ...base, wants: 'value', operator };
}

/** A pattern, in which groups (`@(a|b)`) are known whether or not they will count. */
function readPattern(source: Source, until?: string): Word {
  const before = source.readsGroups;
  source.readsGroups = true;
  const word = readBraceWord(source, false, until);
  source.readsGroups = before;
  return word;
}

function readOperator(source: Source, quoted: boolean): Operator | null {
  const char = source.peek();
  const second = source.peek(1);
  if (char === '#' || char === '%') return readTrim(source, char);
  if (char === '/') return readReplace(source, quoted);
  if (char === '^' || char === ',') {
    source.next();
    const operator = source.peek() === char ? char + source.next() : char;
    return { kind: 'case', operator, pattern: readPattern(source) };
  }
  if (char === '@' && /[QEPAKaULuk]/.test(second) && source.peek(2) === '}') {
    source.skip(2);
    return { kind: 'transform', letter: second };
  }
  const colon = char === ':';
  const operator = colon ? second : char;
  if (operator !== '' && '-=?+'.includes(operator)) {
    source.skip(colon ? 2 : 1);
    return { kind: 'choose', operator: operator as '-' & ParameterOperator, colon, word: readBraceWord(source, quoted) };
  }
  if (!colon) return null;
  source.next();
  const offset = readSliceWord(source);
  if (source.peek() !== ':') return { kind: 'slice', offset };
  source.next();
  return { kind: 'slice', offset, length: readSliceWord(source) };
}

/** An expression, in which a colon may stand between `?` and its third part. */
const readSliceWord = (source: Source): Word => readBraceWord(source, true, ':');

function readTrim(source: Source, char: '#' | '%'): Operator {
  source.next();
  const isLong = source.peek() === char;
  if (isLong) source.next();
  return { kind: 'trim', operator: isLong ? (char === '#' ? '##' : '%%') : char, word: readPattern(source) };
}

function readReplace(source: Source, quoted: boolean): Operator {
  source.next();
  const mark = source.peek();
  const mode = mark === '/' ? 'all' : mark === '#' ? 'start' : mark === '%' ? 'end' : 'first';
  if (mode !== 'first') source.next();
  const pattern = readPattern(source, '/');
  if (source.peek() !== '/') return { kind: 'replace', mode, pattern, replacement: { parts: [], literal: '' } };
  source.next();
  return { kind: 'replace', mode, pattern, replacement: readBraceWord(source, quoted && false) };
}
