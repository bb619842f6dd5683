/** Statements to instructions. */
import type { Stmt } from '../syntax/ast.ts';
import { checkTarget } from '../syntax/parse-statements.ts';
import type { Builder } from './builder.ts';
import { compileCondition, compileExpression, compileSend, INPLACE_OPS } from './expressions.ts';
import { compileAnnotation, compileClass, compileFunction } from './functions.ts';
import { compileMatch } from './match.ts';
import { compileDelete, compileTarget } from './targets.ts';
import { compileTry, compileWith, leaveBlocks } from './try.ts';

export function compileBlock(b: Builder, body: readonly Stmt[]): void {
  for (const statement of body) compileStatement(b, statement);
}

type Of<K extends Stmt['kind']> = Extract<Stmt, { readonly kind: K }>;

function compileStatement(b: Builder, node: Stmt): void {
  b.at(node);
  switch (node.kind) {
    case 'expression':
      if (node.value.kind === 'literal' && !b.options.isInteractive) return;
      compileExpression(b, node.value);
      b.emit(b.options.isInteractive && b.scope.kind === 'module' ? 'PRINT' : 'POP');
      return;
    case 'assign':
      return assign(b, node);
    case 'augmented':
      return augmented(b, node);
    case 'annotated':
      return annotated(b, node);
    case 'return':
      return compileReturn(b, node);
    case 'if':
      return compileIf(b, node);
    case 'while':
      return compileWhile(b, node);
    case 'for':
      return compileFor(b, node);
    case 'break':
    case 'continue':
      return jumpOut(b, node);
    case 'function':
      return compileFunction(b, node);
    case 'class':
      return compileClass(b, node);
    default:
      return compileOther(b, node);
  }
}

function compileOther(b: Builder, node: Stmt): void {
  switch (node.kind) {
    case 'try':
      return compileTry(b, node);
    case 'block':
      return compileBlock(b, node.body);
    case 'with':
      return compileWith(b, node);
    case 'match':
      return compileMatch(b, node);
    case 'import':
      return compileImport(b, node);
    case 'import-from':
      return compileImportFrom(b, node);
    case 'raise':
      if (node.error) compileExpression(b, node.error);
      if (node.cause) compileExpression(b, node.cause);
      b.at(node);
      b.emit('RAISE', (node.error ? 1 : 0) + (node.cause ? 1 : 0));
      return;
    case 'delete':
      for (const target of node.targets) compileDelete(b, target);
      return;
    case 'assert':
      return compileAssert(b, node);
    default:
  }
}

function assign(b: Builder, { targets, value }: Of<'assign'>): void {
  for (const target of targets) checkTarget(target, true);
  compileExpression(b, value);
  targets.forEach((target, index) => {
    if (index < targets.length - 1) b.emit('DUP');
    compileTarget(b, target);
  });
}

function augmented(b: Builder, node: Of<'augmented'>): void {
  const { target, op, value } = node;
  const operator = INPLACE_OPS.indexOf(op);
  const combine = (): void => {
    compileExpression(b, value);
    b.at(node);
    b.emit('INPLACE', operator);
  };
  if (target.kind === 'name') {
    compileExpression(b, target);
    combine();
    b.store(target.name);
  } else if (target.kind === 'attribute') {
    const name = b.nameIndex(b.mangled(target.name));
    compileExpression(b, target.value);
    b.emit('DUP');
    b.at(target);
    b.emit('LOAD_ATTR', name);
    combine();
    b.emit('ROT2');
    b.emit('STORE_ATTR', name);
  } else if (target.kind === 'subscript') {
    compileExpression(b, target.value);
    compileExpression(b, target.index);
    b.emit('DUP2');
    b.at(target);
    b.emit('SUBSCR');
    combine();
    b.emit('ROT3');
    b.emit('STORE_SUBSCR');
  }
}

function annotated(b: Builder, { target, annotation, value }: Of<'annotated'>): void {
  if (value) {
    compileExpression(b, value);
    compileTarget(b, target);
  }
  if (target.kind !== 'name' || (b.scope.kind !== 'module' && b.scope.kind !== 'class')) return;
  compileAnnotation(b, annotation);
  b.emit('ANNOTATE', b.nameIndex(b.mangled(target.name)));
}

