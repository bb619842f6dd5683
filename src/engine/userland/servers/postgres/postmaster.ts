/**
 * postgres: the process that listens, keeps the databases, and looks after its helpers. Every connection is answered in a task of
 * its own, beside which a process stands that `ps` shows as its backend.
 */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Pid, Program, Sys, TaskQueue } from '../../../kernel/sys.ts';
import { addressText, listenOn } from '../../net/streams.ts';
import { leave, print, sentence } from '../../net/text.ts';
import { OptionError, parseOptions } from '../../options.ts';
import { encode, say } from '../../program-io.ts';
import type { Activity } from '../sql/catalogues.ts';
import { Cluster } from '../sql/cluster.ts';
import { FileKeeper } from '../sql/files.ts';
import { converse } from './backend.ts';
import { hostRules, logTime, longVersion, majorOf, readControl, settingsOf, versionOf, writeControl } from './data-directory.ts';

const HELPERS = ['checkpointer', 'background writer', 'walwriter', 'autovacuum launcher', 'logical replication launcher'];
const LAUNCHER = 'logical replication launcher';
const START_NS = 25_000_000;

export interface Backend {
  readonly activity: Activity;
  readonly fd: Fd;
  readonly pid: Pid;
}

/** What a running server has. */
export interface Postmaster {
  readonly sys: Sys;
  readonly cluster: Cluster;
  readonly root: string;
  readonly settings: ReadonlyMap<string, string>;
  readonly backends: Map<Fd, Backend>;
  /** Wakes whoever waits for a transaction's end, and the server when it is to end. */
  readonly writerEnded: TaskQueue;
  readonly ended: TaskQueue;
  rules: ReturnType<typeof hostRules>;
  isStopping: boolean;
  log(level: string, text: string, pid?: Pid): Promise<void>;
}

type Shutdown = 'smart' | 'fast' | 'immediate';
const SHUTDOWNS = { SIGTERM: 'smart', SIGINT: 'fast', SIGQUIT: 'immediate' } as const;

/** `-c name=value` and `--name=value` are settings; the rest is for getopt. */
function split(args: readonly string[]): { readonly plain: readonly string[]; readonly given: Map<string, string> } {
  const given = new Map<string, string>();
  const plain: string[] = [];
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    const text =
      arg === '-c' ? (args[i + 1] ?? '') : arg.startsWith('-c') ? arg.slice(2) : /^--[\w-]+=/.test(arg) ? arg.slice(2) : undefined;
    if (text === undefined) plain.push(arg);
    else given.set(text.slice(0, text.indexOf('=')).replaceAll('-', '_'), text.slice(text.indexOf('=') + 1));
    if (arg === '-c') i += 1;
  }
  return { plain, given };
}

export const postgres: Program = async (sys) => {
  const { plain, given } = split(sys.argv.slice(1));
  try {
    const options = parseOptions(plain, { short: 'D:p:h:k:N:B:iFV', long: { version: 'V', help: '--help' } });
    if (options.has('V')) return print(sys, `postgres (PostgreSQL) ${versionOf(sys)}\n`).then(() => 0);
    for (const [letter, name] of [
      ['p', 'port'],
      ['h', 'listen_addresses'],
      ['k', 'unix_socket_directories'],
      ['N', 'max_connections'],
      ['B', 'shared_buffers'],
    ] as const) {
      const value = options.value(letter);
      if (value !== undefined) given.set(name, value);
    }
    const root = options.value('D') ?? sys.env.get('PGDATA');
    if (root === undefined)
      return leave(
        sys,
        'postgres does not know where to find the server configuration file.\nYou must specify the --config-file or -D invocation option or set the PGDATA environment variable.\n',
        2,
      );
    return await start(sys, root, given);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return leave(sys, `${sys.argv[0]}: ${error.message}\nTry "postgres --help" for more information.\n`);
  }
};

async function start(sys: Sys, root: string, given: ReadonlyMap<string, string>): Promise<number> {
  const log = (level: string, text: string, pid: Pid = sys.pid): Promise<void> =>
    say(sys, 2, `${logTime(sys)} [${pid}] ${level}:  ${text}\n`);
  if (sys.ids.get().euid === 0)
    return leave(
      sys,
      '"root" execution of the PostgreSQL server is not permitted.\nThe server must be started under an unprivileged user ID to prevent\npossible system security compromise.  See the documentation for\nmore information on how to properly start the server.\n',
    );
  if (!sys.path.access(`${root}/PG_VERSION`, { read: true })) {
    if (sys.path.access(root, {}))
      return leave(
        sys,
        `postgres: could not access the server configuration file "${root}/postgresql.conf": No such file or directory\n`,
        2,
      );
    return leave(
      sys,
      `postgres: could not access directory "${root}": No such file or directory\nRun initdb or pg_basebackup to initialize a PostgreSQL data directory.\n`,
      2,
    );
  }
  const version = new TextDecoder().decode(sys.path.readFile(`${root}/PG_VERSION`)).trim();
  if (version !== majorOf(sys)) {
    await log('FATAL', 'database files are incompatible with server');
    await log(
      'DETAIL',
      `The data directory was initialized by PostgreSQL version ${version}, which is not compatible with this version ${versionOf(sys)}.`,
    );
    return 1;
  }
  const settings = settingsOf(sys, root, given);
  await log('LOG', `starting ${longVersion(sys)}`);
  const sockets = await openSockets(sys, settings, log);
  if (sockets === null) return 1;
  const keeper = new FileKeeper(sys, root);
  const cluster = new Cluster({ version: longVersion(sys), keeper, settings });
  const rules = hostRules(sys, root);
  const master: Postmaster = {
    sys,
    cluster,
    root,
    settings,
    rules,
    log,
    backends: new Map(),
    isStopping: false,
    writerEnded: sys.queue(),
    ended: sys.queue(),
  };
  return serve(master, keeper, sockets);
}

