/** `x.name`: what a package has, fields, methods as values, and methods as functions. */
import { type Code, type FuncCode, invoke, lift1, pure, type Steps } from '../runtime/frame.ts';
import type { Goroutine } from '../runtime/goroutine.ts';
import { nilPanic } from '../runtime/panic.ts';
import { Boxed, Closure, copierOf, Place, type Pointer, type Value } from '../runtime/values.ts';
import type { Expr } from '../syntax/ast.ts';
import { type Member, memberOf, methodInSet, type Step } from '../types/members.ts';
import { funcOf, isInterface, type Type, under } from '../types/types.ts';
import { type Context, complain, textOf } from './context.ts';
import { expression, meant, notNil } from './expressions.ts';
import { exprText, invalid, type Operand, value } from './operand.ts';
import { exported } from './type-expressions.ts';

type Selector = Extract<Expr, { kind: 'selector' }>;

export function selector(context: Context, expr: Selector): Operand {
  const operand = expression(context, expr.x);
  if (operand.mode === 'package' && operand.meaning?.kind === 'package') {
    operand.meaning.used = true;
    const found = exported(operand.meaning.package.scope, expr.name);
    if (found) return meant(context, expr, found);
    const hidden = operand.meaning.package.scope.names.has(expr.name) && operand.meaning.package.isLibrary === false;
    const lacks = operand.meaning.package.isLibrary ? operand.meaning.package.lacks(expr.name) : null;
    complain(
      context,
      expr.nameAt,
      lacks ?? (hidden ? `name ${expr.name} not exported by package ${operand.meaning.name}` : `undefined: ${exprText(expr)}`),
    );
    return invalid(expr);
  }
  if (operand.mode === 'invalid') return invalid(expr);
  if (operand.mode === 'type') return methodExpression(context, expr, operand.type);
  if (operand.mode === 'none' || operand.mode === 'builtin' || operand.type.kind === 'tuple') return invalid(expr);
  const member = isHidden(context, operand.type, expr.name) ? undefined : memberOf(operand.type, expr.name);
  if (member === undefined) return unknown(context, expr, operand);
  if (member.kind === 'field') return field(expr, operand, member);
  return method(context, expr, operand, member);
}

/** Names that are not exported are those of their own package. */
function isHidden(context: Context, type: Type, name: string): boolean {
  const owner = type.kind === 'pointer' ? type.element : type;
  return !/^\p{Lu}/u.test(name) && owner.kind === 'named' && owner.path !== '' && owner.path !== context.package.path;
}

function unknown(context: Context, expr: Selector, { type }: Operand): Operand {
  const flipped = /^\p{Lu}/u.test(expr.name)
    ? expr.name[0]?.toLowerCase() + expr.name.slice(1)
    : expr.name[0]?.toUpperCase() + expr.name.slice(1);
  const other = memberOf(type, flipped);
  const isPointerToInterface = type.kind === 'pointer' && isInterface(type.element);
  const hint = isPointerToInterface
    ? `type ${textOf(context, type)} is pointer to interface, not interface`
    : other
      ? `type ${textOf(context, type)} has no field or method ${expr.name}, but does have ${other.kind === 'field' ? 'field' : 'method'} ${flipped}`
      : `type ${textOf(context, type)} has no field or method ${expr.name}`;
  complain(context, expr.nameAt, `${exprText(expr)} undefined (${hint})`);
  return invalid(expr);
}

/** The structure at the end of all steps but the last one, as code. */
function walked(code: Code, path: readonly Step[]): Code {
  return path.reduce((of, { index, deref }) => {
    if (deref) return lift1(of, (at) => (((at as Pointer | null) ?? fault()).v as Value[])[index]);
    return lift1(of, (at) => (at as Value[])[index]);
  }, code);
}

const fault = (): never => {
  throw nilPanic();
};

/** The structure that a step begins at, behind a pointer or not. */
const structure = (code: Code, deref: boolean): Code => (deref ? lift1(code, (at) => ((at as Pointer | null) ?? fault()).v) : code);

function field(expr: Selector, operand: Operand, { path, field: found }: Extract<Member, { kind: 'field' }>): Operand {
  const last = path.at(-1) as Step;
  const base = walked(operand.code, path.slice(0, -1));
  const isVariable = operand.mode === 'variable' || path.some(({ deref }) => deref);
  const struct = structure(base, last.deref);
  const { index } = last;
  const code = lift1(struct, (of) => (of as Value[])[index]);
  if (!isVariable) return value(expr, found.type, code);
  return { mode: 'variable', type: found.type, expr, code, pointer: lift1(struct, (of) => new Place(of as Value[], index)) };
}

