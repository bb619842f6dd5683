/** Help texts, read off the commands. */
import { described, flagUsages } from '../flags/usage.ts';
import { type Io, loadCode } from '../io.ts';
import type { Command } from './command.ts';
import { loadCommand } from './find.ts';
import { GLOBAL_FLAGS } from './global-flags.ts';
import { COMMON_COMMANDS, GROUPS, type Group, MANAGEMENT_COMMANDS, OWN_SUMMARIES, PLUGINS, TOP_COMMANDS } from './registry.ts';
import { usageLine } from './usage-line.ts';

const NAME_COLUMNS = 11;
const SWARM_COMMANDS = ['config', 'node', 'secret', 'service', 'stack', 'swarm'];

const DEFAULT_COLUMNS = 80;
/** How wide the screen is. */
export const columnsOf = (io: Io): number => (io.stdin.isTerminal ? io.stdin.size().columns || DEFAULT_COLUMNS : DEFAULT_COLUMNS);

/** The command with what help says of all its flags. */
export async function withUsages(io: Io, command: Command): Promise<Command> {
  const { flags, usages } = command;
  return usages === undefined ? command : { ...command, flags: described(flags, await loadCode(io, usages)) };
}

/** `docker ps --help`, of a command `withUsages`. */
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
interface GroupHelp {
  readonly columns: number;
  /** Whether the engine is in a swarm: some commands are of no use without one, and are not listed. */
  readonly inSwarm: () => Promise<boolean>;
}

export async function groupHelp(io: Io, path: readonly string[], { columns, inSwarm }: GroupHelp): Promise<string> {
  const group = GROUPS[path.join(' ')];
  if (path.length === 0 || group === undefined) return rootHelp(io, columns, await inSwarm());
  if (group.help !== undefined) return loadCode(io, group.help);
  const hidden = group.needsSwarm !== undefined && (await inSwarm()) ? [] : [...(group.hidden ?? []), ...(group.needsSwarm ?? [])];
  const commands = await summaries(
    io,
    Object.keys(group.commands)
      .filter((verb) => !hidden.includes(verb))
      .map((verb) => [verb, `${path.join(' ')} ${verb}`] as const),
  );
  const name = ['docker', ...path].join(' ');
  return `Usage:  ${name} COMMAND\n\n${group.summary}\n\nCommands:\n${commands}\nRun '${name} COMMAND --help' for more information on a command.\n`;
}

async function rootHelp(io: Io, columns: number, inSwarm: boolean): Promise<string> {
  const top = (names: readonly string[]) =>
    summaries(
      io,
      names.map((name) => [name, name] as const),
    );
  const managed = await summaries(
    io,
    MANAGEMENT_COMMANDS.map((name) => [`${name}${PLUGINS.has(name) ? '*' : ''}`, name] as const),
  );
  const swarm = await top(inSwarm ? SWARM_COMMANDS : ['swarm']);
  return [
    'Usage:  docker [OPTIONS] COMMAND\n\nA self-sufficient runtime for containers\n',
    `Common Commands:\n${await top(COMMON_COMMANDS)}`,
    `Management Commands:\n${managed}`,
    `Swarm Commands:\n${swarm}`,
    ...(io.env.get('DOCKER_HIDE_LEGACY_COMMANDS') ? [] : [`Commands:\n${await top(TOP_COMMANDS)}`]),
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