interface Sockets {
  readonly fds: readonly Fd[];
  readonly socketFile: string;
}

/** Opens TCP and the socket file; null, with lines in the log, if that is not possible. */
async function openSockets(sys: Sys, settings: ReadonlyMap<string, string>, log: Postmaster['log']): Promise<Sockets | null> {
  const port = Number(settings.get('port') ?? 5432);
  const fds: Fd[] = [];
  const listenAddresses = settings.get('listen_addresses') ?? 'localhost';
  const ips = listenAddresses
    .split(',')
    .flatMap((name) => ({ '*': ['0.0.0.0', '::'], localhost: ['127.0.0.1', '::1'], '': [] })[name.trim()] ?? [name.trim()]);
  for (const ip of ips) {
    const family = ip.includes(':') ? 'IPv6' : 'IPv4';
    try {
      fds.push(listenOn(sys, { ip, port, v6only: ip.includes(':') }));
      await log('LOG', `listening on ${family} address "${ip}", port ${port}`);
    } catch (error) {
      await log(
        'LOG',
        `could not bind ${family} address "${addressText(ip, port).replace(/:\d+$/, '').replace(/[[\]]/g, '')}": ${sentence(error)}`,
      );
      if (isErrno(error, 'EADDRINUSE'))
        await log('HINT', `Is another postmaster already running on port ${port}? If not, wait a few seconds and retry.`);
    }
  }
  if (ips.length > 0 && fds.length === 0) {
    await log('WARNING', `could not create listen socket for "${listenAddresses}"`);
    await log('FATAL', 'could not create any TCP/IP sockets');
    return null;
  }
  const socketFile = `${settings.get('unix_socket_directories') ?? '/var/run/postgresql'}/.s.PGSQL.${port}`;
  try {
    if (sys.path.access(socketFile, { noFollow: true })) sys.path.unlink(socketFile);
    const fd = sys.net.socket('unix', 'stream');
    sys.net.bind(fd, { family: 'unix', path: socketFile });
    sys.path.chmod(socketFile, 0o777);
    sys.net.listen(fd);
    fds.push(fd);
    await log('LOG', `listening on Unix socket "${socketFile}"`);
  } catch (error) {
    await log('FATAL', `could not create Unix-domain socket in directory "${settings.get('unix_socket_directories')}": ${sentence(error)}`);
    return null;
  }
  return { fds, socketFile };
}

/** A process of its own that lasts as long as this one: what `ps` shows. */
function helper(sys: Sys, title: string, alive: Fd): Pid {
  const body: Program = async (child) => {
    for (const signal of ['SIGINT', 'SIGHUP'] as const) child.on(signal, 'ignore');
    await child.read(0, 1);
    return 0;
  };
  return sys.fork(body, { argv: [`postgres: ${title} `], fds: new Map([[alive, 0]]) });
}

/** Says how the last run ended, as a process of its own, and brings the databases back. */
async function recover({ sys, root, cluster }: Postmaster, keeper: FileKeeper): Promise<void> {
  const control = readControl(sys, root);
  const wasCut = control?.state === 'in production';
  const pid = sys.fork(
    async (child) => {
      const line = (text: string): Promise<void> => say(child, 2, `${logTime(child)} [${child.pid}] LOG:  ${text}\n`);
      await line(
        wasCut
          ? `database system was interrupted; last known up at ${control.time}`
          : `database system was shut down at ${control?.time ?? ''}`,
      );
      if (wasCut) {
        await line('database system was not properly shut down; automatic recovery in progress');
        await line('redo is not required');
      }
      return 0;
    },
    { argv: ['postgres: startup '] },
  );
  await sys.wait(pid);
  keeper.restore(cluster);
  const identifier = control?.identifier ?? '0';
  writeControl(sys, root, { state: 'in production', time: logTime(sys, { seconds: true }), identifier });
}

