/** Statements. */
import type {
  AnyNode,
  FunctionDeclaration,
  IfStatement,
  Program,
  ReturnStatement,
  Statement,
  SwitchStatement,
  TryStatement,
  VariableDeclaration,
} from 'acorn';
import { truthy } from '../runtime/convert.ts';
import { andThen, overflow, type Steps, settle, start, suspend, taken } from '../runtime/steps.ts';
import { PENDING, type Result, Thrown, type Value } from '../runtime/values.ts';
import { type Frame, vm } from '../runtime/vm.ts';
import { classExpression } from './classes.ts';
import {
  blockScope,
  type Context,
  type Done,
  type Expr,
  enterBlock,
  type Leave,
  RETURN,
  run,
  type Stmt,
  stand,
  within,
} from './context.ts';
import { expression, named, waiting } from './expressions.ts';
import { codeOf, makeFunction } from './functions.ts';
import { loop } from './loops.ts';
import { beginName } from './names.ts';
import { type Put, pattern } from './patterns.ts';
import { lexicalNames, namesOf, unexported } from './scope.ts';

type Listed = Statement | Program['body'][number];
const NOTHING: Stmt = () => undefined;

/** Statements one after the other. */
export function block(context: Context, list: readonly Listed[]): Stmt {
  const statements = list.map((node) => statement(context, node)).filter((one) => one !== NOTHING);
  const [first] = statements;
  if (first === undefined) return NOTHING;
  if (statements.length === 1) return first;
  return (frame) => {
    for (let at = 0; at < statements.length; at += 1) {
      const done = (statements[at] as Stmt)(frame);
      if (done === undefined) continue;
      return done === PENDING ? suspend(blockSteps(statements, frame, at + 1)) : done;
    }
    return undefined;
  };
}

function blockSteps(statements: readonly Stmt[], frame: Frame, from: number): Steps<unknown> {
  const held = taken();
  return (function* () {
    const first = (yield held) as Leave | undefined;
    if (first !== undefined) return first;
    for (let at = from; at < statements.length; at += 1) {
      const done = statements[at]?.(frame);
      const ended = (done === PENDING ? yield taken() : done) as Leave | undefined;
      if (ended !== undefined) return ended;
    }
    return undefined;
  })();
}

/** Functions are there from the beginning of their block. */
export function hoist(context: Context, list: readonly Listed[]): (frame: Frame) => void {
  const made = list.flatMap((listed) => {
    const node = unexported(listed);
    if (node.type !== 'FunctionDeclaration') return [];
    const name = node.id?.name ?? 'default';
    return [
      { code: codeOf(context, node as FunctionDeclaration, { name }), name, begin: beginName(context, node.id?.name ?? '*default*') },
    ];
  });
  if (made.length === 0) return () => undefined;
  return (frame) => {
    for (const { code, name, begin } of made) begin(frame, makeFunction(code, frame, { name }));
  };
}

/** A block with its own names. */
export function ownBlock(context: Context, node: AnyNode & { readonly body: readonly Listed[] }): Stmt {
  const names = lexicalNames(node.body);
  if (names.length === 0) return block(context, node.body);
  const scope = blockScope(context, node);
  for (const { name, kind } of names) scope.declare(name, kind);
  const inner = within(context, scope);
  const functions = hoist(inner, node.body);
  const statements = block(inner, node.body);
  const enter = enterBlock(scope);
  if (scope.host !== scope)
    return (frame) => {
      enter(frame);
      functions(frame);
      return statements(frame);
    };
  return (frame) => {
    const outer = frame.scope;
    enter(frame);
    functions(frame);
    const done = statements(frame);
    if (done === PENDING) return suspend(leaving(frame, outer));
    frame.scope = outer;
    return done;
  };
}

export function leaving(frame: Frame, outer: Frame['scope']): Steps<unknown> {
  const held = taken();
  return (function* () {
    const done = yield held;
    frame.scope = outer;
    return done;
  })();
}

