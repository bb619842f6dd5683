/** The commands that the shell runs itself: one table, in the way of POSIX 2.14 and 1.6. */

import type { RunFlags, Status } from '../run/context.ts';
import type { Shell } from '../shell.ts';
import { alias, unalias } from './alias.ts';
import { breakLoop, continueLoop, evaluateText, execute, exitShell, returnFrom, sourceFile } from './control.ts';
import { cd, pwd } from './directory.ts';
import { getopts } from './getopts.ts';
import { bg, fg, jobs, kill, wait } from './jobs.ts';
import { command, hash, type } from './lookup.ts';
import { echo, printf } from './print.ts';
import { read } from './read.ts';
import { set, shift } from './set.ts';
import { times, trap, ulimit, umask } from './system.ts';
import { bracket, test } from './test.ts';
import { exportVariables, local, readonly, unset } from './variables.ts';

export interface Builtin {
  /** POSIX's special builtins: their errors end a script, and assignments before them stay. */
  readonly isSpecial: boolean;
  /** Its status is that of something it ran, at which `set -e` has looked already. */
  readonly isTransparent?: boolean;
  run(shell: Shell, argv: readonly string[], flags: RunFlags): Status;
}

type Run = Builtin['run'];
const special = (run: Run): Builtin => ({ isSpecial: true, run });
const regular = (run: Run): Builtin => ({ isSpecial: false, run });
const succeed: Run = (shell) => {
  shell.status = 0;
  return 0;
};

const BUILTINS: ReadonlyMap<string, Builtin> = new Map([
  [':', special(succeed)],
  ['.', special(sourceFile)],
  ['break', special(breakLoop)],
  ['continue', special(continueLoop)],
  ['eval', { isSpecial: true, isTransparent: true, run: evaluateText }],
  ['exec', special(execute)],
  ['exit', special(exitShell)],
  ['export', special(exportVariables)],
  ['readonly', special(readonly)],
  ['return', special(returnFrom)],
  ['set', special(set)],
  ['shift', special(shift)],
  ['times', special(times)],
  ['trap', special(trap)],
  ['unset', special(unset)],
  ['[', regular(bracket)],
  ['test', regular(test)],
  ['alias', regular(alias)],
  ['unalias', regular(unalias)],
  ['bg', regular(bg)],
  ['fg', regular(fg)],
  ['jobs', regular(jobs)],
  ['kill', regular(kill)],
  ['wait', regular(wait)],
  ['cd', regular(cd)],
  ['chdir', regular(cd)],
  ['pwd', regular(pwd)],
  ['command', regular(command)],
  ['type', regular(type)],
  ['hash', regular(hash)],
  ['echo', regular(echo)],
  ['printf', regular(printf)],
  ['getopts', regular(getopts)],
  ['local', special(local)],
  ['read', regular(read)],
  ['true', regular(succeed)],
  ['false', regular(() => 1)],
  ['umask', regular(umask)],
  ['ulimit', regular(ulimit)],
]);

/** What only some shells have. */
const EXTENSIONS: ReadonlyMap<string, Builtin> = new Map([['source', special(sourceFile)]]);

export function findBuiltin(shell: Shell, name: string): Builtin | undefined {
  return BUILTINS.get(name) ?? (shell.dialect.name === 'dash' ? undefined : EXTENSIONS.get(name));
}

/** For completion and `type`. */
export const builtinNames = (): readonly string[] => [...BUILTINS.keys()];
