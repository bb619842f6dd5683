/** Traps (POSIX 2.15, trap): a signal is noted when it comes, and its action runs between two commands. */

import { later } from '../later.ts';
import { type Shell, ShellAbort, ShellExit } from '../shell.ts';

const runText = later(async () => (await import('./text.ts')).runText);

const INTERRUPTED = 130;

/** Runs the actions of the signals that have come. `$?` is afterwards what it was. */
export async function runTraps(shell: Shell): Promise<void> {
  while (shell.pendingSignals.length > 0) {
    const signal = shell.pendingSignals.shift();
    const action = signal === undefined ? undefined : shell.traps.get(signal);
    if (action === undefined && signal === 'SIGINT' && shell.options.interactive) await interrupt(shell);
    if (action === undefined && signal === 'SIGINT' && shell.sys.pid === 1) throw new ShellExit(INTERRUPTED);
    if (action === undefined || action === '') continue;
    const { status } = shell;
    await runText(shell, action);
    shell.status = status;
  }
}

/** Runs the action of a condition that is no signal (bash's ERR, DEBUG and RETURN); not within itself. `$?` stays. */
export async function runConditionTrap(shell: Shell, condition: 'ERR' | 'DEBUG' | 'RETURN'): Promise<void> {
  const action = shell.traps.get(condition);
  if (action === undefined || action === '' || shell.inTrap) return;
  if (condition !== 'RETURN' && shell.functionDepth > 0 && !shell.options.errtrace) return;
  const { status } = shell;
  shell.trappedText = shell.commandText;
  shell.inTrap = true;
  try {
    await runText(shell, action);
  } finally {
    shell.inTrap = false;
    shell.status = status;
  }
}

/** ^C at an interactive shell: whatever it does is given up, back to the prompt. */
export async function interrupt(shell: Shell): Promise<never> {
  shell.pendingSignals = [];
  await shell.write(2, '\n');
  throw new ShellAbort('', 130);
}

/** Runs the EXIT trap, once; the status that the shell then ends with. */
export async function runExitTrap(shell: Shell): Promise<number> {
  const action = shell.traps.get('EXIT');
  shell.traps.delete('EXIT');
  const { status } = shell;
  if (action === undefined || action === '') return status;
  shell.flow = null;
  try {
    await runText(shell, action);
  } catch (error) {
    if (error instanceof ShellExit) return error.status;
    throw error;
  }
  return status;
}
