/** A shell's own beginning: its arguments, its environment, and where its commands come from. */

import { signalOfNumber } from '../../kernel/process/signals.ts';
import type { Program, Signal, Sys } from '../../kernel/sys.ts';
import type { Dialect } from './dialect.ts';
import { initialDirectory } from './directory.ts';
import { interact } from './interactive/interact.ts';
import { later } from './later.ts';
import { optionOfLetter, optionOfName } from './options.ts';
import { TAIL } from './run/context.ts';
import { isTerminal } from './run/descriptors.ts';
import { settle } from './run/fork.ts';
import { Shell } from './shell.ts';
import { isName } from './syntax/names.ts';

const runText = later(async () => (await import('./run/text.ts')).runText);
const runFile = later(async () => (await import('./script.ts')).runFile);
const runStream = later(async () => (await import('./script.ts')).runStream);

interface Invocation {
  /** `-c`: the text. */
  readonly text: string | undefined;
  readonly file: string | undefined;
  readonly name: string;
  readonly positional: readonly string[];
}

/** A shell as a program. */
export const shellProgram =
  (dialect: Dialect): Program =>
  (sys) =>
    runShell(sys, dialect);

async function runShell(sys: Sys, dialect: Dialect): Promise<number> {
  const shell = new Shell({ sys, dialect, name: sys.argv[0] ?? 'sh' });
  importEnvironment(shell);
  shell.hardIgnored = ignoredSignals(sys);
  // ash itself is never ended by ^\.
  if (dialect.name === 'ash') sys.on('SIGQUIT', 'ignore');
  return settle(shell, () => begin(shell));
}

async function begin(shell: Shell): Promise<number> {
  shell.line = 0;
  const invocation = readArguments(shell);
  shell.line = shell.dialect.commandLineBase;
  shell.name = invocation.name;
  shell.positional = invocation.positional;
  if (invocation.text !== undefined || invocation.file !== undefined) catchInterrupt(shell);
  shell.isCommandString = invocation.text !== undefined;
  // busybox counts lines once the text has a name of its own: `sh -c TEXT NAME`.
  shell.isScript = shell.dialect.name === 'ash' && shell.isCommandString && invocation.name !== (shell.sys.argv[0] ?? 'sh');
  const line = shell.isScript ? shell.dialect.commandLineBase : 1;
  if (invocation.text !== undefined) return runText(shell, invocation.text, { flags: shell.dialect.execsLast ? TAIL : 0, line });
  if (invocation.file !== undefined) return runFile(shell, invocation.file);
  shell.options.stdin = true;
  // A login shell edits its lines; so does one that is asked to (`sh -E`).
  if (invocation.name.startsWith('-')) shell.options.emacs = true;
  const isInteractive = shell.options.interactive || (isTerminal(shell.sys, 0) && isTerminal(shell.sys, 2));
  return isInteractive ? interact(shell) : runStream(shell, 0);
}

/**
 * A shell that runs a script ends itself at ^C (dash's and ash's setsignal). The default does the same for it, but not for the first
 * process of a pid namespace, which no signal ends that it does not catch.
 */
function catchInterrupt(shell: Shell): void {
  const { sys } = shell;
  if (sys.pid === 1 && sys.disposition('SIGINT') === 'default') sys.on('SIGINT', (signal) => shell.pendingSignals.push(signal));
}

function importEnvironment(shell: Shell): void {
  for (const [name, value] of shell.sys.env) if (isName(name)) shell.variables.set(name, value, { isExported: true });
  shell.variables.unset('IFS');
  shell.variables.set('IFS', ' \t\n', { isExported: false });
  shell.variables.set('OPTIND', '1', { isExported: false });
  shell.variables.set('PPID', String(shell.sys.ppid), { isExported: false });
  if (shell.variables.get('PS4') === undefined) shell.variables.set('PS4', '+ ');
  if (shell.variables.get('PS2') === undefined) shell.variables.set('PS2', '> ');
  const isAsh = shell.dialect.name === 'ash';
  if (shell.dialect.own !== undefined || isAsh)
    shell.variables.set('SHLVL', String((Number(shell.variables.get('SHLVL')) || 0) + 1), { isExported: true });
  if (isAsh && shell.variables.get('PS1') === undefined) shell.variables.set('PS1', '\\w \\$ ');
  shell.directory = initialDirectory(shell);
  shell.variables.set('PWD', shell.directory, isAsh ? { isExported: true } : {});
}

/** A non-interactive shell cannot trap what was ignored when it began (POSIX, trap). */
function ignoredSignals(sys: Sys): ReadonlySet<Signal> {
  const ignored = new Set<Signal>();
  for (let number = 1; number < 32; number += 1) {
    const signal = signalOfNumber(number);
    if (signal !== undefined && signal !== 'SIGKILL' && signal !== 'SIGSTOP' && sys.disposition(signal) === 'ignore') ignored.add(signal);
  }
  return ignored;
}

function readArguments(shell: Shell): Invocation {
  const argv = [...shell.sys.argv];
  let i = 1;
  let hasText = false;
  for (; /^[-+]./.test(argv[i] ?? '') && argv[i] !== '--'; i += 1) {
    const word = argv[i] ?? '';
    if (word.startsWith('--')) {
      if (shell.dialect.name === 'bash' || word === '--login') continue;
      shell.fail(shell.dialect.illegalOption(word));
    }
    for (const letter of word.slice(1)) {
      if (letter === 'c') hasText = true;
      else if (letter === 'o') setByName(shell, argv[++i] ?? '', word.startsWith('-'));
      else if (letter !== 'l') setByLetter(shell, letter, word.startsWith('-'));
    }
  }
  if (argv[i] === '--' || argv[i] === '-') i += 1;
  const [first, second] = [argv[i], argv[i + 1]];
  const name = argv[0] ?? 'sh';
  if (hasText) {
    if (first === undefined) shell.fail('-c requires an argument');
    return { text: first, file: undefined, name: second ?? name, positional: argv.slice(i + 2) };
  }
  if (first === undefined || shell.options.stdin) return { text: undefined, file: undefined, name, positional: argv.slice(i) };
  return { text: undefined, file: first, name: first, positional: argv.slice(i + 1) };
}

function setByLetter(shell: Shell, letter: string, on: boolean): void {
  const name = optionOfLetter(letter) ?? shell.fail(shell.dialect.illegalOption(`-${letter}`));
  shell.options[name] = on;
}

function setByName(shell: Shell, text: string, on: boolean): void {
  const name = optionOfName(text) ?? shell.fail(shell.dialect.illegalOption(`-o ${text}`));
  shell.options[name] = on;
}
