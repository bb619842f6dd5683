/** mysqld: the server. It answers each connection in a task of its own. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Program, Sys } from '../../../kernel/sys.ts';
import { users } from '../../coreutils/users.ts';
import { print } from '../../net/text.ts';
import { addAccounts, longVersion, versionNumber, versionOf, writeDirectory } from './data-directory.ts';
import { type Log, logOf } from './log.ts';
import { secretOf } from './passwords.ts';
import { serve } from './server.ts';
import { type ServerOptions, serverOptions } from './server-options.ts';
import { DEFAULT_PLUGIN } from './sql/account-statements.ts';
import { Cluster } from './sql/cluster.ts';
import { FileKeeper } from './sql/files.ts';
import { DEFAULTS } from './sql/variables.ts';

const SELF = '/usr/sbin/mysqld';
/** What making the dictionary and starting the storage engine cost. */
const INITIALIZE_NS = 2_600_000_000;
const START_NS = 420_000_000;
const INNODB = { thread: 1, part: 'InnoDB' } as const;

export const mysqld: Program = async (sys) => {
  const version = versionOf(sys);
  const options = serverOptions(sys, sys.argv.slice(1), version);
  const log = logOf(sys);
  if (options.problem === undefined) {
    if (options.has('version')) return print(sys, `${SELF}  Ver ${longVersion(sys)}\n`).then(() => 0);
    if (options.has('help')) return help(sys, options);
  }
  const isInitializing = options.has('initialize') || options.has('initialize-insecure');
  if (options.problem !== undefined) {
    await log('ERROR', ...options.problem);
    return aborted(sys, log, isInitializing);
  }
  const refusal = becomeUser(sys, options);
  if (refusal !== undefined) {
    await log('ERROR', 'MY-010123', refusal);
    return aborted(sys, log, isInitializing);
  }
  if (isInitializing) return initialize(sys, options, log);
  return options.has('daemonize') ? daemonize(sys, options) : start(sys, options);
};

/** Becomes whoever `user` says; what is wrong if that is root, or nobody. */
function becomeUser(sys: Sys, options: ServerOptions): string | undefined {
  const wanted = options.values.get('user');
  if (sys.ids.get().euid !== 0 || wanted === 'root') return undefined;
  if (wanted === undefined) return 'Fatal error: Please read "Security" section of the manual to find out how to run mysqld as root!';
  const found = users(sys).find(({ name }) => name === wanted);
  if (found === undefined) return `Fatal error: Can't change to run as user '${wanted}' ;  Please check that the user exists!`;
  sys.ids.setgroups([found.gid]);
  sys.ids.setgid(found.gid);
  sys.ids.setuid(found.uid);
  return undefined;
}

async function aborted(sys: Sys, log: Log, isInitializing: boolean): Promise<number> {
  await log('ERROR', 'MY-010119', 'Aborting');
  await log('System', 'MY-010910', `${SELF}: Shutdown complete (mysqld ${versionOf(sys)})  MySQL Community Server - GPL.`);
  await log('System', isInitializing ? 'MY-015018' : 'MY-015016', `MySQL Server${isInitializing ? ' Initialization' : ''} - end.`);
  return 1;
}

/** --verbose --help: every variable with the value it would have. */
async function help(sys: Sys, options: ServerOptions): Promise<number> {
  await print(
    sys,
    `${SELF}  Ver ${longVersion(sys)}\nCopyright (c) 2000, 2025, Oracle and/or its affiliates.\n\nOracle is a registered trademark of Oracle Corporation and/or its\naffiliates. Other names may be trademarks of their respective\nowners.\n\nStarts the MySQL database server.\n\nUsage: ${SELF} [OPTIONS]\n`,
  );
  if (!options.has('verbose')) return print(sys, '\nFor more help options (several pages), use mysqld --verbose --help.\n').then(() => 0);
  const rule = `${'-'.repeat(59)} ${'-'.repeat(32)}`;
  const shown = [...variablesOf(sys, options)].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = shown.map(([name, value]) => `${name.replaceAll('_', '-').padEnd(59)} ${value === '' ? '(No default value)' : value}`);
  const head = `\nVariables (--variable-name=value)\n${'and boolean options {FALSE|TRUE}'.padEnd(59)} Value (after reading options)\n${rule}\n`;
  await print(
    sys,
    `${head}${lines.join('\n')}\n\nTo see what values a running MySQL server is using, type\n'mysqladmin variables' instead of 'mysqld --verbose --help'.\n`,
  );
  return 0;
}

/** The server's variables: as a fresh one has them, and what was said. */
function variablesOf(sys: Sys, { values }: ServerOptions): Map<string, string> {
  const known = [...values].filter(([name]) => Object.hasOwn(DEFAULTS, name));
  return new Map([...Object.entries(DEFAULTS), ['version', versionOf(sys)], ['hostname', sys.hostname()], ...known]);
}

const rootOf = (variables: ReadonlyMap<string, string>): string => (variables.get('datadir') ?? '/var/lib/mysql').replace(/\/+$/, '');

function clusterOf(sys: Sys, variables: Map<string, string>): { readonly cluster: Cluster; readonly keeper: FileKeeper } {
  const version = versionOf(sys);
  const keeper = new FileKeeper(sys, rootOf(variables), version);
  return { keeper, cluster: new Cluster({ version, keeper, variables, startedUs: Number(sys.clock.nowNs() / 1000n) }) };
}

