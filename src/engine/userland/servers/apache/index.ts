/** Apache's httpd: serves the files below its DocumentRoot, as httpd.conf says, and logs each request. */
import { serveConnection } from '../../../http/index.ts';
import type { HttpRequest, HttpResponse } from '../../../http/types.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Program, Sys } from '../../../kernel/sys.ts';
import { duplexOf } from '../../duplex.ts';
import { listenOn } from '../../net/streams.ts';
import { decode, encode, releaseOf, say } from '../../program-io.ts';
import { httpDate, localTime } from '../nginx/log.ts';
import { type ApacheConfig, parseApacheConfig, parseTypes } from './config.ts';

const DEFAULT_ROOT = '/usr/local/apache2';
const REASONS: Readonly<Record<number, readonly [title: string, sentence: string]>> = {
  403: ['Forbidden', "You don't have permission to access this resource."],
  404: ['Not Found', 'The requested URL was not found on this server.'],
  405: ['Method Not Allowed', 'The requested method is not allowed for this URL.'],
};

interface Site {
  readonly sys: Sys;
  readonly config: ApacheConfig;
  readonly types: ReadonlyMap<string, string>;
  readonly version: string;
  readonly accessLog: Fd | null;
}

const page = (status: number): Uint8Array => {
  const [title, sentence] = REASONS[status] ?? ['Error', ''];
  return encode(
    `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${status} ${title}</title>\n</head><body>\n<h1>${title}</h1>\n<p>${sentence}</p>\n</body></html>\n`,
  );
};

const failure = (status: number): HttpResponse => ({
  status,
  headers: [['Content-Type', 'text/html; charset=iso-8859-1']],
  body: page(status),
});

/** The file that a path names, or the status that refuses it. */
function fileFor({ sys, config }: Site, path: string): string | number {
  const below = `${config.documentRoot}${path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .reduce((at, part) => (part === '..' ? at.slice(0, at.lastIndexOf('/')) : `${at}/${part}`), '')}`;
  try {
    if (sys.path.stat(below).type !== 'directory') return below;
    const index = config.indexes.map((name) => `${below}/${name}`).find((file) => sys.path.access(file, { read: true }));
    return index ?? 403;
  } catch (error) {
    if (isErrno(error, 'EACCES')) return 403;
    if (isErrno(error)) return 404;
    throw error;
  }
}

function answer(site: Site, request: HttpRequest): HttpResponse {
  if (request.method !== 'GET' && request.method !== 'HEAD') return failure(405);
  const file = fileFor(site, request.path);
  if (typeof file === 'number') return failure(file);
  if (!site.sys.path.access(file, { read: true })) return failure(403);
  const { mtimeNs, sizeBytes } = site.sys.path.stat(file);
  const type = site.types.get(file.slice(file.lastIndexOf('.') + 1)) ?? 'text/plain';
  const modified = httpDate(Number(mtimeNs / 1_000_000n));
  const tag = `"${sizeBytes.toString(16)}-${(mtimeNs / 1000n).toString(16)}"`;
  return {
    status: 200,
    headers: [
      ['Last-Modified', modified],
      ['ETag', tag],
      ['Accept-Ranges', 'bytes'],
      ['Content-Type', type],
    ],
    body: site.sys.path.readFile(file),
  };
}

async function converse(site: Site, fd: Fd): Promise<void> {
  const { sys } = site;
  const peer = sys.net.peer(fd);
  const from = peer.family === 'unix' ? '-' : peer.ip.replace(/^::ffff:/, '');
  const handler = async (request: HttpRequest): Promise<HttpResponse> => {
    const response = answer(site, request);
    const size = response.body instanceof Uint8Array && request.method !== 'HEAD' ? response.body.length : '-';
    if (site.accessLog !== null)
      await sys.write(
        site.accessLog,
        encode(`${from} - - [${localTime(sys)}] "${request.method} ${request.target} HTTP/1.1" ${response.status} ${size}\n`),
      );
    return response;
  };
  const headers = (): readonly (readonly [string, string])[] => [
    ['Date', httpDate(Number(sys.clock.nowNs() / 1_000_000n))],
    ['Server', `Apache/${site.version} (Unix)`],
  ];
  try {
    await serveConnection(duplexOf(sys, fd), handler, { headers });
  } catch (error) {
    if (!isErrno(error, 'EPIPE', 'ECONNRESET')) throw error;
  }
  sys.fds.close(fd);
}

