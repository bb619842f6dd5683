/** Expressions: operators by their precedence, calls, selectors, and literals of composite types and functions. */
import type { Expr, Item } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { block } from './parse-statements.ts';
import { composedType, signature, type } from './parse-types.ts';

const PRECEDENCE: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '|': 4,
  '^': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  '<<': 5,
  '>>': 5,
  '&': 5,
  '&^': 5,
};
const UNARY = ['-', '+', '!', '^', '&', '<-', '~'];

export const expression = (cursor: Cursor): Expr => binary(cursor, 1);

export function expressions(cursor: Cursor): readonly Expr[] {
  const list = [expression(cursor)];
  while (cursor.accept(',')) list.push(expression(cursor));
  return list;
}

function binary(cursor: Cursor, lowest: number): Expr {
  let x = unary(cursor);
  for (;;) {
    const { kind, text: op } = cursor.token;
    const own = kind === 'operator' ? PRECEDENCE[op] : undefined;
    if (own === undefined || own < lowest) return x;
    cursor.next();
    x = { kind: 'binary', at: x.at, op, x, y: binary(cursor, own + 1) };
  }
}

function unary(cursor: Cursor): Expr {
  const { at } = cursor;
  if (cursor.is('<-') && cursor.peek().text === 'chan') return primary(cursor);
  if (cursor.accept('*')) return { kind: 'star', at, x: unary(cursor) };
  const op = UNARY.find((one) => cursor.is(one));
  if (op === undefined) return primary(cursor);
  cursor.next();
  return { kind: 'unary', at, op, x: unary(cursor) };
}

function operand(cursor: Cursor): Expr {
  const { at, token } = cursor;
  if (token.kind === 'literal' && token.literal) {
    cursor.next();
    return { kind: 'literal', at, type: token.literal.kind, value: token.literal.value, text: token.text };
  }
  if (token.kind === 'name') return { kind: 'name', at, name: cursor.next().text };
  if (cursor.accept('(')) {
    const x = cursor.inside(() => (cursor.is('<-') || cursor.is('*') ? expression(cursor) : (composed(cursor) ?? expression(cursor))));
    cursor.expect(')');
    return { kind: 'paren', at, x };
  }
  if (cursor.accept('func')) {
    const of = signature(cursor, at);
    if (!cursor.is('{')) return of;
    return { kind: 'function', at, type: of, body: cursor.inside(() => block(cursor)) };
  }
  const of = composedType(cursor);
  if (of === null) throw cursor.unexpected(', expected expression');
  return of;
}

/** A type in brackets, as in `(func())(x)`; what follows it may still make it an operand. */
function composed(cursor: Cursor): Expr | null {
  if (!cursor.is('func') && !cursor.is('chan') && !cursor.is('[')) return null;
  return cursor.attempt(() => {
    const of = type(cursor);
    return cursor.is(')') ? of : null;
  });
}

function primary(cursor: Cursor): Expr {
  let x = operand(cursor);
  for (;;) {
    const { at } = cursor;
    if (cursor.accept('.')) x = afterDot(cursor, x);
    else if (cursor.is('[')) x = indexOrSlice(cursor, x);
    else if (cursor.accept('(')) x = callOf(cursor, x, at);
    else if (cursor.is('{') && isLiteralType(x) && (cursor.depth >= 0 || !isPlainName(x)))
      x = { kind: 'composite', at: x.at, type: x, items: items(cursor) };
    else return x;
  }
}

function afterDot(cursor: Cursor, x: Expr): Expr {
  const nameAt = cursor.at;
  if (!cursor.accept('(')) return { kind: 'selector', at: x.at, x, name: cursor.name(), nameAt };
  const of = cursor.accept('type') ? null : type(cursor);
  cursor.expect(')');
  return { kind: 'assert', at: x.at, x, type: of };
}

const isPlainName = (x: Expr): boolean => x.kind === 'name' || (x.kind === 'selector' && x.x.kind === 'name') || x.kind === 'index';
const isLiteralType = (x: Expr): boolean => isPlainName(x) || x.kind === 'array-type' || x.kind === 'map-type' || x.kind === 'struct-type';

function indexOrSlice(cursor: Cursor, x: Expr): Expr {
  cursor.expect('[');
  const { at } = x;
  return cursor.inside(() => {
    const parts: (Expr | null)[] = [];
    const part = (): Expr | null => (cursor.is(':') || cursor.is(']') ? null : typeOrExpression(cursor));
    parts.push(part());
    while (cursor.accept(':')) parts.push(part());
    if (parts.length > 1) {
      cursor.expect(']');
      return { kind: 'slice', at, x, low: parts[0] ?? null, high: parts[1] ?? null, max: parts[2] ?? null };
    }
    const args = parts.filter((one) => one !== null);
    if (args.length === 0) throw cursor.unexpected(', expected operand');
    while (cursor.accept(',')) if (!cursor.is(']')) args.push(typeOrExpression(cursor));
    cursor.expect(']');
    return { kind: 'index', at, x, args };
  });
}

/** Arguments may be types: of `make` and `new`, and those of generic functions. */
const typeOrExpression = (cursor: Cursor): Expr => expression(cursor);

function callOf(cursor: Cursor, fn: Expr, open: number): Expr {
  return cursor.inside(() => {
    const args: Expr[] = [];
    let spread = false;
    while (!cursor.is(')')) {
      args.push(typeOrExpression(cursor));
      spread = cursor.accept('...');
      if (!cursor.accept(',') && !cursor.is(')')) throw cursor.unexpected(' in argument list; possibly missing comma or )');
    }
    const end = cursor.expect(')');
    return { kind: 'call', at: fn.at, fn, args, spread, open, end };
  });
}

export function items(cursor: Cursor): readonly Item[] {
  cursor.expect('{');
  return cursor.inside(() => {
    const list: Item[] = [];
    while (!cursor.is('}')) {
      const first = element(cursor);
      list.push(cursor.accept(':') ? { key: first, value: element(cursor) } : { key: null, value: first });
      if (!cursor.accept(',') && !cursor.is('}')) throw cursor.unexpected(' in composite literal; possibly missing comma or }');
    }
    cursor.expect('}');
    return list;
  });
}

/** A value, or a literal whose type is that of the elements. */
function element(cursor: Cursor): Expr {
  const { at } = cursor;
  return cursor.is('{') ? { kind: 'composite', at, type: null, items: items(cursor) } : expression(cursor);
}
