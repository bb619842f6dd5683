/** A command has ended: what its status means to the shell. */
import { type Shell, ShellExit } from '../shell.ts';
import { type RunFlags, type Status, TESTED } from './context.ts';
import { runConditionTrap } from './traps.ts';

/** The status becomes `$?`. */
export function done(shell: Shell, status: number): number {
  shell.status = status;
  shell.pipeStatuses = null;
  return status;
}

/** A command has ended that `set -e` looks at. */
export function checked(shell: Shell, status: number, flags: RunFlags): Status {
  shell.status = status;
  shell.pipeStatuses = null;
  if (status !== 0 && (flags & TESTED) === 0 && shell.flow === null && shell.traps.has('ERR')) return runErrorTrap(shell, status);
  if (status !== 0 && shell.options.errexit && (flags & TESTED) === 0 && shell.flow === null) throw new ShellExit(status);
  return status;
}

async function runErrorTrap(shell: Shell, status: number): Promise<number> {
  await runConditionTrap(shell, 'ERR');
  if (shell.options.errexit && shell.flow === null) throw new ShellExit(status);
  return status;
}
