/** Statements that define: CREATE, ALTER, DROP, TRUNCATE, RENAME. */
import type { AlterAction, ColumnNode, ColumnPlace, KeyNode, Reference, ReferenceAction, Statement, TableName, WithText } from '../ast.ts';
import { notSupported } from '../errors.ts';
import { parseAlterUser, parseCreateUser, parseDropUser, parseRenameUser } from './account.ts';
import type { Cursor } from './cursor.ts';
import { expression, parseQuery, parseTableName } from './select.ts';
import { parseType } from './type.ts';

const ifExists = (cursor: Cursor): boolean => cursor.accept('if', 'exists');
const ifNotExists = (cursor: Cursor): boolean => cursor.accept('if', 'not', 'exists');

/** Real things that one can create and this model has not. */
const ABSENT = [
  'procedure',
  'function',
  'trigger',
  'event',
  'server',
  'tablespace',
  'role',
  'temporary',
  'spatial',
  'fulltext',
  'logfile',
  'undo',
  'resource',
];

export function parseCreate(cursor: Cursor): Statement {
  cursor.take();
  const orReplace = cursor.accept('or', 'replace');
  while (cursor.acceptOne('algorithm', 'sql') !== undefined) {
    cursor.accept('security');
    cursor.accept('=');
    cursor.label();
  }
  if (cursor.accept('definer', '=')) {
    cursor.take();
    if (cursor.token.kind === 'variable') cursor.take();
    if (cursor.accept('sql', 'security')) cursor.label();
  }
  if (cursor.isOne(...ABSENT)) throw notSupported(`CREATE ${cursor.token.text.toUpperCase()}`);
  if (cursor.accept('table')) return createTable(cursor);
  if (cursor.accept('view')) return createView(cursor, orReplace);
  if (cursor.isOne('unique', 'index')) return createIndex(cursor);
  if (cursor.acceptOne('database', 'schema') !== undefined) {
    const isLenient = ifNotExists(cursor);
    return { kind: 'create-database', name: cursor.name(), isLenient, options: parseOptions(cursor) };
  }
  if (cursor.accept('user')) return parseCreateUser(cursor);
  return cursor.fail();
}

function createView(cursor: Cursor, orReplace: boolean): Statement {
  const table = parseTableName(cursor);
  const columns = cursor.is('(') ? cursor.names() : undefined;
  cursor.expect('as');
  const from = cursor.token.at;
  const query = parseQuery(cursor);
  const text = cursor.text.slice(from, cursor.lastEnd);
  return { kind: 'create-view', table, query, text, orReplace, ...(columns ? { columns } : {}) };
}

function createIndex(cursor: Cursor): Statement {
  const isUnique = cursor.accept('unique');
  cursor.expect('index');
  const name = cursor.name();
  if (cursor.accept('using')) cursor.label();
  cursor.expect('on');
  const table = parseTableName(cursor);
  const columns = keyColumns(cursor);
  parseIndexOptions(cursor);
  return { kind: 'alter-table', table, actions: [{ kind: 'add-key', key: { kind: isUnique ? 'unique' : 'index', name, columns } }] };
}

function parseIndexOptions(cursor: Cursor): void {
  while (cursor.isOne('using', 'comment', 'visible', 'invisible', 'key_block_size')) {
    const word = cursor.take().key;
    cursor.accept('=');
    if (word !== 'visible' && word !== 'invisible') cursor.take();
  }
}

/** `(a, b(10), c DESC)`: the names. */
function keyColumns(cursor: Cursor): readonly string[] {
  return cursor.parenthesized(() =>
    cursor.list(() => {
      if (cursor.is('(')) throw notSupported('an index on an expression');
      const name = cursor.name();
      if (cursor.is('(')) cursor.parenthesized(() => cursor.integer());
      cursor.acceptOne('asc', 'desc');
      return name;
    }),
  );
}

