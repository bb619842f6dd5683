/** Calls: `f(…)`, `a.f(…)`, `new F(…)`, `super(…)`, tagged templates, `import(…)`. */
import type { AnyNode, CallExpression, Expression, NewExpression, SpreadElement, TaggedTemplateExpression } from 'acorn';
import { call, construct } from '../runtime/functions.ts';
import { arrayOf, hide } from '../runtime/objects.ts';
import { andThen, type Steps, settle, start, suspend, taken } from '../runtime/steps.ts';
import { isCallable, isObject, type JsObject, PENDING, type Result, UNSET, type Value } from '../runtime/values.ts';
import { type Frame, realm } from '../runtime/vm.ts';
import { type Context, type Expr, gather, run, stand } from './context.ts';
import { expression } from './expressions.ts';
import { listSteps } from './iteration.ts';
import { inChain, memberReference, propertyAt, type Reference, SHORT, thisOf } from './members.ts';

/** An expression as V8 shows it in "… is not a function". */
export function render(node: AnyNode): string {
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'PrivateIdentifier':
      return `#${node.name}`;
    case 'ThisExpression':
      return 'this';
    case 'Super':
      return 'super';
    case 'Literal':
      return node.value === null || typeof node.value === 'string' ? JSON.stringify(node.value) : String(node.raw);
    case 'ChainExpression':
      return render(node.expression);
    case 'ParenthesizedExpression':
      return render(node.expression);
    case 'ObjectExpression':
      return `{${node.properties.map(() => '(intermediate value)').join('')}}`;
    case 'ArrayExpression':
      return `[${node.elements.map((one) => (one === null ? '' : render(one))).join(',')}]`;
    case 'BinaryExpression':
      return `(${render(node.left)} ${node.operator} ${render(node.right)})`;
    case 'CallExpression':
      return `${render(node.callee)}(...)`;
    case 'MemberExpression': {
      if (node.object.type === 'Super') return `(intermediate value).${node.property.type === 'Identifier' ? node.property.name : ''}`;
      const object = render(node.object);
      const dot = node.optional ? '?.' : '.';
      if (node.computed && node.property.type === 'BinaryExpression') return `${object}[...]`;
      return node.computed ? `${object}${node.optional ? '?.' : ''}[${render(node.property)}]` : `${object}${dot}${render(node.property)}`;
    }
    default:
      return '(intermediate value)';
  }
}

/** The values of arguments. */
export type Arguments = (frame: Frame, go: (values: Value[]) => Result) => Result;

export function argumentList(context: Context, list: readonly (Expression | SpreadElement)[]): Arguments {
  if (list.some(({ type }) => type === 'SpreadElement')) {
    const parts = list.map((one) => ({
      isSpread: one.type === 'SpreadElement',
      expr: expression(context, one.type === 'SpreadElement' ? one.argument : one),
      node: one,
    }));
    return (frame, go) => start(spreadSteps(parts, frame, go));
  }
  const exprs = list.map((one) => expression(context, one as Expression));
  const [first, second] = exprs;
  if (first === undefined) return (_, go) => go([]);
  if (exprs.length === 1)
    return (frame, go) => {
      const value = first(frame);
      return value === PENDING ? andThen(value as Result, (late) => go([late as Value])) : go([value]);
    };
  if (exprs.length === 2 && second !== undefined)
    return (frame, go) => {
      const a = first(frame);
      if (a === PENDING) return andThen(a as Result, (late) => andThen(second(frame), (b) => go([late as Value, b as Value])));
      const b = second(frame);
      return b === PENDING ? andThen(b as Result, (late) => go([a, late as Value])) : go([a, b]);
    };
  return (frame, go) => gather(exprs, frame, go);
}

interface Part {
  readonly isSpread: boolean;
  readonly expr: Expr;
  readonly node: AnyNode;
}

function* spreadSteps(parts: readonly Part[], frame: Frame, go: (values: Value[]) => Result): Steps {
  const values: Value[] = [];
  for (const { isSpread, expr, node } of parts) {
    const value = yield* run(expr, frame);
    if (!isSpread) values.push(value);
    else {
      stand(frame, node.start);
      if (!isObject(value) && typeof value !== 'string')
        throw realm().typeError(`Spread syntax requires ...iterable[Symbol.iterator] to be a function`);
      for (const one of yield* listSteps(value, () => 'Spread syntax requires ...iterable[Symbol.iterator] to be a function'))
        values.push(one);
    }
  }
  return yield* settle(go(values));
}

interface Callee {
  readonly reference: Reference | null;
  readonly plain: Expr | null;
  readonly at: number;
}

function calleeOf(context: Context, node: AnyNode): Callee {
  if (node.type === 'MemberExpression') return { reference: memberReference(context, node), plain: null, at: propertyAt(node) };
  return { reference: null, plain: expression(context, node as Expression), at: node.start };
}

