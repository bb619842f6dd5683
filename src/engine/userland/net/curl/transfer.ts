/** One transfer: a connection, a request, and its answer written where it belongs. */
import { encodeBase64 } from '../../../http/base64.ts';
import { canReuse, HttpError, header, readAll, request } from '../../../http/index.ts';
import { startTls, TlsError } from '../../../http/tls.ts';
import type { ClientResponse, Duplex } from '../../../http/types.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Sys } from '../../../kernel/sys.ts';
import { duplexOf } from '../../duplex.ts';
import type { Options } from '../../options.ts';
import { bytesOf, concat, encode, readAll as readAllOf, say, toRaw } from '../../program-io.ts';
import { type HttpUrl, hostHeader, parseUrl, resolveUrl } from '../http-url.ts';
import { BOOKWORM, release } from '../release.ts';
import { lookUp } from '../resolve.ts';
import { openStream, openUnix } from '../streams.ts';
import { newProgress, type Progress } from './meter.ts';
import { CurlError } from './options.ts';

export interface Report {
  readonly url: HttpUrl;
  readonly status: number;
  readonly contentType: string;
  readonly headerBytes: number;
  readonly sizeBytes: number;
  readonly startNs: bigint;
  readonly lookedUpNs: bigint;
  readonly connectedNs: bigint;
  readonly firstByteNs: bigint;
  readonly endNs: bigint;
  readonly redirects: number;
  readonly redirectUrl: string;
  readonly remoteIp: string;
  readonly remotePort: number;
}

const MAX_REDIRECTS = 50;

/** Transfers one URL, following redirections where asked. Throws CurlError. */
export async function transfer(
  sys: Sys,
  options: Options,
  { url, out, progress }: { url: string; out: Fd | null; progress: Progress },
): Promise<Report> {
  const started = sys.clock.monotonicNs();
  const body = await requestBody(sys, options);
  let target = addressOf(url, options, body);
  for (let redirects = 0; ; redirects += 1) {
    const done = await once(sys, options, {
      url: target,
      body: redirects === 0 ? body : undefined,
      out,
      startNs: started,
      redirects,
      progress,
    });
    if (!options.has('L') || done.redirectUrl === '') return done;
    if (redirects === MAX_REDIRECTS) throw new CurlError(47, `Maximum (${MAX_REDIRECTS}) redirects followed`);
    target = addressOf(done.redirectUrl, options, undefined);
  }
}

function addressOf(text: string, options: Options, body: Uint8Array | undefined): HttpUrl {
  const url = parseUrl(text);
  if (url === null) throw new CurlError(3, 'URL rejected: Malformed input to a URL function');
  if (url.scheme !== 'http' && url.scheme !== 'https') throw new CurlError(1, `Protocol "${url.scheme}" not supported`);
  if (!options.has('G') || body === undefined) return url;
  return { ...url, path: `${url.path}${url.path.includes('?') ? '&' : '?'}${new TextDecoder().decode(body)}` };
}

const DATA_OPTIONS = ['d', 'data-raw', 'data-binary', 'json'];

/** What `-d` and its kin say, joined by `&`. */
async function requestBody(sys: Sys, options: Options): Promise<Uint8Array | undefined> {
  const given = options.given.filter(([key]) => DATA_OPTIONS.includes(key));
  if (given.length === 0) {
    const file = options.value('T');
    return file === undefined ? undefined : file === '-' ? readAllOf(sys, 0) : fileBytes(sys, file);
  }
  const pieces: Uint8Array[] = [];
  for (const [key, value] of given) {
    if (pieces.length > 0 && key !== 'json') pieces.push(encode('&'));
    pieces.push(await dataOf(sys, key, value));
  }
  return concat(pieces);
}

async function dataOf(sys: Sys, key: string, value: string): Promise<Uint8Array> {
  if (!value.startsWith('@') || key === 'data-raw') return encode(value);
  const bytes = value === '@-' ? await readAllOf(sys, 0) : fileBytes(sys, value.slice(1));
  return key === 'd' ? bytes.filter((byte) => byte !== 10 && byte !== 13) : bytes;
}

