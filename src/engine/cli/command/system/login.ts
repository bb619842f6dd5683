import { encodeBase64 } from '../../../http/base64.ts';
import { authOf } from '../../config/config-file.ts';
import { CliError, DaemonError } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { printNote } from '../../note.ts';
import { readLine, readSecret } from '../../prompt.ts';
import { decodeText, encodeText } from '../../text.ts';
import { atMost, type Context, command } from '../command.ts';
import { notYet } from '../not-yet.ts';
import { HUB, serverName } from './registry-server.ts';

const UNENCRYPTED = (path: string) =>
  `\nWARNING! Your credentials are stored unencrypted in '${path}'.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/go/credential-store/\n\n`;

const UNAUTHORIZED = 401;
const REGISTER =
  "Log in with your Docker ID or email address to push and pull images from Docker Hub. If you don't have a Docker ID, head over to https://hub.docker.com/ to create one.";
const TOKEN =
  'You can log in with your password or a Personal Access Token (PAT). Using a limited-scope PAT grants better security and is required for organizations using SSO. Learn more at https://docs.docker.com/go/access-tokens/';
const TOKEN_NOTE =
  'A Personal Access Token (PAT) can be used instead.\nTo create a PAT, visit \x1b[4mhttps://app.docker.com/settings\x1b[0m\n\n';

interface Account {
  readonly username: string;
  readonly password: string;
}

export const login = command({
  names: ['login'],
  summary: 'Authenticate to a registry',
  description: 'Authenticate to a registry.\nDefaults to Docker Hub if no server is specified.',
  usage: '[OPTIONS] [SERVER]',
  args: atMost(1),
  flags: {
    password: string('Password or Personal Access Token (PAT), or "-" to read from stdin', { short: 'p' }),
    'password-stdin': bool('Take the Password or Personal Access Token (PAT) from stdin'),
    username: string('Username', { short: 'u' }),
  },
  run: async (context) => {
    const {
      args: [server = ''],
      config,
      changed,
      out,
      interrupts,
    } = context;
    interrupts.behave(0);
    checkFlags(context.flags, changed);
    const name = serverName(server);
    const given = await givenAccount(context, context.flags);
    const stored = authOf(config, name);
    const isAsked = given.username === '' && given.password === '';
    const known = isAsked && stored.username && stored.password ? { username: stored.username, password: stored.password } : undefined;
    const status = (known && (await loginAgain(context, name, known))) ?? (await loginAnew(context, name, given));
    await out.line(status === '' ? 'Login Succeeded' : status);
  },
});

interface LoginFlags {
  readonly username: string;
  readonly password: string;
  readonly 'password-stdin': boolean;
}

function checkFlags({ username, password, 'password-stdin': fromStdin }: LoginFlags, changed: ReadonlySet<string>): void {
  if (fromStdin || password === '-') {
    if (changed.has('password') && password !== '-')
      throw new CliError('conflicting options: cannot specify both --password and --password-stdin');
    if (!changed.has('username')) throw new CliError('the --password-stdin option requires --username to be set');
  }
  if (changed.has('username') && username === '') throw new CliError('username is empty');
  if (changed.has('password') && password === '') throw new CliError('password is empty');
}

/** What the command line tells. */
async function givenAccount({ io, err }: Context, { username, password, 'password-stdin': fromStdin }: LoginFlags): Promise<Account> {
  if (!fromStdin && password !== '-') {
    if (password !== '') await err.line('WARNING! Using --password via the CLI is insecure. Use --password-stdin.');
    return { username, password };
  }
  const pieces: string[] = [];
  for (let piece = await io.stdin.read(); piece !== null; piece = await io.stdin.read()) pieces.push(decodeText(piece));
  const secret = pieces.join('').replace(/(\r\n|\n|\r)$/, '');
  if (secret.trim() === '') throw new CliError('password is empty');
  return { username, password: secret };
}

/** With what is stored; undefined if that is not taken any more. */
async function loginAgain({ client, err }: Context, server: string, account: Account): Promise<string | undefined> {
  await err.line(`Authenticating with existing credentials... [Username: ${account.username}]`);
  await printNote(err, "To login with a different account, run 'docker logout' followed by 'docker login'");
  await err.text('\n\n');
  try {
    return (await client.system.login({ ...account, serveraddress: server })).Status;
  } catch (error) {
    if (!(error instanceof DaemonError)) throw error;
    const isRefused = error.httpStatus === UNAUTHORIZED;
    await err.line(isRefused ? 'Stored credentials invalid or expired' : `Login did not succeed, error: ${error.message}`);
    return undefined;
  }
}

async function loginAnew(context: Context, server: string, given: Account): Promise<string> {
  const { client, config, err } = context;
  const stored = authOf(config, server);
  const account = await askAccount(context, { server, given, usual: stored.username ?? '' });
  const answer = await client.system.login({ ...account, serveraddress: server });
  checkHelper(context, server);
  const auth = encodeBase64(encodeText(`${account.username}:${account.password}`));
  config.save({ auths: { ...config.data.auths, [server]: { auth } } });
  if (stored.username === undefined) await err.text(UNENCRYPTED(`${config.directory}/config.json`));
  return answer.Status;
}

/** Passwords are kept by a program, if the configuration names one. Throws CliError. */
function checkHelper({ config: { data }, io }: Context, server: string): void {
  const helper = data.credHelpers?.[server] ?? data.credsStore ?? '';
  if (helper === '') return;
  const program = `docker-credential-${helper}`;
  const path = (io.env.get('PATH') ?? '').split(':');
  if (path.some((directory) => io.files.stat(`${directory}/${program}`)?.type === 'file')) throw notYet(`the credential helper ${program}`);
  throw new CliError(
    `error saving credentials: error storing credentials - err: exec: "${program}": executable file not found in $PATH, out: \`\``,
  );
}

interface Question {
  readonly server: string;
  readonly given: Account;
  /** Who logged in last. */
  readonly usual: string;
}

/** Asks for what the command line did not tell. */
async function askAccount(context: Context, { server, given, usual }: Question): Promise<Account> {
  const { io, out, err } = context;
  const isHub = server === HUB;
  if ((given.username === '' || given.password === '') && !io.stdin.isTerminal)
    throw new CliError('error: cannot perform an interactive login from a non-TTY device');
  if (isHub && given.username === '' && given.password === '')
    await err.text('Failed to start web-based login - falling back to command line login...\n\n');
  const username = given.username.trim() || (await askUsername(context, { isHub, usual }));
  if (given.password.trim() !== '') return { username, password: given.password };
  if (isHub) await printNote(err, TOKEN_NOTE);
  await out.text('Password: ');
  const password = (await readSecret(io, out)) ?? '';
  if (password === '') throw new CliError('error: password is required');
  return { username, password };
}

async function askUsername({ io, out }: Context, { isHub, usual }: { readonly isHub: boolean; readonly usual: string }): Promise<string> {
  if (isHub) await out.text(`${REGISTER}\n${TOKEN}\n\n`);
  await out.text(usual === '' ? 'Username: ' : `Username (${usual}): `);
  const username = ((await readLine(io)) ?? '').trim() || usual;
  if (username === '') throw new CliError('error: username is required');
  return username;
}
