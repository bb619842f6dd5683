/** Expressions to instructions: each leaves its value on the stack. */

import { PyComplex } from '../runtime/complex.ts';
import { ELLIPSIS, PyBytes, PyFloat, PyTuple, type Value } from '../runtime/values.ts';
import type { Expr, Keyword, Literal } from '../syntax/ast.ts';
import type { Builder } from './builder.ts';
import type { Op } from './code.ts';
import { comprehension } from './comprehensions.ts';
import { compileLambda } from './functions.ts';

const BINARY: Readonly<Record<string, Op>> = {
  '+': 'ADD',
  '-': 'SUB',
  '*': 'MUL',
  '/': 'TRUEDIV',
  '//': 'FLOORDIV',
  '%': 'MOD',
  '**': 'POW',
  '@': 'MATMUL',
  '<<': 'LSHIFT',
  '>>': 'RSHIFT',
  '&': 'AND',
  '|': 'OR',
  '^': 'XOR',
};
/** Operators in the order in which INPLACE names them. */
export const INPLACE_OPS = Object.keys(BINARY);
const COMPARISONS: Readonly<Record<string, Op>> = {
  '<': 'LT',
  '<=': 'LE',
  '>': 'GT',
  '>=': 'GE',
  '==': 'EQ',
  '!=': 'NE',
  is: 'IS',
  'is not': 'IS_NOT',
  in: 'IN',
  'not in': 'NOT_IN',
};
export const UNARY_OPS = ['-', '+', '~'];

export function literalValue(literal: Literal): Value {
  switch (literal.type) {
    case 'none':
      return null;
    case 'true':
      return true;
    case 'false':
      return false;
    case 'ellipsis':
      return ELLIPSIS;
    case 'float':
      return new PyFloat(literal.value);
    case 'imaginary':
      return new PyComplex(0, literal.value);
    case 'bytes':
      return new PyBytes(literal.value);
    default:
      return literal.value;
  }
}

/** A value that is known before anything runs. */
function constantOf(node: Expr): Value | undefined {
  if (node.kind === 'literal') return literalValue(node.literal);
  if (node.kind === 'unary' && node.op === '-' && node.operand.kind === 'literal') {
    const { literal } = node.operand;
    if (literal.type === 'int') return literal.value === 0 ? 0 : -literal.value;
    if (literal.type === 'float') return new PyFloat(-literal.value);
  }
  if (node.kind !== 'tuple' || node.items.length === 0) return undefined;
  const items: Value[] = [];
  for (const item of node.items) {
    const value = constantOf(item);
    if (value === undefined) return undefined;
    items.push(value);
  }
  return new PyTuple(items);
}

export function compileExpression(b: Builder, node: Expr): void {
  const before = b.place;
  b.at(node);
  const constant = constantOf(node);
  if (constant === undefined) compileNode(b, node);
  else b.constant(constant);
  b.at(before);
}

function compileNode(b: Builder, node: Expr): void {
  switch (node.kind) {
    case 'name':
      return b.load(node.name);
    case 'tuple':
    case 'list':
    case 'set':
      return display(b, node);
    case 'dict':
      return dict(b, node);
    case 'binary':
      compileExpression(b, node.left);
      compileExpression(b, node.right);
      b.at(node);
      b.emit(BINARY[node.op] ?? 'ADD');
      return;
    case 'unary':
      compileExpression(b, node.operand);
      if (node.op === 'not') b.emit('NOT');
      else b.emit('UNARY', UNARY_OPS.indexOf(node.op));
      return;
    case 'logic':
      return logic(b, node);
    case 'compare':
      return compare(b, node);
    case 'call':
      return call(b, node);
    case 'attribute':
      compileExpression(b, node.value);
      b.emit('LOAD_ATTR', b.nameIndex(b.mangled(node.name)));
      return;
    case 'subscript':
      compileExpression(b, node.value);
      compileExpression(b, node.index);
      b.at(node);
      b.emit('SUBSCR');
      return;
    default:
      return compileRare(b, node);
  }
}

