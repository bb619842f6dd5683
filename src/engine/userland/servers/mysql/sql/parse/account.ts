/** Accounts and what they may do: CREATE USER, GRANT and their relatives. */
import type { Account, GrantNode, Statement, UserSpec } from '../ast.ts';
import { notSupported } from '../errors.ts';
import type { Cursor } from './cursor.ts';

/** `name`, `'name'@'host'`; without a host it is any. */
export function parseAccount(cursor: Cursor): Account {
  const user = cursor.word();
  const { token } = cursor;
  if (token.kind !== 'variable') return { user, host: '%' };
  cursor.take();
  // `'a'@'b'`: the @ takes the quoted host with it, or stands alone.
  if (token.text === '@') return { user, host: cursor.word() };
  return {
    user,
    host: token.text
      .slice(1)
      .replace(/^(['"`])(.*)\1$/, '$2')
      .toLowerCase(),
  };
}

function isCurrentUser(cursor: Cursor): boolean {
  if (cursor.accept('user', '(', ')')) return true;
  if (!cursor.accept('current_user')) return false;
  if (cursor.accept('(')) cursor.expect(')');
  return true;
}

function parseSpec(cursor: Cursor): UserSpec {
  const account = isCurrentUser(cursor) ? 'current' : parseAccount(cursor);
  let spec: UserSpec = { account };
  if (!cursor.accept('identified')) return spec;
  if (cursor.accept('with')) spec = { ...spec, plugin: cursor.word().toLowerCase() };
  if (cursor.accept('by')) {
    if (cursor.accept('random', 'password')) throw notSupported('RANDOM PASSWORD');
    return { ...spec, password: cursor.string() };
  }
  return cursor.accept('as') ? { ...spec, hash: cursor.token.kind === 'hex' ? cursor.take().text : cursor.string() } : spec;
}

/** What may stand behind the accounts: REQUIRE, resource limits, ACCOUNT LOCK, PASSWORD EXPIRE, COMMENT. */
function parseUserOptions(cursor: Cursor): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  while (!cursor.isOver) {
    if (cursor.accept('account')) options.set('account', cursor.acceptOne('lock', 'unlock') ?? cursor.fail());
    else if (cursor.accept('require')) {
      if (cursor.acceptOne('none') === undefined) throw notSupported('REQUIRE of TLS');
    } else if (cursor.accept('comment') || cursor.accept('attribute')) cursor.string();
    else if (cursor.accept('default', 'role')) throw notSupported('roles');
    else if (
      cursor.accept('password') ||
      cursor.accept('with') ||
      cursor.accept('failed_login_attempts') ||
      cursor.accept('password_lock_time')
    )
      while (!cursor.isOver && !cursor.isOne('account', 'require', 'comment', 'attribute', 'password')) cursor.take();
    else cursor.fail();
  }
  return options;
}

export function parseCreateUser(cursor: Cursor): Statement {
  const isLenient = cursor.accept('if', 'not', 'exists');
  return { kind: 'create-user', isLenient, users: cursor.list(() => parseSpec(cursor)), options: parseUserOptions(cursor) };
}

export function parseAlterUser(cursor: Cursor): Statement {
  const isLenient = cursor.accept('if', 'exists');
  return { kind: 'alter-user', isLenient, users: cursor.list(() => parseSpec(cursor)), options: parseUserOptions(cursor) };
}

export function parseDropUser(cursor: Cursor): Statement {
  const isLenient = cursor.accept('if', 'exists');
  return { kind: 'drop-user', isLenient, accounts: cursor.list(() => parseAccount(cursor)) };
}

export function parseRenameUser(cursor: Cursor): Statement {
  const pairs = cursor.list((): readonly [Account, Account] => {
    const from = parseAccount(cursor);
    cursor.expect('to');
    return [from, parseAccount(cursor)];
  });
  return { kind: 'rename-user', pairs };
}

function parsePrivilege(cursor: Cursor): string {
  const words: string[] = [];
  while (cursor.token.kind === 'word' && !cursor.isOne('on', 'to', 'from')) words.push(cursor.take().text.toUpperCase());
  if (words.length === 0) cursor.fail();
  if (cursor.is('(')) throw notSupported('privileges on columns');
  const name = words.join(' ');
  return name === 'ALL' ? 'ALL PRIVILEGES' : name;
}

export function parseGrant(cursor: Cursor): GrantNode {
  const kind = cursor.take().key === 'grant' ? 'grant' : 'revoke';
  if (kind === 'revoke') cursor.accept('if', 'exists');
  if (cursor.token.kind !== 'word') throw notSupported('roles');
  const privileges = cursor.list(() => parsePrivilege(cursor));
  const preposition = kind === 'grant' ? 'to' : 'from';
  if (cursor.is(preposition)) {
    if (kind === 'grant' || !privileges.includes('ALL PRIVILEGES')) throw notSupported('roles');
    cursor.take();
    return { kind, privileges, isHere: false, accounts: cursor.list(() => parseAccount(cursor)), withGrant: true };
  }
  cursor.expect('on');
  cursor.accept('table');
  if (cursor.isOne('function', 'procedure')) throw notSupported('stored procedures and functions');
  const scope = parseScope(cursor);
  cursor.expect(preposition);
  const accounts = cursor.list(() => parseAccount(cursor));
  const withGrant = cursor.accept('with', 'grant', 'option');
  if (cursor.is('identified')) cursor.fail();
  return { kind, privileges, ...scope, accounts, withGrant };
}

/** `*.*`, `db.*`, `db.table`, `*`, `table`. */
function parseScope(cursor: Cursor): Pick<GrantNode, 'schema' | 'table' | 'isHere'> {
  if (cursor.accept('*')) {
    if (!cursor.accept('.')) return { isHere: true };
    cursor.expect('*');
    return { isHere: false };
  }
  const first = cursor.name();
  if (!cursor.accept('.')) return { isHere: true, table: first };
  return cursor.accept('*') ? { isHere: false, schema: first } : { isHere: false, schema: first, table: cursor.label() };
}

export function parseSetPassword(cursor: Cursor): Statement {
  const account = cursor.accept('for') ? parseAccount(cursor) : undefined;
  cursor.expect('=');
  return { kind: 'set-password', password: cursor.string(), ...(account ? { account } : {}) };
}
