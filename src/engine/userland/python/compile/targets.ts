/** What is assigned to and deleted: names, attributes, items, and sequences of them. */
import type { Expr } from '../syntax/ast.ts';
import { SyntaxFault } from '../syntax/fault.ts';
import type { Builder } from './builder.ts';
import { compileExpression } from './expressions.ts';

/** Takes the value from the stack. */
export function compileTarget(b: Builder, node: Expr): void {
  const before = b.place;
  b.at(node);
  switch (node.kind) {
    case 'name':
      b.store(node.name);
      break;
    case 'attribute':
      compileExpression(b, node.value);
      b.emit('STORE_ATTR', b.nameIndex(b.mangled(node.name)));
      break;
    case 'subscript':
      compileExpression(b, node.value);
      compileExpression(b, node.index);
      b.at(node);
      b.emit('STORE_SUBSCR');
      break;
    case 'tuple':
    case 'list':
      unpack(b, node.items);
      break;
    case 'starred':
      throw new SyntaxFault('starred assignment target must be in a list or tuple', node);
    default:
  }
  b.at(before);
}

const AFTER_SHIFT = 256;

function unpack(b: Builder, items: readonly Expr[]): void {
  const star = items.findIndex(({ kind }) => kind === 'starred');
  if (star >= 0 && items.slice(star + 1).some(({ kind }) => kind === 'starred'))
    throw b.fault('multiple starred expressions in assignment');
  if (star < 0) b.emit('UNPACK', items.length);
  else b.emit('UNPACK_EX', star + (items.length - star - 1) * AFTER_SHIFT);
  for (const item of items) compileTarget(b, item.kind === 'starred' ? item.value : item);
}

export function compileDelete(b: Builder, node: Expr): void {
  b.at(node);
  switch (node.kind) {
    case 'name':
      b.delete(node.name);
      return;
    case 'attribute':
      compileExpression(b, node.value);
      b.emit('DELETE_ATTR', b.nameIndex(b.mangled(node.name)));
      return;
    case 'subscript':
      compileExpression(b, node.value);
      compileExpression(b, node.index);
      b.at(node);
      b.emit('DELETE_SUBSCR');
      return;
    case 'tuple':
    case 'list':
      for (const item of node.items) compileDelete(b, item);
      return;
    default:
  }
}
