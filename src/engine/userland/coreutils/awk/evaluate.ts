/**
 * Values of expressions. Evaluation is a generator: where the program must wait for the kernel it yields what to wait for, and
 * is resumed with the answer. So what never waits, which is nearly all, costs no promise.
 */
import type { Expression, Lvalue } from './ast.ts';
import { callBuiltin } from './builtins.ts';
import { callFunction } from './execute.ts';
import { AwkFailure, type AwkState } from './state.ts';
import { compareValues, fromInput, isTrue, matches, toNumber, type Value } from './values.ts';

export type Wait = () => Promise<Value>;
export type Steps<T> = Generator<Wait, T, Value>;

/** Runs it, waiting where it wants to wait. */
export async function drive<T>(steps: Steps<T>): Promise<T> {
  for (let step = steps.next(); ; ) {
    if (step.done === true) return step.value;
    step = steps.next(await step.value());
  }
}

export function* evaluate(state: AwkState, expression: Expression): Steps<Value> {
  switch (expression.kind) {
    case 'number':
    case 'string':
      return expression.value;
    case 'regex':
      return matches(expression.source, state.record.text(state.text)) ? 1 : 0;
    case 'name':
      return state.get(expression.name);
    case 'index':
      return yield* element(state, expression);
    case 'field':
      return state.record.field(yield* fieldIndex(state, expression.index), state.text);
    case 'group':
      return yield* joined(state, expression.list);
    case 'assign':
      return yield* assign(state, expression);
    case 'step':
      return yield* step(state, expression);
    case 'unary':
      return unary(expression.operator, yield* evaluate(state, expression.operand));
    case 'binary':
      return yield* binary(state, expression);
    case 'match':
      return yield* match(state, expression);
    case 'choice':
      return yield* evaluate(state, isTrue(yield* evaluate(state, expression.test)) ? expression.yes : expression.no);
    case 'in':
      return state.arrayOf(state.cell(expression.name)).has(yield* keyOf(state, expression.keys)) ? 1 : 0;
    case 'call':
      return yield* callFunction(state, expression);
    case 'builtin':
      return yield* callBuiltin(state, expression);
    case 'getline':
      return yield* getline(state, expression);
  }
}

export function* textValue(state: AwkState, expression: Expression): Steps<string> {
  return state.text(yield* evaluate(state, expression));
}

function* fieldIndex(state: AwkState, expression: Expression): Steps<number> {
  const index = Math.trunc(toNumber(yield* evaluate(state, expression)));
  if (index >= 0) return index;
  throw new AwkFailure(state.tool.isBusybox ? 'Access to negative field' : `negative field index $${index}`);
}

/** Several in parentheses where one is meant: `(a, b) in c` never comes here. */
function* joined(state: AwkState, list: readonly Expression[]): Steps<Value> {
  let last: Value;
  for (const expression of list) last = yield* evaluate(state, expression);
  return last;
}

/** Several keys are joined by SUBSEP. */
export function* keyOf(state: AwkState, keys: readonly Expression[]): Steps<string> {
  let key: string | null = null;
  for (const expression of keys) {
    const text = yield* textValue(state, expression);
    key = key === null ? text : key + state.textOf('SUBSEP') + text;
  }
  return key ?? '';
}

function* element(state: AwkState, { name, keys }: Extract<Expression, { kind: 'index' }>): Steps<Value> {
  const key = yield* keyOf(state, keys);
  const array = state.arrayOf(state.cell(name));
  // Looking makes it.
  if (!array.has(key)) {
    array.set(key, undefined);
    state.tool.sys.grow(key.length + 48);
  }
  return array.get(key);
}

export function* store(state: AwkState, target: Lvalue, value: Value): Steps<void> {
  if (target.kind === 'name') state.set(target.name, value);
  else if (target.kind === 'index') {
    const key = yield* keyOf(state, target.keys);
    const array = state.arrayOf(state.cell(target.name));
    if (!array.has(key)) state.tool.sys.grow(key.length + 48);
    array.set(key, value);
  } else {
    const index = yield* fieldIndex(state, target.index);
    if (index === 0) state.record.set(state.text(value));
    else state.record.setField(index, value);
  }
}

