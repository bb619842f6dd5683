import type { ContainerCreateRequest } from '../../../api-types/index.ts';
import type { RunClient } from '../../client/run.ts';
import { CliError, isNotModified } from '../../errors.ts';
import type { FlagValues } from '../../flags/index.ts';
import { bool, string } from '../../flags/index.ts';
import { loadCode } from '../../io.ts';
import { type Ended, holdSession } from '../../stream/hold.ts';
import { followSize } from '../../stream/resize.ts';
import { atLeast, type Context, command } from '../command.ts';
import { checkTerminal, detachKeysOf } from './attach-session.ts';
import { checkPull, createContainer } from './create-container.ts';
import { CREATE_FLAGS, CREATE_VALUE_KINDS, CREATE_VALUES } from './create-flags.ts';
import { createRequest } from './create-request.ts';

const RUN_FLAGS = {
  ...CREATE_FLAGS,
  detach: bool('Run container in background and print container ID', { short: 'd' }),
  'detach-keys': string('Override the key sequence for detaching a container'),
  pull: string('Pull image before running ("always", "missing", "never")', { initial: 'missing' }),
  'sig-proxy': bool('Proxy received signals to the process', { initial: true }),
};
type RunContext = Context<FlagValues<typeof RUN_FLAGS>, RunClient>;

export const run = command({
  names: ['container run', 'run'],
  summary: 'Create and run a new container from an image',
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  args: atLeast(1),
  complete: 'images',
  completeMost: 1,
  interspersed: false,
  values: CREATE_VALUES,
  valueKinds: { ...CREATE_VALUE_KINDS, 'detach-keys': 'detach-keys' },
  flags: RUN_FLAGS,
  usages: async () => (await import('../container-usages.ts')).CREATE_USAGES,
  client: 'run',
  run: async (context: RunContext) => {
    const body = await build(context);
    if (context.flags.detach && context.flags.attach.length > 0)
      throw new CliError('conflicting options: cannot specify both --attach and --detach');
    if (!context.flags.detach) checkTerminal(context, { stdin: body.AttachStdin === true, tty: context.flags.tty });
    const keys = detachKeysOf(context, context.flags['detach-keys']);
    const id = await orRunError(context, () => createContainer(context, body));
    return context.flags.detach ? runDetached(context, id) : runAttached(context, { id, body, keys });
  },
});

/** What it fails with; told by code that is fetched for it. */
async function failure({ io, path }: RunContext, error: unknown, options: { readonly isBegun?: boolean } = {}): Promise<unknown> {
  return (await loadCode(io, () => import('./run-errors.ts'))).runError(error, path, options);
}

async function build(context: RunContext): Promise<ContainerCreateRequest> {
  try {
    checkPull(context.flags);
    const request = await createRequest({ ...context, detach: context.flags.detach });
    const { rows, columns } = context.io.stdout.isTerminal ? context.io.stdout.size() : { rows: 0, columns: 0 };
    return { ...request, HostConfig: { ...request.HostConfig, ConsoleSize: [rows, columns] } };
  } catch (error) {
    throw await failure(context, error, { isBegun: false });
  }
}

async function orRunError<Value>(context: RunContext, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    throw await failure(context, error);
  }
}

async function runDetached(context: RunContext, id: string): Promise<number> {
  const { client, flags, out } = context;
  const waiting = await client.containers.wait(id, flags.rm ? 'removed' : 'next-exit');
  // It is there, whether it starts or not.
  try {
    await orRunError(context, () => client.containers.start(id, { detachKeys: flags['detach-keys'] }));
  } finally {
    await out.line(id);
  }
  waiting.close();
  return 0;
}

interface Attached {
  readonly id: string;
  readonly body: ContainerCreateRequest;
  readonly keys: ReturnType<typeof detachKeysOf>;
}

/** Attach, wait, start: in this order, so that neither the first byte nor the end of a short life is missed. */
async function runAttached(context: RunContext, { id, body, keys }: Attached): Promise<number> {
  const { io, client, flags, interrupts } = context;
  interrupts.behave('stay');
  if (flags['sig-proxy'] && !flags.tty) interrupts.forward((signal) => forward(() => client.containers.kill(id, signal)));
  const attach = {
    stream: true,
    stdin: body.AttachStdin === true,
    stdout: body.AttachStdout === true,
    stderr: body.AttachStderr === true,
    detachKeys: keys.text,
  };
  const { connection } = await orRunError(context, () => client.containers.attach(id, attach));
  const waiting = await client.containers.wait(id, flags.rm ? 'removed' : 'next-exit');
  try {
    await client.containers.start(id);
  } catch (error) {
    connection.abort();
    if (flags.rm) await waiting.done();
    throw await failure(context, error);
  }
  if (flags.tty && io.stdout.isTerminal) await followSize(io, (size) => client.containers.resize(id, size));
  const ended: Ended = await holdSession(io, {
    connection,
    tty: flags.tty,
    stdin: attach.stdin ? io.stdin : null,
    stdout: attach.stdout ? io.stdout : null,
    stderr: attach.stderr ? io.stderr : null,
    keys: keys.bytes,
  });
  if (ended === 'detached') return 0;
  const result = await waiting.done();
  return result.StatusCode;
}

/** The container may have ended before the signal came. */
async function forward(send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!isNotModified(error) && !(error instanceof Error)) throw error as CliError;
  }
}
