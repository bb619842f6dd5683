/**
 * The `docker` client: a command line in, requests to an engine's API out, answers as text. It knows nothing of the engine but that API
 * and reaches the world through `io` alone, so it runs in the model, in Node and in tests alike. This file finds the command, prints
 * what goes wrong and chooses the exit status; each command stands in a file of its own below `command/`.
 */

import { DEFAULT_HOST, type Endpoint, parseEndpoint } from './client/endpoint.ts';
import { DockerHttp } from './client/http.ts';
import type { DockerClient } from './client/index.ts';
import { runClient } from './client/run.ts';
import { checkArgs, UsageError } from './command/check-args.ts';
import type { Context, Status } from './command/command.ts';
import { type Found, find } from './command/find.ts';
import { GLOBAL_FLAGS } from './command/global-flags.ts';
import { type ConfigFile, configDirectory, loadConfig } from './config/config-file.ts';
import { currentContext, hostOf, type Where } from './config/current-context.ts';
import { CliError } from './errors.ts';
import { FlagError, type FlagTable, fetchFor, parseFlags } from './flags/index.ts';
import { type Io, loadCode } from './io.ts';
import { type Output, outputTo } from './output.ts';
import { type Interrupts, watchInterrupts } from './signals.ts';
import { CLIENT } from './version.ts';

export const FLAG_ERROR_STATUS = 125;
const SHORTHAND = 'Flag shorthand -h has been deprecated, use --help';
const LOG_LEVELS: readonly string[] = ['panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace'];

/** Runs one command line (without `docker` itself) and answers its exit status. */
export async function docker(argv: readonly string[], io: Io): Promise<number> {
  const world: World = { io, out: outputTo(io.stdout), err: outputTo(io.stderr), interrupts: watchInterrupts(io) };
  try {
    return await dispatch(world, argv);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    if (error.message !== '') await world.err.line(error.message);
    return error.status;
  }
}

/** What a command line is read in. */
export interface World {
  readonly io: Io;
  readonly out: Output;
  readonly err: Output;
  readonly interrupts: Interrupts;
}

const loadAsides = (io: Io) => loadCode(io, () => import('./asides.ts'));

async function dispatch(world: World, argv: readonly string[]): Promise<number> {
  const { out, err, io } = world;
  const globals = await parseGlobals(argv, io, { interspersed: false });
  const { help, args: words } = globals;
  if (help === 'shorthand') await err.line(SHORTHAND);
  const reach = { config: globals.values.config, where: whereOf(globals.values) };
  const showHelp = async (about: readonly string[], to: Output, options: { readonly isLenient?: boolean } = {}): Promise<number> =>
    (await loadAsides(io)).showHelp(world, about, { to, ...reach, ...options });
  if (help !== false) return showHelp(words, out, { isLenient: true });
  if (!LOG_LEVELS.includes(globals.values['log-level']))
    throw new CliError(`Unable to parse logging level: ${globals.values['log-level']}`);
  const [first, ...rest] = globals.args;
  const sayVersion = (): Promise<number> => out.line(`Docker version ${CLIENT.version}, build ${CLIENT.gitCommit}`).then(() => 0);
  if (globals.values.version && first === undefined) return sayVersion();
  if (first === undefined) return showHelp([], err);
  if (first === '') throw new UsageError("docker: unknown command: docker \n\nRun 'docker --help' for more information", 1);
  if (first === 'help') return showHelp(rest.some((word) => word === '--help' || word === '-h') ? [first] : rest, out);
  if (first === '__complete' || first === '__completeNoDesc')
    return (await loadAsides(io)).complete(world, rest, { ...reach, described: first === '__complete' });
  const found = await find(io, globals.args);
  if (found.kind === 'group' && found.stray !== undefined) throw (await loadAsides(io)).strayFlag(found, found.stray);
  if (found.kind === 'group' && found.isSpaced) await err.line('');
  if (found.kind === 'group') return showHelp(found.path, found.isPlugin || found.rest.includes('--help') ? out : err);
  // The flag is docker's own: a command that is known does not see it.
  if (found.kind === 'unknown' && globals.values.version && found.path.length === 0) return sayVersion();
  if (found.kind === 'unknown' && found.isPlugin) {
    await showHelp(found.path, out);
    throw new CliError(`ERROR: unknown command: ${JSON.stringify(found.word)}`);
  }
  if (found.kind === 'unknown' && globals.args.includes('--help')) return showHelp(found.path, out);
  // A word that nobody knows is an argument of docker's own, and so are the flags behind it.
  if (found.kind === 'unknown' && found.path.length === 0) await parseGlobals(argv, io, { interspersed: true });
  if (found.kind === 'unknown') throw new UsageError((await loadAsides(io)).unknownCommand(found), 1);
  const { config, debug, host, context } = globals.values;
  if (host.length > 1) throw (await loadAsides(io)).secondHost(host);
  if (host.length > 0 && context !== '') throw new CliError('conflicting options: cannot specify both --host and --context');
  return runCommand(world, { found, where: whereOf(globals.values), config, debug, tls: globals.values });
}

