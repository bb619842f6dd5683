/** Functions of scripts. Each is compiled when it is first called. */
import type {
  ArrowFunctionExpression,
  Expression,
  FunctionDeclaration,
  FunctionExpression,
  Function as FunctionNode,
  Pattern,
} from 'acorn';
import type { FunctionInfo } from '../runtime/functions.ts';
import { newGenerator } from '../runtime/generators.ts';
import { arrayOf } from '../runtime/objects.ts';
import { runAsync } from '../runtime/promises.ts';
import { andThen, type Steps, settle, start, suspend, taken } from '../runtime/steps.ts';
import { isObject, JsObject, PENDING, type Result, type Slot, UNSET, type Value } from '../runtime/values.ts';
import { Frame, intrinsics, realm, Scope, vm } from '../runtime/vm.ts';
import { type Context, type Expr, freshSlots } from './context.ts';
import { expression } from './expressions.ts';
import { type Put, pattern } from './patterns.ts';
import { hasSimpleParams, isStrict, lexicalNames, namesOf, StaticScope, varNames } from './scope.ts';
import { block, hoist } from './statements.ts';

export type ScriptFunction = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression;

/** Runs a function's body in its frame. */
export type Body = (frame: Frame) => Result;

export interface FuncCode {
  readonly node: FunctionNode;
  readonly context: Context;
  readonly isArrow: boolean;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly strict: boolean;
  readonly length: number;
  readonly construct: FunctionInfo['construct'];
  readonly isClass: boolean;
  body: Body | null;
  slots: readonly Slot[];
  /** Parameters that go straight into variables. */
  simple: readonly number[];
  self: number;
}

export interface FunctionOptions {
  readonly name: string;
  readonly isMethod?: boolean;
  readonly isClass?: boolean;
  readonly isDerived?: boolean;
  /** Where its text begins, if before the function itself. */
  readonly at?: number;
  readonly end?: number;
}

export function codeOf(context: Context, node: FunctionNode, options: FunctionOptions): FuncCode {
  const isArrow = node.type === 'ArrowFunctionExpression';
  const optional = node.params.findIndex(({ type }) => type === 'AssignmentPattern' || type === 'RestElement');
  const strict = context.strict || (node.body.type === 'BlockStatement' && isStrict(node.body.body));
  const isPlain = !isArrow && !options.isMethod && !node.async && !node.generator;
  return {
    node,
    context,
    isArrow,
    isAsync: node.async,
    isGenerator: node.generator,
    strict,
    length: optional < 0 ? node.params.length : optional,
    construct: options.isClass ? (options.isDerived ? 'derived' : 'base') : isPlain ? 'base' : 'none',
    isClass: options.isClass ?? false,
    body: null,
    slots: [],
    simple: [],
    self: -1,
  };
}

const KINDS = { '': 'function', a: 'async', g: 'generator', ag: 'async generator' } as const;

export function functionExpression(context: Context, node: ScriptFunction, options: FunctionOptions): Expr {
  const code = codeOf(context, node, options);
  return (frame) => makeFunction(code, frame, options);
}

export function makeFunction(code: FuncCode, frame: Frame, options: FunctionOptions): JsObject {
  const { isAsync, isGenerator, isArrow, node } = code;
  const own = intrinsics();
  const proto = isGenerator ? (isAsync ? own.asyncGeneratorFunction : own.generatorFunction) : isAsync ? own.asyncFunction : own.function;
  const fn = new JsObject(proto);
  const { text } = code.context.file;
  fn.fn = {
    name: options.name,
    length: code.length,
    call: (self, receiver, args, newTarget) => invoke(code, self, receiver, args, newTarget),
    construct: code.construct,
    isClass: code.isClass,
    kind: code.isClass ? 'class' : KINDS[`${isAsync ? 'a' : ''}${isGenerator ? 'g' : ''}`],
    source: () => text.slice(options.at ?? node.start, options.end ?? node.end),
    isReady: false,
    scope: frame.scope,
    outer: isArrow ? frame.top : null,
    home: null,
    fields: null,
  };
  return fn;
}

