/** Simple commands (POSIX 2.9.1): assignments, then a function, a builtin or a program. */

import { expandString, expandWords } from '../expand/expand.ts';
import { later } from '../later.ts';
import type { Shell } from '../shell.ts';
import type { Assignment, SimpleCommand } from '../syntax/ast.ts';
import type { RunFlags, Status } from './context.ts';
import { dispatch, enter } from './words.ts';

const traceText = later(async () => (await import('./trace.ts')).traceText);

export function runSimple(shell: Shell, command: SimpleCommand, flags: RunFlags): Status {
  const entered = enter(shell, command.line);
  if (entered === true) return expandAndRun(shell, command, flags);
  return entered.then((goesOn) => (goesOn ? expandAndRun(shell, command, flags) : shell.status));
}

function expandAndRun(shell: Shell, command: SimpleCommand, flags: RunFlags): Status {
  const argv = expandWords(shell, command.words);
  if (argv instanceof Promise) return argv.then((words) => withAssignments(shell, command, { argv: words, flags }));
  return withAssignments(shell, command, { argv, flags });
}

function withAssignments(shell: Shell, command: SimpleCommand, { argv, flags }: { argv: readonly string[]; flags: RunFlags }): Status {
  const mayBeDirect = argv.length === 0 && command.redirects.length === 0 && !shell.options.xtrace;
  const values = mayBeDirect ? assignAll(shell, command.assignments, 0) : evaluateAll(shell, command.assignments);
  if (values instanceof Promise) return values.then((assignments) => dispatch(shell, command, { argv, assignments, flags }));
  return dispatch(shell, command, { argv, assignments: values, flags });
}

/** Makes assignments one after the other, so that each sees the one before. */
function assignAll(
  shell: Shell,
  assignments: readonly Assignment[],
  from: number,
): readonly [string, string][] | Promise<readonly [string, string][]> {
  for (let i = from; i < assignments.length; i += 1) {
    const one = assignments[i];
    if (one === undefined) break;
    if (one.make !== undefined) return one.make(shell).then(() => assignAll(shell, assignments, i + 1));
    const value = expandString(shell, one.value, { isAssignment: true });
    if (value instanceof Promise) {
      return value.then((text) => {
        shell.assign(one.name, text);
        return assignAll(shell, assignments, i + 1);
      });
    }
    shell.assign(one.name, value);
  }
  return [];
}

function evaluateAll(shell: Shell, assignments: readonly Assignment[]): readonly [string, string][] | Promise<readonly [string, string][]> {
  if (assignments.length === 0) return [];
  return evaluateEach(shell, assignments);
}

async function evaluateEach(shell: Shell, assignments: readonly Assignment[]): Promise<readonly [string, string][]> {
  const values: [string, string][] = [];
  for (const one of assignments) {
    if (one.make !== undefined) {
      if (shell.options.xtrace) await traceText(shell, one.text ?? one.name);
      await one.make(shell);
    } else values.push([one.name, await expandString(shell, one.value, { isAssignment: true })]);
  }
  return values;
}
