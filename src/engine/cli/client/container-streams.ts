import type { ContainerInspect, ContainerPathStat, WaitResponse } from '../../api-types/index.ts';
import { type BodyWriter, type ClientResponse, header } from '../../http/index.ts';
import { decodeBase64, decodeText } from '../base64.ts';
import { CliError } from '../errors.ts';
import { flagQuery, textQuery } from './filters.ts';
import { type DockerHttp, segment } from './http.ts';

export interface AttachOptions {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly stream: boolean;
  readonly logs?: boolean;
  readonly detachKeys?: string;
}
export interface LogOptions {
  readonly follow: boolean;
  readonly timestamps: boolean;
  readonly details: boolean;
  readonly tail: string;
  readonly since: string | undefined;
  readonly until: string | undefined;
}

/** What of a container comes or goes as a stream, and its inspection as Docker wrote it. */
export const container = (http: DockerHttp) => ({
  inspect: (id: string) => http.get<ContainerInspect>(`/containers/${segment(id)}/json`),
  inspectRaw: (id: string, options: { size?: boolean } = {}) =>
    http.bytes('GET', `/containers/${segment(id)}/json`, { query: { size: flagQuery(options.size) } }),
  attach: (id: string, options: AttachOptions) =>
    http.hijack(`/containers/${segment(id)}/attach`, {
      query: {
        stream: flagQuery(options.stream),
        stdin: flagQuery(options.stdin),
        stdout: flagQuery(options.stdout),
        stderr: flagQuery(options.stderr),
        logs: flagQuery(options.logs),
        detachKeys: textQuery(options.detachKeys),
      },
    }),
  logs: (id: string, options: LogOptions) =>
    http.open('GET', `/containers/${segment(id)}/logs`, {
      query: {
        stdout: '1',
        stderr: '1',
        follow: flagQuery(options.follow),
        timestamps: flagQuery(options.timestamps),
        details: flagQuery(options.details),
        tail: options.tail === 'all' ? undefined : options.tail,
        since: options.since,
        until: options.until,
      },
    }),
  stats: (id: string, options: { stream: boolean }) =>
    http.open('GET', `/containers/${segment(id)}/stats`, { query: { stream: options.stream ? '1' : 'false' } }),
  export: (id: string) => http.open('GET', `/containers/${segment(id)}/export`),
  /** Starts waiting at once: when this answers, the daemon listens. `done` gives the result. */
  wait: async (id: string, condition = '') => {
    const answer = await http.open('POST', `/containers/${segment(id)}/wait`, { query: { condition: textQuery(condition) } });
    return { done: () => readWait(answer), close: () => answer.close() };
  },
  statPath: async (id: string, path: string) =>
    pathStat(await http.open('HEAD', `/containers/${segment(id)}/archive`, { query: { path } })),
  copyFrom: async (id: string, path: string) => {
    const answer = await http.open('GET', `/containers/${segment(id)}/archive`, { query: { path } });
    return { stat: pathStat(answer), answer };
  },
  copyTo: (id: string, path: string, options: { copyUidGid: boolean; body: (write: BodyWriter) => Promise<void> }) =>
    http.bytes('PUT', `/containers/${segment(id)}/archive`, {
      query: { path, noOverwriteDirNonDir: 'true', copyUIDGID: options.copyUidGid ? 'true' : undefined },
      body: options.body,
    }),
});

async function readWait(answer: ClientResponse): Promise<WaitResponse> {
  const pieces: string[] = [];
  const decoder = new TextDecoder();
  for (let piece = await answer.readBody(); piece !== null; piece = await answer.readBody())
    pieces.push(decoder.decode(piece, { stream: true }));
  const text = pieces.join('');
  if (text.trim() === '') throw new CliError('unexpected EOF');
  return JSON.parse(text) as WaitResponse;
}

function pathStat(answer: ClientResponse): ContainerPathStat {
  return JSON.parse(decodeText(decodeBase64(header(answer.headers, 'x-docker-container-path-stat') ?? ''))) as ContainerPathStat;
}