function compileRare(b: Builder, node: Expr): void {
  switch (node.kind) {
    case 'slice':
      for (const part of [node.lower, node.upper, node.step])
        if (part) compileExpression(b, part);
        else b.constant(null);
      b.emit('BUILD_SLICE');
      return;
    case 'lambda':
      return compileLambda(b, node);
    case 'conditional':
      return conditional(b, node);
    case 'comprehension':
      return comprehension(b, node);
    case 'yield':
    case 'yield-from':
    case 'await':
      return suspend(b, node);
    case 'format':
      return format(b, node);
    case 'walrus':
      compileExpression(b, node.value);
      b.emit('DUP');
      if (node.target.kind === 'name') b.store(node.target.name);
      return;
    case 'starred':
      throw b.fault("can't use starred expression here", node);
    default:
  }
}

function conditional(b: Builder, node: Expr & { kind: 'conditional' }): void {
  const [otherwise, end] = [b.label(), b.label()];
  compileCondition(b, node.test, { target: otherwise, when: false });
  compileExpression(b, node.then);
  b.jump('JUMP', end);
  b.mark(otherwise);
  compileExpression(b, node.otherwise);
  b.mark(end);
}

/** Jumps if the test has this outcome; goes on otherwise. */
export function compileCondition(
  b: Builder,
  node: Expr,
  { target, when }: { readonly target: ReturnType<Builder['label']>; readonly when: boolean },
): void {
  if (node.kind === 'unary' && node.op === 'not') return compileCondition(b, node.operand, { target, when: !when });
  compileExpression(b, node);
  b.at(node);
  b.jump(when ? 'POP_JUMP_TRUE' : 'POP_JUMP_FALSE', target);
}

function display(b: Builder, node: Expr & { kind: 'tuple' | 'list' | 'set' }): void {
  const builds = { tuple: 'BUILD_TUPLE', list: 'BUILD_LIST', set: 'BUILD_SET' } as const;
  if (!node.items.some(({ kind }) => kind === 'starred')) {
    for (const item of node.items) compileExpression(b, item);
    b.emit(builds[node.kind], node.items.length);
    return;
  }
  b.emit(node.kind === 'set' ? 'BUILD_SET' : 'BUILD_LIST', 0);
  for (const item of node.items)
    if (item.kind === 'starred') {
      compileExpression(b, item.value);
      b.at(item);
      b.emit(node.kind === 'set' ? 'SET_UPDATE' : 'LIST_EXTEND');
    } else {
      compileExpression(b, item);
      b.emit(node.kind === 'set' ? 'SET_ADD' : 'LIST_APPEND', 1);
    }
  if (node.kind === 'tuple') b.emit('LIST_TO_TUPLE');
}

function dict(b: Builder, node: Expr & { kind: 'dict' }): void {
  if (!node.entries.some(({ key }) => key === null)) {
    for (const { key, value } of node.entries) {
      if (key) compileExpression(b, key);
      compileExpression(b, value);
    }
    b.emit('BUILD_DICT', node.entries.length);
    return;
  }
  b.emit('BUILD_DICT', 0);
  for (const { key, value } of node.entries)
    if (key === null) {
      compileExpression(b, value);
      b.emit('DICT_UPDATE');
    } else {
      compileExpression(b, key);
      compileExpression(b, value);
      b.emit('DICT_ADD', 1);
    }
}

function logic(b: Builder, node: Expr & { kind: 'logic' }): void {
  const end = b.label();
  node.operands.forEach((operand, index) => {
    compileExpression(b, operand);
    if (index < node.operands.length - 1) b.jump(node.op === 'and' ? 'JUMP_FALSE_OR_POP' : 'JUMP_TRUE_OR_POP', end);
  });
  b.mark(end);
}

function compare(b: Builder, node: Expr & { kind: 'compare' }): void {
  compileExpression(b, node.left);
  const [cleanup, end] = [b.label(), b.label()];
  node.ops.forEach((op, index) => {
    const right = node.rights[index];
    if (right) compileExpression(b, right);
    const isLast = index === node.ops.length - 1;
    if (!isLast) {
      b.emit('DUP');
      b.emit('ROT3');
    }
    b.emit(COMPARISONS[op] ?? 'EQ');
    if (!isLast) b.jump('JUMP_FALSE_OR_POP', cleanup);
  });
  if (node.ops.length === 1) return;
  b.jump('JUMP', end);
  b.mark(cleanup);
  b.emit('ROT2');
  b.emit('POP');
  b.mark(end);
}

