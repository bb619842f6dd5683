import type { Shell } from '../shell.ts';
import type { List, Redirect } from '../syntax/ast.ts';
import { runList } from './command.ts';
import { TAIL } from './context.ts';
import { forkShell } from './fork.ts';
import { waitFor } from './jobs.ts';
import { readToEnd } from './read-all.ts';
import { redirectSafely } from './redirect.ts';

/** `$(< file)`. */
function fileOf({ items }: List): Redirect | undefined {
  const command = items[0]?.command;
  if (items.length !== 1 || command?.type !== 'simple' || command.words.length + command.assignments.length > 0) return undefined;
  const [one] = command.redirects;
  return command.redirects.length === 1 && one?.operator === '<' && one.fd === 0 ? one : undefined;
}

async function readFile(shell: Shell, from: Redirect): Promise<string> {
  const { sys } = shell;
  const undo = await redirectSafely(shell, [from]);
  shell.substitutionStatus = typeof undo === 'number' ? undo : 0;
  if (typeof undo === 'number') return '';
  const bytes = await readToEnd(sys, 0);
  undo();
  return new TextDecoder().decode(bytes).replaceAll('\0', '').replace(/\n+$/, '');
}

/** What the commands print, without the newlines at its end (POSIX 2.6.3). */
export async function substitute(shell: Shell, body: List): Promise<string> {
  const { sys } = shell;
  if (body.items.length === 0) {
    shell.substitutionStatus = 0;
    return '';
  }
  const file = shell.dialect.own === undefined ? undefined : fileOf(body);
  if (file !== undefined) return readFile(shell, file);
  const pipe = sys.fds.pipe();
  const pid = forkShell(shell, {
    body: async (child) => {
      child.sys.fds.close(pipe.read);
      if (pipe.write !== 1) {
        child.sys.fds.dup2(pipe.write, 1);
        child.sys.fds.close(pipe.write);
      }
      return runList(child, body, TAIL);
    },
  });
  sys.fds.close(pipe.write);
  const bytes = await readToEnd(sys, pipe.read);
  sys.fds.close(pipe.read);
  shell.substitutionStatus = await waitFor(shell, [pid], { isSilent: true });
  return new TextDecoder().decode(bytes).replaceAll('\0', '').replace(/\n+$/, '');
}
