/** Who may come from where, and what they may do. */
import type { Account } from './ast.ts';

/** Privileges of everything: GRANT ALL gives those that fit. */
export const STATIC_PRIVILEGES =
  'SELECT,INSERT,UPDATE,DELETE,CREATE,DROP,RELOAD,SHUTDOWN,PROCESS,FILE,REFERENCES,INDEX,ALTER,SHOW DATABASES,SUPER,CREATE TEMPORARY TABLES,LOCK TABLES,EXECUTE,REPLICATION SLAVE,REPLICATION CLIENT,CREATE VIEW,SHOW VIEW,CREATE ROUTINE,ALTER ROUTINE,CREATE USER,EVENT,TRIGGER,CREATE TABLESPACE,CREATE ROLE,DROP ROLE'.split(
    ',',
  );
const DYNAMIC_PRIVILEGES =
  'ALLOW_NONEXISTENT_DEFINER,APPLICATION_PASSWORD_ADMIN,AUDIT_ABORT_EXEMPT,AUDIT_ADMIN,AUTHENTICATION_POLICY_ADMIN,BACKUP_ADMIN,BINLOG_ADMIN,BINLOG_ENCRYPTION_ADMIN,CLONE_ADMIN,CONNECTION_ADMIN,ENCRYPTION_KEY_ADMIN,FIREWALL_EXEMPT,FLUSH_OPTIMIZER_COSTS,FLUSH_PRIVILEGES,FLUSH_STATUS,FLUSH_TABLES,FLUSH_USER_RESOURCES,GROUP_REPLICATION_ADMIN,GROUP_REPLICATION_STREAM,INNODB_REDO_LOG_ARCHIVE,INNODB_REDO_LOG_ENABLE,OPTIMIZE_LOCAL_TABLE,PASSWORDLESS_USER_ADMIN,PERSIST_RO_VARIABLES_ADMIN,REPLICATION_APPLIER,REPLICATION_SLAVE_ADMIN,RESOURCE_GROUP_ADMIN,RESOURCE_GROUP_USER,ROLE_ADMIN,SENSITIVE_VARIABLES_OBSERVER,SERVICE_CONNECTION_ADMIN,SESSION_VARIABLES_ADMIN,SET_ANY_DEFINER,SHOW_ROUTINE,SYSTEM_USER,SYSTEM_VARIABLES_ADMIN,TABLE_ENCRYPTION_ADMIN,TELEMETRY_LOG_ADMIN,TRANSACTION_GTID_TAG,XA_RECOVER_ADMIN';
/** Those that a database can have. */
const OF_SCHEMAS =
  'SELECT,INSERT,UPDATE,DELETE,CREATE,DROP,REFERENCES,INDEX,ALTER,CREATE TEMPORARY TABLES,LOCK TABLES,EXECUTE,CREATE VIEW,SHOW VIEW,CREATE ROUTINE,ALTER ROUTINE,EVENT,TRIGGER'.split(
    ',',
  );
const OF_TABLES = 'SELECT,INSERT,UPDATE,DELETE,CREATE,DROP,REFERENCES,INDEX,ALTER,CREATE VIEW,SHOW VIEW,TRIGGER'.split(',');
export const GRANT_OPTION = 'GRANT OPTION';
export const isDynamic = (name: string): boolean => DYNAMIC_PRIVILEGES.split(',').includes(name);
export const isPrivilege = (name: string): boolean =>
  name === 'USAGE' || name === GRANT_OPTION || STATIC_PRIVILEGES.includes(name) || isDynamic(name);

export interface AccountRecord {
  readonly user: string;
  readonly host: string;
  readonly plugin: string;
  /** What the plugin keeps of the password; empty: none. */
  readonly secret: string;
  readonly isLocked: boolean;
  readonly onAll: readonly string[];
  /** By the pattern that was granted on. */
  readonly onSchemas: Readonly<Record<string, readonly string[]>>;
  /** By `schema.table`. */
  readonly onTables: Readonly<Record<string, readonly string[]>>;
}

export const newAccount = ({ user, host }: Account, plugin: string, secret: string): AccountRecord => ({
  user,
  host,
  plugin,
  secret,
  isLocked: false,
  onAll: [],
  onSchemas: {},
  onTables: {},
});

export const accountKey = ({ user, host }: Account): string => `${user}@${host}`;
/** As errors write it. */
export const accountText = ({ user, host }: Account): string => `'${user}'@'${host}'`;

function likeness(pattern: string): RegExp {
  const source = pattern.replace(/\\([%_])|([%_])|([.*+?^${}()|[\]\\])/g, (_, escaped?: string, wild?: string, special?: string) =>
    wild === '%' ? '.*' : wild === '_' ? '.' : escaped !== undefined ? escaped : `\\${special ?? ''}`,
  );
  return new RegExp(`^${source}$`, 'i');
}

const numberOf = (ip: string): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** Whether an account's host covers an address. Null: by the socket file. */
function covers(host: string, ip: string | null): boolean {
  if (ip === null) return host === 'localhost' || host === '%';
  const [, network, mask] = /^([\d.]+)\/([\d.]+)$/.exec(host) ?? [];
  if (network !== undefined && mask !== undefined) {
    const size = mask.includes('.') ? 2 ** 32 - numberOf(mask) : 2 ** (32 - Number(mask));
    return Math.floor(numberOf(network) / size) === Math.floor(numberOf(ip) / size);
  }
  return likeness(host).test(ip);
}

