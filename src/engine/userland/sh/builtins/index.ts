/** The commands that the shell runs itself: one table, in the way of POSIX 2.14 and 1.6. */

import type { RunFlags, Status } from '../run/context.ts';
import type { Shell } from '../shell.ts';
import { breakLoop, continueLoop, evaluateText, execute, exitShell, returnFrom, sourceFile } from './control.ts';
import { cd, pwd } from './directory.ts';
import { exportVariables, local, readonly, unset } from './variables.ts';

export interface Builtin {
  /** POSIX's special builtins: their errors end a script, and assignments before them stay. */
  readonly isSpecial: boolean;
  /** Its status is that of something it ran, at which `set -e` has looked already. */
  readonly isTransparent?: boolean;
  run(shell: Shell, argv: readonly string[], flags: RunFlags): Status;
}

export type Run = Builtin['run'];
const special = (run: Run): Builtin => ({ isSpecial: true, run });
export const regular = (run: Run): Builtin => ({ isSpecial: false, run });

/** A builtin whose code is fetched when it is first used; the machine stands still meanwhile, so that no script can tell. */
export function later<Name extends string>(load: () => Promise<Readonly<Record<Name, Run>>>, name: Name): Run {
  let known: Run | undefined;
  return (shell, argv, flags) => {
    if (known !== undefined) return known(shell, argv, flags);
    return shell.sys.stall(load).then((code) => {
      known = code[name];
      return known(shell, argv, flags);
    });
  };
}

const ALIAS = () => import('./alias.ts');
const JOBS = () => import('./jobs.ts');
const LOOKUP = () => import('./lookup.ts');
const PRINT = () => import('./print.ts');
const SET = () => import('./set.ts');
const SYSTEM = () => import('./system.ts');
const TEST = () => import('./test.ts');

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
  ['set', special(later(SET, 'set'))],
  ['shift', special(later(SET, 'shift'))],
  ['times', special(later(SYSTEM, 'times'))],
  ['trap', special(later(SYSTEM, 'trap'))],
  ['unset', special(unset)],
  ['[', regular(later(TEST, 'bracket'))],
  ['test', regular(later(TEST, 'test'))],
  ['alias', regular(later(ALIAS, 'alias'))],
  ['unalias', regular(later(ALIAS, 'unalias'))],
  ['bg', regular(later(JOBS, 'bg'))],
  ['fg', regular(later(JOBS, 'fg'))],
  ['jobs', regular(later(JOBS, 'jobs'))],
  ['kill', regular(later(JOBS, 'kill'))],
  ['wait', regular(later(JOBS, 'wait'))],
  ['cd', regular(cd)],
  ['chdir', regular(cd)],
  ['pwd', regular(pwd)],
  ['command', regular(later(LOOKUP, 'command'))],
  ['type', regular(later(LOOKUP, 'type'))],
  ['hash', regular(later(LOOKUP, 'hash'))],
  ['echo', regular(later(PRINT, 'echo'))],
  ['printf', regular(later(PRINT, 'printf'))],
  ['getopts', regular(later(() => import('./getopts.ts'), 'getopts'))],
  ['local', special(local)],
  ['read', regular(later(() => import('./read.ts'), 'read'))],
  ['true', regular(succeed)],
  ['false', regular(() => 1)],
  ['umask', regular(later(SYSTEM, 'umask'))],
  ['ulimit', regular(later(SYSTEM, 'ulimit'))],
]);

/** What only some shells have. */
const EXTENSIONS: ReadonlyMap<string, Builtin> = new Map([['source', special(sourceFile)]]);

export function findBuiltin(shell: Shell, name: string): Builtin | undefined {
  const own = shell.dialect.own?.builtin(shell, name);
  if (own !== undefined) return own ?? undefined;
  return BUILTINS.get(name) ?? (shell.dialect.name === 'dash' ? undefined : EXTENSIONS.get(name));
}

/** For completion and `type`. */
export const builtinNames = (): readonly string[] => [...BUILTINS.keys()];
