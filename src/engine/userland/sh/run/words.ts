/** A simple command whose words are known: a function, a builtin or a program (POSIX 2.9.1). */
import { isErrno } from '../../../kernel/errno.ts';
import { type Builtin, findBuiltin } from '../builtins/index.ts';
import { later } from '../later.ts';
import { type Shell, ShellAbort } from '../shell.ts';
import type { SimpleCommand } from '../syntax/ast.ts';
import { type RunFlags, type Status, TAIL } from './context.ts';
import { executeProgram } from './execute.ts';
import { runForeground } from './foreground.ts';
import { sayFailure } from './fork.ts';
import { redirect } from './redirected.ts';
import { checked, done } from './status.ts';
import { runConditionTrap, runTraps } from './traps.ts';

const trace = later(async () => (await import('./trace.ts')).trace);
const CALL = () => import('./call.ts');
const redirectOnly = later(async () => (await CALL()).redirectOnly);
const callBuiltinWith = later(async () => (await CALL()).callBuiltinWith);
const runProgramWith = later(async () => (await CALL()).runProgramWith);
const callFunction = later(async () => (await CALL()).callFunction);

export interface Values {
  readonly argv: readonly string[];
  readonly assignments: readonly (readonly [string, string])[];
}

/** Before each simple command: a turn, and the traps of what has come. False: something leaves the construct that it stands in. */
export function enter(shell: Shell, line: number): true | Promise<boolean> {
  shell.line = shell.isScript ? line : line - 1 + shell.dialect.commandLineBase;
  shell.substitutionStatus = undefined;
  const turn = shell.sys.turn();
  return turn === undefined && shell.pendingSignals.length === 0 && !shell.traps.has('DEBUG') ? true : trapped(shell, turn);
}

async function trapped(shell: Shell, turn: void | Promise<void>): Promise<boolean> {
  await turn;
  await runTraps(shell);
  await runConditionTrap(shell, 'DEBUG');
  shell.substitutionStatus = undefined;
  return shell.flow === null;
}

/** A line of words alone, as an interactive shell gets it. */
export async function runWords(shell: Shell, argv: readonly string[], line: number): Promise<void> {
  shell.commandText = argv.join(' ');
  if (await enter(shell, line))
    await dispatch(shell, { type: 'simple', assignments: [], words: [], redirects: [], line }, { argv, assignments: [], flags: 0 });
}

export function dispatch(shell: Shell, command: SimpleCommand, call: Values & { flags: RunFlags }): Status {
  return shell.options.xtrace ? traced(shell, command, call) : run(shell, command, call);
}

async function traced(shell: Shell, command: SimpleCommand, call: Values & { flags: RunFlags }): Promise<number> {
  await trace(shell, call);
  return run(shell, command, call);
}

function run(shell: Shell, command: SimpleCommand, call: Values & { flags: RunFlags }): Status {
  const name = call.argv[0];
  shell.lastArgument = call.argv.at(-1) ?? '';
  if (name === undefined) return assignOnly(shell, command, call);
  const special = findBuiltin(shell, name);
  const body = special?.isSpecial === true ? undefined : shell.functions.get(name);
  if (body !== undefined) return callFunction(shell, command, { ...call, body });
  if (special !== undefined) return callBuiltin(shell, command, { ...call, builtin: special });
  return runProgram(shell, command, call);
}

function assignOnly(shell: Shell, command: SimpleCommand, call: Values & { flags: RunFlags }): Status {
  for (const [name, value] of call.assignments) shell.assign(name, value);
  const status = shell.substitutionStatus ?? 0;
  if (command.redirects.length > 0) return redirectOnly(shell, command, { status, flags: call.flags });
  return checked(shell, status, call.flags);
}

export type BuiltinCall = Values & { readonly flags: RunFlags; readonly builtin: Builtin };

export function callBuiltin(shell: Shell, command: SimpleCommand, call: BuiltinCall): Status {
  if (command.redirects.length > 0 || call.assignments.length > 0) return callBuiltinWith(shell, command, call);
  shell.builtin = call.argv[0];
  try {
    const result = call.builtin.run(shell, call.argv, call.flags);
    if (typeof result === 'number') return finishBuiltin(shell, result, call);
    return finishLater(shell, result, call);
  } catch (error) {
    shell.builtin = undefined;
    return recover(shell, error, call);
  }
}

function finishBuiltin(shell: Shell, status: number, call: BuiltinCall): Status {
  shell.builtin = undefined;
  if (shell.flow === null && call.builtin.isTransparent !== true) return checked(shell, status, call.flags);
  return done(shell, status);
}

async function finishLater(shell: Shell, result: Promise<number>, call: BuiltinCall): Promise<number> {
  let status: number;
  try {
    status = await result;
  } catch (error) {
    shell.builtin = undefined;
    return recover(shell, error, call);
  }
  return finishBuiltin(shell, status, call);
}

/** A regular builtin's error is its own; a special one's ends the script (POSIX 2.8.1). */
function recover(shell: Shell, error: unknown, call: BuiltinCall): Status {
  if (isErrno(error)) return sayWriteError(shell, error.message, call);
  if (!(error instanceof ShellAbort) || (call.builtin.isSpecial && shell.dialect.own === undefined) || error.isFatal) throw error;
  return sayFailure(shell, error).then(() => checked(shell, error.status, call.flags));
}

async function sayWriteError(shell: Shell, reason: string, call: BuiltinCall): Promise<number> {
  shell.builtin = call.argv[0];
  await shell.complain(`${shell.dialect.name === 'dash' ? 'I/O error' : `write error: ${reason}`}`);
  shell.builtin = undefined;
  return checked(shell, 1, call.flags);
}

export async function runProgram(shell: Shell, command: SimpleCommand, call: Values & { flags: RunFlags }): Promise<number> {
  const body = async (child: Shell): Promise<number> => {
    await redirect(child, command.redirects);
    const environment = child.variables.environment();
    for (const [name, value] of call.assignments) {
      child.assign(name, value);
      environment.set(name, value);
    }
    return executeProgram(child, call.argv, environment);
  };
  if ((call.flags & TAIL) !== 0 && !hasTraps(shell)) return body(shell);
  // What dash and ash say of a signal goes where the command's own errors go.
  if (shell.dialect.own === undefined && command.redirects.some(({ fd }) => fd === 2)) return runProgramWith(shell, command, call);
  const status = await runForeground(shell, { body, text: call.argv.join(' ') });
  await runTraps(shell);
  return checked(shell, status, call.flags);
}

/** Whether something is left to do at a trap, so that the shell has to stay. */
export const hasTraps = (shell: Shell): boolean => [...shell.traps.values()].some((action) => action !== '');
