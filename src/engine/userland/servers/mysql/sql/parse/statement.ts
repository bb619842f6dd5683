/** Statements: one text, one tree. */
import type { Assignment, Expr, Insert, Query, Statement } from '../ast.ts';
import { notSupported, plain } from '../errors.ts';
import { parseGrant, parseSetPassword } from './account.ts';
import { type Cursor, cursorOver } from './cursor.ts';
import { parseAlter, parseCreate, parseDrop, parseRename, parseTruncate } from './definition.ts';
import { parseOrderBy, userVariable } from './expression.ts';
import { expression, parseFrom, parseLimit, parseQuery, parseTableName, QUERIES } from './select.ts';
import { parseDescribe, parseShow } from './show.ts';

/** Parses one statement. */
export function parseStatement(text: string): Statement {
  const cursor = cursorOver(text);
  if (cursor.isOver) throw plain(1065, '42000', 'Query was empty');
  const statement = parseOne(cursor);
  cursor.accept(';');
  if (cursor.token.kind !== 'end') cursor.fail();
  return statement;
}

type Parse = (cursor: Cursor) => Statement;

const query: Parse = (cursor) => ({ kind: 'query', query: parseQuery(cursor) });
const accepted: Parse = (cursor) => {
  while (cursor.token.kind !== 'end') cursor.take();
  return { kind: 'accepted' };
};

const STATEMENTS: Readonly<Record<string, Parse>> = {
  select: query,
  with: query,
  values: query,
  table: query,
  '(': query,
  insert: parseInsert,
  replace: parseInsert,
  update: parseUpdate,
  delete: parseDelete,
  create: parseCreate,
  alter: parseAlter,
  drop: parseDrop,
  truncate: parseTruncate,
  rename: parseRename,
  begin: (cursor) => {
    cursor.take();
    cursor.accept('work');
    return { kind: 'transaction', verb: 'begin' };
  },
  start: parseStart,
  commit: (cursor) => ended(cursor, 'commit'),
  rollback: parseRollback,
  savepoint: (cursor) => {
    cursor.take();
    return { kind: 'transaction', verb: 'savepoint', name: cursor.name() };
  },
  release: (cursor) => {
    cursor.take();
    cursor.expect('savepoint');
    return { kind: 'transaction', verb: 'release', name: cursor.name() };
  },
  set: parseSet,
  show: parseShow,
  use: (cursor) => {
    cursor.take();
    return { kind: 'use', name: cursor.name() };
  },
  describe: parseDescribe,
  desc: parseDescribe,
  explain: parseDescribe,
  grant: parseGrant,
  revoke: parseGrant,
  flush: accepted,
  unlock: (cursor) => {
    cursor.take();
    if (cursor.acceptOne('tables', 'table') === undefined) cursor.fail();
    return { kind: 'lock', tables: [] };
  },
  lock: parseLock,
  kill: (cursor) => {
    cursor.take();
    cursor.acceptOne('connection', 'query');
    return { kind: 'kill', id: cursor.integer() };
  },
  analyze: parseTableCheck,
  check: parseTableCheck,
  optimize: parseTableCheck,
  repair: parseTableCheck,
  shutdown: (cursor) => {
    cursor.take();
    return { kind: 'shutdown' };
  },
  do: (cursor) => {
    cursor.take();
    cursor.list(() => expression(cursor));
    return { kind: 'accepted' };
  },
};
/** Real statements that this model has not. */
const ABSENT =
  'call prepare execute deallocate handler load import install uninstall change reset purge stop xa signal resignal get cache binlog help clone restart delimiter'.split(
    ' ',
  );

function parseOne(cursor: Cursor): Statement {
  const { key } = cursor.token;
  const parse = key !== '' && Object.hasOwn(STATEMENTS, key) ? STATEMENTS[key] : undefined;
  if (parse !== undefined) return parse(cursor);
  if (key !== '' && key !== 'delimiter' && ABSENT.includes(key)) throw notSupported(key.toUpperCase());
  return cursor.fail();
}

