/** CGI: a program answers a request; its environment says what was asked, its output is the answer with headers of its own. */
import { header } from '../../http/index.ts';
import type { HttpRequest, HttpResponse } from '../../http/types.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Fd, Sys } from '../../kernel/sys.ts';
import { bytesOf, rawOf, readAll } from '../program-io.ts';

export interface CgiOptions {
  readonly root: string;
  readonly client: string;
  missing(): HttpResponse;
}

export async function cgi(sys: Sys, request: HttpRequest, { root, client, missing }: CgiOptions): Promise<HttpResponse> {
  const script = /^\/cgi-bin\/[^/]+/.exec(request.path)?.[0] ?? '';
  const file = `${root === '/' ? '' : root}${script}`;
  if (script === '' || !sys.path.access(file, { execute: true })) return missing();
  const [input, output] = [sys.fds.pipe(), sys.fds.pipe()];
  const env = environment(sys, request, { script, file, client });
  const pid = sys.fork(
    async (child) => {
      child.path.chdir(file.replace(/\/[^/]*$/, '') || '/');
      return child.exec(file, [file], env);
    },
    {
      fds: new Map([
        [input.read, 0],
        [output.write, 1],
        [2, 2],
      ]),
    },
  );
  for (const fd of [input.read, output.write]) sys.fds.close(fd);
  sys.thread(() => feed(sys, request, input.write));
  const bytes = await readAll(sys, output.read);
  sys.fds.close(output.read);
  await sys.wait(pid);
  return parsed(bytes);
}

async function feed(sys: Sys, request: HttpRequest, to: Fd): Promise<void> {
  try {
    for (let piece = await request.readBody(); piece !== null; piece = await request.readBody()) await sys.write(to, piece);
  } catch (error) {
    if (!isErrno(error)) throw error;
  } finally {
    sys.fds.close(to);
  }
}

function environment(
  sys: Sys,
  request: HttpRequest,
  { script, file, client }: { script: string; file: string; client: string },
): ReadonlyMap<string, string> {
  const { target, path, method, headers } = request;
  const [address = '', port = ''] = [client.replace(/:\d+$/, ''), /:(\d+)$/.exec(client)?.[1]];
  const forwarded = [...headers].map(([name, values]) => [`HTTP_${name.toUpperCase().replaceAll('-', '_')}`, values.join(', ')] as const);
  return new Map([
    ...sys.env,
    ...forwarded,
    ['GATEWAY_INTERFACE', 'CGI/1.1'],
    ['SERVER_PROTOCOL', 'HTTP/1.1'],
    ['SERVER_SOFTWARE', 'busybox httpd/1.35.0'],
    ['REQUEST_METHOD', method],
    ['REQUEST_URI', target],
    ['SCRIPT_NAME', script],
    ['SCRIPT_FILENAME', file],
    ['PATH_INFO', path.slice(script.length)],
    ['QUERY_STRING', target.includes('?') ? target.slice(target.indexOf('?') + 1) : ''],
    ['REMOTE_ADDR', address],
    ['REMOTE_PORT', port],
    ['CONTENT_LENGTH', header(headers, 'content-length') ?? ''],
    ['CONTENT_TYPE', header(headers, 'content-type') ?? ''],
  ]);
}

/** Headers up to an empty line, then the body; `Status: 404 …` sets the status. */
function parsed(bytes: Uint8Array): HttpResponse {
  const raw = rawOf(bytes);
  const end = /\r?\n\r?\n/.exec(raw);
  if (end === null) return { status: 500, headers: [['Content-type', 'text/plain']], body: bytes };
  const lines = raw
    .slice(0, end.index)
    .split(/\r?\n/)
    .map((line): readonly [string, string] => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]);
  const status = lines.find(([name]) => name.toLowerCase() === 'status')?.[1];
  const headers = lines.filter(([name]) => name !== '' && name.toLowerCase() !== 'status' && /^[\w-]+$/.test(name));
  return { status: Number.parseInt(status ?? '200', 10) || 200, headers, body: bytesOf(raw.slice(end.index + end[0].length)) };
}
