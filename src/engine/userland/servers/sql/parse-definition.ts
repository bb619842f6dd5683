/** Statements that define: CREATE, ALTER, DROP, TRUNCATE. */
import type { AlterAction, ColumnNode, ConstraintNode, Reference, Statement } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { notSupported } from './errors.ts';
import { parseType } from './parse-expression.ts';
import { expression, parseQuery, parseTable } from './parse-select.ts';

const ifExists = (cursor: Cursor): boolean => cursor.accept('if', 'exists');
const ifNotExists = (cursor: Cursor): boolean => cursor.accept('if', 'not', 'exists');

/** An expression with its text, as it is kept. */
function withText(cursor: Cursor, read: () => ReturnType<typeof expression>): { expr: ReturnType<typeof expression>; text: string } {
  const from = cursor.token.at;
  const expr = read();
  return { expr, text: cursor.text.slice(from, cursor.lastEnd) };
}

export function parseCreate(cursor: Cursor): Statement {
  cursor.take();
  const orReplace = cursor.accept('or', 'replace');
  const { at } = cursor.token;
  if (cursor.acceptOne('temp', 'temporary', 'global', 'local') !== undefined || cursor.is('unlogged'))
    throw notSupported('a temporary table', at);
  if (cursor.accept('table')) return createTable(cursor);
  if (cursor.accept('unique', 'index')) return createIndex(cursor, true);
  if (cursor.accept('index')) return createIndex(cursor, false);
  if (cursor.accept('view')) {
    const table = parseTable(cursor);
    cursor.expect('as');
    const from = cursor.token.at;
    const query = parseQuery(cursor);
    return { kind: 'create-view', table, query, text: cursor.text.slice(from, cursor.lastEnd), orReplace };
  }
  if (cursor.accept('database')) return createDatabase(cursor);
  if (cursor.acceptOne('role', 'user') !== undefined) return parseRole(cursor, 'create');
  throw notSupported(`CREATE ${cursor.raw.toUpperCase()}`, at);
}

function createDatabase(cursor: Cursor): Statement {
  const isLenient = ifNotExists(cursor);
  const name = cursor.name();
  let owner: string | undefined;
  cursor.accept('with');
  while (cursor.token.kind !== 'end') {
    if (cursor.accept('owner')) {
      cursor.accept('=');
      owner = cursor.name();
    } else cursor.take();
  }
  return { kind: 'create-database', name, isLenient, ...(owner === undefined ? {} : { owner }) };
}

/** `LOGIN`, `SUPERUSER`, `PASSWORD '…'` and their like. */
function parseRole(cursor: Cursor, verb: 'create' | 'alter'): Statement {
  const isUser = cursor.text.slice(0, cursor.token.at).trimEnd().toLowerCase().endsWith('user');
  const isLenient = ifNotExists(cursor);
  let name = cursor.token.kind === 'string' ? cursor.string() : cursor.name();
  if (cursor.accept('@')) cursor.take();
  const flags = new Map<string, boolean>();
  let password: string | undefined;
  cursor.accept('with');
  while (cursor.token.kind !== 'end') {
    if (cursor.accept('password') || cursor.accept('identified', 'by')) password = cursor.accept('null') ? '' : cursor.string();
    else if (cursor.accept('encrypted')) continue;
    else if (cursor.accept('rename', 'to')) name = cursor.name();
    else {
      const word = cursor.label();
      if (['connection', 'valid', 'in'].includes(word)) throw notSupported(`${word.toUpperCase()} of a role`, cursor.token.at);
      flags.set(word.replace(/^no(?=login|superuser|created|inherit)/, ''), !/^no(login|superuser|created|inherit)/.test(word));
    }
  }
  return { kind: 'role', verb, word: 'ROLE', name, isUser, isLenient, flags, ...(password === undefined ? {} : { password }) };
}

function createTable(cursor: Cursor): Statement {
  const lenient = ifNotExists(cursor);
  const table = parseTable(cursor);
  if (cursor.accept('as'))
    return { kind: 'create-table', table, ifNotExists: lenient, columns: [], constraints: [], query: parseQuery(cursor) };
  const columns: ColumnNode[] = [];
  const constraints: ConstraintNode[] = [];
  cursor.expect('(');
  while (!cursor.is(')')) {
    const constraint = parseTableConstraint(cursor);
    if (constraint !== undefined) constraints.push(constraint);
    else columns.push(parseColumn(cursor));
    if (!cursor.accept(',')) break;
    if (cursor.is(')')) cursor.fail();
  }
  cursor.expect(')');
  if (cursor.is('inherits') || cursor.is('partition')) throw notSupported(cursor.raw.toUpperCase(), cursor.token.at);
  return { kind: 'create-table', table, ifNotExists: lenient, columns, constraints };
}

