/**
 * Clients that have opened a session: the builder asks them for files, secrets and accounts while they wait for its answer.
 * Upstream: moby/buildkit session/manager.go.
 */
import type { Socket } from 'node:net';
import type { TarInput } from '../../engine/oci/index.ts';
import { receiveTree, type SentFile, sendTree } from './files.ts';
import { GrpcClient, type Metadata } from './grpc/client.ts';
import { Code, GrpcError } from './grpc/status.ts';
import { EMPTY } from './messages/message.ts';
import { CHECK_REQUEST, CHECK_RESPONSE, type CheckResponse } from './messages/policy.ts';
import {
  BYTES,
  CHECK_AGENT_REQUEST,
  CREDENTIALS_REQUEST,
  CREDENTIALS_RESPONSE,
  SECRET_REQUEST,
  SECRET_RESPONSE,
} from './messages/session.ts';

const FILE_SYNC = '/moby.filesync.v1.FileSync/DiffCopy';
const FILE_SEND = '/moby.filesync.v1.FileSend/DiffCopy';
const PULL = '/moby.upload.v1.Upload/Pull';
const CREDENTIALS = '/moby.filesync.v1.Auth/Credentials';
const GET_SECRET = '/moby.buildkit.secrets.v1.Secrets/GetSecret';
const CHECK_AGENT = '/moby.sshforward.v1.SSH/CheckAgent';
const CHECK_POLICY = '/moby.buildkit.v1.sourcepolicy.policysession.PolicyVerifier/CheckPolicy';
const EXPORTER_ID = 'buildkit-attachable-exporter-id';

/** A grpc message holds 4 MB by default. */
const PIECE_BYTES = 1024 * 1024;
const MAX_UPLOAD_BYTES = 512 * 1024 * 1024;

export interface SessionHeaders {
  readonly id: string;
  /** What the client answers to: paths of gRPC methods. */
  readonly methods: readonly string[];
}

/** Reads what a session is opened with. Names are in lower case. Throws GrpcError for one without a name. */
export function sessionHeaders(values: (name: string) => readonly string[]): SessionHeaders {
  const [id = ''] = values('x-docker-expose-session-uuid');
  if (id === '') throw new GrpcError(Code.invalidArgument, 'a session needs an id');
  return { id, methods: values('x-docker-expose-session-grpc-method') };
}

/** What of a directory is wanted. */
export interface Wanted {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** Paths and patterns, with what symbolic links on the way point to. */
  readonly follow?: readonly string[];
}

/** One client, for as long as its session is open. */
export class Caller {
  readonly #client: GrpcClient;
  readonly #methods: ReadonlySet<string>;

  constructor(socket: Socket, methods: readonly string[]) {
    this.#client = new GrpcClient(socket);
    this.#methods = new Set(methods.map((method) => method.toLowerCase()));
  }

  get gone(): AbortSignal {
    return this.#client.gone;
  }

  close(): void {
    this.#client.close();
  }

