import { HttpError, malformed } from './errors.ts';
import { TOKEN } from './headers.ts';

export interface RequestLine {
  readonly method: string;
  readonly target: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** 0 for HTTP/1.0, which knows neither chunks nor connections that stay open by themselves. */
  readonly minor: 0 | 1;
}

/** `GET /v1.55/containers/json?all=1 HTTP/1.1`. The path comes decoded. Throws HttpError. */
export function parseRequestLine(line: string): RequestLine {
  const [method = '', target = '', version = '', ...rest] = line.split(' ');
  if (rest.length > 0 || !TOKEN.test(method) || target === '') throw malformed(`malformed HTTP request "${line}"`);
  const minor = versionMinor(version);
  const { path, query } = splitTarget(target);
  return { method, target, path, query, minor };
}

export function versionMinor(version: string): 0 | 1 {
  if (!/^HTTP\/\d\.\d$/.test(version)) throw malformed(`malformed HTTP version "${version}"`);
  if (!version.startsWith('HTTP/1.')) throw new HttpError(505, 'unsupported protocol version');
  return version === 'HTTP/1.0' ? 0 : 1;
}

function splitTarget(target: string): { path: string; query: URLSearchParams } {
  const local = target.replace(/^https?:\/\/[^/?#]*/i, '');
  if (local !== '*' && !local.startsWith('/') && !local.startsWith('?') && local !== '' && target === local && !/^[^/]+:\d+$/.test(target))
    throw malformed(`invalid URI for request "${target}"`);
  const at = local.indexOf('?');
  const raw = at === -1 ? local : local.slice(0, at);
  return { path: decode(raw === '' ? '/' : raw), query: new URLSearchParams(at === -1 ? '' : local.slice(at + 1)) };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw malformed(`invalid URL escape in "${path}"`);
  }
}

/** `HTTP/1.1 404 Not Found`. Throws HttpError. */
export function parseStatusLine(line: string): { status: number; reason: string; minor: 0 | 1 } {
  const match = /^(HTTP\/\d\.\d) (\d{3})(?: (.*))?$/.exec(line);
  if (!match) throw malformed(`malformed HTTP response "${line}"`);
  const [, version = '', status = '', reason = ''] = match;
  return { status: Number(status), reason, minor: versionMinor(version) };
}
