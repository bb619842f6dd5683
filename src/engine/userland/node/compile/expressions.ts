/** Expressions. */
import type { AnyNode, ArrayExpression, Expression, Literal, Property as PropertyNode, SpreadElement, TemplateLiteral } from 'acorn';
import { makeRegExp } from '../builtins/regexp-make.ts';
import { primitiveToText, toKey, toPrimitive, truthy, typeOf } from '../runtime/convert.ts';
import { arrayOf, define, get, getter, isEnumerable, keysOf, objectOf } from '../runtime/objects.ts';
import { joined, toNumeric } from '../runtime/operators.ts';
import { andThen, Signal, type Steps, settle, start, suspend } from '../runtime/steps.ts';
import { heap, isObject, JsObject, type Key, PENDING, Property, type Result, type Slot, UNSET, type Value } from '../runtime/values.ts';
import { type Frame, realm, vm } from '../runtime/vm.ts';
import { assignment, update } from './assign.ts';
import { callExpression, newExpression, render, taggedTemplate } from './calls.ts';
import { binary, conditional, logical, unary } from './choices.ts';
import { classExpression } from './classes.ts';
import { type Context, type Expr, gather, map, run, stand } from './context.ts';
import { functionExpression } from './functions.ts';
import { listSteps } from './iteration.ts';
import { memberExpression, SHORT, thisOf } from './members.ts';
import { readName } from './names.ts';
import { yieldDelegate } from './yielding.ts';

/** An expression whose value gets a name if it is a function without one. */
export function named(context: Context, node: Expression, name: string): Expr {
  if (node.type === 'ArrowFunctionExpression' || (node.type === 'FunctionExpression' && !node.id))
    return functionExpression(context, node, { name });
  if (node.type === 'ClassExpression' && !node.id) return classExpression(context, node, name);
  if (node.type === 'ParenthesizedExpression') return named(context, node.expression, name);
  return expression(context, node);
}

export function expression(context: Context, node: Expression | AnyNode): Expr {
  switch (node.type) {
    case 'Literal':
      return literal(node);
    case 'Identifier':
      return readName(context, node.name, node.start);
    case 'ThisExpression':
      return (frame) => (frame.top.self === UNSET ? thisOf(frame) : frame.top.self);
    case 'TemplateLiteral':
      return template(context, node);
    case 'TaggedTemplateExpression':
      return taggedTemplate(context, node);
    case 'ArrayExpression':
      return arrayExpression(context, node);
    case 'ObjectExpression':
      return objectExpression(context, node.properties);
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return functionExpression(context, node, { name: node.id?.name ?? '' });
    case 'ClassExpression':
      return classExpression(context, node, node.id?.name ?? '');
    case 'UnaryExpression':
      return unary(context, node);
    case 'UpdateExpression':
      return update(context, node);
    case 'BinaryExpression':
      return binary(context, node);
    case 'LogicalExpression':
      return logical(context, node);
    case 'AssignmentExpression':
      return assignment(context, node);
    case 'ConditionalExpression':
      return conditional(context, node);
    case 'CallExpression':
      return callExpression(context, node);
    case 'NewExpression':
      return newExpression(context, node);
    case 'MemberExpression':
      return memberExpression(context, node);
    default:
      return rareExpression(context, node);
  }
}

function rareExpression(context: Context, node: Expression | AnyNode): Expr {
  switch (node.type) {
    case 'ChainExpression':
      return map(expression(context, node.expression), (value) => (value === SHORT ? undefined : value));
    case 'ParenthesizedExpression':
      return expression(context, node.expression);
    case 'SequenceExpression': {
      const parts = node.expressions.map((one) => expression(context, one));
      return (frame) => gather(parts, frame, (values) => values.at(-1));
    }
    case 'AwaitExpression': {
      const argument = expression(context, node.argument);
      return map(argument, (value, frame) => {
        stand(frame, node.start);
        return suspend(waiting(frame, 'await', value));
      });
    }
    case 'YieldExpression': {
      const argument = node.argument ? expression(context, node.argument) : () => undefined;
      if (node.delegate) return map(argument, (value, frame) => start(yieldDelegate(context.isAsync, frame, value)));
      if (context.isAsync) return map(argument, (value, frame) => start(awaitedYield(frame, value)));
      return map(argument, (value, frame) => suspend(waiting(frame, 'yield', value)));
    }
    case 'MetaProperty':
      if (node.meta.name === 'new') return (frame) => frame.top.newTarget;
      return (frame) => frame.file.meta?.();
    case 'ImportExpression':
      return map(expression(context, node.source), (value, frame) => {
        stand(frame, node.start);
        return realm().dynamicImport(frame.file, value);
      });
    default:
      throw new SyntaxError(`This model does not run ${node.type}`);
  }
}

