/** Expressions, from the loosest binding to the tightest. */
import type { Comprehension, Expr, Param, Params } from './ast.ts';
import { type Cursor, KEYWORDS, wordFor } from './cursor.ts';
import { SyntaxFault } from './fault.ts';
import { parseCall } from './parse-calls.ts';
import { parseAtom } from './parse-displays.ts';
import { checkTarget } from './parse-statements.ts';
import type { Token } from './tokens.ts';

/** `a, *b, c` or one expression. */
export function parseExpressions(cursor: Cursor): Expr {
  const start = cursor.token;
  const first = parseStarred(cursor);
  if (!cursor.is(',')) {
    if (first.kind === 'starred') throw new SyntaxFault("can't use starred expression here", first);
    return first;
  }
  const items = [first];
  while (cursor.accept(',')) {
    if (!startsExpression(cursor)) break;
    items.push(parseStarred(cursor));
  }
  return { kind: 'tuple', items, ...cursor.from(start) };
}

export function startsExpression(cursor: Cursor): boolean {
  const { token } = cursor;
  if (token.type === 'number' || token.type === 'string') return true;
  if (token.type === 'op') return ['(', '[', '{', '-', '+', '~', '*', '...'].includes(token.text);
  return (
    token.type === 'name' &&
    (!KEYWORDS.has(token.text) || ['None', 'True', 'False', 'not', 'lambda', 'await', 'yield'].includes(token.text))
  );
}

export function parseStarred(cursor: Cursor): Expr {
  const start = cursor.token;
  if (!cursor.accept('*')) return parseNamed(cursor);
  const value = parseBinary(cursor, 0);
  return { kind: 'starred', value, ...cursor.from(start) };
}

/** An expression, or `name := expression`. */
export function parseNamed(cursor: Cursor): Expr {
  const target = parseExpression(cursor);
  if (!cursor.is(':=')) return target;
  if (target.kind !== 'name') throw new SyntaxFault(`cannot use assignment expressions with ${wordFor(target)}`, target);
  cursor.next();
  const value = parseExpression(cursor);
  return { kind: 'walrus', target, value, ...cursor.from(target) };
}

export function parseExpression(cursor: Cursor): Expr {
  return cursor.nested(() => {
    const start = cursor.token;
    if (cursor.is('lambda')) return parseLambda(cursor);
    if (cursor.is('yield')) return parseYield(cursor);
    const then = parseOr(cursor);
    if (!cursor.is('if')) return then;
    cursor.next();
    const test = parseOr(cursor);
    if (!cursor.is('else')) throw new SyntaxFault("expected 'else' after 'if' expression", cursor.from(start), { stop: cursor.token });
    cursor.next();
    const otherwise = parseExpression(cursor);
    return { kind: 'conditional', test, then, otherwise, ...cursor.from(start) };
  });
}

export function parseYield(cursor: Cursor): Expr {
  const start = cursor.next();
  if (cursor.accept('from')) {
    const value = parseExpression(cursor);
    return { kind: 'yield-from', value, ...cursor.from(start) };
  }
  const value = startsExpression(cursor) ? parseExpressions(cursor) : null;
  return { kind: 'yield', value, ...cursor.from(start) };
}

function parseLambda(cursor: Cursor): Expr {
  const start = cursor.next();
  const params = parseParams(cursor, ':', false);
  cursor.expectColon(true);
  const body = parseExpression(cursor);
  return { kind: 'lambda', params, body, ...cursor.from(start) };
}

/** Parameters up to the token that ends them, which is not taken. */
export function parseParams(cursor: Cursor, end: string, isAnnotated: boolean): Params {
  let positional: Param[] = [];
  let positionalOnly: Param[] = [];
  const keywordOnly: Param[] = [];
  let rest: Param | null = null;
  let keywords: Param | null = null;
  let isAfterStar = false;
  const names = new Set<string>();
  const param = (): Param => {
    const at = cursor.token;
    const name = cursor.name();
    if (names.has(name)) throw new SyntaxFault(`duplicate argument '${name}' in function definition`, at);
    names.add(name);
    const annotation = isAnnotated && cursor.accept(':') ? parseStarred(cursor) : null;
    const equals = cursor.token;
    if (!cursor.accept('=')) return { name, annotation, default: null };
    if (cursor.isAny(',', end)) throw new SyntaxFault('expected default value expression', equals, { stop: cursor.token });
    return { name, annotation, default: parseExpression(cursor) };
  };
  while (!cursor.is(end)) {
    if (keywords !== null) throw new SyntaxFault('arguments cannot follow var-keyword argument', cursor.token);
    const at = cursor.token;
    if (cursor.accept('**')) keywords = param();
    else if (cursor.accept('*')) {
      if (isAfterStar) throw new SyntaxFault('* argument may appear only once', at);
      isAfterStar = true;
      if (cursor.is(end) || (cursor.is(',') && cursor.peek().text === end))
        throw new SyntaxFault('named arguments must follow bare *', at, { stop: cursor.token });
      if (!cursor.is(',')) rest = param();
    } else if (cursor.accept('/')) {
      if (positionalOnly.length > 0) throw new SyntaxFault('/ may appear only once', at);
      positionalOnly = positional;
      positional = [];
    } else {
      const one = param();
      if (!isAfterStar && one.default === null && [...positionalOnly, ...positional].some((other) => other.default !== null))
        throw new SyntaxFault('parameter without a default follows parameter with a default', at, { stop: cursor.token });
      (isAfterStar ? keywordOnly : positional).push(one);
    }
    if (!cursor.accept(',')) break;
  }
  return { positionalOnly, positional, rest, keywordOnly, keywords };
}

