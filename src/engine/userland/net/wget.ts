/** wget, as busybox has it: one file after the other, with its own sentences. */
import { encodeBase64 } from '../../http/base64.ts';
import { HttpError, header, request } from '../../http/index.ts';
import { startTls, TlsError } from '../../http/tls.ts';
import type { ClientResponse } from '../../http/types.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Fd, Sys } from '../../kernel/sys.ts';
import { duplexOf } from '../duplex.ts';
import { OptionError, type Options, parseOptions } from '../options.ts';
import { encode, say } from '../program-io.ts';
import type { Applet, Caller } from './applet.ts';
import { type HttpUrl, hostHeader, parseUrl, resolveUrl } from './http-url.ts';
import { lookUp } from './resolve.ts';
import { firstOf } from './resolve-name.ts';
import { openStream } from './streams.ts';
import { baseName, refuse } from './text.ts';

const GRAMMAR = {
  short: 'cqSO:o:P:T:U:Y:t:',
  long: {
    quiet: 'q',
    'server-response': 'S',
    'output-document': 'O:',
    'output-file': 'o:',
    'directory-prefix': 'P:',
    timeout: 'T:',
    'user-agent': 'U:',
    tries: 't:',
    continue: 'c',
    spider: 'spider',
    header: 'header:',
    'post-data': 'post-data:',
    'no-check-certificate': 'no-check-certificate',
    'no-verbose': 'q',
  },
};
const USAGE = "Usage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n";
const MAX_REDIRECTS = 20;
const DEFAULT_TIMEOUT_MS = 900_000;

/**
 * Debian's busybox is built without time-outs (FEATURE_WGET_TIMEOUT). The letter is still among its options, but nothing takes what it
 * is given: the program reads where there is nothing, and dies of it.
 */
const isWithoutTimeouts = (caller: Caller | undefined): boolean => caller?.isDebianBusybox === true;
const WITHOUT_TIMEOUTS = { ...GRAMMAR, long: Object.fromEntries(Object.entries(GRAMMAR.long).filter(([name]) => name !== 'timeout')) };

/** Ends a download with a sentence of wget's. */
class WgetError extends Error {}

export const wget: Applet = async (sys, args, caller) => {
  let options: Options;
  try {
    options = parseOptions(args, isWithoutTimeouts(caller) ? WITHOUT_TIMEOUTS : GRAMMAR);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return refuse(sys, caller, { message: error.message, text: `wget: ${error.message}\n${USAGE}`, status: 2 });
  }
  if (options.has('T') && isWithoutTimeouts(caller)) return sys.fault();
  if (options.operands.length === 0) return refuse(sys, caller, { text: `wget: missing URL\n${USAGE}` });
  watch(sys, options);
  try {
    for (const url of options.operands) await download({ sys, options, caller }, url);
    return 0;
  } catch (error) {
    if (!(error instanceof WgetError)) throw error;
    await say(sys, 2, `wget: ${error.message}\n`);
    return 1;
  }
};

function watch(sys: Sys, options: Options): void {
  const seconds = Number(options.value('T') ?? '0');
  const limitMs = seconds > 0 ? seconds * 1000 : DEFAULT_TIMEOUT_MS;
  sys.thread(async () => {
    await sys.sleep(limitMs);
    await say(sys, 2, 'wget: download timed out\n');
    sys.exit(1);
  });
}

interface Call {
  readonly sys: Sys;
  readonly options: Options;
  readonly caller: Caller | undefined;
}

async function download(call: Call, text: string): Promise<void> {
  const { sys, options } = call;
  let url = addressOf(text);
  for (let redirects = 0; redirects < MAX_REDIRECTS; redirects += 1) {
    const { answer } = await ask(call, url);
    const location = answer.status >= 300 && answer.status < 400 ? header(answer.headers, 'location') : undefined;
    if (location === undefined) return save(sys, options, { url, answer });
    answer.close();
    url = addressOf(resolveUrl(url, location));
  }
  throw new WgetError('too many redirections');
}

function addressOf(text: string): HttpUrl {
  const url = parseUrl(text);
  if (url === null) throw new WgetError(`bad address '${text}'`);
  if (url.scheme !== 'http' && url.scheme !== 'https') throw new WgetError(`not an http or ftp url: ${text}`);
  return url;
}