/** Hands a value out, and goes on with what comes back. */
export function* waiting(frame: Frame, kind: 'await' | 'yield', value: Value): Steps {
  const answer = (yield new Signal(kind, value)) as Value;
  vm.top = frame;
  return answer;
}

function* awaitedYield(frame: Frame, value: Value): Steps {
  const ready = yield* waiting(frame, 'await', value);
  return yield* waiting(frame, 'yield', ready);
}

function literal(node: Literal): Expr {
  if (node.regex) {
    const { pattern, flags } = node.regex;
    return () => makeRegExp(pattern, flags);
  }
  if (typeof node.bigint === 'string') {
    const big = BigInt(node.bigint);
    return () => big;
  }
  const value = node.value as Value;
  return () => value;
}

function template(context: Context, node: TemplateLiteral): Expr {
  const texts = node.quasis.map(({ value }) => value.cooked ?? '');
  const exprs = node.expressions.map((one) => expression(context, one));
  const [first = ''] = texts;
  if (exprs.length === 0) return () => first;
  return (frame) =>
    gather(exprs, frame, (values) => {
      let text = first;
      for (let at = 0; at < values.length; at += 1) {
        const value = values[at];
        if (isObject(value)) {
          vm.top = frame;
          return start(templateSteps(texts, values));
        }
        text = joined(text, primitiveToText(value as never) + (texts[at + 1] ?? ''));
      }
      return text;
    });
}

function* templateSteps(texts: readonly string[], values: readonly Value[]): Steps {
  let text = texts[0] ?? '';
  for (const [at, value] of values.entries()) {
    const primitive = yield* settle(toPrimitive(value, 'string') as Result);
    text = joined(text, primitiveToText(primitive as never) + (texts[at + 1] ?? ''));
  }
  return text;
}

function arrayExpression(context: Context, node: ArrayExpression): Expr {
  if (node.elements.some((one) => one === null || one.type === 'SpreadElement')) {
    const parts = node.elements.map((one) => ({
      isSpread: one?.type === 'SpreadElement',
      expr: one === null ? null : expression(context, one.type === 'SpreadElement' ? one.argument : one),
      at: one?.start ?? 0,
      shown: one?.type === 'SpreadElement' ? render(one.argument) : '',
    }));
    return (frame) => start(arraySteps(parts, frame));
  }
  const exprs = node.elements.map((one) => expression(context, one as Expression));
  return (frame) =>
    gather(exprs, frame, (values) => {
      heap.bytes += values.length * 8;
      return arrayOf(values);
    });
}

function* arraySteps(parts: readonly { isSpread: boolean; expr: Expr | null; at: number; shown: string }[], frame: Frame): Steps {
  const items: Slot[] = [];
  for (const { isSpread, expr, at, shown } of parts) {
    if (expr === null) items.push(UNSET);
    else {
      const value = yield* run(expr, frame);
      if (!isSpread) items.push(value);
      else {
        stand(frame, at);
        const list = yield* listSteps(value, () =>
          value === undefined || value === null
            ? `${shown} is not iterable`
            : 'Spread syntax requires ...iterable[Symbol.iterator] to be a function',
        );
        for (const one of list) items.push(one);
      }
    }
  }
  heap.bytes += items.length * 8;
  return arrayOf(items);
}

interface Member {
  readonly kind: 'value' | 'get' | 'set' | 'spread' | 'proto' | 'method';
  readonly key: Expr | string;
  readonly value: (name: string) => Expr;
}

