/** bash's builtins: those that only it has, and those that it words in its own way. */
import { type Builtin, later, type Run, regular } from '../../builtins/index.ts';
import type { Shell } from '../../shell.ts';
import { stateOf } from '../state.ts';
import * as control from './control.ts';
import * as declare from './declare.ts';
import * as jobs from './jobs.ts';
import * as lists from './lists.ts';
import * as options from './options.ts';
import { bracket, test } from './test.ts';
import * as text from './text.ts';

const HISTORY = () => import('./history.ts');
const HELP = () => import('./help.ts');

const transparent = (run: Run): Builtin => ({ isSpecial: false, isTransparent: true, run });

const OWN: ReadonlyMap<string, Builtin> = new Map([
  ['.', regular(control.source)],
  ['source', regular(control.source)],
  ['[', regular(bracket)],
  ['test', regular(test)],
  ['alias', regular(control.alias)],
  ['unalias', regular(control.unalias)],
  ['bg', regular(jobs.bg)],
  ['bind', regular(later(HELP, 'accept'))],
  ['break', regular(control.breakLoop)],
  ['builtin', regular(options.builtin)],
  ['cd', regular(lists.changeDirectory)],
  ['caller', regular(lists.caller)],
  ['command', regular(control.command)],
  ['compgen', regular(later(HELP, 'accept'))],
  ['complete', regular(later(HELP, 'accept'))],
  ['compopt', regular(later(HELP, 'accept'))],
  ['continue', regular(control.continueLoop)],
  ['declare', regular(declare.declare)],
  ['dirs', regular(lists.dirs)],
  ['disown', regular(jobs.disown)],
  ['echo', regular(text.echo)],
  ['enable', regular(options.enable)],
  ['eval', transparent(control.evaluate)],
  ['exit', regular(control.exitShell)],
  ['export', regular(declare.exportVariables)],
  ['fc', regular(later(HISTORY, 'fc'))],
  ['fg', regular(jobs.fg)],
  ['hash', regular(control.hash)],
  ['help', regular(later(HELP, 'help'))],
  ['history', regular(later(HISTORY, 'history'))],
  ['jobs', regular(jobs.jobs)],
  ['kill', regular(jobs.kill)],
  ['let', regular(lists.letCommand)],
  ['local', regular(declare.local)],
  ['logout', regular(control.exitShell)],
  ['mapfile', regular(lists.mapfile)],
  ['popd', regular(lists.popd)],
  ['printf', regular(text.printf)],
  ['pushd', regular(lists.pushd)],
  ['readarray', regular(lists.mapfile)],
  ['readonly', regular(declare.readonly)],
  ['return', regular(control.returnFrom)],
  ['set', regular(options.set)],
  ['shift', regular(control.shift)],
  ['shopt', regular(options.shopt)],
  ['suspend', regular(jobs.suspend)],
  ['trap', regular(control.trap)],
  ['type', regular(control.type)],
  ['typeset', regular(declare.declare)],
  ['unset', regular(lists.unset)],
  ['wait', regular(jobs.wait)],
]);

/** Builtins of other shells that bash has not. */
const ABSENT = new Set(['chdir', '[[']);

/** As in other shells, so far as their words go. */
const SHARED = [':', 'exec', 'false', 'getopts', 'pwd', 'read', 'times', 'true', 'ulimit', 'umask'];

export const builtinNames: readonly string[] = [...OWN.keys(), ...SHARED].sort();

export function ownBuiltin(shell: Shell, name: string): Builtin | null | undefined {
  if (ABSENT.has(name) || stateOf(shell).disabled.has(name)) return null;
  return OWN.get(name);
}
