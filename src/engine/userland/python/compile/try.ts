/** `try` and `with`, and what has to be done on every way out of them. */
import type { Handler, Stmt } from '../syntax/ast.ts';
import type { Block, Builder } from './builder.ts';
import { compileExpression, compileSend } from './expressions.ts';
import { compileBlock } from './statements.ts';
import { compileTarget } from './targets.ts';

type Try = Extract<Stmt, { readonly kind: 'try' }>;
type With = Extract<Stmt, { readonly kind: 'with' }>;

/** Leaves blocks up to a loop (or all), from the innermost: each is undone while those around it still stand. */
export function leaveBlocks(b: Builder, { keepsValue, upTo }: { readonly keepsValue: boolean; readonly upTo: Block | null }): void {
  const saved = [...b.blocks];
  while (b.blocks.length > 0) {
    const block = b.blocks.at(-1);
    if (block === undefined || block === upTo) break;
    b.blocks.pop();
    leaveBlock(b, block, keepsValue);
  }
  b.blocks.length = 0;
  b.blocks.push(...saved);
}

function leaveBlock(b: Builder, block: Block, keepsValue: boolean): void {
  switch (block.kind) {
    case 'try':
      b.emit('POP_BLOCK');
      return;
    case 'finally':
      b.emit('POP_BLOCK');
      // What is returned lies on the stack meanwhile, and a jump out of the block takes it away.
      if (keepsValue) b.blocks.push({ kind: 'value' });
      block.unwind();
      if (keepsValue) b.blocks.pop();
      return;
    case 'handler':
      // The exception, and the one before it, lie under the value that is returned.
      if (keepsValue) b.emit('ROT3');
      b.emit('POP_EXCEPT');
      if (block.name !== null) forget(b, block.name);
      return;
    case 'loop':
    case 'value':
      if ((block.kind === 'value' || block.isFor) && keepsValue) b.emit('ROT2');
      if (block.kind === 'value' || block.isFor) b.emit('POP');
      return;
    default:
  }
}

/** The name of a handler's exception is deleted at its end. */
function forget(b: Builder, name: string): void {
  b.constant(null);
  b.store(name);
  b.delete(name);
}

export function compileTry(b: Builder, node: Try): void {
  if (node.last.length === 0) return compileHandlers(b, node);
  const handler = b.label();
  const end = b.label();
  b.jump('SETUP_TRY', handler);
  b.blocks.push({ kind: 'finally', unwind: () => compileBlock(b, node.last) });
  if (node.handlers.length > 0) compileHandlers(b, node);
  else compileBlock(b, node.body);
  b.blocks.pop();
  b.emit('POP_BLOCK');
  compileBlock(b, node.last);
  b.jump('JUMP', end);
  b.mark(handler);
  b.blocks.push({ kind: 'handler', name: null });
  compileBlock(b, node.last);
  b.blocks.pop();
  b.emit('RERAISE');
  b.mark(end);
}

function compileHandlers(b: Builder, node: Try): void {
  const [handler, otherwise, end] = [b.label(), b.label(), b.label()];
  b.jump('SETUP_TRY', handler);
  b.blocks.push({ kind: 'try' });
  compileBlock(b, node.body);
  b.blocks.pop();
  b.emit('POP_BLOCK');
  b.jump('JUMP', otherwise);
  b.mark(handler);
  if (node.isGroup) compileGroup(b, node.handlers, end);
  else {
    for (const one of node.handlers) compileHandler(b, one, end);
    b.emit('RERAISE');
  }
  b.mark(otherwise);
  compileBlock(b, node.otherwise);
  b.mark(end);
}