function fileBytes(sys: Sys, path: string): Uint8Array {
  try {
    return sys.path.readFile(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new CurlError(26, `Failed to open ${path}`);
  }
}

/** From the connection to the request: long enough for a proxy that finds nobody to hang up first. */
const PREPARING_NS = 300_000;

interface Once {
  readonly url: HttpUrl;
  readonly body: Uint8Array | undefined;
  readonly out: Fd | null;
  readonly startNs: bigint;
  readonly redirects: number;
  readonly progress: Progress;
}

async function once(sys: Sys, options: Options, job: Once): Promise<Report> {
  const { url, out, progress } = job;
  Object.assign(progress, newProgress());
  const connection = await connect(sys, options, { url, progress });
  progress.phase = 'transferring';
  await sys.charge(PREPARING_NS);
  const method = methodOf(options, job.body);
  const headers = headersOf(options, url, job.body);
  if (options.has('v')) await showRequest(sys, { method, path: url.path, headers, connection });
  const answer = await exchange(connection.duplex, { method, target: url.path, headers, body: options.has('G') ? undefined : job.body });
  const firstByteNs = sys.clock.monotonicNs();
  if (job.body !== undefined && !options.has('G')) progress.toSend = progress.sent = job.body.length;
  const length = header(answer.headers, 'content-length');
  if (length !== undefined) progress.toReceive = Number(length);
  const head = headText(answer);
  if (options.has('v')) await say(sys, 2, prefixed('< ', head));
  const failed = answer.status >= 400 && options.has('f');
  const location = answer.status >= 300 && answer.status < 400 ? header(answer.headers, 'location') : undefined;
  const follows = location !== undefined && options.has('L');
  if ((options.has('i') || options.has('I')) && out !== null) await sys.write(out, bytesOf(toRaw(head)));
  const sizeBytes = await copyBody(sys, answer, { out: failed || follows ? null : out, skip: failed || method === 'HEAD', progress });
  if (options.has('v'))
    await say(
      sys,
      2,
      canReuse(answer) ? `* Connection #0 to host ${url.host}:${url.port} left intact\n` : '* shutting down connection #0\n',
    );
  answer.close();
  if (failed) throw new CurlError(22, `The requested URL returned error: ${answer.status}`);
  return {
    url,
    status: answer.status,
    contentType: header(answer.headers, 'content-type') ?? '',
    headerBytes: head.length,
    sizeBytes,
    startNs: job.startNs,
    lookedUpNs: connection.lookedUpNs,
    connectedNs: connection.connectedNs,
    firstByteNs,
    endNs: sys.clock.monotonicNs(),
    redirects: job.redirects,
    redirectUrl: location === undefined ? '' : resolveUrl(url, location),
    remoteIp: connection.ip,
    remotePort: url.port,
  };
}

interface Connection {
  readonly duplex: Duplex;
  readonly ip: string;
  readonly lookedUpNs: bigint;
  readonly connectedNs: bigint;
}

async function connect(sys: Sys, options: Options, { url, progress }: Pick<Once, 'url' | 'progress'>): Promise<Connection> {
  const socket = options.value('unix-socket');
  const before = sys.clock.monotonicNs();
  if (socket !== undefined) {
    const fd = await openUnix(sys, socket).catch((error: unknown) => {
      throw connectError(sys, error, { url, before, tried: 1 });
    });
    return { duplex: duplexOf(sys, fd), ip: '', lookedUpNs: before, connectedNs: sys.clock.monotonicNs() };
  }
  const addresses = await addressesOf(sys, options, url.host);
  const lookedUpNs = sys.clock.monotonicNs();
  progress.phase = 'connecting';
  const fd = await inTime(sys, options, { url, open: () => openVerbosely(sys, options, { addresses, url, before }) });
  const peer = sys.net.peer(fd);
  const ip = peer.family === 'unix' ? '' : peer.ip;
  const connectedNs = sys.clock.monotonicNs();
  const plain = duplexOf(sys, fd);
  const duplex = url.scheme === 'https' ? await secured(plain, url.host, options.has('k')) : plain;
  return { duplex, ip, lookedUpNs, connectedNs };
}

/** `--connect-timeout`: that a connection is there by then. */
async function inTime(sys: Sys, options: Options, { url, open }: { url: HttpUrl; open: () => Promise<Fd> }): Promise<Fd> {
  const limitMs = Math.round(Number(options.value('connect-timeout') ?? '0') * 1000);
  if (!(limitMs > 0)) return open();
  const ended = sys.queue();
  let outcome: { readonly fd: Fd } | { readonly error: unknown } | undefined;
  sys.thread(async () => {
    outcome = await open().then(
      (fd) => ({ fd }),
      (error: unknown) => ({ error }),
    );
    ended.wake();
  });
  await ended.wait(limitMs);
  if (outcome === undefined)
    throw new CurlError(
      28,
      release(sys) === BOOKWORM
        ? `Failed to connect to ${url.host} port ${url.port} after ${limitMs} ms: Timeout was reached`
        : `Connection timed out after ${limitMs} milliseconds`,
    );
  if ('error' in outcome) throw outcome.error;
  return outcome.fd;
}

/** TLS over the connection; curl says what is wrong in OpenSSL's words. */
async function secured(connection: Duplex, host: string, isInsecure: boolean): Promise<Duplex> {
  try {
    return await startTls(connection, host, { isInsecure });
  } catch (error) {
    connection.abort();
    if (!(error instanceof TlsError)) throw error;
    if (error.isPlain) throw new CurlError(35, 'TLS connect error: error:0A0000C6:SSL routines::packet length too long');
    if (!error.message.includes('certificate')) throw new CurlError(35, 'TLS connect error: error:00000000:lib(0)::reason(0)');
    throw new CurlError(60, `SSL: no alternative certificate subject name matches target host name '${host}'\n${UNTRUSTED}`);
  }
}

const UNTRUSTED = `More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the webpage mentioned above.`;

async function addressesOf(sys: Sys, options: Options, host: string): Promise<readonly string[]> {
  const family = options.has('4') ? 'inet' : options.has('6') ? 'inet6' : undefined;
  const resolved = await lookUp(sys, host, family);
  if (resolved.kind !== 'found') throw new CurlError(6, `Could not resolve host: ${host}`);
  return resolved.addresses;
}

async function openVerbosely(
  sys: Sys,
  options: Options,
  { addresses, url, before }: { addresses: readonly string[]; url: HttpUrl; before: bigint },
): Promise<Fd> {
  let failure: unknown;
  if (options.has('v')) await say(sys, 2, `* Host ${url.host}:${url.port} was resolved.\n`);
  for (const ip of addresses) {
    if (options.has('v')) await say(sys, 2, `*   Trying ${ip.includes(':') ? `[${ip}]` : ip}:${url.port}...\n`);
    try {
      return await openStream(sys, [ip], url.port);
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (options.has('v')) await say(sys, 2, `* connect to ${ip} port ${url.port} failed: ${error.message}\n`);
      failure = error;
    }
  }
  throw connectError(sys, failure, { url, before, tried: addresses.length });
}

function connectError(sys: Sys, error: unknown, { url, before }: { url: HttpUrl; before: bigint; tried: number }): Error {
  if (!isErrno(error)) throw error;
  const ms = (sys.clock.monotonicNs() - before) / 1_000_000n;
  const reason =
    error.code === 'ETIMEDOUT' ? 'Connection timed out' : `${release(sys) === BOOKWORM ? "Couldn't" : 'Could not'} connect to server`;
  return new CurlError(error.code === 'ETIMEDOUT' ? 28 : 7, `Failed to connect to ${url.host} port ${url.port} after ${ms} ms: ${reason}`);
}

function methodOf(options: Options, body: Uint8Array | undefined): string {
  const given = options.value('X');
  if (given !== undefined) return given;
  if (options.has('I')) return 'HEAD';
  if (options.has('T')) return 'PUT';
  return body === undefined || options.has('G') ? 'GET' : 'POST';
}

function headersOf(options: Options, url: HttpUrl, body: Uint8Array | undefined): readonly (readonly [string, string])[] {
  const own = options.values('H').map((line): readonly [string, string] => {
    const colon = line.search(/[:;]/);
    return [line.slice(0, colon < 0 ? line.length : colon), colon < 0 ? '' : line.slice(colon + 1).trim()];
  });
  const user = options.value('u') ?? url.user;
  const json = options.has('json');
  const defaults: (readonly [string, string])[] = [['Host', hostHeader(url)]];
  if (user !== undefined) defaults.push(['Authorization', `Basic ${encodeBase64(encode(user))}`]);
  defaults.push(['User-Agent', options.value('A') ?? 'curl/8.14.1'], ['Accept', json ? 'application/json' : '*/*']);
  if (body !== undefined && !options.has('G')) {
    defaults.push(['Content-Length', String(body.length)]);
    if (!options.has('T')) defaults.push(['Content-Type', json ? 'application/json' : 'application/x-www-form-urlencoded']);
  }
  const set = new Set(own.map(([name]) => name.toLowerCase()));
  return [...defaults.filter(([name]) => !set.has(name.toLowerCase())), ...own.filter(([, value]) => value !== '')];
}

async function showRequest(
  sys: Sys,
  {
    method,
    path,
    headers,
    connection,
  }: { method: string; path: string; headers: readonly (readonly [string, string])[]; connection: Connection },
): Promise<void> {
  const to = connection.ip === '' ? '' : `* Connected to ${connection.ip}\n`;
  const lines = [`${method} ${path} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`), ''].join('\r\n');
  await say(sys, 2, `${to}${prefixed('> ', `${lines}\r\n`)}* Request completely sent off\n`);
}

