/** Lists: the repositories of a registry, the tags of a repository, what a search finds. */
import { type HttpRequest, type HttpResponse, jsonResponse } from '../../http/index.ts';
import { authorize } from './auth.ts';
import type { Context, SearchResult } from './context.ts';
import { ProtocolError } from './errors.ts';

const DEFAULT_SEARCH_RESULTS = 25;
const DEFAULT_CATALOG_RESULTS = 100;

/** GET /v2/_catalog. */
export async function catalog(context: Context): Promise<HttpResponse> {
  authorize(context.options.auth, context.request, { need: null, now: context.now });
  const { page, headers } = paginate(context, await context.storage.repositories(), DEFAULT_CATALOG_RESULTS);
  return jsonResponse(200, { repositories: page }, headers);
}

/** GET /v2/NAME/tags/list. */
export async function tagList(context: Context, repository: string): Promise<HttpResponse> {
  const tags = await context.storage.tags(repository);
  if (!tags) throw new ProtocolError('NAME_UNKNOWN', { detail: { name: repository } });
  const { page, headers } = context.options.reference === 2 ? { page: tags, headers: [] } : paginate(context, tags);
  return jsonResponse(200, { name: repository, tags: page.length > 0 ? page : null }, headers);
}

interface Page {
  readonly page: readonly string[];
  readonly headers: readonly (readonly [string, string])[];
}

/** `n` and `last`, and a Link to what follows. What is listed in no order (`last` then names a place) stays so. */
function paginate(context: Context, all: readonly string[], most = Number.POSITIVE_INFINITY): Page {
  const { path, query } = context.request;
  const wanted = query.get('n');
  const last = query.get('last') ?? '';
  const isNumber = wanted !== null && /^\d{1,9}$/.test(wanted);
  if (wanted !== null && !isNumber && context.options.reference !== 2)
    throw new ProtocolError('PAGINATION_NUMBER_INVALID', { detail: { n: wanted } });
  const n = isNumber ? Number(wanted) : most;
  const rest = all.includes(last) ? all.slice(all.indexOf(last) + 1) : all.filter((name) => name > last);
  const page = rest.slice(0, n);
  if (page.length === rest.length || page.length === 0) return { page, headers: [] };
  const next = new URLSearchParams({ last: page.at(-1) ?? '', n: String(n) });
  return { page, headers: [['Link', `<${path}?${next}>; rel="next"`]] };
}

/** What `docker search` asks of the index: Docker Hub alone has it. */
export function search(request: HttpRequest, results: readonly SearchResult[]): HttpResponse {
  const query = request.query.get('q') ?? '';
  const wanted = request.query.get('n') ?? '';
  const n = /^\d{1,3}$/.test(wanted) ? Number(wanted) : DEFAULT_SEARCH_RESULTS;
  const found = results.filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(query.toLowerCase()));
  return jsonResponse(200, { num_pages: 1, num_results: found.length, page: 1, page_size: n, query, results: found.slice(0, n) });
}
