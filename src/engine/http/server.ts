/** The server's end of a connection: requests are read one after the other and answered in that order (RFC 9112). */
import { type Body, bodyReader, bodyWriter, type Framing, framingOf } from './body.ts';
import { HttpError } from './errors.ts';
import { header, headersFrom, headerWords, headText, MAX_HEAD_BYTES, readHeaders } from './headers.ts';
import { parseRequestLine, type RequestLine } from './parse.ts';
import { type Reader, rawConnection, readerOf } from './reader.ts';
import { hasNoBody, reasonOf } from './status.ts';
import type { Duplex, Handler, Headers, HttpRequest, HttpResponse } from './types.ts';

export interface ServeOptions {
  /** Headers that each answer begins with unless the handler sets them (`Date`, `Server`). */
  readonly headers?: () => Iterable<readonly [string, string]>;
  /** Gets what a handler throws; the client gets 500. Without it, `serveConnection` rejects with it. */
  readonly onError?: (error: unknown) => void;
}

/** As Go: so much of a body that nobody read is thrown away to keep the connection; beyond it is closed. */
const MAX_DRAIN_BYTES = 256 * 1024;
const MAX_EMPTY_LINES = 4;
const encoder = new TextEncoder();

/** The other end is gone; nobody is to blame. */
class PeerGone extends Error {}

interface Incoming {
  readonly line: RequestLine;
  readonly headers: Headers;
  readonly body: Body;
}

/**
 * Answers requests until the other end is done, or something is wrong with what it sends. Resolves then; closing the connection is
 * up to the caller. Rejects only with what a handler throws, if `onError` is not given.
 */
export async function serveConnection(duplex: Duplex, handler: Handler, options: ServeOptions = {}): Promise<void> {
  const guarded = guard(duplex);
  const reader = readerOf(guarded);
  try {
    while (await serveOne(guarded, { reader, handler, options }));
    guarded.closeWrite();
  } catch (error) {
    if (error instanceof HttpError) return refuse(guarded, error).catch(() => duplex.abort());
    duplex.abort();
    if (error instanceof PeerGone) return;
    if (!options.onError) throw error;
    options.onError(error);
  }
}

/** The same connection, with its failures marked as the other end's. */
function guard(duplex: Duplex): Duplex {
  const marked = async <T>(job: Promise<T>): Promise<T> => {
    try {
      return await job;
    } catch (error) {
      throw new PeerGone('connection lost', { cause: error });
    }
  };
  return {
    read: () => marked(duplex.read()),
    write: (bytes) => marked(duplex.write(bytes)),
    closeWrite: () => duplex.closeWrite(),
    abort: () => duplex.abort(),
  };
}

/** Go's answer to what it cannot read. */
async function refuse(duplex: Duplex, error: HttpError): Promise<void> {
  const text = `${error.status} ${reasonOf(error.status)}${error.message === 'missing required Host header' ? `: ${error.message}` : ''}`;
  await duplex.write(
    headText(`HTTP/1.1 ${error.status} ${reasonOf(error.status)}`, [
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Connection', 'close'],
    ]),
  );
  await duplex.write(encoder.encode(text));
  duplex.closeWrite();
}

interface Session {
  readonly reader: Reader;
  readonly handler: Handler;
  readonly options: ServeOptions;
}

/** True if another request may follow. */
async function serveOne(duplex: Duplex, session: Session): Promise<boolean> {
  const incoming = await readRequest(duplex, session.reader);
  if (incoming === null) return false;
  const response = await ask(incoming, session);
  if (response.upgrade) {
    // What was declared as the request's body is not yet what the new protocol says.
    if (header(incoming.headers, 'content-length') !== undefined) await drain(incoming.body, incoming.headers);
    await upgrade(duplex, response, session.options);
    return false;
  }
  const wants = headerWords(incoming.headers, 'connection');
  const sentClose = headerWords(headersFrom(response.headers ?? []), 'connection').includes('close');
  const mayStay = !sentClose && (incoming.line.minor === 1 ? !wants.includes('close') : wants.includes('keep-alive'));
  // A body that is produced while it is sent may still read the request: what it leaves is thrown away afterwards.
  const isLate = typeof response.body === 'function';
  const stays = mayStay && (isLate || (await drain(incoming.body, incoming.headers)));
  const goesOn = await answer(duplex, { incoming, response, stays, options: session.options });
  return goesOn && (!isLate || drain(incoming.body, incoming.headers));
}

async function readRequest(duplex: Duplex, reader: Reader): Promise<Incoming | null> {
  let first = await reader.line(MAX_HEAD_BYTES);
  for (let empty = 0; first === '' && empty < MAX_EMPTY_LINES; empty += 1) first = await reader.line(MAX_HEAD_BYTES);
  if (first === null) return null;
  const line = parseRequestLine(first);
  const headers = await readHeaders(reader);
  if (line.minor === 1 && headers.get('host')?.length !== 1) throw new HttpError(400, 'missing required Host header');
  const isWaiting = line.minor === 1 && headerWords(headers, 'expect').includes('100-continue');
  const goOn = isWaiting ? () => duplex.write(headText('HTTP/1.1 100 Continue', [])) : undefined;
  return { line, headers, body: bodyReader(reader, framingOf(headers, { kind: 'none' }), goOn) };
}

