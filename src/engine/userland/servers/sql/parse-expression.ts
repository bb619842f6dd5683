/** Expressions: operators by precedence, as PostgreSQL has them. */
import type { Expr, OrderItem, Query, TypeName } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { notSupported } from './errors.ts';

/** Set by parse-select: the two need each other. */
export interface QueryParser {
  query(cursor: Cursor): Query;
}

const MULTI_WORD_TYPES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  double: [['precision']],
  character: [['varying']],
  timestamp: [
    ['with', 'time', 'zone'],
    ['without', 'time', 'zone'],
  ],
  time: [
    ['with', 'time', 'zone'],
    ['without', 'time', 'zone'],
  ],
  bit: [['varying']],
};

/** `varchar(20)`, `numeric(10, 2)`, `timestamp with time zone`, `int[]`. */
export function parseType(cursor: Cursor): TypeName {
  const { at } = cursor.token;
  if (cursor.is('pg_catalog', '.')) cursor.accept('pg_catalog', '.');
  let name = cursor.token.kind === 'quoted' ? cursor.take().text : cursor.label();
  const numbers = (): readonly number[] => (cursor.is('(') ? cursor.parenthesized(() => cursor.list(() => cursor.integer())) : []);
  let args = numbers();
  const rest = MULTI_WORD_TYPES[name]?.find((words) => cursor.accept(...words));
  if (rest !== undefined) name = rest[0] === 'without' ? name : `${name} ${rest.join(' ')}`;
  if (args.length === 0) args = numbers();
  const isArray = cursor.accept('[', ']') || cursor.accept('array');
  return { name, arguments: args, isArray, at };
}

export function parseOrderBy(cursor: Cursor, queries: QueryParser): readonly OrderItem[] {
  if (!cursor.accept('order', 'by')) return [];
  return cursor.list(() => {
    const expr = parseExpr(cursor, queries);
    const descending = cursor.acceptOne('asc', 'desc') === 'desc';
    const nulls = cursor.accept('nulls') ? (cursor.acceptOne('first', 'last') ?? cursor.fail()) : undefined;
    return { expr, descending, nulls };
  });
}

const COMPARISONS = ['<', '>', '=', '<=', '>=', '<>', '!='] as const;
const OTHERS = ['||', '->', '->>', '#>', '#>>', '@>', '<@', '~', '~*', '!~', '!~*'] as const;

type Level = (cursor: Cursor, queries: QueryParser) => Expr;

const leftward = (operators: readonly string[], next: Level): Level =>
  function level(cursor, queries) {
    let left = next(cursor, queries);
    for (;;) {
      const { at } = cursor.token;
      const op = cursor.acceptOne(...operators);
      if (op === undefined) return left;
      left = { kind: 'binary', op, left, right: next(cursor, queries), at };
    }
  };

const power: Level = leftward(['^'], (cursor, queries) => parsePostfix(cursor, queries));
const unary: Level = (cursor, queries) => {
  const { at } = cursor.token;
  const op = cursor.acceptOne('-', '+');
  return op === undefined ? power(cursor, queries) : { kind: 'unary', op, of: cursor.nested(() => unary(cursor, queries)), at };
};
const product: Level = leftward(['*', '/', '%'], unary);
const additive: Level = leftward(['+', '-'], product);
const other: Level = leftward(OTHERS, additive);

/** LIKE, BETWEEN, IN: between other operators and comparisons. */
const membership: Level = (cursor, queries) => {
  const left = other(cursor, queries);
  const { at } = cursor.token;
  const not =
    cursor.is('not') &&
    ['like', 'ilike', 'in', 'between', 'similar', 'regexp', 'rlike'].includes(cursor.peek(1).text) &&
    cursor.accept('not');
  const negated = (expr: Expr): Expr => (not ? { kind: 'unary', op: 'not', of: expr, at } : expr);
  const word = cursor.acceptOne('like', 'ilike', 'regexp', 'rlike');
  if (word !== undefined) {
    const right = other(cursor, queries);
    if (cursor.accept('escape')) throw notSupported('LIKE … ESCAPE', at);
    return negated({ kind: 'binary', op: word === 'rlike' ? 'regexp' : word, left, right, at });
  }
  if (cursor.accept('between')) {
    cursor.accept('symmetric');
    const low = other(cursor, queries);
    cursor.expect('and');
    const high = other(cursor, queries);
    const compare = (op: string, right: Expr): Expr => ({ kind: 'binary', op, left, right, at });
    return negated({ kind: 'binary', op: 'and', left: compare('>=', low), right: compare('<=', high), at });
  }
  if (cursor.accept('in')) {
    const list = cursor.parenthesized(() =>
      cursor.is('select') || cursor.is('with') || cursor.is('values')
        ? queries.query(cursor)
        : cursor.list(() => parseExpr(cursor, queries)),
    );
    return { kind: 'in', of: left, list, not, at };
  }
  return left;
};

