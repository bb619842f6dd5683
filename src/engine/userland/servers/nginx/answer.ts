/** One request's answer: the location's file, redirection or upstream, and nginx's own pages where there is nothing else. */
import { request as ask, HttpError, header } from '../../../http/index.ts';
import type { ClientResponse, HttpRequest, HttpResponse } from '../../../http/types.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Stat } from '../../../kernel/fs/types.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { duplexOf } from '../../duplex.ts';
import { lookUp } from '../../net/resolve.ts';
import { openStream } from '../../net/streams.ts';
import { encode } from '../../program-io.ts';
import { httpDate } from './log.ts';
import { autoindexPage, errorBody } from './pages.ts';
import { findLocation, type Server, type Settings, type Site } from './site.ts';
import { type Exchange, expand } from './variables.ts';

/** What the answer is made from. */
export interface Serving {
  readonly sys: Sys;
  readonly site: Site;
  readonly server: Server;
  readonly exchange: Exchange;
  readonly version: string;
  /** Writes to the error log: the sentence, and what it was about is added. */
  complain(text: string, upstream?: string): Promise<void>;
}

export interface Answered {
  readonly response: HttpResponse;
  readonly settings: Settings;
}

const MAX_REDIRECTS = 10;

export async function answer(serving: Serving, incoming: HttpRequest): Promise<Answered> {
  if (serving.server.settings.reply !== undefined)
    return { response: reply(serving, serving.server.settings), settings: serving.server.settings };
  return route(serving, incoming, { path: normalize(incoming.path), redirects: 0 });
}

interface Routing {
  readonly path: string;
  readonly redirects: number;
}

/** Doubled slashes, `.` and `..` are resolved before locations are compared. */
function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/').slice(1)) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`.replace(/\/{2,}/g, '/');
}

async function route(serving: Serving, incoming: HttpRequest, routing: Routing): Promise<Answered> {
  serving.exchange.uri = routing.path;
  const location = findLocation(serving.server, routing.path);
  const settings = location?.settings ?? serving.server.settings;
  const response = await from(serving, incoming, { settings, routing, prefix: location?.path ?? '/', isRegex: location?.kind === 'regex' });
  if ('redirect' in response) {
    if (routing.redirects >= MAX_REDIRECTS) return { response: failure(serving, settings, 500), settings };
    return route(serving, incoming, { path: response.redirect, redirects: routing.redirects + 1 });
  }
  return withErrorPage(serving, incoming, { response, settings, routing });
}

interface Place {
  readonly settings: Settings;
  readonly routing: Routing;
  readonly prefix: string;
  readonly isRegex: boolean;
}
type Outcome = HttpResponse | { readonly redirect: string };

async function from(serving: Serving, incoming: HttpRequest, place: Place): Promise<Outcome> {
  const { settings } = place;
  if (settings.reply !== undefined) return reply(serving, settings);
  if (settings.denied) return refuse(serving, settings, { status: 403, text: 'access forbidden by rule' });
  if (settings.proxyPass !== undefined) return proxy(serving, incoming, place);
  if (!['GET', 'HEAD'].includes(incoming.method)) return failure(serving, settings, 405);
  return settings.tryFiles === undefined ? file(serving, place) : tryFiles(serving, place, settings.tryFiles);
}

/** `error_page`: another page of this server in place of the built-in one. */
async function withErrorPage(
  serving: Serving,
  incoming: HttpRequest,
  { response, settings, routing }: { response: HttpResponse; settings: Settings; routing: Routing },
): Promise<Answered> {
  const page = settings.errorPages.get(response.status);
  if (page === undefined || routing.redirects > 0) return { response, settings };
  if (/^https?:/.test(page.uri)) return { response: { ...failure(serving, settings, 302), headers: [['Location', page.uri]] }, settings };
  const get: HttpRequest = { ...incoming, method: 'GET' };
  const inner = await route(serving, get, { path: page.uri, redirects: MAX_REDIRECTS - 1 });
  if (inner.response.status >= 400 && inner.response.status !== response.status) return { response, settings };
  return { response: { ...inner.response, status: page.code ?? response.status }, settings };
}

