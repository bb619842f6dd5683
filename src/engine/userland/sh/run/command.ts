/**
 * Runs the tree. A function here answers with a status, or with a promise of one only where something had to wait:
 * so a loop of assignments and tests runs at the host's speed, and passes the kernel once at each command (`sys.turn`).
 */

import { expandPattern, expandString, expandWords } from '../expand/expand.ts';
import { compilePattern, matchPattern } from '../expand/pattern.ts';
import { type Shell, ShellExit } from '../shell.ts';
import type { Command, List, ListItem } from '../syntax/ast.ts';
import { type RunFlags, type Status, TAIL, TESTED } from './context.ts';
import { runBackground, runPipeline, runSubshell } from './pipeline.ts';
import { runRedirected } from './redirect.ts';
import { runSimple } from './simple.ts';
import { traceText } from './trace.ts';
import { runConditionTrap } from './traps.ts';

type Of<T extends Command['type']> = Extract<Command, { type: T }>;

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

/** The status becomes `$?`. */
export function done(shell: Shell, status: number): number {
  shell.status = status;
  shell.pipeStatuses = null;
  return status;
}

/** A command has ended that `set -e` looks at. */
export function checked(shell: Shell, status: number, flags: RunFlags): Status {
  shell.status = status;
  shell.pipeStatuses = null;
  if (status !== 0 && (flags & TESTED) === 0 && shell.flow === null && shell.traps.has('ERR')) return runErrorTrap(shell, status);
  if (status !== 0 && shell.options.errexit && (flags & TESTED) === 0 && shell.flow === null) throw new ShellExit(status);
  return status;
}

async function runErrorTrap(shell: Shell, status: number): Promise<number> {
  await runConditionTrap(shell, 'ERR');
  if (shell.options.errexit && shell.flow === null) throw new ShellExit(status);
  return status;
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

interface IfPlace {
  readonly flags: RunFlags;
  readonly from: number;
}

function runIf(shell: Shell, command: Of<'if'>, { flags, from }: IfPlace): Status {
  const clause = command.clauses[from];
  if (clause === undefined) return command.otherwise === null ? done(shell, 0) : runList(shell, command.otherwise, flags);
  const test = runList(shell, clause.condition, TESTED);
  if (typeof test !== 'number') return test.then((status) => branch(shell, command, { flags, from, status }));
  return branch(shell, command, { flags, from, status: test });
}

function branch(shell: Shell, command: Of<'if'>, place: IfPlace & { status: number }): Status {
  if (shell.flow !== null) return place.status;
  const clause = command.clauses[place.from];
  if (place.status === 0 && clause !== undefined) return runList(shell, clause.body, place.flags);
  return runIf(shell, command, { flags: place.flags, from: place.from + 1 });
}

/** After a loop's body: whether the loop goes on. */
export function goesOn(shell: Shell): boolean {
  const { flow } = shell;
  if (flow === null) return true;
  if (flow.kind === 'return') return false;
  if (flow.depth > 1) {
    flow.depth -= 1;
    return false;
  }
  shell.flow = null;
  return flow.kind === 'continue';
}

async function runWhile(shell: Shell, command: Of<'while'>, flags: RunFlags): Promise<number> {
  let status = 0;
  shell.loopDepth += 1;
  try {
    for (;;) {
      const turn = shell.sys.turn();
      if (turn !== undefined) await turn;
      const test = runList(shell, command.condition, TESTED);
      const tested = typeof test === 'number' ? test : await test;
      if (!goesOn(shell)) break;
      if ((tested === 0) === command.isUntil) break;
      const result = runList(shell, command.body, flags & ~TAIL);
      status = typeof result === 'number' ? result : await result;
      if (!goesOn(shell)) break;
    }
  } finally {
    shell.loopDepth -= 1;
  }
  return done(shell, shell.flow?.kind === 'return' ? shell.flow.status : status);
}

async function runFor(shell: Shell, command: Of<'for'>, flags: RunFlags): Promise<number> {
  shell.line = command.line;
  const values = command.words === null ? shell.positional : await expandWords(shell, command.words);
  let status = 0;
  shell.loopDepth += 1;
  try {
    for (const value of values) {
      const turn = shell.sys.turn();
      if (turn !== undefined) await turn;
      if (shell.options.xtrace && shell.dialect.own !== undefined)
        await traceText(shell, `for ${command.name} in ${values.map((one) => shell.dialect.own?.traced(one) ?? one).join(' ')}`);
      shell.assign(command.name, value);
      const result = runList(shell, command.body, flags & ~TAIL);
      status = typeof result === 'number' ? result : await result;
      if (!goesOn(shell)) break;
    }
  } finally {
    shell.loopDepth -= 1;
  }
  return done(shell, shell.flow?.kind === 'return' ? shell.flow.status : status);
}

async function runCase(shell: Shell, command: Of<'case'>, flags: RunFlags): Promise<number> {
  shell.line = command.line;
  const subject = await expandString(shell, command.word);
  let status = 0;
  let falls = false;
  for (const item of command.items) {
    if (!falls && !(await matchesAny(shell, item.patterns, subject))) continue;
    status = await runList(shell, item.body, item.fallsThrough ? flags & ~TAIL : flags);
    falls = item.fallsThrough;
    if (item.goesOn === true && shell.flow === null) continue;
    if (!falls || shell.flow !== null) return item.body.items.length === 0 ? done(shell, 0) : status;
  }
  return done(shell, status);
}

async function matchesAny(shell: Shell, patterns: Of<'case'>['items'][number]['patterns'], subject: string): Promise<boolean> {
  const fold = (text: string): string => (shell.own?.ignoresCase === true ? text.toLowerCase() : text);
  for (const pattern of patterns) if (matchPattern(compilePattern(fold(await expandPattern(shell, pattern))), fold(subject))) return true;
  return false;
}
