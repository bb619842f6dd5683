/** Branches and loops (POSIX 2.9.4). */
import { expandPattern, expandString, expandWords } from '../expand/expand.ts';
import { compilePattern, matchPattern } from '../expand/pattern.ts';
import type { Shell } from '../shell.ts';
import { type Of, runList } from './command.ts';
import { type RunFlags, type Status, TAIL, TESTED } from './context.ts';
import { done } from './status.ts';
import { traceText } from './trace.ts';

interface IfPlace {
  readonly flags: RunFlags;
  readonly from: number;
}

export function runIf(shell: Shell, command: Of<'if'>, { flags, from }: IfPlace): Status {
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

export async function runWhile(shell: Shell, command: Of<'while'>, flags: RunFlags): Promise<number> {
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

export async function runFor(shell: Shell, command: Of<'for'>, flags: RunFlags): Promise<number> {
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

export async function runCase(shell: Shell, command: Of<'case'>, flags: RunFlags): Promise<number> {
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
