/** Setting traps (POSIX 2.15, trap); traps.ts runs them. */
import type { Signal } from '../../../kernel/sys.ts';
import type { Shell } from '../shell.ts';

/** Sets what happens on a condition; undefined is the default again. */
export function setTrap(shell: Shell, condition: string, action: string | undefined): void {
  if (action === undefined) shell.traps.delete(condition);
  else shell.traps.set(condition, action);
  if (!condition.startsWith('SIG') || shell.hardIgnored.has(condition)) return;
  const signal = condition as Signal;
  if (signal === 'SIGKILL' || signal === 'SIGSTOP') return;
  if (action === '') shell.sys.on(signal, 'ignore');
  else if (action !== undefined) shell.sys.on(signal, (arrived) => shell.pendingSignals.push(arrived));
  else restoreDefault(shell, signal);
}

function restoreDefault(shell: Shell, signal: Signal): void {
  const isInteractive = shell.options.interactive && !shell.isSubshell;
  if (isInteractive && signal === 'SIGINT') shell.sys.on(signal, (arrived) => shell.pendingSignals.push(arrived));
  else if (shell.dialect.name === 'ash' && !shell.isSubshell && signal === 'SIGQUIT') shell.sys.on(signal, 'ignore');
  else if (isInteractive && (signal === 'SIGTERM' || signal === 'SIGQUIT')) shell.sys.on(signal, 'ignore');
  else shell.sys.on(signal, 'default');
}
