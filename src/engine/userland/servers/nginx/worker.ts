/** A worker process: accepts connections on the master's sockets, one thread each, until it is told to stop. */
import { header, serveConnection } from '../../../http/index.ts';
import type { Handler, HttpRequest, HttpResponse } from '../../../http/types.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { unmapped } from '../../../kernel/net/ip.ts';
import type { Fd, Sys } from '../../../kernel/sys.ts';
import { duplexOf } from '../../duplex.ts';
import { answer } from './answer.ts';
import { type Logs, logError, nowDate } from './log.ts';
import { errorBody } from './pages.ts';
import { findServer, type Server, type Site } from './site.ts';
import { type Exchange, expandLogged } from './variables.ts';

export interface WorkerJob {
  readonly site: Site;
  readonly logs: Logs;
  readonly listening: readonly Fd[];
  readonly version: string;
}

interface Worker extends WorkerJob {
  readonly sys: Sys;
  /** Requests in hand. */
  active: number;
  connections: number;
  requests: number;
  stopping: boolean;
}

/** Runs until QUIT (after what is in hand) or TERM (at once). */
export async function work(sys: Sys, job: WorkerJob): Promise<number> {
  const worker: Worker = { ...job, sys, active: 0, connections: 0, requests: 0, stopping: false };
  let wanted: 'quit' | 'terminate' | undefined;
  let reopen = false;
  sys.on('SIGQUIT', () => {
    wanted ??= 'quit';
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    sys.on(signal, () => {
      wanted = 'terminate';
    });
  }
  sys.on('SIGUSR1', () => {
    reopen = true;
  });
  sys.on('SIGHUP', 'ignore');
  sys.on('SIGCHLD', 'default');
  for (const fd of job.listening) sys.thread(() => acceptAll(worker, fd));
  const log = (text: string): Promise<void> => logError(sys, job.logs, { to: job.site.errorLog, level: 'notice', text });
  for (;;) {
    if (reopen) await job.logs.reopen(sys);
    reopen = false;
    if (wanted !== undefined) break;
    await sys.pause();
  }
  if (wanted === 'quit') await log('gracefully shutting down');
  worker.stopping = true;
  while (wanted === 'quit' && worker.active > 0) await sys.sleep(10);
  await log('exiting');
  await log('exit');
  return 0;
}

async function acceptAll(worker: Worker, listening: Fd): Promise<void> {
  const { sys } = worker;
  while (!worker.stopping) {
    let fd: Fd;
    try {
      fd = await sys.accept(listening);
    } catch (error) {
      if (isErrno(error, 'EINTR', 'EAGAIN')) continue;
      if (isErrno(error)) return;
      throw error;
    }
    sys.thread(() => converse(worker, fd));
  }
}

async function converse(worker: Worker, fd: Fd): Promise<void> {
  const { sys } = worker;
  worker.connections += 1;
  const connection = worker.connections;
  const duplex = duplexOf(sys, fd);
  try {
    const [local, client] = [endOf(sys.net.local(fd)), endOf(sys.net.peer(fd))];
    const handler: Handler = (request) => handle(worker, request, { connection, local, client });
    await serveConnection(duplex, handler, {
      headers: () => [
        ['Server', `nginx/${worker.version}`],
        ['Date', nowDate(sys)],
      ],
    });
  } catch (error) {
    if (!isErrno(error)) throw error;
  } finally {
    duplex.abort();
  }
}

const endOf = (address: ReturnType<Sys['net']['local']>): { ip: string; port: number } =>
  address.family === 'unix' ? { ip: 'unix:', port: 0 } : { ip: unmapped(address.ip), port: address.port };

interface Ends {
  readonly connection: number;
  readonly local: { ip: string; port: number };
  readonly client: { ip: string; port: number };
}

async function handle(worker: Worker, request: HttpRequest, ends: Ends): Promise<HttpResponse> {
  const { sys, site } = worker;
  worker.active += 1;
  worker.requests += 1;
  try {
    const host = header(request.headers, 'host') ?? '';
    const server = findServer(site, { ...ends.local, host });
    if (server === undefined)
      return { status: 404, headers: [['Content-Type', 'text/html']], body: new TextEncoder().encode(errorBody(404, worker.version)) };
    const exchange: Exchange = {
      sys,
      request,
      ...ends,
      serverName: server.names[0] ?? '',
      startNs: sys.clock.monotonicNs(),
      turn: worker.requests - 1,
      uri: request.path,
      status: 0,
      bodyBytes: 0,
    };
    return await reply(worker, server, exchange);
  } finally {
    worker.active -= 1;
  }
}

async function reply(worker: Worker, server: Server, exchange: Exchange): Promise<HttpResponse> {
  const { sys, site, logs, version } = worker;
  const { request } = exchange;
  const complain = (text: string, upstream?: string): Promise<void> => {
    const about = [
      `*${exchange.connection} ${text}`,
      `client: ${exchange.client.ip}`,
      `server: ${exchange.serverName}`,
      `request: "${request.method} ${request.target} HTTP/1.1"`,
    ];
    const via = upstream === undefined ? [] : [`upstream: "${upstream}"`];
    return logError(sys, logs, {
      to: server.settings.errorLog,
      level: 'error',
      text: [...about, ...via, `host: "${header(request.headers, 'host') ?? ''}"`].join(', '),
    });
  };
  const { response, settings } = await answer({ sys, site, server, exchange, version, complain }, request);
  exchange.status = response.status;
  const isHead = request.method === 'HEAD' || response.status === 304 || response.status === 204;
  const note = async (): Promise<void> => {
    for (const { path, format } of settings.accessLogs)
      await logs.write(sys, path, `${expandLogged(exchange, site.formats.get(format) ?? site.formats.get('combined') ?? '')}\n`);
  };
  const stays = worker.stopping ? [['Connection', 'close'] as const] : keptOpen(request);
  const head = {
    ...response,
    headers: [...(response.headers ?? []), ...stays, ...(settings.serverTokens ? [] : [['Server', 'nginx'] as const])],
  };
  const { body } = response;
  if (typeof body !== 'function') {
    exchange.bodyBytes = isHead ? 0 : (body?.length ?? 0);
    await note();
    return head;
  }
  return {
    ...head,
    body: async (write) => {
      await body(async (piece) => {
        exchange.bodyBytes += piece.length;
        await write(piece);
      });
      await note();
    },
  };
}

/** nginx says that it keeps the connection, where others leave it at that. */
function keptOpen(request: HttpRequest): readonly (readonly [string, string])[] {
  const wants = (header(request.headers, 'connection') ?? '').toLowerCase();
  return wants.includes('close') ? [] : [['Connection', 'keep-alive']];
}
