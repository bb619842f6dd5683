/**
 * `docker compose`: Compose files in, requests to the Engine's API out. A project is read by `project/`, brought about by `engine/`,
 * and each command stands in a file of its own below `commands/`. Upstream this is a plugin of its own, so flags before the command are
 * its own, and its errors are plain sentences.
 */
import { anyArgs, type Command, type Context, command } from '../command/command.ts';
import { commandHelp } from '../command/help.ts';
import { notYet } from '../command/not-yet.ts';
import { CliError } from '../errors.ts';
import { FlagError, type FlagValues, fetchFor, parseFlags } from '../flags/index.ts';
import { loadCode } from '../io.ts';
import { checkWords } from './check-words.ts';
import type { ComposeCommand, ComposeContext } from './command.ts';
import { COMPOSE_FLAGS } from './global-flags.ts';
import { composeHelp } from './help.ts';
import { progressTo } from './progress/progress.ts';
import { COMMANDS, MANAGEMENT } from './registry.ts';
import { warnTo } from './warnings.ts';

type ComposeFlags = FlagValues<typeof COMPOSE_FLAGS>;
const DEFAULT_COLUMNS = 80;

export const compose = command({
  names: ['compose'],
  summary: 'Docker Compose',
  usage: '[OPTIONS] COMMAND',
  args: anyArgs,
  interspersed: false,
  flags: COMPOSE_FLAGS,
  helpText: composeHelp,
  flagStatus: 1,
  run: async (context) => {
    const { args, out, io } = context;
    const [word, ...rest] = args;
    if (word === undefined) return out.text(composeHelp(columnsOf(context)));
    if (COMMANDS[word] === undefined && MANAGEMENT[word] === undefined) {
      await out.text(composeHelp(columnsOf({ io })));
      throw new CliError(`unknown docker command: ${JSON.stringify(`compose ${word}`)}`);
    }
    return dispatch(context, word, rest);
  },
});

const columnsOf = ({ io }: Pick<Context, 'io'>): number =>
  io.stdin.isTerminal ? io.stdin.size().columns || DEFAULT_COLUMNS : DEFAULT_COLUMNS;

async function dispatch(context: Context<ComposeFlags>, name: string, rest: readonly string[]) {
  const load = COMMANDS[name]?.load;
  if (load === undefined) throw notYet(`'docker compose ${name}'`);
  const found = await loadCode(context.io, load);
  await fetchFor(found.flags, rest, (code) => loadCode(context.io, code));
  const parsed = parse(found, rest);
  const path = `compose ${name}`;
  if (parsed.help === 'shorthand') await context.out.line('Flag shorthand -h has been deprecated, use --help');
  if (parsed.help !== false) return context.out.text(commandHelp(asCommand(found), { path, columns: columnsOf(context) }));
  checkWords(found, path, parsed.args);
  const own = composeContext(context, { ...parsed, path: `docker ${path}` });
  const isDry = context.flags['dry-run'] || (parsed.values as unknown as { 'dry-run': boolean })['dry-run'];
  return (found.run as (context: ComposeContext) => Promise<number>)(isDry ? await dryRun(own) : own);
}

async function dryRun(context: ComposeContext): Promise<ComposeContext> {
  const { dryRunClient } = await loadCode(context.io, () => import('./engine/dry-run.ts'));
  return { ...context, client: dryRunClient(context), isDryRun: true };
}

/** Help and errors about arguments need the record, not what it runs. */
const asCommand = (found: ComposeCommand): Command => found as unknown as Command;

function parse(found: ComposeCommand, words: readonly string[]) {
  try {
    return parseFlags(found.flags, words, found.interspersed === undefined ? {} : { interspersed: found.interspersed });
  } catch (error) {
    if (error instanceof FlagError) throw new CliError(error.message);
    throw error;
  }
}

function composeContext(
  context: Context<ComposeFlags>,
  own: { values: unknown; changed: ReadonlySet<string>; args: readonly string[]; path: string },
): ComposeContext {
  const { flags, io, err, out } = context;
  const env = (name: string) => io.env.get(name) ?? '';
  const ansiMode = context.changed.has('ansi') ? flags.ansi : env('COMPOSE_ANSI') || flags.ansi;
  const ansi = ansiMode === 'always' || (ansiMode === 'auto' && out.isTerminal);
  const mode = flags.progress || env('COMPOSE_PROGRESS') || 'auto';
  return {
    ...context,
    ...own,
    flags: own.values,
    asked: {
      files: flags.file,
      projectDirectory: flags['project-directory'],
      projectName: flags['project-name'],
      envFiles: flags['env-file'],
      profiles: flags.profile,
    },
    ansi,
    isDryRun: false,
    progress: progressTo(io, err, { mode, ansi: ansiMode }),
    buildProgress: ansiMode === 'never' ? 'plain' : mode === 'json' ? 'rawjson' : mode,
    warn: warnTo(io, err),
  };
}
