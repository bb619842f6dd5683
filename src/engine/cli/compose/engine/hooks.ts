/** Commands that a service wants to be run in its containers when they have started, and before they stop. Upstream: compose pkg/compose/hook.go. */
import type { ContainerSummary } from '../../../api-types/index.ts';
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
export async function runHooks(context: ComposeContext, { Id }: ContainerSummary, { service, when, output }: Hooks): Promise<void> {
  for (const hook of service[when] ?? []) {
    const code = await runHook(context, Id, { hook, tty: service.tty ?? false, output: output?.() });
    if (code !== 0) throw new CliError(`${service.name} hook exited with status ${code}`);
  }
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
