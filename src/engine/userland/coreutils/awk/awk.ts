/**
 * awk: a program of patterns and actions over records. `lexer.ts`, `expressions.ts` and `parser.ts` make a tree (`ast.ts`) of its
 * text; `evaluate.ts` and `execute.ts` walk it over the state in `state.ts`; this file runs BEGIN, each record, and END.
 * GNU's dialect is that of mawk, Debian's awk.
 */

import { isErrno } from '../../../kernel/errno.ts';
import type { Options } from '../../options.ts';
import { readAll, toText as toName, toRaw } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';
import { RegexError } from '../regex.ts';
import type { AwkProgram, Expression, Rule } from './ast.ts';
import { drive, evaluate, type Steps } from './evaluate.ts';
import { ExitInFunction, execute, exitStatus, type Jump } from './execute.ts';
import { AwkSyntax, unescapeString } from './lexer.ts';
import { parseProgram } from './parser.ts';
import { AwkFailure, AwkState } from './state.ts';
import { isTrue, type Value } from './values.ts';

const SPEC = { short: 'F:v:f:e:W:', long: { version: 'W:' }, stopsAtOperand: true, usage: '[OPTIONS] [AWK_PROGRAM] [FILE]...' };
const GNU_FAILURE = 2;

export const awk: Utility = async (tool) => {
  const options = await tool.options({ ...SPEC, ...(tool.isBusybox ? { short: 'F:v:f:e:', long: {} } : {}) });
  if (options.value('W')?.startsWith('v') === true) {
    await tool.out.write('mawk 1.3.4 20200120\n');
    return 0;
  }
  const operands = [...options.operands];
  const source = options.has('f', 'e') ? await sources(tool, options) : operands.shift();
  if (source === undefined) return usage(tool);
  const program = await parse(tool, toRaw(source));
  const state = new AwkState(tool, program);
  const argv = state.arrayOf(state.cell('ARGV'));
  for (const [at, word] of [tool.applet, ...operands].entries()) argv.set(String(at), toRaw(word));
  state.set('ARGC', operands.length + 1);
  const separator = options.value('F');
  if (separator !== undefined) state.set('FS', separator === 't' && tool.isBusybox ? '\t' : unescapeString(toRaw(separator)));
  for (const assignment of options.values('v')) await preset(tool, state, assignment);
  return run(tool, state);
};

async function usage(tool: Tool): Promise<number> {
  if (tool.isBusybox) return tool.wrongUsage(SPEC);
  await tool.out.write(`Usage: ${tool.name} [Options] [Program] [file ...]\n`);
  return GNU_FAILURE;
}

async function sources(tool: Tool, options: Options): Promise<string> {
  const parts: string[] = [];
  for (const [key, value] of options.given) {
    if (key === 'e') parts.push(value);
    if (key === 'f') parts.push(await sourceFile(tool, value));
  }
  return parts.join('\n');
}

async function sourceFile(tool: Tool, path: string): Promise<string> {
  try {
    const fd = path === '-' ? 0 : await tool.sys.open(path, { read: true });
    const text = new TextDecoder().decode(await readAll(tool.sys, fd));
    if (fd !== 0) tool.sys.fds.close(fd);
    return text;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return tool.isBusybox
      ? tool.die(`can't open '${path}': ${error.message}`)
      : tool.die(`cannot open ${path} (${error.message})`, GNU_FAILURE);
  }
}

async function preset(tool: Tool, state: AwkState, assignment: string): Promise<void> {
  const match = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(assignment);
  if (match) return state.assign(match[1] ?? '', toRaw(match[2] ?? ''));
  await (tool.isBusybox ? tool.wrongUsage(SPEC) : tool.die(`improper assignment: -v ${assignment}`, GNU_FAILURE));
}

async function parse(tool: Tool, source: string): Promise<AwkProgram> {
  try {
    const program = parseProgram(source);
    await checkCalls(tool, program, source);
    return program;
  } catch (error) {
    if (!(error instanceof AwkSyntax)) throw error;
    if (tool.isBusybox)
      return tool.die(
        `cmd. line:${error.line}: ${/^runaway string/.test(error.message) ? 'Unexpected end of string' : /^runaway/.test(error.message) ? 'Unexpected end of regex' : 'Unexpected token'}`,
      );
    const word = toName(error.message);
    const message = /^runaway|^unexpected/.test(word)
      ? word
      : word === 'end of file'
        ? 'missing } near end of file'
        : `syntax error at or near ${word === 'newline' ? 'end of line' : word}`;
    return tool.die(`line ${error.line}: ${message}`, GNU_FAILURE);
  }
}

