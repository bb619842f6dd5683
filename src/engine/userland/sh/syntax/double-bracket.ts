/** `[[ … ]]` as ash has it: a command whose words may be `&&` and `||`. Everything else in them is expanded as ever. */
import type { Command, Redirect, Word } from './ast.ts';
import { needed } from './needed.ts';
import type { Parser } from './parser.ts';

const plainWord = (text: string): Word => ({ parts: [{ kind: 'text', text, quoted: true }], literal: text });

/** Reads the command whose first word, `[[`, is next. */
export function doubleBracket(parser: Parser): Command {
  const { line } = parser.peek();
  const words: Word[] = [];
  const redirects: Redirect[] = [];
  for (let isOpen = true; ; ) {
    const token = parser.peek();
    if (token.kind === 'redirect') redirects.push(needed().readRedirect(parser));
    else if (token.kind === 'word') {
      words.push(token.word);
      if (token.plain === ']]') isOpen = false;
      parser.next();
      if (words.length === 1 && parser.isOperator('(')) return needed().readFunction(parser, token.plain);
    } else if (isOpen && token.kind === 'operator' && parser.isOperator('&&', '||')) {
      words.push(plainWord(token.text));
      parser.next();
    } else break;
  }
  return { type: 'simple', assignments: [], words, redirects, line };
}
