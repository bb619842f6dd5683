/** What a command line may ask for that is no command's work: help, completion, and what is said where there is no such command. */
import { parseEndpoint } from './client/endpoint.ts';
import { dockerClient } from './client/index.ts';
import { UsageError } from './command/check-args.ts';
import type { Command } from './command/command.ts';
import { type Found, find } from './command/find.ts';
import { usageLine } from './command/usage-line.ts';
import { configDirectory, loadConfig } from './config/config-file.ts';
import { hostOf, type Where } from './config/current-context.ts';
import { CliError } from './errors.ts';
import type { FlagError } from './flags/index.ts';
import { type Io, loadCode } from './io.ts';
import { FLAG_ERROR_STATUS, type World } from './main.ts';
import type { Output } from './output.ts';

/** Cobra's `__complete`: what may follow these words. */
export async function complete(
  { io, out, err }: World,
  words: readonly string[],
  { config: directory, where, described }: { config: string; where: Where; described: boolean },
): Promise<number> {
  const { completions, directiveName } = await loadCode(io, () => import('./completion/index.ts'));
  const config = await loadConfig(io, configDirectory(io, directory));
  const reach = { client: async () => dockerClient(io, parseEndpoint(await hostOf(io, config, where))), config };
  const { candidates, directive, fault } = await completions(io, words, reach);
  const lines = candidates.map(({ word, about }) => (described && about ? `${word}\t${about.split('\n')[0]}\n` : `${word}\n`));
  await out.text(`${lines.join('')}:${directive}\n`);
  if (fault !== undefined) await err.line(`[Debug] [Error] ${fault}`);
  await err.line(`Completion ended with directive: ${directiveName(directive)}`);
  return 0;
}

interface Reach {
  readonly config: string;
  readonly where: Where;
}

/** What the engine says of itself; an engine that cannot be reached is in no swarm. */
async function isInSwarm(io: Io, { config, where }: Reach): Promise<boolean> {
  try {
    const { http } = dockerClient(io, parseEndpoint(await hostOf(io, await loadConfig(io, configDirectory(io, config)), where)));
    try {
      return (await http.ping()).swarm.startsWith('active');
    } finally {
      http.close();
    }
  } catch (error) {
    if (error instanceof CliError) return false;
    throw error;
  }
}

/** `docker help …`, and groups of commands without one of theirs. */
export async function showHelp(
  { io }: World,
  words: readonly string[],
  { to, isLenient = false, ...reach }: Reach & { readonly to: Output; readonly isLenient?: boolean },
): Promise<number> {
  if (words[0] === 'help') return to.text(HELP_OF_HELP).then(() => 0);
  const found = await find(io, words);
  const rest = found.kind === 'unknown' ? words.slice(found.path.length) : found.kind === 'command' ? found.rest : [];
  if (!isLenient && rest.some((word) => !word.startsWith('-'))) throw new CliError(`unknown help topic: ${rest.join(' ')}`);
  const { columnsOf, commandHelp, groupHelp, withUsages } = await loadCode(io, () => import('./command/help.ts'));
  const columns = columnsOf(io);
  if (found.kind === 'command') await to.text(commandHelp(await withUsages(io, found.command), { path: found.path, columns }));
  else await to.text(await groupHelp(io, found.path, { columns, inSwarm: () => isInSwarm(io, reach) }));
  return 0;
}

/** What is said of words that name no command. */
export function unknownCommand({ path, word, use }: Extract<Found, { kind: 'unknown' }>): string {
  const group = ['docker', ...path].join(' ');
  const usage = path.length === 0 ? '' : `Usage:  ${use}\n\n`;
  return `docker: unknown command: ${group} ${word}\n\n${usage}Run '${group} --help' for more information`;
}

/** A flag where a group's command should stand. */
export function strayFlag({ path, use = '' }: Extract<Found, { kind: 'group' }>, word: string): UsageError {
  const what = word.startsWith('--')
    ? `unknown flag: ${word.replace(/=.*/s, '')}`
    : `unknown shorthand flag: '${word[1] ?? ''}' in ${word}`;
  return new UsageError(`${what}\n\nUsage:  ${use}\n\nRun 'docker ${path.join(' ')} --help' for more information`, FLAG_ERROR_STATUS);
}

/** Only one engine is asked. */
export const secondHost = (hosts: readonly string[]): CliError =>
  globalMistake({ message: `invalid argument ${JSON.stringify(hosts[1])} for "-H, --host" flag: specify only one -H` });

const HELP_OF_HELP = 'Usage:  docker help [command]\n\nHelp about the command\n';

/** A command's own help. */
export async function sayHelp({ io, out }: World, command: Command, path: string): Promise<void> {
  const { columnsOf, commandHelp, withUsages } = await loadCode(io, () => import('./command/help.ts'));
  await out.text(commandHelp(await withUsages(io, command), { path, columns: columnsOf(io) }));
}

/** What is said of docker's own flags. */
export const globalMistake = ({ message }: Pick<FlagError, 'message'>): CliError =>
  new UsageError(`${message}\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information`, FLAG_ERROR_STATUS);

/** What is said of a command's flags. */
export function flagMistake({ message }: FlagError, command: Command, path: string): CliError {
  if (command.flagStatus !== undefined) return new CliError(message, command.flagStatus);
  return new UsageError(
    `${message}\n\nUsage:  ${usageLine(command, path)}\n\nRun 'docker ${command.as ?? path} --help' for more information`,
    FLAG_ERROR_STATUS,
  );
}
