/** A child that is waited for, with the terminal where there is job control. */
import type { Pid } from '../../../kernel/sys.ts';
import type { Shell } from '../shell.ts';
import { forkShell } from './fork.ts';
import { addJob, waitFor, waitForJob } from './jobs.ts';

export type Body = (shell: Shell) => number | Promise<number>;

/** One command in a child, waited for. */
export function runForeground(shell: Shell, { body, text }: { body: Body; text: string }): Promise<number> {
  if (!shell.options.monitor) return waitFor(shell, [forkShell(shell, { body })]);
  const pid = forkShell(shell, { body, pgid: 0 });
  return inForeground(shell, { pids: [pid], text });
}

/** A job with the terminal, which comes back to the shell afterwards. */
export function inForeground(shell: Shell, { pids, text }: { pids: readonly Pid[]; text: string }): Promise<number> {
  const pgid = pids[0] ?? null;
  const job = addJob(shell, { pids, pgid, text });
  if (shell.terminal !== null && pgid !== null) shell.sys.tty.setForeground(shell.terminal, pgid);
  return waitForJob(shell, job);
}
