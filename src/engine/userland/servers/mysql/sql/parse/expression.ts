/** Expressions: operators by MySQL's precedence. */
import type { Expr, OrderItem, Query, SqlType } from '../ast.ts';
import { notSupported } from '../errors.ts';
import type { Cursor } from './cursor.ts';
import { parseType } from './type.ts';

/** Given by parse-select: the two need each other. */
export interface QueryParser {
  query(cursor: Cursor): Query;
}

type Level = (cursor: Cursor, queries: QueryParser) => Expr;
const WORDS: Readonly<Record<string, string>> = { '&&': 'and', '||': 'or', mod: '%', '!=': '<>' };

const leftward = (operators: readonly string[], next: Level): Level =>
  function level(cursor, queries) {
    let left = next(cursor, queries);
    for (;;) {
      const op = cursor.acceptOne(...operators);
      if (op === undefined) return left;
      left = { kind: 'binary', op: WORDS[op] ?? op, left, right: next(cursor, queries) };
    }
  };

const unary: Level = (cursor, queries) => {
  const op = cursor.acceptOne('-', '+', '~', '!');
  if (op === undefined) return parsePostfix(cursor, queries);
  return { kind: 'unary', op: op === '!' ? 'not' : op, of: cursor.nested(() => unary(cursor, queries)) };
};
const power: Level = leftward(['^'], unary);
const product: Level = leftward(['*', '/', '%', 'div', 'mod'], power);
const additive: Level = leftward(['+', '-'], product);
const shift: Level = leftward(['<<', '>>'], additive);
const bitAnd: Level = leftward(['&'], shift);
const bitOr: Level = leftward(['|'], bitAnd);

const PREDICATES = ['like', 'in', 'between', 'regexp', 'rlike'];

/** LIKE, BETWEEN, IN: closer than comparisons. */
const predicate: Level = (cursor, queries) => {
  const left = bitOr(cursor, queries);
  const not = cursor.is('not') && PREDICATES.includes(cursor.peek(1).key) && cursor.accept('not');
  const negated = (expr: Expr): Expr => (not ? { kind: 'unary', op: 'not', of: expr } : expr);
  const word = cursor.acceptOne('like', 'regexp', 'rlike');
  if (word !== undefined) {
    const right = bitOr(cursor, queries);
    if (cursor.accept('escape')) throw notSupported('LIKE ... ESCAPE');
    return negated({ kind: 'binary', op: word === 'rlike' ? 'regexp' : word, left, right });
  }
  if (cursor.accept('between')) {
    const low = bitOr(cursor, queries);
    cursor.expect('and');
    const high = predicate(cursor, queries);
    return negated({ kind: 'call', name: 'between', args: [left, low, high] });
  }
  if (cursor.accept('in')) {
    const list = cursor.parenthesized(() => (isQuery(cursor) ? queries.query(cursor) : cursor.list(() => parseExpr(cursor, queries))));
    return { kind: 'in', of: left, list, not };
  }
  return left;
};

export const isQuery = (cursor: Cursor): boolean =>
  cursor.isOne('select', 'with', 'table') || (cursor.is('values') && cursor.peek(1).key === 'row');

const COMPARISONS = ['<=>', '=', '<>', '!=', '<', '>', '<=', '>='];

const comparison: Level = (cursor, queries) => {
  let left = predicate(cursor, queries);
  for (;;) {
    if (cursor.accept('is')) {
      const not = cursor.accept('not');
      const what = cursor.acceptOne('null', 'true', 'false', 'unknown') ?? cursor.fail();
      left = { kind: 'is', of: left, what: what === 'unknown' ? 'null' : what, not };
      continue;
    }
    const op = cursor.acceptOne(...COMPARISONS);
    if (op === undefined) return left;
    const quantifier = cursor.acceptOne('any', 'some', 'all');
    if (quantifier !== undefined) {
      const list = cursor.parenthesized(() => queries.query(cursor));
      if (quantifier === 'all' ? op !== '<>' && op !== '!=' : op !== '=')
        throw notSupported(`${op} ${quantifier.toUpperCase()} (subquery)`);
      left = { kind: 'in', of: left, list, not: quantifier === 'all' };
      continue;
    }
    left = { kind: 'binary', op: WORDS[op] ?? op, left, right: predicate(cursor, queries) };
  }
};

