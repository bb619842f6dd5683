import type { Volume, VolumeCreateRequest, VolumeListResponse, VolumesPruneReport } from '../../api-types/index.ts';
import type { Filters } from '../flags/index.ts';
import { filterQuery, flagQuery } from './filters.ts';
import type { DockerHttp } from './http.ts';
import { nameSegment } from './names.ts';

export const volumes = (http: DockerHttp) => ({
  list: (filters: Filters) => http.get<VolumeListResponse>('/volumes', { query: { filters: filterQuery(filters) } }),
  inspectRaw: (name: string) => http.bytes('GET', `/volumes/${nameSegment('volume', name)}`),
  create: (body: VolumeCreateRequest) => http.post<Volume>('/volumes/create', { json: body }),
  remove: (name: string, options: { force: boolean }) =>
    http.delete<null>(`/volumes/${nameSegment('volume', name)}`, { query: { force: flagQuery(options.force) } }),
  prune: (filters: Filters) => http.post<VolumesPruneReport>('/volumes/prune', { query: { filters: filterQuery(filters) } }),
});
