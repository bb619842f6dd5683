/**
 * What clients asked the engine lately, for readers who want to see what a command says to it. Not part of the Engine API: dockerd's
 * own requests under /drydock/ and those of the page that shows the list are not in it.
 */
import { header } from '../http/headers.ts';
import type { Handler, HttpRequest, HttpResponse } from '../http/types.ts';

/** Instants are nanoseconds since 1970, as text: JSON's numbers do not hold them. */
export interface TracedRequest {
  readonly id: number;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly agent: string;
  /** Null while it is being answered. */
  status: number | null;
  readonly startNs: string;
  endNs: string | null;
  requestBody: string;
  /** Empty for streams and connections that are taken over. */
  responseBody: string;
  /** Its cause; what it made carries the same. */
  readonly span: number;
}

export interface Trace {
  readonly requests: readonly TracedRequest[];
  /** The same handler, whose requests are written down. */
  record(handler: Handler): Handler;
}

const MOST_REQUESTS = 200;
const LONGEST_BODY = 4000;
const PAGE_AGENT = 'drydock-page';
const OWN_PATH = /^(?:\/v\d+\.\d+)?\/drydock\//;
/** Its body is a password. */
const LOGIN_PATH = /^(?:\/v\d+\.\d+)?\/auth$/;

/** The same request, whose body is written down as somebody reads it. */
function listening(request: HttpRequest, entry: TracedRequest): HttpRequest {
  if (LOGIN_PATH.test(request.path)) return request;
  const decoder = new TextDecoder();
  return {
    ...request,
    readBody: async () => {
      const piece = await request.readBody();
      if (piece !== null && entry.requestBody.length < LONGEST_BODY)
        entry.requestBody = `${entry.requestBody}${decoder.decode(piece, { stream: true })}`.slice(0, LONGEST_BODY);
      return piece;
    },
  };
}

/** The same answer; `ended` is called when the last of it is out. */
function watched(response: HttpResponse, ended: () => void): HttpResponse {
  const { body, upgrade } = response;
  const untilEnd =
    <A>(carry: (argument: A) => Promise<void>) =>
    (argument: A): Promise<void> =>
      carry(argument).finally(ended);
  if (upgrade) return { ...response, upgrade: untilEnd(upgrade) };
  if (typeof body === 'function') return { ...response, body: untilEnd(body) };
  ended();
  return response;
}

/** `begin` makes a cause of that name, in which everything happens until the next. */
export function createTrace({ nowNs, begin: beginSpan }: { nowNs: () => bigint; begin: (label: string) => number }): Trace {
  const requests: TracedRequest[] = [];
  let nextId = 1;
  const begin = (request: HttpRequest, agent: string): TracedRequest => {
    const { method, target } = request;
    const entry: TracedRequest = {
      ...{ id: nextId++, method, path: target, agent, startNs: String(nowNs()) },
      ...{ status: null, endNs: null, requestBody: '', responseBody: '', span: beginSpan(`${method} ${target}`) },
    };
    requests.push(entry);
    if (requests.length > MOST_REQUESTS) requests.shift();
    return entry;
  };
  const record =
    (handler: Handler): Handler =>
    async (request) => {
      const agent = header(request.headers, 'user-agent') ?? '';
      if (agent.startsWith(PAGE_AGENT) || OWN_PATH.test(request.path)) return handler(request);
      const entry = begin(request, agent);
      const response = await handler(listening(request, entry));
      entry.status = response.status;
      if (response.body instanceof Uint8Array) entry.responseBody = new TextDecoder().decode(response.body).slice(0, LONGEST_BODY);
      return watched(response, () => {
        entry.endNs = String(nowNs());
      });
    };
  return { requests, record };
}