/** mawk notices before it begins that a function is nowhere. */
async function checkCalls(tool: Tool, { functions }: AwkProgram, source: string): Promise<void> {
  if (tool.isBusybox) return;
  const calls = (JSON.stringify(parseProgram(source).rules).match(/"kind":"call","name":"(\w+)"/g) ?? []).map((text) =>
    text.slice('"kind":"call","name":"'.length, -1),
  );
  const missing = calls.find((name) => !functions.has(name));
  if (missing !== undefined) await tool.die(`line ${source.split('\n').length + 1}: function ${missing} never defined`, GNU_FAILURE);
}

async function run(tool: Tool, state: AwkState): Promise<number> {
  let status = 0;
  try {
    status = await phases(state);
  } catch (error) {
    await state.streams.closeAll();
    if (error instanceof AwkFailure)
      return tool.isBusybox ? tool.die(`cmd. line:1: ${error.message}`) : tool.die(`run time error: ${error.message}`, GNU_FAILURE);
    if (error instanceof RegexError)
      return tool.isBusybox
        ? tool.die(`bad regex: ${error.message}`)
        : tool.die(`regular expression compile failed (${error.message})`, GNU_FAILURE);
    throw error;
  }
  await state.streams.closeAll();
  return status;
}

/** BEGIN, the records, END; `exit` skips to END, and in END it ends. */
async function phases(state: AwkState): Promise<number> {
  const { rules } = state.program;
  const main = rules.filter(({ pattern }) => pattern !== 'BEGIN' && pattern !== 'END');
  const ends = rules.filter(({ pattern }) => pattern === 'END');
  let exit = await special(
    state,
    rules.filter(({ pattern }) => pattern === 'BEGIN'),
  );
  if (exit === null && main.length + ends.length > 0) exit = await records(state, main);
  const last = await special(state, ends);
  return exitStatus((last?.value === undefined ? exit : last)?.value);
}

interface Exited {
  readonly value: Value;
}

/** Runs until a jump; what `exit` said, also from inside a function. */
async function guarded(state: AwkState, steps: Steps<Jump | null>): Promise<Jump | null> {
  try {
    return await drive(steps);
  } catch (error) {
    if (!(error instanceof ExitInFunction)) throw error;
    state.locals = null;
    state.depth = 0;
    return { kind: 'exit', value: error.value };
  }
}

async function special(state: AwkState, rules: readonly Rule[]): Promise<Exited | null> {
  for (const { body } of rules) {
    const jump = body === null ? null : await guarded(state, execute(state, body));
    if (jump?.kind === 'exit') return jump;
  }
  return null;
}

async function records(state: AwkState, rules: readonly Rule[]): Promise<Exited | null> {
  const open = new Set<Rule>();
  for (let record = await state.nextRecord(); record !== null; record = await state.nextRecord()) {
    state.record.set(record);
    await state.tool.sys.turn();
    const jump = await guarded(state, matching(state, rules, open));
    if (jump?.kind === 'exit') return jump;
    if (jump?.kind === 'nextfile') state.closeInput();
  }
  return null;
}

/** The rules for one record; `open` are the ranges that have begun. */
function* matching(state: AwkState, rules: readonly Rule[], open: Set<Rule>): Steps<Jump | null> {
  for (const rule of rules) {
    if (!(yield* applies(state, rule, open))) continue;
    const jump = yield* execute(state, rule.body ?? PRINT);
    if (jump !== null) return jump;
  }
  return null;
}

const PRINT = { kind: 'print', isFormat: false, args: [], to: null } as const;

function* applies(state: AwkState, rule: Rule, open: Set<Rule>): Steps<boolean> {
  const { pattern, until } = rule;
  if (pattern === null || pattern === 'BEGIN' || pattern === 'END') return true;
  if (until === null) return isTrue(yield* evaluate(state, pattern));
  if (!open.has(rule)) {
    if (!isTrue(yield* evaluate(state, pattern))) return false;
    open.add(rule);
  }
  if (yield* ends(state, until)) open.delete(rule);
  return true;
}

function* ends(state: AwkState, until: Expression): Steps<boolean> {
  return isTrue(yield* evaluate(state, until));
}
