/** The commands that the shell runs itself: one table, in the way of POSIX 2.14 and 1.6. */

import { later as codeLater } from '../later.ts';
import type { RunFlags, Status } from '../run/context.ts';
import type { Shell } from '../shell.ts';

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

/** A builtin whose code is fetched when it is first used. */
export const later = <Name extends string>(load: () => Promise<Readonly<Record<Name, Run>>>, name: Name): Run =>
  codeLater(async () => (await load())[name]);

const CONTROL = () => import('./control.ts');
const DIRECTORY = () => import('./directory.ts');
const VARIABLES = () => import('./variables.ts');
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
  ['.', special(later(CONTROL, 'sourceFile'))],
  ['break', special(later(CONTROL, 'breakLoop'))],
  ['continue', special(later(CONTROL, 'continueLoop'))],
  ['eval', { isSpecial: true, isTransparent: true, run: later(CONTROL, 'evaluateText') }],
  ['exec', special(later(CONTROL, 'execute'))],
  ['exit', special(later(CONTROL, 'exitShell'))],
  ['export', special(later(VARIABLES, 'exportVariables'))],
  ['readonly', special(later(VARIABLES, 'readonly'))],
  ['return', special(later(CONTROL, 'returnFrom'))],
  ['set', special(later(SET, 'set'))],
  ['shift', special(later(SET, 'shift'))],
  ['times', special(later(SYSTEM, 'times'))],
  ['trap', special(later(SYSTEM, 'trap'))],
  ['unset', special(later(VARIABLES, 'unset'))],
  ['[', regular(later(TEST, 'bracket'))],
  ['test', regular(later(TEST, 'test'))],
  ['alias', regular(later(ALIAS, 'alias'))],
  ['unalias', regular(later(ALIAS, 'unalias'))],
  ['bg', regular(later(JOBS, 'bg'))],
  ['fg', regular(later(JOBS, 'fg'))],
  ['jobs', regular(later(JOBS, 'jobs'))],
  ['kill', regular(later(JOBS, 'kill'))],
  ['wait', regular(later(JOBS, 'wait'))],
  ['cd', regular(later(DIRECTORY, 'cd'))],
  ['chdir', regular(later(DIRECTORY, 'cd'))],
  ['pwd', regular(later(DIRECTORY, 'pwd'))],
  ['command', regular(later(LOOKUP, 'command'))],
  ['type', regular(later(LOOKUP, 'type'))],
  ['hash', regular(later(LOOKUP, 'hash'))],
  ['echo', regular(later(PRINT, 'echo'))],
  ['printf', regular(later(PRINT, 'printf'))],
  ['getopts', regular(later(() => import('./getopts.ts'), 'getopts'))],
  ['local', special(later(VARIABLES, 'local'))],
  ['read', regular(later(() => import('./read.ts'), 'read'))],
  ['true', regular(succeed)],
  ['false', regular(() => 1)],
  ['umask', regular(later(SYSTEM, 'umask'))],
  ['ulimit', regular(later(SYSTEM, 'ulimit'))],
]);

/** What only some shells have. */
const EXTENSIONS: ReadonlyMap<string, Builtin> = new Map([
  ['source', special(later(CONTROL, 'sourceFile'))],
  ['let', regular(later(() => import('./let.ts'), 'letCommand'))],
  ['[[', regular(later(() => import('./double-bracket.ts'), 'doubleBracket'))],
  ['history', regular(later(() => import('./history.ts'), 'history'))],
]);

export function findBuiltin(shell: Shell, name: string): Builtin | undefined {
  const own = shell.dialect.own?.builtin(shell, name);
  if (own !== undefined) return own ?? undefined;
  return BUILTINS.get(name) ?? (shell.dialect.name === 'dash' ? undefined : EXTENSIONS.get(name));
}

/** For completion and `type`. */
export const builtinNames = (): readonly string[] => [...BUILTINS.keys()];