function createTable(cursor: Cursor): Statement {
  const isLenient = ifNotExists(cursor);
  const table = parseTableName(cursor);
  const bare = { kind: 'create-table', table, isLenient, columns: [], keys: [], options: new Map<string, string>() } as const;
  if (cursor.accept('like')) return { ...bare, like: parseTableName(cursor) };
  if (cursor.is('(', 'like')) {
    return cursor.parenthesized(() => {
      cursor.expect('like');
      return { ...bare, like: parseTableName(cursor) };
    });
  }
  const columns: ColumnNode[] = [];
  const keys: KeyNode[] = [];
  if (cursor.is('(') && cursor.peek(1).key !== 'select')
    cursor.parenthesized(() =>
      cursor.list(() => {
        const key = parseKey(cursor);
        if (key === undefined) columns.push(parseColumn(cursor));
        else keys.push(key);
      }),
    );
  const options = parseOptions(cursor);
  if (cursor.is('partition')) throw notSupported('PARTITION BY');
  cursor.accept('as');
  if (cursor.isOne('select', 'with', '(', 'table', 'values')) return { ...bare, columns, keys, options, query: parseQuery(cursor) };
  if (columns.length === 0) cursor.fail();
  return { ...bare, columns, keys, options };
}

/** `ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='…'`: in lower case, `charset` and `collate` under these names. */
export function parseOptions(cursor: Cursor): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  while (!cursor.isOver && !cursor.isOne('as', 'select', 'with', '(', 'partition', ')')) {
    cursor.accept(',');
    cursor.accept('default');
    const name = cursor.accept('character', 'set') ? 'charset' : cursor.label().toLowerCase();
    cursor.accept('=');
    if (!['word', 'string', 'quoted', 'number'].includes(cursor.token.kind)) cursor.fail();
    options.set(name, cursor.take().text);
  }
  return options;
}

const named = (cursor: Cursor): { name?: string } =>
  cursor.accept('constraint') && !cursor.isOne('primary', 'unique', 'foreign', 'check') ? { name: cursor.name() } : {};

/** A key or constraint of a table; undefined if what comes is a column. */
function parseKey(cursor: Cursor): KeyNode | undefined {
  if (cursor.isOne('fulltext', 'spatial')) throw notSupported(`a ${cursor.token.text.toUpperCase()} index`);
  if (!cursor.isOne('constraint', 'primary', 'unique', 'check', 'foreign', 'key', 'index')) return undefined;
  const name = named(cursor);
  if (cursor.accept('primary', 'key')) {
    if (cursor.accept('using')) cursor.label();
    const columns = keyColumns(cursor);
    parseIndexOptions(cursor);
    return { kind: 'primary', columns };
  }
  const isUnique = cursor.accept('unique');
  if (isUnique || cursor.isOne('key', 'index')) {
    cursor.acceptOne('key', 'index');
    const own = cursor.isName() ? { name: cursor.name() } : name;
    if (cursor.accept('using')) cursor.label();
    const columns = keyColumns(cursor);
    parseIndexOptions(cursor);
    return { ...own, kind: isUnique ? 'unique' : 'index', columns };
  }
  if (cursor.accept('check')) return { ...name, kind: 'check', ...parseCheck(cursor) };
  cursor.expect('foreign', 'key');
  const own = cursor.isName() ? { name: cursor.name() } : name;
  const columns = keyColumns(cursor);
  return { ...own, kind: 'foreign', columns, references: parseReferences(cursor) };
}

function withText(cursor: Cursor): WithText {
  const from = cursor.token.at;
  const expr = expression(cursor);
  return { expr, text: cursor.text.slice(from, cursor.lastEnd) };
}

function parseCheck(cursor: Cursor): WithText {
  const check = cursor.parenthesized(() => withText(cursor));
  if (cursor.accept('not', 'enforced')) throw notSupported('a CHECK that is not enforced');
  cursor.accept('enforced');
  return check;
}

const ACTIONS = ['no action', 'restrict', 'cascade', 'set null', 'set default'] as const;

