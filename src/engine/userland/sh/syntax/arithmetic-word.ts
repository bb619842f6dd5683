import type { Word } from './ast.ts';
import { SyntaxFailure } from './errors.ts';
import type { Source } from './source.ts';
import { PartList, readQuotedPiece } from './words.ts';

/**
 * The expression after `$((`, up to and with its `))`. Null (and nothing read) if the parentheses do not close
 * together: then it was a command substitution that begins with a subshell.
 */
export function readArithmetic(source: Source): Word | null {
  const { at, line } = source;
  const out = new PartList();
  let depth = 0;
  for (;;) {
    const char = source.peek();
    if (char === '') source.end({ kind: 'missing-parentheses' });
    if (char === ')' && depth === 0) {
      if (source.peek(1) === ')') break;
      if (!source.features.guessesArithmetic) throw new SyntaxFailure({ kind: 'missing-parentheses' }, source.line);
      source.at = at;
      source.line = line;
      return null;
    }
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (char === '"') source.next();
    else readQuotedPiece(source, out, '"');
  }
  source.skip(2);
  return out.word();
}
