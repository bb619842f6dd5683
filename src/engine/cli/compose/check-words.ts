import { checkArgs } from '../command/check-args.ts';
import type { Command } from '../command/command.ts';
import { CliError } from '../errors.ts';
import type { ComposeCommand } from './command.ts';

/** Commands that count their arguments as the client does; the others do it in cobra's own words. */
const AS_THE_CLIENT = new Set(['compose cp', 'compose wait']);

/** Refuses too few or too many arguments. */
export function checkWords(command: ComposeCommand, path: string, words: readonly string[]): void {
  if (AS_THE_CLIENT.has(path)) return checkArgs(command as unknown as Command, path, words);
  const { min, max } = command.args;
  const count = words.length;
  if (count >= min && count <= max) return;
  if (max === 0) throw new CliError(`unknown command ${JSON.stringify(words[0] ?? '')} for "docker ${path}"`);
  if (max === Number.POSITIVE_INFINITY) throw new CliError(`requires at least ${min} arg(s), only received ${count}`);
  if (min === 0) throw new CliError(`accepts at most ${max} arg(s), received ${count}`);
  throw new CliError(`accepts between ${min} and ${max} arg(s), received ${count}`);
}
