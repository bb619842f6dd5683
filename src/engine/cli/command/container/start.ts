import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { holdSession } from '../../stream/hold.ts';
import { followSize } from '../../stream/resize.ts';
import { atLeast, type Context, command } from '../command.ts';
import { checkTerminal, detachKeysOf } from './attach-session.ts';

export const start = command({
  names: ['container start', 'start'],
  summary: 'Start one or more stopped containers',
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  args: atLeast(1),
  complete: 'stopped-containers',
  flags: {
    attach: bool('Attach STDOUT/STDERR and forward signals', { short: 'a' }),
    'detach-keys': string('Override the key sequence for detaching a container'),
    interactive: bool("Attach container's STDIN", { short: 'i' }),
    checkpoint: string('Restore from this checkpoint', { hidden: 'here' }),
    'checkpoint-dir': string('Use a custom checkpoint storage directory', { hidden: 'here' }),
  },
  run: async (context) => {
    const { args, flags, changed } = context;
    for (const name of ['checkpoint', 'checkpoint-dir'])
      if (changed.has(name)) throw new CliError(`"--${name}" is only supported on a Docker daemon with experimental features enabled`);
    if (flags.attach || flags.interactive) {
      if (args.length > 1) throw new CliError('you cannot start and attach multiple containers at once');
      return startAttached(context, { name: args[0] ?? '', stdin: flags.interactive, keys: flags['detach-keys'] });
    }
    return startAll(context);
  },
});

/** Unlike other commands this one says each error at once, and names all that failed at the end. */
async function startAll({ client, args, out, err }: Context): Promise<void> {
  const failed: string[] = [];
  for (const name of args) {
    try {
      await client.containers.start(name);
      await out.line(name);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      await err.line(error.message);
      failed.push(name);
    }
  }
  if (failed.length > 0) throw new CliError(`failed to start containers: ${failed.join(', ')}`);
}

async function startAttached(context: Context, options: { name: string; stdin: boolean; keys: string }): Promise<number> {
  const { io, client, interrupts } = context;
  const container = await client.containers.inspect(options.name);
  const tty = container.Config.Tty;
  const keys = detachKeysOf(context, options.keys);
  const stdin = options.stdin && container.Config.OpenStdin;
  checkTerminal(context, { stdin, tty });
  interrupts.behave(0);
  if (!tty) interrupts.forward((signal) => client.containers.kill(container.Id, signal).catch(() => null));
  const { connection } = await client.containers.attach(container.Id, {
    stream: true,
    stdin,
    stdout: true,
    stderr: true,
    detachKeys: keys.text,
  });
  const waiting = await client.containers.wait(container.Id, container.HostConfig.AutoRemove ? 'removed' : 'next-exit');
  try {
    await client.containers.start(container.Id);
  } catch (error) {
    connection.abort();
    throw error;
  }
  if (tty && io.stdout.isTerminal) await followSize(io, (size) => client.containers.resize(container.Id, size));
  const ended = await holdSession(io, {
    connection,
    tty,
    stdin: stdin ? io.stdin : null,
    stdout: io.stdout,
    stderr: io.stderr,
    keys: keys.bytes,
  });
  return ended === 'detached' ? 0 : (await waiting.done()).StatusCode;
}
