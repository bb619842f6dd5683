import type { ExecCreateRequest } from '../../../api-types/index.ts';
import { CliError } from '../../errors.ts';
import { bool, list, string } from '../../flags/index.ts';
import { holdSession } from '../../stream/hold.ts';
import { followSize } from '../../stream/resize.ts';
import { atLeast, type Context, command } from '../command.ts';
import { checkTerminal, detachKeysOf } from './attach-session.ts';
import { keyValues } from './key-values.ts';

export const exec = command({
  names: ['container exec', 'exec'],
  summary: 'Execute a command in a running container',
  usage: '[OPTIONS] CONTAINER COMMAND [ARG...]',
  args: atLeast(2),
  complete: 'unpaused-containers',
  valueKinds: { env: 'variables', 'env-file': 'files' },
  interspersed: false,
  flags: {
    detach: bool('Detached mode: run command in the background', { short: 'd' }),
    'detach-keys': string('Override the key sequence for detaching a container'),
    env: list('Set environment variables', { short: 'e', check: 'env' }),
    'env-file': list('Read in a file of environment variables'),
    interactive: bool('Keep STDIN open even if not attached', { short: 'i' }),
    privileged: bool('Give extended privileges to the command'),
    tty: bool('Allocate a pseudo-TTY', { short: 't' }),
    user: string('Username or UID (format: "<name|uid>[:<group|gid>]")', { short: 'u' }),
    workdir: string('Working directory inside the container', { short: 'w' }),
  },
  run: async (context) => {
    const {
      io,
      client,
      args: [name = '', ...words],
      flags,
    } = context;
    const env = await keyValues(io, { flag: '', files: flags['env-file'], given: flags.env, fromEnv: true });
    const attach = !flags.detach;
    const keys = detachKeysOf(context, flags['detach-keys']);
    await client.containers.inspect(name);
    if (attach) checkTerminal(context, { stdin: flags.interactive, tty: flags.tty });
    const size = flags.tty && io.stdout.isTerminal ? io.stdout.size() : null;
    const body: ExecCreateRequest = {
      User: flags.user,
      Privileged: flags.privileged,
      Tty: flags.tty,
      ...(size === null ? {} : { ConsoleSize: [size.rows, size.columns] as const }),
      AttachStdin: attach && flags.interactive,
      AttachStderr: attach,
      AttachStdout: attach,
      DetachKeys: keys.text,
      Env: env.length === 0 ? null : env,
      WorkingDir: flags.workdir,
      Cmd: words,
    };
    const { Id } = await client.execs.create(name, body);
    if (Id === '') throw new CliError('exec ID empty');
    if (flags.detach) {
      await client.execs.start(Id, { Detach: true, Tty: flags.tty });
      return 0;
    }
    return attachExec(context, { id: Id, body, keys: keys.bytes });
  },
});

async function attachExec(context: Context, exec: { id: string; body: ExecCreateRequest; keys: Uint8Array }): Promise<number> {
  const { io, client, interrupts } = context;
  const { Tty = false, AttachStdin, ConsoleSize } = exec.body;
  // Without a terminal ^C ends the client only: the process inside lives on.
  interrupts.behave(0);
  const { connection } = await client.execs.attach(exec.id, { Detach: false, Tty, ...(ConsoleSize === undefined ? {} : { ConsoleSize }) });
  if (Tty && io.stdin.isTerminal) await followSize(io, (size) => client.execs.resize(exec.id, size));
  const stdin = AttachStdin === true ? io.stdin : null;
  const ended = await holdSession(io, { connection, tty: Tty, stdin, stdout: io.stdout, stderr: io.stderr, keys: exec.keys });
  if (ended === 'detached') throw new CliError('read escape sequence');
  const { ExitCode } = await client.execs.inspect(exec.id);
  return ExitCode ?? 0;
}
