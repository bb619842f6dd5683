import type {
  NetworkConnectRequest,
  NetworkCreateRequest,
  NetworkCreateResponse,
  NetworkInspect,
  NetworkSummary,
  NetworksPruneReport,
} from '../../api-types/index.ts';
import type { Filters } from '../flags/index.ts';
import { filterQuery, textQuery } from './filters.ts';
import type { DockerHttp } from './http.ts';
import { nameSegment } from './names.ts';

export const networks = (http: DockerHttp) => ({
  list: (filters: Filters) => http.get<readonly NetworkSummary[]>('/networks', { query: { filters: filterQuery(filters) } }),
  inspect: (name: string) => http.get<NetworkInspect>(`/networks/${nameSegment('network', name)}`),
  inspectRaw: (name: string, options: { verbose?: boolean; scope?: string } = {}) =>
    http.bytes('GET', `/networks/${nameSegment('network', name)}`, {
      query: { verbose: options.verbose === true ? 'true' : undefined, scope: textQuery(options.scope) },
    }),
  create: (body: NetworkCreateRequest) => http.post<NetworkCreateResponse>('/networks/create', { json: body }),
  remove: (name: string) => http.delete<null>(`/networks/${nameSegment('network', name)}`),
  connect: (name: string, body: NetworkConnectRequest) =>
    http.post<null>(`/networks/${nameSegment('network', name)}/connect`, { json: body }),
  disconnect: (name: string, body: { Container: string; Force: boolean }) =>
    http.post<null>(`/networks/${nameSegment('network', name)}/disconnect`, { json: body }),
  prune: (filters: Filters) => http.post<NetworksPruneReport>('/networks/prune', { query: { filters: filterQuery(filters) } }),
});
