/** The `registry` image's program: the distribution protocol over the files of its container, as its configuration says. */
import { type Handler, serveConnection } from '../../../http/index.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Program, Sys } from '../../../kernel/sys.ts';
import { fileStorage, filesOver } from '../../../registry/server/file-storage.ts';
import { collectGarbage } from '../../../registry/server/garbage.ts';
import { registryHandler } from '../../../registry/server/handler.ts';
import { asReference } from '../../../registry/server/reference.ts';
import { duplexOf } from '../../../userland/duplex.ts';
import { addressText, listenOn } from '../../../userland/net/streams.ts';
import { decode, say } from '../../../userland/program-io.ts';
import { htpasswdAccounts } from './htpasswd.ts';
import { createLog, type Log, withAccessLog } from './log.ts';
import { ConfigurationError, override, parseSettings, type RegistrySettings, readSettings } from './settings.ts';

const NS_PER_SECOND = 1_000_000_000n;
const USAGE = `\`registry\`

Usage:
  registry [flags]
  registry [command]

Available Commands:
  garbage-collect \`garbage-collect\` deletes layers not referenced by any manifests
  help            Help about any command
  serve           \`serve\` stores and distributes Docker images

Flags:
  -h, --help      help for registry
  -v, --version   show the version and exit

Use "registry [command] --help" for more information about a command.
`;
const NO_SECRET =
  'No HTTP secret provided - generated random secret. This may cause problems with uploads if multiple registries are behind a load-balancer. To provide a shared secret, fill in http.secret in the configuration file or set the REGISTRY_HTTP_SECRET environment variable.';

/** Versions differ in what they list first; the argument is the one of the image. */
export const registryServer =
  (version: string): Program =>
  async (sys) => {
    const [, verb, ...words] = sys.argv;
    const flags = words.filter((word) => word.startsWith('-'));
    const file = words.find((word) => !word.startsWith('-')) ?? sys.env.get('REGISTRY_CONFIGURATION_PATH');
    if (verb === '--version' || verb === '-v') return told(sys, `registry github.com/distribution/distribution/v3 v${version}\n`);
    if (verb === undefined || verb === 'help' || verb === '--help' || verb === '-h') return told(sys, USAGE);
    if (verb !== 'serve' && verb !== 'garbage-collect') {
      await say(sys, 2, `Error: unknown command "${verb}" for "registry"\nRun 'registry --help' for usage.\n`);
      return 1;
    }
    try {
      const settings = load(sys, file);
      return verb === 'serve' ? await serve(sys, { settings, version }) : await sweep(sys, settings, flags);
    } catch (error) {
      if (!(error instanceof ConfigurationError) && !isErrno(error)) throw error;
      await say(sys, 2, `configuration error: ${error.message}\n\nUsage:\n  registry ${verb} <config> [flags]\n`);
      return 1;
    }
  };

async function told(sys: Sys, text: string): Promise<number> {
  await say(sys, 1, text);
  return 0;
}

/** Throws ConfigurationError. */
function load(sys: Sys, file: string | undefined): RegistrySettings {
  if (file === undefined) throw new ConfigurationError('configuration path unspecified');
  try {
    const tree = parseSettings(decode(sys.path.readFile(file)));
    override(tree, sys.env);
    return readSettings(tree);
  } catch (error) {
    if (isErrno(error)) throw new ConfigurationError(`open ${file}: ${error.message.toLowerCase()}`);
    if (error instanceof ConfigurationError) throw new ConfigurationError(`error parsing ${file}: ${error.message}`);
    throw error;
  }
}

interface Serving {
  readonly settings: RegistrySettings;
  readonly version: string;
}

const storageOf = (sys: Sys, { settings, version }: Serving): ReturnType<typeof fileStorage> =>
  fileStorage(filesOver(sys.path), { root: settings.root, sortsTags: !version.startsWith('2.') });

async function serve(sys: Sys, serving: Serving): Promise<number> {
  const { settings, version } = serving;
  const log = createLog(sys, version);
  const { ip, port, canDelete, htpasswd } = settings;
  const ended = sys.queue();
  sys.on('SIGPIPE', 'ignore');
  for (const signal of ['SIGTERM', 'SIGINT'] as const) sys.on(signal, () => ended.wake());
  const major = version.startsWith('2.') ? 2 : 3;
  const registry = registryHandler(storageOf(sys, serving), {
    scheme: 'http',
    canDelete,
    reference: major,
    random: sys.random,
    load: (code) => sys.stall(code),
    now: () => Number(sys.clock.nowNs() / NS_PER_SECOND),
    ...(htpasswd ? { auth: { kind: 'basic', realm: htpasswd.realm, accounts: htpasswdAccounts(sys, htpasswd.path) } } : {}),
  });
  const handler = asReference(registry, { major, headers: settings.headers });
  const listening = listenOn(sys, { ip, port });
  sys.thread(() => acceptAll(sys, listening, handler));
  await announce(log, settings);
  await ended.wait();
  return 0;
}

async function announce(log: Log, { ip, port, hasSecret }: RegistrySettings): Promise<void> {
  if (!hasSecret) await log.warning(NO_SECRET);
  await log.info('redis not configured');
  await log.info('using inmemory blob descriptor cache');
  await log.info(`listening on ${addressText(ip, port)}`);
}

async function converse(sys: Sys, fd: Fd, handler: Handler): Promise<void> {
  const connection = duplexOf(sys, fd);
  try {
    await serveConnection(connection, withAccessLog(sys, peerOf(sys, fd), handler), { headers: () => [['Date', httpDate(sys)]] });
  } catch (error) {
    if (!isErrno(error, 'EPIPE', 'ECONNRESET', 'ENOTCONN')) throw error;
  }
  connection.abort();
}

const httpDate = (sys: Sys): string => new Date(Number(sys.clock.nowNs() / 1_000_000n)).toUTCString();

/** Whose connection it is, as the access log has it. */
function peerOf(sys: Sys, fd: Fd): string {
  const peer = sys.net.peer(fd);
  return peer.family === 'unix' ? '@' : peer.ip.replace(/^::ffff:/, '');
}

async function acceptAll(sys: Sys, listening: Fd, handler: Handler): Promise<void> {
  for (;;) {
    try {
      const fd = await sys.accept(listening);
      sys.thread(() => converse(sys, fd, handler));
    } catch (error) {
      if (isErrno(error, 'EBADF')) return;
      if (!isErrno(error, 'EINTR', 'ECONNABORTED')) throw error;
    }
  }
}

/** `registry garbage-collect [--dry-run] [--delete-untagged] [--quiet] CONFIG`. */
async function sweep(sys: Sys, { root }: RegistrySettings, flags: readonly string[]): Promise<number> {
  const given = (short: string, long: string): boolean => flags.some((flag) => flag === short || flag === long || flag === `${long}=true`);
  const lines = collectGarbage(filesOver(sys.path), {
    root,
    isDryRun: given('-d', '--dry-run'),
    deletesUntagged: given('-m', '--delete-untagged'),
  });
  if (!given('-q', '--quiet')) await say(sys, 1, lines.map((line) => `${line}\n`).join(''));
  return 0;
}
