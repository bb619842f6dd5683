/** Simple commands that are more than a program's name and its arguments: functions, and builtins with redirections or assignments. */
import type { Shell } from '../shell.ts';
import type { Command, SimpleCommand } from '../syntax/ast.ts';
import { runCommand } from './command.ts';
import { type RunFlags, TAIL } from './context.ts';
import { sayFailure } from './fork.ts';
import { RedirectFailure, redirect, redirectFor } from './redirected.ts';
import { checked } from './status.ts';
import { runConditionTrap } from './traps.ts';
import { type BuiltinCall, callBuiltin, runProgram, type Values } from './words.ts';

export async function redirectOnly(
  shell: Shell,
  command: SimpleCommand,
  { status, flags }: { status: number; flags: RunFlags },
): Promise<number> {
  try {
    (await redirectFor(shell, command.redirects))();
    return checked(shell, status, flags);
  } catch (error) {
    if (!(error instanceof RedirectFailure)) throw error;
    await sayFailure(shell, error);
    return checked(shell, error.status, flags);
  }
}

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

/** A program, with the shell itself redirected meanwhile. */
export async function runProgramWith(shell: Shell, command: SimpleCommand, call: Values & { flags: RunFlags }): Promise<number> {
  let undo: () => void;
  try {
    undo = await redirectFor(shell, command.redirects);
  } catch (error) {
    if (!(error instanceof RedirectFailure)) throw error;
    await sayFailure(shell, error);
    return checked(shell, error.status, call.flags);
  }
  try {
    return await runProgram(shell, { ...command, redirects: [] }, call);
  } finally {
    undo();
  }
}

export async function callFunction(
  shell: Shell,
  command: SimpleCommand,
  call: Values & { flags: RunFlags; body: Command },
): Promise<number> {
  let undo: () => void;
  try {
    undo = await redirectFor(shell, command.redirects);
  } catch (error) {
    if (!(error instanceof RedirectFailure)) throw error;
    await sayFailure(shell, error);
    return checked(shell, error.status, call.flags);
  }
  const { positional, loopDepth, getoptsOffset, frames } = shell;
  const returnTrap = shell.traps.get('RETURN');
  if (shell.functionDepth >= 1000) shell.fail('Maximum function recursion depth (1000) reached');
  let status = 0;
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
    status = takeReturn(shell, typeof result === 'number' ? result : await result);
    if (shell.traps.get('RETURN') !== returnTrap) await runConditionTrap(shell, 'RETURN');
  } finally {
    Object.assign(shell, { positional, loopDepth, getoptsOffset, frames });
    shell.functionDepth -= 1;
    shell.variables.leave();
    undo();
  }
  return checked(shell, status, call.flags);
}

/** `return` ends here. */
function takeReturn(shell: Shell, status: number): number {
  if (shell.flow?.kind !== 'return') return status;
  const result = shell.flow.status;
  shell.flow = null;
  shell.status = result;
  return result;
}
