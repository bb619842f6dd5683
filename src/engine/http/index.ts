/**
 * HTTP/1.1 over any connection of bytes, both ends: `serveConnection` answers, `request` asks. dockerd, its client, `curl`, `wget`,
 * `nginx`, the registries and the pane of a page all speak through these two, so what one of them sends the others can read.
 * Bodies stream in pieces, by length or in chunks; an upgraded connection is handed over with what was read too far. Nothing here
 * waits for anything but the connection, so that a program may call it like a system call.
 */
export { canReuse, type RequestOptions, request } from './client.ts';
export { HttpError } from './errors.ts';
export { header, headersFrom, headerWords } from './headers.ts';
export { jsonResponse, readAll, readText, textResponse } from './responses.ts';
export { type ServeOptions, serveConnection } from './server.ts';
export { reasonOf } from './status.ts';
export { acceptTls, startTls, TlsError } from './tls.ts';
export type {
  Address,
  BodyWriter,
  ClientRequest,
  ClientResponse,
  Dial,
  Duplex,
  Handler,
  Headers,
  HttpRequest,
  HttpResponse,
} from './types.ts';
