import { quoteForShell } from '../quote.ts';
import type { Shell } from '../shell.ts';

export async function alias(shell: Shell, argv: readonly string[]): Promise<number> {
  const words = argv.slice(1);
  let status = 0;
  if (words.length === 0) for (const [name, value] of [...shell.aliases].sort()) await shell.write(1, `${name}=${quoteForShell(value)}\n`);
  for (const word of words) {
    const at = word.indexOf('=', 1);
    const value = shell.aliases.get(word);
    if (at > 0) shell.aliases.set(word.slice(0, at), word.slice(at + 1));
    else if (value !== undefined) await shell.write(1, `${word}=${quoteForShell(value)}\n`);
    else {
      await shell.write(2, `alias: ${word} not found\n`);
      status = 1;
    }
  }
  return status;
}

export async function unalias(shell: Shell, argv: readonly string[]): Promise<number> {
  let status = 0;
  for (const word of argv.slice(1)) {
    if (word === '-a') shell.aliases.clear();
    else if (!shell.aliases.delete(word)) {
      await shell.write(2, `unalias: ${word} not found\n`);
      status = 1;
    }
  }
  return status;
}
