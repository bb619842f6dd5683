/** CREATE USER, GRANT and their relatives, carried out. */
import { type AccountRecord, accountText, changed, GRANT_OPTION, isPrivilege, may, newAccount, spelledOut } from './accounts.ts';
import type { Account, GrantNode, Statement, UserSpec } from './ast.ts';
import type { Cluster } from './cluster.ts';
import { failedOperation, needsPrivilege, noDatabase, plain } from './errors.ts';
import type { Warning } from './show.ts';

export interface Administering {
  readonly cluster: Cluster;
  /** Whose statement it is. */
  readonly own: AccountRecord;
  readonly schema: string | null;
  /** What a plugin keeps of a password. Refuses a plugin that is not there. */
  readonly secretOf: (plugin: string, password: string) => string;
  readonly warn: (warning: Warning) => void;
}

type UserStatement = Extract<Statement, { kind: 'create-user' | 'alter-user' }>;
export const DEFAULT_PLUGIN = 'caching_sha2_password';

const list = (accounts: readonly Account[]): string => accounts.map(accountText).join(',');
const needUsers = ({ own }: Administering): void => {
  if (!may(own, 'CREATE USER')) throw needsPrivilege('CREATE USER');
};

function withSpec(
  account: AccountRecord,
  spec: UserSpec,
  options: ReadonlyMap<string, string>,
  { secretOf }: Administering,
): AccountRecord {
  const plugin = spec.plugin ?? account.plugin;
  const secret = spec.hash ?? (spec.password === undefined ? account.secret : spec.password === '' ? '' : secretOf(plugin, spec.password));
  if (spec.plugin !== undefined && spec.password === undefined) secretOf(plugin, '');
  const lock = options.get('account');
  return { ...account, plugin, secret, isLocked: lock === undefined ? account.isLocked : lock === 'lock' };
}

function createUsers({ users, isLenient, options }: UserStatement, admin: Administering): void {
  needUsers(admin);
  const accounts = users.flatMap(({ account }) => (account === 'current' ? [] : [account]));
  const there = accounts.filter(({ user, host }) => admin.cluster.account(user, host) !== undefined);
  if (there.length > 0 && !isLenient) throw failedOperation('CREATE USER', list(there));
  for (const account of there)
    admin.warn({ level: 'Note', code: 3163, message: `Authorization ID ${accountText(account)} already exists.` });
  for (const spec of users) {
    if (spec.account === 'current' || there.includes(spec.account)) continue;
    admin.cluster.setAccount(withSpec(newAccount(spec.account, DEFAULT_PLUGIN, ''), spec, options, admin));
  }
}

function alterUsers({ users, isLenient, options }: UserStatement, admin: Administering): void {
  const isOwn = ({ user, host }: Account): boolean => user === admin.own.user && host === admin.own.host;
  const named = users.map((spec) => ({ spec, account: spec.account === 'current' ? admin.own : spec.account }));
  if (!named.every(({ account }) => isOwn(account))) needUsers(admin);
  for (const { spec, account } of named) {
    const before = admin.cluster.account(account.user, account.host);
    if (before === undefined) {
      if (!isLenient) throw failedOperation('ALTER USER', accountText(account));
      admin.warn({ level: 'Note', code: 3162, message: `Authorization ID ${accountText(account)} does not exist.` });
    } else admin.cluster.setAccount(withSpec(before, spec, options, admin));
  }
}

function dropUsers({ accounts, isLenient }: Extract<Statement, { kind: 'drop-user' }>, admin: Administering): void {
  needUsers(admin);
  const missing = accounts.filter(({ user, host }) => admin.cluster.account(user, host) === undefined);
  if (missing.length > 0 && !isLenient) throw failedOperation('DROP USER', list(missing));
  for (const account of missing)
    admin.warn({ level: 'Note', code: 3162, message: `Authorization ID ${accountText(account)} does not exist.` });
  for (const { user, host } of accounts) admin.cluster.dropAccount(user, host);
}

function renameUsers({ pairs }: Extract<Statement, { kind: 'rename-user' }>, admin: Administering): void {
  needUsers(admin);
  for (const [from, to] of pairs) {
    const before = admin.cluster.account(from.user, from.host);
    if (before === undefined || admin.cluster.account(to.user, to.host) !== undefined)
      throw failedOperation('RENAME USER', accountText(from));
    admin.cluster.dropAccount(from.user, from.host);
    admin.cluster.setAccount({ ...before, ...to });
  }
}

function grant(node: GrantNode, admin: Administering): void {
  const { own, cluster } = admin;
  if (node.isHere && admin.schema === null) throw noDatabase();
  const schema = node.isHere ? (admin.schema ?? undefined) : node.schema;
  const where = { ...(schema === undefined ? {} : { schema }), ...(node.table === undefined ? {} : { table: node.table }) };
  const unknown = node.privileges.find((name) => name !== 'ALL PRIVILEGES' && !isPrivilege(name));
  if (unknown !== undefined) throw plain(1149, '42000', `You have an error in your SQL syntax; the privilege ${unknown} is unknown`);
  const names = [...spelledOut(node.privileges, where), ...(node.withGrant ? [GRANT_OPTION] : [])];
  const mayGrant = may(own, GRANT_OPTION, schema, node.table) && names.every((name) => may(own, name, schema, node.table));
  if (!mayGrant) {
    if (schema === undefined) throw plain(1045, '28000', `Access denied for user ${accountText(own)} (using password: YES)`);
    throw plain(1044, '42000', `Access denied for user ${accountText(own)} to database '${schema}'`);
  }
  for (const { user, host } of node.accounts) {
    const before = cluster.account(user, host);
    if (before === undefined) {
      if (node.kind === 'grant') throw plain(1410, '42000', 'You are not allowed to create a user with GRANT');
      throw plain(1141, '42000', `There is no such grant defined for user '${user}' on host '${host}'`);
    }
    cluster.setAccount(changed(before, names, where, node.kind));
  }
}

function setPassword({ account, password }: Extract<Statement, { kind: 'set-password' }>, admin: Administering): void {
  const { user, host } = account ?? admin.own;
  const isOwn = user === admin.own.user && host === admin.own.host;
  if (!isOwn) needUsers(admin);
  const before = admin.cluster.account(user, host);
  if (before === undefined) throw plain(1133, '42000', "Can't find any matching row in the user table");
  admin.cluster.setAccount({ ...before, secret: password === '' ? '' : admin.secretOf(before.plugin, password) });
}

export type AccountStatement = Extract<
  Statement,
  { kind: 'create-user' | 'alter-user' | 'drop-user' | 'rename-user' | 'set-password' | 'grant' | 'revoke' }
>;

export function administer(statement: AccountStatement, admin: Administering): void {
  switch (statement.kind) {
    case 'create-user':
      return createUsers(statement, admin);
    case 'alter-user':
      return alterUsers(statement, admin);
    case 'drop-user':
      return dropUsers(statement, admin);
    case 'rename-user':
      return renameUsers(statement, admin);
    case 'set-password':
      return setPassword(statement, admin);
    case 'grant':
    case 'revoke':
      return grant(statement, admin);
  }
}
