/** The client's end of a connection: one request, then its answer as it arrives. */
import { bodyReader, bodyWriter, type Framing, framingOf } from './body.ts';
import { HttpError } from './errors.ts';
import { headersFrom, headerWords, headText, MAX_HEAD_BYTES, readHeaderLines } from './headers.ts';
import { parseStatusLine } from './parse.ts';
import { type Reader, rawConnection, readerOf } from './reader.ts';
import { hasNoBody } from './status.ts';
import type { ClientRequest, ClientResponse, Duplex, Headers } from './types.ts';

export interface RequestOptions {
  /** Runs the sending of the body beside the reading of the answer, for servers that answer while they read (a thread of the caller's). */
  readonly spawn?: (body: () => Promise<void>) => unknown;
}

const MAX_INTERIM_RESPONSES = 8;

interface Head {
  readonly status: number;
  readonly reason: string;
  readonly minor: 0 | 1;
  readonly headers: Headers;
  readonly headerLines: ClientResponse['headerLines'];
}

/**
 * Sends a request and waits for the head of its answer. When the answer's body has been read to its end, the next request may use the
 * connection if `canReuse` says so. Rejects with HttpError for an answer that is not HTTP, and with the connection's own errors.
 */
export async function request(duplex: Duplex, sent: ClientRequest, options: RequestOptions = {}): Promise<ClientResponse> {
  const own = [...(sent.headers ?? [])];
  const framing = requestFraming(sent, headersFrom(own));
  const reader = readerOf(duplex);
  await duplex.write(headText(`${sent.method} ${sent.target} HTTP/1.1`, requestHeaders(own, sent, framing)));
  if (headerWords(headersFrom(own), 'expect').includes('100-continue')) {
    const early = await readHead(reader, { interim: true });
    if (early.status !== 100) return response(duplex, sent, early);
  }
  const failed = await sendBody(duplex, { sent, framing, options });
  const head = await readHead(reader, {}).catch((error: unknown) => {
    throw failed ?? error;
  });
  return response(duplex, sent, head);
}

function requestFraming({ method, body }: ClientRequest, headers: Headers): Framing {
  if (typeof body === 'function') return framingOf(headers, { kind: 'chunked' });
  if (body === undefined && !['POST', 'PUT', 'PATCH'].includes(method)) return { kind: 'none' };
  return { kind: 'length', sizeBytes: body?.length ?? 0 };
}

function requestHeaders(
  own: readonly (readonly [string, string])[],
  sent: ClientRequest,
  framing: Framing,
): readonly (readonly [string, string])[] {
  const set = headersFrom(own);
  const length: readonly (readonly [string, string])[] =
    framing.kind === 'length' && !set.has('content-length') ? [['Content-Length', String(framing.sizeBytes)]] : [];
  const chunked: readonly (readonly [string, string])[] =
    framing.kind === 'chunked' && !set.has('transfer-encoding') ? [['Transfer-Encoding', 'chunked']] : [];
  const host: readonly (readonly [string, string])[] = set.has('host') ? [] : [['Host', hostOf(sent.target)]];
  return [...host, ...own, ...length, ...chunked];
}

const hostOf = (target: string): string => /^https?:\/\/([^/?#]*)/i.exec(target)?.[1] ?? 'localhost';

/** Sends the body. A server may answer and close without having read it all: then its answer counts, not our broken pipe. */
async function sendBody(
  duplex: Duplex,
  { sent, framing, options }: { sent: ClientRequest; framing: Framing; options: RequestOptions },
): Promise<unknown> {
  const { body } = sent;
  if (body === undefined) return undefined;
  let broken: unknown;
  const writer = bodyWriter(duplex, framing);
  const write = async (piece: Uint8Array): Promise<void> => {
    if (broken !== undefined) return;
    await writer.write(piece).catch((error: unknown) => {
      broken = error;
    });
  };
  const send = async (): Promise<void> => {
    if (body instanceof Uint8Array) return write(body);
    await body(write);
    if (broken === undefined) await writer.end();
  };
  if (options.spawn && typeof body === 'function') options.spawn(send);
  else await send();
  return broken;
}

/** Skips what comes before the final answer (100 Continue, 103 Early Hints), unless that is what is waited for. */
async function readHead(reader: Reader, { interim = false }: { interim?: boolean }): Promise<Head> {
  for (let seen = 0; seen < MAX_INTERIM_RESPONSES; seen += 1) {
    const line = await reader.line(MAX_HEAD_BYTES);
    if (line === null) throw new HttpError(400, 'EOF');
    const { status, reason, minor } = parseStatusLine(line);
    const headerLines = await readHeaderLines(reader);
    if (interim || status === 101 || status >= 200) return { status, reason, minor, headers: headersFrom(headerLines), headerLines };
  }
  throw new HttpError(400, 'too many interim responses');
}

function response(duplex: Duplex, sent: ClientRequest, { status, reason, headers, headerLines }: Head): ClientResponse {
  const isUpgraded = status === 101 || (sent.method === 'CONNECT' && status === 200);
  const isEmpty = isUpgraded || sent.method === 'HEAD' || hasNoBody(status);
  const body = bodyReader(readerOf(duplex), isEmpty ? { kind: 'none' } : framingOf(headers, { kind: 'until-close' }));
  return {
    status,
    reason,
    headers,
    headerLines,
    readBody: body.read,
    upgraded: isUpgraded ? rawConnection(duplex) : null,
    close: () => duplex.abort(),
  };
}

/** Whether another request may follow on the connection, once the body has been read to its end. */
export function canReuse(answer: ClientResponse): boolean {
  const isFramed = answer.headers.has('content-length') || answer.headers.has('transfer-encoding') || hasNoBody(answer.status);
  return isFramed && answer.upgraded === null && !headerWords(answer.headers, 'connection').includes('close');
}
