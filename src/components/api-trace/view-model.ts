/** What `<ApiTrace>` shows: the last requests that reached dockerd, with their answers and times. Picture and text twin are drawn from it. */

import { PAGE_AGENT } from '../../lab/protocol.ts';

/** A request as `/drydock/requests` tells it. Instants are virtual nanoseconds. */
export interface TracedRequest {
  readonly id: number;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** `Docker-Client/29.7.2 (linux)`, `curl/8.14.1`, or the page's own. */
  readonly agent: string;
  /** Null while it is being answered. */
  readonly status: number | null;
  readonly startNs: string;
  readonly endNs: string | null;
  readonly requestBody: string;
  readonly responseBody: string;
}

export interface TraceRow {
  readonly id: number;
  readonly method: string;
  /** With ids as short as `docker ps` has them. */
  readonly path: string;
  readonly status: string;
  readonly failed: boolean;
  readonly agent: string;
  readonly durationMs: number;
  /** Where its bar begins and how long it is, in percent of the time that all of them took. */
  readonly fromPercent: number;
  readonly lengthPercent: number;
  readonly requestBody: string;
  readonly responseBody: string;
  /** The same request for another client. */
  readonly curl: string;
}

const NS_PER_MS = 1_000_000;
const LONG_ID = /\b([0-9a-f]{12})[0-9a-f]{52}\b/g;
const VERSION_PREFIX = /^\/v\d+\.\d+(?=\/)/;

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function curlOf({ method, path, requestBody }: TracedRequest): string {
  const body = requestBody === '' ? '' : ` -H 'Content-Type: application/json' -d ${quote(requestBody)}`;
  const verb = method === 'GET' || (method === 'POST' && body !== '') ? '' : method === 'HEAD' ? ' -I' : ` -X ${method}`;
  return `curl --unix-socket /var/run/docker.sock${verb}${body} ${quote(`http://localhost${path}`)}`;
}

/** The last `count` requests that were not the page's own, oldest first. */
export function traceRows(requests: readonly TracedRequest[], count: number): readonly TraceRow[] {
  const shown = requests.filter(({ agent }) => !agent.startsWith(PAGE_AGENT)).slice(-count);
  const starts = shown.map(({ startNs }) => Number(startNs));
  const ends = shown.map(({ startNs, endNs }) => Number(endNs ?? startNs));
  const [begin, end] = [Math.min(...starts), Math.max(...ends)];
  const span = Math.max(1, end - begin);
  return shown.map((request, index) => ({
    id: request.id,
    method: request.method,
    path: request.path.replace(VERSION_PREFIX, '').replace(LONG_ID, '$1…'),
    status: request.status === null ? '…' : String(request.status),
    failed: request.status !== null && request.status >= 400,
    agent: request.agent.split('/')[0] ?? '',
    durationMs: Number(BigInt(request.endNs ?? request.startNs) - BigInt(request.startNs)) / NS_PER_MS,
    fromPercent: (((starts[index] ?? begin) - begin) / span) * 100,
    lengthPercent: Math.max(1, (((ends[index] ?? 0) - (starts[index] ?? 0)) / span) * 100),
    requestBody: request.requestBody,
    responseBody: request.responseBody,
    curl: curlOf(request),
  }));
}

export function durationText(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 0.05 ? '< 0.1 ms' : `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
}

/** The text twin of a row. */
export const inWords = (row: TraceRow): string =>
  `${row.agent}: ${row.method} ${row.path} → ${row.status}, ${durationText(row.durationMs)}`;
