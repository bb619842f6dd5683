/** Pipelines, subshells and what is run in the background (POSIX 2.9.2, 2.9.3.1, 2.12). */
import type { Fd, Pid } from '../../../kernel/sys.ts';
import type { Shell } from '../shell.ts';
import type { Command, ListItem } from '../syntax/ast.ts';
import { runCommand, runList } from './command.ts';
import { type RunFlags, type Status, TAIL, TESTED } from './context.ts';
import { type Body, inForeground, runForeground } from './foreground.ts';
import { forkShell } from './fork.ts';
import { addJob, waitFor } from './jobs.ts';
import { checked, done } from './status.ts';
import { runTraps } from './traps.ts';
import { hasTraps } from './words.ts';

export async function runPipeline(shell: Shell, command: Extract<Command, { type: 'pipeline' }>, flags: RunFlags): Promise<number> {
  await shell.sys.turn();
  if (shell.pendingSignals.length > 0) await runTraps(shell);
  const [only] = command.commands;
  const inner = command.isNegated ? flags | TESTED : flags;
  const isSingle = only !== undefined && command.commands.length === 1;
  const status: number = isSingle ? await runCommand(shell, only, inner & ~TAIL) : await runPiped(shell, command.commands);
  if (shell.flow !== null) return status;
  const { pipeStatuses } = shell;
  const result = command.isNegated ? done(shell, status === 0 ? 1 : 0) : await checked(shell, status, flags);
  shell.pipeStatuses = pipeStatuses;
  return result;
}

async function runPiped(shell: Shell, commands: readonly Command[]): Promise<number> {
  const pids = startPiped(shell, commands, {});
  const status = shell.options.monitor
    ? await inForeground(shell, { pids, text: shell.commandText })
    : await waitFor(shell, pids, { pipefail: shell.options.pipefail });
  await runTraps(shell);
  return status;
}

/** Starts the parts of a pipeline, each a child, joined by pipes. */
function startPiped(shell: Shell, commands: readonly Command[], options: { readonly isBackground?: boolean }): readonly Pid[] {
  const { sys } = shell;
  const pids: Pid[] = [];
  let input: Fd | null = null;
  commands.forEach((command, i) => {
    const next = i < commands.length - 1 ? sys.fds.pipe() : null;
    const source = input;
    const body: Body = (child) => {
      plug(child, source, next);
      return runCommand(child, command, TAIL);
    };
    const pgid = shell.options.monitor ? (pids[0] ?? 0) : undefined;
    pids.push(forkShell(shell, { body, pgid, isBackground: options.isBackground === true && i === 0 }));
    if (source !== null) sys.fds.close(source);
    if (next !== null) sys.fds.close(next.write);
    input = next?.read ?? null;
  });
  return pids;
}

function plug(child: Shell, input: Fd | null, output: { readonly read: Fd; readonly write: Fd } | null): void {
  const { fds } = child.sys;
  if (output !== null) fds.close(output.read);
  if (input !== null && input !== 0) {
    fds.dup2(input, 0);
    fds.close(input);
  }
  if (output !== null && output.write !== 1) {
    fds.dup2(output.write, 1);
    fds.close(output.write);
  }
}

export async function runSubshell(shell: Shell, command: Extract<Command, { type: 'subshell' }>, flags: RunFlags): Promise<number> {
  if ((flags & TAIL) !== 0 && !hasTraps(shell)) return runList(shell, command.body, flags);
  const status: number = await runForeground(shell, {
    body: (child) => runList(child, command.body, TAIL | (flags & TESTED)),
    text: shell.commandText,
  });
  await runTraps(shell);
  return checked(shell, status, flags);
}

/** `command &`. */
export function runBackground(shell: Shell, item: ListItem): Status {
  const { command } = item;
  const isPipeline = command.type === 'pipeline' && !command.isNegated;
  const isBackground = !shell.options.monitor;
  const pgid = shell.options.monitor ? 0 : undefined;
  const body: Body = (child) => runCommand(child, command, TAIL);
  const pids = isPipeline ? startPiped(shell, command.commands, { isBackground }) : [forkShell(shell, { body, pgid, isBackground })];
  shell.backgroundPid = pids.at(-1);
  const job = addJob(shell, { pids, pgid: shell.options.monitor ? (pids[0] ?? null) : null, text: item.text });
  if (shell.dialect.own === undefined || !shell.options.interactive || shell.isSubshell) return done(shell, 0);
  return shell.write(2, `[${job.number}] ${pids.at(-1)}\n`).then(() => done(shell, 0));
}
