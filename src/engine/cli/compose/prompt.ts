import { readLine } from '../prompt.ts';
import type { ComposeContext } from './command.ts';

const YES = /^(y|yes)$/i;

/** A question that is answered by y or n; anything else, and nothing at all, is no. Upstream: AlecAivazis/survey. */
export async function ask({ io, out }: ComposeContext, question: string): Promise<boolean> {
  if (!io.stdin.isTerminal || !out.isTerminal) {
    await out.text(`? ${question} (y/N) `);
    const answer = await readLine(io);
    return answer !== null && YES.test(answer.trim());
  }
  const head = `\x1b[0G\x1b[2K\x1b[1;92m? \x1b[0m\x1b[1;99m${question} \x1b[0m`;
  await out.text(`${head}\x1b[37m(y/N) \x1b[0m`);
  const isYes = YES.test(((await readLine(io)) ?? '').trim());
  await out.text(`\x1b[1A${head}\x1b[36m${isYes ? 'Yes' : 'No'}\x1b[0m\n`);
  return isYes;
}
