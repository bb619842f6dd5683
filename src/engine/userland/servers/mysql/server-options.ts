/** What mysqld is told: by files and by its command line. */
import type { Sys } from '../../../kernel/sys.ts';
import { type GivenOption, readOptionFiles } from './option-files.ts';
import { collationOf, isCharset } from './sql/state.ts';
import { DEFAULTS } from './sql/variables.ts';

/** Options that are no variables. */
const OTHERS = new Set(
  'initialize initialize-insecure daemonize user verbose help version console skip-networking default-time-zone log-bin-index mysqlx skip-mysqlx skip-log-bin disable-log-bin host-cache-size innodb-log-file-size innodb-redo-log-capacity innodb-log-buffer-size innodb-doublewrite innodb-flush-method innodb-io-capacity max-heap-table-size tmp-table-size key-buffer-size sort-buffer-size join-buffer-size read-buffer-size read-rnd-buffer-size thread-stack open-files-limit back-log log-error-verbosity log-timestamps binlog-format binlog-expire-logs-seconds explicit-defaults-for-timestamp group-concat-max-len symbolic-links skip-symbolic-links character-set-client-handshake skip-character-set-client-handshake authentication-policy mysql-native-password require-row-format ft-min-word-len table-definition-cache innodb-buffer-pool-instances innodb-use-native-aio max-connect-errors max-binlog-size sync-binlog log-bin-trust-function-creators slow-query-log-file log-queries-not-using-indexes secure-auth lc-messages lc-time-names skip-host-cache-size plugin-dir pid-file transaction-isolation super-read-only local-infile port-open-timeout optimizer-switch upgrade'.split(
    ' ',
  ),
);
/** What the original does by them is not done here, and would be missed. */
const ABSENT = new Set(
  'admin-address admin-port early-plugin-load enforce-gtid-consistency event-scheduler gtid-mode init-file log-replica-updates mysqlx plugin-load-add relay-log report-host require-secure-transport skip-grant-tables skip-replica-start ssl-ca ssl-cert ssl-key tls-version'.split(
    ' ',
  ),
);
const OFF = /^(0|off|false)$/i;
/** Gone from 8.4 on: the server refuses them as it refuses what it never knew. */
const GONE = new Set(['default-authentication-plugin', 'skip-host-cache', 'expire-logs-days', 'old', 'new', 'ssl', 'skip-ssl']);
const SHORT: Readonly<Record<string, string>> = {
  P: 'port',
  h: 'datadir',
  u: 'user',
  V: 'version',
  '?': 'help',
  v: 'verbose',
  C: 'character-set-server',
  D: 'daemonize',
};

export interface ServerOptions {
  /** With underscores, as variables are called. */
  readonly values: ReadonlyMap<string, string>;
  readonly has: (name: string) => boolean;
  /** What is not understood: the log's number and sentence. */
  readonly problem?: readonly [code: string, text: string];
}

const asVariable = (name: string): string => name.replaceAll('-', '_');

const WITH_VALUE = ['user', 'default-time-zone', 'max-connect-errors', 'binlog-format'];
const wantsValue = (name: string): boolean => {
  const usual = DEFAULTS[asVariable(name)];
  return WITH_VALUE.includes(name) || (usual !== undefined && !/^(ON|OFF)$/.test(usual));
};

function commandLine(args: readonly string[]): readonly GivenOption[] {
  const given: GivenOption[] = [];
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    const [, letter = '', attached = ''] = /^-([A-Za-z?])(.*)$/s.exec(arg) ?? [];
    const long = SHORT[letter];
    if (long !== undefined) {
      const isBare = ['version', 'help', 'verbose', 'daemonize'].includes(long);
      const value = isBare ? undefined : attached === '' ? args[i + 1] : attached;
      if (!isBare && attached === '') i += 1;
      given.push({ name: long, ...(value === undefined ? {} : { value }) });
      continue;
    }
    const [, name = '', value] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name === '') given.push({ name: `\0${arg}` });
    else {
      const known = name.replaceAll('_', '-');
      // `--port 3307`: what needs a value takes the next word.
      const next = value === undefined && wantsValue(known) && !/^-|^$/.test(args[i + 1] ?? '') ? args[i + 1] : undefined;
      if (next !== undefined) i += 1;
      const whole = value ?? next;
      given.push({ name: known, ...(whole === undefined ? {} : { value: whole }) });
    }
  }
  return given;
}