function parseReferences(cursor: Cursor): Reference {
  cursor.expect('references');
  const table = parseTableName(cursor);
  const columns = cursor.is('(') ? keyColumns(cursor) : [];
  let actions: { onDelete?: ReferenceAction; onUpdate?: ReferenceAction } = {};
  while (cursor.accept('on')) {
    const event = cursor.acceptOne('delete', 'update') ?? cursor.fail();
    const action = ACTIONS.find((words) => cursor.accept(...words.split(' '))) ?? cursor.fail();
    actions = { ...actions, [event === 'delete' ? 'onDelete' : 'onUpdate']: action };
  }
  return { table, columns, ...actions };
}

export function parseColumn(cursor: Cursor): ColumnNode {
  const name = cursor.name();
  const isSerial = cursor.is('serial');
  const type = parseType(cursor);
  let column: ColumnNode = { name, type, onUpdateNow: false, isAutoIncrement: false, comment: '', keys: [] };
  if (isSerial) column = { ...column, notNull: true, isAutoIncrement: true, keys: [{ kind: 'unique', columns: [name] }] };
  for (;;) {
    const next = parseAttribute(cursor, column);
    if (next === null) return column;
    column = next;
  }
}

/** One attribute of a column; null if there is none any more. */
function parseAttribute(cursor: Cursor, column: ColumnNode): ColumnNode | null {
  const { name, keys } = column;
  const withKey = (key: KeyNode): ColumnNode => ({ ...column, keys: [...keys, key] });
  if (cursor.accept('not', 'null')) return { ...column, notNull: true };
  if (cursor.accept('null')) return { ...column, notNull: false };
  if (cursor.accept('primary', 'key') || cursor.accept('key')) return withKey({ kind: 'primary', columns: [name] });
  if (cursor.accept('unique')) {
    cursor.accept('key');
    return withKey({ kind: 'unique', columns: [name] });
  }
  if (cursor.accept('auto_increment')) return { ...column, isAutoIncrement: true };
  if (cursor.accept('comment')) return { ...column, comment: cursor.string() };
  if (cursor.accept('collate')) return { ...column, type: { ...column.type, collation: cursor.word().toLowerCase() } };
  if (cursor.accept('default')) return { ...column, fallback: withText(cursor) };
  if (cursor.accept('on', 'update')) {
    if (cursor.acceptOne('current_timestamp', 'now', 'localtimestamp') === undefined) cursor.fail();
    if (cursor.accept('(')) {
      if (cursor.token.kind === 'number') cursor.take();
      cursor.expect(')');
    }
    return { ...column, onUpdateNow: true };
  }
  if (cursor.isOne('generated', 'as')) throw notSupported('a generated column');
  if (cursor.is('references')) {
    // MySQL reads it and forgets it before 9.0; a table's FOREIGN KEY is what counts.
    parseReferences(cursor);
    return column;
  }
  if (cursor.isOne('visible')) return cursor.take() && column;
  const constraint = named(cursor);
  if (cursor.accept('check')) return withKey({ ...constraint, kind: 'check', ...parseCheck(cursor) });
  return constraint.name === undefined ? null : cursor.fail();
}

export function parseAlter(cursor: Cursor): Statement {
  cursor.take();
  if (cursor.accept('user')) return parseAlterUser(cursor);
  if (cursor.acceptOne('database', 'schema') !== undefined) {
    const name =
      cursor.isName() && !['character', 'charset', 'collate', 'default'].includes(cursor.token.key) ? { name: cursor.name() } : {};
    return { kind: 'alter-database', ...name, options: parseOptions(cursor) };
  }
  if (!cursor.is('table')) throw notSupported(`ALTER ${cursor.token.text.toUpperCase()}`);
  cursor.take();
  const table = parseTableName(cursor);
  return { kind: 'alter-table', table, actions: cursor.list(() => parseAction(cursor)) };
}

function parsePlace(cursor: Cursor): { place?: ColumnPlace } {
  if (cursor.accept('first')) return { place: { first: true } };
  return cursor.accept('after') ? { place: { after: cursor.name() } } : {};
}

