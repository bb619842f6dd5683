/** A gRPC server on a connection that was upgraded to HTTP/2. Specification: grpc doc/PROTOCOL-HTTP2.md. */
import { type IncomingHttpHeaders, performServerHandshake, type ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import type { Message } from '../messages/message.ts';
import { Code, GrpcError, type Status, statusOf, trailersOf } from './status.ts';
import { MessageStream } from './stream.ts';

/** Details of a build's error have whole Dockerfiles in them. */
export const MAX_HEADER_BYTES = 16 * 1024 * 1024;

/** A call while it runs. */
export interface Call {
  readonly metadata: IncomingHttpHeaders;
  /** The client's next message; null when it has sent all. Throws GrpcError. */
  read(): Promise<Uint8Array | null>;
  write(message: Uint8Array): Promise<void>;
  /** Aborted when the client has given up the call. */
  readonly gone: AbortSignal;
}

/** What is thrown is the call's status. */
export type Method = (call: Call) => Promise<void>;

/** Methods by path: `/moby.buildkit.v1.Control/Solve`. */
export type Methods = Readonly<Record<string, Method>>;

/** One message in, one message out. */
export const unary =
  <Request, Response>(
    request: Message<Request>,
    response: Message<Response>,
    act: (request: Request, call: Call) => Promise<Response> | Response,
  ): Method =>
  async (call) =>
    call.write(response.encode(await act(await only(request, call), call)));

/** One message in, many out. */
export const serverStream =
  <Request, Response>(
    request: Message<Request>,
    response: Message<Response>,
    act: (request: Request, send: (message: Response) => Promise<void>, call: Call) => Promise<void>,
  ): Method =>
  async (call) =>
    act(await only(request, call), (message) => call.write(response.encode(message)), call);

async function only<Request>(request: Message<Request>, call: Call): Promise<Request> {
  const bytes = await call.read();
  if (bytes === null) throw new GrpcError(Code.internal, 'the request has no message');
  return request.decode(bytes);
}

/** Serves until the other end closes, or is none that speaks HTTP/2; resolves then. */
export function serveGrpc(socket: Socket, methods: Methods): Promise<void> {
  const session = performServerHandshake(socket, { maxSendHeaderBlockLength: MAX_HEADER_BYTES });
  session.on('stream', (stream, headers) => void serveCall(stream, headers, methods));
  return new Promise((resolve) => {
    session.on('error', () => socket.destroy());
    session.on('close', resolve);
    socket.on('close', resolve);
  });
}

async function serveCall(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, methods: Methods): Promise<void> {
  const messages = new MessageStream(stream);
  const gone = new AbortController();
  stream.on('close', () => gone.abort());
  stream.on('error', () => gone.abort());
  const path = headers[':path'] ?? '';
  try {
    const method = Object.hasOwn(methods, path) ? methods[path] : undefined;
    if (!method)
      throw new GrpcError(
        Code.unimplemented,
        `unknown method ${path.slice(path.lastIndexOf('/') + 1)} for service ${path.slice(1, path.lastIndexOf('/'))}`,
      );
    const begin = (): void => {
      if (!stream.headersSent && !stream.destroyed) stream.respond(OK, { waitForTrailers: true });
    };
    await method({
      metadata: headers,
      read: () => messages.read(),
      write: (message) => {
        begin();
        return messages.write(message);
      },
      gone: gone.signal,
    });
    begin();
    finish(stream, { code: Code.ok, message: '', details: [] });
  } catch (error) {
    finish(stream, statusOf(error));
  }
}

const OK = { ':status': 200, 'content-type': 'application/grpc' };

/** A call that had no answer has its status in the place of the answer's head. */
function finish(stream: ServerHttp2Stream, status: Status): void {
  if (stream.destroyed) return;
  const trailers = trailersOf(status);
  if (!stream.headersSent) {
    stream.respond({ ...OK, ...trailers }, { endStream: true });
    return;
  }
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.end();
}
