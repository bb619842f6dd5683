import type { Volume, VolumeCreateRequest, VolumeListResponse, VolumesPruneReport } from '../../api-types/index.ts';
import type { Filters } from '../flags/index.ts';
import { filterQuery, flagQuery } from './filters.ts';
import { type DockerHttp, segment } from './http.ts';

export const volumes = (http: DockerHttp) => ({
  list: (filters: Filters) => http.get<VolumeListResponse>('/volumes', { query: { filters: filterQuery(filters) } }),
  inspectRaw: (name: string) => http.bytes('GET', `/volumes/${segment(name)}`),
  create: (body: VolumeCreateRequest) => http.post<Volume>('/volumes/create', { json: body }),
  remove: (name: string, options: { force: boolean }) =>
    http.delete<null>(`/volumes/${segment(name)}`, { query: { force: flagQuery(options.force) } }),
  prune: (filters: Filters) => http.post<VolumesPruneReport>('/volumes/prune', { query: { filters: filterQuery(filters) } }),
});
