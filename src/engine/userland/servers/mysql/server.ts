/** The running server: its sockets, its connections, its end. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Sys, TaskQueue } from '../../../kernel/sys.ts';
import { listenOn } from '../../net/streams.ts';
import { sentence } from '../../net/text.ts';
import { encode } from '../../program-io.ts';
import { converse } from './connection.ts';
import type { Log } from './log.ts';
import type { ServerOptions } from './server-options.ts';
import type { Process } from './sql/catalogue.ts';
import type { Cluster } from './sql/cluster.ts';
import type { FileKeeper } from './sql/files.ts';

export interface Starting {
  readonly sys: Sys;
  readonly log: Log;
  readonly self: string;
  readonly options: ServerOptions;
  readonly cluster: Cluster;
  readonly keeper: FileKeeper;
  readonly root: string;
  /** Written to when connections are taken. */
  readonly ready?: Fd;
}

/** A connection as SHOW PROCESSLIST has it. */
export interface Connected {
  readonly fd: Fd;
  process: Process;
}

/** What a running server has. */
export interface Server extends Starting {
  readonly connected: Map<number, Connected>;
  /** Wakes whoever waits for a transaction's end. */
  readonly writerEnded: TaskQueue;
  readonly ended: TaskQueue;
  nextId: number;
  /** Who asked for the end: a number and a name. */
  stopping: { readonly thread: number; readonly who: string } | null;
}

/** The first connection's number: the server has used those before it itself. */
const FIRST_ID = 8;

function unixSocket(sys: Sys, path: string): Fd {
  if (sys.path.access(path, { noFollow: true })) sys.path.unlink(path);
  const fd = sys.net.socket('unix', 'stream');
  sys.net.bind(fd, { family: 'unix', path });
  sys.path.chmod(path, 0o777);
  sys.net.listen(fd);
  return fd;
}

/** Opens everything to listen on; null, with lines in the log, if that is not possible. */
async function open({ sys, log, options, cluster }: Starting): Promise<readonly Fd[] | null> {
  const { variables } = cluster.options;
  const socket = variables.get('socket') ?? '';
  const port = Number(variables.get('port'));
  const isNetworked = !options.has('skip-networking');
  const bind = variables.get('bind_address') ?? '*';
  const ip = bind === '*' ? '::' : bind;
  const fds: Fd[] = [];
  try {
    if (isNetworked) fds.push(listenOn(sys, { ip, port }));
  } catch (error) {
    await log('ERROR', 'MY-010262', `Can't start server: Bind on TCP/IP port: ${sentence(error)}`);
    await log('ERROR', 'MY-010257', `Do you already have another mysqld server running on port: ${port} ?`);
    return null;
  }
  try {
    fds.push(unixSocket(sys, socket));
  } catch (error) {
    await log('ERROR', 'MY-010267', `The socket file ${socket} could not be created: ${sentence(error)}`);
    return null;
  }
  return fds;
}

/** Warns of a place that anybody may write to. */
async function warn({ sys, log, cluster }: Starting): Promise<void> {
  const folder = (cluster.options.variables.get('pid_file') ?? '').replace(/\/[^/]*$/, '');
  const isOpen = sys.path.access(folder, {}) && (sys.path.stat(folder).mode & 0o002) !== 0;
  if (isOpen)
    await log(
      'Warning',
      'MY-011810',
      `Insecure configuration for --pid-file: Location '${folder}' in the path is accessible to all OS users. Consider choosing a different directory.`,
    );
}

/** Serves until it is told to end: the status; null if it could not begin. */
export async function serve(starting: Starting): Promise<number | null> {
  const { sys, log, self, options, cluster, ready } = starting;
  await warn(starting);
  const opened = await open(starting);
  if (opened === null) return null;
  const server: Server = {
    ...starting,
    connected: new Map(),
    writerEnded: sys.queue(),
    ended: sys.queue(),
    nextId: FIRST_ID,
    stopping: null,
  };
  const { variables, version } = cluster.options;
  for (const signal of ['SIGTERM', 'SIGQUIT'] as const) sys.on(signal, () => stop(server, { thread: 0, who: '<via user signal>' }));
  sys.on('SIGHUP', 'ignore');
  const pidFile = variables.get('pid_file') ?? '';
  sys.path.writeFile(pidFile, encode(`${sys.pid}\n`), 0o640);
  const isNetworked = !options.has('skip-networking');
  await log(
    'System',
    'MY-010931',
    `${self}: ready for connections. Version: '${version}'  socket: '${variables.get('socket')}'  port: ${isNetworked ? variables.get('port') : 0}  MySQL Community Server - GPL.`,
  );
  for (const fd of opened) sys.thread(() => acceptAll(server, fd));
  if (ready !== undefined) {
    await sys.write(ready, encode('r'));
    sys.fds.close(ready);
  }
  while (server.stopping === null) await server.ended.wait();
  return shutDown(server, opened, [variables.get('socket') ?? '', pidFile]);
}

/** Tells the server to end. */
export function stop(server: Server, by: NonNullable<Server['stopping']>): void {
  server.stopping ??= by;
  server.ended.wake();
}

async function shutDown(server: Server, fds: readonly Fd[], files: readonly string[]): Promise<number> {
  const { sys, log, self, keeper, cluster, stopping } = server;
  const { version } = cluster.options;
  await log('System', 'MY-013172', `Received SHUTDOWN from user ${stopping?.who ?? ''}. Shutting down mysqld (Version: ${version}).`, {
    thread: stopping?.thread ?? 0,
  });
  for (const fd of fds) sys.fds.close(fd);
  for (const { fd } of server.connected.values()) sys.net.shutdown(fd, 'both');
  await sys.sleep(STOP_MS);
  keeper.keepEnding(true);
  for (const file of files) if (sys.path.access(file, { noFollow: true })) sys.path.unlink(file);
  await log('System', 'MY-010910', `${self}: Shutdown complete (mysqld ${version})  MySQL Community Server - GPL.`);
  await log('System', 'MY-015016', 'MySQL Server - end.');
  return 0;
}

/** What writing everything back takes. */
const STOP_MS = 600;

async function acceptAll(server: Server, listening: Fd): Promise<void> {
  const { sys } = server;
  for (;;) {
    try {
      const fd = await sys.accept(listening);
      sys.thread(() => answer(server, fd));
    } catch (error) {
      if (isErrno(error, 'EBADF', 'EINVAL') || server.stopping !== null) return;
      if (!isErrno(error, 'EINTR', 'ECONNABORTED')) throw error;
    }
  }
}

async function answer(server: Server, fd: Fd): Promise<void> {
  const { sys } = server;
  const peer = sys.net.peer(fd);
  const ip = peer.family === 'unix' ? null : peer.ip.replace(/^::ffff:/, '');
  const id = server.nextId;
  server.nextId += 1;
  server.cluster.connections += 1;
  try {
    await converse(server, { fd, id, ip, port: peer.family === 'unix' ? 0 : peer.port });
  } catch (error) {
    if (!isErrno(error, 'EPIPE', 'ECONNRESET', 'EBADF')) throw error;
  }
  server.connected.delete(id);
  if (sys.fds.has(fd)) sys.fds.close(fd);
}