async function ask({ line, headers, body }: Incoming, { handler, options }: Session): Promise<HttpResponse> {
  const request: HttpRequest = {
    method: line.method,
    target: line.target,
    path: line.path,
    query: line.query,
    headers,
    readBody: () => body.read(),
  };
  try {
    return await handler(request);
  } catch (error) {
    if (error instanceof PeerGone || error instanceof HttpError || !options.onError) throw error;
    options.onError(error);
    return { status: 500, headers: [['Connection', 'close']] };
  }
}

/** Reads what the handler left of the body. False if it is too much, or if the client still waits to be asked for it. */
async function drain(body: Body, headers: Headers): Promise<boolean> {
  if (!body.isDone() && header(headers, 'expect') !== undefined) return false;
  for (let left = MAX_DRAIN_BYTES; left > 0; ) {
    const piece = await body.read();
    if (piece === null) return true;
    left -= piece.length;
  }
  return false;
}

async function upgrade(duplex: Duplex, response: HttpResponse, options: ServeOptions): Promise<void> {
  const own = [...(response.headers ?? [])];
  const switching: readonly (readonly [string, string])[] =
    response.status === 101 && !own.some(([name]) => name.toLowerCase() === 'upgrade')
      ? [
          ['Connection', 'Upgrade'],
          ['Upgrade', 'tcp'],
        ]
      : [];
  await duplex.write(headText(statusLine(response), [...defaults(own, options), ...own, ...switching]));
  await response.upgrade?.(rawConnection(duplex));
}

const statusLine = (response: HttpResponse): string => `HTTP/1.1 ${response.status} ${response.reason ?? reasonOf(response.status)}`;

function defaults(own: readonly (readonly [string, string])[], options: ServeOptions): readonly (readonly [string, string])[] {
  const set = new Set(own.map(([name]) => name.toLowerCase()));
  return [...(options.headers?.() ?? [])].filter(([name]) => !set.has(name.toLowerCase()));
}

interface Answer {
  readonly incoming: Incoming;
  readonly response: HttpResponse;
  readonly stays: boolean;
  readonly options: ServeOptions;
}

/** True if the connection goes on. */
async function answer(duplex: Duplex, { incoming, response, stays, options }: Answer): Promise<boolean> {
  const own = [...(response.headers ?? [])];
  const framing = responseFraming(response, headersFrom(own), incoming.line.minor);
  const goesOn = stays && framing.kind !== 'until-close';
  const head = [
    ...defaults(own, options),
    ...own,
    ...framingHeaders(framing, headersFrom(own)),
    ...connectionHeaders({ own, goesOn, minor: incoming.line.minor }),
  ];
  await duplex.write(headText(statusLine(response), head));
  if (incoming.line.method === 'HEAD' || hasNoBody(response.status)) return goesOn;
  await sendBody(duplex, response, framing);
  return goesOn;
}

async function sendBody(duplex: Duplex, { body }: HttpResponse, framing: Framing): Promise<void> {
  const writer = bodyWriter(duplex, framing);
  try {
    if (body instanceof Uint8Array) await writer.write(body);
    else if (body) await body(writer.write);
    await writer.end();
  } catch (error) {
    // The rest of the request was malformed, and the head of the answer is out: nothing can be said any more.
    throw error instanceof HttpError ? new PeerGone('malformed request body', { cause: error }) : error;
  }
}

function responseFraming({ status, body }: HttpResponse, headers: Headers, minor: 0 | 1): Framing {
  if (hasNoBody(status)) return { kind: 'none' };
  const declared = header(headers, 'content-length');
  if (declared !== undefined) return { kind: 'length', sizeBytes: Number(declared) };
  if (typeof body !== 'function') return { kind: 'length', sizeBytes: body?.length ?? 0 };
  return minor === 1 ? { kind: 'chunked' } : { kind: 'until-close' };
}

function framingHeaders(framing: Framing, own: Headers): readonly (readonly [string, string])[] {
  if (framing.kind === 'length' && !own.has('content-length')) return [['Content-Length', String(framing.sizeBytes)]];
  return framing.kind === 'chunked' ? [['Transfer-Encoding', 'chunked']] : [];
}

function connectionHeaders({
  own,
  goesOn,
  minor,
}: {
  own: readonly (readonly [string, string])[];
  goesOn: boolean;
  minor: 0 | 1;
}): readonly (readonly [string, string])[] {
  if (own.some(([name]) => name.toLowerCase() === 'connection')) return [];
  if (!goesOn) return [['Connection', 'close']];
  return minor === 0 ? [['Connection', 'keep-alive']] : [];
}
