/** HTTP/1.1 as small records over a duplex of bytes. One codec serves dockerd, the client, `curl`, `nginx`, registries and the pane. */

/** A connection: bytes both ways. A read of null is the other end's end. Errors are thrown. */
export interface Duplex {
  read(): Promise<Uint8Array | null>;
  write(bytes: Uint8Array): Promise<void>;
  /** No more will be written; reading goes on. */
  closeWrite(): void;
  /** Ends both ways at once. */
  abort(): void;
}

/** Where something is dialled: a unix socket's path, or host and port. */
export type Address = { readonly unix: string } | { readonly host: string; readonly port: number };

/** How anything reaches anything. Rejects with the system call's error (code ENOENT, ECONNREFUSED, …). */
export type Dial = (to: Address, tls?: { readonly serverName: string }) => Promise<Duplex>;

/** Header names in lower case; a repeated header's values are in order. */
export type Headers = ReadonlyMap<string, readonly string[]>;

export interface HttpRequest {
  readonly method: string;
  /** As sent: `/v1.55/containers/json?all=1`. */
  readonly target: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** The next piece of the body, null at its end. */
  readBody(): Promise<Uint8Array | null>;
}

/** Takes pieces of a body as they come; each is sent at once (a chunk of its own if the length is not known). */
export type BodyWriter = (piece: Uint8Array) => Promise<void>;

export interface HttpResponse {
  readonly status: number;
  /** The words after the status where they are not the usual ones: dockerd's `101 UPGRADED`. */
  readonly reason?: string;
  readonly headers?: Iterable<readonly [string, string]>;
  /** Bytes, or a producer that writes them piece by piece while the connection stays open. */
  readonly body?: Uint8Array | ((write: BodyWriter) => Promise<void>);
  /** After this response's head the connection is a raw duplex (status 101, or 200 for old clients). */
  readonly upgrade?: (connection: Duplex) => Promise<void>;
}

export type Handler = (request: HttpRequest) => Promise<HttpResponse>;

export interface ClientRequest {
  readonly method: string;
  readonly target: string;
  readonly headers?: Iterable<readonly [string, string]>;
  readonly body?: Uint8Array | ((write: BodyWriter) => Promise<void>);
}

export interface ClientResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
  /** The same as they came: in order, names as the server writes them. */
  readonly headerLines: readonly (readonly [name: string, value: string])[];
  /** The next piece of the body as it arrives, null at its end. */
  readBody(): Promise<Uint8Array | null>;
  /** The connection after an upgrade (101). */
  readonly upgraded: Duplex | null;
  close(): void;
}
