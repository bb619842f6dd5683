/** Classes: constructors, methods, fields, private members, static blocks. */
import type { Class, ClassDeclaration, ClassExpression, Expression, MethodDefinition, PropertyDefinition, StaticBlock } from 'acorn';
import { toKey } from '../runtime/convert.ts';
import { construct, type FunctionInfo, prototypeOf, ready } from '../runtime/functions.ts';
import { define, get, hide } from '../runtime/objects.ts';
import { andThen, type Steps, settle, start } from '../runtime/steps.ts';
import { isCallable, isObject, JsObject, type Key, Property, type Result, type Value } from '../runtime/values.ts';
import { Frame, intrinsics, realm, Scope, vm } from '../runtime/vm.ts';
import { type Context, type Done, type Expr, freshSlots, run, type Stmt, stand } from './context.ts';
import { addAccessor, expression, nameAfter, named, propertyKey } from './expressions.ts';
import { codeOf, type FuncCode, makeFunction } from './functions.ts';
import { type PrivateName, privateMembers } from './members.ts';
import { lexicalNames, StaticScope, varNames } from './scope.ts';
import { block, hoist } from './statements.ts';

interface Method {
  readonly kind: 'method' | 'get' | 'set';
  readonly isStatic: boolean;
  readonly key: Expr | string | PrivateName;
  readonly code: FuncCode;
  readonly name: string;
  readonly at: number;
}
interface Field {
  readonly key: Expr | string | PrivateName;
  readonly value: Expr | null;
  readonly at: number;
}
interface Plan {
  readonly scope: StaticScope;
  readonly name: string;
  readonly own: string | null;
  readonly parent: Expr | null;
  readonly parentAt: number;
  readonly maker: FuncCode | null;
  readonly elements: readonly (
    | ({ readonly type: 'method' } & Method)
    | ({ readonly type: 'field'; readonly isStatic: boolean } & Field)
    | { readonly type: 'block'; readonly run: Stmt }
  )[];
  readonly node: Class;
  readonly context: Context;
}

const isPrivate = (key: Expr | string | PrivateName): key is PrivateName => typeof key === 'object';

export function classExpression(context: Context, node: ClassExpression | ClassDeclaration, name: string): Expr {
  const plan = planOf(context, node, name);
  return (frame) => start(build(plan, frame));
}

function planOf(outer: Context, node: ClassExpression | ClassDeclaration, name: string): Plan {
  const scope = new StaticScope(outer.scope, { isOwn: true });
  const own = node.id?.name ?? null;
  if (own !== null) scope.declare(own, 'const');
  const privates = new Map(outer.privates);
  for (const one of node.body.body)
    if (one.type !== 'StaticBlock' && one.key.type === 'PrivateIdentifier') {
      const isMethod = one.type === 'MethodDefinition';
      const known = privates.get(one.key.name) as PrivateName | undefined;
      if (known === undefined || known === outer.privates.get(one.key.name)) privates.set(one.key.name, { name: one.key.name, isMethod });
    }
  const context: Context = { ...outer, scope, privates, strict: true, labels: [] };
  let maker: FuncCode | null = null;
  const elements: Plan['elements'][number][] = [];
  for (const one of node.body.body)
    if (one.type === 'MethodDefinition' && one.kind === 'constructor')
      maker = codeOf(context, one.value, {
        name,
        isClass: true,
        isDerived: node.superClass !== null && node.superClass !== undefined,
      });
    else elements.push(elementOf(context, one));
  return {
    scope,
    name,
    own,
    parent: node.superClass ? expression(context, node.superClass) : null,
    parentAt: node.superClass?.start ?? 0,
    maker,
    elements,
    node,
    context,
  };
}

function keyOf(context: Context, one: MethodDefinition | PropertyDefinition): Expr | string | PrivateName {
  if (one.key.type === 'PrivateIdentifier') return context.privates.get(one.key.name) as PrivateName;
  return propertyKey(context, { key: one.key as Expression, computed: one.computed });
}

