import { quoteForShell } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { RESERVED } from '../syntax/names.ts';
import { expandPrompt } from './expand-prompt.ts';

/** What `set -x` shows of a command, on standard error. */
export async function trace(
  shell: Shell,
  call: { readonly argv: readonly string[]; readonly assignments: readonly (readonly [string, string])[] },
): Promise<void> {
  const words = [
    ...call.assignments.map(([name, value]) => `${name}=${quoteIfNeeded(shell, value)}`),
    ...call.argv.map((word) => quoteIfNeeded(shell, word)),
  ];
  if (words.length === 0 && shell.dialect.name === 'bash') return;
  shell.options.xtrace = false;
  const prompt = await expandPrompt(shell, shell.variables.get('PS4') ?? '+ ');
  shell.options.xtrace = true;
  await shell.write(2, `${prompt}${words.join(' ')}\n`);
}

/** What `set -x` shows of a command that is no simple one. */
export async function traceText(shell: Shell, text: string): Promise<void> {
  shell.options.xtrace = false;
  const prompt = await expandPrompt(shell, shell.variables.get('PS4') ?? '+ ');
  shell.options.xtrace = true;
  await shell.write(2, `${prompt}${text}\n`);
}

/** dash shows words as they are; ash and bash quote what would be read differently. */
function quoteIfNeeded(shell: Shell, word: string): string {
  const own = shell.dialect.own?.traced(word);
  if (own !== undefined) return own;
  if (shell.dialect.name === 'dash') return word;
  return /^[A-Za-z0-9_@%+:,./\]-]*$/.test(word) && !RESERVED.has(word) ? word : quoteForShell(word);
}