/** Whether it is known; `loose-`, `skip-` and `disable-` may stand in front. */
function known(name: string, isOld: boolean): boolean {
  if (name === 'mysql-native-password') return isOld;
  if (GONE.has(name)) return false;
  const bare = name.replace(/^(?:skip|disable|enable)-/, '');
  return OTHERS.has(name) || Object.hasOwn(DEFAULTS, asVariable(name)) || Object.hasOwn(DEFAULTS, asVariable(bare)) || OTHERS.has(bare);
}

const UNITS: Readonly<Record<string, number>> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3 };
function sized(value: string): string {
  const [, digits, unit = ''] = /^(\d+)([KMG])$/i.exec(value) ?? [];
  return digits === undefined ? value : String(Number(digits) * (UNITS[unit.toUpperCase()] ?? 1));
}

function settled(name: string, value: string | undefined): readonly [string, string] {
  const bare = name.replace(/^(?:skip|disable)-/, '');
  const key = asVariable(name);
  if (name !== bare && !Object.hasOwn(DEFAULTS, key)) return [asVariable(bare), 'OFF'];
  const isSwitch = /^(ON|OFF)$/.test(DEFAULTS[key] ?? '');
  if (isSwitch) return [key, value === undefined || /^(1|on|true)$/i.test(value) ? 'ON' : 'OFF'];
  return [key, key === 'datadir' ? `${(value ?? '').replace(/\/+$/, '')}/` : sized(value ?? '')];
}

/** Reads files and arguments; `major` is the release's first number. */
export function serverOptions(sys: Sys, given: readonly string[], version: string): ServerOptions {
  const [major = 8] = version.split('.').map(Number);
  const groups = ['mysqld', 'server', `mysqld-${version.split('.').slice(0, 2).join('.')}`];
  const { fromFiles, args } = readOptionFiles(sys, given, groups);
  const all = [...fromFiles, ...commandLine(args)].map(({ name, ...rest }) => ({
    name: name.replace(/^loose-/, ''),
    isLoose: name.startsWith('loose-'),
    ...rest,
  }));
  const values = new Map<string, string>();
  for (const { name, value, isLoose } of all) {
    const refuse = (code: string, text: string): ServerOptions => ({ values, has: () => false, problem: [code, text] });
    if (name.startsWith('\0')) return refuse('MY-010147', `Too many arguments (first extra is '${name.slice(1)}').`);
    if (ABSENT.has(name) && !(value !== undefined && OFF.test(value)))
      return refuse('MY-000068', `this model of mysqld has no option '--${name}'.`);
    if (!ABSENT.has(name) && !known(name, major < 9)) {
      if (isLoose) continue;
      const written = value === undefined ? `--${name}` : `${name}=${value}`;
      return value === undefined
        ? refuse('MY-000068', `unknown option '${written}'.`)
        : refuse('MY-000067', `unknown variable '${written}'.`);
    }
    if (name === 'character-set-server' && !isCharset((value ?? '').toLowerCase()))
      return refuse(
        'MY-010123',
        `Character set '${value}' is not a compiled character set and is not specified in the '/usr/share/mysql-${version.split('.').slice(0, 2).join('.')}/charsets/Index.xml' file.`,
      );
    const [key, text] = settled(name, value);
    values.set(key, text);
    if (name === 'character-set-server' && !all.some((one) => one.name === 'collation-server'))
      values.set('collation_server', collationOf(text));
    if (name === 'collation-server' && !all.some((one) => one.name === 'character-set-server'))
      values.set('character_set_server', text.split('_', 1)[0] ?? '');
  }
  return { values, has: (name) => values.has(asVariable(name)) && values.get(asVariable(name)) !== 'OFF' };
}
