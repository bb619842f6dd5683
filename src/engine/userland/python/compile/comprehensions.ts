/** Comprehensions and generator expressions: functions of their own, called at once. */
import type { Expr } from '../syntax/ast.ts';
import { Builder } from './builder.ts';
import { Code, type Op } from './code.ts';
import { compileCondition, compileExpression, compileSend } from './expressions.ts';
import { emitFunction, qualifiedName } from './functions.ts';
import { compileTarget } from './targets.ts';

type Node = Expr & { kind: 'comprehension' };

export function comprehension(b: Builder, node: Node): void {
  const scope = b.scopes.get(node);
  const [first] = node.clauses;
  if (scope === undefined || first === undefined) return;
  const name = scope.name;
  const code = new Code({ name, qualname: qualifiedName(b, name), file: b.code.file, firstLine: node.line });
  code.positional = 1;
  code.locals.push('.0');
  const isGenerator = node.of === 'generator';
  code.kind = isGenerator ? (scope.isAsync ? 'async-generator' : 'generator') : scope.isAsync ? 'coroutine' : 'function';
  const inner = new Builder(code, { scope, scopes: b.scopes, outer: b, options: b.options });
  for (let index = 0; index < code.cells.length; index += 1) code.cellParams.push(-1);
  inner.at(node);
  const builds: Readonly<Record<string, Op>> = { list: 'BUILD_LIST', set: 'BUILD_SET', dict: 'BUILD_DICT' };
  const build = builds[node.of];
  if (build !== undefined) inner.emit(build, 0);
  clause(inner, node, 0);
  if (isGenerator) inner.constant(null);
  inner.emit('RETURN');
  emitFunction(b, code, 0);
  compileExpression(b, first.iter);
  b.at(node);
  b.emit(first.isAsync ? 'GET_AITER' : 'GET_ITER');
  b.emit('CALL', 1);
  if (code.kind === 'coroutine') {
    b.emit('GET_AWAITABLE');
    compileSend(b);
  }
}

function clause(b: Builder, node: Node, index: number): void {
  const one = node.clauses[index];
  if (one === undefined) {
    element(b, node);
    return;
  }
  if (index === 0) b.emit('LOAD_FAST', 0);
  else {
    compileExpression(b, one.iter);
    b.emit(one.isAsync ? 'GET_AITER' : 'GET_ITER');
  }
  const [start, end, next] = [b.label(), b.label(), b.label()];
  b.mark(start);
  if (one.isAsync) {
    b.jump('SETUP_TRY', end);
    b.emit('GET_ANEXT');
    compileSend(b);
    b.emit('POP_BLOCK');
  } else {
    b.jump('FOR_ITER', end);
    b.jump('FOR_CHECK', end);
  }
  compileTarget(b, one.target);
  for (const test of one.conditions) compileCondition(b, test, { target: next, when: false });
  clause(b, node, index + 1);
  b.mark(next);
  b.jump('JUMP_BACK', start);
  b.mark(end);
  if (one.isAsync) b.emit('END_ASYNC_FOR');
}

function element(b: Builder, node: Node): void {
  compileExpression(b, node.element);
  if (node.value) compileExpression(b, node.value);
  b.at(node.element);
  const depth = node.clauses.length + 1;
  if (node.of === 'generator') {
    if (b.code.kind === 'async-generator') b.emit('WRAP_ASYNC');
    b.emit('YIELD');
    b.emit('POP');
  } else b.emit(({ list: 'LIST_APPEND', set: 'SET_ADD', dict: 'DICT_ADD' } as const)[node.of], depth);
}
