/** `switch`, `switch x.(type)` and `select`. */
import { type SelectCase, select } from '../runtime/channels.ts';
import { type Code, type Frame, type Leave, later, run, type Steps } from '../runtime/frame.ts';
import { Boxed, Cell, type Value } from '../runtime/values.ts';
import type { Clause, CommClause, Expr, Stmt } from '../syntax/ast.ts';
import { BOOL, defaultType, INVALID, isInterface, isUntyped, type Type, under } from '../types/types.ts';
import { canHold, holds } from './assertions.ts';
import { assign } from './assign.ts';
import { assignment } from './assignments.ts';
import { breakable, type Context, complain, inner } from './context.ts';
import { single } from './expressions.ts';
import { describe, type Operand, value } from './operand.ts';
import { combine } from './operators.ts';
import type { Variable } from './scope.ts';
import { type StmtCode, statement, statements } from './statements.ts';
import { typeOf } from './type-expressions.ts';

/** A `break` inside ends the switch. */
function afterClause(leave: Leave | undefined, label: string | null): Leave | undefined {
  return leave?.kind === 'break' && (leave.label === null || leave.label === label) ? undefined : leave;
}

/** Runs a clause, and those that it falls through to. */
function* runClauses(frame: Frame, bodies: readonly StmtCode[], start: number): Steps<Leave | undefined> {
  for (let index = start; index < bodies.length; index += 1) {
    const body = bodies[index];
    const leave = body && (yield* run(body, frame));
    if (leave?.kind !== 'fallthrough') return leave;
  }
  return undefined;
}

export function switchStatement(context: Context, stmt: Extract<Stmt, { kind: 'switch' }>, label: string | null): StmtCode {
  const outer = inner(context);
  const { fn } = context;
  const init = stmt.init ? statement(outer, stmt.init) : null;
  const tag = stmt.tag ? single(outer, stmt.tag) : null;
  const slot = fn?.slots ?? 0;
  if (fn) fn.slots += 1;
  const type = tag && (isUntyped(tag.type) ? defaultType(tag.type) : tag.type);
  const stored = tag && type && tag.mode !== 'invalid' ? assign(outer, tag, type, 'switch expression') : null;
  const kept: Operand | null =
    tag && type
      ? {
          ...value(tag.expr, tag.mode === 'invalid' ? INVALID : type, { now: (frame) => frame.locals[slot]?.v }),
          mode: tag.mode === 'invalid' ? 'invalid' : 'variable',
        }
      : null;
  const seen = new Map<unknown, Expr>();
  const tests = stmt.clauses.map(
    ({ cases }) => cases?.map((expr) => caseTest(outer, expr, { kept, seen, hasTag: stmt.tag !== null })) ?? null,
  );
  const bodies = stmt.clauses.map(({ body }) => statements(breakable(outer, false), body));
  const fallback = stmt.clauses.findIndex(({ cases }) => cases === null);
  return later(function* (frame) {
    if (init) yield* run(init, frame);
    if (stored) frame.locals[slot] = new Cell(yield* run(stored, frame));
    const chosen = yield* firstThatHolds(frame, tests);
    return afterClause(yield* runClauses(frame, bodies, chosen < 0 ? (fallback < 0 ? bodies.length : fallback) : chosen), label);
  });
}

function* firstThatHolds(frame: Frame, tests: readonly (readonly Code[] | null)[]): Steps<number> {
  for (const [index, list] of tests.entries())
    for (const test of list ?? []) if (test.now ? test.now(frame) : yield* run(test, frame)) return index;
  return -1;
}

interface Tag {
  readonly kept: Operand | null;
  readonly hasTag: boolean;
  readonly seen: Map<unknown, Expr>;
}

function caseTest(context: Context, expr: Expr, { kept, hasTag, seen }: Tag): Code {
  const operand = single(context, expr, kept?.type);
  if (!hasTag) {
    const code = operand.mode === 'invalid' ? operand.code : assign(context, operand, BOOL, 'switch case');
    return code;
  }
  if (kept === null || kept.mode === 'invalid' || operand.mode === 'invalid') return operand.code;
  const before = operand.constant === undefined ? undefined : seen.get(operand.constant);
  if (before)
    complain(
      context,
      expr.at,
      `duplicate case ${describe(context, { ...operand, type: kept.type })} in expression switch\n\t${context.file}:${Math.floor(before.at / 4096)}:${before.at % 4096}: previous case`,
    );
  if (operand.constant !== undefined) seen.set(operand.constant, expr);
  return combine(context, { kind: 'binary', at: expr.at, op: '==', x: expr, y: kept.expr }, operand, kept).code;
}

export function typeSwitch(context: Context, stmt: Extract<Stmt, { kind: 'type-switch' }>, label: string | null): StmtCode {
  const outer = inner(context);
  const init = stmt.init ? statement(outer, stmt.init) : null;
  const operand = single(outer, stmt.x);
  if (operand.mode !== 'invalid' && !isInterface(operand.type))
    complain(context, stmt.x.at, `${describe(context, operand)} is not an interface`);
  const variables: Variable[] = [];
  const clauses = stmt.clauses.map((clause) => typeClause(outer, clause, { stmt, operand, variables }));
  if (stmt.name !== null && stmt.name !== '_' && variables.every(({ used }) => !used))
    complain(context, stmt.at, `declared and not used: ${stmt.name}`);
  for (const variable of variables) variable.used = true;
  const fallback = stmt.clauses.findIndex(({ cases }) => cases === null);
  const bodies = clauses.map(({ body }) => body);
  return later(function* (frame) {
    if (init) yield* run(init, frame);
    const of = yield* run(operand.code, frame);
    const found = clauses.findIndex(({ fits }) => fits?.(of));
    const chosen = found < 0 ? fallback : found;
    if (chosen < 0) return undefined;
    clauses[chosen]?.begin(frame, of);
    return afterClause(yield* runClauses(frame, bodies, chosen), label);
  });
}