const named = (cursor: Cursor): { name?: string } => (cursor.accept('constraint') ? { name: cursor.name() } : {});

function parseTableConstraint(cursor: Cursor): ConstraintNode | undefined {
  const isConstraint = ['constraint', 'primary', 'unique', 'check', 'foreign'].some((word) => cursor.is(word));
  if (!isConstraint) return undefined;
  const name = named(cursor);
  if (cursor.accept('primary', 'key')) return { ...name, kind: 'primary', columns: cursor.names() };
  if (cursor.accept('unique')) {
    return { ...name, kind: 'unique', columns: cursor.names() };
  }
  if (cursor.accept('check')) return { ...name, kind: 'check', ...cursor.parenthesized(() => withText(cursor, () => expression(cursor))) };
  if (cursor.accept('foreign', 'key')) {
    const columns = cursor.names();
    return { ...name, kind: 'foreign', columns, references: parseReferences(cursor) };
  }
  throw notSupported(`the constraint ${cursor.raw}`, cursor.token.at);
}

function parseReferences(cursor: Cursor): Reference {
  const { at } = cursor.token;
  cursor.expect('references');
  const table = parseTable(cursor).name;
  const columns = cursor.is('(') ? cursor.names() : [];
  let onDelete: Reference['onDelete'] = 'no action';
  while (cursor.accept('on')) {
    const event = cursor.acceptOne('delete', 'update') ?? cursor.fail();
    const action = (['no action', 'restrict', 'cascade', 'set null', 'set default'] as const).find((words) =>
      cursor.accept(...words.split(' ')),
    );
    if (action === undefined) cursor.fail();
    if (event === 'delete') onDelete = action;
  }
  return { table, columns, onDelete, at };
}

export function parseColumn(cursor: Cursor): ColumnNode {
  const name = cursor.name();
  const type = parseType(cursor);
  let notNull = false;
  let isAutoIncrement = false;
  let fallback: ColumnNode['fallback'];
  let identity: ColumnNode['identity'];
  const constraints: ConstraintNode[] = [];
  for (;;) {
    const own = named(cursor);
    if (cursor.accept('not', 'null')) notNull = true;
    else if (cursor.accept('null')) notNull = false;
    else if (cursor.accept('primary', 'key')) constraints.push({ ...own, kind: 'primary', columns: [name] });
    else if (cursor.accept('unique')) constraints.push({ ...own, kind: 'unique', columns: [name] });
    else if (cursor.accept('check'))
      constraints.push({ ...own, kind: 'check', ...cursor.parenthesized(() => withText(cursor, () => expression(cursor))) });
    else if (cursor.is('references')) constraints.push({ ...own, kind: 'foreign', columns: [name], references: parseReferences(cursor) });
    else if (cursor.accept('default')) fallback = withText(cursor, () => expression(cursor));
    else if (cursor.accept('auto_increment')) isAutoIncrement = true;
    else if (cursor.accept('collate') || cursor.accept('comment')) cursor.take();
    else if (cursor.accept('generated')) identity = parseIdentity(cursor);
    else break;
  }
  return {
    name,
    type,
    notNull,
    constraints,
    ...(fallback ? { fallback } : {}),
    ...(identity ? { identity } : {}),
    ...(isAutoIncrement ? { isAutoIncrement } : {}),
  };
}

function parseIdentity(cursor: Cursor): 'always' | 'by default' {
  const kind = cursor.accept('always') ? 'always' : cursor.accept('by', 'default') ? 'by default' : cursor.fail();
  cursor.expect('as');
  if (!cursor.accept('identity')) throw notSupported('a generated column', cursor.token.at);
  if (cursor.is('(')) throw notSupported('options of an identity', cursor.token.at);
  return kind;
}