function call(b: Builder, node: Expr & { kind: 'call' }): void {
  const { func, args, keywords } = node;
  const isPlain = !args.some(({ kind }) => kind === 'starred') && !keywords.some(({ name }) => name === null);
  if (isPlain && keywords.length === 0 && func.kind === 'attribute') {
    compileExpression(b, func.value);
    b.at(func);
    b.emit('LOAD_METHOD', b.nameIndex(b.mangled(func.name)));
    for (const arg of args) compileExpression(b, arg);
    b.at(node);
    b.emit('CALL_METHOD', args.length);
    return;
  }
  compileExpression(b, func);
  compileArguments(b, args, keywords);
}

/** Arguments, and the call of what is below them on the stack. `before`: arguments that are there already. */
export function compileArguments(b: Builder, args: readonly Expr[], keywords: readonly Keyword[], before = 0): void {
  if (args.some(({ kind }) => kind === 'starred') || keywords.some(({ name }) => name === null)) {
    b.emit('BUILD_LIST', before);
    for (const arg of args) {
      compileExpression(b, arg.kind === 'starred' ? arg.value : arg);
      b.emit(arg.kind === 'starred' ? 'LIST_EXTEND' : 'LIST_APPEND', arg.kind === 'starred' ? 1 : 1);
    }
    b.emit('BUILD_DICT', 0);
    for (const { name, value } of keywords)
      if (name === null) {
        compileExpression(b, value);
        b.emit('DICT_MERGE');
      } else {
        b.constant(name);
        compileExpression(b, value);
        b.emit('DICT_ADD', 1);
      }
    b.emit('CALL_EX');
    return;
  }
  for (const arg of args) compileExpression(b, arg);
  const count = before + args.length;
  if (keywords.length === 0) {
    b.emit('CALL', count);
    return;
  }
  for (const { value } of keywords) compileExpression(b, value);
  b.constant(new PyTuple(keywords.map(({ name }) => name)));
  b.emit('CALL_KW', count + keywords.length);
}

function suspend(b: Builder, node: Expr & { kind: 'yield' | 'yield-from' | 'await' }): void {
  const word = node.kind === 'await' ? 'await' : 'yield';
  if (b.scope.kind === 'class' || b.scope.kind === 'module') throw b.fault(`'${word}' outside function`, node);
  if (node.kind === 'yield') {
    if (node.value) compileExpression(b, node.value);
    else b.constant(null);
    if (b.code.kind === 'async-generator') b.emit('WRAP_ASYNC');
    b.emit('YIELD');
    return;
  }
  if (node.kind === 'await' && !b.scope.isAsync) throw b.fault("'await' outside async function", node);
  compileExpression(b, node.value);
  b.emit(node.kind === 'await' ? 'GET_AWAITABLE' : 'GET_YIELD_ITER');
  compileSend(b);
}

/** Runs the iterator on the stack to its end, and passes on what it yields; leaves what it returned. */
export function compileSend(b: Builder): void {
  b.constant(null);
  const [again, end] = [b.label(), b.label()];
  b.mark(again);
  b.emit('SEND');
  b.jump('SEND_CHECK', end);
  b.emit('YIELD', 1);
  b.jump('JUMP', again);
  b.mark(end);
}

const CONVERSIONS = ['', 'r', 's', 'a'];

function format(b: Builder, node: Expr & { kind: 'format' }): void {
  for (const part of node.parts) {
    if (typeof part === 'string') {
      b.constant(part);
      continue;
    }
    compileExpression(b, part.value);
    if (part.spec) compileExpression(b, part.spec);
    b.at(part.value);
    b.emit('FORMAT', CONVERSIONS.indexOf(part.conversion) * 2 + (part.spec ? 1 : 0));
    b.at(node);
  }
  b.emit('BUILD_STRING', node.parts.length);
}
