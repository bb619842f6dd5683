import type { BuildHistoryRecord, BuildSessionCreated, BuildSessionRequest, BuildSessionResult } from '../../api-types/build-session.ts';
import type { BuilderInfo } from '../../api-types/builder.ts';
import type { BuildPruneReport } from '../../api-types/index.ts';
import type { BodyWriter } from '../../http/index.ts';
import type { DockerHttp, Query } from './http.ts';
import { segment } from './http.ts';

type Body = Uint8Array | ((write: BodyWriter) => Promise<void>);
const TAR = 'application/x-tar';
const session = (id: string): string => `/drydock/build-session/${segment(id)}`;
const record = (ref: string): string => `/drydock/build-history/${segment(ref)}`;

/** Builds. What begins with /drydock/ only this project's engine has: others answer 404. */
export const build = (http: DockerHttp) => ({
  /** A stream of JSON lines: BuildKit's trace, or the classic builder's words. */
  start: (options: { query: Query; headers: readonly (readonly [string, string])[]; body?: Body }) =>
    http.open('POST', '/build', {
      query: options.query,
      headers: options.headers,
      ...(options.body === undefined ? {} : { body: options.body, contentType: TAR }),
    }),
  cancel: (id: string) => http.post<null>('/build/cancel', { query: { id } }),
  createSession: (request: BuildSessionRequest) => http.post<BuildSessionCreated>('/drydock/build-session', { json: request }),
  sendContext: (id: string, name: string, body: Body) =>
    http.bytes('PUT', `${session(id)}/context/${segment(name)}`, { body, contentType: TAR }),
  sendCache: (id: string, path: string, body: Body) =>
    http.bytes('PUT', `${session(id)}/cache`, { query: { path }, body, contentType: TAR }),
  /** Blobs as an archive, the manifest last. */
  madeCache: (id: string, path: string) => http.open('GET', `${session(id)}/cache`, { query: { path } }),
  /** A connection that stands for one of the client's agents: a step of the build will speak on it. 404 when the build is over. */
  lendAgent: async (id: string, agent: string) => (await http.hijack(`${session(id)}/ssh/${segment(agent)}`, {})).connection,
  result: (id: string) => http.get<BuildSessionResult>(`${session(id)}/result`),
  output: (id: string, index: number) => http.open('GET', `${session(id)}/output`, { query: { index: String(index) } }),
  forgetSession: (id: string) => http.delete<null>(session(id)),
  history: () => http.get<readonly BuildHistoryRecord[]>('/drydock/build-history'),
  historyRecord: (ref: string) => http.get<BuildHistoryRecord>(record(ref)),
  /** What a record has attached, as it is. */
  attachment: (ref: string, digest: string) => http.open('GET', `${record(ref)}/attachment/${segment(digest)}`),
  /** Of the builder itself. */
  builder: () => http.get<BuilderInfo>('/drydock/builder'),
  removeHistory: (ref: string) => http.delete<null>(record(ref)),
  prune: (query: Query) => http.post<BuildPruneReport>('/build/prune', { query }),
});