function reply(serving: Serving, settings: Settings): HttpResponse {
  const { code, text } = settings.reply ?? { code: 200, text: '' };
  const value = text === undefined ? undefined : expand(serving.exchange, text);
  if ([301, 302, 303, 307, 308].includes(code))
    return {
      ...failure(serving, settings, code),
      headers: [
        ['Content-Type', 'text/html'],
        ['Location', value ?? ''],
      ],
    };
  if (value === undefined) return code >= 300 ? failure(serving, settings, code) : { status: code };
  return { status: code, headers: [['Content-Type', settings.defaultType], ...added(serving, settings, code)], body: encode(value) };
}

function failure({ version }: Serving, settings: Settings, status: number): HttpResponse {
  return { status, headers: [['Content-Type', 'text/html']], body: encode(errorBody(status, settings.serverTokens ? version : '')) };
}

async function refuse(serving: Serving, settings: Settings, { status, text }: { status: number; text: string }): Promise<HttpResponse> {
  await serving.complain(text);
  return failure(serving, settings, status);
}

const added = ({ exchange }: Serving, { addHeaders }: Settings, status: number): readonly (readonly [string, string])[] =>
  addHeaders
    .filter(({ always }) => always || [200, 201, 204, 206, 301, 302, 303, 304, 307, 308].includes(status))
    .map(({ name, value }) => [name, expand(exchange, value)]);

/** Where a path lies on the disk. */
function diskPath({ settings: { root, alias }, prefix, isRegex }: Place, path: string): string {
  const base = root.startsWith('/') || root === '' ? root : `/etc/nginx/${root}`;
  return alias === undefined || isRegex ? base + path : alias + path.slice(prefix.length);
}