function* assign(state: AwkState, { operator, target, value }: Extract<Expression, { kind: 'assign' }>): Steps<Value> {
  const right = yield* evaluate(state, value);
  const result = operator === '' ? right : arithmetic(state, operator, toNumber(yield* evaluate(state, target)), toNumber(right));
  yield* store(state, target, result);
  return result;
}

function* step(state: AwkState, { by, isPrefix, target }: Extract<Expression, { kind: 'step' }>): Steps<Value> {
  const before = toNumber(yield* evaluate(state, target));
  yield* store(state, target, before + by);
  return isPrefix ? before + by : before;
}

function unary(operator: '!' | '-' | '+', value: Value): Value {
  if (operator === '!') return isTrue(value) ? 0 : 1;
  return operator === '-' ? -toNumber(value) : toNumber(value);
}

/** Debian's busybox is built without FEATURE_AWK_LIBM. */
export function needsMath({ tool }: AwkState): void {
  if (tool.isDebianBusybox) throw new AwkFailure('Math support is not compiled in');
}

function arithmetic(state: AwkState, operator: string, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      if (right === 0 && state.tool.isBusybox) throw new AwkFailure('Division by zero');
      return left / right;
    case '%':
      if (right === 0 && state.tool.isBusybox) throw new AwkFailure('Division by zero');
      return left % right;
    default:
      needsMath(state);
      return left ** right;
  }
}

function* binary(state: AwkState, { operator, left, right }: Extract<Expression, { kind: 'binary' }>): Steps<Value> {
  const first = yield* evaluate(state, left);
  if (operator === '&&') return isTrue(first) && isTrue(yield* evaluate(state, right)) ? 1 : 0;
  if (operator === '||') return isTrue(first) || isTrue(yield* evaluate(state, right)) ? 1 : 0;
  const second = yield* evaluate(state, right);
  if (operator === ' ') return state.text(first) + state.text(second);
  if ('+-*/%^'.includes(operator)) return arithmetic(state, operator, toNumber(first), toNumber(second));
  const order = compareValues(first, second, state.style);
  return compared(operator, order) ? 1 : 0;
}

function compared(operator: string, order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}

/** An expression in slashes is itself; anything else is text that is one. */
export function* regexSource(state: AwkState, expression: Expression): Steps<string> {
  return expression.kind === 'regex' ? expression.source : yield* textValue(state, expression);
}

function* match(state: AwkState, { isNegated, left, right }: Extract<Expression, { kind: 'match' }>): Steps<Value> {
  const text = yield* textValue(state, left);
  return matches(yield* regexSource(state, right), text) !== isNegated ? 1 : 0;
}

function* getline(state: AwkState, { from, source, target }: Extract<Expression, { kind: 'getline' }>): Steps<Value> {
  const record = yield* readRecord(state, from, source);
  if (typeof record === 'number') return record;
  if (target === null) state.record.set(record);
  else yield* store(state, target, fromInput(record));
  return 1;
}

/** A record, 0 at the end, -1 if it cannot be read. */
function* readRecord(state: AwkState, from: 'main' | 'file' | 'command', source: Expression | null): Steps<string | 0 | -1> {
  if (from === 'main' || source === null) {
    const record = yield async () => (await state.nextRecord()) ?? 0;
    return typeof record === 'string' ? record : 0;
  }
  const name = yield* textValue(state, source);
  const record = yield async () => {
    const reader = await state.streams.reader(from, name);
    return reader === null ? -1 : ((await reader.next(state.textOf('RS'))) ?? 0);
  };
  if (typeof record !== 'string') return record === -1 ? -1 : 0;
  if (from === 'command') state.set('NR', toNumber(state.get('NR')) + 1);
  return record;
}
