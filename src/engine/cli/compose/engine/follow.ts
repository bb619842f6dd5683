/** What containers print, from their logs or live. */
import type { ContainerSummary } from '../../../api-types/index.ts';
import type { LogOptions } from '../../client/container-streams.ts';
import { CliError } from '../../errors.ts';
import { readFrames, readPlain } from '../../stream/frames.ts';
import type { ComposeContext } from '../command.ts';
import { logName } from './containers.ts';
import type { LogPrinter } from './log-printer.ts';

/** Prints a container's logs. All of it goes to standard output if `merged`. */
export async function printLogs(
  { client }: ComposeContext,
  printer: LogPrinter,
  { container, options, merged }: { readonly container: ContainerSummary; readonly options: LogOptions; readonly merged: boolean },
): Promise<void> {
  const { Config } = await client.containers.inspect(container.Id);
  const answer = await client.containers.logs(container.Id, options);
  const { stdout, stderr, end } = printer.streams(logName(container));
  const read = () => answer.readBody();
  if (Config.Tty) await readPlain(read, stdout);
  else await readFrames(read, { stdout, stderr: merged ? stdout : stderr });
  await end();
}

export interface Attached {
  /** Waits until nothing more comes. */
  ended(): Promise<void>;
  readonly isOpen: () => boolean;
}

/** Attaches to a container, before it starts or after: what it prints from now on is printed. */
export async function attachTo({ io, client }: ComposeContext, printer: LogPrinter, container: ContainerSummary): Promise<Attached> {
  const { Config } = await client.containers.inspect(container.Id);
  const { connection } = await client.containers.attach(container.Id, { stream: true, stdin: false, stdout: true, stderr: true });
  const { stdout, stderr, end } = printer.streams(logName(container));
  const read = () => connection.read();
  let open = true;
  const reader = io.spawn(async () => {
    if (Config.Tty) await readPlain(read, stdout);
    else await readFrames(read, { stdout, stderr });
    await end();
    open = false;
  });
  return { ended: () => reader.join(), isOpen: () => open };
}

/** Whether a container that has ended is being started again. */
export async function isRestarting({ client }: ComposeContext, id: string): Promise<boolean> {
  try {
    const { State } = await client.containers.inspect(id);
    return State.Restarting || State.Running;
  } catch (error) {
    if (error instanceof CliError) return false;
    throw error;
  }
}