const comparison: Level = (cursor, queries) => {
  let left = membership(cursor, queries);
  for (;;) {
    const { at } = cursor.token;
    const op = cursor.acceptOne(...COMPARISONS);
    if (op === undefined) return left;
    const quantifier = cursor.acceptOne('any', 'some', 'all');
    if (quantifier !== undefined) {
      const inner = cursor.parenthesized(() => (cursor.is('select') ? queries.query(cursor) : null));
      if (inner === null || (quantifier === 'all' ? op !== '<>' && op !== '!=' : op !== '='))
        throw notSupported(`${op} ${quantifier.toUpperCase()}`, at);
      return { kind: 'in', of: left, list: inner, not: quantifier === 'all', at };
    }
    left = { kind: 'binary', op: op === '!=' ? '<>' : op, left, right: membership(cursor, queries), at };
  }
};

const isTest: Level = (cursor, queries) => {
  let left = comparison(cursor, queries);
  for (;;) {
    const { at } = cursor.token;
    if (cursor.accept('isnull')) left = { kind: 'is', of: left, what: 'null', not: false, at };
    else if (cursor.accept('notnull')) left = { kind: 'is', of: left, what: 'null', not: true, at };
    else if (cursor.accept('is')) {
      const not = cursor.accept('not');
      if (cursor.accept('distinct', 'from')) {
        const right = comparison(cursor, queries);
        left = { kind: 'binary', op: not ? 'is not distinct' : 'is distinct', left, right, at };
      } else {
        const what = cursor.acceptOne('null', 'true', 'false', 'unknown') ?? cursor.fail();
        left = { kind: 'is', of: left, what: what === 'unknown' ? 'null' : what, not, at };
      }
    } else return left;
  }
};

const negation: Level = (cursor, queries) => {
  const { at } = cursor.token;
  if (cursor.accept('not')) return { kind: 'unary', op: 'not', of: cursor.nested(() => negation(cursor, queries)), at };
  return isTest(cursor, queries);
};
const conjunction: Level = leftward(['and'], negation);
const disjunction: Level = leftward(['or'], conjunction);

export function parseExpr(cursor: Cursor, queries: QueryParser): Expr {
  return cursor.nested(() => disjunction(cursor, queries));
}

/** `x::type`, `x[1]`, `x COLLATE …` */
function parsePostfix(cursor: Cursor, queries: QueryParser): Expr {
  let expr = parsePrimary(cursor, queries);
  for (;;) {
    const { at } = cursor.token;
    if (cursor.accept('::')) expr = { kind: 'cast', of: expr, type: parseType(cursor), at };
    else if (cursor.accept('collate')) cursor.label();
    else if (cursor.is('[')) throw notSupported('an array subscript', at);
    else if (cursor.is('at', 'time', 'zone')) {
      cursor.accept('at', 'time', 'zone');
      parsePrimary(cursor, queries);
    } else return expr;
  }
}

const BARE_CALLS = [
  'current_timestamp',
  'current_date',
  'current_time',
  'localtimestamp',
  'localtime',
  'current_user',
  'session_user',
  'user',
  'current_catalog',
  'current_role',
] as const;

const call = (name: string, args: readonly Expr[], at: number): Expr => ({
  kind: 'call',
  name,
  args,
  isStar: false,
  isDistinct: false,
  orderBy: [],
  at,
});

function parsePrimary(cursor: Cursor, queries: QueryParser): Expr {
  const { token } = cursor;
  const { at } = token;
  if (token.kind === 'number' || token.kind === 'string') {
    cursor.take();
    return { kind: 'literal', type: token.kind, text: token.text, at };
  }
  if (cursor.is('(')) return parseParenthesis(cursor, queries);
  if (cursor.is('$') || cursor.is('?')) throw notSupported('a parameter', at);
  const constant = cursor.acceptOne('true', 'false', 'null');
  if (constant !== undefined) return { kind: 'literal', type: constant === 'null' ? 'null' : 'boolean', text: constant, at };
  if (cursor.accept('case')) return parseCase(cursor, queries, at);
  if (cursor.accept('exists')) return { kind: 'exists', query: cursor.parenthesized(() => queries.query(cursor)), at };
  if (cursor.accept('cast')) return parseCast(cursor, queries, at);
  if (cursor.is('array')) throw notSupported('an array', at);
  if (cursor.is('default')) {
    cursor.take();
    return { kind: 'default', at };
  }
  const bare = BARE_CALLS.find((name) => cursor.is(name));
  if (bare !== undefined) {
    cursor.take();
    if (cursor.accept('(')) {
      if (cursor.token.kind === 'number') cursor.take();
      cursor.expect(')');
    }
    return call(bare, [], at);
  }
  if (cursor.is('interval') && cursor.peek(1).kind === 'string') return typedLiteral(cursor, at);
  if (['date', 'timestamp', 'time', 'timestamptz'].includes(token.text) && token.kind === 'word' && cursor.peek(1).kind === 'string')
    return typedLiteral(cursor, at);
  return parseNamed(cursor, queries);
}

