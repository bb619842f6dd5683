/** `test` and `[`: coreutils knows what they mean; the shells have their own sentences for what means nothing. */
import { evaluate, type Rules, TestSyntax } from '../../coreutils/shell/test.ts';
import { smallInteger } from '../expand/integer.ts';
import type { Shell } from '../shell.ts';

/** Comparisons of plain numbers: a loop's condition must be quick. */
function quick(words: readonly string[]): boolean | undefined {
  if (words.length !== 3) return undefined;
  const [left = '', operator, right = ''] = words;
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  const [a, b] = [smallInteger(left), smallInteger(right)];
  if (a === undefined || b === undefined) return undefined;
  switch (operator) {
    case '-eq':
      return a === b;
    case '-ne':
      return a !== b;
    case '-lt':
      return a < b;
    case '-le':
      return a <= b;
    case '-gt':
      return a > b;
    case '-ge':
      return a >= b;
    default:
      return undefined;
  }
}

export function test(shell: Shell, argv: readonly string[]): number | Promise<number> {
  return answer(shell, argv.slice(1));
}

export function bracket(shell: Shell, argv: readonly string[]): number | Promise<number> {
  if (argv.at(-1) === ']') return answer(shell, argv.slice(1, -1));
  return complain(shell, 'missing ]');
}

/** The status of a condition, and what is to be said of one that means nothing. `rules`: those of `[[`. */
export function answer(shell: Shell, words: readonly string[], rules?: Rules): number | Promise<number> {
  const known = rules === undefined ? quick(words) : undefined;
  if (known !== undefined) return known ? 0 : 1;
  try {
    return evaluate(shell.sys, words, rules) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestSyntax)) throw error;
    return complain(shell, shell.dialect.name === 'bash' ? error.message : reword(shell, words, error));
  }
}

export async function complain(shell: Shell, text: string): Promise<number> {
  if (shell.dialect.name === 'ash') await shell.write(2, `${shell.name}: ${text}\n`);
  else await shell.complain(text);
  return 2;
}

function reword(shell: Shell, words: readonly string[], { message: text, extra }: TestSyntax): string {
  const isDash = shell.dialect.name === 'dash';
  const number = /^invalid integer '(.*)'$/s.exec(text)?.[1];
  if (number !== undefined) return isDash ? `Illegal number: ${number}` : `${number}: bad number`;
  if (text === 'argument expected') return isDash ? `${words.at(-1)}: argument expected` : 'argument expected';
  if (text === "')' expected") return 'closing paren expected';
  return isDash ? `${words[0]}: unexpected operator` : `${extra ?? words[1] ?? words[0]}: unknown operand`;
}
