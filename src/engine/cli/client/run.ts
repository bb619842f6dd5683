/** What a run asks of the engine: it comes with `docker run`, and all else with the first other command. */
import type { ContainerCreateRequest, ContainerCreateResponse, WaitResponse } from '../../api-types/index.ts';
import type { ClientResponse } from '../../http/index.ts';
import { CliError } from '../errors.ts';
import { flagQuery, textQuery } from './filters.ts';
import type { DockerHttp } from './http.ts';
import { containerSegment } from './names.ts';

export interface AttachOptions {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly stream: boolean;
  readonly logs?: boolean;
  readonly detachKeys?: string;
}
export const authHeader = (auth: string | undefined) => (auth === undefined ? {} : { headers: [['X-Registry-Auth', auth] as const] });

export const runClient = (http: DockerHttp) => ({
  http,
  containers: {
    create: async (body: ContainerCreateRequest, options: { name: string; platform: string }) => {
      if (options.platform !== '') (await http.load(() => import('./platform.ts'))).checkPlatform(options.platform);
      return http.post<ContainerCreateResponse>('/containers/create', {
        query: { name: textQuery(options.name), platform: textQuery(options.platform) },
        json: body,
      });
    },
    start: (id: string, options: { detachKeys?: string } = {}) =>
      http.post<null>(`/containers/${containerSegment(id)}/start`, { query: { detachKeys: textQuery(options.detachKeys) } }),
    kill: (id: string, signal: string) =>
      http.post<null>(`/containers/${containerSegment(id)}/kill`, { query: { signal: textQuery(signal) } }),
    resize: (id: string, size: { rows: number; columns: number }) =>
      http.post<null>(`/containers/${containerSegment(id)}/resize`, { query: { h: String(size.rows), w: String(size.columns) } }),
    attach: (id: string, options: AttachOptions) =>
      http.hijack(`/containers/${containerSegment(id)}/attach`, {
        query: {
          stream: flagQuery(options.stream),
          stdin: flagQuery(options.stdin),
          stdout: flagQuery(options.stdout),
          stderr: flagQuery(options.stderr),
          logs: flagQuery(options.logs),
          detachKeys: textQuery(options.detachKeys),
        },
      }),
    /** Starts waiting at once: when this answers, the daemon listens. `done` gives the result. */
    wait: async (id: string, condition = '') => {
      const answer = await http.open('POST', `/containers/${containerSegment(id)}/wait`, { query: { condition: textQuery(condition) } });
      return { done: () => readWait(answer), close: () => answer.close() };
    },
  },
  images: {
    /** A stream of progress. */
    pull: async (options: { image: string; tag: string; platform: string; auth?: string }) => {
      if (options.platform !== '') (await http.load(() => import('./platform.ts'))).checkPlatform(options.platform);
      return http.open('POST', '/images/create', {
        query: { fromImage: options.image, tag: textQuery(options.tag), platform: textQuery(options.platform) },
        ...authHeader(options.auth),
      });
    },
  },
});
export type RunClient = ReturnType<typeof runClient>;

async function readWait(answer: ClientResponse): Promise<WaitResponse> {
  const pieces: string[] = [];
  const decoder = new TextDecoder();
  for (let piece = await answer.readBody(); piece !== null; piece = await answer.readBody())
    pieces.push(decoder.decode(piece, { stream: true }));
  const text = pieces.join('');
  if (text.trim() === '') throw new CliError('unexpected EOF');
  return JSON.parse(text) as WaitResponse;
}
