/** PostgreSQL's smaller programs: pg_isready, createdb, dropdb, createuser, pg_ctl. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Pid, Program, Sys } from '../../../kernel/sys.ts';
import { execute } from '../../coreutils/execute.ts';
import { leave, print, textOf } from '../../net/text.ts';
import { OptionError, type Options, parseOptions } from '../../options.ts';
import { ConnectionFailed, PgConnection, targetOf } from './client.ts';
import { versionOf } from './data-directory.ts';

const CONNECTION = {
  short: 'h:p:U:d:t:qO:esSdrwWVE:T:f:',
  long: {
    host: 'h:',
    port: 'p:',
    username: 'U:',
    dbname: 'd:',
    timeout: 't:',
    quiet: 'q',
    owner: 'O:',
    'if-exists': 'I',
    force: 'F',
    version: 'V',
    superuser: 's',
  },
};

/** Runs with the options, or says what is wrong with them. */
const withOptions =
  (name: string, work: (sys: Sys, options: Options) => Promise<number>): Program =>
  async (sys) => {
    try {
      const options = parseOptions(sys.argv.slice(1), CONNECTION);
      if (options.has('V')) return print(sys, `${name} (PostgreSQL) ${versionOf(sys)}\n`).then(() => 0);
      return await work(sys, options);
    } catch (error) {
      if (!(error instanceof OptionError)) throw error;
      return leave(sys, `${name}: ${error.message}\n${name}: hint: Try "${name} --help" for more information.\n`);
    }
  };

const [REJECTING, NO_RESPONSE] = [1, 2];

export const pgIsReady = withOptions('pg_isready', async (sys, options) => {
  const target = targetOf(sys, options, 'pg_isready');
  const where = `${target.host}:${target.port}`;
  const tell = async (words: string, status: number): Promise<number> => {
    if (!options.has('q')) await print(sys, `${where} - ${words}\n`);
    return status;
  };
  try {
    (await PgConnection.open(sys, target)).close();
    return await tell('accepting connections', 0);
  } catch (error) {
    if (!(error instanceof ConnectionFailed)) throw error;
    if (/starting up|shutting down/.test(error.message)) return tell('rejecting connections', REJECTING);
    // Whoever asks for a password, or does not know the user, is there.
    return error.wantsPassword || /FATAL/.test(error.message) ? tell('accepting connections', 0) : tell('no response', NO_RESPONSE);
  }
});

/** One statement about a database, said over a connection to `postgres`. */
const databaseTool = (name: string, statement: (quoted: string, options: Options) => string): Program =>
  withOptions(name, async (sys, options) => {
    const [database = sys.env.get('PGDATABASE') ?? targetOf(sys, options, name).user] = options.operands;
    const target = { ...targetOf(sys, options, name), database: 'postgres' };
    let failure = '';
    try {
      const connection = await PgConnection.open(sys, target);
      await connection.query(statement(`"${database}"`, options), async (event) => {
        if (event.kind === 'error') failure = event.notice.get('M') ?? '';
      });
      connection.close();
    } catch (error) {
      if (!(error instanceof ConnectionFailed)) throw error;
      return leave(sys, `${name}: error: ${error.message}\n`);
    }
    if (failure === '') return 0;
    const what =
      name === 'createdb' ? 'database creation failed' : name === 'dropdb' ? 'database removal failed' : 'creation of new role failed';
    return leave(sys, `${name}: error: ${what}: ERROR:  ${failure}\n`);
  });

export const createdb = databaseTool(
  'createdb',
  (name, options) => `create database ${name}${options.has('O') ? ` owner "${options.value('O')}"` : ''}`,
);
export const dropdb = databaseTool('dropdb', (name, options) => `drop database ${options.has('I') ? 'if exists ' : ''}${name}`);
export const createuser = databaseTool('createuser', (name, options) => `create role ${name} login${options.has('s') ? ' superuser' : ''}`);

