import type { Shell } from './shell.ts';

/**
 * A function of the shell whose code is fetched when it is first called; the machine stands still meanwhile, so that no script can tell.
 * Afterwards a call costs no wait.
 */
export function later<Args extends readonly unknown[], Value>(
  load: () => Promise<(shell: Shell, ...args: Args) => Value | Promise<Value>>,
): (shell: Shell, ...args: Args) => Value | Promise<Value> {
  let known: ((shell: Shell, ...args: Args) => Value | Promise<Value>) | undefined;
  return (shell, ...args) => {
    if (known !== undefined) return known(shell, ...args);
    return shell.sys.stall(load).then((code) => {
      known = code;
      return code(shell, ...args);
    });
  };
}
