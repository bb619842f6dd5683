import { decodeText, encodeBase64, encodeText } from '../../base64.ts';
import { authOf } from '../../config/config-file.ts';
import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { readLine, readSecret } from '../../prompt.ts';
import { atMost, type Context, command } from '../command.ts';
import { serverName } from './registry-server.ts';

const UNENCRYPTED = (path: string) =>
  `\nWARNING! Your credentials are stored unencrypted in '${path}'.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/go/credential-store/\n\n`;

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
      client,
      out,
      err,
      interrupts,
    } = context;
    interrupts.behave(0);
    const name = serverName(server);
    const given = await givenAccount(context, context.flags);
    const stored = authOf(config, name);
    const useStored = given.username === '' && given.password === '' && (stored.username ?? '') !== '';
    if (useStored)
      await out.text(
        `Authenticating with existing credentials... [Username: ${stored.username ?? ''}]\n\ni Info → To login with a different account, run 'docker logout' followed by 'docker login'\n\n\n`,
      );
    const account = useStored ? { username: stored.username ?? '', password: stored.password ?? '' } : await askAccount(context, given);
    const answer = await client.system.login({ ...account, serveraddress: name });
    if (!useStored) {
      config.save({
        auths: { ...config.data.auths, [name]: { auth: encodeBase64(encodeText(`${account.username}:${account.password}`)) } },
      });
      if (stored.username === undefined) await err.text(UNENCRYPTED(`${config.directory}/config.json`));
    }
    await out.line(answer.Status === '' ? 'Login Succeeded' : answer.Status);
  },
});

/** What the command line tells. */
async function givenAccount(
  { io, err }: Context,
  flags: { username: string; password: string; 'password-stdin': boolean },
): Promise<Account> {
  const { username, password } = flags;
  if (password !== '') {
    await err.line('WARNING! Using --password via the CLI is insecure. Use --password-stdin.');
    if (flags['password-stdin']) throw new CliError('conflicting options: cannot specify both --password and --password-stdin');
  }
  if (!flags['password-stdin']) return { username, password };
  if (username === '') throw new CliError('the --password-stdin option requires --username to be set');
  const pieces: string[] = [];
  for (let piece = await io.stdin.read(); piece !== null; piece = await io.stdin.read()) pieces.push(decodeText(piece));
  const secret = pieces.join('').replace(/\r?\n$/, '');
  if (secret === '') throw new CliError('password is empty');
  return { username, password: secret };
}

async function askAccount({ io, out }: Context, given: Account): Promise<Account> {
  if ((given.username === '' || given.password === '') && !io.stdin.isTerminal)
    throw new CliError('cannot perform an interactive login from a non TTY device');
  let { username, password } = given;
  if (username === '') {
    await out.text('Username: ');
    username = ((await readLine(io)) ?? '').trim();
    if (username === '') throw new CliError('error: non-null username required');
  }
  if (password === '') {
    await out.text('Password: ');
    password = (await readSecret(io, out)) ?? '';
    if (password === '') throw new CliError('error: password required');
  }
  return { username, password };
}