/** Which engine the global flags name. */
const whereOf = ({ host, context }: { readonly host: readonly string[]; readonly context: string }): Where => ({
  ...(host.length === 0 ? {} : { host: host.at(-1) ?? '' }),
  ...(context === '' ? {} : { context }),
});

async function parseGlobals(argv: readonly string[], io: Io, options: { readonly interspersed: boolean }) {
  const table = GLOBAL_FLAGS(io);
  try {
    return parseFlags(table, argv, options);
  } catch (error) {
    throw error instanceof FlagError ? (await loadAsides(io)).globalMistake(error) : error;
  }
}

type FoundCommand = Extract<Found, { kind: 'command' }>;

interface Run {
  readonly found: FoundCommand;
  readonly where: Where;
  readonly config: string;
  readonly debug: boolean;
  readonly tls: TlsFlags;
}

interface TlsFlags {
  readonly tls: boolean;
  readonly tlsverify: boolean;
  readonly tlscacert: string;
}

/** Runs a command; a plugin says of its own errors that they are errors. */
async function runCommand(world: World, run: Run): Promise<number> {
  const { command } = run.found;
  if (command.notice !== undefined) await world.err.line(command.notice);
  try {
    return await parseAndRun(world, run);
  } catch (error) {
    if (!isPlugin(command) || !(error instanceof CliError) || error.message === '' || error.status === FLAG_ERROR_STATUS) throw error;
    throw new CliError(`ERROR: ${error.message}`, error.status);
  }
}

const isPlugin = ({ as }: { readonly as?: string }): boolean => as?.startsWith('buildx ') === true;

async function parseAndRun(world: World, { found, where, config: directory, debug, tls }: Run): Promise<number> {
  const { command, path } = found;
  await fetchFor(command.flags, found.rest, (code) => loadCode(world.io, code));
  const parsed = await parseCommand(world.io, found);
  if (parsed.help !== false) {
    if (parsed.help === 'shorthand') await world.out.line(SHORTHAND);
    await (await loadAsides(world.io)).sayHelp(world, command, path);
    return 0;
  }
  for (const name of parsed.changed) {
    const instead = (command.flags as FlagTable)[name]?.deprecated;
    if (instead !== undefined) await world.out.line(`Flag --${name} has been deprecated, ${instead}`);
  }
  checkArgs(command, command.as ?? path, parsed.args);
  const config = await loadConfig(world.io, configDirectory(world.io, directory));
  if (config.fault !== undefined) await world.err.line(`WARNING: Error parsing config file (${config.path}): ${config.fault}`);
  checkAliases(config);
  // Who only looks after contexts needs no engine, and none that can be found.
  const endpoint = path.startsWith('context ') ? parseEndpoint(DEFAULT_HOST) : await endpointOf(world.io, config, { where, tls });
  const http = new DockerHttp(world.io, endpoint);
  const context: Context = {
    ...world,
    client: await clientFor(world.io, command, http),
    config,
    args: parsed.args,
    flags: parsed.values,
    changed: parsed.changed,
    path: `docker ${path}`,
    debug,
    contextName: currentContext(world.io, config, where),
  };
  try {
    return (await (command.run as (context: Context) => Promise<Status>)(context)) ?? 0;
  } finally {
    http.close();
  }
}

/** What the command knows of the engine. */
async function clientFor(io: Io, { client }: FoundCommand['command'], http: DockerHttp): Promise<DockerClient> {
  if (client === 'run') return runClient(http) as DockerClient;
  return (await loadCode(io, () => import('./client/index.ts'))).resources(http);
}

/** A plugin may stand in for a command, but for this one alone. */
function checkAliases({ data: { aliases = {} } }: ConfigFile): void {
  const wrong = Object.keys(aliases).find((name) => name !== 'builder');
  if (wrong !== undefined)
    throw new CliError(`not allowed to alias ${JSON.stringify(wrong)} (allowed: map[string]struct {}{"builder":struct {}{}})`);
}

async function endpointOf(
  io: Io,
  config: ConfigFile,
  { where, tls }: { readonly where: Where; readonly tls: TlsFlags },
): Promise<Endpoint> {
  const authority = tls.tlscacert || `${config.directory}/ca.pem`;
  const isVerified = tls.tlsverify || (io.env.get('DOCKER_TLS_VERIFY') ?? '') !== '';
  if ((tls.tls || isVerified) && io.files.stat(authority) === null)
    throw new CliError(`Failed to initialize: unable to resolve docker endpoint: open ${authority}: no such file or directory`);
  const host = await hostOf(io, config, where);
  try {
    return parseEndpoint(host);
  } catch (error) {
    throw error instanceof CliError ? new CliError(`Failed to initialize: ${error.message}`) : error;
  }
}

async function parseCommand(io: Io, { command, path, rest }: FoundCommand) {
  try {
    return parseFlags(command.flags, rest, command.interspersed === undefined ? {} : { interspersed: command.interspersed });
  } catch (error) {
    throw error instanceof FlagError ? (await loadAsides(io)).flagMistake(error, command, path) : error;
  }
}
