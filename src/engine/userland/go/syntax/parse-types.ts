/** Types, as the grammar has them: arrays, maps, channels, functions, structures and interfaces. */
import type { Expr, FieldExpr, FuncTypeExpr, MethodExpr, Param, Term } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { expression } from './parse-expressions.ts';
import type { Position } from './tokens.ts';

/** What a type can begin with, beside a name. */
const BEGINS = ['[', 'map', 'chan', 'func', 'struct', 'interface', '*', '<-', '('];
export const beginsType = (cursor: Cursor): boolean => cursor.token.kind === 'name' || BEGINS.some((text) => cursor.is(text));

export function type(cursor: Cursor): Expr {
  const { at } = cursor;
  if (cursor.token.kind === 'name') return typeName(cursor);
  if (cursor.accept('*')) return { kind: 'star', at, x: type(cursor) };
  if (cursor.accept('(')) {
    const x = type(cursor);
    cursor.expect(')');
    return { kind: 'paren', at, x };
  }
  return composedType(cursor) ?? fail(cursor);
}

function fail(cursor: Cursor): never {
  throw cursor.unexpected(', expected type');
}

/** A type that begins with a word or sign of its own; null if none is here. */
export function composedType(cursor: Cursor): Expr | null {
  const { at } = cursor;
  if (cursor.is('[')) return arrayType(cursor);
  if (cursor.accept('map')) {
    cursor.expect('[');
    const key = type(cursor);
    cursor.expect(']');
    return { kind: 'map-type', at, key, value: type(cursor) };
  }
  if (cursor.is('chan') || (cursor.is('<-') && cursor.peek().text === 'chan')) return channelType(cursor);
  if (cursor.accept('func')) return signature(cursor, at);
  if (cursor.accept('struct')) return structType(cursor, at);
  if (cursor.accept('interface')) return interfaceType(cursor, at);
  return null;
}

function typeName(cursor: Cursor): Expr {
  const { at } = cursor;
  let x: Expr = { kind: 'name', at, name: cursor.name() };
  if (cursor.accept('.')) {
    const nameAt = cursor.at;
    x = { kind: 'selector', at, x, name: cursor.name(), nameAt };
  }
  if (!cursor.is('[') || cursor.peek().text === ']') return x;
  return (
    cursor.attempt(() => {
      cursor.expect('[');
      const args = [type(cursor)];
      while (cursor.accept(',')) args.push(type(cursor));
      return cursor.accept(']') ? ({ kind: 'index', at, x, args } as const) : null;
    }) ?? x
  );
}

function arrayType(cursor: Cursor): Expr {
  const at = cursor.expect('[');
  if (cursor.accept(']')) return { kind: 'array-type', at, length: null, element: type(cursor) };
  const length = cursor.accept('...') ? '...' : cursor.inside(() => expression(cursor));
  cursor.expect(']');
  return { kind: 'array-type', at, length, element: type(cursor) };
}

function channelType(cursor: Cursor): Expr {
  const { at } = cursor;
  if (cursor.accept('<-')) {
    cursor.expect('chan');
    return { kind: 'chan-type', at, direction: 'receive', element: type(cursor) };
  }
  cursor.expect('chan');
  const direction = cursor.accept('<-') ? 'send' : 'both';
  return { kind: 'chan-type', at, direction, element: type(cursor) };
}

export function signature(cursor: Cursor, at: Position): FuncTypeExpr {
  const params = parameters(cursor);
  if (cursor.is('(')) return { kind: 'func-type', at, params, results: parameters(cursor) };
  const resultAt = cursor.at;
  const results = beginsType(cursor) ? [{ at: resultAt, name: null, type: type(cursor), variadic: false }] : [];
  return { kind: 'func-type', at, params, results };
}

interface Entry {
  readonly at: Position;
  readonly first: Expr;
  readonly second: Expr | null;
  readonly variadic: boolean;
}