async function ask({ sys, options, caller }: Call, url: HttpUrl): Promise<{ answer: ClientResponse }> {
  const found = await lookUp(sys, url.host);
  const ip = found.kind === 'found' ? firstOf(found.addresses, caller) : undefined;
  if (ip === undefined) throw new WgetError(`bad address '${url.host}'`);
  const end = `${ip.includes(':') ? `[${ip}]` : ip}:${url.port}`;
  if (!options.has('q')) await say(sys, 2, `Connecting to ${url.host}${url.port === 80 ? '' : `:${url.port}`} (${end})\n`);
  const fd = await openStream(sys, [ip], url.port).catch((error: unknown) => {
    if (isErrno(error)) throw new WgetError(`can't connect to remote host${ip.includes(':') ? '' : ` (${ip})`}: ${error.message}`);
    throw error;
  });
  const answer = await exchange(sys, { fd, options, url });
  if (options.has('S')) {
    // Where the status is an error, nothing behind it is read.
    const behind = answer.status >= 400 ? [] : [...answer.headerLines.map(([name, value]) => `${name}: ${value}`), ''];
    const lines = [`HTTP/1.1 ${answer.status} ${answer.reason}`, ...behind];
    await say(sys, 2, lines.map((line) => `  ${line}\n`).join(''));
  }
  if (answer.status >= 400) throw new WgetError(`server returned error: HTTP/1.1 ${answer.status} ${answer.reason}`);
  return { answer };
}

async function exchange(sys: Sys, { fd, options, url }: { fd: Fd; options: Options; url: HttpUrl }): Promise<ClientResponse> {
  const own = options
    .values('header')
    .map((line): readonly [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
  const user: readonly (readonly [string, string])[] =
    url.user === undefined ? [] : [['Authorization', `Basic ${encodeBase64(encode(url.user))}`]];
  const post = options.value('post-data');
  const type: readonly (readonly [string, string])[] = post === undefined ? [] : [['Content-Type', 'application/x-www-form-urlencoded']];
  const headers = [
    ['Host', hostHeader(url)],
    ['User-Agent', options.value('U') ?? 'Wget'],
    ['Connection', 'close'],
    ...user,
    ...type,
    ...own,
  ] as const;
  try {
    const method = options.has('spider') ? 'HEAD' : post === undefined ? 'GET' : 'POST';
    const plain = duplexOf(sys, fd);
    const connection = url.scheme === 'https' ? await startTls(plain, url.host, { isInsecure: true }) : plain;
    return await request(connection, { method, target: url.path, headers, ...(post !== undefined && { body: encode(post) }) });
  } catch (error) {
    if (error instanceof TlsError) throw new WgetError('error getting response: Connection reset by peer');
    if (error instanceof HttpError) throw new WgetError('error getting response');
    if (isErrno(error)) throw new WgetError(`error getting response: ${error.message}`);
    throw error;
  }
}

async function save(sys: Sys, options: Options, { url, answer }: { url: HttpUrl; answer: ClientResponse }): Promise<void> {
  if (options.has('spider')) {
    if (!options.has('q')) await say(sys, 2, 'remote file exists\n');
    return answer.close();
  }
  const name = options.value('O') ?? (baseName(url.path.replace(/\?.*$/, '')) || 'index.html');
  const prefix = options.value('P');
  const path = options.value('O') === undefined && prefix !== undefined ? `${prefix}/${name}` : name;
  const fd = name === '-' ? 1 : await openNew(sys, path, options.has('O'));
  if (!options.has('q')) await say(sys, 2, name === '-' ? 'writing to stdout\n' : `saving to '${name}'\n`);
  const size = await copy(sys, { answer, fd });
  if (!options.has('q')) await say(sys, 2, progress(name, size));
  if (fd !== 1) sys.fds.close(fd);
  answer.close();
}

async function openNew(sys: Sys, path: string, mayReplace: boolean): Promise<Fd> {
  try {
    return await sys.open(path, { write: true, create: true, truncate: mayReplace, exclusive: !mayReplace }, 0o666);
  } catch (error) {
    if (isErrno(error)) throw new WgetError(`can't open '${path}': ${error.message}`);
    throw error;
  }
}

async function copy(sys: Sys, { answer, fd }: { answer: ClientResponse; fd: Fd }): Promise<number> {
  let size = 0;
  try {
    for (let piece = await answer.readBody(); piece !== null; piece = await answer.readBody()) {
      await sys.write(fd, piece);
      size += piece.length;
    }
  } catch (error) {
    if (error instanceof HttpError) throw new WgetError('connection closed prematurely');
    throw error;
  }
  return size;
}

/** The bar at 100 %, and what was saved where. */
function progress(name: string, size: number): string {
  const shown = size < 100_000 ? String(size) : `${Math.round(size / 1024)}k`;
  const bar = `${name.slice(0, 20).padEnd(20)} 100% |${'*'.repeat(32)}| ${shown.padStart(5)}  0:00:00 ETA\n`;
  return bar + (name === '-' ? 'written to stdout\n' : `'${name}' saved\n`);
}
