/** Reads words: quotes, and the expansions inside them. */
import type { Part, Word } from './ast.ts';
import { needed } from './needed.ts';
import type { Source } from './source.ts';

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const SPECIAL = '@*#?-$!0123456789';
const METACHARACTERS = new Set([' ', '\t', '\n', ';', '&', '|', '<', '>', '(', ')', '']);
/** A bracket that is never closed is no pattern: the command `[` is not looked for among the files. */
const GLOB = /[*?\\]|\[.*\]/s;

/** Collects a word's parts; neighbouring text of the same kind becomes one. */
export class PartList {
  readonly parts: Part[] = [];

  text(text: string, quoted: boolean): void {
    const last = this.parts.at(-1);
    if (last?.kind === 'text' && last.quoted === quoted)
      this.parts[this.parts.length - 1] = { kind: 'text', text: last.text + text, quoted };
    else this.parts.push({ kind: 'text', text, quoted });
  }

  push(part: Part): void {
    this.parts.push(part);
  }

  word(): Word {
    return toWord(this.parts);
  }
}

export function toWord(parts: readonly Part[]): Word {
  let literal = '';
  let unquoted = '';
  for (const part of parts) {
    if (part.kind !== 'text') return { parts };
    literal += part.text;
    if (!part.quoted) unquoted += part.text;
  }
  if (GLOB.test(unquoted)) return { parts };
  const first = parts[0];
  return first?.kind === 'text' && !first.quoted && first.text.startsWith('~') ? { parts } : { parts, literal };
}

export const isMetacharacter = (char: string): boolean => METACHARACTERS.has(char);

/** A word that starts here. */
export function readWord(source: Source): Word {
  const out = new PartList();
  while (!isMetacharacter(source.peek()) || source.features.grammar?.piece(source, out, false) === true) {
    if (!isMetacharacter(source.peek())) readPiece(source, out);
  }
  return out.word();
}

/** One piece of a word outside quotes. */
export function readPiece(source: Source, out: PartList): void {
  if (source.features.grammar?.piece(source, out, false) === true) return;
  const char = source.peek();
  if (char === "'") readSingleQuoted(source, out);
  else if (char === '"') readDoubleQuoted(source, out);
  else if (char === '\\') readEscape(source, out);
  else if (char === '$') readDollar(source, out, false);
  else if (char === '`') needed().readBackquoted(source, out, false);
  else out.text(source.next(), false);
}

function readEscape(source: Source, out: PartList): void {
  source.next();
  if (source.raw() === '' && !source.isFinal) source.end({ kind: 'unterminated-quote', quote: '\\' });
  out.text(source.raw() === '' ? '\\' : source.next(), true);
}

function readSingleQuoted(source: Source, out: PartList): void {
  source.next();
  const end = source.text.indexOf("'", source.at);
  if (end < 0) {
    source.skip(source.text.length - source.at);
    source.end({ kind: 'unterminated-quote', quote: "'" });
  }
  const { at } = source;
  source.skip(end + 1 - at);
  out.text(source.text.slice(at, end), true);
}

export function readDoubleQuoted(source: Source, out: PartList): void {
  source.next();
  const before = out.parts.length;
  const length = lengthOf(out);
  for (;;) {
    const char = source.peek();
    if (char === '') source.end({ kind: 'unterminated-quote', quote: '"' });
    if (char === '"') break;
    readQuotedPiece(source, out, '"');
  }
  source.next();
  if (out.parts.length === before && lengthOf(out) === length) out.text('', true);
}

const lengthOf = (out: PartList): number => {
  const last = out.parts.at(-1);
  return last?.kind === 'text' && last.quoted ? last.text.length : -1;
};

/** One piece inside double quotes (or a here-document: `quote` is then ''). */
export function readQuotedPiece(source: Source, out: PartList, quote: string): void {
  const char = source.peek();
  if (char === '\\') {
    source.next();
    const escaped = source.raw();
    const isSpecial = escaped !== '' && (`$\`\\`.includes(escaped) || escaped === quote || (quote === '}' && escaped === '"'));
    out.text(isSpecial ? source.next() : '\\', true);
  } else if (char === '$') readDollar(source, out, true);
  else if (char === '`') needed().readBackquoted(source, out, true);
  else out.text(source.next(), true);
}

/** A plain parameter; or what else a dollar sign begins. */
function readDollar(source: Source, out: PartList, quoted: boolean): void {
  source.next();
  const char = source.peek();
  if (char === '(') return needed().readParenthesis(source, out, quoted);
  if (char === '{') return needed().readBraces(source, out, quoted);
  if (char === "'" && !quoted && source.features.extendedExpansions) return out.text(needed().readAnsiQuoted(source), true);
  const name = readName(source, false);
  if (name === '') out.text('$', quoted);
  else out.push({ kind: 'parameter', name, quoted });
}

export function readName(source: Source, isBraced: boolean): string {
  const char = source.peek();
  NAME.lastIndex = source.at;
  const match = NAME.exec(source.text)?.[0];
  if (match !== undefined) {
    source.skip(match.length);
    return match;
  }
  if (char === '' || !SPECIAL.includes(char)) return '';
  let name = source.next();
  if (isBraced && /[0-9]/.test(name)) while (/[0-9]/.test(source.peek())) name += source.next();
  return name;
}

/** A here-document's text, in which expansions are made. */
export function parseHereText(source: Source): Word {
  const out = new PartList();
  while (source.peek() !== '') readQuotedPiece(source, out, '');
  return out.word();
}
