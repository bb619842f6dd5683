/**
 * The connection to dockerd: requests with the API's version in front of the path, answers as JSON, streams or upgraded connections.
 * The first request of a command is preceded by a ping, which tells the newest version that both ends speak. A connection whose
 * answer was read to its end is used again.
 */

import { API_VERSION, MIN_API_VERSION } from '../../api-types/index.ts';
import { cleanPath } from '../../http/clean-path.ts';
import { type BodyWriter, type ClientRequest, type ClientResponse, canReuse, type Duplex, header, request } from '../../http/index.ts';
import { CliError, DaemonError } from '../errors.ts';
import { type Io, loadCode } from '../io.ts';
import { decodeText, encodeText } from '../text.ts';
import { CLIENT } from '../version.ts';
import { dialEndpoint, type Endpoint } from './endpoint.ts';

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;
export interface Ask {
  readonly query?: Query;
  readonly json?: unknown;
  readonly body?: Uint8Array | ((write: BodyWriter) => Promise<void>);
  readonly headers?: readonly (readonly [string, string])[];
  readonly contentType?: string;
}

export interface Pinged {
  readonly apiVersion: string;
  readonly osType: string;
  readonly swarm: string;
  readonly builderVersion: string;
}

/** What of the world a connection needs. */
export type HttpIo = Pick<Io, 'env' | 'dial' | 'spawn' | 'platform' | 'load'>;

export class DockerHttp {
  readonly #io: HttpIo;
  readonly #endpoint: Endpoint;
  readonly #fixedVersion: string | undefined;
  #version: string | undefined;
  #idle: Duplex | undefined;

  constructor(io: HttpIo, endpoint: Endpoint) {
    this.#io = io;
    this.#endpoint = endpoint;
    this.#fixedVersion = versionFrom(io.env.get('DOCKER_API_VERSION'));
  }

  get endpoint(): Endpoint {
    return this.#endpoint;
  }

