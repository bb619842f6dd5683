/** `match`: each value that a pattern looks at lies in a local variable without a name. */
import { PyTuple } from '../runtime/values.ts';
import type { Pattern, Stmt } from '../syntax/ast.ts';
import type { Builder, Label } from './builder.ts';
import { compileCondition, compileExpression } from './expressions.ts';
import { compileBlock } from './statements.ts';

type Match = Extract<Stmt, { readonly kind: 'match' }>;

export function compileMatch(b: Builder, { subject, cases }: Match): void {
  const isAlways = ({ guard }: Match['cases'][number]): boolean => guard === null;
  refuseUnreachable(
    b,
    cases.filter((one, at) => isAlways(one) || at === cases.length - 1).map(({ pattern }) => pattern),
  );
  const end = b.label();
  const slot = fresh(b);
  compileExpression(b, subject);
  b.emit('STORE_FAST', slot);
  for (const { pattern, guard, body } of cases) {
    const next = b.label();
    compilePattern(b, pattern, { slot, fail: next });
    if (guard) compileCondition(b, guard, { target: next, when: false });
    compileBlock(b, body);
    b.jump('JUMP', end);
    b.mark(next);
  }
  b.mark(end);
}

const fresh = (b: Builder): number => b.code.locals.push(`.${b.code.locals.length}`) - 1;

interface Look {
  readonly slot: number;
  readonly fail: Label;
}

/** A pattern that takes everything must be the last one. */
function refuseUnreachable(b: Builder, patterns: readonly Pattern[]): void {
  for (const one of patterns.slice(0, -1))
    if (one.kind === 'capture' && one.pattern === null)
      throw b.fault(`${one.name === null ? 'wildcard' : `name capture '${one.name}'`} makes remaining patterns unreachable`, one);
}

function compilePattern(b: Builder, node: Pattern, look: Look): void {
  b.at(node);
  switch (node.kind) {
    case 'value':
    case 'singleton':
      b.emit('LOAD_FAST', look.slot);
      compileExpression(b, node.value);
      b.emit(node.kind === 'value' ? 'EQ' : 'IS');
      b.jump('POP_JUMP_FALSE', look.fail);
      return;
    case 'capture':
      if (node.pattern) compilePattern(b, node.pattern, look);
      if (node.name === null) return;
      b.emit('LOAD_FAST', look.slot);
      b.store(node.name);
      return;
    case 'or':
      refuseUnreachable(b, node.items);
      return either(b, node.items, look);
    case 'sequence':
      return sequence(b, node.items, look);
    case 'mapping':
      return mapping(b, node, look);
    case 'class':
      return classPattern(b, node, look);
    default:
  }
}

function either(b: Builder, items: readonly Pattern[], look: Look): void {
  const found = b.label();
  items.forEach((item, index) => {
    const isLast = index === items.length - 1;
    const next = isLast ? look.fail : b.label();
    compilePattern(b, item, { slot: look.slot, fail: next });
    if (isLast) return;
    b.jump('JUMP', found);
    b.mark(next);
  });
  b.mark(found);
}

const STAR_SHIFT = 256;

function sequence(b: Builder, items: readonly Pattern[], look: Look): void {
  const star = items.findIndex(({ kind }) => kind === 'star');
  b.emit('LOAD_FAST', look.slot);
  b.emit('MATCH_SEQUENCE', star < 0 ? items.length : (items.length - 1) * STAR_SHIFT + STAR_SHIFT * STAR_SHIFT);
  b.jump('POP_JUMP_FALSE', look.fail);
  if (items.length === 0) return;
  b.emit('LOAD_FAST', look.slot);
  if (star < 0) b.emit('UNPACK', items.length);
  else b.emit('UNPACK_EX', star + (items.length - star - 1) * STAR_SHIFT);
  const slots = items.map(() => fresh(b));
  for (const slot of slots) b.emit('STORE_FAST', slot);
  items.forEach((item, index) => {
    const slot = slots[index] ?? 0;
    if (item.kind === 'star') {
      if (item.name === null) return;
      b.emit('LOAD_FAST', slot);
      b.store(item.name);
    } else compilePattern(b, item, { slot, fail: look.fail });
  });
}

function mapping(b: Builder, node: Pattern & { kind: 'mapping' }, look: Look): void {
  b.emit('LOAD_FAST', look.slot);
  b.emit('MATCH_MAPPING');
  b.jump('POP_JUMP_FALSE', look.fail);
  b.emit('LOAD_FAST', look.slot);
  for (const key of node.keys) compileExpression(b, key);
  b.emit('BUILD_TUPLE', node.keys.length);
  const [keys, values] = [fresh(b), fresh(b)];
  b.emit('DUP');
  b.emit('STORE_FAST', keys);
  b.emit('MATCH_KEYS');
  b.emit('DUP');
  b.emit('STORE_FAST', values);
  b.jump('POP_JUMP_FALSE', look.fail);
  unpackInto(b, values, { patterns: node.patterns, fail: look.fail });
  if (node.rest === null) return;
  b.emit('LOAD_FAST', look.slot);
  b.emit('LOAD_FAST', keys);
  b.emit('MATCH_REST');
  b.store(node.rest);
}

/** The items of the list in `from`, each to its pattern. The list is wrapped once more, so that an empty one is true. */
function unpackInto(b: Builder, from: number, { patterns, fail }: { readonly patterns: readonly Pattern[]; readonly fail: Label }): void {
  b.emit('LOAD_FAST', from);
  b.emit('UNPACK', 1);
  b.emit('UNPACK', patterns.length);
  const slots = patterns.map(() => fresh(b));
  for (const slot of slots) b.emit('STORE_FAST', slot);
  patterns.forEach((pattern, index) => {
    compilePattern(b, pattern, { slot: slots[index] ?? 0, fail });
  });
}

function classPattern(b: Builder, node: Pattern & { kind: 'class' }, look: Look): void {
  const values = fresh(b);
  b.emit('LOAD_FAST', look.slot);
  compileExpression(b, node.cls);
  b.constant(new PyTuple(node.names));
  b.emit('MATCH_CLASS', node.items.length);
  b.emit('DUP');
  b.emit('STORE_FAST', values);
  b.jump('POP_JUMP_FALSE', look.fail);
  unpackInto(b, values, { patterns: [...node.items, ...node.named], fail: look.fail });
}
