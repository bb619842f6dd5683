/** An engine in memory: a handler behind connections, and what it was asked. */
import { type Dial, type HttpRequest, type HttpResponse, readAll, serveConnection } from '../../../../src/engine/http/index.ts';
import { duplexPair } from '../recorded-engine.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly bytes: Uint8Array;
}

const MAX_BYTES = 1 << 24;

/** Answers every request by `answer`; one that it leaves undefined is 404, as an engine without sessions answers. */
export function engine(answer: (asked: Asked) => HttpResponse | undefined): { readonly dial: Dial; readonly asked: Asked[] } {
  const asked: Asked[] = [];
  const handle = async (request: HttpRequest): Promise<HttpResponse> => {
    const bytes = await readAll(request, MAX_BYTES);
    const path = request.path.replace(/^\/v\d+\.\d+/, '');
    if (path === '/_ping') return { status: 200, headers: [['Api-Version', '1.55']] };
    const one = { method: request.method, path, query: request.query, bytes };
    asked.push(one);
    return answer(one) ?? json(404, { message: 'page not found' });
  };
  return {
    asked,
    dial: async () => {
      const [client, server] = duplexPair();
      void serveConnection(server, handle);
      return client;
    },
  };
}

export const json = (status: number, body: unknown): HttpResponse => ({
  status,
  headers: [['Content-Type', 'application/json']],
  body: new TextEncoder().encode(JSON.stringify(body)),
});

/** A build's answer: JSON lines. */
export const lines = (...messages: readonly unknown[]): HttpResponse => ({
  status: 200,
  headers: [['Content-Type', 'application/json']],
  body: new TextEncoder().encode(messages.map((message) => `${JSON.stringify(message)}\r\n`).join('')),
});