export function statement(context: Context, node: Listed): Stmt {
  switch (node.type) {
    case 'ExpressionStatement': {
      const expr = expression(context, node.expression);
      return (frame) => (expr(frame) === PENDING ? suspend(ignored()) : undefined);
    }
    case 'VariableDeclaration':
      return declaration(context, node);
    case 'FunctionDeclaration':
    case 'EmptyStatement':
    case 'DebuggerStatement':
      return NOTHING;
    case 'ReturnStatement':
      return returning(context, node);
    case 'IfStatement':
      return choice(context, node);
    case 'BlockStatement':
      return ownBlock(context, node);
    case 'ThrowStatement': {
      const value = expression(context, node.argument);
      return (frame) =>
        andThen(value(frame), (thrown): never => {
          stand(frame, node.start);
          throw new Thrown(thrown as Value, { file: frame.file, at: node.start });
        }) as Done;
    }
    case 'TryStatement':
      return trying(context, node);
    case 'ClassDeclaration': {
      const made = classExpression(context, node, node.id?.name ?? 'default');
      const begin = beginName(context, node.id?.name ?? '*default*');
      return (frame) =>
        andThen(made(frame), (value) => {
          begin(frame, value as Value);
          return undefined;
        }) as Done;
    }
    default:
      return control(context, node);
  }
}

function control(context: Context, node: Listed): Stmt {
  switch (node.type) {
    case 'ForStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
      return loop(context, node);
    case 'SwitchStatement':
      return switching(context, node);
    case 'BreakStatement':
    case 'ContinueStatement': {
      const leave: Leave = { kind: node.type === 'BreakStatement' ? 'break' : 'continue', label: node.label?.name ?? null };
      return () => leave;
    }
    case 'LabeledStatement': {
      const label = node.label.name;
      const body = statement({ ...context, labels: [...context.labels, label] }, node.body);
      const after = (done: Leave | undefined): Leave | undefined => (done?.kind === 'break' && done.label === label ? undefined : done);
      return (frame) => {
        const done = body(frame);
        return done === PENDING ? suspend(afterwards(after)) : after(done);
      };
    }
    case 'ExportNamedDeclaration':
      return node.declaration ? statement(context, node.declaration) : NOTHING;
    case 'ExportDefaultDeclaration':
      return exportDefault(context, node.declaration);
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return NOTHING;
    default:
      throw new SyntaxError(`This model does not run ${node.type}`);
  }
}

function exportDefault(context: Context, node: AnyNode): Stmt {
  if (node.type === 'FunctionDeclaration') return NOTHING;
  if (node.type === 'ClassDeclaration') return statement(context, node as Listed);
  const value = named(context, node as never, 'default');
  const begin = beginName(context, '*default*');
  return (frame) =>
    andThen(value(frame), (made) => {
      begin(frame, made as Value);
      return undefined;
    }) as Done;
}

function* dropping(held: ReturnType<typeof taken>): Steps<unknown> {
  yield held;
  return undefined;
}
const ignored = (): Steps<unknown> => dropping(taken());

function afterwards(after: (done: Leave | undefined) => Leave | undefined): Steps<unknown> {
  const held = taken();
  return (function* () {
    return after((yield held) as Leave | undefined);
  })();
}

export function declaration(context: Context, node: VariableDeclaration): Stmt {
  const parts = node.declarations.map(({ id, init }): Stmt => {
    if (init === null || init === undefined) {
      if (node.kind === 'var') return NOTHING;
      const put = pattern(context, id, true);
      return (frame) => put(frame, undefined) as Done;
    }
    const value: Expr = id.type === 'Identifier' ? named(context, init, id.name) : expression(context, init);
    const put: Put = pattern(context, id, true, init);
    return (frame) => {
      const made = value(frame);
      if (made === PENDING) return andThen(made as Result, (late) => andThen(put(frame, late as Value), () => undefined)) as Done;
      const done = put(frame, made);
      return done === PENDING ? suspend(ignored()) : undefined;
    };
  });
  const [first = NOTHING] = parts;
  if (parts.length === 1) return first;
  return (frame) => start(everyOne(parts, frame)) as Done;
}

function* everyOne(parts: readonly Stmt[], frame: Frame): Steps<unknown> {
  for (const part of parts) yield* settle(part(frame) as Result);
  return undefined;
}

function returning(context: Context, node: ReturnStatement): Stmt {
  if (!node.argument)
    return (frame) => {
      frame.result = undefined;
      return RETURN;
    };
  const value = expression(context, node.argument);
  const isAwaited = context.isAsync && context.isGenerator;
  return (frame) => {
    const made = value(frame);
    if (made === PENDING || isAwaited) return suspend(returnSteps(frame, made, isAwaited));
    frame.result = made;
    return RETURN;
  };
}

