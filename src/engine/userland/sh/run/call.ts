/** Simple commands that are more than a program's name and its arguments: functions, and builtins with redirections or assignments. */
import type { Shell } from '../shell.ts';
import type { Command, Redirect, SimpleCommand } from '../syntax/ast.ts';
import { runCommand } from './command.ts';
import { type RunFlags, TAIL } from './context.ts';
import { sayFailure } from './fork.ts';
import { RedirectFailure, redirect, redirectFor } from './redirected.ts';
import { checked } from './status.ts';
import { runConditionTrap } from './traps.ts';
import { type BuiltinCall, callBuiltin, runProgram, type Values } from './words.ts';

/** Redirects the shell, and takes that back when `act` is done. What cannot be redirected fails as a command does. */
async function redirected(
  shell: Shell,
  { redirects, flags }: { readonly redirects: readonly Redirect[]; readonly flags: RunFlags },
  act: () => Promise<number>,
): Promise<number> {
  let undo: () => void;
  try {
    undo = await redirectFor(shell, redirects);
  } catch (error) {
    if (!(error instanceof RedirectFailure)) throw error;
    await sayFailure(shell, error);
    return checked(shell, error.status, flags);
  }
  try {
    return await act();
  } finally {
    undo();
  }
}

export const redirectOnly = (
  shell: Shell,
  { redirects }: SimpleCommand,
  { status, flags }: { status: number; flags: RunFlags },
): Promise<number> => redirected(shell, { redirects, flags }, async () => checked(shell, status, flags));

/** A program, with the shell itself redirected meanwhile. */
export const runProgramWith = (shell: Shell, command: SimpleCommand, call: Values & { flags: RunFlags }): Promise<number> =>
  redirected(shell, { redirects: command.redirects, flags: call.flags }, () => runProgram(shell, { ...command, redirects: [] }, call));

export async function callBuiltinWith(shell: Shell, command: SimpleCommand, call: BuiltinCall): Promise<number> {
  const { builtin, argv } = call;
  const isExec = argv[0] === 'exec';
  let undo: () => void;
  try {
    if (isExec) await redirect(shell, command.redirects);
    undo = isExec ? () => {} : await redirectFor(shell, command.redirects);
  } catch (error) {
    if (!(error instanceof RedirectFailure) || (builtin.isSpecial && shell.dialect.own === undefined)) throw error;
    await sayFailure(shell, error);
    return checked(shell, error.status, call.flags);
  }
  const restore = builtin.isSpecial ? () => {} : shell.saved(call.assignments.map(([name]) => name));
  try {
    for (const [name, value] of call.assignments) shell.assign(name, value);
    const plain = { ...command, redirects: [], assignments: [] };
    return await callBuiltin(shell, plain, { ...call, assignments: [], flags: call.flags & ~TAIL });
  } finally {
    restore();
    undo();
  }
}

type FunctionCall = Values & { readonly flags: RunFlags; readonly body: Command };

export const callFunction = (shell: Shell, command: SimpleCommand, call: FunctionCall): Promise<number> =>
  redirected(shell, { redirects: command.redirects, flags: call.flags }, async () =>
    checked(shell, await inFrame(shell, call), call.flags),
  );

async function inFrame(shell: Shell, call: FunctionCall): Promise<number> {
  const { positional, loopDepth, getoptsOffset, frames } = shell;
  const returnTrap = shell.traps.get('RETURN');
  if (shell.functionDepth >= 1000) shell.fail('Maximum function recursion depth (1000) reached');
  shell.variables.enter();
  shell.functionDepth += 1;
  try {
    for (const [name, value] of call.assignments) {
      shell.variables.makeLocal(name);
      shell.assign(name, value);
      shell.variables.mark(name, { isExported: true });
    }
    shell.positional = call.argv.slice(1);
    shell.loopDepth = 0;
    shell.frames = [{ name: call.argv[0] ?? '', line: shell.line }, ...frames];
    const result = runCommand(shell, call.body, call.flags & ~TAIL);
    const status = takeReturn(shell, typeof result === 'number' ? result : await result);
    if (shell.traps.get('RETURN') !== returnTrap) await runConditionTrap(shell, 'RETURN');
    return status;
  } finally {
    Object.assign(shell, { positional, loopDepth, getoptsOffset, frames });
    shell.functionDepth -= 1;
    shell.variables.leave();
  }
}

/** `return` ends here. */
function takeReturn(shell: Shell, status: number): number {
  if (shell.flow?.kind !== 'return') return status;
  const result = shell.flow.status;
  shell.flow = null;
  shell.status = result;
  return result;
}