function parseLogic(cursor: Cursor, op: 'and' | 'or', operand: (cursor: Cursor) => Expr): Expr {
  const start = cursor.token;
  const first = operand(cursor);
  if (!cursor.is(op)) return first;
  const operands = [first];
  while (cursor.accept(op)) operands.push(operand(cursor));
  return { kind: 'logic', op, operands, ...cursor.from(start) };
}

const parseOr = (cursor: Cursor): Expr => parseLogic(cursor, 'or', parseAnd);
const parseAnd = (cursor: Cursor): Expr => parseLogic(cursor, 'and', parseNot);

function parseNot(cursor: Cursor): Expr {
  const start = cursor.token;
  if (!cursor.accept('not')) return parseComparison(cursor);
  const operand = cursor.nested(() => parseNot(cursor));
  return { kind: 'unary', op: 'not', operand, ...cursor.from(start) };
}

function comparison(cursor: Cursor): string | null {
  if (cursor.isAny('==', '!=', '<', '>', '<=', '>=')) return cursor.next().text;
  if (cursor.accept('in')) return 'in';
  if (cursor.is('not') && cursor.peek().text === 'in') {
    cursor.at += 2;
    return 'not in';
  }
  if (cursor.is('not') && startsExpression(cursor) && cursor.peek().text !== 'not') throw cursor.invalid(cursor.peek());
  if (!cursor.accept('is')) return null;
  return cursor.accept('not') ? 'is not' : 'is';
}

function parseComparison(cursor: Cursor): Expr {
  const start = cursor.token;
  const left = parseBinary(cursor, 0);
  const ops: string[] = [];
  const rights: Expr[] = [];
  for (let op = comparison(cursor); op !== null; op = comparison(cursor)) {
    ops.push(op);
    rights.push(parseBinary(cursor, 0));
  }
  warnOfLiterals(cursor, ops, [left, ...rights]);
  return ops.length === 0 ? left : { kind: 'compare', left, ops, rights, ...cursor.from(start) };
}

/** The class of what is written out; null for all else. */
export function typeOf(expr: Expr): string | null {
  if (expr.kind === 'literal')
    return { none: 'NoneType', true: 'bool', false: 'bool', imaginary: 'complex' }[expr.literal.type as string] ?? expr.literal.type;
  if (expr.kind === 'format') return 'str';
  if (expr.kind === 'comprehension') return expr.of;
  return expr.kind === 'tuple' || expr.kind === 'list' || expr.kind === 'dict' || expr.kind === 'set' ? expr.kind : null;
}

/** `x is 1`: whether two of the same number are one object is chance. */
function warnOfLiterals(cursor: Cursor, ops: readonly string[], operands: readonly Expr[]): void {
  ops.forEach((op, at) => {
    if (op !== 'is' && op !== 'is not') return;
    const types = [operands[at + 1], operands[at]].map((one) => (one?.kind === 'literal' || one?.kind === 'tuple' ? typeOf(one) : null));
    const type = types.find((one) => one !== null && !['NoneType', 'bool', 'ellipsis'].includes(one));
    const line = operands[at]?.line ?? 0;
    const kind = cursor.version.has.namedLiterals ? `'${type}' literal` : 'a literal';
    if (type) cursor.warn(`"${op}" with ${kind}. Did you mean "${op === 'is' ? '==' : '!='}"?`, line);
  });
}

const LEVELS: readonly (readonly string[])[] = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '//', '%', '@']];

/** Binary operators of the level and of those that bind tighter. */
export function parseBinary(cursor: Cursor, level: number): Expr {
  const ops = LEVELS[level];
  if (ops === undefined) return parseUnary(cursor);
  const start = cursor.token;
  let left = parseBinary(cursor, level + 1);
  while (cursor.isType('op') && ops.includes(cursor.token.text)) {
    const op = cursor.next().text;
    const right = parseBinary(cursor, level + 1);
    left = { kind: 'binary', op, left, right, ...cursor.from(start) };
  }
  return left;
}

