/** Statements: what they do, and how `break`, `next` and their like find their way out. */
import { isErrno } from '../../../kernel/errno.ts';
import { toText as toName } from '../../program-io.ts';
import type { Expression, Statement } from './ast.ts';
import { format } from './builtins.ts';
import { evaluate, keyOf, type Steps, textValue } from './evaluate.ts';
import { AwkFailure, type AwkState, type Cell, newCell } from './state.ts';
import { isTrue, toNumber, toText, type Value } from './values.ts';

/** How a statement ended, if not by coming to its end. */
export type Jump =
  | { readonly kind: 'break' | 'continue' | 'next' | 'nextfile' }
  | { readonly kind: 'return' | 'exit'; readonly value: Value };

const MAX_DEPTH = 1000;

/** Runs a statement; null if the next one follows. */
export function* execute(state: AwkState, statement: Statement): Steps<Jump | null> {
  const turn = state.tool.sys.turn();
  if (turn !== undefined)
    yield async () => {
      await turn;
      return undefined;
    };
  switch (statement.kind) {
    case 'expression':
      yield* evaluate(state, statement.expression);
      return null;
    case 'print':
      yield* print(state, statement);
      return null;
    case 'block':
      return yield* sequence(state, statement.body);
    case 'if':
      return yield* branch(state, statement);
    case 'while':
      return yield* loop(state, statement);
    case 'for':
      return yield* counted(state, statement);
    case 'each':
      return yield* each(state, statement);
    case 'delete':
      yield* remove(state, statement);
      return null;
    case 'return':
    case 'exit':
      return { kind: statement.kind, value: statement.value === null ? undefined : yield* evaluate(state, statement.value) };
    default:
      return statement;
  }
}

function* sequence(state: AwkState, body: readonly Statement[]): Steps<Jump | null> {
  for (const statement of body) {
    const jump = yield* execute(state, statement);
    if (jump !== null) return jump;
  }
  return null;
}

function* branch(state: AwkState, { test, yes, no }: Extract<Statement, { kind: 'if' }>): Steps<Jump | null> {
  if (isTrue(yield* evaluate(state, test))) return yield* execute(state, yes);
  return no === null ? null : yield* execute(state, no);
}

/** What a loop makes of the end of its body: go on, leave, or pass it on. */
const leaves = (jump: Jump | null): jump is Jump => jump !== null && jump.kind !== 'continue';
const passedOn = (jump: Jump): Jump | null => (jump.kind === 'break' ? null : jump);

function* loop(state: AwkState, { test, body, isDo }: Extract<Statement, { kind: 'while' }>): Steps<Jump | null> {
  for (let isFirst = isDo; isFirst || isTrue(yield* evaluate(state, test)); isFirst = false) {
    const jump = yield* execute(state, body);
    if (leaves(jump)) return passedOn(jump);
  }
  return null;
}

function* counted(state: AwkState, { start, test, next, body }: Extract<Statement, { kind: 'for' }>): Steps<Jump | null> {
  if (start !== null) yield* execute(state, start);
  while (test === null || isTrue(yield* evaluate(state, test))) {
    const jump = yield* execute(state, body);
    if (leaves(jump)) return passedOn(jump);
    if (next !== null) yield* execute(state, next);
  }
  return null;
}

function* each(state: AwkState, { variable, array, body }: Extract<Statement, { kind: 'each' }>): Steps<Jump | null> {
  for (const key of [...state.arrayOf(state.cell(array)).keys()]) {
    state.set(variable, key);
    const jump = yield* execute(state, body);
    if (leaves(jump)) return passedOn(jump);
  }
  return null;
}

function* remove(state: AwkState, { name, keys }: Extract<Statement, { kind: 'delete' }>): Steps<void> {
  const array = state.arrayOf(state.cell(name));
  if (keys === null) array.clear();
  else array.delete(yield* keyOf(state, keys));
}

function* print(state: AwkState, { isFormat, args, to }: Extract<Statement, { kind: 'print' }>): Steps<void> {
  const { printStyle } = state;
  const values: Value[] = [];
  try {
    for (const argument of args) values.push(yield* evaluate(state, argument));
  } catch (error) {
    // busybox prints each value as it has it.
    if (!(error instanceof AwkFailure) || !state.tool.isBusybox || isFormat || to !== null) throw error;
    const shown = values.map((value) => toText(value, printStyle) + state.textOf('OFS')).join('');
    yield async () => {
      await state.tool.out.raw(shown);
      return undefined;
    };
    throw error;
  }
  const text = isFormat
    ? format(state, values)
    : (args.length === 0 ? state.record.text(state.text) : values.map((value) => toText(value, printStyle)).join(state.textOf('OFS'))) +
      state.textOf('ORS');
  if (to === null) {
    yield async () => {
      await state.tool.out.raw(text);
      return undefined;
    };
    return;
  }
  const target = yield* textValue(state, to.target);
  yield async () => {
    const out = await openOrFail(state, to.operator, target);
    await out.raw(text);
    return undefined;
  };
}

async function openOrFail(state: AwkState, operator: '>' | '>>' | '|', target: string): Promise<{ raw(text: string): Promise<void> }> {
  try {
    return await state.streams.writer(operator, target);
  } catch (error) {
    if (!isErrno(error)) throw error;
    const { tool } = state;
    return tool.die(
      tool.isBusybox ? `can't open '${toName(target)}': ${error.message}` : `cannot open "${toName(target)}" for output (${error.message})`,
      tool.isBusybox ? 1 : 2,
    );
  }
}

/** A function of the program: arrays are handed over as they are, values are copied. */
export function* callFunction(state: AwkState, { name, args }: Extract<Expression, { kind: 'call' }>): Steps<Value> {
  const definition = state.program.functions.get(name);
  if (definition === undefined) throw new AwkFailure('Call to undefined function');
  const locals = new Map<string, Cell>();
  for (const [at, parameter] of definition.parameters.entries()) locals.set(parameter, yield* argumentCell(state, args[at]));
  if (state.depth >= MAX_DEPTH) throw new AwkFailure('function call nesting too deep');
  const outer = state.locals;
  state.locals = locals;
  state.depth += 1;
  const jump = yield* execute(state, definition.body);
  state.depth -= 1;
  state.locals = outer;
  if (jump?.kind === 'exit') throw new ExitInFunction(jump.value);
  return jump?.kind === 'return' ? jump.value : undefined;
}

function* argumentCell(state: AwkState, argument: Expression | undefined): Steps<Cell> {
  if (argument === undefined) return newCell();
  if (argument.kind !== 'name' || argument.name === 'NF') return newCell(yield* evaluate(state, argument));
  const cell = state.cell(argument.name);
  return cell.array !== null || cell.value === undefined ? { value: undefined, array: cell.array, origin: cell } : newCell(cell.value);
}

/** `exit` leaves every function at once. */
export class ExitInFunction extends Error {
  override readonly name = 'ExitInFunction';
  readonly value: Value;

  constructor(value: Value) {
    super('exit');
    this.value = value;
  }
}

export const exitStatus = (value: Value): number => (value === undefined ? 0 : Math.trunc(toNumber(value)) & 0xff);