function createIndex(cursor: Cursor, isUnique: boolean): Statement {
  cursor.accept('concurrently');
  const lenient = ifNotExists(cursor);
  const name = cursor.is('on') ? {} : { name: cursor.name() };
  cursor.expect('on');
  const table = parseTable(cursor);
  if (cursor.accept('using') && cursor.name() !== 'btree') throw notSupported('an index other than btree', cursor.token.at);
  const columns = cursor.parenthesized(() =>
    cursor.list(() => {
      if (!cursor.isName() || cursor.peek(1).text === '(') throw notSupported('an index on an expression', cursor.token.at);
      const column = cursor.name();
      cursor.acceptOne('asc', 'desc');
      return column;
    }),
  );
  if (cursor.is('where')) throw notSupported('a partial index', cursor.token.at);
  return { kind: 'create-index', table, columns, isUnique, ifNotExists: lenient, ...name };
}

export function parseAlter(cursor: Cursor): Statement {
  cursor.take();
  if (cursor.acceptOne('role', 'user') !== undefined) return parseRole(cursor, 'alter');
  if (!cursor.accept('table')) throw notSupported(`ALTER ${cursor.raw.toUpperCase()}`, cursor.token.at);
  const lenient = ifExists(cursor);
  const table = parseTable(cursor);
  return { kind: 'alter-table', table, ifExists: lenient, actions: cursor.list(() => parseAction(cursor)) };
}

function parseAction(cursor: Cursor): AlterAction {
  if (cursor.accept('add')) {
    const constraint = parseTableConstraint(cursor);
    if (constraint !== undefined) return { kind: 'add-constraint', constraint };
    cursor.accept('column');
    return { kind: 'add-column', ifNotExists: ifNotExists(cursor), column: parseColumn(cursor) };
  }
  if (cursor.accept('drop')) {
    const isConstraint = cursor.accept('constraint');
    if (!isConstraint) cursor.accept('column');
    const lenient = ifExists(cursor);
    const name = cursor.name();
    cursor.acceptOne('cascade', 'restrict');
    return { kind: isConstraint ? 'drop-constraint' : 'drop-column', name, ifExists: lenient };
  }
  if (cursor.accept('rename')) {
    if (cursor.accept('to')) return { kind: 'rename', to: cursor.name() };
    cursor.accept('column');
    const from = cursor.name();
    cursor.expect('to');
    return { kind: 'rename-column', from, to: cursor.name() };
  }
  if (cursor.accept('owner', 'to')) {
    cursor.label();
    return { kind: 'owner' };
  }
  cursor.expect('alter');
  cursor.accept('column');
  const name = cursor.name();
  if (cursor.accept('set', 'default')) return { kind: 'set-default', name, fallback: withText(cursor, () => expression(cursor)) };
  if (cursor.accept('drop', 'default')) return { kind: 'set-default', name };
  if (cursor.accept('set', 'not', 'null')) return { kind: 'set-not-null', name, on: true };
  if (cursor.accept('drop', 'not', 'null')) return { kind: 'set-not-null', name, on: false };
  cursor.accept('set', 'data');
  cursor.expect('type');
  const type = parseType(cursor);
  return { kind: 'set-type', name, type, ...(cursor.accept('using') ? { using: expression(cursor) } : {}) };
}

export function parseDrop(cursor: Cursor): Statement {
  cursor.take();
  if (cursor.accept('database')) {
    const isLenient = ifExists(cursor);
    const name = cursor.name();
    while (cursor.token.kind !== 'end') cursor.take();
    return { kind: 'drop-database', name, isLenient };
  }
  if (cursor.acceptOne('role', 'user') !== undefined)
    return { kind: 'role', verb: 'drop', word: 'ROLE', isUser: false, isLenient: ifExists(cursor), name: cursor.name(), flags: new Map() };
  const what = cursor.acceptOne('table', 'index', 'view', 'sequence');
  if (what === undefined) throw notSupported(`DROP ${cursor.raw.toUpperCase()}`, cursor.token.at);
  const lenient = ifExists(cursor);
  const tables = cursor.list(() => parseTable(cursor));
  const cascade = cursor.acceptOne('cascade', 'restrict') === 'cascade';
  return { kind: 'drop', what, tables, ifExists: lenient, cascade };
}

export function parseTruncate(cursor: Cursor): Statement {
  cursor.take();
  cursor.accept('table');
  const tables = cursor.list(() => parseTable(cursor));
  const restart = cursor.accept('restart', 'identity');
  cursor.accept('continue', 'identity');
  const cascade = cursor.acceptOne('cascade', 'restrict') === 'cascade';
  return { kind: 'truncate', tables, restart, cascade };
}
