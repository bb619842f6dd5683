/**
 * Requests of the page into the machine: dockerd's API and published ports, answered piece by piece as they come. What the page only
 * wants to see is answered by a look, which moves nothing and is no line of the journal.
 */
import { request } from '../engine/http/index.ts';
import type { ClientResponse, Dial, Duplex } from '../engine/http/types.ts';
import type { Look } from '../engine/machine/types.ts';
import { PAGE_AGENT, type RequestId, type ToPage, type ToWorker } from './protocol.ts';

type HttpMessage = Extract<ToWorker, { kind: 'http' }>;

const DOCKER_SOCKET = { unix: '/var/run/docker.sock' };
const LOOPBACK = '127.0.0.1';
const EVENTS = /^(?:\/v\d+\.\d+)?\/events$/;
/** Nobody listens there, as a client would be told. */
const REFUSED = 'ECONNREFUSED';
const RESET = 'ECONNRESET';

export interface Requests {
  start(message: HttpMessage): void;
  cancel(id: RequestId): void;
  /** The Engine's events, for whoever follows them; null when an Engine comes or goes, which ends what was followed. */
  event(line: string | null): void;
  /** The machine leaves the stage: what it was answering ends. */
  close(): void;
}

export interface RequestOptions {
  readonly dial: Dial;
  readonly look: (target: string) => Promise<Look>;
  /** Called right before a request of the reader's enters. */
  readonly onStep: (label: string) => void;
  readonly post: (message: ToPage) => void;
}

/** What only wants to see: a GET to dockerd that no button of the reader's made. */
export const isLook = ({ port, method, headers }: HttpMessage): boolean =>
  port === null && method === 'GET' && !headers.some(([name]) => name.toLowerCase() === 'user-agent');

async function pass(response: ClientResponse, id: RequestId, post: (message: ToPage) => void): Promise<void> {
  const headers = [...response.headers].flatMap(([name, values]) => values.map((value): [string, string] => [name, value]));
  post({ kind: 'http-head', request: id, status: response.status, headers });
  for (let bytes = await response.readBody(); bytes !== null; bytes = await response.readBody())
    post({ kind: 'http-body', request: id, bytes });
  post({ kind: 'http-end', request: id });
}

export function createRequests({ dial, look, onStep, post }: RequestOptions): Requests {
  const connections = new Map<RequestId, Duplex>();
  const followers = new Set<RequestId>();
  const open = new Set<RequestId>();
  const encoder = new TextEncoder();

  const enter = async ({ request: id, port, method, target, headers, body }: HttpMessage): Promise<void> => {
    // Whoever says who asks (a button that the reader pressed) is asked for by that name.
    const named = headers.some(([name]) => name.toLowerCase() === 'user-agent');
    if (named && method !== 'GET') onStep(stepOf(method, target));
    const connection = await dial(port === null ? DOCKER_SOCKET : { host: LOOPBACK, port });
    connections.set(id, connection);
    const agent = port === null && !named ? [['user-agent', PAGE_AGENT] as const] : [];
    const own = [['host', port === null ? 'docker' : `localhost:${port}`] as const, ...agent];
    const response = await request(connection, { method, target, headers: [...own, ...headers], ...(body ? { body } : {}) });
    await pass(response, id, post);
    connection.abort();
  };
  const see = async (message: HttpMessage): Promise<void> => {
    const { request: id, target } = message;
    if (EVENTS.test(target)) {
      const { kind } = await look('/_ping');
      if (kind === 'nobody') throw new Error(REFUSED);
      followers.add(id);
      return post({ kind: 'http-head', request: id, status: 200, headers: [['content-type', 'application/jsonl']] });
    }
    const seen = await look(target);
    if (seen.kind === 'nobody') throw new Error(REFUSED);
    if (seen.kind === 'moves') return enter(message);
    post({ kind: 'http-head', request: id, status: seen.status, headers: seen.headers });
    if (seen.body.length > 0) post({ kind: 'http-body', request: id, bytes: seen.body });
    post({ kind: 'http-end', request: id });
  };
  return {
    start: (message) => {
      const { request: id } = message;
      open.add(id);
      (isLook(message) ? see(message) : enter(message))
        .catch((error: unknown) => post({ kind: 'http-end', request: id, error: errorCode(error) }))
        .finally(() => {
          open.delete(id);
          connections.delete(id);
        });
    },
    cancel: (id) => {
      followers.delete(id);
      connections.get(id)?.abort();
      connections.delete(id);
    },
    event: (line) => {
      for (const id of followers)
        post(line === null ? { kind: 'http-end', request: id } : { kind: 'http-body', request: id, bytes: encoder.encode(line) });
      if (line === null) followers.clear();
    },
    close: () => {
      for (const id of [...open, ...followers]) post({ kind: 'http-end', request: id, error: RESET });
      open.clear();
      followers.clear();
    },
  };
}

/** A request of the reader's as a step is called: a file by its path, everything else as the API has it. */
function stepOf(method: string, target: string): string {
  const [path = '', query = ''] = target.split('?', 2);
  const file = path === '/drydock/files' ? new URLSearchParams(query).get('path') : null;
  return `${method} ${file?.replace(/^\/home\/learner\//, '~/') ?? path}`;
}

const errorCode = (error: unknown): string =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error);