/** How exactly a host says where from: the more, the earlier it is tried. */
const exactness = (host: string): number => (/[%_]/.test(host) ? host.replace(/[%_]/g, '').length : 1000 + host.length);

/** The account that somebody who comes from there is; of several the one with the most exact host. */
export function findAccount(accounts: readonly AccountRecord[], user: string, ip: string | null): AccountRecord | undefined {
  return accounts
    .filter((one) => (one.user === user || one.user === '') && covers(one.host, ip))
    .sort((a, b) => exactness(b.host) - exactness(a.host) || Number(a.user === '') - Number(b.user === ''))[0];
}

/** Everything that holds for a database: granted on all, or on a pattern that fits. */
function onSchema({ onAll, onSchemas }: AccountRecord, schema: string): readonly string[] {
  return [...onAll, ...Object.entries(onSchemas).flatMap(([pattern, names]) => (likeness(pattern).test(schema) ? names : []))];
}

export function may(account: AccountRecord, privilege: string, schema?: string, table?: string): boolean {
  if (account.onAll.includes(privilege)) return true;
  if (schema === undefined) return false;
  if (onSchema(account, schema).includes(privilege)) return true;
  return table !== undefined && (account.onTables[`${schema}.${table}`] ?? []).includes(privilege);
}

/** Whether there is anything in a database (or a table) that the account may do. */
export function maySee(account: AccountRecord, schema: string, table?: string): boolean {
  if (account.onAll.some((name) => name !== 'USAGE' && (OF_SCHEMAS.includes(name) || name === 'SHOW DATABASES'))) return true;
  if (onSchema(account, schema).some((name) => name !== 'USAGE')) return true;
  return Object.entries(account.onTables).some(
    ([key, names]) => names.length > 0 && (table === undefined ? key.startsWith(`${schema}.`) : key === `${schema}.${table}`),
  );
}

export interface Scope {
  readonly schema?: string;
  readonly table?: string;
}

/** What the words of a GRANT stand for at its level. */
export function spelledOut(privileges: readonly string[], { schema, table }: Scope): readonly string[] {
  const all =
    schema === undefined ? [...STATIC_PRIVILEGES, ...DYNAMIC_PRIVILEGES.split(',')] : table === undefined ? OF_SCHEMAS : OF_TABLES;
  return privileges.flatMap((name) => (name === 'ALL PRIVILEGES' ? all : name === 'USAGE' ? [] : [name]));
}

const joined = (before: readonly string[] | undefined, names: readonly string[]): readonly string[] => [
  ...new Set([...(before ?? []), ...names]),
];
const reduced = (before: readonly string[] | undefined, names: readonly string[]): readonly string[] =>
  (before ?? []).filter((name) => !names.includes(name));

/** The account after GRANT or REVOKE. */
export function changed(
  account: AccountRecord,
  names: readonly string[],
  { schema, table }: Scope,
  verb: 'grant' | 'revoke',
): AccountRecord {
  const change = verb === 'grant' ? joined : reduced;
  if (schema === undefined) return { ...account, onAll: change(account.onAll, names) };
  const isTable = table !== undefined;
  const key = isTable ? `${schema}.${table}` : schema;
  const before = isTable ? account.onTables : account.onSchemas;
  const list = change(before[key], names);
  const { [key]: _old, ...others } = before;
  const after = list.length === 0 ? others : { ...before, [key]: list };
  return isTable ? { ...account, onTables: after } : { ...account, onSchemas: after };
}

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
const without = (names: readonly string[]): readonly string[] => names.filter((name) => name !== GRANT_OPTION);
const ordered = (names: readonly string[], order: readonly string[]): readonly string[] => order.filter((name) => names.includes(name));

/** SHOW GRANTS. */
export function grantLines(account: AccountRecord): readonly string[] {
  const whom = `${quoted(account.user)}@${quoted(account.host)}`;
  const line = (names: readonly string[], where: string, all: readonly string[]): string => {
    const own = ordered(names, all);
    const isAll = own.length === all.length && all !== STATIC_PRIVILEGES;
    const words = isAll ? 'ALL PRIVILEGES' : own.length === 0 ? 'USAGE' : own.join(', ');
    return `GRANT ${words} ON ${where} TO ${whom}${names.includes(GRANT_OPTION) ? ' WITH GRANT OPTION' : ''}`;
  };
  const dynamic = account.onAll.filter(isDynamic).sort();
  const option = account.onAll.includes(GRANT_OPTION) ? ' WITH GRANT OPTION' : '';
  return [
    line(account.onAll, '*.*', STATIC_PRIVILEGES),
    ...(dynamic.length === 0 ? [] : [`GRANT ${dynamic.join(',')} ON *.* TO ${whom}${option}`]),
    ...Object.entries(account.onSchemas)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([schema, names]) => line(names, `${quoted(schema)}.*`, OF_SCHEMAS)),
    ...Object.entries(account.onTables).map(([key, names]) => {
      const dot = key.indexOf('.');
      return line(names, `${quoted(key.slice(0, dot))}.${quoted(key.slice(dot + 1))}`, OF_TABLES);
    }),
    ...(account.user === 'root' && without(account.onAll).length > 0 ? [`GRANT PROXY ON \`\`@\`\` TO ${whom} WITH GRANT OPTION`] : []),
  ];
}
