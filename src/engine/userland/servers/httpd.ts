/** httpd, as busybox has it: files below a directory, CGI programs in /cgi-bin, and a page of its own for what is not there. */
import { header, serveConnection } from '../../http/index.ts';
import type { HttpRequest, HttpResponse } from '../../http/types.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Stat } from '../../kernel/fs/types.ts';
import type { Fd, Sys } from '../../kernel/sys.ts';
import { duplexOf } from '../duplex.ts';
import type { Applet } from '../net/applet.ts';
import { listenOn } from '../net/streams.ts';
import { leave, sentence } from '../net/text.ts';
import { OptionError, type Options, parseOptions } from '../options.ts';
import { encode, readAll, say } from '../program-io.ts';
import { cgi } from './cgi.ts';

const TYPES: Readonly<Record<string, string>> = {
  htm: 'text/html',
  html: 'text/html',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  png: 'image/png',
  svg: 'image/svg+xml',
  css: 'text/css',
  js: 'application/javascript',
  txt: 'text/plain',
  h: 'text/plain',
  c: 'text/plain',
  cc: 'text/plain',
  cpp: 'text/plain',
  wav: 'audio/wav',
  avi: 'video/x-msvideo',
  mpeg: 'video/mpeg',
  mpe: 'video/mpeg',
  mid: 'audio/midi',
  mp3: 'audio/mpeg',
  json: 'application/json',
  xml: 'text/xml',
};

const PAGES: Readonly<Record<number, readonly [title: string, sentence: string | undefined]>> = {
  400: ['Bad Request', 'Unsupported method'],
  403: ['Forbidden', ''],
  404: ['Not Found', 'The requested URL was not found'],
  405: ['Method Not Allowed', undefined],
  500: ['Internal Server Error', 'Internal Server Error'],
  501: ['Not Implemented', 'The requested method is not recognized'],
};

export const httpd: Applet = async (sys, args) => {
  let options: Options;
  try {
    options = parseOptions(args, { short: 'c:d:e:h:ifp:u:vr:m:M:' });
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return leave(sys, `httpd: ${error.message}\n`);
  }
  try {
    sys.path.chdir(options.value('h') ?? '.');
  } catch (error) {
    return leave(sys, `httpd: can't change directory to '${options.value('h') ?? '.'}': ${sentence(error)}\n`);
  }
  return bindAndServe(sys, options);
};

async function bindAndServe(sys: Sys, options: Options): Promise<number> {
  const asked = options.value('p') ?? '80';
  const [, host, port] = /^(?:(.*):)?(\d+)$/.exec(asked) ?? [];
  if (port === undefined) return leave(sys, `httpd: bad address '${asked}'\n`);
  // A number that is no port is read as an address, which is nobody's here.
  if (Number(port) > 65_535) return leave(sys, 'httpd: bind: Cannot assign requested address\n');
  const ip = host === undefined || host === '' ? '::' : host.replace(/^\[|\]$/g, '');
  let listening: Fd;
  try {
    listening = listenOn(sys, { ip, port: Number(port), backlog: 9 });
  } catch (error) {
    return leave(sys, `httpd: bind: ${sentence(error)}\n`);
  }
  const root = sys.path.cwd();
  if (options.has('f')) return serve(sys, listening, { root, verbose: options.has('v') });
  sys.fork((child) => {
    child.ids.setsid();
    return serve(child, listening, { root, verbose: false });
  });
  return 0;
}

interface Serving {
  readonly root: string;
  readonly verbose: boolean;
}

async function serve(sys: Sys, listening: Fd, serving: Serving): Promise<number> {
  for (;;) {
    const fd = await acceptNext(sys, listening);
    if (fd !== null) sys.thread(() => converse(sys, fd, serving));
  }
}

async function acceptNext(sys: Sys, listening: Fd): Promise<Fd | null> {
  try {
    return await sys.accept(listening);
  } catch (error) {
    if (isErrno(error, 'EINTR', 'ECONNABORTED')) return null;
    throw error;
  }
}

async function converse(sys: Sys, fd: Fd, serving: Serving): Promise<void> {
  const duplex = duplexOf(sys, fd);
  try {
    const peer = sys.net.peer(fd);
    const client = peer.family === 'unix' ? '' : `${peer.family === 'inet6' ? `[${peer.ip}]` : peer.ip}:${peer.port}`;
    await serveConnection(
      duplex,
      async (request) => {
        const response = await answer(sys, request, { ...serving, client });
        if (serving.verbose) await say(sys, 2, `${client}: response:${response.status}\n`);
        return { ...response, headers: [['Connection', 'close'], ...(response.headers ?? [])] };
      },
      { headers: () => [['Date', nowDate(sys)]] },
    );
  } catch (error) {
    if (!isErrno(error)) throw error;
  } finally {
    duplex.abort();
  }
}

const nowDate = (sys: Sys): string => new Date(Number(sys.clock.nowNs() / 1_000_000n)).toUTCString();

async function answer(sys: Sys, request: HttpRequest, { root, client }: Serving & { readonly client: string }): Promise<HttpResponse> {
  if (request.path.split('/').includes('..')) return page(400);
  if (request.path.startsWith('/cgi-bin/')) return cgi(sys, request, { root, client, missing: () => page(404) });
  if (request.method !== 'GET' && request.method !== 'HEAD') return page(501);
  const path = `${root === '/' ? '' : root}${request.path}`;
  const stat = statOf(sys, path.replace(/\/+$/, '') || '/');
  if (stat === undefined) return page(404);
  if (stat.type === 'directory' && !request.path.endsWith('/')) {
    return {
      ...page(302),
      status: 302,
      headers: [
        ['Content-type', 'text/html'],
        ['Location', `${request.path}/`],
      ],
    };
  }
  if (stat.type !== 'directory') return send(sys, request, { path, stat });
  const index = statOf(sys, `${path}index.html`);
  return index?.type === 'regular' ? send(sys, request, { path: `${path}index.html`, stat: index }) : page(404);
}

function statOf(sys: Sys, path: string): Stat | undefined {
  try {
    return sys.path.stat(path);
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

function page(status: number): HttpResponse {
  const [title, text] = PAGES[status] ?? ['Found', undefined];
  const body = `<HTML><HEAD><TITLE>${status} ${title}</TITLE></HEAD>\n<BODY><H1>${status} ${title}</H1>\n${text === undefined ? '' : `${text}\n`}</BODY></HTML>\n`;
  return { status, reason: title, headers: [['Content-type', 'text/html']], body: encode(body) };
}

async function send(sys: Sys, request: HttpRequest, { path, stat }: { path: string; stat: Stat }): Promise<HttpResponse> {
  const seconds = stat.mtimeNs / 1_000_000_000n;
  const etag = `"${seconds.toString(16)}-${stat.sizeBytes.toString(16)}"`;
  if (header(request.headers, 'if-none-match') === etag) return { status: 304 };
  try {
    const fd = await sys.open(path, { read: true });
    const body = await readAll(sys, fd);
    sys.fds.close(fd);
    const type = TYPES[/\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
    const modified = new Date(Number(seconds) * 1000).toUTCString();
    return {
      status: 200,
      headers: [
        ['Content-type', type],
        ['Accept-Ranges', 'bytes'],
        ['Last-Modified', modified],
        ['ETag', etag],
      ],
      body,
    };
  } catch (error) {
    if (isErrno(error)) return page(error.code === 'EACCES' ? 403 : 404);
    throw error;
  }
}