  #offers(method: string): boolean {
    return this.#methods.has(method.toLowerCase());
  }

  /** A directory of the client's, by the name it goes by in the build. Patterns are those of an ignore file. Throws GrpcError. */
  async directory(name: string, { include = [], exclude = [], follow = [] }: Wanted = {}): Promise<readonly TarInput[]> {
    if (!this.#offers(FILE_SYNC)) throw new GrpcError(Code.unknown, 'no local sources enabled');
    const metadata = { 'dir-name': [name], 'include-patterns': include, 'exclude-patterns': exclude, followpaths: follow };
    return receiveTree(this.#client.open(FILE_SYNC, encoded(metadata)));
  }

  /** What the client has been given on its standard input. `url` names it. Throws GrpcError. */
  async upload(url: URL): Promise<Uint8Array> {
    const stream = this.#client.open(PULL, { urlpath: url.pathname, urlhost: url.host });
    stream.end();
    const pieces: Uint8Array[] = [];
    let sizeBytes = 0;
    for (let bytes = await stream.read(); bytes !== null; bytes = await stream.read()) {
      const { data } = BYTES.decode(bytes);
      sizeBytes += data.length;
      if (sizeBytes > MAX_UPLOAD_BYTES) throw new GrpcError(Code.resourceExhausted, `the context is larger than ${MAX_UPLOAD_BYTES} bytes`);
      pieces.push(data);
    }
    return new Uint8Array(Buffer.concat(pieces));
  }

  /** Undefined if the client has no such secret. Throws GrpcError. */
  async secret(id: string): Promise<Uint8Array | undefined> {
    if (!this.#offers(GET_SECRET)) return undefined;
    const found = await absent(this.#client.unary(GET_SECRET, { request: SECRET_REQUEST, response: SECRET_RESPONSE, message: { id } }));
    return found?.data;
  }

  /** Whether the client forwards an SSH agent of this id. */
  async hasAgent(id: string): Promise<boolean> {
    if (!this.#offers(CHECK_AGENT)) return false;
    const found = await absent(this.#client.unary(CHECK_AGENT, { request: CHECK_AGENT_REQUEST, response: EMPTY, message: { id } }));
    return found !== undefined;
  }

  /** Whom the client wants to be for a registry; undefined for nobody. */
  async account(host: string): Promise<{ readonly username: string; readonly password: string } | undefined> {
    if (!this.#offers(CREDENTIALS)) return undefined;
    const found = await absent(
      this.#client.unary(CREDENTIALS, { request: CREDENTIALS_REQUEST, response: CREDENTIALS_RESPONSE, message: { host } }),
    );
    return found === undefined || found.username === '' ? undefined : { username: found.username, password: found.secret };
  }

  /** What the client's policies say of a source. Throws GrpcError. */
  async checkPolicy(identifier: string): Promise<CheckResponse> {
    const message = { platform: { os: 'linux', architecture: 'amd64' }, source: { source: { identifier, attrs: [] } } };
    return this.#client.unary(CHECK_POLICY, { request: CHECK_REQUEST, response: CHECK_RESPONSE, message });
  }

  /** Writes a tree into the directory of an output, by the output's place. Throws GrpcError. */
  async sendFiles(output: number, files: readonly SentFile[]): Promise<void> {
    await sendTree(this.#client.open(FILE_SEND, { [EXPORTER_ID]: String(output) }), files);
  }

  /** Writes an output's file. Throws GrpcError. */
  async sendFile(output: number, bytes: Uint8Array, about: Readonly<Record<string, string>>): Promise<void> {
    const metadata = Object.fromEntries(Object.entries(about).map(([name, value]) => [`exporter-md-${name}`, value]));
    const stream = this.#client.open(FILE_SEND, { ...metadata, [EXPORTER_ID]: String(output) });
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) await stream.write(BYTES.encode({ data: bytes.subarray(at, at + PIECE_BYTES) }));
    stream.end();
    await stream.read();
  }
}

/** What is not found, or nobody offers, is undefined. */
async function absent<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked;
  } catch (error) {
    const isAbsent =
      error instanceof GrpcError &&
      (error.code === Code.notFound || error.code === Code.unimplemented || /not found|unset ssh forward key/.test(error.message));
    if (isAbsent) return undefined;
    throw error;
  }
}

/** Header values are ASCII: others are escaped, which a second header tells. */
function encoded(metadata: Readonly<Record<string, readonly string[]>>): Metadata {
  const pairs = Object.entries(metadata).flatMap(([name, values]): [string, readonly string[]][] => {
    if (values.length === 0) return [];
    if (values.every((value) => /^[\x20-\x7e]*$/.test(value))) return [[name, values]];
    return [
      [name, values.map((value) => encodeURIComponent(value).replaceAll('%20', '+'))],
      [`${name}-encoded`, ['1']],
    ];
  });
  return Object.fromEntries(pairs);
}

/** The sessions that are open. */
export class Callers {
  readonly #callers = new Map<string, Caller>();
  readonly #waiting = new Map<string, Set<(caller: Caller) => void>>();

  /** Serves a session until it is closed. Throws GrpcError for an id that is in use. */
  async open(socket: Socket, { id, methods }: SessionHeaders): Promise<void> {
    if (this.#callers.has(id)) throw new GrpcError(Code.alreadyExists, `session ${id} already exists`);
    const caller = new Caller(socket, methods);
    this.#callers.set(id, caller);
    for (const found of this.#waiting.get(id) ?? []) found(caller);
    this.#waiting.delete(id);
    if (!caller.gone.aborted) await new Promise((resolve) => caller.gone.addEventListener('abort', resolve, { once: true }));
    this.#callers.delete(id);
    caller.close();
  }

  /** The session of this id; a client may open it after it has asked for the build. Throws GrpcError when `gone` comes first. */
  async get(id: string, gone: AbortSignal): Promise<Caller> {
    const found = this.#callers.get(id);
    if (found) return found;
    const { promise, resolve, reject } = Promise.withResolvers<Caller>();
    const waiting = this.#waiting.get(id) ?? new Set();
    this.#waiting.set(id, waiting.add(resolve));
    const fail = (): void => reject(new GrpcError(Code.canceled, `no active session for ${id}: context canceled`));
    if (gone.aborted) fail();
    gone.addEventListener('abort', fail, { once: true });
    return promise.finally(() => {
      waiting.delete(resolve);
      gone.removeEventListener('abort', fail);
    });
  }
}