export function callExpression(context: Context, node: CallExpression): Expr {
  if (node.callee.type === 'Super') return superCall(context, node);
  const args = argumentList(context, node.arguments);
  const callee: AnyNode = node.callee.type === 'ParenthesizedExpression' ? node.callee.expression : node.callee;
  const inner = callee.type === 'ChainExpression' ? callee.expression : callee;
  const { reference, plain, at } = calleeOf(context, inner);
  const isChained = node.optional || inChain(inner);
  const shown = render(inner);
  const isSuper = inner.type === 'MemberExpression' && inner.object.type === 'Super';
  const invoke = (frame: Frame, fn: Value, self: Value): Result => {
    if (isChained && (fn === SHORT || (node.optional && (fn === undefined || fn === null)))) return SHORT;
    const go = (values: Value[]): Result => {
      stand(frame, at);
      if (!isCallable(fn)) throw realm().typeError(`${shown} is not a function`);
      return call(fn, self, values);
    };
    return args(frame, go);
  };
  if (plain !== null)
    return (frame) => {
      const fn = plain(frame);
      return fn === PENDING ? andThen(fn as Result, (late) => invoke(frame, late as Value, undefined)) : invoke(frame, fn, undefined);
    };
  if (reference === null) throw new Error('A call of nothing');
  const isOptional = inner.type === 'MemberExpression' && inner.optional;
  const of = (frame: Frame, parts: readonly Value[]): Result => {
    const [object] = parts;
    if (isChained && (object === SHORT || (isOptional && (object === undefined || object === null)))) return SHORT;
    const self = isSuper ? thisOf(frame) : object;
    const fn = reference.read(frame, parts);
    return fn === PENDING ? andThen(fn as Result, (late) => invoke(frame, late as Value, self)) : invoke(frame, fn, self);
  };
  const [only] = reference.parts;
  if (only !== undefined && reference.parts.length === 1)
    return (frame) => {
      const object = only(frame);
      return object === PENDING ? andThen(object as Result, (late) => of(frame, [late as Value])) : of(frame, [object]);
    };
  return (frame) => gather(reference.parts, frame, (parts) => of(frame, parts));
}

export function newExpression(context: Context, node: NewExpression): Expr {
  const callee = expression(context, node.callee);
  const args = argumentList(context, node.arguments);
  const shown = render(node.callee);
  return (frame) =>
    andThen(callee(frame), (fn) =>
      args(frame, (values) => {
        stand(frame, node.start);
        if (!isCallable(fn as Value) || (fn as JsObject).fn?.construct === 'none') throw realm().typeError(`${shown} is not a constructor`);
        return construct(fn as Value, values);
      }),
    );
}

/** `super(…)`: what it gives is `this`. */
function superCall(context: Context, node: CallExpression): Expr {
  const args = argumentList(context, node.arguments);
  return (frame) =>
    args(frame, (values) => {
      stand(frame, node.start);
      const { top } = frame;
      const parent = top.fn?.proto ?? null;
      if (!isCallable(parent) || parent.fn?.construct === 'none')
        throw realm().typeError(`Super constructor ${realm().show(parent)} of anonymous class is not a constructor`);
      return andThen(construct(parent, values, top.newTarget), (made) => {
        if (top.self !== UNSET) throw realm().referenceError('Super constructor may only be called once');
        const self = made as JsObject;
        top.self = self;
        const fields = top.fn?.fn?.fields ?? null;
        return fields === null ? self : andThen(fields(self), () => self);
      });
    });
}

export function taggedTemplate(context: Context, node: TaggedTemplateExpression): Expr {
  const { reference, plain, at } = calleeOf(context, node.tag);
  const exprs = node.quasi.expressions.map((one) => expression(context, one));
  const strings = new WeakMap<object, JsObject>();
  const stringsOf = (): JsObject => {
    const known = strings.get(realm());
    if (known !== undefined) return known;
    const list = arrayOf(node.quasi.quasis.map(({ value }) => value.cooked ?? undefined));
    const raw = arrayOf(node.quasi.quasis.map(({ value }) => value.raw));
    hide(list, 'raw', raw);
    for (const one of [list, raw]) {
      one.frozen = true;
      one.extensible = false;
    }
    strings.set(realm(), list);
    return list;
  };
  const invoke = (frame: Frame, fn: Value, self: Value): Result =>
    gather(exprs, frame, (values) => {
      stand(frame, at);
      if (!isCallable(fn)) throw realm().typeError(`${render(node.tag)} is not a function`);
      return call(fn, self, [stringsOf(), ...values]);
    });
  if (reference === null) return (frame) => andThen(plain?.(frame), (fn) => invoke(frame, fn as Value, undefined));
  return (frame) =>
    gather(reference.parts, frame, (parts) => andThen(reference.read(frame, parts), (fn) => invoke(frame, fn as Value, parts[0])));
}

/** Waits in the middle of a generator's or async function's code. */
export function signal(kind: 'await' | 'yield', value: Value, make: (kind: 'await' | 'yield', value: Value) => Steps): typeof PENDING {
  const steps = make(kind, value);
  const first = steps.next();
  return suspend(steps, first.done ? null : first.value);
}

export const takenResult = (): Steps => {
  const held = taken();
  return (function* () {
    return (yield held) as Value;
  })();
};
