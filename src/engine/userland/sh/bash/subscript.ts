import type { Word } from '../syntax/ast.ts';
import type { Source } from '../syntax/source.ts';
import { PartList, readPiece } from '../syntax/words.ts';

/** What a subscript says: one element, or all of them (`@`, and `*` that joins them). */
export type Subscript = '@' | '*' | Word;

/** Reads `[…]`, whose bracket is next. Null, and nothing read, if it is never closed. */
export function readSubscript(source: Source): Subscript | null {
  const { at, line } = source;
  source.next();
  const out = new PartList();
  for (let depth = 0; ; ) {
    const char = source.peek();
    if (char === '' || char === '\n') {
      source.at = at;
      source.line = line;
      return null;
    }
    if (char === ']' && depth === 0) break;
    if (char === '[') depth += 1;
    if (char === ']') depth -= 1;
    if (' \t;&|<>()[]'.includes(char)) out.text(source.next(), false);
    else readPiece(source, out);
  }
  source.next();
  const word = out.word();
  const plain = word.parts.length === 1 && word.parts[0]?.kind === 'text' && !word.parts[0].quoted ? word.parts[0].text : '';
  return plain === '@' || plain === '*' ? plain : word;
}
