import type { Shell } from '../shell.ts';
import type { List } from '../syntax/ast.ts';
import { runList } from './command.ts';
import { TAIL } from './context.ts';
import { readToEnd } from './descriptors.ts';
import { forkShell } from './fork.ts';
import { waitFor } from './jobs.ts';

/** What the commands print, without the newlines at its end (POSIX 2.6.3). */
export async function substitute(shell: Shell, body: List): Promise<string> {
  const { sys } = shell;
  if (body.items.length === 0) {
    shell.substitutionStatus = 0;
    return '';
  }
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