function parseAction(cursor: Cursor): AlterAction {
  if (cursor.accept('add')) {
    const key = parseKey(cursor);
    if (key !== undefined) return { kind: 'add-key', key };
    cursor.accept('column');
    if (cursor.is('(')) throw notSupported('ADD COLUMN of several columns in parentheses');
    return { kind: 'add-column', column: parseColumn(cursor), ...parsePlace(cursor) };
  }
  if (cursor.accept('drop')) return parseDropAction(cursor);
  if (cursor.accept('modify')) {
    cursor.accept('column');
    const column = parseColumn(cursor);
    return { kind: 'change-column', name: column.name, column, ...parsePlace(cursor) };
  }
  if (cursor.accept('change')) {
    cursor.accept('column');
    const name = cursor.name();
    return { kind: 'change-column', name, column: parseColumn(cursor), ...parsePlace(cursor) };
  }
  if (cursor.accept('rename')) {
    const what = cursor.acceptOne('column', 'index', 'key');
    if (what === undefined) {
      cursor.acceptOne('to', 'as');
      return { kind: 'rename', to: parseTableName(cursor) };
    }
    const from = cursor.name();
    cursor.expect('to');
    return { kind: what === 'column' ? 'rename-column' : 'rename-index', from, to: cursor.name() };
  }
  if (cursor.accept('alter')) {
    cursor.accept('column');
    const name = cursor.name();
    if (cursor.accept('set', 'default')) return { kind: 'set-default', name, fallback: withText(cursor) };
    cursor.expect('drop', 'default');
    return { kind: 'set-default', name };
  }
  if (cursor.acceptOne('disable', 'enable') !== undefined) {
    cursor.expect('keys');
    return { kind: 'nothing' };
  }
  if (cursor.isOne('partition', 'order')) throw notSupported(`ALTER TABLE ... ${cursor.token.text.toUpperCase()}`);
  if (cursor.isOver) cursor.fail();
  cursor.accept('convert', 'to');
  return { kind: 'options', options: parseOptions(cursor) };
}

function parseDropAction(cursor: Cursor): AlterAction {
  if (cursor.accept('primary', 'key')) return { kind: 'drop-primary' };
  if (cursor.accept('foreign', 'key')) return { kind: 'drop-foreign', name: cursor.name() };
  if (cursor.accept('check')) return { kind: 'drop-check', name: cursor.name() };
  if (cursor.accept('constraint')) return { kind: 'drop-constraint', name: cursor.name() };
  if (cursor.acceptOne('index', 'key') !== undefined) return { kind: 'drop-index', name: cursor.name() };
  cursor.accept('column');
  return { kind: 'drop-column', name: cursor.name() };
}

export function parseDrop(cursor: Cursor): Statement {
  cursor.take();
  if (cursor.acceptOne('database', 'schema') !== undefined) {
    const isLenient = ifExists(cursor);
    return { kind: 'drop-database', name: cursor.name(), isLenient };
  }
  if (cursor.accept('user')) return parseDropUser(cursor);
  if (cursor.accept('index')) {
    const name = cursor.name();
    cursor.expect('on');
    return { kind: 'alter-table', table: parseTableName(cursor), actions: [{ kind: 'drop-index', name }] };
  }
  if (cursor.isOne(...ABSENT)) throw notSupported(`DROP ${cursor.token.text.toUpperCase()}`);
  const kind = cursor.accept('view') ? 'drop-view' : 'drop-table';
  if (kind === 'drop-table' && cursor.acceptOne('table', 'tables') === undefined) cursor.fail();
  const isLenient = ifExists(cursor);
  const tables: readonly TableName[] = cursor.list(() => parseTableName(cursor));
  cursor.acceptOne('cascade', 'restrict');
  return { kind, tables, isLenient };
}

export function parseTruncate(cursor: Cursor): Statement {
  cursor.take();
  cursor.accept('table');
  return { kind: 'truncate', table: parseTableName(cursor) };
}

export function parseRename(cursor: Cursor): Statement {
  cursor.take();
  if (cursor.accept('user')) return parseRenameUser(cursor);
  if (cursor.acceptOne('table', 'tables') === undefined) cursor.fail();
  const pairs = cursor.list((): readonly [TableName, TableName] => {
    const from = parseTableName(cursor);
    cursor.expect('to');
    return [from, parseTableName(cursor)];
  });
  return { kind: 'rename-table', pairs };
}