function statOf(sys: Sys, path: string): Stat | undefined {
  try {
    return sys.path.stat(path);
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

async function tryFiles(serving: Serving, place: Place, candidates: readonly string[]): Promise<Outcome> {
  for (const candidate of candidates.slice(0, -1)) {
    const path = expand(serving.exchange, candidate);
    const stat = statOf(serving.sys, diskPath(place, path.replace(/\/$/, '') || '/'));
    const isWanted = path.endsWith('/') ? stat?.type === 'directory' : stat?.type === 'regular';
    if (isWanted) return file(serving, { ...place, routing: { ...place.routing, path } });
  }
  const last = candidates.at(-1) ?? '';
  if (last.startsWith('=')) return failure(serving, place.settings, Number(last.slice(1)));
  return { redirect: expand(serving.exchange, last).replace(/\?.*$/, '') };
}

async function file(serving: Serving, place: Place): Promise<Outcome> {
  const { path } = place.routing;
  const disk = diskPath(place, path);
  if (path.endsWith('/')) return folder(serving, place, disk);
  const stat = statOf(serving.sys, disk);
  if (stat === undefined) return missing(serving, place.settings, disk);
  if (stat.type === 'directory') {
    const host = expand(serving.exchange, '$scheme://$http_host');
    return {
      ...failure(serving, place.settings, 301),
      headers: [
        ['Content-Type', 'text/html'],
        ['Location', `${host}${path}/`],
      ],
    };
  }
  return send(serving, place.settings, { disk, stat });
}

async function missing(serving: Serving, settings: Settings, disk: string): Promise<HttpResponse> {
  try {
    serving.sys.path.stat(disk);
  } catch (error) {
    if (!isErrno(error)) throw error;
    const status = error.code === 'EACCES' ? 403 : 404;
    return refuse(serving, settings, { status, text: `open() "${disk}" failed (${error.number}: ${error.message})` });
  }
  return failure(serving, settings, 404);
}

async function folder(serving: Serving, place: Place, disk: string): Promise<Outcome> {
  const { sys } = serving;
  for (const name of place.settings.index) {
    const stat = statOf(sys, `${disk}${name}`);
    if (stat?.type === 'regular') return name.startsWith('/') ? { redirect: name } : indexFile(serving, place, name);
  }
  if (statOf(sys, disk)?.type !== 'directory') {
    const wanted = `${disk}${place.settings.index[0] ?? 'index.html'}`;
    return refuse(serving, place.settings, { status: 404, text: `"${wanted}" is not found (2: No such file or directory)` });
  }
  if (place.settings.autoindex)
    return { status: 200, headers: [['Content-Type', 'text/html']], body: encode(autoindexPage(sys, place.routing.path, disk)) };
  return refuse(serving, place.settings, { status: 403, text: `directory index of "${disk}" is forbidden` });
}

/** An index is an internal redirection: it may be another location's. */
async function indexFile(serving: Serving, place: Place, name: string): Promise<Outcome> {
  const path = `${place.routing.path}${name}`;
  const other = findLocation(serving.server, path);
  if (other !== undefined && other.settings !== place.settings && place.routing.redirects < MAX_REDIRECTS - 1) return { redirect: path };
  return file(serving, { ...place, routing: { ...place.routing, path } });
}

async function send(serving: Serving, settings: Settings, { disk, stat }: { disk: string; stat: Stat }): Promise<HttpResponse> {
  let bytes: Uint8Array;
  try {
    bytes = serving.sys.path.readFile(disk);
  } catch (error) {
    if (!isErrno(error)) throw error;
    return refuse(serving, settings, {
      status: error.code === 'EACCES' ? 403 : 404,
      text: `open() "${disk}" failed (${error.number}: ${error.message})`,
    });
  }
  const seconds = stat.mtimeNs / 1_000_000_000n;
  const modified = httpDate(Number(seconds) * 1000);
  const etag = `"${seconds.toString(16)}-${bytes.length.toString(16)}"`;
  const { request } = serving.exchange;
  const isKnown =
    header(request.headers, 'if-none-match') === etag ||
    (header(request.headers, 'if-none-match') === undefined && header(request.headers, 'if-modified-since') === modified);
  const shared = [['Last-Modified', modified]] as const;
  if (isKnown) return { status: 304, headers: [...shared, ['ETag', etag], ...added(serving, settings, 304)] };
  const extension = /\.([^./]+)$/.exec(disk)?.[1]?.toLowerCase() ?? '';
  const type = serving.site.types.get(extension) ?? settings.defaultType;
  return ranged(request, { bytes, head: [['Content-Type', type], ...shared, ['ETag', etag], ...added(serving, settings, 200)] });
}

function ranged(request: HttpRequest, { bytes, head }: { bytes: Uint8Array; head: readonly (readonly [string, string])[] }): HttpResponse {
  const range = /^bytes=(\d*)-(\d*)$/.exec(header(request.headers, 'range') ?? '');
  if (range === null || (range[1] === '' && range[2] === ''))
    return { status: 200, headers: [...head, ['Accept-Ranges', 'bytes']], body: bytes };
  const start = range[1] === '' ? Math.max(0, bytes.length - Number(range[2])) : Number(range[1]);
  const end = range[1] === '' || range[2] === '' ? bytes.length - 1 : Math.min(Number(range[2]), bytes.length - 1);
  if (start > end) return { status: 416, headers: [['Content-Range', `bytes */${bytes.length}`]] };
  return {
    status: 206,
    headers: [...head, ['Content-Range', `bytes ${start}-${end}/${bytes.length}`]],
    body: bytes.subarray(start, end + 1),
  };
}

/** Hands the request on to another server, and its answer back. */
async function proxy(serving: Serving, incoming: HttpRequest, place: Place): Promise<HttpResponse> {
  const target = /^https?:\/\/([^/]+)(\/.*)?$/.exec(expand(serving.exchange, place.settings.proxyPass ?? ''));
  if (target === null) return refuse(serving, place.settings, { status: 500, text: 'invalid URL prefix' });
  const [, authority = '', uri] = target;
  const path = uri === undefined ? incoming.target : uri + place.routing.path.slice(place.prefix.length) + queryOf(incoming.target);
  const body = await bodyOf(incoming);
  let failed: HttpResponse | undefined;
  for (const peer of await peersOf(serving, authority)) {
    const answered = await handOn(serving, incoming, { peer, path, body, authority, settings: place.settings });
    if (answered.status !== 502) return answered;
    failed = answered;
  }
  return (
    failed ??
    refuse(serving, place.settings, { status: 502, text: `${authority.replace(/:\d+$/, '')} could not be resolved (3: Host not found)` })
  );
}

const queryOf = (target: string): string => (target.includes('?') ? target.slice(target.indexOf('?')) : '');

async function bodyOf(incoming: HttpRequest): Promise<Uint8Array | undefined> {
  const pieces: number[] = [];
  for (let piece = await incoming.readBody(); piece !== null; piece = await incoming.readBody())
    for (const byte of piece) pieces.push(byte);
  return pieces.length === 0 ? undefined : Uint8Array.from(pieces);
}

interface Peer {
  readonly ip: string;
  readonly port: number;
}

/** The addresses behind a name, or behind an `upstream` block in turn. */
async function peersOf({ sys, site, exchange }: Serving, authority: string): Promise<readonly Peer[]> {
  const servers = site.upstreams.get(authority)?.servers ?? [authority];
  const peers: Peer[] = [];
  for (const server of servers) {
    const [host = '', port = '80'] = server.startsWith('[')
      ? [server.slice(1, server.indexOf(']')), /\]:(\d+)$/.exec(server)?.[1]]
      : server.split(':');
    const resolved = await lookUp(sys, host);
    if (resolved.kind !== 'found') continue;
    const before = site.found.get(host) ?? [];
    const kept = before.filter((ip) => resolved.addresses.includes(ip));
    const now = [...kept, ...resolved.addresses.filter((ip) => !kept.includes(ip))];
    site.found.set(host, now);
    for (const ip of now) peers.push({ ip, port: Number(port) });
  }
  const start = peers.length === 0 ? 0 : exchange.turn % peers.length;
  return [...peers.slice(start), ...peers.slice(0, start)];
}

interface HandOn {
  readonly peer: Peer;
  readonly path: string;
  readonly body: Uint8Array | undefined;
  readonly authority: string;
  readonly settings: Settings;
}

async function handOn(serving: Serving, incoming: HttpRequest, job: HandOn): Promise<HttpResponse> {
  const { sys } = serving;
  const { peer, path, settings } = job;
  const upstream = `http://${peer.ip.includes(':') ? `[${peer.ip}]` : peer.ip}:${peer.port}${path}`;
  const failing = async (text: string): Promise<HttpResponse> => {
    await serving.complain(text, upstream);
    return failure(serving, settings, 502);
  };
  try {
    const fd = await openStream(sys, [peer.ip], peer.port);
    const sent = {
      method: incoming.method,
      target: path,
      headers: proxyHeaders(serving, incoming, job),
      ...(job.body !== undefined && { body: job.body }),
    };
    return passOn(await ask(duplexOf(sys, fd), sent), serving, settings);
  } catch (error) {
    if (isErrno(error)) return failing(`connect() failed (${error.number}: ${error.message}) while connecting to upstream`);
    if (error instanceof HttpError) return failing('upstream prematurely closed connection while reading response header from upstream');
    throw error;
  }
}

const HOP_HEADERS = new Set(['connection', 'keep-alive', 'host', 'transfer-encoding', 'content-length', 'upgrade', 'te', 'expect']);

function proxyHeaders(
  serving: Serving,
  incoming: HttpRequest,
  { authority, settings, body }: HandOn,
): readonly (readonly [string, string])[] {
  const set = new Map([
    ['Host', authority],
    ['Connection', 'close'],
    ...[...settings.proxyHeaders].map(([name, value]) => [name, expand(serving.exchange, value)] as const),
  ]);
  const names = new Set([...set.keys()].map((name) => name.toLowerCase()));
  const kept = [...incoming.headers].flatMap(([name, values]) =>
    HOP_HEADERS.has(name) || names.has(name) ? [] : values.map((value) => [name, value] as const),
  );
  const length: readonly (readonly [string, string])[] = body === undefined ? [] : [['Content-Length', String(body.length)]];
  return [...[...set].filter(([, value]) => value !== ''), ...length, ...kept];
}

const TITLE = (name: string): string =>
  name === 'etag' ? 'ETag' : name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());

function passOn(answered: ClientResponse, serving: Serving, settings: Settings): HttpResponse {
  const headers = [...answered.headers].flatMap(([name, values]) =>
    ['connection', 'keep-alive', 'transfer-encoding', 'date', 'server'].includes(name)
      ? []
      : values.map((value) => [TITLE(name), value] as const),
  );
  return {
    status: answered.status,
    reason: answered.reason,
    headers: [...headers, ...added(serving, settings, answered.status)],
    body: async (write) => {
      for (let piece = await answered.readBody(); piece !== null; piece = await answered.readBody()) await write(piece);
      answered.close();
    },
  };
}
