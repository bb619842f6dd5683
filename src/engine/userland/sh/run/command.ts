/**
 * Runs the tree. A function here answers with a status, or with a promise of one only where something had to wait:
 * so a loop of assignments and tests runs at the host's speed, and passes the kernel once at each command (`sys.turn`).
 */

import { later } from '../later.ts';
import type { Shell } from '../shell.ts';
import type { Command, List, ListItem } from '../syntax/ast.ts';
import { type RunFlags, type Status, TAIL, TESTED } from './context.ts';
import { runRedirected } from './redirected.ts';
import { runSimple } from './simple.ts';
import { done } from './status.ts';

export type Of<T extends Command['type']> = Extract<Command, { type: T }>;

const COMPOUND = () => import('./compound.ts');
const PIPELINE = () => import('./pipeline.ts');
const runPipeline = later(async () => (await PIPELINE()).runPipeline);
const runSubshell = later(async () => (await PIPELINE()).runSubshell);
const runBackground = later(async () => (await PIPELINE()).runBackground);
const runIf = later(async () => (await COMPOUND()).runIf);
const runWhile = later(async () => (await COMPOUND()).runWhile);
const runFor = later(async () => (await COMPOUND()).runFor);
const runCase = later(async () => (await COMPOUND()).runCase);

export function runCommand(shell: Shell, command: Command, flags: RunFlags): Status {
  switch (command.type) {
    case 'simple':
      return runSimple(shell, command, flags);
    case 'and-or':
      return runAndOr(shell, command, flags);
    case 'if':
      return runIf(shell, command, { flags, from: 0 });
    case 'while':
      return runWhile(shell, command, flags);
    case 'for':
      return runFor(shell, command, flags);
    case 'case':
      return runCase(shell, command, flags);
    case 'group':
      return runList(shell, command.body, flags);
    case 'pipeline':
      return runPipeline(shell, command, flags);
    case 'subshell':
      return runSubshell(shell, command, flags);
    case 'own':
      return command.run(shell, flags);
    case 'redirected':
      return runRedirected(shell, command, flags);
    case 'function':
      shell.functions.set(command.name, command.body);
      return done(shell, 0);
  }
}

export function runList(shell: Shell, list: List, flags: RunFlags): Status {
  const { items } = list;
  let status = 0;
  for (let i = 0; i < items.length; i += 1) {
    const item = items[i];
    if (item === undefined) break;
    const result = runItem(shell, item, i === items.length - 1 ? flags : flags & ~TAIL);
    if (typeof result !== 'number') return continueList(shell, { items, flags, at: i, result });
    status = result;
    if (shell.flow !== null) return status;
  }
  return status;
}

async function continueList(
  shell: Shell,
  rest: { items: readonly ListItem[]; flags: RunFlags; at: number; result: Promise<number> },
): Promise<number> {
  let status = await rest.result;
  for (let i = rest.at + 1; i < rest.items.length && shell.flow === null; i += 1) {
    const item = rest.items[i];
    if (item !== undefined) status = await runItem(shell, item, i === rest.items.length - 1 ? rest.flags : rest.flags & ~TAIL);
  }
  return status;
}

function runItem(shell: Shell, item: ListItem, flags: RunFlags): Status {
  if (shell.options.noexec && !shell.options.interactive) return 0;
  shell.commandText = item.text;
  if (item.isBackground) return runBackground(shell, item);
  const opened = shell.openedPaths.length;
  const result = runCommand(shell, item.command, flags);
  if (typeof result !== 'number') return shell.own === undefined ? result : result.finally(() => closePaths(shell, opened));
  if (shell.openedPaths.length > opened) closePaths(shell, opened);
  return result;
}

function closePaths(shell: Shell, from: number): void {
  for (const fd of shell.openedPaths.splice(from)) shell.sys.fds.close(fd);
}

function runAndOr(shell: Shell, command: Of<'and-or'>, flags: RunFlags): Status {
  const left = runCommand(shell, command.left, (flags | TESTED) & ~TAIL);
  if (typeof left !== 'number') return left.then((status) => runRight(shell, command, { status, flags }));
  return runRight(shell, command, { status: left, flags });
}

function runRight(shell: Shell, command: Of<'and-or'>, left: { status: number; flags: RunFlags }): Status {
  if (shell.flow !== null || (left.status === 0) !== (command.operator === '&&')) return left.status;
  return runCommand(shell, command.right, left.flags);
}
