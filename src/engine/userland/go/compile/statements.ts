/** Statements. Each is code that says how it was left, if not at its end. */
import { send } from '../runtime/channels.ts';
import { type Code, constant as constantCode, type Leave, later, lift1, pure, run } from '../runtime/frame.ts';
import { spawn } from '../runtime/goroutine.ts';
import type { Closure, Value } from '../runtime/values.ts';
import type { Expr, Stmt } from '../syntax/ast.ts';
import { under } from '../types/types.ts';
import { assign } from './assign.ts';
import { assignment, localDeclaration, step } from './assignments.ts';
import { argumentText, prepared } from './calls.ts';
import { type Context, complain, inner, textOf } from './context.ts';
import { condition, expression, single } from './expressions.ts';
import { forLoop } from './loops.ts';
import { describe, exprText } from './operand.ts';
import { rangeLoop } from './ranges.ts';
import { selectStatement, switchStatement, typeSwitch } from './switches.ts';

export type StmtCode = Code<Leave | undefined>;

/** Statements one after the other; each says where it is, for traces. */
export function statements(context: Context, list: readonly Stmt[]): StmtCode {
  const codes = list.map((stmt) => statement(context, stmt));
  const places = list.map(({ at }) => at);
  const nows = codes.map(({ now }) => now);
  if (nows.every((now) => now !== undefined))
    return pure((frame) => {
      for (let index = 0; index < nows.length; index += 1) {
        frame.at = places[index] ?? 0;
        const leave = nows[index]?.(frame);
        if (leave) return leave;
      }
      return undefined;
    });
  return later(function* (frame) {
    for (let index = 0; index < codes.length; index += 1) {
      frame.at = places[index] ?? 0;
      const code = codes[index];
      const leave = code?.now ? code.now(frame) : code && (yield* run(code, frame));
      if (leave) return leave;
    }
    return undefined;
  });
}

/** A value's code as a statement. */
export const done = (code: Code): StmtCode => lift1(code, () => undefined);
const NOTHING: StmtCode = pure(() => undefined);

export function statement(context: Context, stmt: Stmt, label: string | null = null): StmtCode {
  switch (stmt.kind) {
    case 'expr':
      return expressionStatement(context, stmt.x);
    case 'send':
      return sendStatement(context, stmt);
    case 'step':
      return step(context, stmt);
    case 'assign':
      return assignment(context, stmt);
    case 'go':
    case 'defer':
      return launch(context, stmt);
    case 'return':
      return returned(context, stmt);
    case 'break':
    case 'continue':
    case 'fallthrough':
      return jump(context, stmt);
    case 'goto':
      complain(context, stmt.at, 'goto is not in the part of Go that this model has');
      return NOTHING;
    case 'block':
      return statements(inner(context), stmt.block.body);
    case 'if':
      return ifStatement(context, stmt);
    case 'switch':
      return switchStatement(context, stmt, label);
    case 'type-switch':
      return typeSwitch(context, stmt, label);
    case 'select':
      return selectStatement(context, stmt, label);
    case 'for':
      return forLoop(context, stmt, label);
    case 'range':
      return rangeLoop(context, stmt, label);
    case 'labeled':
      return labeled(context, stmt);
    case 'declare':
      return localDeclaration(context, stmt.declarations);
    case 'empty':
      return NOTHING;
  }
}

function jump(context: Context, { kind, label, at }: Extract<Stmt, { kind: 'break' | 'continue' | 'goto' | 'fallthrough' }>): StmtCode {
  const { inside } = context;
  if (label !== null && !inside?.labels.includes(label)) complain(context, at, `${kind} label not defined: ${label}`);
  else if (label === null && kind === 'break' && !inside?.breakable) complain(context, at, 'break is not in a loop, switch, or select');
  else if (label === null && kind === 'continue' && !inside?.loop) complain(context, at, 'continue is not in a loop');
  return pure(constantLeave({ kind, label }));
}

/** Whether a statement is left by a label somewhere in it. */
function usesLabel(node: unknown, label: string): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const own = node as { readonly kind?: unknown; readonly label?: unknown };
  if ((own.kind === 'break' || own.kind === 'continue' || own.kind === 'goto') && own.label === label) return true;
  return Object.values(node).some((part) => usesLabel(part, label));
}

const constantLeave = (leave: Leave) => (): Leave => leave;

function labeled(context: Context, stmt: Extract<Stmt, { kind: 'labeled' }>): StmtCode {
  if (!usesLabel(stmt.body, stmt.label)) complain(context, stmt.at, `label ${stmt.label} defined and not used`);
  const labels = [...(context.inside?.labels ?? []), stmt.label];
  const code = statement({ ...context, inside: { loop: false, breakable: false, ...context.inside, labels } }, stmt.body, stmt.label);
  const after = (leave: Leave | undefined): Leave | undefined =>
    leave?.kind === 'break' && leave.label === stmt.label ? undefined : leave;
  const { now } = code;
  if (now) return pure((frame) => after(now(frame)));
  return later(function* (frame) {
    return after(yield* run(code, frame));
  });
}

function expressionStatement(context: Context, expr: Expr): StmtCode {
  const operand = expression(context, expr);
  const bare = expr.kind === 'paren' ? expr.x : expr;
  const isCall = bare.kind === 'call' || (bare.kind === 'unary' && bare.op === '<-');
  const isUnused = !isCall || operand.mode === 'constant' || operand.mode === 'type';
  const pureBuiltin =
    bare.kind === 'call' &&
    bare.fn.kind === 'name' &&
    ['append', 'cap', 'len', 'make', 'new', 'min', 'max'].includes(bare.fn.name) &&
    context.scope.find(bare.fn.name)?.kind === 'builtin';
  if (operand.mode !== 'invalid' && (isUnused || pureBuiltin)) complain(context, expr.at, `${describe(context, operand)} is not used`);
  return done(operand.code);
}

