import type { AuthConfig, AuthResponse, BuildPruneReport, DiskUsage, InfoResponse, VersionResponse } from '../../api-types/index.ts';
import type { Filters } from '../flags/index.ts';
import { filterQuery, flagQuery } from './filters.ts';
import type { DockerHttp } from './http.ts';
import { nameSegment } from './names.ts';

export const system = (http: DockerHttp) => ({
  info: () => http.get<InfoResponse>('/info'),
  version: () => http.get<VersionResponse>('/version'),
  diskUsage: (options: { verbose: boolean }) => http.get<DiskUsage>('/system/df', { query: { verbose: flagQuery(options.verbose) } }),
  events: (options: { since: string | undefined; until: string | undefined; filters: Filters }) =>
    http.open('GET', '/events', { query: { since: options.since, until: options.until, filters: filterQuery(options.filters) } }),
  login: (auth: AuthConfig) => http.post<AuthResponse>('/auth', { json: auth }),
  pruneBuild: (options: { all: boolean; filters: Filters }) =>
    http.post<BuildPruneReport>('/build/prune', { query: { all: flagQuery(options.all), filters: filterQuery(options.filters) } }),
  inspectPluginRaw: (name: string) => http.bytes('GET', `/plugins/${nameSegment('plugin', name)}/json`),
});