function returnSteps(frame: Frame, made: Result, isAwaited: boolean): Steps<unknown> {
  const held = made === PENDING ? taken() : null;
  return (function* () {
    const value = held === null ? (made as Value) : ((yield held) as Value);
    frame.result = isAwaited ? yield* waiting(frame, 'await', value) : value;
    return RETURN;
  })();
}

function choice(context: Context, node: IfStatement): Stmt {
  const test = expression(context, node.test);
  const yes = statement(context, node.consequent);
  const no = node.alternate ? statement(context, node.alternate) : NOTHING;
  return (frame) => {
    const value = test(frame);
    if (value === PENDING) return andThen(value as Result, (late) => (truthy(late as Value) ? yes(frame) : no(frame)) as never) as Done;
    return truthy(value) ? yes(frame) : no(frame);
  };
}

function switching(context: Context, node: SwitchStatement): Stmt {
  const scope = blockScope(context, node);
  const listed = node.cases.flatMap(({ consequent }) => consequent);
  for (const { name, kind } of lexicalNames(listed)) scope.declare(name, kind);
  const inner = within(context, scope);
  const functions = hoist(inner, listed);
  const subject = expression(context, node.discriminant);
  const cases = node.cases.map(({ test, consequent }) => ({ test: test ? expression(inner, test) : null, body: block(inner, consequent) }));
  const enter = enterBlock(scope);
  return (frame) =>
    start(
      (function* (): Steps<unknown> {
        const value = yield* run(subject, frame);
        const outer = frame.scope;
        enter(frame);
        functions(frame);
        let from = -1;
        for (const [at, { test }] of cases.entries())
          if (test !== null && value === (yield* run(test, frame))) {
            from = at;
            break;
          }
        if (from < 0) from = cases.findIndex(({ test }) => test === null);
        for (let at = from; at >= 0 && at < cases.length; at += 1) {
          const done = (yield* settle(cases[at]?.body(frame) as Result)) as Leave | undefined;
          if (done === undefined) continue;
          frame.scope = outer;
          return done.kind === 'break' && done.label === null ? undefined : done;
        }
        frame.scope = outer;
        return undefined;
      })(),
    ) as Done;
}

const isOverflow = (error: unknown): boolean => error instanceof Error && /call stack|recursion/.test(error.message);

function trying(context: Context, node: TryStatement): Stmt {
  const body = ownBlock(context, node.block);
  const handler = node.handler ?? null;
  const scope = blockScope(context, handler ?? node);
  for (const name of namesOf(handler?.param ?? null)) scope.declare(name, 'let');
  const inner = within(context, scope);
  const put = handler?.param ? pattern(inner, handler.param, true) : null;
  const caught = handler ? ownBlock(inner, handler.body) : null;
  const finalizer = node.finalizer ? ownBlock(context, node.finalizer) : null;
  const enter = enterBlock(scope);
  function* attempt(frame: Frame): Steps<unknown> {
    const outer = frame.scope;
    const { nest } = vm;
    try {
      return yield* settle(body(frame) as Result);
    } catch (thrown) {
      const error = isOverflow(thrown) ? overflow.error() : thrown;
      if (caught === null || !(error instanceof Thrown)) throw error;
      vm.nest = nest;
      vm.top = frame;
      frame.scope = outer;
      enter(frame);
      if (put !== null) yield* settle(put(frame, error.value));
      const done = yield* settle(caught(frame) as Result);
      frame.scope = outer;
      return done;
    }
  }
  if (finalizer === null) return (frame) => start(attempt(frame)) as Done;
  return (frame) => start(finishing(frame, attempt, finalizer)) as Done;
}

function* finishing(frame: Frame, attempt: (frame: Frame) => Steps<unknown>, finalizer: Stmt): Steps<unknown> {
  const outer = frame.scope;
  let failure: { readonly error: unknown } | null = null;
  let done: unknown;
  try {
    done = yield* attempt(frame);
  } catch (error) {
    failure = { error };
  }
  const { result, at } = frame;
  frame.scope = outer;
  if (failure !== null && !isOfScript(failure.error)) throw failure.error;
  const last = (yield* settle(finalizer(frame) as Result)) as Leave | undefined;
  if (last !== undefined) return last;
  frame.result = result;
  if (failure !== null) {
    frame.at = at;
    throw failure.error;
  }
  return done;
}

/** Errors of the interpreter itself are not for a script's `finally`. */
const isOfScript = (error: unknown): boolean => !(error instanceof Error);
