import type { ContainerInspect } from '../../../api-types/index.ts';
import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { holdSession } from '../../stream/hold.ts';
import { followSize } from '../../stream/resize.ts';
import { type Context, command, exactly } from '../command.ts';
import { checkTerminal, detachKeysOf } from './attach-session.ts';

export const attach = command({
  names: ['container attach', 'attach'],
  summary: 'Attach local standard input, output, and error streams to a running container',
  usage: '[OPTIONS] CONTAINER',
  args: exactly(1),
  complete: 'unpaused-containers',
  flags: {
    'detach-keys': string('Override the key sequence for detaching a container'),
    'no-stdin': bool('Do not attach STDIN'),
    'sig-proxy': bool('Proxy all received signals to the process', { initial: true }),
  },
  run: async (context) => {
    const {
      io,
      client,
      args: [name = ''],
      flags,
      interrupts,
    } = context;
    const keys = detachKeysOf(context, flags['detach-keys']);
    const waiting = await client.containers.wait(name);
    const container = await inspectRunning(context, name);
    const tty = container.Config.Tty;
    const stdin = !flags['no-stdin'] && container.Config.OpenStdin;
    checkTerminal(context, { stdin, tty });
    interrupts.behave('stay');
    if (flags['sig-proxy'] && !tty) interrupts.forward((signal) => client.containers.kill(name, signal).catch(() => null));
    const { connection } = await client.containers.attach(name, { stream: true, stdin, stdout: true, stderr: true, detachKeys: keys.text });
    // It may have ended between the look at it and now: then nothing would ever come.
    await inspectRunning(context, name);
    if (tty && io.stdout.isTerminal) await followSize(io, (size) => redraw(context, name, size));
    const ended = await holdSession(io, {
      connection,
      tty,
      stdin: stdin ? io.stdin : null,
      stdout: io.stdout,
      stderr: io.stderr,
      keys: keys.bytes,
    });
    if (ended === 'detached') throw new CliError('read escape sequence');
    const result = await waiting.done();
    if (result.Error !== undefined) throw new CliError(result.Error.Message);
    return result.StatusCode;
  },
});

async function inspectRunning({ client }: Pick<Context, 'client'>, name: string): Promise<ContainerInspect> {
  const container = await client.containers.inspect(name);
  if (!container.State.Running) throw new CliError('cannot attach to a stopped container, start it first');
  if (container.State.Paused) throw new CliError('cannot attach to a paused container, unpause it first');
  if (container.State.Restarting) throw new CliError('cannot attach to a restarting container, wait until it is running');
  return container;
}

/** A size that is off by one first: the program inside notices a change, and draws itself again. */
async function redraw({ client }: Pick<Context, 'client'>, name: string, size: { rows: number; columns: number }): Promise<void> {
  await client.containers.resize(name, { rows: size.rows + 1, columns: size.columns + 1 });
  await client.containers.resize(name, size);
}