/** One `except`; the exception is on the stack, and stays there for the next one if this is not for it. */
function compileHandler(b: Builder, { type, name, body, ...span }: Handler, end: ReturnType<Builder['label']>): void {
  const next = b.label();
  b.at(type ?? span);
  if (type) {
    compileExpression(b, type);
    b.at(type);
    b.emit('MATCH_EXC');
    b.jump('POP_JUMP_FALSE', next);
  }
  if (name !== null) {
    b.emit('DUP');
    b.store(name);
  }
  const cleanup = b.label();
  if (name !== null) {
    b.jump('SETUP_TRY', cleanup);
    b.blocks.push({ kind: 'handler', name: null });
    b.blocks.push({ kind: 'finally', unwind: () => forget(b, name) });
  } else b.blocks.push({ kind: 'handler', name });
  compileBlock(b, body);
  b.blocks.pop();
  if (name !== null) {
    b.blocks.pop();
    b.emit('POP_BLOCK');
  }
  b.emit('POP_EXCEPT');
  if (name !== null) forget(b, name);
  b.jump('JUMP', end);
  if (name !== null) {
    b.mark(cleanup);
    forget(b, name);
    b.emit('RERAISE');
  }
  b.mark(next);
}

/** `except*`: each handler takes its part of the group; what is left or raised anew goes on. */
function compileGroup(b: Builder, handlers: readonly Handler[], end: ReturnType<Builder['label']>): void {
  // On the stack: the exception, what is left of it, what handlers raised.
  b.emit('DUP');
  b.emit('BUILD_LIST', 0);
  for (const { type, name, body } of handlers) {
    const [next, failed] = [b.label(), b.label()];
    if (type) compileExpression(b, type);
    b.emit('MATCH_GROUP');
    b.emit('DUP');
    b.constant(null);
    b.emit('IS');
    b.jump('POP_JUMP_TRUE', next);
    if (name !== null) {
      b.emit('DUP');
      b.store(name);
    }
    b.jump('SETUP_TRY', failed);
    compileBlock(b, body);
    b.emit('POP_BLOCK');
    if (name !== null) forget(b, name);
    b.jump('JUMP', next);
    b.mark(failed);
    b.emit('END_GROUP', 1);
    if (name !== null) forget(b, name);
    b.mark(next);
    b.emit('POP');
  }
  b.emit('END_GROUP', 0);
  b.emit('POP_EXCEPT');
  b.jump('JUMP', end);
}

export function compileWith(b: Builder, node: With, index = 0): void {
  const item = node.items[index];
  if (item === undefined) return compileBlock(b, node.body);
  if (node.isAsync && !b.scope.isAsync) throw b.fault("'async with' outside async function", node);
  const [handler, end, suppressed] = [b.label(), b.label(), b.label()];
  compileExpression(b, item.context);
  b.at(item.context);
  b.emit(node.isAsync ? 'ASYNC_WITH' : 'WITH');
  if (node.isAsync) {
    b.emit('GET_AWAITABLE');
    compileSend(b);
  }
  // On the stack: the bound __exit__, and what __enter__ gave.
  b.jump('SETUP_WITH', handler);
  if (item.target) compileTarget(b, item.target);
  else b.emit('POP');
  const leave = (): void => {
    b.at(item.context);
    b.constant(null);
    b.constant(null);
    b.constant(null);
    b.emit('CALL', 3);
    if (node.isAsync) {
      b.emit('GET_AWAITABLE');
      compileSend(b);
    }
    b.emit('POP');
  };
  b.blocks.push({
    kind: 'finally',
    unwind: () => {
      // Under a value that is returned lies __exit__: it is fetched from below.
      if (b.blocks.at(-1)?.kind === 'value') {
        b.emit('ROT2');
        leave();
      } else leave();
    },
  });
  compileWith(b, node, index + 1);
  b.blocks.pop();
  b.emit('POP_BLOCK');
  leave();
  b.jump('JUMP', end);
  b.mark(handler);
  b.at(item.context);
  b.emit('WITH_EXIT');
  if (node.isAsync) {
    b.emit('GET_AWAITABLE');
    compileSend(b);
  }
  b.jump('POP_JUMP_TRUE', suppressed);
  b.emit('RERAISE');
  b.mark(suppressed);
  b.emit('POP_EXCEPT');
  b.emit('POP');
  b.mark(end);
}