async function acceptAll(site: Site, listening: Fd): Promise<void> {
  for (;;) {
    try {
      const fd = await site.sys.accept(listening);
      site.sys.thread(() => converse(site, fd));
    } catch (error) {
      if (isErrno(error, 'EBADF')) return;
      if (!isErrno(error, 'EINTR', 'ECONNABORTED')) throw error;
    }
  }
}

/** Without a ServerName httpd asks for its own and says so. */
function ownAddress(sys: Sys): string {
  const links = sys.net.link.list().flatMap(({ addresses }) => addresses);
  return links.find(({ family, scope }) => family === 'inet' && scope === 'global')?.ip ?? '127.0.0.1';
}

async function open(sys: Sys, path: string): Promise<Fd> {
  return sys.open(path, { write: true, append: true, create: true }, 0o644);
}

export const apache: Program = async (sys) => {
  const at = sys.argv.indexOf('-f');
  const file = at < 0 ? `${DEFAULT_ROOT}/conf/httpd.conf` : (sys.argv[at + 1] ?? '');
  const version = releaseOf(sys, 'HTTPD_VERSION', '2.4');
  if (sys.argv.includes('-v')) return say(sys, 1, `Server version: Apache/${version} (Unix)\n`).then(() => 0);
  let config: ApacheConfig;
  try {
    config = parseApacheConfig(decode(sys.path.readFile(file)), DEFAULT_ROOT);
  } catch (error) {
    if (!isErrno(error)) throw error;
    await say(sys, 2, `httpd: Could not open configuration file ${file}: ${error.message}\n`);
    return 1;
  }
  if (config.serverName === undefined)
    await say(
      sys,
      2,
      `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${ownAddress(sys)}. Set the 'ServerName' directive globally to suppress this message\n`,
    );
  const ended = sys.queue();
  let caught = 'SIGTERM';
  for (const signal of ['SIGTERM', 'SIGWINCH', 'SIGINT'] as const)
    sys.on(signal, () => {
      caught = signal;
      ended.wake();
    });
  const types = sys.path.access(config.typesFile, { read: true })
    ? parseTypes(decode(sys.path.readFile(config.typesFile)))
    : new Map<string, string>();
  const site: Site = { sys, config, types, version, accessLog: config.accessLog === undefined ? null : await open(sys, config.accessLog) };
  const errorLog = await open(sys, config.errorLog);
  for (const { ip, port } of config.listen) {
    try {
      const listening = listenOn(sys, { ip, port });
      sys.thread(() => acceptAll(site, listening));
    } catch (error) {
      if (!isErrno(error)) throw error;
      await say(
        sys,
        2,
        `(${error.number})${error.message}: AH00072: make_sock: could not bind to address ${ip === '::' ? '[::]' : ip}:${port}\nno listening sockets available, shutting down\nAH00015: Unable to open logs\n`,
      );
      return 1;
    }
  }
  const note = (module: string, text: string): Promise<void> =>
    say(sys, errorLog, `[${errorTime(sys)}] [${module}:notice] [pid ${sys.pid}:tid ${sys.pid}] ${text}\n`);
  await note('mpm_event', `AH00489: Apache/${version} (Unix) configured -- resuming normal operations`);
  await note('core', `AH00094: Command line: '${sys.argv.join(' ')}'`);
  await ended.wait();
  if (caught === 'SIGWINCH') await note('mpm_event', 'AH00492: caught SIGWINCH, shutting down gracefully');
  else await note('mpm_event', 'AH00491: caught SIGTERM, shutting down');
  return 0;
};

/** `Thu Jan 15 09:00:01.123456 2026` */
function errorTime(sys: Sys): string {
  const us = sys.clock.nowNs() / 1000n;
  const [day = '', date, month, year, time] = new Date(Number(us / 1000n)).toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${date} ${time}.${String(us % 1_000_000n).padStart(6, '0')} ${year}`;
}
