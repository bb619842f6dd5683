/** Generic functions: their type arguments, written or inferred, and what is compiled for each. */
import { constant as constantCode } from '../runtime/frame.ts';
import { Closure } from '../runtime/values.ts';
import type { Expr } from '../syntax/ast.ts';
import { missing } from '../types/members.ts';
import { defaultType, INVALID, identical, isComparable, isUntyped, type NamedType, newNamed, type Type, under } from '../types/types.ts';
import { notImplemented } from './assign.ts';
import type { CallExpr } from './calls.ts';
import { type Context, complain, textOf } from './context.ts';
import { emptyCode } from './functions.ts';
import { invalid, type Operand, value } from './operand.ts';
import { type Meaning, Scope } from './scope.ts';
import { signatureOf, typeOf } from './type-expressions.ts';

type Generic = Extract<Meaning, { kind: 'generic-func' }>;

/** `f[int]`: the function with all its type arguments, or with the first of them. */
export function instantiated(context: Context, expr: Extract<Expr, { kind: 'index' }>, operand: Operand): Operand {
  const { meaning } = operand;
  if (meaning?.kind !== 'generic-func') return invalid(expr);
  const types = expr.args.map((arg) => typeOf(context, arg));
  const { typeParams } = meaning.declaration;
  if (types.length > typeParams.length) {
    complain(
      context,
      expr.at,
      `got ${types.length} type arguments but ${meaning.declaration.name} has ${typeParams.length} type parameters`,
    );
    return invalid(expr);
  }
  if (types.length < typeParams.length) return { ...operand, expr, explicit: types };
  return instance(context, expr, { meaning, types });
}

interface Instance {
  readonly meaning: Generic;
  readonly types: readonly Type[];
}

/** The function for these type arguments: the same ones give the same function. */
function instance(context: Context, expr: Expr, { meaning, types }: Instance): Operand {
  const { declaration, owner, made } = meaning;
  if (types.includes(INVALID)) return invalid(expr);
  const key = types.map((type) => type.key).join();
  let known = made.get(key);
  if (known === undefined) {
    const own = owner.contextOf(declaration);
    const scope = new Scope(own.scope);
    for (const [index, { name }] of declaration.typeParams.entries())
      scope.names.set(name, { kind: 'type', type: types[index] ?? INVALID });
    const inside = { ...own, scope, fn: null };
    const unsatisfied = declaration.typeParams
      .map(({ constraint }, index) => unsatisfiedBy(context, types[index] ?? INVALID, typeOf(inside, constraint)))
      .find((why) => why !== null);
    if (unsatisfied) {
      complain(context, expr.at, unsatisfied);
      return invalid(expr);
    }
    known = {
      type: signatureOf(inside, declaration.type),
      code: emptyCode(`${owner.traceName}.${declaration.name}[...]`, own.file, declaration.at),
    };
    made.set(key, known);
    owner.compileBody(inside, declaration, known.code);
  }
  context.package.depends(known.code);
  return { ...value(expr, known.type, constantCode(new Closure(known.code))), target: { code: known.code, receiver: null } };
}

/** Why a type does not satisfy a constraint; null if it does. */
function unsatisfiedBy(context: Context, type: Type, constraint: Type): string | null {
  const below = under(constraint);
  if (below.kind !== 'interface') return null;
  const name = textOf(context, constraint);
  const head = `${textOf(context, type)} does not satisfy ${name}`;
  if (below.comparable && !isComparable(type)) return head;
  if (below.union && !below.union.some((term) => (term.tilde ? identical(under(term.type), under(type)) : identical(term.type, type)))) {
    const terms = below.union.map((term) => `${term.tilde ? '~' : ''}${textOf(context, term.type)}`).join(' | ');
    return `${head} (${textOf(context, type)} missing in ${terms})`;
  }
  return missing(type, below) === null
    ? null
    : `${head}${notImplemented(context, type, constraint).replace(/^:.* does not implement \S+/, '')}`;
}

