import type { ContainerInspect, ContainerPathStat } from '../../api-types/index.ts';
import { readBase64 } from '../../http/base64.ts';
import { type BodyWriter, type ClientResponse, header } from '../../http/index.ts';
import { notAnObject } from '../errors.ts';
import { decodeText } from '../text.ts';
import { flagQuery } from './filters.ts';
import type { DockerHttp } from './http.ts';
import { containerSegment } from './names.ts';

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
  inspect: async (id: string) => {
    const found = await http.get<ContainerInspect>(`/containers/${containerSegment(id)}/json`);
    if (Array.isArray(found)) throw notAnObject('container.InspectResponse');
    return found;
  },
  inspectRaw: (id: string, options: { size?: boolean } = {}) =>
    http.bytes('GET', `/containers/${containerSegment(id)}/json`, { query: { size: flagQuery(options.size) } }),
  logs: (id: string, options: LogOptions) =>
    http.open('GET', `/containers/${containerSegment(id)}/logs`, {
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
    http.open('GET', `/containers/${containerSegment(id)}/stats`, { query: { stream: options.stream ? '1' : 'false' } }),
  export: (id: string) => http.open('GET', `/containers/${containerSegment(id)}/export`),
  statPath: async (id: string, path: string) =>
    pathStat(await http.open('HEAD', `/containers/${containerSegment(id)}/archive`, { query: { path } })),
  copyFrom: async (id: string, path: string) => {
    const answer = await http.open('GET', `/containers/${containerSegment(id)}/archive`, { query: { path } });
    return { stat: pathStat(answer), answer };
  },
  copyTo: (id: string, path: string, options: { copyUidGid: boolean; body: (write: BodyWriter) => Promise<void> }) =>
    http.bytes('PUT', `/containers/${containerSegment(id)}/archive`, {
      query: { path, noOverwriteDirNonDir: 'true', copyUIDGID: options.copyUidGid ? 'true' : undefined },
      body: options.body,
    }),
});

function pathStat(answer: ClientResponse): ContainerPathStat {
  return JSON.parse(decodeText(readBase64(header(answer.headers, 'x-docker-container-path-stat') ?? ''))) as ContainerPathStat;
}