/** What a method is called on: the value at the end of the path, or a pointer to it. */
function receiverOf(operand: Operand, member: Exclude<Member, { kind: 'field' }>): Code {
  const { path } = member;
  const wantsPointer = member.kind === 'method' && member.method.pointer;
  if (path.length === 0) {
    if (member.deref)
      return wantsPointer || member.kind === 'interface-method'
        ? operand.code
        : copied(
            lift1(operand.code, (at) => ((at as Pointer | null) ?? fault()).v),
            operand.type,
          );
    if (wantsPointer && operand.pointer) return operand.pointer;
    return copied(operand.code, operand.type);
  }
  const last = path.at(-1) as Step;
  const struct = structure(walked(operand.code, path.slice(0, -1)), last.deref);
  const { index } = last;
  if (wantsPointer && !member.deref) return lift1(struct, (of) => new Place(of as Value[], index));
  const at = lift1(struct, (of) => (of as Value[])[index]);
  return member.deref && !wantsPointer ? lift1(at, (pointer) => ((pointer as Pointer | null) ?? fault()).v) : at;
}

function copied(code: Code, type: Type): Code {
  const below = under(type);
  const copy = copierOf(below.kind === 'pointer' ? below.element : type);
  return copy === null ? code : lift1(code, copy);
}

function method(context: Context, expr: Selector, operand: Operand, member: Exclude<Member, { kind: 'field' }>): Operand {
  const isPointer = member.kind === 'method' && member.method.pointer;
  const isReachable = operand.mode === 'variable' || (member.kind === 'method' && member.deref) || member.path.some(({ deref }) => deref);
  if (isPointer && !isReachable) {
    complain(context, expr.at, `cannot call pointer method ${expr.name} on ${textOf(context, operand.type)}`);
    return invalid(expr);
  }
  const receiver = receiverOf(operand, member);
  if (member.kind === 'method') {
    const { code, type } = member.method;
    context.package.depends(code);
    return {
      ...value(
        expr,
        type,
        lift1(receiver, (of) => new Closure(code, [], [of])),
      ),
      target: { code, receiver },
    };
  }
  const code = dynamic(member.name);
  return {
    ...value(
      expr,
      member.type,
      lift1(notNil(receiver), (of) => new Closure(code, [], [of])),
    ),
    target: { code, receiver },
  };
}

const dynamics = new Map<string, FuncCode>();

/** A function that calls the method of whatever its first argument holds. */
export function dynamic(name: string): FuncCode {
  const known = dynamics.get(name);
  if (known) return known;
  const made: FuncCode = {
    name,
    file: '',
    line: 0,
    results: null,
    zero: null,
    nativeSteps: ([receiver, ...args], goroutine) => callMethod(goroutine, receiver, { name, args }),
  };
  dynamics.set(name, made);
  return made;
}

/** Calls a method of what an interface holds; a panic if it holds nothing. */
export function* callMethod(
  goroutine: Goroutine,
  boxed: Value,
  { name, args }: { readonly name: string; readonly args: readonly Value[] },
): Steps {
  if (!(boxed instanceof Boxed)) throw nilPanic();
  const found = dispatch(boxed.type, name);
  if (found === undefined) throw new Error(`no method ${name}`);
  return yield* found(goroutine, boxed.value, args);
}

type Dispatched = (goroutine: Goroutine, receiver: Value, args: readonly Value[]) => Steps;
const tables = new WeakMap<Type, Map<string, Dispatched | undefined>>();

/** How a type's method is called; undefined if it has none of that name. */
export function dispatch(type: Type, name: string): Dispatched | undefined {
  const table = tables.get(type) ?? new Map<string, Dispatched | undefined>();
  tables.set(type, table);
  if (!table.has(name)) table.set(name, makeDispatch(type, name));
  return table.get(name);
}

function makeDispatch(type: Type, name: string): Dispatched | undefined {
  const member = methodInSet(type, name);
  if (member === undefined || member.kind === 'field') return undefined;
  const place = { mode: 'value', type, expr: { kind: 'name', at: 0, name }, code: pure(() => slot.value) } as const;
  const slot: { value: Value } = { value: null };
  const receiver = receiverOf(place, member);
  const find = (of: Value): Value => {
    slot.value = of;
    return receiver.now?.(null as never) ?? null;
  };
  if (member.kind === 'interface-method') return (goroutine, of, args) => callMethod(goroutine, find(of), { name: member.name, args });
  const { code } = member.method;
  return function* (goroutine, of, args) {
    return (yield invoke(goroutine, new Closure(code, [], [find(of)]), args)) as Value;
  };
}

/** `T.Method`: a function whose first argument is the receiver. */
function methodExpression(context: Context, expr: Selector, type: Type): Operand {
  const member = methodInSet(type, expr.name);
  if (member === undefined || member.kind === 'field') {
    complain(context, expr.nameAt, `${exprText(expr)} undefined (type ${textOf(context, type)} has no method ${expr.name})`);
    return invalid(expr);
  }
  const own = member.kind === 'method' ? member.method.type : member.type;
  const isOpen = isInterface(type);
  const code: FuncCode = {
    name: expr.name,
    file: '',
    line: 0,
    results: null,
    zero: null,
    nativeSteps: ([receiver, ...args], goroutine) =>
      callMethod(goroutine, isOpen ? receiver : new Boxed(type, receiver), { name: expr.name, args }),
  };
  return value(
    expr,
    funcOf([type, ...own.params], own.results, own.variadic),
    pure(() => new Closure(code)),
  );
}