/** A generic function that is called: its type arguments follow from those of the call. Null if they do not. */
export function inferred(
  context: Context,
  expr: CallExpr,
  { fn, args }: { readonly fn: Operand; readonly args: readonly Operand[] },
): Operand | null {
  const { meaning } = fn;
  if (meaning?.kind !== 'generic-func') return null;
  if (args.some(({ mode }) => mode === 'invalid')) return null;
  const { declaration, owner } = meaning;
  const own = owner.contextOf(declaration);
  const scope = new Scope(own.scope);
  const open = declaration.typeParams.map(({ name }) => newNamed({ name, path: owner.path, package: '' }));
  for (const [index, { name }] of declaration.typeParams.entries()) scope.names.set(name, { kind: 'type', type: open[index] ?? INVALID });
  const inside = { ...own, scope };
  const { params, variadic } = signatureOf(inside, declaration.type);
  const bound = new Map<NamedType, Type>();
  (fn.explicit ?? []).forEach((type, index) => {
    const param = open[index];
    if (param) bound.set(param, type);
  });
  const wanted = (index: number): Type | undefined => {
    const last = params.at(-1);
    return variadic && !expr.spread && index >= params.length - 1 && last?.kind === 'slice' ? last.element : params[index];
  };
  const unifier = new Unifier(open, bound);
  args.forEach((arg, index) => {
    const param = wanted(index);
    if (param && !isUntyped(arg.type)) unifier.unify(param, arg.type);
  });
  args.forEach((arg, index) => {
    const param = wanted(index);
    if (param?.kind === 'named' && open.includes(param) && arg.mode !== 'nil' && isUntyped(arg.type)) unifier.takeDefault(param, arg.type);
  });
  declaration.typeParams.forEach(({ constraint }, index) => {
    const [param, core] = [open[index], under(typeOf(inside, constraint))];
    const only = core.kind === 'interface' && core.union?.length === 1 ? core.union[0] : undefined;
    const own = param && bound.get(param);
    if (only && own) unifier.unify(only.type, under(own));
  });
  const types = open.map((param) => bound.get(param));
  const lacking = types.indexOf(undefined);
  if (lacking >= 0) {
    complain(context, expr.end, `in call to ${declaration.name}, cannot infer ${declaration.typeParams[lacking]?.name}`);
    return null;
  }
  const made = instance(context, { ...expr.fn, at: expr.open }, { meaning, types: types.map((type) => type ?? INVALID) });
  return made.mode === 'invalid' ? null : made;
}

class Unifier {
  readonly #open: readonly NamedType[];
  readonly #bound: Map<NamedType, Type>;

  constructor(open: readonly NamedType[], bound: Map<NamedType, Type>) {
    this.#open = open;
    this.#bound = bound;
  }

  takeDefault(param: NamedType, type: Type): void {
    const before = this.#bound.get(param);
    if (before === undefined || (before.key === 'int' && type.key === 'untyped float')) this.#bound.set(param, defaultType(type));
  }

  /** Finds what the open types stand for, where both have the same shape. */
  unify(param: Type, type: Type): void {
    if (param.kind === 'named' && this.#open.includes(param)) {
      if (!this.#bound.has(param)) this.#bound.set(param, type);
      return;
    }
    if (param.kind === 'named') {
      if (type.kind === 'named' && param.origin !== undefined && param.origin === type.origin) this.#all(param.args, type.args);
      return;
    }
    const own = type.kind === 'named' ? under(type) : type;
    if (param.kind === 'map' && own.kind === 'map') this.#all([param.index, param.element], [own.index, own.element]);
    else if (param.kind === 'func' && own.kind === 'func') this.#all([...param.params, ...param.results], [...own.params, ...own.results]);
    else if ('element' in param && 'element' in own && param.kind === own.kind) this.unify(param.element, own.element);
  }

  #all(params: readonly Type[], types: readonly Type[]): void {
    params.forEach((param, index) => {
      const type = types[index];
      if (type) this.unify(param, type);
    });
  }
}
