/** Queries. */
import type { Body, Expr, FromItem, FromTable, Query, SelectItem } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { notSupported } from './errors.ts';
import { parseExpr, parseOrderBy, type QueryParser } from './parse-expression.ts';

export const QUERIES: QueryParser = { query: parseQuery };
export const expression = (cursor: Cursor): Expr => parseExpr(cursor, QUERIES);

export function parseQuery(cursor: Cursor): Query {
  return cursor.nested(() => {
    const ctes = cursor.accept('with') ? parseCtes(cursor) : [];
    const body = parseSets(cursor);
    const orderBy = parseOrderBy(cursor, QUERIES);
    const bounds = parseBounds(cursor);
    while (cursor.accept('for')) {
      if (cursor.acceptOne('update', 'share') === undefined) cursor.fail();
      cursor.acceptOne('nowait');
      cursor.accept('skip', 'locked');
    }
    return { ctes, body, orderBy, ...bounds };
  });
}

function parseCtes(cursor: Cursor): Query['ctes'] {
  if (cursor.is('recursive')) throw notSupported('WITH RECURSIVE', cursor.token.at);
  return cursor.list(() => {
    const name = cursor.name();
    const columns = cursor.is('(') ? cursor.names() : undefined;
    cursor.expect('as');
    cursor.accept('not');
    cursor.accept('materialized');
    const query = cursor.parenthesized(() => parseQuery(cursor));
    return { name, query, ...(columns ? { columns } : {}) };
  });
}

function parseBounds(cursor: Cursor): { limit?: Expr; offset?: Expr } {
  let [limit, offset] = [undefined as Expr | undefined, undefined as Expr | undefined];
  for (;;) {
    if (cursor.accept('limit')) {
      if (cursor.accept('all')) continue;
      limit = expression(cursor);
    } else if (cursor.accept('offset')) {
      offset = expression(cursor);
      cursor.acceptOne('row', 'rows');
    } else if (cursor.accept('fetch')) {
      if (cursor.acceptOne('first', 'next') === undefined) cursor.fail();
      limit =
        cursor.is('row') || cursor.is('rows') ? { kind: 'literal', type: 'number', text: '1', at: cursor.token.at } : expression(cursor);
      if (cursor.acceptOne('row', 'rows') === undefined) cursor.fail();
      cursor.expect('only');
    } else return { ...(limit ? { limit } : {}), ...(offset ? { offset } : {}) };
  }
}

function parseSets(cursor: Cursor): Body {
  let left = parseIntersections(cursor);
  for (;;) {
    const op = cursor.acceptOne('union', 'except');
    if (op === undefined) return left;
    const all = cursor.accept('all');
    cursor.accept('distinct');
    left = { kind: 'set', op, all, left, right: parseIntersections(cursor) };
  }
}

function parseIntersections(cursor: Cursor): Body {
  let left = parseBody(cursor);
  while (cursor.accept('intersect')) left = { kind: 'set', op: 'intersect', all: cursor.accept('all'), left, right: parseBody(cursor) };
  return left;
}

function parseBody(cursor: Cursor): Body {
  if (cursor.is('(')) return { kind: 'nested', query: cursor.parenthesized(() => parseQuery(cursor)) };
  if (cursor.accept('values'))
    return { kind: 'values', rows: cursor.list(() => cursor.parenthesized(() => cursor.list(() => expression(cursor)))) };
  if (cursor.accept('table')) {
    const from = parseTable(cursor);
    return { kind: 'select', distinct: false, items: [{ expr: { kind: 'star', at: from.at } }], from, groupBy: [] };
  }
  cursor.expect('select');
  const distinct = cursor.accept('distinct');
  if (distinct && cursor.is('on')) throw notSupported('DISTINCT ON', cursor.token.at);
  cursor.accept('all');
  const isEmpty = cursor.is('from') || cursor.is(';') || cursor.token.kind === 'end';
  const items = isEmpty ? [] : cursor.list(() => parseItem(cursor));
  if (cursor.is('into')) throw notSupported('SELECT INTO', cursor.token.at);
  const from = cursor.accept('from') ? parseFrom(cursor) : undefined;
  const where = cursor.accept('where') ? expression(cursor) : undefined;
  const groupBy = cursor.accept('group', 'by') ? cursor.list(() => expression(cursor)) : [];
  const having = cursor.accept('having') ? expression(cursor) : undefined;
  if (cursor.is('window')) throw notSupported('a window function', cursor.token.at);
  return {
    kind: 'select',
    distinct,
    items,
    groupBy,
    ...(from ? { from } : {}),
    ...(where ? { where } : {}),
    ...(having ? { having } : {}),
  };
}