async function initialize(sys: Sys, options: ServerOptions, log: Log): Promise<number> {
  const variables = variablesOf(sys, options);
  const root = rootOf(variables);
  await log('System', 'MY-015017', 'MySQL Server Initialization - start.');
  await log('System', 'MY-013169', `${SELF} (mysqld ${versionOf(sys)}) initializing of server in progress as process ${sys.pid}`);
  const inside = sys.path.access(root, {}) ? sys.path.readdir(root).filter(({ name }) => !/^\.{1,2}$|^mysql\.sock/.test(name)) : [];
  if (inside.length > 0) {
    await log('ERROR', 'MY-010457', '--initialize specified but the data directory has files in it. Aborting.');
    await log(
      'ERROR',
      'MY-013236',
      `The designated data directory ${root}/ is unusable. You can remove all files that the server added to it.`,
    );
    return aborted(sys, log, true);
  }
  await log('System', 'MY-013576', 'InnoDB initialization has started.', INNODB);
  try {
    if (!sys.path.access(root, {})) sys.path.mkdir(root, 0o750);
    writeDirectory(sys, root);
  } catch (error) {
    if (!isErrno(error)) throw error;
    await log('ERROR', 'MY-010455', `Failed to create the data directory '${root}/' (${error.message}).`);
    return aborted(sys, log, true);
  }
  await sys.charge(INITIALIZE_NS / 2);
  await log('System', 'MY-013577', 'InnoDB initialization has ended.', INNODB);
  await sys.charge(INITIALIZE_NS / 2);
  const { cluster, keeper } = clusterOf(sys, variables);
  const isInsecure = options.has('initialize-insecure');
  const password = isInsecure ? '' : randomPassword(sys);
  addAccounts(cluster, secretOf(DEFAULT_PLUGIN, password));
  keeper.keepEnding(true);
  if (isInsecure)
    await log(
      'Warning',
      'MY-010453',
      'root@localhost is created with an empty password ! Please consider switching off the --initialize-insecure option.',
      { thread: 6 },
    );
  else await log('Note', 'MY-010454', `A temporary password is generated for root@localhost: ${password}`, { thread: 6 });
  await log('System', 'MY-015018', 'MySQL Server Initialization - end.');
  return 0;
}

const PASSWORD_LETTERS = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789_!#+=';
const randomPassword = (sys: Sys): string =>
  [...sys.random.bytes(12)].map((byte) => PASSWORD_LETTERS.charAt(byte % PASSWORD_LETTERS.length)).join('');

/** Goes into the background; ends when the child takes connections, or did not come that far. */
async function daemonize(sys: Sys, options: ServerOptions): Promise<number> {
  const { read, write } = sys.fds.pipe();
  sys.fork(async (child) => {
    child.fds.close(read);
    child.ids.setsid();
    return start(child, options, write);
  });
  sys.fds.close(write);
  const word = await sys.read(read, 1);
  return word.length > 0 ? 0 : 1;
}

/** What keeps the data directory from being used: lines of the log. */
async function restored(sys: Sys, { cluster, keeper }: ReturnType<typeof clusterOf>, log: Log): Promise<boolean> {
  const fail = async (lines: readonly (readonly [code: string, text: string, part?: string])[]): Promise<boolean> => {
    for (const [code, text, part = 'Server'] of lines) await log('ERROR', code, text, part === 'InnoDB' ? INNODB : { part });
    return false;
  };
  try {
    const { isClean, version } = keeper.restore(cluster);
    const [before, now] = [versionNumber(version), versionNumber(versionOf(sys))];
    if (Number(before) > Number(now))
      return fail([
        [
          'MY-013171',
          `Cannot boot server version ${now} on data directory built by version ${before}. Downgrade is not supported`,
          'InnoDB',
        ],
        ['MY-010334', 'Failed to initialize DD Storage Engine'],
        ['MY-010020', 'Data Dictionary initialization failed.'],
      ]);
    await log('System', 'MY-013577', 'InnoDB initialization has ended.', INNODB);
    if (Number(before) < Number(now)) {
      await log('System', 'MY-013381', `Server upgrade from '${before}' to '${now}' started.`, { thread: 4 });
      await log('System', 'MY-013381', `Server upgrade from '${before}' to '${now}' completed.`, { thread: 4 });
    }
    if (!isClean) {
      await log('System', 'MY-010229', 'Starting XA crash recovery...');
      await log('System', 'MY-010232', 'XA crash recovery finished.');
    }
    keeper.keepEnding(false);
    return true;
  } catch (error) {
    if (!isErrno(error) && !(error instanceof SyntaxError)) throw error;
    return fail([
      ['MY-011011', 'Failed to find valid data directory.'],
      ['MY-010020', 'Data Dictionary initialization failed.'],
    ]);
  }
}

async function start(sys: Sys, options: ServerOptions, ready?: Fd): Promise<number> {
  const log = logOf(sys);
  const variables = variablesOf(sys, options);
  await log('System', 'MY-015015', 'MySQL Server - start.');
  await log('System', 'MY-010116', `${SELF} (mysqld ${versionOf(sys)}) starting as process ${sys.pid}`);
  await log('System', 'MY-013576', 'InnoDB initialization has started.', INNODB);
  await sys.charge(START_NS);
  const made = clusterOf(sys, variables);
  if (!(await restored(sys, made, log))) return aborted(sys, log, false);
  const status = await serve({
    sys,
    log,
    self: SELF,
    options,
    root: rootOf(variables),
    ...made,
    ...(ready === undefined ? {} : { ready }),
  });
  return status ?? aborted(sys, log, false);
}
