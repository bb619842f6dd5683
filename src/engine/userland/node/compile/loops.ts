/** Loops. Each turn is a place where others may come first, and has its own copy of the loop's variables. */
import type {
  AnyNode,
  DoWhileStatement,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  Pattern,
  VariableDeclaration,
  WhileStatement,
} from 'acorn';
import { toObject, truthy } from '../runtime/convert.ts';
import { hasOwn, isEnumerable, keysOf, prototypeOfObject } from '../runtime/objects.ts';
import { type Steps, settle, start, taken } from '../runtime/steps.ts';
import { isObject, type JsObject, PENDING, type Result, Thrown, type Value } from '../runtime/values.ts';
import { type Frame, realm, Scope, turn, vm } from '../runtime/vm.ts';
import { render } from './calls.ts';
import { blockScope, type Context, type Done, type Expr, enterBlock, type Leave, run, type Stmt, stand, within } from './context.ts';
import { expression } from './expressions.ts';
import { END, type Walk, walk } from './iteration.ts';
import { type Put, pattern } from './patterns.ts';
import { namesOf } from './scope.ts';
import { statement } from './statements.ts';
import { closeAsync, nextAsync, openAsync } from './yielding.ts';

type Loop = ForStatement | WhileStatement | DoWhileStatement | ForOfStatement | ForInStatement;

export function loop(context: Context, node: Loop): Stmt {
  switch (node.type) {
    case 'ForStatement':
      return forLoop(context, node);
    case 'ForOfStatement':
      return forOf(context, node);
    case 'ForInStatement':
      return forIn(context, node);
    default:
      return whileLoop(context, node);
  }
}

/** What a loop does after its body was left. */
function after(done: Leave | undefined, labels: readonly string[]): 'next' | 'end' | Leave {
  if (done === undefined) return 'next';
  const isOwn = done.label === null || labels.includes(done.label);
  if (isOwn && done.kind === 'continue') return 'next';
  return isOwn && done.kind === 'break' && done.label === null ? 'end' : done;
}

/** Makes a loop's body a plain one for those within. */
const bodyOf = (context: Context, node: AnyNode): Stmt => statement({ ...context, labels: [] }, node as never);

function whileLoop(context: Context, node: WhileStatement | DoWhileStatement): Stmt {
  const test = expression(context, node.test);
  const body = bodyOf(context, node.body);
  const { labels } = context;
  const isFirstFree = node.type === 'DoWhileStatement';
  function* steps(frame: Frame): Steps<unknown> {
    for (let isFree = isFirstFree; ; isFree = false) {
      if (!isFree) {
        const value = test(frame);
        if (!truthy(value === PENDING ? ((yield taken()) as Value) : value)) return undefined;
      }
      const passed = turn();
      if (passed) {
        yield passed;
        vm.top = frame;
      }
      const done = body(frame);
      if (done === undefined) continue;
      const next = after((done === PENDING ? yield taken() : done) as Leave | undefined, labels);
      if (next === 'end') return undefined;
      if (next !== 'next') return next;
    }
  }
  return (frame) => start(steps(frame)) as Done;
}

function forLoop(context: Context, node: ForStatement): Stmt {
  const scope = blockScope(context, node);
  const init = node.init ?? null;
  if (init?.type === 'VariableDeclaration' && init.kind !== 'var')
    for (const { id } of init.declarations) for (const name of namesOf(id)) scope.declare(name, init.kind === 'let' ? 'let' : 'const');
  const isOwn = scope.host === scope && scope.names.size > 0;
  const inner = scope.names.size > 0 ? within(context, scope) : context;
  const begin: Stmt | null =
    init === null ? null : init.type === 'VariableDeclaration' ? statement(inner, init) : (frame) => expression(inner, init)(frame) as Done;
  const test = node.test ? expression(inner, node.test) : null;
  const step = node.update ? expression(inner, node.update) : null;
  const body = bodyOf(inner, node.body);
  const { labels } = context;
  const enter = enterBlock(scope);
  const copy = (frame: Frame): void => {
    frame.scope = new Scope(frame.scope.parent, [...frame.scope.slots]);
  };
  function* steps(frame: Frame): Steps<unknown> {
    const outer = frame.scope;
    if (scope.names.size > 0) enter(frame);
    if (begin !== null && begin(frame) === PENDING) yield taken();
    if (isOwn) copy(frame);
    for (;;) {
      if (test !== null) {
        const value = test(frame);
        if (!truthy(value === PENDING ? ((yield taken()) as Value) : value)) break;
      }
      const passed = turn();
      if (passed) {
        yield passed;
        vm.top = frame;
      }
      const done = body(frame);
      if (done !== undefined) {
        const next = after((done === PENDING ? yield taken() : done) as Leave | undefined, labels);
        if (next === 'end') break;
        if (next !== 'next') {
          frame.scope = outer;
          return next;
        }
      }
      if (isOwn) copy(frame);
      if (step !== null && step(frame) === PENDING) yield taken();
    }
    frame.scope = outer;
    return undefined;
  }
  return (frame) => start(steps(frame)) as Done;
}