function parseStart(cursor: Cursor): Statement {
  cursor.take();
  if (cursor.isOne('replica', 'slave', 'group_replication')) throw notSupported('replication');
  cursor.expect('transaction');
  while (!cursor.isOver) cursor.take();
  return { kind: 'transaction', verb: 'begin' };
}

function ended(cursor: Cursor, verb: 'commit' | 'rollback'): Statement {
  cursor.take();
  cursor.accept('work');
  if (cursor.is('and') || cursor.is('release')) throw notSupported('COMMIT AND CHAIN');
  return { kind: 'transaction', verb };
}

function parseRollback(cursor: Cursor): Statement {
  if (cursor.peek(1).key !== 'to' && cursor.peek(2).key !== 'to') return ended(cursor, 'rollback');
  cursor.take();
  cursor.accept('work');
  cursor.expect('to');
  cursor.accept('savepoint');
  return { kind: 'transaction', verb: 'rollback to', name: cursor.name() };
}

function parseLock(cursor: Cursor): Statement {
  cursor.take();
  if (cursor.is('instance')) throw notSupported('LOCK INSTANCE');
  if (cursor.acceptOne('tables', 'table') === undefined) cursor.fail();
  const tables = cursor.list(() => {
    const table = parseTableName(cursor);
    if (cursor.accept('as') || cursor.isName()) cursor.name();
    if (cursor.acceptOne('read', 'write') === undefined) cursor.fail();
    cursor.accept('local');
    return table;
  });
  return { kind: 'lock', tables };
}

function parseTableCheck(cursor: Cursor): Statement {
  const verb = cursor.take().key;
  cursor.acceptOne('no_write_to_binlog', 'local');
  if (cursor.acceptOne('table', 'tables') === undefined) cursor.fail();
  const tables = cursor.list(() => parseTableName(cursor));
  while (!cursor.isOver) cursor.take();
  return { kind: 'table-check', verb, tables };
}

type SetItem = Extract<Statement, { kind: 'set' }>['items'][number];

function parseSet(cursor: Cursor): Statement {
  cursor.take();
  if (cursor.accept('names') || cursor.accept('character', 'set') || cursor.accept('charset')) return accepted(cursor);
  if (cursor.accept('password')) return parseSetPassword(cursor);
  if (cursor.accept('default', 'role') || cursor.accept('role')) throw notSupported('roles');
  if (cursor.is('transaction') || (cursor.isOne('session', 'global') && cursor.peek(1).key === 'transaction')) return accepted(cursor);
  return { kind: 'set', items: cursor.list(() => parseSetItem(cursor)) };
}

function parseSetItem(cursor: Cursor): SetItem {
  const { token } = cursor;
  let scope: SetItem['scope'] = 'session';
  let name: string;
  if (token.kind === 'variable') {
    cursor.take();
    const [, word, rest] = /^@@(?:(\w+)\.)?(\w+)$/.exec(token.text) ?? [];
    scope = rest === undefined ? 'user' : /^(global|persist)$/i.test(word ?? '') ? 'global' : 'session';
    name = (rest ?? userVariable(token.text)).toLowerCase();
  } else {
    const word = cursor.acceptOne('global', 'session', 'local', 'persist', 'persist_only');
    if (word === 'global' || word?.startsWith('persist')) scope = 'global';
    name = cursor.name().toLowerCase();
  }
  if (cursor.acceptOne('=', ':=') === undefined) cursor.fail();
  // `SET x = ON`: a word is a value here.
  const isWord =
    cursor.token.kind === 'word' && ['end', 'symbol'].includes(cursor.peek(1).kind) && [';', ',', ''].includes(cursor.peek(1).key);
  const value: Expr =
    isWord && !cursor.isOne('null', 'true', 'false', 'default')
      ? { kind: 'literal', type: 'string', text: cursor.take().text }
      : expression(cursor);
  return { scope, name, value };
}

function parseAssignments(cursor: Cursor): readonly Assignment[] {
  return cursor.list(() => {
    const parts = [cursor.name()];
    while (cursor.accept('.')) parts.push(cursor.label());
    const [column = '', table] = parts.toReversed();
    if (cursor.acceptOne('=', ':=') === undefined) cursor.fail();
    return { column, value: expression(cursor), ...(table === undefined ? {} : { table }) };
  });
}

