/** Expressions, from the loosest binding to the tightest. */
import type { Comprehension, Expr, Keyword, Param, Params } from './ast.ts';
import { type Cursor, join, KEYWORDS, wordFor } from './cursor.ts';
import { SyntaxFault } from './fault.ts';
import { parseAtom } from './parse-displays.ts';
import type { Token } from './tokens.ts';

/** `a, *b, c` or one expression. */
export function parseExpressions(cursor: Cursor): Expr {
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
  return { kind: 'tuple', items, ...cursor.from(first) };
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
    if (!cursor.is('else')) throw new SyntaxFault("expected 'else' after 'if' expression", cursor.from(start));
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
  cursor.expect(':');
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
    return { name, annotation, default: cursor.accept('=') ? parseExpression(cursor) : null };
  };
  while (!cursor.is(end)) {
    if (keywords !== null) throw new SyntaxFault('arguments cannot follow var-keyword argument', cursor.token);
    const at = cursor.token;
    if (cursor.accept('**')) keywords = param();
    else if (cursor.accept('*')) {
      if (isAfterStar) throw new SyntaxFault('* argument may appear only once', at);
      isAfterStar = true;
      if (!cursor.is(',')) rest = param();
      if (rest === null && cursor.is(end)) throw new SyntaxFault('named arguments must follow bare *', at);
    } else if (cursor.accept('/')) {
      positionalOnly = positional;
      positional = [];
    } else {
      const one = param();
      if (!isAfterStar && one.default === null && [...positionalOnly, ...positional].some((other) => other.default !== null))
        throw new SyntaxFault('non-default argument follows default argument', at);
      (isAfterStar ? keywordOnly : positional).push(one);
    }
    if (!cursor.accept(',')) break;
  }
  return { positionalOnly, positional, rest, keywordOnly, keywords };
}

function parseLogic(cursor: Cursor, op: 'and' | 'or', operand: (cursor: Cursor) => Expr): Expr {
  const first = operand(cursor);
  if (!cursor.is(op)) return first;
  const operands = [first];
  while (cursor.accept(op)) operands.push(operand(cursor));
  return { kind: 'logic', op, operands, ...cursor.from(first) };
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
  if (!cursor.accept('is')) return null;
  return cursor.accept('not') ? 'is not' : 'is';
}

function parseComparison(cursor: Cursor): Expr {
  const left = parseBinary(cursor, 0);
  const ops: string[] = [];
  const rights: Expr[] = [];
  for (let op = comparison(cursor); op !== null; op = comparison(cursor)) {
    ops.push(op);
    rights.push(parseBinary(cursor, 0));
  }
  return ops.length === 0 ? left : { kind: 'compare', left, ops, rights, ...cursor.from(left) };
}

const LEVELS: readonly (readonly string[])[] = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '//', '%', '@']];

