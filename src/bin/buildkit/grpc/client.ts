/** A gRPC client on a connection whose other end serves: a session, in which the build's client is asked for what is on its side. */
import { type ClientHttp2Session, type ClientHttp2Stream, connect, type IncomingHttpHeaders } from 'node:http2';
import type { Socket } from 'node:net';
import type { Message } from '../messages/message.ts';
import { MAX_HEADER_BYTES } from './server.ts';
import { Code, errorOf, GrpcError, type Status, statusFrom } from './status.ts';
import { MessageStream } from './stream.ts';

/** Metadata by name; a list is sent as so many headers. */
export type Metadata = Readonly<Record<string, string | readonly string[]>>;

/** A call's two directions. */
export interface Stream {
  /** The next message; null at the end of a call that went well. Throws GrpcError with the call's status. */
  read(): Promise<Uint8Array | null>;
  write(message: Uint8Array): Promise<void>;
  /** No more will be written. */
  end(): void;
  cancel(): void;
}

export class GrpcClient {
  readonly #session: ClientHttp2Session;
  /** Aborted when the connection is closed. */
  readonly gone: AbortSignal;

  constructor(socket: Socket) {
    const gone = new AbortController();
    this.gone = gone.signal;
    this.#session = connect('http://localhost', { createConnection: () => socket, maxSendHeaderBlockLength: MAX_HEADER_BYTES });
    this.#session.on('error', () => gone.abort());
    this.#session.on('close', () => gone.abort());
    socket.on('close', () => gone.abort());
  }

  close(): void {
    this.#session.destroy();
  }

  /** Opens a call. `path` is as in Methods. */
  open(path: string, metadata: Metadata = {}): Stream {
    if (this.#session.destroyed || this.#session.closed) throw new GrpcError(Code.unavailable, 'the session is closed');
    const stream = this.#session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]])),
    });
    return streamOf(stream);
  }

  /** One message there, one back. Throws GrpcError. */
  async unary<Request, Response>(
    path: string,
    { request, response, message }: { readonly request: Message<Request>; readonly response: Message<Response>; readonly message: Request },
  ): Promise<Response> {
    const stream = this.open(path);
    await stream.write(request.encode(message));
    stream.end();
    const bytes = await stream.read();
    if (bytes === null) throw new GrpcError(Code.internal, `${path} was answered without a message`);
    const decoded = response.decode(bytes);
    await stream.read();
    return decoded;
  }
}

function streamOf(stream: ClientHttp2Stream): Stream {
  const messages = new MessageStream(stream);
  const ended = Promise.withResolvers<Status>();
  stream.on('response', (headers) => {
    if (headers['grpc-status'] !== undefined) ended.resolve(statusFrom(headers));
    else if (headers[':status'] !== 200)
      ended.resolve({ code: Code.unknown, message: `unexpected HTTP status code ${String(headers[':status'])}`, details: [] });
  });
  stream.on('trailers', (headers: IncomingHttpHeaders) => ended.resolve(statusFrom(headers)));
  stream.on('close', () => ended.resolve(statusFrom({})));
  return {
    read: async () => {
      const message = await messages.read();
      if (message !== null) return message;
      const status = await ended.promise;
      if (status.code !== Code.ok) throw errorOf(status);
      return null;
    },
    write: (message) => messages.write(message),
    end: () => stream.end(),
    cancel: () => stream.close(8),
  };
}