function parseUnary(cursor: Cursor): Expr {
  const start = cursor.token;
  if (!cursor.isAny('-', '+', '~')) return parsePower(cursor);
  const op = cursor.next().text;
  const operand = cursor.nested(() => parseUnary(cursor));
  return { kind: 'unary', op, operand, ...cursor.from(start) };
}

function parsePower(cursor: Cursor): Expr {
  const start = cursor.token;
  const left = parseAwait(cursor);
  if (!cursor.accept('**')) return left;
  const right = cursor.nested(() => parseUnary(cursor));
  return { kind: 'binary', op: '**', left, right, ...cursor.from(start) };
}

function parseAwait(cursor: Cursor): Expr {
  const start = cursor.token;
  if (!cursor.accept('await')) return parsePrimary(cursor);
  const value = parsePrimary(cursor);
  return { kind: 'await', value, ...cursor.from(start) };
}

function parsePrimary(cursor: Cursor): Expr {
  const start = cursor.token;
  let value = parseAtom(cursor);
  for (;;)
    if (cursor.accept('.')) {
      const name = cursor.name();
      value = { kind: 'attribute', value, name, ...cursor.from(start) };
    } else if (cursor.is('(')) value = parseCall(cursor, value, start);
    else if (cursor.accept('[')) {
      const index = parseIndex(cursor);
      cursor.expect(']');
      value = { kind: 'subscript', value, index, ...cursor.from(start) };
    } else return value;
}

function parseIndex(cursor: Cursor): Expr {
  const first = parseSlice(cursor);
  if (!cursor.is(',')) return first.kind === 'starred' ? { kind: 'tuple', items: [first], ...cursor.from(first) } : first;
  const items = [first];
  while (cursor.accept(',')) {
    if (cursor.is(']')) break;
    items.push(parseSlice(cursor));
  }
  return { kind: 'tuple', items, ...cursor.from(first) };
}

function parseSlice(cursor: Cursor): Expr {
  const start = cursor.token;
  const part = (): Expr | null => (cursor.isAny(':', ',', ']') ? null : parseNamed(cursor));
  if (cursor.is('*') && cursor.version.has.starredIndex) return parseStarred(cursor);
  const lower = part();
  if (!cursor.accept(':')) {
    if (lower === null) throw cursor.invalid();
    return lower;
  }
  const upper = part();
  const step = cursor.accept(':') ? part() : null;
  return { kind: 'slice', lower, upper, step, ...cursor.from(start) };
}

export interface Element {
  readonly of: 'list' | 'set' | 'dict' | 'generator';
  readonly element: Expr;
  readonly value?: Expr;
  readonly start: Expr | Token;
}

export function comprehension(cursor: Cursor, { of, element, value, start }: Element): Expr {
  const clauses: Comprehension[] = [];
  if (element.kind === 'starred') throw new SyntaxFault('iterable unpacking cannot be used in comprehension', element);
  while (cursor.isAny('for', 'async')) {
    const isAsync = cursor.accept('async');
    cursor.expect('for');
    const target = parseTargets(cursor);
    if (!cursor.accept('in')) throw cursor.invalid();
    checkTarget(target);
    const iter = parseOr(cursor);
    const conditions: Expr[] = [];
    while (cursor.accept('if')) conditions.push(parseCondition(cursor));
    clauses.push({ target, iter, conditions, isAsync });
  }
  return { kind: 'comprehension', of, element, value: value ?? null, clauses, ...cursor.from(start) };
}

/** A condition of a comprehension: what follows it may be an `if` of its own. */
function parseCondition(cursor: Cursor): Expr {
  const value = parseOr(cursor);
  if (!cursor.is(':=') || value.kind !== 'name') return value;
  cursor.next();
  return { kind: 'walrus', target: value, value: parseOr(cursor), ...cursor.from(value) };
}

/** The targets of a `for`: up to `in`. */
export function parseTargets(cursor: Cursor): Expr {
  const one = (): Expr => {
    const start = cursor.token;
    if (!cursor.accept('*')) return parseBinary(cursor, 0);
    const value = parseBinary(cursor, 0);
    return { kind: 'starred', value, ...cursor.from(start) };
  };
  const first = one();
  if (!cursor.is(',')) return first;
  const items = [first];
  while (cursor.accept(',')) {
    if (cursor.is('in')) break;
    items.push(one());
  }
  return { kind: 'tuple', items, ...cursor.from(first) };
}
