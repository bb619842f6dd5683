/** The data directory: what initdb writes and the server reads. */
import type { Sys } from '../../../kernel/sys.ts';
import { textOf } from '../../net/text.ts';
import { decode, encode, releaseOf } from '../../program-io.ts';

/** The package's version: `17.7`, or Debian's `18.1-1.pgdg13+2`. */
const packageOf = (sys: Sys): string => releaseOf(sys, 'PG_VERSION', '17.7');
const isDebian = (sys: Sys): boolean => packageOf(sys).includes('-');

/** What a data directory is marked with: `17`. */
export const majorOf = (sys: Sys): string => packageOf(sys).split('.', 1)[0] ?? '';
/** `17.7`, and on Debian with the package's: `18.1 (Debian 18.1-1.pgdg13+2)`. */
export const versionOf = (sys: Sys): string => {
  const [number] = packageOf(sys).split('-', 1);
  return isDebian(sys) ? `${number} (Debian ${packageOf(sys)})` : `${number}`;
};
export const longVersion = (sys: Sys): string => {
  const [libc, compiler] = isDebian(sys) ? ['gnu', 'Debian 14.2.0-19'] : ['musl', 'Alpine 14.2.0'];
  return `PostgreSQL ${versionOf(sys)} on ${sys.uname.machine}-pc-linux-${libc}, compiled by gcc (${compiler}) 14.2.0, 64-bit`;
};

export const SUBDIRECTORIES: readonly string[] =
  'global pg_wal pg_wal/archive_status pg_wal/summaries pg_commit_ts pg_dynshmem pg_notify pg_serial pg_snapshots pg_subtrans pg_twophase pg_multixact pg_multixact/members pg_multixact/offsets base base/1 pg_replslot pg_tblspc pg_stat pg_stat_tmp pg_xact pg_logical pg_logical/snapshots pg_logical/mappings'.split(
    ' ',
  );

/** What the server says of how it last ended. */
export interface Control {
  readonly state: 'shut down' | 'in production';
  /** RFC 3339. */
  readonly time: string;
  readonly identifier: string;
}

const CONTROL = 'global/pg_control';

export function readControl(sys: Sys, root: string): Control | undefined {
  const text = textOf(sys, `${root}/${CONTROL}`);
  return text === undefined ? undefined : (JSON.parse(text) as Control);
}

export const writeControl = (sys: Sys, root: string, control: Control): void =>
  sys.path.writeFile(`${root}/${CONTROL}`, encode(`${JSON.stringify(control)}\n`), 0o600);

/** `2026-01-15 09:00:05.123 UTC` */
export function logTime(sys: Sys, options: { readonly seconds?: boolean } = {}): string {
  const text = new Date(Number(sys.clock.nowNs() / 1_000_000n)).toISOString().replace('T', ' ');
  return `${text.slice(0, options.seconds ? 19 : 23)} UTC`;
}

/** Settings that SHOW knows, as a fresh server has them. */
const DEFAULTS: Readonly<Record<string, string>> = {
  application_name: '',
  autovacuum: 'on',
  client_encoding: 'UTF8',
  client_min_messages: 'notice',
  config_file: '',
  data_directory: '',
  datestyle: 'ISO, MDY',
  default_transaction_isolation: 'read committed',
  effective_cache_size: '4GB',
  extra_float_digits: '1',
  idle_in_transaction_session_timeout: '0',
  intervalstyle: 'postgres',
  listen_addresses: 'localhost',
  lock_timeout: '0',
  log_connections: 'off',
  log_disconnections: 'off',
  log_min_duration_statement: '-1',
  log_statement: 'none',
  log_timezone: 'UTC',
  maintenance_work_mem: '64MB',
  max_connections: '100',
  max_wal_size: '1GB',
  min_wal_size: '80MB',
  password_encryption: 'scram-sha-256',
  port: '5432',
  search_path: '"$user", public',
  server_encoding: 'UTF8',
  server_version: '',
  shared_buffers: '128MB',
  standard_conforming_strings: 'on',
  statement_timeout: '0',
  timezone: 'UTC',
  transaction_isolation: 'read committed',
  unix_socket_directories: '/var/run/postgresql',
  wal_level: 'replica',
  work_mem: '4MB',
};

/** `name = value   # words`, values in single quotes or bare. */
export function parseSettings(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, name, quoted, bare] = /^\s*([\w.]+)\s*=?\s*(?:'((?:[^']|'')*)'|([^\s#]+))/.exec(line) ?? [];
    if (name !== undefined) found.set(name.toLowerCase(), quoted?.replaceAll("''", "'") ?? bare ?? '');
  }
  return found;
}

/** Defaults, the directory's files, and what the command line says, in this order. */
export function settingsOf(sys: Sys, root: string, given: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const read = (name: string): ReadonlyMap<string, string> => parseSettings(textOf(sys, `${root}/${name}`) ?? '');
  return new Map([
    ...Object.entries(DEFAULTS),
    ['server_version', versionOf(sys)] as const,
    ['data_directory', root] as const,
    ['config_file', `${root}/postgresql.conf`] as const,
    ...read('postgresql.conf'),
    ...read('postgresql.auto.conf'),
    ...given,
  ]);
}

export interface HostRule {
  readonly type: string;
  readonly database: string;
  readonly user: string;
  readonly address: string;
  readonly method: string;
}

/** pg_hba.conf: who may come from where, and how. */
export function hostRules(sys: Sys, root: string): readonly HostRule[] {
  return (textOf(sys, `${root}/pg_hba.conf`) ?? '')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
    .filter(([type]) => type !== undefined && type !== '')
    .map(([type = '', database = '', user = '', ...rest]) => {
      const [address = '', method = ''] = type === 'local' ? ['', rest[0] ?? ''] : rest;
      return { type, database, user, address, method };
    });
}

const number = (ip: string): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

function covers(address: string, ip: string): boolean {
  if (address === 'all') return true;
  const [network = '', bits] = address.split('/');
  if (network.includes(':') || ip.includes(':')) return network === ip && (bits === undefined || bits === '128');
  const size = 2 ** (32 - Number(bits ?? 32));
  return Math.floor(number(network) / size) === Math.floor(number(ip) / size);
}

/** The first rule that fits; undefined if nobody may come in this way. */
export function ruleFor(
  rules: readonly HostRule[],
  from: { readonly ip: string | null; readonly database: string; readonly user: string },
): HostRule | undefined {
  const { ip, database, user } = from;
  const names = (list: string, name: string): boolean => list.split(',').some((one) => one === 'all' || one === name);
  return rules.find(
    (rule) =>
      (ip === null ? rule.type === 'local' : rule.type.startsWith('host') && rule.type !== 'hostssl' && covers(rule.address, ip)) &&
      names(rule.database, database) &&
      names(rule.user, user),
  );
}

export const fileText = (sys: Sys, path: string): string => decode(sys.path.readFile(path));
