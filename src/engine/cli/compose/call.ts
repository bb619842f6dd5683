/** Commands of `docker container` that do the work of one of Compose's on a container of a service. */
import type { Command, Status } from '../command/command.ts';
import { fetchFor, parseFlags } from '../flags/index.ts';
import { loadCode } from '../io.ts';
import type { ComposeContext } from './command.ts';

/** Runs another command of the client with these words, in this command's place. */
export async function call(context: ComposeContext, command: Command, words: readonly string[]): Promise<Status> {
  await fetchFor(command.flags, words, (code) => loadCode(context.io, code));
  const { values, changed, args } = parseFlags(
    command.flags,
    words,
    command.interspersed === undefined ? {} : { interspersed: command.interspersed },
  );
  return (command.run as (context: unknown) => Promise<Status>)({ ...context, flags: values, changed, args });
}