async function serve(master: Postmaster, keeper: FileKeeper, { fds, socketFile }: Sockets): Promise<number> {
  const { sys, root, settings, log } = master;
  const port = settings.get('port') ?? '5432';
  let how: Shutdown | null = null;
  for (const [signal, kind] of Object.entries(SHUTDOWNS) as [keyof typeof SHUTDOWNS, Shutdown][])
    sys.on(signal, () => {
      how = how === 'immediate' || (how === 'fast' && kind === 'smart') ? how : kind;
      master.ended.wake();
    });
  await sys.charge(START_NS);
  try {
    await recover(master, keeper);
  } catch (error) {
    if (!isErrno(error) && !(error instanceof SyntaxError)) throw error;
    await log('FATAL', `could not read the data directory: ${error.message}`);
    return 1;
  }
  sys.path.writeFile(`${root}/postmaster.opts`, encode(`/usr/local/bin/${sys.argv.join(' ')}\n`), 0o600);
  sys.path.writeFile(
    `${root}/postmaster.pid`,
    encode(
      `${sys.pid}\n${root}\n${Math.floor(Number(sys.clock.nowNs() / 1_000_000_000n))}\n${port}\n${socketFile.replace(/\/[^/]*$/, '')}\n*\nready\n`,
    ),
    0o600,
  );
  const alive = sys.fds.pipe();
  sys.fds.setCloseOnExec(alive.write, true);
  const helpers = HELPERS.map((title) => ({ title, pid: helper(sys, title, alive.read) }));
  sys.on('SIGHUP', () => {
    master.rules = hostRules(sys, root);
    sys.thread(() => log('LOG', 'received SIGHUP, reloading configuration files'));
  });
  await log('LOG', 'database system is ready to accept connections');
  for (const fd of fds) sys.thread(() => acceptAll(master, fd, alive.read));
  while (how === null) await master.ended.wait();
  return shutDown(master, how as Shutdown, { helpers, fds, socketFile });
}

interface Ending {
  readonly helpers: readonly { readonly title: string; readonly pid: Pid }[];
  readonly fds: readonly Fd[];
  readonly socketFile: string;
}

async function shutDown(master: Postmaster, how: Shutdown, { helpers, fds, socketFile }: Ending): Promise<number> {
  const { sys, root, log } = master;
  master.isStopping = true;
  await log('LOG', `received ${how} shutdown request`);
  for (const fd of fds) sys.fds.close(fd);
  if (how === 'smart') while (master.backends.size > 0) await master.ended.wait();
  if (how === 'fast') await log('LOG', 'aborting any active transactions');
  for (const { fd } of master.backends.values()) sys.net.shutdown(fd, 'both');
  for (const { title, pid } of helpers) {
    sys.kill(pid, 'SIGKILL');
    await sys.wait(pid);
    if (title === LAUNCHER && how !== 'immediate') await log('LOG', `background worker "${LAUNCHER}" (PID ${pid}) exited with exit code 1`);
  }
  if (how !== 'immediate') {
    const checkpointer = helpers[0]?.pid ?? sys.pid;
    await log('LOG', 'shutting down', checkpointer);
    await log('LOG', 'checkpoint starting: shutdown immediate', checkpointer);
    await log(
      'LOG',
      'checkpoint complete: wrote 0 buffers (0.0%); 0 WAL file(s) added, 0 removed, 0 recycled; write=0.001 s, sync=0.001 s, total=0.001 s; sync files=0, longest=0.000 s, average=0.000 s; distance=0 kB, estimate=0 kB; lsn=0/14E4FA0, redo lsn=0/14E4FA0',
      checkpointer,
    );
    writeControl(sys, root, {
      state: 'shut down',
      time: logTime(sys, { seconds: true }),
      identifier: readControl(sys, root)?.identifier ?? '0',
    });
  }
  for (const file of [socketFile, `${root}/postmaster.pid`]) if (sys.path.access(file, { noFollow: true })) sys.path.unlink(file);
  await log('LOG', 'database system is shut down');
  return 0;
}

async function acceptAll(master: Postmaster, listening: Fd, alive: Fd): Promise<void> {
  const { sys } = master;
  for (;;) {
    try {
      const fd = await sys.accept(listening);
      sys.thread(() => answer(master, fd, alive));
    } catch (error) {
      if (isErrno(error, 'EBADF', 'EINVAL') || master.isStopping) return;
      if (!isErrno(error, 'EINTR', 'ECONNABORTED')) throw error;
    }
  }
}

async function answer(master: Postmaster, fd: Fd, alive: Fd): Promise<void> {
  const { sys } = master;
  const peer = sys.net.peer(fd);
  const ip = peer.family === 'unix' ? null : peer.ip.replace(/^::ffff:/, '');
  let pid: Pid | null = null;
  try {
    await converse(master, {
      fd,
      ip,
      port: peer.family === 'unix' ? 0 : peer.port,
      begin: (user, database) => {
        pid = helper(
          sys,
          `${user} ${database} ${ip === null ? '[local]' : `${ip}(${peer.family === 'unix' ? '' : peer.port})`} idle`,
          alive,
        );
        return pid;
      },
    });
  } catch (error) {
    if (!isErrno(error, 'EPIPE', 'ECONNRESET', 'EBADF')) throw error;
  }
  master.backends.delete(fd);
  if (pid !== null) {
    sys.kill(pid, 'SIGKILL');
    await sys.wait(pid);
  }
  sys.fds.close(fd);
  master.ended.wake();
}