const CTL = {
  short: 'D:l:m:o:t:wWs',
  long: { pgdata: 'D:', log: 'l:', mode: 'm:', options: 'o:', timeout: 't:', wait: 'w', 'no-wait': 'W', silent: 's' },
};
const LOOK_EVERY_MS = 100;
const MS_PER_SECOND = 1000;
const SIGNALS = { smart: 'SIGTERM', fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

export const pgCtl: Program = async (sys) => {
  let options: Options;
  try {
    options = parseOptions(sys.argv.slice(1), CTL);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return leave(sys, `pg_ctl: ${error.message}\nTry "pg_ctl --help" for more information.\n`);
  }
  const root = options.value('D') ?? sys.env.get('PGDATA');
  if (root === undefined) return leave(sys, 'pg_ctl: no database directory specified and environment variable PGDATA unset\n');
  if (sys.ids.get().euid === 0)
    return leave(
      sys,
      'pg_ctl: cannot be run as root\nPlease log in (using, e.g., "su") as the (unprivileged) user that will\nown the server process.\n',
    );
  switch (options.operands[0]) {
    case 'start':
      return startServer(sys, root, options);
    case 'stop':
      return stopServer(sys, root, options);
    case 'status': {
      const pid = runningPid(sys, root);
      if (pid === undefined) return print(sys, 'pg_ctl: no server running\n').then(() => 3);
      return print(sys, `pg_ctl: server is running (PID: ${pid})\n`).then(() => 0);
    }
    case 'reload': {
      const pid = runningPid(sys, root);
      if (pid !== undefined) sys.kill(pid, 'SIGHUP');
      return pid === undefined
        ? leave(sys, `pg_ctl: PID file "${root}/postmaster.pid" does not exist\nIs server running?\n`)
        : print(sys, 'server signaled\n').then(() => 0);
    }
    default:
      return leave(sys, 'pg_ctl: no operation specified\nTry "pg_ctl --help" for more information.\n');
  }
};

function runningPid(sys: Sys, root: string): Pid | undefined {
  const pid = Number(textOf(sys, `${root}/postmaster.pid`)?.split('\n')[0] ?? 'none');
  if (!Number.isInteger(pid)) return undefined;
  try {
    sys.kill(pid, null);
    return pid;
  } catch (error) {
    if (isErrno(error, 'ESRCH')) return undefined;
    throw error;
  }
}

async function startServer(sys: Sys, root: string, options: Options): Promise<number> {
  const more = (options.value('o') ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/^(['"])(.*)\1$/, '$2'));
  // `-c listen_addresses=''` comes with its quotes.
  const args = more.map((word) => word.replace(/=''$/, '=').replace(/='(.*)'$/, '=$1'));
  await print(sys, 'waiting for server to start...');
  const log = options.value('l');
  const pid = sys.fork(async (child) => {
    child.ids.setsid();
    if (log !== undefined) {
      const fd = await child.open(log, { write: true, append: true, create: true }, 0o600);
      child.fds.dup2(fd, 1);
      child.fds.dup2(fd, 2);
    }
    return execute(child, ['postgres', '-D', root, ...args]);
  });
  for (let waited = 0; waited < Number(options.value('t') ?? 60) * MS_PER_SECOND; waited += LOOK_EVERY_MS) {
    await print(sys, '.');
    if (textOf(sys, `${root}/postmaster.pid`)?.includes('ready')) {
      await print(sys, ' done\nserver started\n');
      return 0;
    }
    if ((await sys.wait(pid, { noHang: true })) !== null) break;
    await sys.sleep(LOOK_EVERY_MS);
  }
  await print(sys, ' stopped waiting\n');
  return leave(sys, 'pg_ctl: could not start server\nExamine the log output.\n');
}

async function stopServer(sys: Sys, root: string, options: Options): Promise<number> {
  const pid = runningPid(sys, root);
  if (pid === undefined) return leave(sys, `pg_ctl: PID file "${root}/postmaster.pid" does not exist\nIs server running?\n`);
  const mode = options.value('m') ?? 'fast';
  sys.kill(pid, SIGNALS[mode === 'smart' || mode === 'immediate' ? mode : 'fast']);
  await print(sys, 'waiting for server to shut down...');
  for (let waited = 0; waited < Number(options.value('t') ?? 60) * MS_PER_SECOND; waited += LOOK_EVERY_MS) {
    await print(sys, '.');
    if (runningPid(sys, root) === undefined) {
      await print(sys, ' done\nserver stopped\n');
      return 0;
    }
    await sys.sleep(LOOK_EVERY_MS);
  }
  return leave(sys, ' failed\npg_ctl: server does not shut down\n');
}
