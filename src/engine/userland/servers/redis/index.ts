/**
 * redis-server: speaks RESP on its port, keeps its data in memory, and in `dump.rdb` or an append-only file in its working
 * directory. `session.ts` is one client's conversation, `store.ts` what is held; commands lie by type.
 */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Program, Sys } from '../../../kernel/sys.ts';
import { listenOn } from '../../net/streams.ts';
import { leave, print, sentence } from '../../net/text.ts';
import { bytesOf, READ_BYTES, rawOf, releaseOf } from '../../program-io.ts';
import { type Config, ConfigError, overcommit, readConfig } from './config.ts';
import { RdbError } from './rdb.ts';
import { encodeReply, failure, ProtocolError, RespReader } from './resp.ts';
import { type Client, RedisServer } from './server.ts';
import { COMMANDS, execute, Session } from './session.ts';

export const versionOf = (sys: Sys): string => releaseOf(sys, 'REDIS_VERSION', '8.4.0');

const OVERCOMMIT =
  "WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail under low memory condition. Being disabled, it can also cause failures without low memory condition, see https://github.com/jemalloc/jemalloc/issues/1328. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.";
const NO_FILE =
  'Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf';

export const redisServer: Program = async (sys) => {
  const args = sys.argv.slice(1);
  const version = versionOf(sys);
  if (args[0] === '-v' || args[0] === '--version')
    return print(sys, `Redis server v=${version} sha=00000000:1 malloc=libc bits=64 build=0\n`).then(() => 0);
  if (args[0] === '-h' || args[0] === '--help')
    return leave(
      sys,
      'Usage: ./redis-server [/path/to/redis.conf] [options] [-]\n       ./redis-server - (read config from stdin)\n       ./redis-server -v or --version\n       ./redis-server -h or --help\n',
    );
  let config: Config;
  try {
    config = readConfig(sys, args, version);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return leave(sys, error.message);
  }
  if (!config.isOn('daemonize')) return run(sys, config, args);
  sys.fork(async (child) => {
    child.ids.setsid();
    const nowhere = await child.open('/dev/null', { read: true, write: true });
    for (const fd of [0, 1, 2]) child.fds.dup2(nowhere, fd);
    if (nowhere > 2) child.fds.close(nowhere);
    return run(child, config, args);
  });
  return 0;
};

async function run(sys: Sys, config: Config, args: readonly string[]): Promise<number> {
  const server = new RedisServer(sys, config, versionOf(sys));
  try {
    sys.path.chdir(config.get('dir'));
    await server.openLog();
  } catch (error) {
    return leave(sys, `Can't chdir to '${config.get('dir')}': ${sentence(error)}\n`);
  }
  return serve(server, args);
}

