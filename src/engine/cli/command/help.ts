/** Help texts, read off the commands. */
import { flagUsages } from '../flags/usage.ts';
import { type Io, loadCode } from '../io.ts';
import type { Command } from './command.ts';
import { loadCommand } from './find.ts';
import { GLOBAL_FLAGS } from './global-flags.ts';
import { COMMON_COMMANDS, GROUPS, type Group, MANAGEMENT_COMMANDS, OWN_SUMMARIES, PLUGINS, TOP_COMMANDS } from './registry.ts';
import { usageLine } from './usage-line.ts';

const NAME_COLUMNS = 11;

/** `docker ps --help`. */
export function commandHelp(command: Command, options: { path: string; columns: number }): string {
  if (command.helpText !== undefined) return command.helpText(options.columns);
  const described = command.description ?? command.summary;
  const aliases = command.names.length > 1 ? `\n\nAliases:\n  ${command.names.map((name) => `docker ${name}`).join(', ')}` : '';
  const usages = flagUsages(ownFlags(command, options.path), options.columns);
  const flags = usages === '' ? '' : `\n\nOptions:\n${usages.replace(/\n$/, '')}`;
  return `Usage:  ${usageLine(command, options.path)}\n\n${described}${aliases}${flags}\n`;
}

/** `docker build` names the builder of the context for Buildx; `docker buildx build` leaves it open. */
function ownFlags({ flags }: Command, path: string): Command['flags'] {
  const { builder } = flags;
  return builder === undefined || !path.startsWith('buildx ') ? flags : { ...flags, builder: { ...builder, shownDefault: '' } };
}

/** `docker container --help`, and `docker --help` for no words. */
export async function groupHelp(io: Io, path: readonly string[], columns: number): Promise<string> {
  const group = GROUPS[path.join(' ')];
  if (path.length === 0 || group === undefined) return rootHelp(io, columns);
  if (group.help !== undefined) return loadCode(io, group.help);
  const commands = await summaries(
    io,
    Object.keys(group.commands)
      .filter((verb) => group.hidden?.includes(verb) !== true)
      .map((verb) => [verb, `${path.join(' ')} ${verb}`] as const),
  );
  const name = ['docker', ...path].join(' ');
  return `Usage:  ${name} COMMAND\n\n${group.summary}\n\nCommands:\n${commands}\nRun '${name} COMMAND --help' for more information on a command.\n`;
}

async function rootHelp(io: Io, columns: number): Promise<string> {
  const top = (names: readonly string[]) =>
    summaries(
      io,
      names.map((name) => [name, name] as const),
    );
  const managed = await summaries(
    io,
    MANAGEMENT_COMMANDS.map((name) => [`${name}${PLUGINS.has(name) ? '*' : ''}`, name] as const),
  );
  const swarm = line('swarm', GROUPS.swarm?.summary ?? '');
  return [
    'Usage:  docker [OPTIONS] COMMAND\n\nA self-sufficient runtime for containers\n',
    `Common Commands:\n${await top(COMMON_COMMANDS)}`,
    `Management Commands:\n${managed}`,
    `Swarm Commands:\n${swarm}`,
    `Commands:\n${await top(TOP_COMMANDS)}`,
    `Global Options:\n${flagUsages(GLOBAL_FLAGS(io), columns)}`,
    "Run 'docker COMMAND --help' for more information on a command.\n",
    'For more help on how to use Docker, head to https://docs.docker.com/go/guides/\n',
  ].join('\n');
}

async function summaries(io: Io, commands: readonly (readonly [string, string])[]): Promise<string> {
  const lines: string[] = [];
  for (const [name, path] of commands) lines.push(line(name, await summaryOf(io, path)));
  return lines.join('');
}

export async function summaryOf(io: Io, path: string): Promise<string> {
  const group: Group | undefined = GROUPS[path];
  return OWN_SUMMARIES[path] ?? group?.summary ?? (await loadCommand(io, path))?.summary ?? '';
}

const line = (name: string, summary: string): string => `  ${name.padEnd(NAME_COLUMNS)} ${summary}\n`;
