/** Functions, lambdas and classes to code objects, and the instructions that make them. */
import type { ClassDef, Expr, FunctionDef, Params, Span, Stmt } from '../syntax/ast.ts';
import { PARAMETERS_OF } from '../syntax/type-parameters.ts';
import { Builder } from './builder.ts';
import { Code } from './code.ts';
import { compileArguments, compileExpression, literalValue } from './expressions.ts';
import { paramNames, type Scope } from './scopes.ts';
import { compileBlock } from './statements.ts';

/** What MAKE_FUNCTION finds on the stack. */
export const HAS_DEFAULTS = 1;
export const HAS_KEYWORD_DEFAULTS = 2;
export const HAS_ANNOTATIONS = 4;
export const HAS_CELLS = 8;

/** `Outer.<locals>.name` */
export function qualifiedName(b: Builder, name: string): string {
  if (b.scope.kind === 'module' || b.scope.globals.has(name)) return name;
  // What holds parameters of types is not seen.
  if (b.code.name.startsWith(PARAMETERS_OF) && b.outer !== null) return qualifiedName(b.outer, name);
  return `${b.code.qualname}${b.scope.kind === 'class' ? '' : '.<locals>'}.${name}`;
}

/** Puts a function of `code` on the stack; defaults and annotations are there already, as the flags say. */
export function emitFunction(b: Builder, code: Code, flags: number): void {
  for (const name of code.free) b.emit('LOAD_CLOSURE', b.cellIndex(name));
  if (code.free.length > 0) b.emit('BUILD_TUPLE', code.free.length);
  b.constant(code);
  b.emit('MAKE_FUNCTION', flags + (code.free.length > 0 ? HAS_CELLS : 0));
}

function defaults(b: Builder, params: Params): number {
  let flags = 0;
  const positional = [...params.positionalOnly, ...params.positional].filter((one) => one.default !== null);
  if (positional.length > 0) {
    for (const one of positional) if (one.default) compileExpression(b, one.default);
    b.emit('BUILD_TUPLE', positional.length);
    flags += HAS_DEFAULTS;
  }
  const named = params.keywordOnly.filter((one) => one.default !== null);
  if (named.length > 0) {
    for (const one of named) {
      b.constant(b.mangled(one.name));
      if (one.default) compileExpression(b, one.default);
    }
    b.emit('BUILD_DICT', named.length);
    flags += HAS_KEYWORD_DEFAULTS;
  }
  return flags;
}

function annotations(b: Builder, params: Params, returns: Expr | null): number {
  const all: { name: string; annotation: Expr }[] = [];
  for (const one of [...params.positionalOnly, ...params.positional, params.rest, ...params.keywordOnly, params.keywords])
    if (one?.annotation) all.push({ name: one.name, annotation: one.annotation });
  if (returns) all.push({ name: 'return', annotation: returns });
  if (all.length === 0) return 0;
  for (const { name, annotation } of all) {
    b.constant(name);
    compileAnnotation(b, annotation);
  }
  b.emit('BUILD_DICT', all.length);
  return HAS_ANNOTATIONS;
}

/** An annotation: a value, or its text after `from __future__ import annotations`. */
export function compileAnnotation(b: Builder, node: Expr): void {
  if (b.options.annotationText === undefined) compileExpression(b, node.kind === 'starred' ? node.value : node);
  else b.constant(b.options.annotationText(node));
}

function parameters(code: Code, params: Params): void {
  code.positionalOnly = params.positionalOnly.length;
  code.positional = params.positionalOnly.length + params.positional.length;
  code.keywordOnly = params.keywordOnly.length;
  code.hasRest = params.rest !== null;
  code.hasKeywords = params.keywords !== null;
}

function kindOf(scope: Scope): Code['kind'] {
  if (scope.isAsync) return scope.isGenerator ? 'async-generator' : 'coroutine';
  return scope.isGenerator ? 'generator' : 'function';
}

interface Body {
  readonly node: object;
  readonly name: string;
  readonly params: Params;
  readonly span: Span;
  readonly compile: (b: Builder) => void;
}

