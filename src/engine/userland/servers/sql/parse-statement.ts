/** Statements: a script is cut into them, each with its own text. */
import type { Assignment, Expr, Insert, Query, SelectItem, Statement } from './ast.ts';
import { type Cursor, cursorOver } from './cursor.ts';
import { notSupported } from './errors.ts';
import { parseAlter, parseCreate, parseDrop, parseTruncate } from './parse-definition.ts';
import { expression, parseFrom, parseItem, parseQuery, parseTable } from './parse-select.ts';
import { type Token, tokenize } from './tokens.ts';

/** A statement of a script: where it begins, its tokens, its text. */
export interface Piece {
  readonly from: number;
  readonly text: string;
}

/** Cuts a script at its semicolons; what is left after the last one has `isOpen`. */
export function cutStatements(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from: number | null = null;
  for (const token of tokenize(text)) {
    const isEnd = token.kind === 'end' || (token.kind === 'symbol' && token.text === ';');
    if (!isEnd) from ??= token.at;
    else if (from !== null) {
      pieces.push({ from, text: text.slice(from, token.at) });
      from = null;
    }
  }
  return pieces;
}

/** Parses one statement; positions in errors count from its beginning. */
export function parseStatement(text: string): Statement {
  const tokens: readonly Token[] = tokenize(text);
  const cursor = cursorOver(text, tokens);
  const statement = parseOne(cursor);
  if (cursor.token.kind !== 'end') cursor.fail();
  return statement;
}

type Parse = (cursor: Cursor) => Statement;

const STATEMENTS: Readonly<Record<string, Parse>> = {
  select: (cursor) => ({ kind: 'query', query: parseQuery(cursor) }),
  with: (cursor) => ({ kind: 'query', query: parseQuery(cursor) }),
  values: (cursor) => ({ kind: 'query', query: parseQuery(cursor) }),
  table: (cursor) => ({ kind: 'query', query: parseQuery(cursor) }),
  '(': (cursor) => ({ kind: 'query', query: parseQuery(cursor) }),
  insert: parseInsert,
  update: parseUpdate,
  delete: parseDelete,
  create: parseCreate,
  alter: parseAlter,
  drop: parseDrop,
  truncate: parseTruncate,
  begin: (cursor) => transaction(cursor, 'begin', 'BEGIN'),
  start: (cursor) => transaction(cursor, 'begin', 'START TRANSACTION'),
  commit: (cursor) => transaction(cursor, 'commit', 'COMMIT'),
  end: (cursor) => transaction(cursor, 'commit', 'COMMIT'),
  abort: (cursor) => transaction(cursor, 'rollback', 'ROLLBACK'),
  rollback: parseRollback,
  savepoint: (cursor) => ({ kind: 'transaction', verb: 'savepoint', name: afterWord(cursor).name(), tag: 'SAVEPOINT' }),
  release: (cursor) => {
    afterWord(cursor).accept('savepoint');
    return { kind: 'transaction', verb: 'release', name: cursor.name(), tag: 'RELEASE' };
  },
  set: parseSet,
  reset: (cursor) => ({ kind: 'set', name: afterWord(cursor).label(), value: null }),
  show: parseShow,
  use: (cursor) => ({ kind: 'use', name: afterWord(cursor).name() }),
  describe: (cursor) => ({ kind: 'describe', table: parseTable(afterWord(cursor)) }),
  desc: (cursor) => ({ kind: 'describe', table: parseTable(afterWord(cursor)) }),
  grant: (cursor) => accepted(cursor, 'GRANT'),
  revoke: (cursor) => accepted(cursor, 'REVOKE'),
  comment: (cursor) => accepted(cursor, 'COMMENT'),
  analyze: (cursor) => accepted(cursor, 'ANALYZE'),
  vacuum: (cursor) => accepted(cursor, 'VACUUM'),
  checkpoint: (cursor) => accepted(cursor, 'CHECKPOINT'),
  flush: (cursor) => accepted(cursor, 'FLUSH'),
};
/** Real statements that this model has not. */
const ABSENT =
  'explain copy lock listen notify unlisten prepare execute deallocate declare fetch close move do call merge cluster reindex load refresh security'.split(
    ' ',
  );

function parseOne(cursor: Cursor): Statement {
  const { text, kind, at } = cursor.token;
  const parse = kind === 'word' || kind === 'symbol' ? (Object.hasOwn(STATEMENTS, text) ? STATEMENTS[text] : undefined) : undefined;
  if (parse !== undefined) return parse(cursor);
  if (kind === 'word' && ABSENT.includes(text)) throw notSupported(text.toUpperCase(), at);
  return cursor.fail();
}

function afterWord(cursor: Cursor): Cursor {
  cursor.take();
  return cursor;
}

function accepted(cursor: Cursor, tag: string): Statement {
  while (cursor.token.kind !== 'end') cursor.take();
  return { kind: 'accepted', tag };
}

function transaction(cursor: Cursor, verb: 'begin' | 'commit' | 'rollback', tag: string): Statement {
  cursor.take();
  while (cursor.token.kind === 'word') cursor.take();
  return { kind: 'transaction', verb, tag };
}

