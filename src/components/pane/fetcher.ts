/** Requests of the page's browser to the machine's published ports: bodies whole, redirects followed, failures in a browser's terms. */
import type { Transport } from '../page/docker.ts';
import { portOf } from './address.ts';
import type { Cookies } from './cookies.ts';

export interface Asked {
  readonly url: URL;
  readonly method?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: Uint8Array;
}

/** Who asks: the `User-Agent` that servers log, and the cookies they gave. */
export interface Visitor {
  readonly agent: string;
  readonly cookies: Cookies;
}

export interface Got {
  /** Where the redirects led. */
  readonly url: URL;
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The names under which browsers show them. */
export type FailureCode =
  | 'ERR_CONNECTION_REFUSED'
  | 'ERR_CONNECTION_RESET'
  | 'ERR_EMPTY_RESPONSE'
  | 'ERR_NAME_NOT_RESOLVED'
  | 'ERR_TOO_MANY_REDIRECTS'
  | 'ERR_RESPONSE_TOO_BIG'
  | 'ERR_BLOCKED';

export class BrowserFailure extends Error {
  override readonly name = 'BrowserFailure';
  readonly code: FailureCode;

  constructor(code: FailureCode) {
    super(code);
    this.code = code;
  }
}

const MOST_REDIRECTS = 20;
const MOST_BYTES = 32 * 1024 * 1024;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

function failureOf(error: unknown): BrowserFailure {
  if (error instanceof BrowserFailure) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (text.includes('ECONNREFUSED')) return new BrowserFailure('ERR_CONNECTION_REFUSED');
  return new BrowserFailure(text.includes('ECONNRESET') ? 'ERR_CONNECTION_RESET' : 'ERR_EMPTY_RESPONSE');
}

async function bodyOf(read: () => Promise<Uint8Array | null>): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (let piece = await read(); piece !== null; piece = await read()) {
    pieces.push(piece);
    size += piece.length;
    if (size > MOST_BYTES) throw new BrowserFailure('ERR_RESPONSE_TOO_BIG');
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

async function once(transport: Transport, { agent, cookies }: Visitor, asked: Asked): Promise<Got> {
  const { url, method = 'GET', headers = [], body } = asked;
  const port = portOf(url);
  if (port === null) throw new BrowserFailure('ERR_NAME_NOT_RESOLVED');
  const cookie = cookies.header(url.pathname);
  const sent: (readonly [string, string])[] = [['user-agent', agent], ['accept', '*/*'], ...headers];
  if (cookie !== null) sent.push(['cookie', cookie]);
  try {
    const response = await transport.http(`${url.pathname}${url.search}`, { port, method, headers: sent, ...(body ? { body } : {}) });
    const setCookie = response.headers.get('set-cookie');
    if (setCookie) cookies.take(setCookie);
    return { url, status: response.status, headers: response.headers, bytes: await bodyOf(response.read) };
  } catch (error) {
    throw failureOf(error);
  }
}

/** Asks, and follows where it is sent. Rejects with a BrowserFailure. */
export async function browse(transport: Transport, visitor: Visitor, first: Asked): Promise<Got> {
  let asked = first;
  for (let step = 0; step <= MOST_REDIRECTS; step++) {
    const got = await once(transport, visitor, asked);
    const location = got.headers.get('location');
    if (!REDIRECTS.has(got.status) || location === undefined) return got;
    const url = new URL(location, asked.url);
    // 307 and 308 repeat the request as it was; the others turn into a GET.
    asked = got.status >= 307 ? { ...asked, url } : { url };
  }
  throw new BrowserFailure('ERR_TOO_MANY_REDIRECTS');
}