interface TypeClause {
  readonly fits: ((of: Value) => boolean) | null;
  readonly begin: (frame: Frame, of: Value) => void;
  readonly body: StmtCode;
}

interface TypeSwitch {
  readonly stmt: Extract<Stmt, { kind: 'type-switch' }>;
  readonly operand: Operand;
  readonly variables: Variable[];
}

function typeClause(context: Context, clause: Clause, { stmt, operand, variables }: TypeSwitch): TypeClause {
  const isNil = (expr: Expr): boolean => expr.kind === 'name' && expr.name === 'nil';
  const types = clause.cases?.map((expr): Type | null => {
    if (isNil(expr)) return null;
    const type = typeOf(context, expr);
    if (type !== INVALID && isInterface(operand.type)) canHold(context, stmt.x, { ...operand, expr: stmt.x }, type);
    return type;
  });
  const inside = breakable(context, false);
  const [only] = types ?? [];
  const type = types?.length === 1 && only ? only : operand.type;
  const isConcrete = types?.length === 1 && only !== null && only !== undefined && !isInterface(only);
  const variable = stmt.name === null || stmt.name === '_' || context.fn === null ? null : context.fn.declare(stmt.name, type, stmt.at);
  if (variable) {
    variables.push(variable);
    inside.scope.names.set(variable.name, variable);
  }
  return {
    fits: types ? (of) => types.some((one) => (one === null ? of === null : holds(of, one))) : null,
    begin: (frame, of) => {
      if (variable) frame.locals[variable.slot] = new Cell(isConcrete && of instanceof Boxed ? of.value : of);
    },
    body: statements(inside, clause.body),
  };
}

interface Comm {
  readonly channel: Code;
  readonly sent: Code | null;
  readonly slot: number;
  readonly body: StmtCode;
}

export function selectStatement(context: Context, stmt: Extract<Stmt, { kind: 'select' }>, label: string | null): StmtCode {
  const comms = stmt.clauses.filter(({ comm }) => comm !== null).map((clause) => commOf(context, clause));
  const otherwise = stmt.clauses.find(({ comm }) => comm === null);
  const fallback = otherwise ? statements(breakable(context, false), otherwise.body) : null;
  return later(function* (frame) {
    const cases: SelectCase[] = [];
    for (const { channel, sent } of comms) {
      const of = yield* run(channel, frame);
      cases.push(sent ? { channel: of, send: true, value: yield* run(sent, frame) } : { channel: of, send: false });
    }
    const { index, received } = yield* select(frame.goroutine, cases, fallback !== null);
    if (index < 0) return afterClause(fallback ? yield* run(fallback, frame) : undefined, label);
    const chosen = comms[index];
    if (chosen === undefined) return undefined;
    frame.locals[chosen.slot] = new Cell(received ? [received.value, received.ok] : null);
    return afterClause(yield* run(chosen.body, frame), label);
  });
}

/** A case: its channel, and a body that begins by taking what was received from its slot. */
function commOf(context: Context, { comm, body, at }: CommClause): Comm {
  const { fn } = context;
  const slot = fn?.slots ?? 0;
  if (fn) fn.slots += 1;
  const inside = breakable(context, false);
  if (comm?.kind === 'send') {
    const channel = single(context, comm.channel);
    const below = under(channel.type);
    const sent =
      below.kind === 'chan' ? assign(context, single(context, comm.value), below.element, 'send') : single(context, comm.value).code;
    if (below.kind !== 'chan' && channel.mode !== 'invalid')
      complain(context, comm.at, `invalid operation: cannot send to non-channel ${describe(context, channel)}`);
    return { channel: channel.code, sent, slot, body: statements(inside, body) };
  }
  const expr = comm?.kind === 'expr' ? comm.x : comm?.kind === 'assign' ? comm.right[0] : undefined;
  const bare = expr?.kind === 'paren' ? expr.x : expr;
  if (bare?.kind !== 'unary' || bare.op !== '<-') {
    complain(context, at, 'select case must be receive, send or assign recv');
    return { channel: { now: () => null }, sent: null, slot, body: statements(inside, body) };
  }
  const channel = single(context, bare.x);
  const checked = single(context, bare);
  const first = comm?.kind === 'assign' ? takeReceived(inside, comm, { expr: bare, type: checked.type, slot }) : null;
  const rest = statements(inside, body);
  return { channel: channel.code, sent: null, slot, body: first === null ? rest : then(first, rest) };
}

const then = (first: StmtCode, rest: StmtCode): StmtCode =>
  later(function* (frame) {
    yield* run(first, frame);
    return yield* run(rest, frame);
  });

/** `v, ok := <-c`: the assignment, from what the slot holds. */
function takeReceived(
  context: Context,
  comm: Extract<Stmt, { kind: 'assign' }>,
  { expr, type, slot }: { readonly expr: Expr; readonly type: Type; readonly slot: number },
): StmtCode {
  const name = `<received ${slot}>`;
  const received: Expr = { kind: 'name', at: expr.at, name };
  context.package.received.set(name, {
    ...value(expr, type, { now: (frame) => ((frame.locals[slot] as Cell).v as Value[])[0] }),
    pair: { now: (frame) => frame.locals[slot]?.v },
  });
  return assignment(context, { ...comm, right: [received] });
}