function invoke(code: FuncCode, fn: JsObject, receiver: Value, args: readonly Value[], newTarget: JsObject | undefined): Result {
  const info = fn.fn as FunctionInfo;
  if (code.isClass && newTarget === undefined) throw realm().typeError(`Class constructor ${info.name} cannot be invoked without 'new'`);
  const body = code.body ?? compileBody(code);
  const slots = code.slots.slice();
  const { simple } = code;
  for (let at = 0; at < simple.length; at += 1) slots[simple[at] as number] = args[at];
  if (code.self >= 0) slots[code.self] = fn;
  const self: Slot = code.construct === 'derived' ? UNSET : code.strict || code.isArrow ? receiver : sloppy(receiver);
  const frame = new Frame({
    scope: new Scope(info.scope, slots),
    self,
    args,
    fn,
    newTarget,
    caller: vm.top,
    top: info.outer,
    file: code.context.file,
    name: '',
  });
  vm.top = frame;
  if (code.isGenerator) return newGenerator(frame, code.isAsync, () => body(frame));
  if (code.isAsync) return runAsync(frame, () => body(frame));
  const result = body(frame);
  if (code.construct !== 'derived') return result;
  return result === PENDING ? suspend(derivedLater(frame)) : derived(frame, result);
}

function derivedLater(frame: Frame): Steps {
  const held = taken();
  return (function* () {
    return derived(frame, (yield held) as Value);
  })();
}

function derived(frame: Frame, result: Value): Value {
  if (isObject(result)) return result;
  if (frame.self === UNSET)
    throw realm().referenceError(
      "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
    );
  return frame.self;
}

function sloppy(self: Value): Value {
  if (self === undefined || self === null) return realm().global;
  return self instanceof JsObject ? self : realm().box(self);
}

/** A function's own scope, and what its parameters do. */
function compileBody(code: FuncCode): Body {
  const { node } = code;
  const scope = new StaticScope(code.context.scope, { isFunction: true });
  const context: Context = {
    ...code.context,
    scope,
    strict: code.strict,
    isAsync: code.isAsync,
    isGenerator: code.isGenerator,
    isArrow: code.isArrow,
    labels: [],
  };
  for (const param of node.params) for (const name of namesOf(param)) scope.declare(name, 'param');
  if (node.body.type === 'BlockStatement') {
    for (const name of varNames(node.body.body)) scope.declare(name, 'var');
    for (const { name, kind } of lexicalNames(node.body.body)) scope.declare(name, kind);
  }
  if (node.type === 'FunctionExpression' && node.id && !scope.names.has(node.id.name)) code.self = scope.declare(node.id.name, 'self').slot;
  const isSimple = hasSimpleParams(node);
  if (isSimple) code.simple = node.params.map((param) => (param.type === 'Identifier' ? (scope.names.get(param.name)?.slot ?? 0) : 0));
  const params = isSimple ? null : parameters(context, node.params);
  const run = node.body.type === 'BlockStatement' ? statementsBody(context, node.body.body) : expression(context, node.body as Expression);
  const body: Body = params === null ? run : (frame) => andThen(start(params(frame)) as Result, () => run(frame));
  code.slots = freshSlots(scope);
  code.body = body;
  return body;
}

function statementsBody(context: Context, list: Parameters<typeof block>[1]): Body {
  const functions = hoist(context, list);
  const statements = block(context, list);
  return (frame) => {
    functions(frame);
    const done = statements(frame);
    if (done === PENDING) return suspend(ended(frame));
    return done === undefined ? undefined : frame.result;
  };
}

function ended(frame: Frame): Steps {
  const held = taken();
  return (function* () {
    return (yield held) === undefined ? undefined : frame.result;
  })();
}

function parameters(context: Context, list: readonly Pattern[]): (frame: Frame) => Steps {
  const puts: readonly { readonly isRest: boolean; readonly put: Put }[] = list.map((param) => ({
    isRest: param.type === 'RestElement',
    put: pattern(context, param.type === 'RestElement' ? param.argument : param, true),
  }));
  return function* (frame) {
    for (const [at, { isRest, put }] of puts.entries()) yield* settle(put(frame, isRest ? arrayOf(frame.args.slice(at)) : frame.args[at]));
    return undefined;
  };
}
