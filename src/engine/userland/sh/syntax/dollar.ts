/** What a dollar sign or a backquote begins, but for plain parameters. */

import { readArithmetic } from './arithmetic-word.ts';
import type { Extension, ParameterOperator, ParameterPart, Word } from './ast.ts';
import { SyntaxFailure } from './errors.ts';
import { parseAll, parseSubstitution } from './parse-all.ts';
import { Source } from './source.ts';
import { PartList, readDoubleQuoted, readName, readPiece, readQuotedPiece } from './words.ts';

/** Deeper nesting than this is refused, so that no text can exhaust the reader's stack. */
const MAX_DEPTH = 400;

function deeper<T>(source: Source, read: () => T): T {
  source.depth += 1;
  if (source.depth > MAX_DEPTH) throw new SyntaxFailure({ kind: 'unexpected', token: '(', isName: false }, source.line);
  const value = read();
  source.depth -= 1;
  return value;
}

/** `$(…)` and `$((…))`, whose dollar sign has been read. */
export function readParenthesis(source: Source, out: PartList, quoted: boolean): void {
  deeper(source, () => {
    source.next();
    if (source.peek() === '(') {
      source.next();
      const word = readArithmetic(source);
      if (word !== null) return out.push({ kind: 'arithmetic', word, quoted });
      source.at -= 1;
    }
    return out.push({ kind: 'command', body: parseSubstitution(source), quoted });
  });
}

/** Backquotes: the text between them, with one level of backslashes removed, is a script of its own. */
export function readBackquoted(source: Source, out: PartList, quoted: boolean): void {
  const { line } = source;
  source.next();
  let text = '';
  for (;;) {
    const char = source.raw();
    if (char === '') source.end({ kind: 'unterminated-backquote' });
    source.next();
    if (char === '`') break;
    if (char !== '\\') text += char;
    else if (source.raw() !== '' && (`$\`\\`.includes(source.raw()) || (quoted && source.raw() === '"'))) text += source.next();
    else text += '\\';
  }
  const inner = new Source(text, { isFinal: true, line, features: source.features, aliases: source.aliases });
  inner.depth = source.depth + 1;
  if (inner.depth > MAX_DEPTH) throw new SyntaxFailure({ kind: 'unterminated-backquote' }, line);
  out.push({ kind: 'command', body: parseAll(inner), quoted });
}

/** `${…}`, whose dollar sign has been read. */
export function readBraces(source: Source, out: PartList, quoted: boolean): void {
  deeper(source, () => {
    const start = source.at;
    const own = source.features.grammar?.braces(source, quoted) ?? null;
    if (own !== null) return out.push(own);
    source.next();
    const part = readExpansion(source, quoted);
    if (source.peek() === '}' && part !== null) {
      source.next();
      return out.push(part);
    }
    readBraceWord(source, quoted);
    source.next();
    return out.push({ kind: 'parameter', name: '', quoted, bad: source.text.slice(start - 1, source.at) });
  });
}

function readExpansion(source: Source, quoted: boolean): ParameterPart | null {
  if (source.peek() === '#' && source.peek(1) !== '}' && !isHashParameter(source)) {
    source.next();
    const name = readName(source, true);
    return name === '' ? null : { kind: 'parameter', name, quoted, operator: 'length' };
  }
  const name = readName(source, true);
  if (name === '') return null;
  if (source.peek() === '}') return { kind: 'parameter', name, quoted };
  return readOperator(source, { kind: 'parameter', name, quoted });
}

/** `${#-x}` and its like are about `$#`; `${#?}` and `${#-}` are lengths. */
function isHashParameter(source: Source): boolean {
  return '-=+?:%'.includes(source.peek(1)) && source.peek(2) !== '}';
}

function readOperator(source: Source, part: ParameterPart): ParameterPart | null {
  const char = source.peek();
  if (char === '#' || char === '%') return readTrim(source, part, char);
  if (char === '/' && source.features.extendedExpansions) return { ...part, extension: readReplace(source, part.quoted) };
  const colon = char === ':';
  const operator = colon ? source.peek(1) : char;
  if (operator !== '' && '-=?+'.includes(operator)) {
    source.skip(colon ? 2 : 1);
    return { ...part, operator: operator as ParameterOperator, colon, word: readBraceWord(source, part.quoted) };
  }
  return colon && source.features.extendedExpansions ? { ...part, extension: readSlice(source) } : null;
}

function readTrim(source: Source, part: ParameterPart, char: '#' | '%'): ParameterPart {
  source.next();
  const isLong = source.peek() === char;
  if (isLong) source.next();
  // The pattern is read as outside quotes even between them: "${x#'a'}" knows its quotes.
  return { ...part, operator: isLong ? (char === '#' ? '##' : '%%') : char, word: readBraceWord(source, false) };
}

function readReplace(source: Source, quoted: boolean): Extension {
  source.next();
  const all = source.peek() === '/';
  if (all) source.next();
  const pattern = readBraceWord(source, false, '/');
  if (source.peek() !== '/') return { kind: 'replace', all, pattern, replacement: { parts: [], literal: '' } };
  source.next();
  return { kind: 'replace', all, pattern, replacement: readBraceWord(source, quoted) };
}

function readSlice(source: Source): Extension {
  source.next();
  const offset = readBraceWord(source, true, ':');
  if (source.peek() !== ':') return { kind: 'slice', offset };
  source.next();
  return { kind: 'slice', offset, length: readBraceWord(source, true) };
}

/** The word inside `${x-…}`, up to `until` (`}` or `/` or `:`), which stays unread. */
export function readBraceWord(source: Source, quoted: boolean, until = '}'): Word {
  const out = new PartList();
  for (;;) {
    const char = source.peek();
    if (char === '') source.end({ kind: 'missing-brace' });
    if (char === '}' || (until.includes(char) && char !== '')) return out.word();
    if (!quoted) readPiece(source, out);
    else if (char === '"') readDoubleQuoted(source, out);
    else readQuotedPiece(source, out, '}');
  }
}
