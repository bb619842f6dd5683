/** Queries. */
import type { Body, Expr, FromItem, Query, SelectBody, SelectItem, TableName } from '../ast.ts';
import { notSupported, plain } from '../errors.ts';
import type { Cursor } from './cursor.ts';
import { isQuery, parseExpr, parseOrderBy, type QueryParser } from './expression.ts';

export const QUERIES: QueryParser = { query: parseQuery };
export const expression = (cursor: Cursor): Expr => parseExpr(cursor, QUERIES);

export function parseQuery(cursor: Cursor): Query {
  return cursor.nested(() => {
    const ctes = cursor.accept('with') ? parseCtes(cursor) : [];
    const body = parseSets(cursor);
    const orderBy = parseOrderBy(cursor, QUERIES);
    const bounds = parseLimit(cursor);
    if (cursor.is('into')) throw notSupported('SELECT ... INTO');
    if (cursor.accept('for')) {
      if (cursor.acceptOne('update', 'share') === undefined) cursor.fail();
      cursor.accept('nowait');
      cursor.accept('skip', 'locked');
    } else cursor.accept('lock', 'in', 'share', 'mode');
    return { ctes, body, orderBy, ...bounds };
  });
}

function parseCtes(cursor: Cursor): Query['ctes'] {
  const isRecursive = cursor.accept('recursive');
  return cursor.list(() => {
    const name = cursor.name();
    const columns = cursor.is('(') ? cursor.names() : undefined;
    cursor.expect('as');
    const query = cursor.parenthesized(() => parseQuery(cursor));
    return { name, query, isRecursive, ...(columns ? { columns } : {}) };
  });
}

/** `LIMIT n`, `LIMIT n OFFSET m`, `LIMIT m, n`. */
export function parseLimit(cursor: Cursor): { limit?: Expr; offset?: Expr } {
  if (!cursor.accept('limit')) return {};
  const count = (): Expr => {
    if (cursor.token.kind !== 'number') cursor.fail();
    return { kind: 'literal', type: 'number', text: String(cursor.integer()) };
  };
  const first = count();
  if (cursor.accept(',')) return { limit: count(), offset: first };
  return { limit: first, ...(cursor.accept('offset') ? { offset: count() } : {}) };
}

function parseSets(cursor: Cursor): Body {
  let left = parseIntersections(cursor);
  for (;;) {
    const op = cursor.acceptOne('union', 'except');
    if (op === undefined) return left;
    const all = cursor.accept('all');
    if (!all) cursor.accept('distinct');
    left = { kind: 'set', op, all, left, right: parseIntersections(cursor) };
  }
}

function parseIntersections(cursor: Cursor): Body {
  let left = parseBody(cursor);
  while (cursor.accept('intersect')) {
    const all = cursor.accept('all');
    left = { kind: 'set', op: 'intersect', all, left, right: parseBody(cursor) };
  }
  return left;
}

const STAR = { kind: 'star' } as const;

function parseBody(cursor: Cursor): Body {
  if (cursor.is('(')) return { kind: 'nested', query: cursor.parenthesized(() => parseQuery(cursor)) };
  if (cursor.is('values')) {
    cursor.take();
    const rows = cursor.list(() => {
      cursor.expect('row');
      return cursor.parenthesized(() => cursor.list(() => expression(cursor)));
    });
    return { kind: 'values', rows };
  }
  if (cursor.accept('table')) {
    const table = parseTableName(cursor);
    return { kind: 'select', distinct: false, items: [{ expr: STAR, text: '*' }], from: { kind: 'table', table }, groupBy: [] };
  }
  cursor.expect('select');
  return parseSelect(cursor);
}

