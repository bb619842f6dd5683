/** The data directory: what --initialize writes. */
import type { Sys } from '../../../kernel/sys.ts';
import { encode, releaseOf } from '../../program-io.ts';
import { DEFAULT_PLUGIN } from './sql/account-statements.ts';
import { changed, GRANT_OPTION, newAccount, spelledOut } from './sql/accounts.ts';
import type { Cluster } from './sql/cluster.ts';

/** The server's number, from what the package is called. */
export const versionOf = (sys: Sys): string => releaseOf(sys, 'MYSQL_VERSION', '8.4.7').split('-', 1)[0] ?? '';
export const longVersion = (sys: Sys): string => `${versionOf(sys)} for Linux on ${sys.uname.machine} (MySQL Community Server - GPL)`;

/** `80407` */
export const versionNumber = (version: string): string => {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return String(major * 10_000 + minor * 100 + patch);
};

const FOLDERS = ['#innodb_redo', '#innodb_temp', 'mysql', 'performance_schema', 'sys'];

function uuid(sys: Sys): string {
  const hex = [...sys.random.bytes(16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Files that are there besides the dictionary and the tables. */
export function writeDirectory(sys: Sys, root: string): void {
  const file = (name: string, text: string): void => sys.path.writeFile(`${root}/${name}`, encode(text), 0o640);
  for (const folder of FOLDERS) if (!sys.path.access(`${root}/${folder}`, {})) sys.path.mkdir(`${root}/${folder}`, 0o750);
  file('auto.cnf', `[auto]\nserver-uuid=${uuid(sys)}\n`);
  for (const name of ['ibdata1', 'undo_001', 'undo_002', 'ib_buffer_pool', 'binlog.000001']) file(name, '');
  file('binlog.index', './binlog.000001\n');
}

/** The accounts that every server has from the beginning. */
export function addAccounts(cluster: Cluster, rootSecret: string): void {
  const all = [...spelledOut(['ALL PRIVILEGES'], {}), GRANT_OPTION];
  for (const name of ['mysql.infoschema', 'mysql.session', 'mysql.sys']) {
    const account = newAccount(
      { user: name, host: 'localhost' },
      DEFAULT_PLUGIN,
      '$A$005$THISISACOMBINATIONOFINVALIDSALTANDPASSWORDTHATMUSTNEVERBRBEUSED',
    );
    cluster.setAccount({ ...account, isLocked: true });
  }
  cluster.setAccount(changed(newAccount({ user: 'root', host: 'localhost' }, DEFAULT_PLUGIN, rootSecret), all, {}, 'grant'));
}
