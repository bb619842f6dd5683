/** SHOW and DESCRIBE. */
import type { Statement, TableName } from '../ast.ts';
import { notSupported } from '../errors.ts';
import { parseAccount } from './account.ts';
import type { Cursor } from './cursor.ts';
import { expression, parseTableName } from './select.ts';

type Show = Extract<Statement, { kind: 'show' }>;

const PLAIN = [
  'engines',
  'plugins',
  'privileges',
  'charset',
  'collation',
  'processlist',
  'warnings',
  'errors',
  'databases',
  'schemas',
  'variables',
  'status',
];
const ABSENT = [
  'replica',
  'replicas',
  'binary',
  'master',
  'slave',
  'events',
  'function',
  'procedure',
  'profile',
  'profiles',
  'relaylog',
  'open',
  'triggers',
  'engine',
];

function filter(cursor: Cursor): Pick<Show, 'like' | 'where'> {
  if (cursor.accept('like')) return { like: cursor.string() };
  return cursor.accept('where') ? { where: expression(cursor) } : {};
}

function inSchema(cursor: Cursor): { schema?: string } {
  return cursor.acceptOne('from', 'in') === undefined ? {} : { schema: cursor.name() };
}

function ofTable(cursor: Cursor): { table: TableName } {
  if (cursor.acceptOne('from', 'in') === undefined) cursor.fail();
  const table = parseTableName(cursor);
  const { schema = table.schema } = inSchema(cursor);
  return { table: { ...table, ...(schema === undefined ? {} : { schema }) } };
}

export function parseShow(cursor: Cursor): Statement {
  cursor.take();
  const isFull = cursor.accept('full');
  const isGlobal = cursor.acceptOne('global', 'session', 'local') === 'global';
  const show = (what: string, more: Partial<Show> = {}): Statement => ({ kind: 'show', what, isFull, isGlobal, ...more });
  if (cursor.accept('create')) return parseShowCreate(cursor, show);
  if (cursor.accept('tables')) return show('tables', { ...inSchema(cursor), ...filter(cursor) });
  if (cursor.accept('table', 'status')) return show('table status', { ...inSchema(cursor), ...filter(cursor) });
  if (cursor.acceptOne('columns', 'fields') !== undefined) return show('columns', { ...ofTable(cursor), ...filter(cursor) });
  if (cursor.acceptOne('index', 'indexes', 'keys') !== undefined) return show('index', { ...ofTable(cursor), ...filter(cursor) });
  if (cursor.accept('character', 'set')) return show('charset', filter(cursor));
  if (cursor.accept('storage', 'engines')) return show('engines');
  if (cursor.accept('grants')) {
    if (!cursor.accept('for')) return show('grants');
    if (cursor.accept('current_user')) {
      if (cursor.accept('(')) cursor.expect(')');
      return show('grants');
    }
    return show('grants', { account: parseAccount(cursor) });
  }
  if (cursor.is('count', '(', '*', ')')) {
    cursor.accept('count', '(', '*', ')');
    return show(`count ${cursor.acceptOne('warnings', 'errors') ?? cursor.fail()}`);
  }
  const word = PLAIN.find((one) => cursor.is(one));
  if (word !== undefined) {
    cursor.take();
    if (word === 'warnings' || word === 'errors') while (!cursor.isOver) cursor.take();
    return show(word === 'schemas' ? 'databases' : word, filter(cursor));
  }
  if (cursor.isOne(...ABSENT)) throw notSupported(`SHOW ${cursor.token.text.toUpperCase()}`);
  return cursor.fail();
}

function parseShowCreate(cursor: Cursor, show: (what: string, more?: Partial<Show>) => Statement): Statement {
  if (cursor.accept('table')) return show('create table', { table: parseTableName(cursor) });
  if (cursor.accept('view')) return show('create view', { table: parseTableName(cursor) });
  if (cursor.acceptOne('database', 'schema') !== undefined) {
    cursor.accept('if', 'not', 'exists');
    return show('create database', { schema: cursor.name() });
  }
  if (cursor.accept('user')) return show('create user', { account: parseAccount(cursor) });
  throw notSupported(`SHOW CREATE ${cursor.token.text.toUpperCase()}`);
}

/** DESCRIBE t, DESCRIBE t column. */
export function parseDescribe(cursor: Cursor): Statement {
  cursor.take();
  if (cursor.isOne('select', 'insert', 'update', 'delete', 'with', 'analyze', 'format', 'for', 'table')) throw notSupported('EXPLAIN');
  const table = parseTableName(cursor);
  const column = cursor.isOver ? undefined : cursor.word();
  return { kind: 'show', what: 'columns', table, ...(column === undefined ? {} : { like: column }) };
}
