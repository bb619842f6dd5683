/** What clients are told: by files, by the environment, by the command line. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { userName } from '../../coreutils/users.ts';
import { leave } from '../../net/text.ts';
import { OptionError, type OptionSpec, type Options, parseOptions } from '../../options.ts';
import { LineReader, say, toText } from '../../program-io.ts';
import type { Target } from './client.ts';
import { readOptionFiles } from './option-files.ts';
import type { MysqlError } from './sql/errors.ts';

/** What all clients take. */
const COMMON: OptionSpec = {
  short: 'h:u:p::P:S:?VvsfC',
  long: {
    host: 'h:',
    user: 'u:',
    password: 'p::',
    port: 'P:',
    socket: 'S:',
    protocol: '--protocol:',
    help: '?',
    version: 'V',
    verbose: 'v',
    silent: 's',
    force: 'f',
    compress: 'C',
    'default-character-set': '--default-character-set:',
    'ssl-mode': '--ssl-mode:',
    'ssl-ca': '--ssl-ca:',
    'connect-timeout': '--connect-timeout:',
    'get-server-public-key': '--get-server-public-key',
    'default-auth': '--default-auth:',
    'login-path': '--login-path:',
    'skip-ssl': '--skip-ssl',
  },
};

export const specWith = ({ short, long }: OptionSpec): OptionSpec => ({ short: COMMON.short + short, long: { ...COMMON.long, ...long } });

const UNKNOWN_STATUS = 2;

/** Reads files and arguments; a number is the status to leave with. */
export async function clientOptions(sys: Sys, program: string, spec: OptionSpec): Promise<Options | number> {
  const { fromFiles, args } = readOptionFiles(sys, sys.argv.slice(1), ['client', program]);
  try {
    const known = fromFiles.filter(({ name }) => Object.hasOwn(spec.long ?? {}, name));
    const words = known.map(({ name, value }) => (value === undefined ? `--${name}` : `--${name}=${value}`));
    const options = parseOptions([...words, ...args], spec);
    // A password that stands on the command line is there for everybody to see.
    const isShown = args.some((arg) => /^-p.|^--password=./.test(arg) || /^-[a-zA-Z]*[NBstvEHrf]p./.test(arg));
    if (isShown) await say(sys, 2, `${program}: [Warning] Using a password on the command line interface can be insecure.\n`);
    return options;
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    const message = error.message
      .replace(/^unrecognized option '(--[^']*)'$/, "unknown option '$1'")
      .replace(/^invalid option -- '(.)'$/, "unknown option '-$1'")
      .replace(/^option requires an argument -- '(.)'$/, `${program}: option '-$1' requires an argument`);
    return leave(sys, `${program}: [ERROR] ${message}.\n`, UNKNOWN_STATUS);
  }
}

/** Asks for a password, without showing it where that is possible. */
async function askPassword(sys: Sys): Promise<string> {
  let fd = 0;
  try {
    fd = await sys.open('/dev/tty', { read: true, write: true });
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  const isTerminal = sys.fds.isatty(fd);
  await say(sys, isTerminal && fd !== 0 ? fd : 2, 'Enter password: ');
  if (isTerminal) sys.tty.setMode(fd, { echo: false });
  const line = await new LineReader(sys, fd).next();
  if (isTerminal) {
    sys.tty.setMode(fd, { echo: true });
    await say(sys, fd === 0 ? 2 : fd, '\n');
  }
  if (fd !== 0) sys.fds.close(fd);
  return toText(line ?? '').replace(/\r$/, '');
}

const SOCKET = '/var/lib/mysql/mysql.sock';
const PORT = 3306;

/** Where to, and as whom. */
export async function targetOf(sys: Sys, options: Options, database = ''): Promise<Target> {
  const env = (name: string): string | undefined => sys.env.get(name) || undefined;
  const given = options.has('p') ? options.value('p') : undefined;
  const password = given === '' && !sys.argv.some((arg) => arg === '--password=') ? await askPassword(sys) : (given ?? env('MYSQL_PWD'));
  const protocol = options.value('--protocol')?.toLowerCase();
  return {
    host: options.value('h') ?? env('MYSQL_HOST') ?? 'localhost',
    port: Number(options.value('P') ?? env('MYSQL_TCP_PORT') ?? PORT),
    socket: options.value('S') ?? env('MYSQL_UNIX_PORT') ?? SOCKET,
    user: options.value('u') ?? userName(sys, sys.ids.get().euid) ?? 'root',
    password,
    database,
    needsTls: /^(required|verify_ca|verify_identity)$/i.test(options.value('--ssl-mode') ?? ''),
    protocol: protocol === 'tcp' || protocol === 'socket' ? protocol : undefined,
  };
}

/** `ERROR 1045 (28000): …` */
export const errorText = ({ code, state, message }: MysqlError, line?: number): string =>
  `ERROR ${code} (${state})${line === undefined ? '' : ` at line ${line}`}: ${message}\n`;