function parseInsert(cursor: Cursor): Insert {
  const isReplace = cursor.take().key === 'replace';
  cursor.acceptOne('low_priority', 'delayed', 'high_priority');
  const isIgnore = cursor.accept('ignore');
  cursor.accept('into');
  const table = parseTableName(cursor);
  if (cursor.is('partition')) throw notSupported('PARTITION');
  const base = { kind: 'insert', isReplace, isIgnore, table } as const;
  if (cursor.accept('set')) {
    const set = parseAssignments(cursor);
    const values: Query = { ctes: [], orderBy: [], body: { kind: 'values', rows: [set.map(({ value }) => value)] } };
    return { ...base, columns: set.map(({ column }) => column), query: values, ...parseUpsert(cursor) };
  }
  const hasColumns = cursor.is('(') && !['select', 'with', 'values', '('].includes(cursor.peek(1).key);
  const columns = hasColumns ? cursor.parenthesized(() => (cursor.is(')') ? [] : cursor.list(() => cursor.name()))) : undefined;
  return { ...base, ...(columns ? { columns } : {}), query: parseSource(cursor), ...parseUpsert(cursor) };
}

function parseSource(cursor: Cursor): Query {
  const isValues = cursor.isOne('values', 'value') && cursor.peek(1).key === '(';
  if (!isValues) return parseQuery(cursor);
  cursor.take();
  const rows = cursor.list(() => cursor.parenthesized(() => (cursor.is(')') ? [] : cursor.list(() => expression(cursor)))));
  return { ctes: [], orderBy: [], body: { kind: 'values', rows } };
}

function parseUpsert(cursor: Cursor): Pick<Insert, 'alias' | 'update'> {
  const alias = cursor.accept('as') ? { alias: cursor.name() } : {};
  if (!cursor.accept('on', 'duplicate', 'key', 'update')) return alias;
  return { ...alias, update: parseAssignments(cursor) };
}

function parseUpdate(cursor: Cursor): Statement {
  cursor.take();
  cursor.accept('low_priority');
  const isIgnore = cursor.accept('ignore');
  const from = parseFrom(cursor);
  cursor.expect('set');
  const set = parseAssignments(cursor);
  const where = cursor.accept('where') ? { where: expression(cursor) } : {};
  const orderBy = parseOrderBy(cursor, QUERIES);
  const { limit } = parseLimit(cursor);
  return { kind: 'update', from, set, isIgnore, ...where, orderBy, ...(limit ? { limit } : {}) };
}

function parseDelete(cursor: Cursor): Statement {
  cursor.take();
  while (cursor.acceptOne('low_priority', 'quick', 'ignore') !== undefined);
  const target = (): string => {
    const { name } = parseTableName(cursor);
    if (cursor.accept('.')) cursor.expect('*');
    return name;
  };
  // `DELETE t FROM …`, `DELETE FROM t USING …`, `DELETE FROM t …`.
  const first = cursor.is('from') ? [] : cursor.list(target);
  cursor.expect('from');
  let from = parseFrom(cursor);
  let targets = first;
  if (cursor.accept('using')) {
    targets = from.kind === 'table' ? [from.alias ?? from.table.name] : cursor.fail();
    from = parseFrom(cursor);
  }
  const where = cursor.accept('where') ? { where: expression(cursor) } : {};
  const orderBy = parseOrderBy(cursor, QUERIES);
  const { limit } = parseLimit(cursor);
  return { kind: 'delete', targets, from, ...where, orderBy, ...(limit ? { limit } : {}) };
}

/** An expression by itself: a kept default or condition. */
export function parseExpressionText(text: string): Expr {
  const cursor = cursorOver(text);
  const expr = expression(cursor);
  if (cursor.token.kind !== 'end') cursor.fail();
  return expr;
}

/** A query by itself: a kept view. */
export const parseQueryText = (text: string): Query => parseQuery(cursorOver(text));