const negation: Level = (cursor, queries) => {
  if (cursor.accept('not')) return { kind: 'unary', op: 'not', of: cursor.nested(() => negation(cursor, queries)) };
  return comparison(cursor, queries);
};
const conjunction: Level = leftward(['and', '&&'], negation);
const exclusive: Level = leftward(['xor'], conjunction);
const disjunction: Level = leftward(['or', '||'], exclusive);

export function parseExpr(cursor: Cursor, queries: QueryParser): Expr {
  return cursor.nested(() => {
    const { token } = cursor;
    if (token.kind === 'variable' && !token.text.startsWith('@@') && cursor.peek(1).key === ':=') {
      cursor.take();
      cursor.expect(':=');
      return { kind: 'assign', name: userVariable(token.text), value: parseExpr(cursor, queries) };
    }
    return disjunction(cursor, queries);
  });
}

export const userVariable = (text: string): string =>
  text
    .slice(1)
    .replace(/^(['"`])(.*)\1$/, '$2')
    .toLowerCase();

export function parseOrderBy(cursor: Cursor, queries: QueryParser): readonly OrderItem[] {
  if (!cursor.accept('order', 'by')) return [];
  return cursor.list(() => {
    const expr = parseExpr(cursor, queries);
    return { expr, descending: cursor.acceptOne('asc', 'desc') === 'desc' };
  });
}

/** `x COLLATE …`, `x -> '$.a'` */
function parsePostfix(cursor: Cursor, queries: QueryParser): Expr {
  let expr = parsePrimary(cursor, queries);
  for (;;) {
    if (cursor.accept('collate')) {
      const name = cursor.word().toLowerCase();
      expr = /_bin$|_as_cs$/.test(name) ? { kind: 'call', name: 'binary', args: [expr] } : expr;
      continue;
    }
    const arrow = cursor.acceptOne('->>', '->');
    if (arrow === undefined) return expr;
    const path: Expr = { kind: 'literal', type: 'string', text: cursor.string() };
    const member: Expr = { kind: 'call', name: 'json_extract', args: [expr, path] };
    expr = arrow === '->' ? member : { kind: 'call', name: 'json_unquote', args: [member] };
  }
}

/** Functions whose parentheses may be missing. */
const BARE = [
  'current_timestamp',
  'current_date',
  'current_time',
  'localtime',
  'localtimestamp',
  'utc_timestamp',
  'utc_date',
  'current_user',
];
const literal = (type: 'string' | 'number' | 'hex' | 'boolean' | 'null', text: string): Expr => ({ kind: 'literal', type, text });

function parsePrimary(cursor: Cursor, queries: QueryParser): Expr {
  const { token } = cursor;
  if (token.kind === 'number' || token.kind === 'hex') {
    cursor.take();
    return literal(token.kind, token.text);
  }
  if (token.kind === 'string') return parseString(cursor);
  if (token.kind === 'variable') return parseVariable(cursor);
  if (cursor.is('(')) return parseParenthesis(cursor, queries);
  if (cursor.is('?')) throw notSupported('a parameter marker outside of a prepared statement');
  const constant = cursor.acceptOne('true', 'false', 'null');
  if (constant !== undefined) return literal(constant === 'null' ? 'null' : 'boolean', constant);
  if (cursor.accept('case')) return parseCase(cursor, queries);
  if (cursor.accept('exists')) return { kind: 'exists', query: cursor.parenthesized(() => queries.query(cursor)) };
  if (cursor.is('cast', '(') || cursor.is('convert', '(')) return parseCast(cursor, queries);
  if (cursor.accept('binary')) return { kind: 'call', name: 'binary', args: [unary(cursor, queries)] };
  if (cursor.is('default')) {
    cursor.take();
    return cursor.accept('(') ? { kind: 'default', column: closed(cursor, cursor.name()) } : { kind: 'default' };
  }
  if (cursor.is('interval') && cursor.peek(1).key !== '(') return parseInterval(cursor, queries);
  if (cursor.is('interval')) return parseInterval(cursor, queries);
  if (cursor.is('row', '(')) {
    cursor.take();
    return { kind: 'row', items: cursor.parenthesized(() => cursor.list(() => parseExpr(cursor, queries))) };
  }
  const bare = BARE.find((name) => cursor.is(name));
  if (bare !== undefined) {
    cursor.take();
    const args = cursor.accept('(') ? closed(cursor, cursor.token.kind === 'number' ? [literal('number', cursor.take().text)] : []) : [];
    return { kind: 'call', name: bare, args };
  }
  if (cursor.isOne('date', 'timestamp', 'time') && cursor.peek(1).kind === 'string') {
    const base = cursor.take().key === 'timestamp' ? 'datetime' : token.key;
    return { kind: 'cast', of: literal('string', cursor.string()), type: { base, args: base === 'date' ? [] : [6] } };
  }
  return parseNamed(cursor, queries);
}

function closed<T>(cursor: Cursor, value: T): T {
  cursor.expect(')');
  return value;
}

/** Strings that stand beside each other are one. */
function parseString(cursor: Cursor): Expr {
  let text = cursor.string();
  while (cursor.token.kind === 'string') text += cursor.string();
  return literal('string', text);
}

function parseVariable(cursor: Cursor): Expr {
  const { text } = cursor.take();
  if (!text.startsWith('@@')) return { kind: 'variable', scope: 'user', name: userVariable(text), text };
  const [, scope, name = ''] = /^@@(?:(\w+)\.)?(\w+)$/.exec(text) ?? [];
  return { kind: 'variable', scope: /^(global|persist)$/i.test(scope ?? '') ? 'global' : 'session', name: name.toLowerCase(), text };
}

function parseInterval(cursor: Cursor, queries: QueryParser): Expr {
  cursor.take();
  const count = parseExpr(cursor, queries);
  return { kind: 'interval', count, unit: cursor.label().toLowerCase() };
}

function parseParenthesis(cursor: Cursor, queries: QueryParser): Expr {
  return cursor.parenthesized((): Expr => {
    if (isQuery(cursor)) return { kind: 'subquery', query: queries.query(cursor) };
    const items = cursor.list(() => parseExpr(cursor, queries));
    return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'row', items };
  });
}

function parseCase(cursor: Cursor, queries: QueryParser): Expr {
  const subject = cursor.is('when') ? undefined : parseExpr(cursor, queries);
  const whens: (readonly [Expr, Expr])[] = [];
  while (cursor.accept('when')) {
    const condition = parseExpr(cursor, queries);
    cursor.expect('then');
    whens.push([condition, parseExpr(cursor, queries)]);
  }
  const otherwise = cursor.accept('else') ? parseExpr(cursor, queries) : undefined;
  cursor.expect('end');
  if (whens.length === 0) cursor.fail();
  return { kind: 'case', whens, ...(subject ? { subject } : {}), ...(otherwise ? { otherwise } : {}) };
}

const CAST_TYPES: Readonly<Record<string, SqlType>> = {
  signed: { base: 'bigint', args: [] },
  unsigned: { base: 'bigint', args: [], isUnsigned: true },
};

function castType(cursor: Cursor): SqlType {
  const word = cursor.acceptOne('signed', 'unsigned');
  if (word === undefined) return parseType(cursor);
  cursor.acceptOne('integer', 'int');
  return CAST_TYPES[word] ?? cursor.fail();
}

function parseCast(cursor: Cursor, queries: QueryParser): Expr {
  const isCast = cursor.take().key === 'cast';
  return cursor.parenthesized((): Expr => {
    const of = parseExpr(cursor, queries);
    if (isCast) cursor.expect('as');
    else if (cursor.accept('using')) {
      cursor.word();
      return of;
    } else cursor.expect(',');
    return { kind: 'cast', of, type: castType(cursor) };
  });
}

/** Keywords that are functions too. */
const CALLABLE = [
  'left',
  'right',
  'if',
  'replace',
  'insert',
  'repeat',
  'values',
  'mod',
  'char',
  'database',
  'schema',
  'row_number',
  'rank',
  'dense_rank',
  'lag',
  'lead',
];

/** A column or a call. */
function parseNamed(cursor: Cursor, queries: QueryParser): Expr {
  const { token } = cursor;
  const isCall = token.kind === 'word' && cursor.peek(1).key === '(';
  if (isCall && (cursor.isName() || CALLABLE.includes(token.key))) {
    cursor.take();
    // `_utf8mb4'…'` says only how its letters are coded.
    return parseCall(cursor, queries, token.key);
  }
  if (
    token.kind === 'word' &&
    /^_(utf8mb4|utf8mb3|utf8|latin1|binary|ascii)$/i.test(token.text) &&
    ['string', 'hex'].includes(cursor.peek(1).kind)
  ) {
    cursor.take();
    return parsePrimary(cursor, queries);
  }
  const parts = [cursor.name()];
  while (parts.length < 3 && cursor.accept('.')) parts.push(cursor.label());
  const [name = '', table, schema] = parts.toReversed();
  if (table !== undefined && cursor.is('(')) throw notSupported('stored functions');
  return { kind: 'column', name, ...(table === undefined ? {} : { table }), ...(schema === undefined ? {} : { schema }) };
}

function parseCall(cursor: Cursor, queries: QueryParser, name: string): Expr {
  cursor.expect('(');
  const isStar = name === 'count' && cursor.accept('*');
  const isDistinct = !isStar && cursor.accept('distinct');
  const args = isStar || cursor.is(')') ? [] : parseArguments(cursor, queries, name, isDistinct);
  const orderBy = parseOrderBy(cursor, queries);
  const separator = cursor.accept('separator') ? cursor.string() : undefined;
  cursor.expect(')');
  if (cursor.is('over')) throw notSupported('window functions');
  return {
    kind: 'call',
    name,
    args,
    ...(isStar ? { isStar } : {}),
    ...(isDistinct ? { isDistinct } : {}),
    ...(orderBy.length === 0 ? {} : { orderBy }),
    ...(separator === undefined ? {} : { separator }),
  };
}

/** The arguments, also in the words that SQL has for some functions. */
function parseArguments(cursor: Cursor, queries: QueryParser, name: string, isDistinct = false): readonly Expr[] {
  const expr = (): Expr => parseExpr(cursor, queries);
  if (name === 'extract') {
    const unit = literal('string', cursor.label().toLowerCase());
    cursor.expect('from');
    return [unit, expr()];
  }
  if (name === 'timestampdiff' || name === 'timestampadd') {
    const unit = literal('string', cursor.label().toLowerCase());
    cursor.expect(',');
    return [unit, ...cursor.list(expr)];
  }
  if (name === 'trim') return parseTrim(cursor, expr);
  if (name === 'position') {
    const needle = bitOr(cursor, queries);
    cursor.expect('in');
    return [needle, expr()];
  }
  const first = expr();
  if (/^substr/.test(name) && cursor.accept('from')) return [first, expr(), ...(cursor.accept('for') ? [expr()] : [])];
  // Only COUNT(DISTINCT …) counts by several values.
  if (name === 'count' && !isDistinct) return [first];
  return cursor.accept(',') ? [first, ...cursor.list(expr)] : [first];
}

function parseTrim(cursor: Cursor, expr: () => Expr): readonly Expr[] {
  const side = cursor.acceptOne('leading', 'trailing', 'both') ?? 'both';
  const first = cursor.is('from') ? literal('string', ' ') : expr();
  return cursor.accept('from') ? [expr(), first, literal('string', side)] : [first];
}