function elementOf(context: Context, one: MethodDefinition | PropertyDefinition | StaticBlock): Plan['elements'][number] {
  if (one.type === 'StaticBlock') {
    const scope = new StaticScope(context.scope, { isFunction: true });
    for (const name of varNames(one.body)) scope.declare(name, 'var');
    for (const { name, kind } of lexicalNames(one.body)) scope.declare(name, kind);
    const inner = { ...context, scope, isAsync: false, isGenerator: false, isArrow: false };
    const functions = hoist(inner, one.body);
    const statements = block(inner, one.body);
    return {
      type: 'block',
      run: (frame) => {
        frame.scope = new Scope(frame.scope, freshSlots(scope));
        functions(frame);
        return statements(frame);
      },
    };
  }
  const key = keyOf(context, one);
  const shown = typeof key === 'string' ? key : isPrivate(key) ? `#${key.name}` : '';
  if (one.type === 'PropertyDefinition') {
    const inner = { ...context, isAsync: false, isGenerator: false, isArrow: false };
    return { type: 'field', isStatic: one.static, key, value: one.value ? named(inner, one.value, shown) : null, at: one.start };
  }
  const kind = one.kind === 'get' || one.kind === 'set' ? one.kind : 'method';
  const name = kind === 'method' ? shown : `${kind} ${shown}`;
  return {
    type: 'method',
    kind,
    isStatic: one.static,
    key,
    code: codeOf(context, one.value, { name, isMethod: true }),
    name,
    at: one.start,
  };
}

function* build(plan: Plan, frame: Frame): Steps {
  const outer = frame.scope;
  frame.scope = new Scope(outer, freshSlots(plan.scope));
  try {
    return yield* buildIn(plan, frame);
  } finally {
    frame.scope = outer;
  }
}

function* buildIn(plan: Plan, frame: Frame): Steps {
  const parent = plan.parent === null ? undefined : yield* run(plan.parent, frame);
  const made = constructorOf(plan, frame, parent);
  const prototype = new JsObject(intrinsics().object);
  if (parent !== undefined) yield* inherit(made, prototype, { parent, frame, at: plan.parentAt });
  hide(prototype, 'constructor', made);
  made.props.set('prototype', new Property({ value: prototype }));
  if (made.fn) made.fn.home = prototype;
  const fields: (Field & { readonly name: Key | PrivateName })[] = [];
  const instanceMethods: { readonly id: PrivateName; readonly property: Property }[] = [];
  const statics: (() => Result)[] = [];
  const classScope = frame.scope;
  for (const element of plan.elements) {
    if (element.type === 'block') statics.push(() => element.run(bodyFrame(plan, classScope, made, made)) as Result);
    else {
      const key = typeof element.key === 'string' || isPrivate(element.key) ? element.key : toKey(yield* run(element.key, frame));
      if (element.type === 'method') addMethod({ element, key, made, prototype, frame, instanceMethods });
      else if (element.isStatic)
        statics.push(() => start(setField(made, { ...element, name: key }, bodyFrame(plan, classScope, made, made))));
      else fields.push({ ...element, name: key });
    }
  }
  if (made.fn && (fields.length > 0 || instanceMethods.length > 0))
    made.fn.fields = (self) => start(initialize({ plan, classScope, made, fields, instanceMethods }, self));
  if (plan.own !== null) classScope.slots[plan.scope.names.get(plan.own)?.slot ?? 0] = made;
  for (const one of statics) yield* settle(one());
  return made;
}

function constructorOf(plan: Plan, frame: Frame, parent: Value): JsObject {
  const { node } = plan;
  const options = { name: plan.name, isClass: true, isDerived: parent !== undefined, at: node.start, end: node.end };
  if (plan.maker !== null) {
    const made = makeFunction(plan.maker, frame, options);
    return made;
  }
  const { text } = plan.context.file;
  const fn = new JsObject(intrinsics().function);
  const info: FunctionInfo = {
    name: plan.name,
    length: 0,
    call: (self, receiver, args, newTarget) => {
      if (newTarget === undefined) throw realm().typeError(`Class constructor ${info.name} cannot be invoked without 'new'`);
      if (parent === undefined) return receiver;
      return defaultDerived(self, args, newTarget);
    },
    construct: parent === undefined ? 'base' : 'derived',
    isClass: true,
    kind: 'class',
    source: () => text.slice(node.start, node.end),
    isReady: false,
    scope: frame.scope,
    outer: null,
    home: null,
    fields: null,
  };
  fn.fn = info;
  return fn;
}

/** `constructor(...args) { super(...args); }` */
function defaultDerived(self: JsObject, args: readonly Value[], newTarget: JsObject): Result {
  const parent = self.proto;
  if (!isCallable(parent)) throw realm().typeError('Super constructor is not a constructor');
  return andThen(construct(parent, args, newTarget), (made) => {
    const fields = self.fn?.fields ?? null;
    return fields === null || !isObject(made as Value) ? (made as Value) : andThen(fields(made as JsObject), () => made as Value);
  });
}

