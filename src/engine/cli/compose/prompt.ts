import { readLine } from '../prompt.ts';
import type { ComposeContext } from './command.ts';

const YES = /^(y|yes)$/i;
const TRUE = /^(y|1|t|true)$/i;

/** A question that is answered by y or n; anything else, and nothing at all, is no. Upstream: compose cmd/prompt, AlecAivazis/survey. */
export async function ask({ io, out }: ComposeContext, question: string): Promise<boolean> {
  if (!io.stdin.isTerminal) {
    await out.text(question);
    return TRUE.test(((await readLine(io)) ?? '').trim());
  }
  const head = `\x1b[0G\x1b[2K\x1b[1;92m? \x1b[0m\x1b[1;99m${question} \x1b[0m`;
  await out.text(`${head}\x1b[37m(y/N) \x1b[0m`);
  const answer = (await readLine(io)) ?? '';
  const isYes = YES.test(answer.trim());
  // A question that is wider than the terminal is taken back line by line.
  const { columns } = io.stdout.isTerminal ? io.stdout.size() : { columns: 0 };
  const lines = Math.max(1, Math.ceil(`? ${question} (y/N) ${answer}`.length / (columns || Infinity)));
  await out.text(`${'\x1b[1A\x1b[2K'.repeat(lines - 1)}\x1b[1A${head}\x1b[36m${isYes ? 'Yes' : 'No'}\x1b[0m\n`);
  return isYes;
}
