/** ash's `[[`: `test`, with patterns on the right of `=`, regular expressions, and `&&` and `||` in place of -a and -o. */
import { compileRegex } from '../../coreutils/regex.ts';
import { compilePattern, matchPattern } from '../expand/pattern.ts';
import type { Shell } from '../shell.ts';
import { answer, complain } from './test.ts';

const RULES = {
  and: '&&',
  or: '||',
  same: (left: string, right: string) => matchPattern(compilePattern(right), left),
  matches: (left: string, right: string) => compileRegex(right, { extended: true }).test(left),
};

export function doubleBracket(shell: Shell, argv: readonly string[]): number | Promise<number> {
  if (argv.length < 2 || argv.at(-1) !== ']]') return complain(shell, 'missing ]]');
  return answer(shell, argv.slice(1, -1), RULES);
}
