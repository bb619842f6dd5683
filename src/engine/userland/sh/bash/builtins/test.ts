/** `test` and `[` with what bash adds: `-v`, `-o`, `-R`. */
import { evaluate, TestSyntax } from '../../../coreutils/shell/test.ts';
import type { Builtin } from '../../builtins/index.ts';
import { optionOfName } from '../../options.ts';
import type { Shell } from '../../shell.ts';
import { isSet } from '../condition.ts';

type Run = Builtin['run'];

async function answer(shell: Shell, words: readonly string[]): Promise<number> {
  try {
    return evaluate(shell.sys, words.length === 0 ? [] : resolved(shell, words)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestSyntax)) throw error;
    const number = /^invalid integer '(.*)'$/s.exec(error.message)?.[1];
    await shell.complain(
      number === undefined
        ? error.message.replace("extra argument '", 'too many arguments').replace(/arguments.*/s, 'arguments')
        : `${number}: integer expression expected`,
    );
    return 2;
  }
}

/** What only the shell can answer is put as a question that coreutils understands. */
function resolved(shell: Shell, words: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const [word = '', operand] = [words[i], words[i + 1]];
    const isFirst = i === 0 || ['!', '(', '-a', '-o'].includes(words[i - 1] ?? '');
    if (!isFirst || operand === undefined || !/^-[voR]$/.test(word) || (word === '-o' && i > 0)) {
      out.push(word);
      continue;
    }
    const option = optionOfName(operand);
    const holds = word === '-v' ? isSet(shell, operand) : word === '-o' && option !== undefined && shell.options[option];
    out.push('-n', holds ? 'x' : '');
    i += 1;
  }
  return out;
}

export const test: Run = (shell, argv) => answer(shell, argv.slice(1));

export const bracket: Run = async (shell, argv) => {
  if (argv.at(-1) === ']') return answer(shell, argv.slice(1, -1));
  await shell.complain("missing `]'");
  return 2;
};
