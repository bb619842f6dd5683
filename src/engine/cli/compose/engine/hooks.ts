/** Commands that a service wants to be run in its containers when they have started, and before they stop. Upstream: compose pkg/compose/hook.go. */
import type { ContainerSummary } from '../../../api-types/index.ts';
import type { ClientResponse } from '../../../http/index.ts';
import { eachJsonLine } from '../../client/json-lines.ts';
import { CliError } from '../../errors.ts';
import type { OutputStream } from '../../io.ts';
import { readFrames, readPlain } from '../../stream/frames.ts';
import type { ComposeContext } from '../command.ts';
import type { Hook, Service } from '../project/types.ts';

const ASK_EVERY_MS = 100;

export interface HookOutput {
  readonly stream: OutputStream;
  end(): Promise<void>;
}

interface Hooks {
  readonly service: Service;
  readonly when: 'post_start' | 'pre_stop';
  /** Where the output goes; without it nobody looks. */
  readonly output?: (() => HookOutput) | undefined;
}

/** One after the other. Throws CliError for one that fails. */
export async function runHooks(
  context: ComposeContext,
  { Id }: Pick<ContainerSummary, 'Id'>,
  { service, when, output }: Hooks,
): Promise<void> {
  for (const hook of service[when] ?? []) {
    const code = await runHook(context, Id, { hook, tty: service.tty ?? false, output: output?.() });
    if (code !== 0) throw new CliError(`${service.name} hook exited with status ${code}`);
  }
}

/**
 * Starts a container, and runs its hooks beside it as soon as it has started. What the hooks fail with counts if it itself did not fail.
 * Upstream: compose pkg/compose/run.go runPostStartHooksOnEvent.
 */
export async function startWithHooks(
  context: ComposeContext,
  { id, service }: { readonly id: string; readonly service: Service },
  begin: () => Promise<number>,
): Promise<number> {
  if ((service.post_start ?? []).length === 0) return begin();
  const filters = new Map([
    ['type', ['container']],
    ['container', [id]],
    ['event', ['start']],
  ]);
  const events = await context.client.system.events({ since: undefined, until: undefined, filters });
  let fault: unknown;
  const hooks = context.io.spawn(async () => {
    try {
      if (await hasCome(events)) await runHooks(context, { Id: id }, { service, when: 'post_start' });
    } catch (error) {
      fault = error;
    }
  });
  try {
    const status = await begin();
    await hooks.join();
    if (status === 0 && fault !== undefined) throw fault;
    return status;
  } finally {
    events.close();
  }
}

/** Waits for the first message of a stream, if there is one before it is closed. */
async function hasCome(events: ClientResponse): Promise<boolean> {
  let came = false;
  try {
    await eachJsonLine(events, () => {
      came = true;
      events.close();
    });
  } catch (error) {
    // Closing is how it ends.
    if (!came) throw error;
  }
  return came;
}

interface Running {
  readonly hook: Hook;
  readonly tty: boolean;
  readonly output: HookOutput | undefined;
}

/** A command in a container; its exit code. */
export async function runHook(context: ComposeContext, container: string, { hook, tty, output }: Running): Promise<number> {
  const { client } = context;
  const { command, user, privileged, working_dir: cwd, environment = {} } = hook;
  const { Id: exec } = await client.execs.create(container, {
    User: user ?? '',
    Privileged: privileged ?? false,
    Env: Object.entries(environment).map(([name, value]) => (value === null ? name : `${name}=${value}`)),
    WorkingDir: cwd ?? '',
    Cmd: command ?? [],
    AttachStdout: output !== undefined,
    AttachStderr: output !== undefined,
  });
  if (output === undefined) await client.execs.start(exec, { Detach: true, Tty: tty });
  else await copyOutput(context, exec, { tty, output });
  if (output === undefined) await context.io.clock.sleep(ASK_EVERY_MS);
  return exitCode(context, exec);
}

async function copyOutput(
  { client }: ComposeContext,
  exec: string,
  { tty, output }: { readonly tty: boolean; readonly output: HookOutput },
): Promise<void> {
  const { connection } = await client.execs.attach(exec, { Detach: false, Tty: tty });
  const read = () => connection.read();
  if (tty) await readPlain(read, output.stream);
  else await readFrames(read, { stdout: output.stream, stderr: output.stream });
  await output.end();
}

/** There is no call that waits for it. */
export async function exitCode({ client, io }: ComposeContext, exec: string): Promise<number> {
  for (;;) {
    const { Running, ExitCode } = await client.execs.inspect(exec);
    if (!Running) return ExitCode ?? 0;
    await io.clock.sleep(ASK_EVERY_MS);
  }
}
