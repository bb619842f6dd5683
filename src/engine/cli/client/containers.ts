import type {
  CommitResponse,
  ContainerSummary,
  ContainersPruneReport,
  ContainerUpdateRequest,
  ContainerUpdateResponse,
  FilesystemChange,
  TopResponse,
} from '../../api-types/index.ts';
import type { Filters } from '../flags/index.ts';
import { filterQuery, flagQuery, textQuery } from './filters.ts';
import type { DockerHttp } from './http.ts';
import { containerSegment } from './names.ts';

export interface CommitOptions {
  readonly container: string;
  readonly repo?: string;
  readonly tag?: string;
  readonly comment: string;
  readonly author: string;
  readonly changes: readonly string[];
  readonly pause: boolean;
}

export const containers = (http: DockerHttp) => ({
  list: (options: { all?: boolean; size?: boolean; limit?: number; filters: Filters }) =>
    http.get<readonly ContainerSummary[]>('/containers/json', {
      query: {
        all: flagQuery(options.all),
        size: flagQuery(options.size),
        limit: options.limit !== undefined && options.limit > 0 ? String(options.limit) : undefined,
        filters: filterQuery(options.filters),
      },
    }),
  stop: (id: string, options: { signal?: string; timeoutSeconds?: number }) =>
    http.post<null>(`/containers/${containerSegment(id)}/stop`, { query: stopQuery(options) }),
  restart: (id: string, options: { signal?: string; timeoutSeconds?: number }) =>
    http.post<null>(`/containers/${containerSegment(id)}/restart`, { query: stopQuery(options) }),
  pause: (id: string) => http.post<null>(`/containers/${containerSegment(id)}/pause`),
  unpause: (id: string) => http.post<null>(`/containers/${containerSegment(id)}/unpause`),
  rename: (id: string, name: string) => http.post<null>(`/containers/${containerSegment(id)}/rename`, { query: { name } }),
  remove: (id: string, options: { volumes?: boolean; link?: boolean; force?: boolean }) =>
    http.delete<null>(`/containers/${containerSegment(id)}`, {
      query: { v: flagQuery(options.volumes), link: flagQuery(options.link), force: flagQuery(options.force) },
    }),
  top: (id: string, args: readonly string[]) =>
    http.get<TopResponse>(`/containers/${containerSegment(id)}/top`, { query: { ps_args: textQuery(args.join(' ')) } }),
  changes: (id: string) => http.get<readonly FilesystemChange[] | null>(`/containers/${containerSegment(id)}/changes`),
  update: (id: string, body: ContainerUpdateRequest) =>
    http.post<ContainerUpdateResponse>(`/containers/${containerSegment(id)}/update`, { json: body }),
  prune: (filters: Filters) => http.post<ContainersPruneReport>('/containers/prune', { query: { filters: filterQuery(filters) } }),
  commit: (options: CommitOptions) =>
    http.post<CommitResponse>('/commit', {
      query: {
        container: options.container,
        repo: textQuery(options.repo),
        tag: textQuery(options.tag),
        comment: textQuery(options.comment),
        author: textQuery(options.author),
        changes: options.changes,
        pause: options.pause ? undefined : '0',
      },
    }),
});

const stopQuery = (options: { signal?: string; timeoutSeconds?: number }) => ({
  signal: textQuery(options.signal),
  t: options.timeoutSeconds === undefined ? undefined : String(options.timeoutSeconds),
});
