/** Requests of the page into the machine: dockerd's API and published ports, answered piece by piece as they come. */
import { request } from '../engine/http/index.ts';
import type { ClientResponse, Dial, Duplex } from '../engine/http/types.ts';
import { PAGE_AGENT, type RequestId, type ToPage, type ToWorker } from './protocol.ts';

type HttpMessage = Extract<ToWorker, { kind: 'http' }>;

const DOCKER_SOCKET = { unix: '/var/run/docker.sock' };
const LOOPBACK = '127.0.0.1';

export interface Requests {
  start(message: HttpMessage): void;
  cancel(id: RequestId): void;
}

async function pass(response: ClientResponse, id: RequestId, post: (message: ToPage) => void): Promise<void> {
  const headers = [...response.headers].flatMap(([name, values]) => values.map((value): [string, string] => [name, value]));
  post({ kind: 'http-head', request: id, status: response.status, headers });
  for (let bytes = await response.readBody(); bytes !== null; bytes = await response.readBody())
    post({ kind: 'http-body', request: id, bytes });
  post({ kind: 'http-end', request: id });
}

export function createRequests(dial: Dial, post: (message: ToPage) => void): Requests {
  const connections = new Map<RequestId, Duplex>();
  const run = async ({ request: id, port, method, target, headers, body }: HttpMessage): Promise<void> => {
    const connection = await dial(port === null ? DOCKER_SOCKET : { host: LOOPBACK, port });
    connections.set(id, connection);
    // Whoever says who asks (a button that the reader pressed) is asked for by that name.
    const named = headers.some(([name]) => name.toLowerCase() === 'user-agent');
    const agent = port === null && !named ? [['user-agent', PAGE_AGENT] as const] : [];
    const own = [['host', port === null ? 'docker' : `localhost:${port}`] as const, ...agent];
    const response = await request(connection, { method, target, headers: [...own, ...headers], ...(body ? { body } : {}) });
    await pass(response, id, post);
    connection.abort();
  };
  return {
    start: (message) => {
      run(message)
        .catch((error: unknown) => post({ kind: 'http-end', request: message.request, error: errorCode(error) }))
        .finally(() => connections.delete(message.request));
    },
    cancel: (id) => {
      connections.get(id)?.abort();
      connections.delete(id);
    },
  };
}

const errorCode = (error: unknown): string =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error);