function parseRollback(cursor: Cursor): Statement {
  cursor.take();
  cursor.acceptOne('work', 'transaction');
  if (!cursor.accept('to')) return { kind: 'transaction', verb: 'rollback', tag: 'ROLLBACK' };
  cursor.accept('savepoint');
  return { kind: 'transaction', verb: 'rollback to', name: cursor.name(), tag: 'ROLLBACK' };
}

function parseSet(cursor: Cursor): Statement {
  cursor.take();
  cursor.acceptOne('session', 'local', 'global');
  if (cursor.accept('transaction') || cursor.accept('names') || cursor.accept('characteristics')) return accepted(cursor, 'SET');
  if (cursor.accept('time', 'zone')) {
    const value = cursor.take().text;
    return { kind: 'set', name: 'timezone', value };
  }
  let name = cursor.label();
  while (cursor.accept('.')) name += `.${cursor.label()}`;
  if (!cursor.accept('to') && !cursor.accept('=')) cursor.fail();
  const words: string[] = [];
  while (cursor.token.kind !== 'end') words.push(cursor.take().text);
  return { kind: 'set', name, value: words.length === 1 && words[0] === 'default' ? null : words.join(' ').replaceAll(' ,', ',') };
}

function parseShow(cursor: Cursor): Statement {
  cursor.take();
  if (cursor.accept('time', 'zone')) return { kind: 'show', name: 'timezone', rest: [] };
  if (cursor.accept('transaction', 'isolation', 'level')) return { kind: 'show', name: 'transaction_isolation', rest: [] };
  const name = cursor.label();
  const rest: string[] = [];
  while (cursor.token.kind !== 'end') rest.push(cursor.take().text);
  return { kind: 'show', name, rest };
}

function parseReturning(cursor: Cursor): { returning?: readonly SelectItem[] } {
  return cursor.accept('returning') ? { returning: cursor.list(() => parseItem(cursor)) } : {};
}

export function parseAssignments(cursor: Cursor): readonly Assignment[] {
  return cursor.list(() => {
    const { at } = cursor.token;
    if (cursor.is('(')) throw notSupported('SET of several columns at once', at);
    let column = cursor.name();
    if (cursor.accept('.')) column = cursor.label();
    cursor.expect('=');
    return { column, value: expression(cursor), at };
  });
}

function parseInsert(cursor: Cursor): Insert {
  cursor.take();
  const ignore = cursor.accept('ignore');
  cursor.expect('into');
  const plain = parseTable(cursor);
  const table = cursor.accept('as') ? { ...plain, alias: cursor.name() } : plain;
  const hasColumns = cursor.is('(') && !['select', 'with', 'values'].includes(cursor.peek(1).text);
  const columns = hasColumns ? cursor.names() : undefined;
  if (cursor.is('overriding')) throw notSupported('OVERRIDING', cursor.token.at);
  const query = cursor.accept('default', 'values') ? undefined : parseQuery(cursor);
  const conflict = ignore ? { conflict: {} } : parseConflict(cursor);
  return { kind: 'insert', table, ...(columns ? { columns } : {}), ...(query ? { query } : {}), ...conflict, ...parseReturning(cursor) };
}

function parseConflict(cursor: Cursor): Pick<Insert, 'conflict'> {
  if (cursor.accept('on', 'duplicate', 'key', 'update')) return { conflict: { set: parseAssignments(cursor) } };
  if (!cursor.accept('on', 'conflict')) return {};
  if (cursor.is('on', 'constraint')) throw notSupported('ON CONFLICT ON CONSTRAINT', cursor.token.at);
  const columns = cursor.is('(') ? { columns: cursor.names() } : {};
  cursor.expect('do');
  if (cursor.accept('nothing')) return { conflict: columns };
  cursor.expect('update', 'set');
  const set = parseAssignments(cursor);
  return { conflict: { ...columns, set, ...(cursor.accept('where') ? { where: expression(cursor) } : {}) } };
}

function parseUpdate(cursor: Cursor): Statement {
  cursor.take();
  const plain = parseTable(cursor);
  const alias = cursor.accept('as') ? cursor.name() : cursor.isName() ? cursor.name() : undefined;
  cursor.expect('set');
  const set = parseAssignments(cursor);
  const from = cursor.accept('from') ? { from: parseFrom(cursor) } : {};
  const where = cursor.accept('where') ? { where: expression(cursor) } : {};
  return { kind: 'update', table: alias === undefined ? plain : { ...plain, alias }, set, ...from, ...where, ...parseReturning(cursor) };
}

function parseDelete(cursor: Cursor): Statement {
  cursor.take();
  cursor.expect('from');
  const plain = parseTable(cursor);
  const alias = cursor.accept('as') ? cursor.name() : cursor.isName() ? cursor.name() : undefined;
  const using = cursor.accept('using') ? { using: parseFrom(cursor) } : {};
  const where = cursor.accept('where') ? { where: expression(cursor) } : {};
  return { kind: 'delete', table: alias === undefined ? plain : { ...plain, alias }, ...using, ...where, ...parseReturning(cursor) };
}

/** An expression by itself: a kept default or condition. */
export function parseExpressionText(text: string): Expr {
  const cursor = cursorOver(text);
  const expr = expression(cursor);
  if (cursor.token.kind !== 'end') cursor.fail();
  return expr;
}

/** A query by itself: a kept view. */
export function parseQueryText(text: string): Query {
  const cursor = cursorOver(text);
  return parseQuery(cursor);
}
