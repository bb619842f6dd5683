import { isErrno } from '../../../kernel/errno.ts';
import type { Disposition, Pid, Signal, Sys } from '../../../kernel/sys.ts';
import { type Shell, ShellAbort, ShellExit } from '../shell.ts';
import { runExitTrap, runTraps } from './traps.ts';

export interface SubshellOptions {
  readonly body: (shell: Shell) => number | Promise<number>;
  /** The process group: 0 for one of its own; that of the shell if absent. */
  readonly pgid?: Pid | undefined;
  /** Begun with `&` and without job control: no ^C reaches it, and nobody types to it. */
  readonly isBackground?: boolean;
}

const FORK_FAILED = 2;

/** A subshell: a child with a copy of everything. */
export function forkShell(shell: Shell, options: SubshellOptions): Pid {
  const begin = shell.prepareSubshell();
  const program = async (sys: Sys): Promise<number> => {
    const child = begin(sys);
    if (options.isBackground === true) await detachInput(child);
    return settle(child, () => options.body(child));
  };
  try {
    return withDispositions(shell, inherited(shell, options), () =>
      shell.sys.fork(program, options.pgid === undefined ? {} : { pgid: options.pgid }),
    );
  } catch (error) {
    if (!isErrno(error, 'EAGAIN', 'ENOMEM')) throw error;
    throw new ShellAbort(shell.told(shell.dialect.cannotFork(error.message)), FORK_FAILED);
  }
}

/** What the child does at signals, where that differs from the shell: no trap of the shell's is its own. */
function inherited(shell: Shell, { isBackground }: SubshellOptions): ReadonlyMap<Signal, Disposition> {
  const dispositions = new Map<Signal, Disposition>();
  for (const [condition, action] of shell.traps)
    if (condition.startsWith('SIG') && action !== '') dispositions.set(condition as Signal, 'default');
  if (shell.sys.pid === 1 && !shell.traps.has('SIGINT') && shell.sys.disposition('SIGINT') !== 'ignore')
    dispositions.set('SIGINT', 'default');
  const isInteractive = shell.options.interactive && !shell.isSubshell;
  if (shell.dialect.name === 'ash' && !shell.traps.has('SIGQUIT') && !shell.hardIgnored.has('SIGQUIT'))
    dispositions.set('SIGQUIT', 'default');
  for (const signal of isInteractive ? INTERACTIVE : []) if (shell.traps.get(signal) !== '') dispositions.set(signal, 'default');
  for (const signal of isBackground === true ? (['SIGINT', 'SIGQUIT'] as const) : []) dispositions.set(signal, 'ignore');
  return dispositions;
}

const INTERACTIVE = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGTTOU', 'SIGTTIN'] as const;

/** A child has them from its first moment, so they are the shell's own while it forks. */
function withDispositions(shell: Shell, dispositions: ReadonlyMap<Signal, Disposition>, fork: () => Pid): Pid {
  const { sys } = shell;
  const before = [...dispositions.keys()]
    .filter((signal) => signal !== 'SIGKILL' && signal !== 'SIGSTOP')
    .map((signal) => [signal, sys.disposition(signal)] as const);
  for (const [signal] of before) sys.on(signal, dispositions.get(signal) ?? 'default');
  try {
    return fork();
  } finally {
    for (const [signal, disposition] of before) sys.on(signal, disposition);
  }
}

async function detachInput({ sys }: Shell): Promise<void> {
  const fd = await sys.open('/dev/null', { read: true }).catch(() => null);
  if (fd === null || fd === 0) return;
  sys.fds.dup2(fd, 0);
  sys.fds.close(fd);
}

/** Runs a shell to its end: what stops it becomes its status, and the traps of what came during its last command and of EXIT run. */
export async function settle(shell: Shell, body: () => number | Promise<number>): Promise<number> {
  shell.status = await guarded(shell, body);
  if (shell.pendingSignals.length > 0) {
    shell.status = await guarded(shell, async () => {
      await runTraps(shell);
      return shell.status;
    });
  }
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