export function parseItem(cursor: Cursor): SelectItem {
  const { at } = cursor.token;
  if (cursor.accept('*')) return { expr: { kind: 'star', at } };
  if (cursor.isName() && cursor.peek(1).text === '.' && cursor.peek(2).text === '*' && cursor.peek(2).kind === 'symbol') {
    const table = cursor.name();
    cursor.expect('.', '*');
    return { expr: { kind: 'star', table, at } };
  }
  const expr = expression(cursor);
  const alias = cursor.accept('as') ? cursor.label() : cursor.isName() ? cursor.name() : undefined;
  return alias === undefined ? { expr } : { expr, alias };
}

export function parseFrom(cursor: Cursor): FromItem {
  let left = parseJoins(cursor);
  while (cursor.accept(',')) left = { kind: 'join', type: 'cross', left, right: parseJoins(cursor) };
  return left;
}

function joinType(cursor: Cursor): { type: 'inner' | 'left' | 'right' | 'full' | 'cross'; natural: boolean } | undefined {
  const natural = cursor.accept('natural');
  const side = cursor.acceptOne('left', 'right', 'full');
  if (side !== undefined) {
    cursor.accept('outer');
    cursor.expect('join');
    return { type: side, natural };
  }
  if (cursor.accept('cross', 'join')) return { type: 'cross', natural };
  if (cursor.accept('inner', 'join') || cursor.accept('join')) return { type: 'inner', natural };
  return undefined;
}

function parseJoins(cursor: Cursor): FromItem {
  let left = parseSource(cursor);
  for (let join = joinType(cursor); join !== undefined; join = joinType(cursor)) {
    const right = parseSource(cursor);
    if (join.type === 'cross' || join.natural) {
      left = { kind: 'join', type: join.type, left, right, ...(join.natural ? { natural: true } : {}) };
      continue;
    }
    if (cursor.accept('using')) left = { kind: 'join', type: join.type, left, right, using: cursor.names() };
    else if (cursor.accept('on')) left = { kind: 'join', type: join.type, left, right, on: expression(cursor) };
    else cursor.fail();
  }
  return left;
}

function parseAlias(cursor: Cursor): { alias?: string; columns?: readonly string[] } {
  const alias = cursor.accept('as') ? cursor.label() : cursor.isName() ? cursor.name() : undefined;
  if (alias === undefined) return {};
  return cursor.is('(') ? { alias, columns: cursor.names() } : { alias };
}

function parseSource(cursor: Cursor): FromItem {
  const { at } = cursor.token;
  cursor.accept('lateral');
  if (cursor.is('(')) {
    if (['select', 'with', 'values', '('].includes(cursor.peek(1).text)) {
      const query = cursor.parenthesized(() => parseQuery(cursor));
      return { kind: 'query', query, at, ...parseAlias(cursor) };
    }
    return cursor.parenthesized(() => parseFrom(cursor));
  }
  if (cursor.isName() && cursor.peek(1).text === '(' && cursor.peek(1).kind === 'symbol') {
    const call = expression(cursor);
    return { kind: 'function', call, at, ...parseAlias(cursor) };
  }
  const table = parseTable(cursor);
  return { ...table, ...parseAlias(cursor) };
}

/** `name` or `schema.name`. */
export function parseTable(cursor: Cursor): FromTable {
  const { at } = cursor.token;
  cursor.accept('only');
  const first = cursor.name();
  if (!cursor.accept('.')) return { kind: 'table', name: first, at };
  return { kind: 'table', schema: first, name: cursor.label(), at };
}