function sendStatement(context: Context, stmt: Extract<Stmt, { kind: 'send' }>): StmtCode {
  const channel = single(context, stmt.channel);
  const below = under(channel.type);
  if (channel.mode === 'invalid') {
    single(context, stmt.value);
    return NOTHING;
  }
  if (below.kind !== 'chan' || below.direction === 'receive') {
    const what = below.kind === 'chan' ? 'cannot send to receive-only channel' : 'cannot send to non-channel';
    complain(context, stmt.at, `invalid operation: ${what} ${describe(context, channel)}`);
    return NOTHING;
  }
  const sent = assign(context, single(context, stmt.value, below.element), below.element, 'send');
  return later(function* (frame) {
    const to = yield* run(channel.code, frame);
    yield* send(frame.goroutine, to, yield* run(sent, frame));
    return undefined;
  });
}

function launch(context: Context, stmt: Extract<Stmt, { kind: 'go' | 'defer' }>): StmtCode {
  if (stmt.call.kind !== 'call') {
    complain(context, stmt.call.at, `expression in ${stmt.kind} must be function call`);
    return NOTHING;
  }
  const call = prepared(context, stmt.call);
  const isGo = stmt.kind === 'go';
  return later(function* (frame) {
    const [closure, args] = yield* run(call, frame);
    if (isGo) spawn(frame.goroutine, closure, args);
    else {
      frame.defers ??= [];
      frame.defers.push({ closure: closure as Closure, args });
    }
    return undefined;
  });
}

const RETURN: Leave = { kind: 'return', label: null };

function returned(context: Context, stmt: Extract<Stmt, { kind: 'return' }>): StmtCode {
  const { fn } = context;
  const wanted = fn?.type.results ?? [];
  if (stmt.values.length === 0) {
    if (wanted.length > 0 && fn?.results.length === 0)
      complain(context, stmt.at, `not enough return values\n\thave ()\n\twant (${wanted.map((type) => textOf(context, type)).join(', ')})`);
    return pure(constantLeave(RETURN));
  }
  const operands = stmt.values.map((expr, index) =>
    stmt.values.length === 1 ? expression(context, expr, wanted[0]) : single(context, expr, wanted[index]),
  );
  const [only] = operands;
  if (operands.length === 1 && only?.type.kind === 'tuple' && only.mode === 'value' && only.type.types.length === wanted.length) {
    const parts = only.type.types.map((type, index) => {
      const one = { mode: 'value', type, expr: only.expr, code: pure((frame) => (frame.result as Value[])[index]) } as const;
      return assign(context, one, wanted[index] ?? type, 'return statement');
    });
    return later(function* (frame) {
      frame.result = yield* run(only.code, frame);
      frame.result = parts.map((part) => part.now?.(frame));
      return RETURN;
    });
  }
  if (operands.length !== wanted.length) {
    const have = operands
      .map((one) =>
        one.type.kind === 'tuple' ? one.type.types.map((type) => textOf(context, type)).join(', ') : argumentText(context, one),
      )
      .join(', ');
    if (operands.every(({ mode }) => mode !== 'invalid'))
      complain(
        context,
        stmt.values[0]?.at ?? stmt.at,
        `${operands.length > wanted.length ? 'too many' : 'not enough'} return values\n\thave (${have})\n\twant (${wanted.map((type) => textOf(context, type)).join(', ')})`,
      );
    return NOTHING;
  }
  if (only?.mode === 'none') complain(context, only.expr.at, `${exprText(only.expr)} (no value) used as value`);
  const codes = operands.map((one, index) => assign(context, one, wanted[index] ?? one.type, 'return statement'));
  return storeResult(codes);
}

function storeResult(codes: readonly Code[]): StmtCode {
  const [first] = codes;
  if (codes.length === 1 && first)
    return lift1(first, (result, frame) => {
      frame.result = result;
      return RETURN;
    });
  const nows = codes.map(({ now }) => now);
  if (nows.every((now) => now !== undefined))
    return pure((frame) => {
      frame.result = nows.map((now) => now(frame));
      return RETURN;
    });
  return later(function* (frame) {
    const values: Value[] = [];
    for (const code of codes) values.push(yield* run(code, frame));
    frame.result = values;
    return RETURN;
  });
}

function ifStatement(context: Context, stmt: Extract<Stmt, { kind: 'if' }>): StmtCode {
  const inside = inner(context);
  const init = stmt.init ? statement(inside, stmt.init) : null;
  const test = condition(inside, stmt.condition, 'if');
  const then = statements(inner(inside), stmt.then.body);
  const otherwise = stmt.otherwise ? statement(inside, stmt.otherwise) : NOTHING;
  const [a, b, c, d] = [init === null ? constantCode(null).now : init.now, test.now, then.now, otherwise.now];
  if (a && b && c && d)
    return pure((frame) => {
      a(frame);
      return b(frame) ? c(frame) : d(frame);
    });
  return later(function* (frame) {
    if (init) yield* run(init, frame);
    const holds = test.now ? test.now(frame) : yield* run(test, frame);
    return yield* run(holds ? then : otherwise, frame);
  });
}