function objectExpression(context: Context, list: readonly (PropertyNode | SpreadElement)[]): Expr {
  const members = list.map((one) => objectMember(context, one));
  const isPlain = members.every(({ kind, key }) => kind === 'value' && typeof key === 'string');
  if (isPlain) {
    const keys = members.map(({ key }) => key as string);
    const values = members.map(({ key, value }) => value(key as string));
    return (frame) =>
      gather(values, frame, (made) => {
        const object = new JsObject(realm().intrinsics.object);
        for (let at = 0; at < keys.length; at += 1) object.props.set(keys[at] as string, made[at]);
        heap.bytes += keys.length * 24;
        return object;
      });
  }
  const compiled = members.map(({ kind, key, value }) => ({ kind, key, value: value(typeof key === 'string' ? key : '') }));
  return (frame) => start(objectSteps(compiled, frame));
}

function objectMember(context: Context, one: PropertyNode | SpreadElement): Member {
  if (one.type === 'SpreadElement') {
    const expr = expression(context, one.argument);
    return { kind: 'spread', key: '', value: () => expr };
  }
  const key = propertyKey(context, one);
  const isMethod = one.method || one.kind !== 'init';
  const kind =
    one.kind !== 'init' ? one.kind : key === '__proto__' && !one.shorthand && !one.computed ? 'proto' : one.method ? 'method' : 'value';
  const { value } = one;
  return {
    kind,
    key,
    value: (name) =>
      isMethod && value.type === 'FunctionExpression'
        ? functionExpression(context, value, { name: one.kind === 'init' ? name : `${one.kind} ${name}`, isMethod: true, at: one.start })
        : named(context, value, name),
  };
}

export function propertyKey(context: Context, { key, computed }: { key: Expression | AnyNode; computed: boolean }): Expr | string {
  if (computed) return expression(context, key);
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? (typeof key.bigint === 'string' ? key.bigint : String(key.value)) : expression(context, key);
}

/** Names a function after a key that was worked out. */
export function nameAfter(value: Value, key: Key, prefix = ''): void {
  if (!isObject(value) || value.fn === null || value.fn.name !== prefix) return;
  value.fn.name = prefix + (typeof key === 'string' ? key : key.description === undefined ? '' : `[${key.description}]`);
}

function* objectSteps(members: readonly { kind: Member['kind']; key: Expr | string; value: Expr }[], frame: Frame): Steps {
  const object = objectOf();
  for (const { kind, key, value } of members) {
    const name = typeof key === 'string' ? key : toKey(yield* run(key, frame));
    const made = yield* run(value, frame);
    if (typeof key !== 'string') nameAfter(made, name, kind === 'get' || kind === 'set' ? `${kind} ` : '');
    if (isObject(made) && made.fn !== null && kind !== 'value' && kind !== 'spread') made.fn.home = object;
    if (kind === 'spread') yield* copyInto(object, made);
    else if (kind === 'proto') {
      if (isObject(made) || made === null) object.proto = made;
    } else if (kind === 'get' || kind === 'set') addAccessor(object, name, { kind, fn: made as JsObject, enumerable: true });
    else object.props.set(name, made);
  }
  heap.bytes += members.length * 24;
  return object;
}

export function addAccessor(
  object: JsObject,
  key: Key,
  { kind, fn, enumerable }: { kind: 'get' | 'set'; fn: JsObject; enumerable: boolean },
): void {
  const known = object.props.get(key);
  const before = known instanceof Property && known.isAccessor ? known : undefined;
  getter(object, key, kind === 'get' ? fn : (before?.get as JsObject), kind === 'set' ? fn : before?.set);
  const made = object.props.get(key);
  if (made instanceof Property) {
    if (kind === 'set') made.get = before?.get;
    made.enumerable = enumerable;
  }
}

/** `{ ...value }` */
export function* copyInto(object: JsObject, value: Value): Steps {
  if (typeof value === 'string') for (const [index, char] of [...value].entries()) object.props.set(String(index), char);
  if (!isObject(value)) return undefined;
  for (const key of keysOf(value)) {
    if (!isEnumerable(value, key)) continue;
    const found = get(value, key);
    define(object, key, new Property({ value: (yield* settle(found)) as Value, writable: true, enumerable: true, configurable: true }));
  }
  return undefined;
}

export const kindOf = typeOf;
export const isTrue = truthy;
export const numeric = toNumeric;
export const late = andThen;
export const isPending = (value: unknown): boolean => value === PENDING;