function typedLiteral(cursor: Cursor, at: number): Expr {
  const name = cursor.take().text;
  const literal: Expr = { kind: 'literal', type: 'string', text: cursor.string(), at };
  return { kind: 'cast', of: literal, type: { name, arguments: [], isArray: false, at }, at };
}

function parseParenthesis(cursor: Cursor, queries: QueryParser): Expr {
  const { at } = cursor.token;
  return cursor.parenthesized((): Expr => {
    if (cursor.is('select') || cursor.is('with') || cursor.is('values')) return { kind: 'subquery', query: queries.query(cursor), at };
    const expr = parseExpr(cursor, queries);
    if (cursor.is(',')) throw notSupported('a row value', at);
    return expr;
  });
}

function parseCase(cursor: Cursor, queries: QueryParser, at: number): Expr {
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
  return { kind: 'case', whens, at, ...(subject ? { subject } : {}), ...(otherwise ? { otherwise } : {}) };
}

function parseCast(cursor: Cursor, queries: QueryParser, at: number): Expr {
  return cursor.parenthesized((): Expr => {
    const of = parseExpr(cursor, queries);
    cursor.expect('as');
    return { kind: 'cast', of, type: parseType(cursor), at };
  });
}

/** A column or a call. */
function parseNamed(cursor: Cursor, queries: QueryParser): Expr {
  const { at } = cursor.token;
  const isCall = cursor.token.kind === 'word' && cursor.peek(1).text === '(' && cursor.peek(1).kind === 'symbol';
  // `left(…)`, `replace(…)`: names of functions may be reserved words.
  if (isCall && !cursor.isName() && !['left', 'right', 'any', 'all', 'values', 'user'].includes(cursor.token.text)) cursor.fail();
  const first = isCall ? cursor.label() : cursor.name();
  if (isCall) return parseCall(cursor, queries, { name: first, at });
  if (!cursor.is('.')) return { kind: 'column', name: first, at };
  const parts = [first];
  while (cursor.accept('.')) {
    if (cursor.is('*')) cursor.fail();
    parts.push(cursor.label());
  }
  if (cursor.is('(')) return parseCall(cursor, queries, { name: parts.at(-1) ?? '', at });
  const [name = '', table = ''] = parts.toReversed();
  return { kind: 'column', table, name, at };
}

function parseCall(cursor: Cursor, queries: QueryParser, { name, at }: { name: string; at: number }): Expr {
  cursor.expect('(');
  const isStar = cursor.accept('*');
  const isDistinct = !isStar && cursor.accept('distinct');
  if (!isStar) cursor.accept('all');
  const args = isStar || cursor.is(')') ? [] : parseArguments(cursor, queries, name);
  const orderBy = parseOrderBy(cursor, queries);
  cursor.expect(')');
  const filter = cursor.accept('filter', '(') ? parseFilter(cursor, queries) : undefined;
  if (cursor.is('over')) throw notSupported('a window function', cursor.token.at);
  return { kind: 'call', name, args, isStar, isDistinct, orderBy, at, ...(filter ? { filter } : {}) };
}

function parseFilter(cursor: Cursor, queries: QueryParser): Expr {
  cursor.expect('where');
  const condition = parseExpr(cursor, queries);
  cursor.expect(')');
  return condition;
}

/** The arguments, also in the words that SQL has for some functions. */
function parseArguments(cursor: Cursor, queries: QueryParser, name: string): readonly Expr[] {
  const expr = (): Expr => parseExpr(cursor, queries);
  const text = (value: string): Expr => ({ kind: 'literal', type: 'string', text: value, at: cursor.token.at });
  if (name === 'extract') {
    const field = cursor.token.kind === 'string' ? cursor.string() : cursor.label();
    cursor.expect('from');
    return [text(field), expr()];
  }
  if (name === 'trim') {
    const side = cursor.acceptOne('leading', 'trailing', 'both') ?? 'both';
    const first = cursor.is('from') ? undefined : expr();
    if (!cursor.accept('from')) return [first ?? cursor.fail(), ...(cursor.accept(',') ? [expr()] : []), text(side)];
    return [expr(), first ?? text(' '), text(side)];
  }
  if (name === 'position') {
    const needle = parseSimple(cursor, queries);
    cursor.expect('in');
    return [expr(), needle];
  }
  const first = expr();
  if ((name === 'substring' || name === 'substr') && (cursor.is('from') || cursor.is('for'))) {
    const from = cursor.accept('from') ? expr() : ({ kind: 'literal', type: 'number', text: '1', at: cursor.token.at } as const);
    return [first, from, ...(cursor.accept('for') ? [expr()] : [])];
  }
  if (name === 'group_concat' && cursor.accept('separator')) return [first, text(cursor.string())];
  return cursor.accept(',') ? [first, ...cursor.list(expr)] : [first];
}

/** Without IN, which stands after it. */
const parseSimple = (cursor: Cursor, queries: QueryParser): Expr => other(cursor, queries);