const prefixed = (mark: string, text: string): string =>
  text
    .split('\r\n')
    .slice(0, -1)
    .map((line) => `${mark}${line}\n`)
    .join('');

async function exchange(connection: Duplex, sent: Parameters<typeof request>[1]): Promise<ClientResponse> {
  try {
    return await request(connection, sent);
  } catch (error) {
    if (isErrno(error)) throw new CurlError(56, `Recv failure: ${error.message}`);
    if (error instanceof HttpError)
      throw error.message === 'EOF' ? new CurlError(52, 'Empty reply from server') : new CurlError(1, 'Received HTTP/0.9 when not allowed');
    throw error;
  }
}

const headText = (answer: ClientResponse): string =>
  `${[`HTTP/1.1 ${answer.status} ${answer.reason}`, ...answer.headerLines.map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;

async function copyBody(
  sys: Sys,
  answer: ClientResponse,
  { out, skip, progress }: { out: Fd | null; skip: boolean; progress: Progress },
): Promise<number> {
  if (skip) return 0;
  try {
    if (out === null) return (await readAll(answer)).length;
    for (let piece = await answer.readBody(); piece !== null; piece = await answer.readBody()) {
      await writeOut(sys, out, piece);
      progress.received += piece.length;
    }
    return progress.received;
  } catch (error) {
    if (error instanceof HttpError) throw new CurlError(18, 'end of response with missing bytes');
    if (isErrno(error)) throw new CurlError(56, `Recv failure: ${error.message}`);
    throw error;
  }
}

async function writeOut(sys: Sys, out: Fd, piece: Uint8Array): Promise<void> {
  try {
    await sys.write(out, piece);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new CurlError(23, `Failure writing output to destination, passed ${piece.length} returned 0`);
  }
}