interface Each {
  readonly enter: (frame: Frame) => void;
  readonly put: Put;
  readonly body: Stmt;
  readonly subject: Expr;
  readonly labels: readonly string[];
}

function each(context: Context, node: ForOfStatement | ForInStatement): Each {
  const scope = blockScope(context, node);
  const left: VariableDeclaration | Pattern = node.left;
  const isDeclared = left.type === 'VariableDeclaration';
  const id = isDeclared ? left.declarations[0]?.id : left;
  if (id === undefined) throw new SyntaxError('A loop over nothing');
  if (isDeclared && left.kind !== 'var') for (const name of namesOf(id)) scope.declare(name, left.kind === 'let' ? 'let' : 'const');
  const inner = scope.names.size > 0 ? within(context, scope) : context;
  return {
    enter: scope.names.size > 0 ? enterBlock(scope) : () => undefined,
    put: pattern(inner, id, isDeclared),
    body: bodyOf(inner, node.body),
    subject: expression(context, node.right),
    labels: context.labels,
  };
}

/** One turn: null to go on. */
function* turnWith({ enter, put, body, labels }: Each, frame: Frame, value: Value): Steps<'end' | Leave | null> {
  const passed = turn();
  if (passed) {
    yield passed;
    vm.top = frame;
  }
  enter(frame);
  const set = put(frame, value);
  if (set === PENDING) yield taken();
  const done = body(frame);
  if (done === undefined) return null;
  const next = after((done === PENDING ? yield taken() : done) as Leave | undefined, labels);
  return next === 'next' ? null : next;
}

function forOf(context: Context, node: ForOfStatement): Stmt {
  const parts = each(context, node);
  if (node.await) return (frame) => start(forAwait(parts, frame, node.right.start)) as Done;
  const shown = render(node.right);
  function* steps(frame: Frame): Steps<unknown> {
    const value = yield* run(parts.subject, frame);
    stand(frame, node.right.start);
    const through = (yield* settle(walk(value, () => notIterable(value, shown)))) as Walk;
    const outer = frame.scope;
    for (;;) {
      const found = through.next();
      const next = (found === PENDING ? yield taken() : found) as Value | typeof END;
      if (next === END) return undefined;
      let left: 'end' | Leave | null;
      try {
        left = yield* turnWith(parts, frame, next);
      } catch (error) {
        frame.scope = outer;
        if (!(error instanceof Error)) yield* closeQuietly(through, error);
        throw error;
      }
      frame.scope = outer;
      if (left === null) continue;
      yield* settle(through.close());
      return left === 'end' ? undefined : left;
    }
  }
  return (frame) => start(steps(frame)) as Done;
}

/** What was thrown in the loop counts, not what closing throws. */
function* closeQuietly(through: Walk, cause: unknown): Steps {
  try {
    yield* settle(through.close());
  } catch (error) {
    if (!(error instanceof Thrown) || !(cause instanceof Thrown)) throw error;
  }
  return undefined;
}

function notIterable(value: Value, shown: string): string {
  if (shown !== '(intermediate value)') return `${shown} is not iterable`;
  return isObject(value)
    ? `${realm().show(value)} is not iterable`
    : `${typeof value} ${realm().show(value)} is not iterable (cannot read property Symbol(Symbol.iterator))`;
}

function* forAwait(parts: Each, frame: Frame, at: number): Steps<unknown> {
  const value = yield* run(parts.subject, frame);
  stand(frame, at);
  const through = yield* openAsync(value);
  const outer = frame.scope;
  for (;;) {
    const next = yield* nextAsync(through, frame);
    if (next === null) return undefined;
    let left: 'end' | Leave | null;
    try {
      left = yield* turnWith(parts, frame, next.value);
    } catch (error) {
      frame.scope = outer;
      if (!(error instanceof Error)) yield* closeAsync(through, frame);
      throw error;
    }
    frame.scope = outer;
    if (left === null) continue;
    yield* closeAsync(through, frame);
    return left === 'end' ? undefined : left;
  }
}

function forIn(context: Context, node: ForInStatement): Stmt {
  const parts = each(context, node);
  function* steps(frame: Frame): Steps<unknown> {
    const value = yield* run(parts.subject, frame);
    if (value === undefined || value === null) return undefined;
    const outer = frame.scope;
    for (const [object, key] of inherited(toObject(value))) {
      if (!hasOwn(object, key)) continue;
      const left = yield* turnWith(parts, frame, key);
      frame.scope = outer;
      if (left !== null) return left === 'end' ? undefined : left;
    }
    return undefined;
  }
  return (frame) => start(steps(frame)) as Done;
}

/** Enumerable names of an object and of what it inherits from. */
function inherited(object: JsObject): readonly (readonly [JsObject, string])[] {
  const seen = new Set<string>();
  const found: (readonly [JsObject, string])[] = [];
  for (let at: JsObject | null = object; at !== null; at = prototypeOfObject(at))
    for (const key of keysOf(at)) {
      if (typeof key !== 'string' || seen.has(key)) continue;
      seen.add(key);
      if (isEnumerable(at, key)) found.push([at, key]);
    }
  return found;
}

export type { Result };
