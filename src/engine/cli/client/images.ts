import type {
  DistributionInspect,
  HistoryItem,
  ImageDeleteItem,
  ImageInspect,
  ImageSummary,
  ImagesPruneReport,
  SearchResult,
} from '../../api-types/index.ts';
import type { BodyWriter } from '../../http/index.ts';
import { CliError } from '../errors.ts';
import type { Filters } from '../flags/index.ts';
import { filterQuery, flagQuery, textQuery } from './filters.ts';
import { type DockerHttp, segment } from './http.ts';
import { platformQuery } from './platform.ts';
import { authHeader } from './run.ts';

type Body = Uint8Array | ((write: BodyWriter) => Promise<void>);
export const images = (http: DockerHttp) => ({
  list: (options: { all?: boolean; filters: Filters; manifests?: boolean }) =>
    http.get<readonly ImageSummary[]>('/images/json', {
      query: { all: flagQuery(options.all), filters: filterQuery(options.filters), manifests: flagQuery(options.manifests) },
    }),
  inspect: (name: string, options: { manifests?: boolean } = {}) =>
    http.get<ImageInspect>(`/images/${segment(name)}/json`, { query: { manifests: flagQuery(options.manifests) } }),
  inspectRaw: async (name: string, options: { platform?: string } = {}) => {
    if (name === '') throw new CliError('Error: No such image: ');
    return http.bytes('GET', `/images/${segment(name)}/json`, { query: { platform: platformQuery(options.platform, '') } });
  },
  /** What a registry has under the name. */
  distribution: (name: string, auth: string) => http.get<DistributionInspect>(`/distribution/${segment(name)}/json`, authHeader(auth)),
  history: (name: string, options: { platform?: string }) =>
    http.get<readonly HistoryItem[]>(`/images/${segment(name)}/history`, { query: { platform: platformQuery(options.platform) } }),
  tag: (name: string, to: { repo: string; tag: string }) =>
    http.post<null>(`/images/${segment(name)}/tag`, { query: { repo: to.repo, tag: textQuery(to.tag) } }),
  remove: (name: string, options: { force: boolean; noPrune: boolean; platforms: readonly string[] }) =>
    http.delete<readonly ImageDeleteItem[]>(`/images/${segment(name)}`, {
      query: {
        force: flagQuery(options.force),
        noprune: flagQuery(options.noPrune),
        platforms: options.platforms.length === 0 ? undefined : options.platforms.map((platform) => platformQuery(platform, '') ?? ''),
      },
    }),
  push: (name: string, options: { tag: string; platform: string; auth: string }) =>
    http.open('POST', `/images/${segment(name)}/push`, {
      query: { tag: textQuery(options.tag), platform: platformQuery(options.platform) },
      ...authHeader(options.auth),
    }),
  import: (options: { source: string; repo: string; message: string; changes: readonly string[]; platform: string; body?: Body }) =>
    http.open('POST', '/images/create', {
      query: {
        fromSrc: options.source,
        repo: textQuery(options.repo),
        message: textQuery(options.message),
        changes: options.changes,
        platform: textQuery(options.platform),
      },
      ...(options.body === undefined ? {} : { body: options.body }),
    }),
  load: (body: Body, options: { quiet: boolean; platforms: readonly string[] }) =>
    http.open('POST', '/images/load', {
      query: {
        quiet: options.quiet ? '1' : '0',
        platform: options.platforms.length === 0 ? undefined : options.platforms.map((platform) => platformQuery(platform) ?? ''),
      },
      body,
      contentType: 'application/x-tar',
    }),
  save: (names: readonly string[], options: { platforms: readonly string[] }) =>
    http.open('GET', '/images/get', {
      query: {
        names,
        platform: options.platforms.length === 0 ? undefined : options.platforms.map((platform) => platformQuery(platform) ?? ''),
      },
    }),
  search: (term: string, options: { limit: number; filters: Filters; auth?: string }) =>
    http.get<readonly SearchResult[]>('/images/search', {
      query: { term, limit: options.limit > 0 ? String(options.limit) : undefined, filters: filterQuery(options.filters) },
      ...authHeader(options.auth),
    }),
  prune: (filters: Filters) => http.post<ImagesPruneReport>('/images/prune', { query: { filters: filterQuery(filters) } }),
});
