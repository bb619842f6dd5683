import type { Pid, Sys } from '../../../kernel/sys.ts';
import { type Shell, ShellAbort, ShellExit } from '../shell.ts';
import { runExitTrap } from './traps.ts';

export interface SubshellOptions {
  readonly body: (shell: Shell) => number | Promise<number>;
  /** The process group: 0 for one of its own; that of the shell if absent. */
  readonly pgid?: Pid | undefined;
  /** Begun with `&` and without job control: no ^C reaches it, and nobody types to it. */
  readonly isBackground?: boolean;
}

/** A subshell: a child with a copy of everything. */
export function forkShell(shell: Shell, options: SubshellOptions): Pid {
  const begin = shell.prepareSubshell();
  const hadTerminal = shell.options.interactive && !shell.isSubshell;
  const program = async (sys: Sys): Promise<number> => {
    const child = begin(sys);
    if (hadTerminal)
      for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGTTOU', 'SIGTTIN'] as const)
        if (child.traps.get(signal) !== '') sys.on(signal, 'default');
    if (options.isBackground === true) await detach(child);
    return settle(child, () => options.body(child));
  };
  return shell.sys.fork(program, options.pgid === undefined ? {} : { pgid: options.pgid });
}

async function detach(child: Shell): Promise<void> {
  const { sys } = child;
  sys.on('SIGINT', 'ignore');
  sys.on('SIGQUIT', 'ignore');
  const fd = await sys.open('/dev/null', { read: true }).catch(() => null);
  if (fd === null || fd === 0) return;
  sys.fds.dup2(fd, 0);
  sys.fds.close(fd);
}

/** Runs a shell to its end: what stops it becomes its status, and its EXIT trap runs. */
export async function settle(shell: Shell, body: () => number | Promise<number>): Promise<number> {
  shell.status = await guarded(shell, body);
  return guarded(shell, () => runExitTrap(shell));
}

async function guarded(shell: Shell, body: () => number | Promise<number>): Promise<number> {
  try {
    const status = await body();
    return shell.flow?.kind === 'return' ? shell.flow.status : status;
  } catch (error) {
    if (error instanceof ShellExit) return error.status;
    if (!(error instanceof ShellAbort)) throw error;
    await sayFailure(shell, error);
    return error.status;
  }
}

export async function sayFailure(shell: Shell, failure: ShellAbort): Promise<void> {
  if (failure.text !== '') await shell.write(2, `${failure.text}\n`);
}
