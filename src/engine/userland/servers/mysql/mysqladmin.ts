/** mysqladmin: small errands at a server. */
import type { Program, Sys } from '../../../kernel/sys.ts';
import { leave, print } from '../../net/text.ts';
import type { Options } from '../../options.ts';
import { LineReader, say, toText } from '../../program-io.ts';
import { MysqlConnection, type Target } from './client.ts';
import { clientOptions, specWith, targetOf } from './client-options.ts';
import { longVersion } from './data-directory.ts';
import { COPYRIGHT } from './mysql-help.ts';
import { MysqlError } from './sql/errors.ts';
import { connectionText, uptimeOf } from './status-text.ts';
import { boxText } from './table-text.ts';

const SPEC = specWith({
  short: 'i:c:w::br',
  long: { sleep: 'i:', count: 'c:', wait: 'w::', 'no-beep': 'b', relative: 'r', vertical: 'E', 'connect-timeout': '--connect-timeout:' },
});
const WAIT_MS = 1000;
const LOOK_EVERY_MS = 100;
/** Errors of the client itself: no server was reached. */
const isClients = (code: number): boolean => code >= 2000 && code <= 2999;

export const mysqladmin: Program = async (sys) => {
  const options = await clientOptions(sys, 'mysqladmin', SPEC);
  if (typeof options === 'number') return options;
  if (options.has('V')) return print(sys, `mysqladmin  Ver ${longVersion(sys)}\n`).then(() => 0);
  const [first] = options.operands;
  if (options.has('?') || first === undefined)
    return print(
      sys,
      `mysqladmin  Ver ${longVersion(sys)}\n${COPYRIGHT}\nAdministration program for the mysqld daemon.\nUsage: mysqladmin [OPTIONS] command command....\n`,
    ).then(() => (first === undefined && !options.has('?') ? 1 : 0));
  const target = await targetOf(sys, options);
  const connection = await connected(sys, options, target);
  if (typeof connection === 'number') return connection;
  try {
    return await commands(sys, connection, options);
  } finally {
    connection.close();
  }
};

/** Connects, again and again with --wait; or tells why not, with the status to leave with. */
async function connected(sys: Sys, options: Options, target: Target): Promise<MysqlConnection | number> {
  const tries = options.has('w') ? Number(options.value('w') || Infinity) : 0;
  for (let tried = 0; ; tried += 1) {
    try {
      return await MysqlConnection.open(sys, target);
    } catch (error) {
      if (!(error instanceof MysqlError)) throw error;
      if (tried < tries && isClients(error.code)) {
        await sys.sleep(WAIT_MS);
        continue;
      }
      await failed(sys, options, target, error);
      const isPing = options.operands.every((word) => word === 'ping');
      return isPing && !isClients(error.code) ? 0 : 1;
    }
  }
}

async function failed(sys: Sys, options: Options, { host, socket, port }: Target, { code, message }: MysqlError): Promise<void> {
  if (options.has('s')) return;
  await say(sys, 2, `mysqladmin: connect to server at '${host}' failed\nerror: '${message}'\n`);
  if (code === 2002) await say(sys, 2, `Check that mysqld is running and that the socket: '${socket}' exists!\n`);
  if (code === 2003)
    await say(
      sys,
      2,
      `Check that mysqld is running on ${host} and that the port is ${port}.\nYou can check this by doing 'telnet ${host} ${port}'\n`,
    );
}

async function commands(sys: Sys, connection: MysqlConnection, options: Options): Promise<number> {
  const words = [...options.operands];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    try {
      const status = await command(sys, connection, { word, words, options });
      if (status !== 0) return status;
    } catch (error) {
      if (!(error instanceof MysqlError)) throw error;
      return leave(sys, `mysqladmin: ${FAILURES[word] ?? `${word} failed;`} error: '${error.message}'\n`);
    }
  }
  return 0;
}

const FAILURES: Readonly<Record<string, string>> = {
  create: 'CREATE DATABASE failed;',
  drop: 'DROP DATABASE failed;',
  shutdown: 'shutdown failed;',
  password: 'unable to change password;',
};
const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

interface Errand {
  readonly word: string;
  readonly words: string[];
  readonly options: Options;
}

async function command(sys: Sys, connection: MysqlConnection, { word, words, options }: Errand): Promise<number> {
  switch (word) {
    case 'ping':
      await connection.ping();
      return print(sys, 'mysqld is alive\n').then(() => 0);
    case 'status': {
      await print(sys, `${await connection.statistics()}\n`);
      return 0;
    }
    case 'version':
      return version(sys, connection);
    case 'create':
      await connection.query(`create database ${quoted(words.shift() ?? '')}`);
      return 0;
    case 'drop':
      return drop(sys, connection, words.shift() ?? '', options);
    case 'shutdown':
      return shutdown(sys, connection);
    case 'processlist':
      return table(sys, connection, options.has('v') ? 'show full processlist' : 'show processlist');
    case 'variables':
      return table(sys, connection, 'show global variables');
    case 'extended-status':
      return table(sys, connection, 'show global status');
    case 'reload':
    case 'refresh':
    case 'flush-privileges':
    case 'flush-logs':
    case 'flush-tables':
      await connection.query('flush privileges');
      return 0;
    case 'password':
      await connection.query(`alter user user() identified by '${(words.shift() ?? '').replaceAll("'", "''")}'`);
      return 0;
    case 'kill':
      for (const id of (words.shift() ?? '').split(',')) await connection.query(`kill ${id}`);
      return 0;
    default:
      return leave(sys, `mysqladmin: Unknown command: '${word}'\n`);
  }
}

async function table(sys: Sys, connection: MysqlConnection, statement: string): Promise<number> {
  const result = await connection.query(statement);
  if (result.kind === 'rows') await print(sys, boxText(result, true));
  return 0;
}

async function version(sys: Sys, connection: MysqlConnection): Promise<number> {
  const { uptime, rest } = await uptimeOf(connection);
  const where = (await connectionText(connection)).replace('@', '');
  const shown = where.replace(/^(Connection):\t\t/, '$1\t\t').replace(/\n(UNIX socket|TCP port):\t\t/, '\n$1\t\t');
  await print(
    sys,
    `mysqladmin  Ver ${longVersion(sys)}\n${COPYRIGHT}\nServer version\t\t${connection.version}\nProtocol version\t10\n${shown}Uptime:\t\t\t${uptime}\n\n${rest}\n`,
  );
  return 0;
}

async function drop(sys: Sys, connection: MysqlConnection, name: string, options: Options): Promise<number> {
  if (!options.has('f')) {
    await print(
      sys,
      `Dropping the database is potentially a very bad thing to do.\nAny data stored in the database will be destroyed.\n\nDo you really want to drop the '${name}' database [y/N] `,
    );
    const answer = toText((await new LineReader(sys, 0).next()) ?? '').trim();
    if (!/^y/i.test(answer)) return leave(sys, '\nOK, aborting database drop!\n', 1);
  }
  await connection.query(`drop database ${quoted(name)}`);
  await print(sys, `Database "${name}" dropped\n`);
  return 0;
}

/** Waits until the server's file of its number is gone, where that can be seen. */
async function shutdown(sys: Sys, connection: MysqlConnection): Promise<number> {
  const [[, pidFile] = []] = connection.isBySocket ? await connection.rows("show variables like 'pid_file'") : [];
  await connection.query('shutdown');
  if (pidFile !== undefined && pidFile !== null) while (sys.path.access(pidFile, {})) await sys.sleep(LOOK_EVERY_MS);
  return 0;
}