/** Binary operators of the level and of those that bind tighter. */
export function parseBinary(cursor: Cursor, level: number): Expr {
  const ops = LEVELS[level];
  if (ops === undefined) return parseUnary(cursor);
  let left = parseBinary(cursor, level + 1);
  while (cursor.isType('op') && ops.includes(cursor.token.text)) {
    const op = cursor.next().text;
    const right = parseBinary(cursor, level + 1);
    left = { kind: 'binary', op, left, right, ...cursor.from(left) };
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
  const left = parseAwait(cursor);
  if (!cursor.accept('**')) return left;
  const right = cursor.nested(() => parseUnary(cursor));
  return { kind: 'binary', op: '**', left, right, ...cursor.from(left) };
}

function parseAwait(cursor: Cursor): Expr {
  const start = cursor.token;
  if (!cursor.accept('await')) return parsePrimary(cursor);
  const value = parsePrimary(cursor);
  return { kind: 'await', value, ...cursor.from(start) };
}

function parsePrimary(cursor: Cursor): Expr {
  let value = parseAtom(cursor);
  for (;;)
    if (cursor.accept('.')) {
      const name = cursor.name();
      value = { kind: 'attribute', value, name, ...cursor.from(value) };
    } else if (cursor.is('(')) value = parseCall(cursor, value);
    else if (cursor.accept('[')) {
      const index = parseIndex(cursor);
      cursor.expect(']');
      value = { kind: 'subscript', value, index, ...cursor.from(value) };
    } else return value;
}

function parseIndex(cursor: Cursor): Expr {
  const first = parseSlice(cursor);
  if (!cursor.is(',')) return first;
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
  if (cursor.is('*')) return parseStarred(cursor);
  const lower = part();
  if (!cursor.accept(':')) {
    if (lower === null) throw cursor.invalid();
    return lower;
  }
  const upper = part();
  const step = cursor.accept(':') ? part() : null;
  return { kind: 'slice', lower, upper, step, ...cursor.from(start) };
}

interface Arguments {
  readonly args: Expr[];
  readonly keywords: Keyword[];
}

function parseCall(cursor: Cursor, func: Expr): Expr {
  cursor.next();
  const { args, keywords } = parseArguments(cursor);
  cursor.expect(')');
  return { kind: 'call', func, args, keywords, ...cursor.from(func) };
}

/** Arguments up to the closing parenthesis. */
export function parseArguments(cursor: Cursor): Arguments {
  const args: Expr[] = [];
  const keywords: Keyword[] = [];
  while (!cursor.is(')')) {
    parseArgument(cursor, { args, keywords });
    if (!cursor.accept(',')) break;
  }
  if (!cursor.is(')')) throw forgottenComma(cursor, args.at(-1));
  return { args, keywords };
}

function parseArgument(cursor: Cursor, { args, keywords }: Arguments): void {
  const start = cursor.token;
  if (cursor.accept('**')) {
    const value = parseExpression(cursor);
    keywords.push({ name: null, value, ...cursor.from(start) });
    return;
  }
  if (cursor.isName() && cursor.peek().text === '=' && cursor.peek().type === 'op') {
    const name = cursor.name();
    if (keywords.some((one) => one.name === name)) throw new SyntaxFault(`keyword argument repeated: ${name}`, start);
    cursor.next();
    if (cursor.isAny(',', ')')) throw new SyntaxFault('expected argument value expression', cursor.from(start));
    const value = parseExpression(cursor);
    keywords.push({ name, value, ...cursor.from(start) });
    return;
  }
  const value = parseStarred(cursor);
  if (cursor.isAny('for', 'async')) {
    args.push(comprehension(cursor, { of: 'generator', element: value, start: value }));
    return;
  }
  if (cursor.is('=')) {
    if (value.kind === 'attribute' || value.kind === 'subscript' || value.kind === 'call' || value.kind === 'binary')
      throw new SyntaxFault('expression cannot contain assignment, perhaps you meant "=="?', join(value, cursor.token));
    throw new SyntaxFault(
      value.kind === 'literal' && ['true', 'false', 'none'].includes(value.literal.type)
        ? `cannot assign to ${wordFor(value)}`
        : 'expression cannot contain assignment, perhaps you meant "=="?',
      join(value, cursor.token),
    );
  }
  if (value.kind !== 'starred' && keywords.length > 0)
    throw new SyntaxFault(
      keywords.some(({ name }) => name === null)
        ? 'positional argument follows keyword argument unpacking'
        : 'positional argument follows keyword argument',
      cursor.token,
    );
  args.push(value);
}

/** Two expressions beside each other in parentheses. */
export function forgottenComma(cursor: Cursor, before: Expr | undefined): SyntaxFault {
  const { token, at } = cursor;
  if (before !== undefined && startsExpression(cursor) && !cursor.isAny('*', '-', '+', '(', '[')) {
    try {
      const after = parseExpression(cursor);
      return new SyntaxFault('invalid syntax. Perhaps you forgot a comma?', join(before, after));
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      cursor.at = at;
    }
  }
  return new SyntaxFault('invalid syntax', token);
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
