/** System variables. */
import type { Cluster } from './cluster.ts';
import { plain, unknownVariable } from './errors.ts';
import type { Value } from './values.ts';

export const SQL_MODE =
  'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';

/** Variables that a fresh server has; those of the command line and of files come over them. */
export const DEFAULTS: Readonly<Record<string, string>> = {
  auto_increment_increment: '1',
  auto_increment_offset: '1',
  autocommit: 'ON',
  basedir: '/usr/',
  bind_address: '*',
  character_set_client: 'utf8mb4',
  character_set_connection: 'utf8mb4',
  character_set_database: 'utf8mb4',
  character_set_filesystem: 'binary',
  character_set_results: 'utf8mb4',
  character_set_server: 'utf8mb4',
  character_set_system: 'utf8mb3',
  character_sets_dir: '/usr/share/mysql-8.4/charsets/',
  collation_connection: 'utf8mb4_0900_ai_ci',
  collation_database: 'utf8mb4_0900_ai_ci',
  collation_server: 'utf8mb4_0900_ai_ci',
  connect_timeout: '10',
  cte_max_recursion_depth: '1000',
  datadir: '/var/lib/mysql/',
  default_storage_engine: 'InnoDB',
  foreign_key_checks: 'ON',
  general_log: 'OFF',
  general_log_file: '/var/lib/mysql/general.log',
  hostname: '',
  init_connect: '',
  innodb_buffer_pool_size: '134217728',
  innodb_file_per_table: 'ON',
  innodb_flush_log_at_trx_commit: '1',
  innodb_lock_wait_timeout: '50',
  interactive_timeout: '28800',
  local_infile: 'OFF',
  lock_wait_timeout: '31536000',
  log_bin: 'ON',
  log_error: 'stderr',
  long_query_time: '10.000000',
  lower_case_table_names: '0',
  max_allowed_packet: '67108864',
  max_connections: '151',
  net_read_timeout: '30',
  net_write_timeout: '60',
  performance_schema: 'OFF',
  pid_file: '/var/run/mysqld/mysqld.pid',
  port: '3306',
  protocol_version: '10',
  read_only: 'OFF',
  secure_file_priv: '/var/lib/mysql-files/',
  server_id: '1',
  skip_name_resolve: 'ON',
  skip_networking: 'OFF',
  slow_query_log: 'OFF',
  socket: '/var/run/mysqld/mysqld.sock',
  sql_auto_is_null: 'OFF',
  sql_mode: SQL_MODE,
  sql_notes: 'ON',
  sql_safe_updates: 'OFF',
  storage_engine: 'InnoDB',
  super_read_only: 'OFF',
  system_time_zone: 'UTC',
  table_open_cache: '4000',
  thread_cache_size: '9',
  time_zone: 'SYSTEM',
  tmpdir: '/tmp',
  transaction_isolation: 'REPEATABLE-READ',
  transaction_read_only: 'OFF',
  unique_checks: 'ON',
  version: '',
  version_comment: 'MySQL Community Server - GPL',
  version_compile_machine: 'x86_64',
  version_compile_os: 'Linux',
  wait_timeout: '28800',
};

const READ_ONLY = new Set(
  'basedir bind_address character_sets_dir character_set_system datadir hostname innodb_file_per_table log_bin log_error lower_case_table_names performance_schema pid_file port protocol_version secure_file_priv skip_name_resolve skip_networking socket system_time_zone version version_comment version_compile_machine version_compile_os'.split(
    ' ',
  ),
);
const GLOBAL_ONLY = new Set(
  'general_log general_log_file max_connections read_only super_read_only server_id slow_query_log local_infile table_open_cache thread_cache_size connect_timeout innodb_buffer_pool_size innodb_flush_log_at_trx_commit init_connect'.split(
    ' ',
  ),
);
const SWITCHES = new Set(Object.keys(DEFAULTS).filter((name) => /^(ON|OFF)$/.test(DEFAULTS[name] ?? '')));

/** A variable's value: switches are 1 and 0, numbers are numbers. */
export function variableValue(name: string, text: string): Value {
  if (SWITCHES.has(name)) return text === 'ON' ? 1n : 0n;
  return /^-?\d+$/.test(text) ? BigInt(text) : text;
}

/** What SET makes of a given text. */
function settled(name: string, text: string): string {
  if (!SWITCHES.has(name)) {
    if (/^-?\d+$/.test(DEFAULTS[name] ?? '') && !/^-?\d+$/.test(text))
      throw plain(1232, '42000', `Incorrect argument type to variable '${name}'`);
    return name === 'sql_mode' ? text.toUpperCase() : text;
  }
  if (/^(1|on|true)$/i.test(text)) return 'ON';
  if (/^(0|off|false)$/i.test(text)) return 'OFF';
  throw plain(1231, '42000', `Variable '${name}' can't be set to the value of '${text}'`);
}

/** The server's variables and one session's copy of them. */
export class Variables {
  readonly #cluster: Cluster;
  readonly session: Map<string, string>;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.session = new Map(cluster.options.variables);
  }

  of(scope: 'session' | 'global'): ReadonlyMap<string, string> {
    return scope === 'global' ? this.#cluster.options.variables : this.session;
  }

  get(name: string, scope: 'session' | 'global' = 'session'): string {
    const found = (GLOBAL_ONLY.has(name) ? this.of('global') : this.of(scope)).get(name);
    if (found === undefined) throw unknownVariable(name);
    return found;
  }

  isOn(name: string): boolean {
    return this.session.get(name) === 'ON';
  }

  /** Undefined puts the first value back. */
  set(name: string, text: string | undefined, scope: 'session' | 'global'): void {
    const { variables } = this.#cluster.options;
    if (!variables.has(name)) throw unknownVariable(name);
    if (READ_ONLY.has(name)) throw plain(1238, 'HY000', `Variable '${name}' is a read only variable`);
    if (scope === 'session' && GLOBAL_ONLY.has(name))
      throw plain(1229, 'HY000', `Variable '${name}' is a GLOBAL variable and should be set with SET GLOBAL`);
    const value = text === undefined ? (DEFAULTS[name] ?? '') : settled(name, text);
    (scope === 'global' ? variables : this.session).set(name, value);
  }
}
