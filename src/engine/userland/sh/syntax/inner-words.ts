/** Words within something that has its own end: braces, a here-document. */
import type { Word } from './ast.ts';
import type { Source } from './source.ts';
import { PartList, readDoubleQuoted, readPiece, readQuotedPiece } from './words.ts';

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

/** A here-document's text, in which expansions are made. */
export function parseHereText(source: Source): Word {
  const out = new PartList();
  while (source.peek() !== '') readQuotedPiece(source, out, '');
  return out.word();
}