function functionCode(b: Builder, { node, name, params, span, compile }: Body): Code {
  const scope = b.scopes.get(node);
  if (scope === undefined) throw new Error('A function without a scope');
  const code = new Code({ name, qualname: qualifiedName(b, name), file: b.code.file, firstLine: span.line });
  const inner = new Builder(code, { scope, scopes: b.scopes, outer: b, options: b.options });
  parameters(code, params);
  code.kind = kindOf(scope);
  code.locals.push(...paramNames(params).map((one) => inner.mangled(one)));
  for (const cell of code.cells) code.cellParams.push(code.locals.indexOf(cell));
  inner.at(span);
  compile(inner);
  return code;
}

export function compileLambda(b: Builder, node: Expr & { kind: 'lambda' }): void {
  const flags = defaults(b, node.params);
  const code = functionCode(b, {
    node,
    name: '<lambda>',
    params: node.params,
    span: node,
    compile: (inner) => {
      compileExpression(inner, node.body);
      inner.at(node.body);
      if (inner.scope.isGenerator) {
        inner.emit('POP');
        inner.constant(null);
      }
      inner.emit('RETURN');
    },
  });
  emitFunction(b, code, flags);
}

/** The text at the begin of a body. */
export function docOf(body: readonly Stmt[]): string | null {
  const [first] = body;
  if (first?.kind !== 'expression' || first.value.kind !== 'literal') return null;
  const value = literalValue(first.value.literal);
  return typeof value === 'string' ? value : null;
}

export function compileFunction(b: Builder, node: FunctionDef & Span): void {
  for (const decorator of node.decorators) compileExpression(b, decorator);
  b.at(node);
  const flags = defaults(b, node.params) + annotations(b, node.params, node.returns);
  const code = functionCode(b, {
    node,
    name: node.name,
    params: node.params,
    span: node,
    compile: (inner) => {
      inner.code.doc = docOf(node.body);
      compileBlock(inner, node.body);
      inner.constant(null);
      inner.emit('RETURN');
    },
  });
  emitFunction(b, code, flags);
  decorate(b, node.decorators);
  b.at(node);
  b.store(node.name);
}

function decorate(b: Builder, decorators: readonly Expr[]): void {
  for (const decorator of [...decorators].reverse()) {
    if (b.options.version.has.decoratorLines) b.at(decorator);
    b.emit('CALL', 1);
  }
}

export function compileClass(b: Builder, node: ClassDef & Span): void {
  for (const decorator of node.decorators) compileExpression(b, decorator);
  b.at(node);
  const scope = b.scopes.get(node);
  if (scope === undefined) throw new Error('A class without a scope');
  const code = new Code({ name: node.name, qualname: qualifiedName(b, node.name), file: b.code.file, firstLine: node.line });
  code.kind = 'class';
  code.hasNamespace = true;
  const inner = new Builder(code, { scope, scopes: b.scopes, outer: b, options: b.options });
  for (let index = 0; index < code.cells.length; index += 1) code.cellParams.push(-1);
  inner.at(node);
  inner.emit('LOAD_NAME', inner.nameIndex('__name__'));
  inner.emit('STORE_NAME', inner.nameIndex('__module__'));
  inner.constant(code.qualname);
  inner.emit('STORE_NAME', inner.nameIndex('__qualname__'));
  const doc = docOf(node.body);
  if (doc !== null) {
    inner.constant(doc);
    inner.emit('STORE_NAME', inner.nameIndex('__doc__'));
  }
  compileBlock(inner, node.body);
  if (code.cells.includes('__class__')) {
    inner.emit('LOAD_CLOSURE', inner.cellIndex('__class__'));
    inner.emit('STORE_NAME', inner.nameIndex('__classcell__'));
  }
  inner.constant(null);
  inner.emit('RETURN');
  b.emit('BUILD_CLASS');
  emitFunction(b, code, 0);
  b.constant(node.name);
  b.at(node);
  compileArguments(b, node.bases, node.keywords, 2);
  decorate(b, node.decorators);
  b.at(node);
  b.store(node.name);
}