function parseSelect(cursor: Cursor): SelectBody {
  const distinct = cursor.acceptOne('distinct', 'distinctrow') !== undefined;
  cursor.accept('all');
  while (cursor.acceptOne('sql_no_cache', 'sql_calc_found_rows', 'straight_join', 'high_priority') !== undefined);
  const items = cursor.list(() => parseItem(cursor));
  if (cursor.is('into')) throw notSupported('SELECT ... INTO');
  const from = cursor.accept('from') ? (cursor.accept('dual') ? undefined : parseFrom(cursor)) : undefined;
  const where = cursor.accept('where') ? expression(cursor) : undefined;
  const groupBy = cursor.accept('group', 'by') ? cursor.list(() => grouping(cursor)) : [];
  const withRollup = cursor.accept('with', 'rollup');
  if (withRollup) throw notSupported('WITH ROLLUP');
  const having = cursor.accept('having') ? expression(cursor) : undefined;
  if (cursor.is('window')) throw notSupported('window functions');
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

function grouping(cursor: Cursor): Expr {
  const expr = expression(cursor);
  cursor.acceptOne('asc', 'desc');
  return expr;
}

function parseItem(cursor: Cursor): SelectItem {
  const from = cursor.token.at;
  if (cursor.accept('*')) return { expr: STAR, text: '*' };
  for (const parts of [1, 2]) {
    const names = Array.from({ length: parts }, (_, i) => i * 2);
    const isStar = names.every((i) => cursor.isName(i) && cursor.peek(i + 1).key === '.') && cursor.peek(parts * 2).key === '*';
    if (!isStar) continue;
    const schema = parts === 2 ? cursor.name() : undefined;
    if (schema !== undefined) cursor.expect('.');
    const table = cursor.name();
    cursor.expect('.', '*');
    return { expr: { kind: 'star', table, ...(schema === undefined ? {} : { schema }) }, text: '*' };
  }
  const expr = expression(cursor);
  const text = cursor.text.slice(from, cursor.lastEnd);
  const isString = cursor.token.kind === 'string';
  const alias = cursor.accept('as') ? cursor.word() : isString ? cursor.string() : cursor.isName() ? cursor.name() : undefined;
  return alias === undefined ? { expr, text } : { expr, text, alias };
}

export function parseFrom(cursor: Cursor): FromItem {
  let left = parseJoins(cursor);
  while (cursor.accept(',')) left = { kind: 'join', type: 'inner', left, right: parseJoins(cursor) };
  return left;
}

function joinType(cursor: Cursor): { type: 'inner' | 'left' | 'right'; natural: boolean } | undefined {
  const natural = cursor.accept('natural');
  const side = cursor.acceptOne('left', 'right');
  if (side !== undefined) {
    cursor.accept('outer');
    cursor.expect('join');
    return { type: side, natural };
  }
  if (cursor.accept('cross', 'join') || cursor.accept('inner', 'join') || cursor.accept('join') || cursor.accept('straight_join'))
    return { type: 'inner', natural };
  return natural ? cursor.fail() : undefined;
}

function parseJoins(cursor: Cursor): FromItem {
  let left = parseSource(cursor);
  for (let join = joinType(cursor); join !== undefined; join = joinType(cursor)) {
    const right = parseSource(cursor);
    const { type, natural } = join;
    if (natural) left = { kind: 'join', type, left, right, natural };
    else if (cursor.accept('using')) left = { kind: 'join', type, left, right, using: cursor.names() };
    else if (cursor.accept('on')) left = { kind: 'join', type, left, right, on: expression(cursor) };
    else if (type === 'inner') left = { kind: 'join', type, left, right };
    else cursor.fail();
  }
  return left;
}

function parseSource(cursor: Cursor): FromItem {
  cursor.accept('lateral');
  if (cursor.is('(')) {
    cursor.take();
    const isNested = isQuery(cursor) || cursor.is('(');
    if (!isNested) {
      const inside = parseFrom(cursor);
      cursor.expect(')');
      return inside;
    }
    const query = parseQuery(cursor);
    cursor.expect(')');
    const alias = cursor.accept('as') || cursor.isName() ? cursor.name() : undefined;
    if (alias === undefined) throw plain(1248, '42000', 'Every derived table must have its own alias');
    return { kind: 'query', query, alias, ...(cursor.is('(') ? { columns: cursor.names() } : {}) };
  }
  if (cursor.is('json_table')) throw notSupported('JSON_TABLE');
  const table = parseTableName(cursor);
  const alias = cursor.accept('as') ? cursor.name() : cursor.isName() ? cursor.name() : undefined;
  while (cursor.isOne('use', 'force', 'ignore') && ['index', 'key'].includes(cursor.peek(1).key)) {
    cursor.take();
    cursor.take();
    cursor.names();
  }
  return { kind: 'table', table, ...(alias === undefined ? {} : { alias }) };
}

/** `name` or `schema.name`. */
export function parseTableName(cursor: Cursor): TableName {
  const first = cursor.name();
  if (!cursor.accept('.')) return { name: first };
  return { schema: first, name: cursor.label() };
}
