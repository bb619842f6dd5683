/** Apache's `htpasswd`, as far as registries need it: bcrypt, the one kind of hash that they take. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Program, Sys } from '../../../kernel/sys.ts';
import { bcrypt, MAX_COST, matchesBcrypt } from '../../crypto/bcrypt.ts';
import { OptionError, type Options, parseOptions } from '../../options.ts';
import { decode, encode, LineReader, say } from '../../program-io.ts';

const DEFAULT_COST = 5;
const SALT_BYTES = 16;
const USAGE = `Usage:
	htpasswd [-cimB25dpsDv] [-C cost] [-r rounds] passwordfile username
	htpasswd -b[cmB25dpsDv] [-C cost] [-r rounds] passwordfile username password

	htpasswd -n[imB25dps] [-C cost] [-r rounds] username
	htpasswd -nb[mB25dps] [-C cost] [-r rounds] username password
`;
const STATUS = { file: 1, usage: 2, password: 3, username: 6 } as const;

class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const htpasswd: Program = async (sys) => {
  try {
    return await run(sys, parseOptions(sys.argv.slice(1), { short: 'cnbimBdpsDvC:r:25' }));
  } catch (error) {
    if (error instanceof OptionError) await say(sys, 2, USAGE);
    else if (error instanceof Refused) await say(sys, 2, `htpasswd: ${error.message}\n`);
    else if (isErrno(error)) await say(sys, 2, `htpasswd: ${error.message}\n`);
    else throw error;
    return error instanceof Refused ? error.status : error instanceof OptionError ? STATUS.usage : STATUS.file;
  }
};

async function run(sys: Sys, options: Options): Promise<number> {
  const onlyShown = options.has('n');
  const [file = '', user = '', given] = onlyShown ? ['', ...options.operands] : options.operands;
  if (options.operands.length !== 2 - Number(onlyShown) + Number(options.has('b'))) throw new OptionError();
  if (user.includes(':')) throw new Refused(STATUS.username, "username contains illegal character ':'");
  const lines = onlyShown || options.has('c') ? [] : await linesOf(sys, file);
  const others = lines.filter((line) => !line.startsWith(`${user}:`));
  const isNew = others.length === lines.length;
  if (options.has('D')) return remove(sys, { file, user, others, isNew });
  const password = given ?? (await ask(sys, options));
  if (options.has('v')) return verify(sys, { user, password, line: lines.find((line) => line.startsWith(`${user}:`)) });
  const line = `${user}:${hash(sys, options, password)}`;
  if (onlyShown) {
    await say(sys, 1, `${line}\n\n`);
    return 0;
  }
  write(sys, file, isNew ? [...lines, line] : lines.map((one) => (one.startsWith(`${user}:`) ? line : one)));
  await say(sys, 2, `${isNew ? 'Adding' : 'Updating'} password for user ${user}\n`);
  return 0;
}

async function linesOf(sys: Sys, file: string): Promise<readonly string[]> {
  if (!sys.path.access(file, {})) throw new Refused(STATUS.file, `cannot modify file ${file}; use '-c' to create it.`);
  return decode(sys.path.readFile(file))
    .split('\n')
    .filter((line) => line.trim() !== '');
}

const write = (sys: Sys, file: string, lines: readonly string[]): void =>
  sys.path.writeFile(file, encode(lines.map((line) => `${line}\n`).join('')));

function hash(sys: Sys, options: Options, password: string): string {
  if (!options.has('B')) throw new Refused(STATUS.usage, 'this htpasswd makes bcrypt hashes only: add -B.');
  const cost = Number(options.value('C') ?? DEFAULT_COST);
  if (!Number.isInteger(cost) || cost < 4 || cost > MAX_COST)
    throw new Refused(STATUS.usage, `Unable to encode with bcrypt: cost must be between 4 and ${MAX_COST}.`);
  return bcrypt(password, { cost, salt: sys.random.bytes(SALT_BYTES) });
}

interface Removal {
  readonly file: string;
  readonly user: string;
  readonly others: readonly string[];
  readonly isNew: boolean;
}

async function remove(sys: Sys, { file, user, others, isNew }: Removal): Promise<number> {
  if (!isNew) write(sys, file, others);
  await say(sys, 2, isNew ? `User ${user} not found\n` : `Deleting password for user ${user}\n`);
  return isNew ? STATUS.username : 0;
}

async function verify(sys: Sys, { user, password, line }: { user: string; password: string; line: string | undefined }): Promise<number> {
  if (line === undefined) {
    await say(sys, 2, `User ${user} not found\n`);
    return STATUS.username;
  }
  const isRight = matchesBcrypt(password, line.slice(user.length + 1));
  await say(sys, 2, isRight ? `Password for user ${user} correct.\n` : 'password verification failed\n');
  return isRight ? 0 : STATUS.password;
}

/** The password from the terminal, twice, or (`-i`) from what comes in. */
async function ask(sys: Sys, options: Options): Promise<string> {
  const lines = new LineReader(sys, 0);
  if (options.has('i') || !sys.fds.isatty(0)) return (await lines.next()) ?? '';
  const before = sys.tty.mode(0);
  sys.tty.setMode(0, { echo: false });
  const line = async (question: string): Promise<string> => {
    await say(sys, 2, question);
    const text = (await lines.next()) ?? '';
    await say(sys, 2, '\n');
    return text;
  };
  const first = await line(options.has('v') ? 'Enter password: ' : 'New password: ');
  const second = options.has('v') ? first : await line('Re-type new password: ');
  sys.tty.setMode(0, before);
  if (first !== second) throw new Refused(STATUS.password, 'password verification error');
  return first;
}