/** `(a, b int, c ...string)` or `(int, string)`: which one it is shows at the end. */
export function parameters(cursor: Cursor): readonly Param[] {
  cursor.expect('(');
  const entries: Entry[] = [];
  while (!cursor.is(')')) {
    entries.push(entry(cursor));
    if (!cursor.accept(',') && !cursor.is(')')) throw cursor.unexpected(' in parameter list; possibly missing comma or )');
  }
  cursor.expect(')');
  if (!entries.some(({ second }) => second !== null))
    return entries.map(({ at, first, variadic }) => ({ at, name: null, type: first, variadic }));
  const params: Param[] = [];
  let [last, variadic]: [Expr | null, boolean] = [null, false];
  for (const one of [...entries].reverse()) {
    if (one.second !== null) [last, variadic] = [one.second, one.variadic];
    if (one.first.kind !== 'name' || last === null) throw cursor.unexpected(', expected )');
    params.unshift({ at: one.at, name: one.first.name, type: last, variadic });
    variadic = false;
  }
  return params;
}

function entry(cursor: Cursor): Entry {
  const { at } = cursor;
  if (cursor.accept('...')) return { at, first: type(cursor), second: null, variadic: true };
  const first = type(cursor);
  if (first.kind !== 'name') return { at, first, second: null, variadic: false };
  if (cursor.accept('...')) return { at, first, second: type(cursor), variadic: true };
  return { at, first, second: beginsType(cursor) ? type(cursor) : null, variadic: false };
}

function structType(cursor: Cursor, at: Position): Expr {
  cursor.expect('{');
  const fields: FieldExpr[] = [];
  while (!cursor.is('}')) {
    fields.push(...fieldLine(cursor));
    cursor.endStatement(', expected semicolon, newline, or } after struct field');
  }
  cursor.expect('}');
  return { kind: 'struct-type', at, fields };
}

function fieldLine(cursor: Cursor): readonly FieldExpr[] {
  const { at } = cursor;
  const following = cursor.peek();
  const isEmbedded =
    cursor.is('*') ||
    (cursor.token.kind === 'name' &&
      (following.kind === 'semicolon' || following.kind === 'literal' || ['.', '}'].includes(following.text)));
  if (isEmbedded) {
    const of = type(cursor);
    return [{ at, name: baseName(of), type: of, embedded: true, tag: tag(cursor) }];
  }
  const names = [{ at, name: cursor.name() }];
  while (cursor.accept(',')) names.push({ at: cursor.at, name: cursor.name() });
  const of = type(cursor);
  const text = tag(cursor);
  return names.map((one) => ({ ...one, type: of, embedded: false, tag: text }));
}

function baseName(of: Expr): string {
  if (of.kind === 'name' || of.kind === 'selector') return of.name;
  return of.kind === 'star' || of.kind === 'index' || of.kind === 'paren' ? baseName(of.x) : '';
}

const tag = (cursor: Cursor): string => (cursor.token.kind === 'literal' ? String(cursor.next().literal?.value ?? '') : '');

function interfaceType(cursor: Cursor, at: Position): Expr {
  cursor.expect('{');
  const methods: MethodExpr[] = [];
  const unions: (readonly Term[])[] = [];
  while (!cursor.is('}')) {
    const here = cursor.at;
    if (cursor.token.kind === 'name' && cursor.peek().text === '(')
      methods.push({ at: here, name: cursor.name(), type: signature(cursor, here) });
    else unions.push(union(cursor));
    cursor.endStatement(', expected semicolon, newline, or } after interface element');
  }
  cursor.expect('}');
  return { kind: 'interface-type', at, methods, unions };
}

/** `~int | ~string`, and a single name that may be an interface. */
export function union(cursor: Cursor): readonly Term[] {
  const terms: Term[] = [];
  do terms.push({ tilde: cursor.accept('~'), type: type(cursor) });
  while (cursor.accept('|'));
  return terms;
}
