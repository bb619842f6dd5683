/** ash's `let`: each word is an expression; the status says whether the last one is zero. */
import { evaluateArithmetic } from '../expand/evaluate.ts';
import type { Shell } from '../shell.ts';

const NOTHING_TO_DO = 2;

export async function letCommand(shell: Shell, argv: readonly string[]): Promise<number> {
  if (argv.length < 2) {
    await shell.complain('expression expected');
    return NOTHING_TO_DO;
  }
  const values = argv.slice(1).map((expression) => evaluateArithmetic(shell, expression));
  return Number(values.at(-1)) === 0 ? 1 : 0;
}