function* inherit(made: JsObject, prototype: JsObject, { parent, frame, at }: { parent: Value; frame: Frame; at: number }): Steps {
  if (parent === null) {
    prototype.proto = null;
    return undefined;
  }
  if (!isCallable(parent) || parent.fn?.construct === 'none') {
    stand(frame, at);
    throw realm().typeError(`Class extends value ${realm().inspect(parent)} is not a constructor or null`);
  }
  const proto = (yield* settle(get(parent, 'prototype'))) as Value;
  if (!isObject(proto) && proto !== null)
    throw realm().typeError(`Class extends value does not have valid prototype property ${realm().show(proto)}`);
  made.proto = parent;
  prototype.proto = proto;
  return undefined;
}

interface Adding {
  readonly element: Method;
  readonly key: Key | PrivateName;
  readonly made: JsObject;
  readonly prototype: JsObject;
  readonly frame: Frame;
  readonly instanceMethods: { readonly id: PrivateName; readonly property: Property }[];
}

function addMethod({ element, key, made, prototype, frame, instanceMethods }: Adding): void {
  const home = element.isStatic ? made : prototype;
  const fn = makeFunction(element.code, frame, { name: element.name, isMethod: true, at: element.at });
  if (fn.fn) fn.fn.home = home;
  if (typeof key === 'object' && 'isMethod' in key) {
    const property =
      element.kind === 'method' ? new Property({ value: fn }) : new Property(element.kind === 'get' ? { get: fn } : { set: fn });
    if (element.isStatic) addPrivate(made, key, property);
    else instanceMethods.push({ id: key, property });
    return;
  }
  if (typeof element.key !== 'string') nameAfter(fn, key, element.kind === 'method' ? '' : `${element.kind} `);
  ready(home);
  if (element.kind === 'method') hide(home, key, fn);
  else addAccessor(home, key, { kind: element.kind, fn, enumerable: false });
}

function addPrivate(object: JsObject, id: PrivateName, property: Property | Value): void {
  const members = privateMembers.get(object) ?? new Map<object, Value | Property>();
  privateMembers.set(object, members);
  const known = members.get(id);
  if (known instanceof Property && known.isAccessor && property instanceof Property)
    members.set(id, new Property({ get: property.get ?? known.get, set: property.set ?? known.set }));
  else members.set(id, property);
}

/** The frame in which fields and static blocks run. */
function bodyFrame(plan: Plan, scope: Scope, made: JsObject, self: JsObject): Frame {
  const isStatic = made === self;
  const fn = new JsObject(null);
  const frame = new Frame({
    scope,
    self,
    args: [],
    fn: made,
    newTarget: undefined,
    caller: vm.top,
    top: null,
    file: plan.context.file,
    name: isStatic ? 'Function.<static_initializer>' : '<instance_members_initializer>',
  });
  fn.proto = null;
  frame.at = plan.node.start;
  vm.top = frame;
  return frame;
}

interface Instance {
  readonly plan: Plan;
  readonly classScope: Scope;
  readonly made: JsObject;
  readonly fields: readonly (Field & { readonly name: Key | PrivateName })[];
  readonly instanceMethods: Adding['instanceMethods'];
}

function* initialize({ plan, classScope, made, fields, instanceMethods }: Instance, self: JsObject): Steps {
  for (const { id, property } of instanceMethods) addPrivate(self, id, property);
  if (fields.length === 0) return undefined;
  const caller = vm.top;
  const frame = bodyFrame(plan, classScope, made, self);
  for (const field of fields) {
    frame.at = field.at;
    yield* setField(self, field, frame);
  }
  vm.top = caller;
  return undefined;
}

function* setField(self: JsObject, field: Field & { readonly name: Key | PrivateName }, frame: Frame): Steps {
  const value = field.value === null ? undefined : yield* run(field.value, frame);
  const { name } = field;
  if (typeof name === 'object' && 'isMethod' in name) addPrivate(self, name, value);
  else {
    if (typeof field.key !== 'string') nameAfter(value, name);
    define(self, name, new Property({ value, writable: true, enumerable: true, configurable: true }));
  }
  return undefined;
}

export const instancePrototype = prototypeOf;
export type { Done };