  /** Fetches code that a request needs. */
  load<Code>(code: () => Promise<Code>): Promise<Code> {
    return loadCode(this.#io, code);
  }

  /** The version that requests are made in. */
  async version(): Promise<string> {
    if (this.#version === undefined) {
      this.#version = this.#fixedVersion ?? API_VERSION;
      if (this.#fixedVersion === undefined) await this.ping();
    }
    return this.#version;
  }

  /** Asks what is there. An engine that is older than this client lowers the version. */
  async ping(): Promise<Pinged> {
    const answer = await this.#send({ method: 'HEAD', target: '/_ping', headers: [['User-Agent', userAgent(this.#io)]] });
    const apiVersion = header(answer.headers, 'api-version') ?? MIN_API_VERSION;
    await this.#drain(answer);
    if (this.#fixedVersion === undefined) this.#version = lower(apiVersion, API_VERSION);
    return {
      apiVersion,
      osType: header(answer.headers, 'ostype') ?? '',
      swarm: header(answer.headers, 'swarm') ?? '',
      builderVersion: header(answer.headers, 'builder-version') ?? '',
    };
  }

  async get<Answer>(path: string, ask: Ask = {}): Promise<Answer> {
    return JSON.parse(decodeText(await this.bytes('GET', path, ask))) as Answer;
  }

  async post<Answer>(path: string, ask: Ask = {}): Promise<Answer> {
    const text = decodeText(await this.bytes('POST', path, ask));
    return (text.trim() === '' ? null : JSON.parse(text)) as Answer;
  }

  async delete<Answer>(path: string, ask: Ask = {}): Promise<Answer> {
    const text = decodeText(await this.bytes('DELETE', path, ask));
    return (text.trim() === '' ? null : JSON.parse(text)) as Answer;
  }

  /** The whole body of an answer. Throws DaemonError for a status from 400. */
  async bytes(method: string, path: string, ask: Ask = {}): Promise<Uint8Array> {
    const answer = await this.open(method, path, ask);
    return this.#drain(answer);
  }

  /** The answer as it arrives; the caller reads its body. Throws DaemonError for a status from 400. */
  async open(method: string, path: string, ask: Ask = {}): Promise<ClientResponse> {
    const version = await this.version();
    const answer = await this.#send(this.#request(method, `/v${version}${path}`, ask));
    if (answer.status >= 400) throw daemonError(answer.status, await this.#drain(answer), header(answer.headers, 'content-type'));
    return answer;
  }

  /** An upgraded connection: attach, exec. */
  async hijack(path: string, ask: Ask): Promise<{ readonly connection: Duplex; readonly multiplexed: boolean }> {
    const upgrade = [
      ['Connection', 'Upgrade'],
      ['Upgrade', 'tcp'],
    ] as const;
    const answer = await this.open('POST', path, {
      ...ask,
      headers: [...(ask.headers ?? []), ...upgrade],
      contentType: ask.contentType ?? 'text/plain',
    });
    if (answer.upgraded === null) throw new DaemonError(answer.status, `unable to upgrade to tcp, received ${answer.status}`);
    return {
      connection: answer.upgraded,
      multiplexed: header(answer.headers, 'content-type') === 'application/vnd.docker.multiplexed-stream',
    };
  }

  /** Ends what is still open. */
  close(): void {
    this.#idle?.abort();
    this.#idle = undefined;
  }

  #request(method: string, path: string, ask: Ask): ClientRequest {
    const own: (readonly [string, string])[] = [['User-Agent', userAgent(this.#io)], ...(ask.headers ?? [])];
    if (ask.json !== undefined) own.push(['Content-Type', 'application/json']);
    else if (ask.contentType !== undefined) own.push(['Content-Type', ask.contentType]);
    const body = ask.json === undefined ? ask.body : encodeText(`${JSON.stringify(ask.json)}\n`);
    return {
      method,
      target: cleanPath(path) + queryText(ask.query),
      headers: [['Host', this.#endpoint.hostHeader], ...own],
      ...(body === undefined ? {} : { body }),
    };
  }

  async #send(sent: ClientRequest): Promise<ClientResponse> {
    const idle = this.#idle;
    this.#idle = undefined;
    const connection = idle ?? (await dialEndpoint(this.#io, this.#endpoint));
    const spawn = (body: () => Promise<void>) => this.#io.spawn(body);
    const answer = await request(connection, sent, { spawn });
    return { ...answer, readBody: () => this.#readBody(connection, answer) };
  }

  async #readBody(connection: Duplex, answer: ClientResponse): Promise<Uint8Array | null> {
    const piece = await answer.readBody();
    if (piece === null && canReuse(answer) && this.#idle === undefined) this.#idle = connection;
    return piece;
  }

  async #drain(answer: ClientResponse): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for (let piece = await answer.readBody(); piece !== null; piece = await answer.readBody()) pieces.push(piece);
    return concat(pieces);
  }
}

/** The version that somebody insists on; none that is newer than this client. Throws CliError. */
function versionFrom(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  const version = text.replace(/^v/, '');
  if (!/^\d+\.\d+$/.test(version))
    throw new CliError(`Failed to initialize: invalid API version (${text}): must be formatted <major>.<minor>`);
  return lower(version, API_VERSION);
}

export const userAgent = (io: Pick<Io, 'platform'>): string => `Docker-Client/${CLIENT.version} (${io.platform.os})`;

export function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** One segment of a path, escaped as Go's url.PathEscape does; an image's name keeps its slashes. */
export const segment = (name: string): string =>
  encodeURIComponent(name).replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%40', '@');

function queryText(query: Query | undefined): string {
  const parameters = new URLSearchParams();
  for (const name of Object.keys(query ?? {}).sort()) {
    const value = query?.[name];
    if (value === undefined) continue;
    for (const one of typeof value === 'string' ? [value] : value) parameters.append(name, one);
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

function daemonError(status: number, body: Uint8Array, contentType: string | undefined): DaemonError {
  const text = decodeText(body).trim();
  // The answer to a HEAD has no body, whatever its headers say of one.
  if (text === '' || contentType?.startsWith('application/json') !== true)
    return new DaemonError(status, text === '' ? `request returned ${status}` : text);
  const parsed = JSON.parse(text) as { readonly message?: unknown };
  return new DaemonError(status, typeof parsed.message === 'string' ? parsed.message.trim() : text);
}

function lower(a: string, b: string): string {
  const [x, y] = [a, b].map((text) => text.split('.').map(Number));
  const less = (x?.[0] ?? 0) === (y?.[0] ?? 0) ? (x?.[1] ?? 0) < (y?.[1] ?? 0) : (x?.[0] ?? 0) < (y?.[0] ?? 0);
  return less ? a : b;
}
