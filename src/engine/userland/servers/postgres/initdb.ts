/** initdb: makes a data directory, with the databases and the superuser that every cluster has. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Program, Sys } from '../../../kernel/sys.ts';
import { userName } from '../../coreutils/users.ts';
import { leave, print, sentence, textOf } from '../../net/text.ts';
import { OptionError, type Options, parseOptions } from '../../options.ts';
import { encode } from '../../program-io.ts';
import { Cluster } from '../sql/cluster.ts';
import { FileKeeper } from '../sql/files.ts';
import { logTime, longVersion, majorOf, SUBDIRECTORIES, versionOf, writeControl } from './data-directory.ts';
import { hidePassword } from './passwords.ts';

/** What making a cluster costs a processor: a real one runs three servers for it. */
const BOOTSTRAP_NS = 380_000_000;
const POST_BOOTSTRAP_NS = 420_000_000;
const SYNC_NS = 150_000_000;
/** Where the sample of the configuration is: built from source, or from Debian's packages. */
const SAMPLES = ['/usr/local', '/usr'].map((prefix) => `${prefix}/share/postgresql/postgresql.conf.sample`);

const SPEC = {
  short: 'D:U:A:E:k',
  long: {
    pgdata: 'D:',
    username: 'U:',
    auth: 'A:',
    'auth-host': '--auth-host:',
    'auth-local': '--auth-local:',
    pwfile: '--pwfile:',
    encoding: 'E:',
    locale: '--locale:',
    'data-checksums': 'k',
    'no-data-checksums': '--no-data-checksums',
    'no-sync': 'N',
    version: '--version',
    'allow-group-access': 'g',
  },
};

const hba = (local: string, host: string): string =>
  [
    '# PostgreSQL Client Authentication Configuration File',
    '# TYPE  DATABASE        USER            ADDRESS                 METHOD',
    '',
    `local   all             all                                     ${local}`,
    `host    all             all             127.0.0.1/32            ${host}`,
    `host    all             all             ::1/128                 ${host}`,
    `local   replication     all                                     ${local}`,
    `host    replication     all             127.0.0.1/32            ${host}`,
    `host    replication     all             ::1/128                 ${host}`,
    '',
  ].join('\n');

export const initdb: Program = async (sys) => {
  let options: Options;
  try {
    options = parseOptions(sys.argv.slice(1), SPEC);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return leave(sys, `initdb: ${error.message}\ninitdb: hint: Try "initdb --help" for more information.\n`);
  }
  if (options.has('--version')) return print(sys, `initdb (PostgreSQL) ${versionOf(sys)}\n`).then(() => 0);
  const root = options.value('D') ?? options.operands[0] ?? sys.env.get('PGDATA');
  if (root === undefined)
    return leave(
      sys,
      'initdb: error: no data directory specified\ninitdb: hint: You must identify the directory where the data for this database system will reside.  Do this with either the invocation option -D or the environment variable PGDATA.\n',
    );
  if (sys.ids.get().euid === 0)
    return leave(
      sys,
      'initdb: error: cannot be run as root\ninitdb: hint: Please log in (using, e.g., "su") as the (unprivileged) user that will own the server process.\n',
    );
  try {
    return await make(sys, root, options);
  } catch (error) {
    if (!isErrno(error)) throw error;
    return leave(
      sys,
      `initdb: error: could not access directory "${error.path ?? root}": ${sentence(error)}\ninitdb: removing contents of data directory "${root}"\n`,
    );
  }
};

