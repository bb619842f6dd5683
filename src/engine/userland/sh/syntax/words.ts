/** Reads words: quotes, and the expansions inside them. */
import type { Part, Word } from './ast.ts';
import { needed } from './needed.ts';
import type { Source } from './source.ts';

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
  else if (char === '$') needed().readDollar(source, out, false);
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
  } else if (char === '$') needed().readDollar(source, out, true);
  else if (char === '`') needed().readBackquoted(source, out, true);
  else out.text(source.next(), true);
}
