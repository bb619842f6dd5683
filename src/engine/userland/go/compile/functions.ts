/** Functions: parameters and results get their places, the body is compiled, and what is missing in it is said. */
import { type Code, type FuncCode, later, pure, run } from '../runtime/frame.ts';
import { Cell, type Value, zeroOf } from '../runtime/values.ts';
import type { Block, Param, Stmt } from '../syntax/ast.ts';
import type { Position } from '../syntax/tokens.ts';
import { type Context, complain, declare, inner } from './context.ts';
import { statements } from './statements.ts';
import { typeOf } from './type-expressions.ts';

export interface FunctionSource {
  readonly name: string;
  readonly receiver?: Param | null;
  readonly params: readonly Param[];
  readonly results: readonly Param[];
  readonly body: Block;
  readonly at: Position;
}

/** A function whose body comes later. */
export const emptyCode = (name: string, file: string, at: Position): FuncCode => ({
  name,
  file,
  line: Math.floor(at / 4096),
  results: null,
  zero: null,
});

/** Compiles a function's body; `context.fn` is the function's own. */
export function functionBody(context: Context, source: FunctionSource, into?: FuncCode): FuncCode {
  const { fn } = context;
  if (fn === null) throw new Error('A body needs a function');
  const code = into ?? emptyCode(source.name, context.package.traceFile(context.file), source.at);
  const inside = inner(context);
  const all = source.receiver ? [source.receiver, ...source.params] : source.params;
  for (const param of all) {
    const type = param.variadic ? sliceType(inside, param) : typeOf(inside, param.type);
    const variable = fn.declare(param.name ?? '_', type, param.at);
    variable.used = true;
    declare(inside, variable.name, param.at, variable);
  }
  const isNamed = source.results.some(({ name }) => name !== null);
  if (isNamed)
    fn.results = source.results.map(({ name, type, at }) => {
      const variable = fn.declare(name ?? '_', typeOf(inside, type), at);
      variable.used = true;
      declare(inside, variable.name, at, variable);
      return variable;
    });
  const body = statements(inner(inside), source.body.body);
  if (source.results.length > 0 && !isTerminatingList(source.body.body)) complain(context, source.body.end, 'missing return');
  for (const variable of fn.unused) complain(context, variable.at, `declared and not used: ${variable.name}`);
  const zeros = fn.type.results.map(zeroOf);
  code.zero = zeros.length === 0 ? null : () => (zeros.length === 1 ? zeros[0]?.() : zeros.map((zero) => zero()));
  code.results = isNamed ? fn.results.map(({ slot }) => slot) : null;
  code.body = isNamed
    ? withResults(
        fn.results.map(({ slot }, index): readonly [number, () => Value] => [slot, zeros[index] ?? (() => null)]),
        body,
      )
    : body;
  return code;
}

const sliceType = (context: Context, param: Param): ReturnType<typeof typeOf> =>
  typeOf(context, { kind: 'array-type', at: param.at, length: null, element: param.type });

function withResults<T>(results: readonly (readonly [number, () => Value])[], body: Code<T>): Code<T> {
  const begin = (locals: Cell[]): void => {
    for (const [slot, zero] of results) locals[slot] = new Cell(zero());
  };
  const { now } = body;
  if (now)
    return pure((frame) => {
      begin(frame.locals);
      return now(frame);
    });
  return later(function* (frame) {
    begin(frame.locals);
    return yield* run(body, frame);
  });
}

/** Whether a list of statements never reaches its end. The Go specification, "Terminating statements". */
const isTerminatingList = (list: readonly Stmt[]): boolean => {
  const last = list.at(-1);
  return last !== undefined && isTerminating(last, null);
};

function isTerminating(stmt: Stmt, label: string | null): boolean {
  switch (stmt.kind) {
    case 'return':
    case 'goto':
      return true;
    case 'expr':
      return stmt.x.kind === 'call' && stmt.x.fn.kind === 'name' && stmt.x.fn.name === 'panic';
    case 'block':
      return isTerminatingList(stmt.block.body);
    case 'if':
      return stmt.otherwise !== null && isTerminatingList(stmt.then.body) && isTerminating(stmt.otherwise, null);
    case 'for':
      return stmt.condition === null && !hasBreak(stmt.body.body, label, true);
    case 'labeled':
      return isTerminating(stmt.body, stmt.label);
    case 'switch':
    case 'type-switch':
      return stmt.clauses.some(({ cases }) => cases === null) && stmt.clauses.every(({ body }) => endsClause(body, label));
    case 'select':
      return stmt.clauses.every(({ body }) => endsClause(body, label));
    default:
      return false;
  }
}

const endsClause = (body: readonly Stmt[], label: string | null): boolean =>
  !hasBreak(body, label, true) && (isTerminatingList(body) || body.at(-1)?.kind === 'fallthrough');

/** Whether a `break` of this statement is in there. */
function hasBreak(list: readonly Stmt[], label: string | null, own: boolean): boolean {
  return list.some((stmt): boolean => {
    switch (stmt.kind) {
      case 'break':
        return stmt.label === null ? own : stmt.label === label;
      case 'block':
        return hasBreak(stmt.block.body, label, own);
      case 'if':
        return hasBreak(stmt.then.body, label, own) || (stmt.otherwise !== null && hasBreak([stmt.otherwise], label, own));
      case 'labeled':
        return hasBreak([stmt.body], label, own);
      case 'for':
      case 'range':
        return hasBreak(stmt.body.body, label, false);
      case 'switch':
      case 'type-switch':
      case 'select':
        return stmt.clauses.some(({ body }) => hasBreak(body, label, false));
      default:
        return false;
    }
  });
}