async function make(sys: Sys, root: string, options: Options): Promise<number> {
  const owner = userName(sys, sys.ids.get().euid) ?? String(sys.ids.get().euid);
  const isThere = sys.path.access(root, {});
  const inside = isThere ? sys.path.readdir(root).filter(({ name }) => name !== '.' && name !== '..') : [];
  await print(
    sys,
    `The files belonging to this database system will be owned by user "${owner}".\nThis user must also own the server process.\n\nThe database cluster will be initialized with locale "${sys.env.get('LANG') ?? 'C'}".\nThe default database encoding has accordingly been set to "UTF8".\nThe default text search configuration will be set to "english".\n\nData page checksums are ${hasChecksums(sys, options) ? 'enabled' : 'disabled'}.\n\n`,
  );
  if (inside.length > 0)
    return leave(
      sys,
      `initdb: error: directory "${root}" exists but is not empty\ninitdb: hint: If you want to create a new database system, either remove or empty the directory "${root}" or run initdb with an argument other than "${root}".\n`,
    );
  await print(sys, `${isThere ? 'fixing permissions on existing' : 'creating'} directory ${root} ... `);
  if (isThere) sys.path.chmod(root, 0o700);
  else sys.path.mkdir(root, 0o700);
  await print(sys, 'ok\ncreating subdirectories ... ');
  for (const folder of SUBDIRECTORIES) sys.path.mkdir(`${root}/${folder}`, 0o700);
  await print(
    sys,
    'ok\nselecting dynamic shared memory implementation ... posix\nselecting default "max_connections" ... 100\nselecting default "shared_buffers" ... 128MB\nselecting default time zone ... UTC\ncreating configuration files ... ',
  );
  writeConfiguration(sys, root, options);
  await print(sys, 'ok\nrunning bootstrap script ... ');
  await sys.charge(BOOTSTRAP_NS);
  await bootstrap(sys, root, options, owner);
  await print(sys, 'ok\nperforming post-bootstrap initialization ... ');
  await sys.charge(POST_BOOTSTRAP_NS);
  await print(sys, 'ok\nsyncing data to disk ... ');
  await sys.charge(SYNC_NS);
  await print(sys, 'ok\n\n');
  if (methodOf(options, 'local') === 'trust')
    await leave(
      sys,
      'initdb: warning: enabling "trust" authentication for local connections\ninitdb: hint: You can change this by editing pg_hba.conf or using the option -A, or --auth-local and --auth-host, the next time you run initdb.\n',
    );
  await print(sys, `\nSuccess. You can now start the database server using:\n\n    pg_ctl -D ${root} -l logfile start\n\n`);
  return 0;
}

/** From 18 on unless they are refused. */
const hasChecksums = (sys: Sys, options: Options): boolean =>
  Number(majorOf(sys)) < 18 ? options.has('k') : !options.has('--no-data-checksums');

const methodOf = (options: Options, where: 'local' | 'host'): string => options.value(`--auth-${where}`) ?? options.value('A') ?? 'trust';

function writeConfiguration(sys: Sys, root: string, options: Options): void {
  const write = (name: string, text: string): void => sys.path.writeFile(`${root}/${name}`, encode(text), 0o600);
  write('PG_VERSION', `${majorOf(sys)}\n`);
  const sample = SAMPLES.map((path) => textOf(sys, path)).find((text) => text !== undefined) ?? "#listen_addresses = 'localhost'\n";
  write(
    'postgresql.conf',
    sample
      .replace(/^#?max_connections.*$/m, 'max_connections = 100\t\t\t# (change requires restart)')
      .replace(/^#?shared_buffers.*$/m, 'shared_buffers = 128MB\t\t\t# min 128kB')
      .replace(/^#?log_timezone.*$/m, "log_timezone = 'UTC'")
      .replace(/^#?timezone.*$/m, "timezone = 'UTC'"),
  );
  write('postgresql.auto.conf', '# Do not edit this file manually!\n# It will be overwritten by the ALTER SYSTEM command.\n');
  write('pg_hba.conf', hba(methodOf(options, 'local'), methodOf(options, 'host')));
  write('pg_ident.conf', '# MAPNAME       SYSTEM-USERNAME         PG-USERNAME\n');
}

async function bootstrap(sys: Sys, root: string, options: Options, owner: string): Promise<void> {
  const name = options.value('U') ?? owner;
  const file = options.value('--pwfile');
  const password = file === undefined ? '' : ((await readPassword(sys, file)).split('\n')[0] ?? '');
  const cluster = new Cluster({
    version: longVersion(sys),
    keeper: new FileKeeper(sys, root),
    settings: new Map(),
  });
  cluster.setRole({
    name,
    password: hidePassword(sys, password),
    isSuperuser: true,
    canLogin: true,
    canCreateDb: true,
    canCreateRole: true,
  });
  for (const database of ['template1', 'template0', 'postgres']) {
    cluster.createDatabase(database, name);
    const oid = cluster.database(database)?.oid ?? 0;
    sys.path.writeFile(`${root}/base/${oid}/PG_VERSION`, encode(`${majorOf(sys)}\n`), 0o600);
  }
  sys.path.writeFile(`${root}/pg_wal/000000010000000000000001`, new Uint8Array(), 0o600);
  const identifier = String(new DataView(sys.random.bytes(8).buffer).getBigUint64(0) >> 1n);
  writeControl(sys, root, { state: 'shut down', time: logTime(sys, { seconds: true }), identifier });
}

/** A pipe is read to its end: the entrypoint hands the password over in one. */
async function readPassword(sys: Sys, path: string): Promise<string> {
  const fd = await sys.open(path, { read: true });
  let text = '';
  for (let bytes = await sys.read(fd, 4096); bytes.length > 0; bytes = await sys.read(fd, 4096)) text += new TextDecoder().decode(bytes);
  sys.fds.close(fd);
  return text;
}
