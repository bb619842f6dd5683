import { CliError } from '../errors.ts';
import type { Command } from './command.ts';
import { usageLine } from './usage-line.ts';

/** A command line that is wrong: the message with the command's usage. */
export class UsageError extends CliError {}

/** Refuses too few or too many arguments. Upstream: docker/cli cli/required.go. */
export function checkArgs(command: Command, path: string, args: readonly string[]): void {
  const { min, max } = command.args;
  if (args.length >= min && args.length <= max) return;
  if (command.args.unknown) throw new UsageError(`unknown command ${JSON.stringify(args[0])} for ${JSON.stringify(`docker ${path}`)}`);
  if (command.args.plain) throw new UsageError(`accepts ${max} arg(s), received ${args.length}`);
  const see = max === Number.POSITIVE_INFINITY ? 'See' : 'Run';
  throw new UsageError(
    `docker: 'docker ${path}' ${wanted(min, max)}\n\nUsage:  ${usageLine(command, path)}\n\n${see} 'docker ${path} --help' for more information`,
  );
}

function wanted(min: number, max: number): string {
  const count = (n: number) => `${n} ${n === 1 ? 'argument' : 'arguments'}`;
  if (max === 0) return 'accepts no arguments';
  if (max === Number.POSITIVE_INFINITY) return `requires at least ${count(min)}`;
  if (min === max) return `requires ${count(min)}`;
  return min === 0 ? `requires at most ${count(max)}` : `requires at least ${min} and at most ${count(max)}`;
}
