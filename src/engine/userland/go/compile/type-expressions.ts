/** Types as they are written, and generic types with their arguments. */
import type { Expr, FuncTypeExpr } from '../syntax/ast.ts';
import {
  arrayOf,
  chanOf,
  type FuncType,
  funcOf,
  INVALID,
  type InterfaceType,
  interfaceOf,
  isInterface,
  mapOf,
  type NamedType,
  newNamed,
  pointerTo,
  sliceOf,
  structOf,
  type Type,
  under,
} from '../types/types.ts';
import { type Context, complain, declare } from './context.ts';
import { expression } from './expressions.ts';
import { exprText } from './operand.ts';
import { bindMethods } from './package.ts';
import { type Meaning, Scope } from './scope.ts';

/** The type that an expression is; complains if it is none. */
export function typeOf(context: Context, expr: Expr): Type {
  const type = maybeType(context, expr);
  if (type !== null) return type;
  complain(context, expr.at, `${exprText(expr)} is not a type`);
  return INVALID;
}

/** Null if the expression is something else than a type. */
export function maybeType(context: Context, expr: Expr): Type | null {
  switch (expr.kind) {
    case 'name':
      return namedType(context, expr, context.scope.find(expr.name));
    case 'paren':
      return maybeType(context, expr.x);
    case 'selector': {
      const owner = expr.x.kind === 'name' ? context.scope.find(expr.x.name) : undefined;
      if (owner?.kind !== 'package') return null;
      owner.used = true;
      const meaning = exported(owner.package.scope, expr.name);
      return meaning === undefined ? undefinedType(context, expr) : namedType(context, expr, meaning);
    }
    case 'star': {
      const element = maybeType(context, expr.x);
      return element && pointerTo(element);
    }
    case 'index':
      return genericType(context, expr);
    case 'array-type':
      return arrayType(context, expr);
    case 'map-type':
      return mapOf(typeOf(context, expr.key), typeOf(context, expr.value));
    case 'chan-type':
      return chanOf(typeOf(context, expr.element), expr.direction);
    case 'func-type':
      return signatureOf(context, expr);
    case 'struct-type':
      return structOf(expr.fields.map(({ name, type, embedded, tag }) => ({ name, type: typeOf(context, type), embedded, tag })));
    case 'interface-type':
      return interfaceType(context, expr);
    default:
      return null;
  }
}

/** What a package shows to others. */
export const exported = (scope: Scope, name: string): Meaning | undefined => (/^\p{Lu}/u.test(name) ? scope.find(name) : undefined);

function undefinedType(context: Context, expr: Expr): Type {
  complain(context, expr.kind === 'selector' ? expr.nameAt : expr.at, `undefined: ${exprText(expr)}`);
  return INVALID;
}

function namedType(context: Context, expr: Expr, meaning: Meaning | undefined): Type | null {
  if (meaning === undefined) return undefinedType(context, expr);
  if (meaning.kind === 'type') return meaning.type;
  if (meaning.kind !== 'generic-type') return null;
  complain(
    context,
    expr.at,
    `cannot use generic type ${exprText(expr)}[${meaning.declaration.typeParams.map(({ name, constraint }) => `${name} ${exprText(constraint)}`).join(', ')}] without instantiation`,
  );
  return INVALID;
}

function genericType(context: Context, expr: Extract<Expr, { kind: 'index' }>): Type | null {
  const meaning = genericMeaning(context, expr.x);
  return meaning === null
    ? null
    : instantiateType(
        meaning,
        expr.args.map((arg) => typeOf(context, arg)),
      );
}

function genericMeaning(context: Context, expr: Expr): Extract<Meaning, { kind: 'generic-type' }> | null {
  const owner = expr.kind === 'selector' && expr.x.kind === 'name' ? context.scope.find(expr.x.name) : undefined;
  const meaning =
    expr.kind === 'name'
      ? context.scope.find(expr.name)
      : expr.kind === 'selector' && owner?.kind === 'package'
        ? exported(owner.package.scope, expr.name)
        : undefined;
  if (owner?.kind === 'package') owner.used = true;
  return meaning?.kind === 'generic-type' ? meaning : null;
}

/** A generic type with its arguments: the same ones give the same type. */
export function instantiateType(meaning: Extract<Meaning, { kind: 'generic-type' }>, args: readonly Type[]): NamedType {
  const key = args.map((arg) => arg.key).join();
  const known = meaning.made.get(key);
  if (known) return known;
  const { declaration, owner } = meaning;
  const type = { ...newNamed({ name: declaration.name, path: owner.path, package: owner.name, args }), origin: meaning };
  meaning.made.set(key, type);
  const context = owner.contextOf(declaration);
  const scope = new Scope(context.scope);
  for (const [index, { name }] of declaration.typeParams.entries()) scope.names.set(name, { kind: 'type', type: args[index] ?? INVALID });
  type.underlying = under(typeOf({ ...context, scope }, declaration.type));
  bindMethods(meaning, type);
  return type;
}

function arrayType(context: Context, expr: Extract<Expr, { kind: 'array-type' }>): Type {
  const element = typeOf(context, expr.element);
  if (expr.length === null) return sliceOf(element);
  if (expr.length === '...') {
    complain(context, expr.at, 'invalid use of [...] array (outside a composite literal)');
    return INVALID;
  }
  const length = expression(context, expr.length);
  if (typeof length.constant === 'bigint') return arrayOf(element, Number(length.constant));
  if (length.mode !== 'invalid') complain(context, expr.length.at, `invalid array length ${exprText(expr.length)}`);
  return INVALID;
}

export function signatureOf(context: Context, { params, results }: FuncTypeExpr): FuncType {
  const types = params.map(({ type, variadic }) => (variadic ? sliceOf(typeOf(context, type)) : typeOf(context, type)));
  return funcOf(
    types,
    results.map(({ type }) => typeOf(context, type)),
    params.at(-1)?.variadic ?? false,
  );
}

function interfaceType(context: Context, expr: Extract<Expr, { kind: 'interface-type' }>): Type {
  const methods = expr.methods.map(({ name, type }) => ({ name, type: signatureOf(context, type) }));
  let union: InterfaceType['union'];
  let comparable = false;
  for (const terms of expr.unions) {
    const types = terms.map(({ tilde, type }) => ({ tilde, type: typeOf(context, type) }));
    const [only] = types;
    if (types.length === 1 && only && isInterface(only.type)) {
      const embedded = under(only.type) as InterfaceType;
      for (const method of embedded.methods) if (!methods.some(({ name }) => name === method.name)) methods.push(method);
      union = embedded.union ?? union;
      comparable ||= embedded.comparable ?? false;
    } else union = types.flatMap((term) => (isInterface(term.type) ? ((under(term.type) as InterfaceType).union ?? []) : [term]));
  }
  return interfaceOf(methods, { ...(union ? { union } : {}), ...(comparable ? { comparable } : {}) });
}

/** A type that is declared: a name of its own unless it is an alias. */
export function declareType(
  context: Context,
  declaration: { readonly name: string; readonly at: number; readonly alias: boolean; readonly type: Expr },
): void {
  const { name, at, alias, type } = declaration;
  if (alias) return declare(context, name, at, { kind: 'type', type: typeOf(context, type) });
  const made = newNamed({ name, path: context.package.path, package: context.package.name });
  declare(context, name, at, { kind: 'type', type: made });
  made.underlying = typeOf(context, type);
}