function compileReturn(b: Builder, node: Of<'return'>): void {
  if (b.scope.kind !== 'function') throw b.fault("'return' outside function", node);
  if (b.code.kind === 'async-generator' && node.value) throw b.fault("'return' with value in async generator", node);
  if (node.value) compileExpression(b, node.value);
  else b.constant(null);
  leaveBlocks(b, { keepsValue: true, upTo: null });
  b.at(node);
  b.emit('RETURN');
}

function compileIf(b: Builder, { test, body, otherwise }: Of<'if'>): void {
  const [after, end] = [b.label(), b.label()];
  compileCondition(b, test, { target: after, when: false });
  compileBlock(b, body);
  if (otherwise.length > 0) b.jump('JUMP', end);
  b.mark(after);
  compileBlock(b, otherwise);
  b.mark(end);
}

function compileWhile(b: Builder, { test, body, otherwise }: Of<'while'>): void {
  const [start, after, end] = [b.label(), b.label(), b.label()];
  b.mark(start);
  compileCondition(b, test, { target: after, when: false });
  b.blocks.push({ kind: 'loop', start, end, isFor: false });
  compileBlock(b, body);
  b.blocks.pop();
  b.at(test);
  b.jump('JUMP_BACK', start);
  b.mark(after);
  compileBlock(b, otherwise);
  b.mark(end);
}

function compileFor(b: Builder, node: Of<'for'>): void {
  const [start, after, end] = [b.label(), b.label(), b.label()];
  if (node.isAsync && !b.scope.isAsync) throw b.fault("'async for' outside async function", node);
  compileExpression(b, node.iter);
  b.at(node.iter);
  b.emit(node.isAsync ? 'GET_AITER' : 'GET_ITER');
  b.mark(start);
  if (node.isAsync) {
    b.jump('SETUP_TRY', after);
    b.emit('GET_ANEXT');
    compileSend(b);
    b.emit('POP_BLOCK');
  } else {
    b.jump('FOR_ITER', after);
    b.jump('FOR_CHECK', after);
  }
  compileTarget(b, node.target);
  b.blocks.push({ kind: 'loop', start, end, isFor: true });
  compileBlock(b, node.body);
  b.blocks.pop();
  b.at(node.iter);
  b.jump('JUMP_BACK', start);
  b.mark(after);
  if (node.isAsync) b.emit('END_ASYNC_FOR');
  compileBlock(b, node.otherwise);
  b.mark(end);
}

function jumpOut(b: Builder, node: Of<'break' | 'continue' | 'pass'>): void {
  const loop = b.blocks.findLast((block) => block.kind === 'loop');
  if (loop?.kind !== 'loop') throw b.fault(node.kind === 'break' ? "'break' outside loop" : "'continue' not properly in loop", node);
  leaveBlocks(b, { keepsValue: false, upTo: loop });
  b.at(node);
  if (node.kind === 'continue') b.jump('JUMP_BACK', loop.start);
  else {
    if (loop.isFor) b.emit('POP');
    b.jump('JUMP', loop.end);
  }
}

function compileAssert(b: Builder, node: Of<'assert'>): void {
  const end = b.label();
  compileCondition(b, node.test, { target: end, when: true });
  b.at(node.test);
  b.emit('LOAD_ASSERTION');
  if (node.message) {
    compileExpression(b, node.message);
    b.emit('CALL', 1);
  }
  b.emit('RAISE', 1);
  b.mark(end);
}

function compileImport(b: Builder, { names }: Of<'import'>): void {
  for (const { name, as } of names) {
    b.constant(0);
    b.constant(null);
    b.emit('IMPORT', b.nameIndex(name));
    const [first = name, ...rest] = name.split('.');
    if (as === null) b.store(first);
    else {
      for (const part of rest) b.emit('IMPORT_FROM', b.nameIndex(part));
      b.store(as);
    }
  }
}

function compileImportFrom(b: Builder, node: Of<'import-from'>): void {
  if (node.module === '__future__') return;
  b.constant(node.level);
  b.constant(node.names.map(({ name }) => name).join(','));
  b.emit('IMPORT', b.nameIndex(node.module));
  for (const alias of node.names) {
    const { name, as } = alias;
    if (name === '*') {
      if (b.scope.kind !== 'module') throw b.fault('import * only allowed at module level', alias);
      b.emit('IMPORT_STAR');
      return;
    }
    b.emit('DUP');
    b.emit('IMPORT_FROM', b.nameIndex(name));
    b.store(as ?? name);
  }
  b.emit('POP');
}