async function serve(server: RedisServer, args: readonly string[]): Promise<number> {
  const { sys, config, version } = server;
  if (overcommit(sys) === '0') await server.log('#', OVERCOMMIT, 'C');
  await server.log('*', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo', 'C');
  await server.log('*', `Redis version=${version}, bits=64, commit=00000000, modified=1, pid=${sys.pid}, just started`, 'C');
  await server.log(args.length === 0 ? '#' : '*', args.length === 0 ? NO_FILE : 'Configuration loaded', 'C');
  await server.log('*', 'monotonic clock: POSIX clock_gettime');
  const port = Number(config.get('port'));
  const [address] = config.get('bind').split(' ');
  sys.retitle(`${sys.argv[0] ?? ''} ${address === '-::*' ? '*' : address}:${port}`);
  if (config.pidFile !== '') writePid(sys, config.pidFile);
  const listening = await listen(server, port);
  if (listening === null) return 1;
  await server.log('*', `Running mode=standalone, port=${port}.`);
  await server.log('*', 'Server initialized');
  if (!(await restore(server))) return 1;
  await server.log('*', 'Ready to accept connections tcp');
  let signal = '';
  for (const name of ['SIGTERM', 'SIGINT'] as const)
    sys.on(name, () => {
      signal = name;
      server.ended.wake();
    });
  sys.thread(() => server.keepSaving());
  sys.thread(() => acceptAll(server, listening));
  await server.ended.wait();
  return shutDown(server, signal);
}

/** It goes on without, if that cannot be. */
function writePid(sys: Sys, path: string): void {
  try {
    sys.path.writeFile(path, new TextEncoder().encode(`${sys.pid}\n`), 0o644);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

function removePid(sys: Sys, path: string): void {
  try {
    if (path !== '') sys.path.unlink(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

async function listen(server: RedisServer, port: number): Promise<Fd | null> {
  const [first = '*'] = server.config.get('bind').split(' ');
  const ip = first === '*' || first === '-::*' ? '::' : first;
  try {
    return listenOn(server.sys, { ip, port });
  } catch (error) {
    if (!isErrno(error)) throw error;
    await server.log('#', `Warning: Could not create server TCP listening socket ${first}:${port}: bind: ${error.message}`);
    await server.log('#', 'Failed listening on port 6379 (tcp), aborting.'.replace('6379', String(port)));
    return null;
  }
}

/** Brings back what was kept. False, with a line in the log, if it cannot be read. */
async function restore(server: RedisServer): Promise<boolean> {
  let db = 0;
  server.replay = (words) => {
    const name = (words[0] ?? '').toLowerCase();
    const command = COMMANDS[name];
    if (name === 'select') db = Number(words[1]);
    else if (name === 'flushall') for (const one of server.dbs) one.clear();
    else if (command !== undefined) execute(server, db, { command, words });
  };
  try {
    await server.load();
    if (server.config.isOn('appendonly')) await server.openAof();
    return true;
  } catch (error) {
    if (!(error instanceof RdbError) && !isErrno(error) && !(error instanceof ProtocolError)) throw error;
    await server.log('#', `Fatal error loading the DB, check server logs. Exiting: ${error.message}`);
    return false;
  }
}

async function shutDown(server: RedisServer, signal: string): Promise<number> {
  if (signal !== '') await server.log('*', `Received ${signal} scheduling shutdown...`);
  await server.log('*', 'User requested shutdown...');
  if (server.config.isOn('appendonly')) await server.log('*', 'Calling fsync() on the AOF file.');
  if (server.config.saveRules.length > 0) {
    await server.log('*', 'Saving the final RDB snapshot before exiting.');
    if (!(await server.save())) {
      await server.log('#', "Error trying to save the DB, can't exit.");
      return 1;
    }
  }
  if (server.config.pidFile !== '') {
    await server.log('*', 'Removing the pid file.');
    removePid(server.sys, server.config.pidFile);
  }
  await server.log('#', 'Redis is now ready to exit, bye bye...');
  return 0;
}

async function acceptAll(server: RedisServer, listening: Fd): Promise<void> {
  for (;;) {
    try {
      const fd = await server.sys.accept(listening);
      server.sys.thread(() => converse(server, fd));
    } catch (error) {
      if (isErrno(error, 'EBADF')) return;
      if (!isErrno(error, 'EINTR', 'ECONNABORTED')) throw error;
    }
  }
}

function addressOf(sys: Sys, fd: Fd): string {
  const peer = sys.net.peer(fd);
  return peer.family === 'unix' ? '' : `${peer.ip.replace(/^::ffff:/, '')}:${peer.port}`;
}

async function converse(server: RedisServer, fd: Fd): Promise<void> {
  const { sys } = server;
  const reader = new RespReader();
  const client: Client = {
    id: server.nextId(),
    address: addressOf(sys, fd),
    sinceMs: server.nowMs,
    name: '',
    library: '',
    db: 0,
    lastCommand: '',
    channels: new Set(),
    patterns: new Set(),
    push: async (reply) => {
      await sys.write(fd, bytesOf(encodeReply(reply, session.protocol)));
    },
  };
  const session = new Session(server, client);
  server.clients.set(client.id, client);
  server.connections += 1;
  try {
    await talk(session, { fd, reader });
  } catch (error) {
    if (!isErrno(error, 'EPIPE', 'ECONNRESET')) throw error;
  }
  server.clients.delete(client.id);
  sys.fds.close(fd);
}

async function talk(session: Session, { fd, reader }: { fd: Fd; reader: RespReader }): Promise<void> {
  const { sys } = session.server;
  while (!session.isOver) {
    const bytes = await sys.read(fd, READ_BYTES);
    if (bytes.length === 0) return;
    reader.push(rawOf(bytes));
    let out = '';
    try {
      for (let words = reader.request(); words !== undefined && !session.isOver; words = reader.request()) {
        const reply = words.length === 0 ? null : await session.answer(words);
        if (reply !== null) out += encodeReply(reply, session.protocol);
        await sys.turn();
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      await sys.write(fd, bytesOf(out + encodeReply(failure(`ERR Protocol error: ${error.message}`), session.protocol)));
      return;
    }
    if (out !== '') await sys.write(fd, bytesOf(out));
  }
}
