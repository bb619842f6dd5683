/** The distribution protocol as one handler: which request is whose. Upstream: distribution/registry/handlers/app.go. */
import { type Handler, type HttpRequest, type HttpResponse, jsonResponse } from '../../http/index.ts';
import { type Action, authorize, tokenResponse } from './auth.ts';
import { deleteBlob, getBlob } from './blobs.ts';
import { COMMON_HEADERS, type Context, locationOf, type RegistryOptions, type SearchResult } from './context.ts';
import { errorResponse, ProtocolError } from './errors.ts';
import { deleteManifest, getManifest, putManifest } from './manifests.ts';
import { createRateLimiter } from './rate-limit.ts';
import type { RegistryStorage } from './storage.ts';
import { cancelUpload, continueUpload, createUploads, finishUpload, startUpload, uploadStatus } from './uploads.ts';

const NAME = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const MAX_NAME_LENGTH = 255;
const DEFAULT_SEARCH_RESULTS = 25;
const DEFAULT_CATALOG_RESULTS = 100;

/** A registry: the model's Docker Hub, the `registry` image's server, and what stands in Node for real clients. */
export function registryHandler(storage: RegistryStorage, options: RegistryOptions = {}): Handler {
  const uploads = createUploads();
  const now = options.now ?? (() => 0);
  const limiter = options.rateLimit && createRateLimiter(options.rateLimit, now);
  return async (request) => {
    try {
      return await route({ request, storage, options, uploads, now, limiter });
    } catch (error) {
      if (error instanceof ProtocolError) return errorResponse(error);
      throw error;
    }
  };
}

async function route(context: Context): Promise<HttpResponse> {
  const { request, options } = context;
  if (options.auth?.kind === 'token' && request.path === pathOf(options.auth.realm))
    return tokenResponse(options.auth, request, context.now);
  if (request.path === '/v1/search' && options.search) return search(request, await options.search());
  if (request.path === '/v2') return { status: 301, headers: [['Location', '/v2/']] };
  if (request.path === '/v2/') return base(context);
  if (request.path === '/v2/_catalog') return catalog(context);
  const match = /^\/v2\/(.+?)\/(tags\/list|manifests\/[^/]+|blobs\/uploads\/?|blobs\/uploads\/[^/]+|blobs\/[^/]+)$/.exec(request.path);
  const [, repository, rest] = match ?? [];
  if (repository === undefined || rest === undefined)
    return {
      status: 404,
      headers: [['Content-Type', 'text/plain; charset=utf-8']],
      body: new TextEncoder().encode('404 page not found\n'),
    };
  const user = authorize(options.auth, request, { need: { repository, action: actionOf(request.method) }, now: context.now });
  if (!NAME.test(repository) || repository.length > MAX_NAME_LENGTH)
    throw new ProtocolError('NAME_INVALID', { detail: { name: repository } });
  const headers = rest.startsWith('manifests/') ? counted(context, user) : [];
  const answer = await inRepository(context, repository, rest);
  return headers.length === 0 ? answer : { ...answer, headers: [...(answer.headers ?? []), ...headers] };
}

/** A pull is counted before it is answered. */
function counted({ request, limiter }: Context, user: string | undefined): readonly (readonly [string, string])[] {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return (isRead && limiter?.manifest(user, { isPull: request.method === 'GET' })) || [];
}

/** The path of a URL, without the host's own parser. */
const pathOf = (url: string): string => url.replace(/^[a-z]+:\/\/[^/]*/, '').replace(/\?.*$/, '');

function actionOf(method: string): Action {
  if (method === 'GET' || method === 'HEAD') return 'pull';
  return method === 'DELETE' ? 'delete' : 'push';
}

async function inRepository(context: Context, repository: string, rest: string): Promise<HttpResponse> {
  const { method } = context.request;
  const isRead = method === 'GET' || method === 'HEAD';
  if (rest === 'tags/list') return isRead ? tagList(context, repository) : unsupported();
  if (rest.startsWith('manifests/')) {
    const reference = rest.slice('manifests/'.length);
    if (isRead) return getManifest(context, repository, reference);
    if (method === 'PUT') return putManifest(context, repository, reference);
    return method === 'DELETE' ? deleteManifest(context, repository, reference) : unsupported();
  }
  if (rest === 'blobs/uploads' || rest === 'blobs/uploads/') return method === 'POST' ? startUpload(context, repository) : unsupported();
  if (rest.startsWith('blobs/uploads/')) return upload(context, repository, rest.slice('blobs/uploads/'.length));
  const reference = rest.slice('blobs/'.length);
  if (isRead) return getBlob(context, repository, reference);
  return method === 'DELETE' ? deleteBlob(context, repository, reference) : unsupported();
}

function upload(context: Context, repository: string, id: string): Promise<HttpResponse> {
  switch (context.request.method) {
    case 'GET':
    case 'HEAD':
      return uploadStatus(context, repository, id);
    case 'PATCH':
      return continueUpload(context, repository, id);
    case 'PUT':
      return finishUpload(context, repository, id);
    case 'DELETE':
      return cancelUpload(context, repository, id);
    default:
      return unsupported();
  }
}

function unsupported(): never {
  throw new ProtocolError('UNSUPPORTED');
}

/** Whether one speaks the protocol here, and with whom. */
function base({ request, options, now }: Context): HttpResponse {
  authorize(options.auth, request, { need: null, now });
  return { status: 200, headers: [['Content-Type', 'application/json'], ...COMMON_HEADERS], body: new TextEncoder().encode('{}') };
}

async function catalog(context: Context): Promise<HttpResponse> {
  authorize(context.options.auth, context.request, { need: null, now: context.now });
  const { page, headers } = paginate(context, await context.storage.repositories(), DEFAULT_CATALOG_RESULTS);
  return jsonResponse(200, { repositories: page }, [...COMMON_HEADERS, ...headers]);
}

async function tagList(context: Context, repository: string): Promise<HttpResponse> {
  const tags = await context.storage.tags(repository);
  if (!tags) throw new ProtocolError('NAME_UNKNOWN', { detail: { name: repository } });
  const { page, headers } = paginate(context, tags);
  return jsonResponse(200, { name: repository, tags: page.length > 0 ? page : null }, [...COMMON_HEADERS, ...headers]);
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
  if (wanted !== null && !/^\d{1,9}$/.test(wanted)) throw new ProtocolError('PAGINATION_NUMBER_INVALID', { detail: { n: wanted } });
  const n = wanted === null ? most : Number(wanted);
  const rest = all.includes(last) ? all.slice(all.indexOf(last) + 1) : all.filter((name) => name > last);
  const page = rest.slice(0, n);
  if (page.length === rest.length || page.length === 0) return { page, headers: [] };
  const next = new URLSearchParams({ last: page.at(-1) ?? '', n: String(n) });
  return { page, headers: [['Link', `<${locationOf(context, `${path}?${next}`)}>; rel="next"`]] };
}

/** What `docker search` asks of the index: Docker Hub alone has it. */
function search(request: HttpRequest, results: readonly SearchResult[]): HttpResponse {
  const query = request.query.get('q') ?? '';
  const wanted = request.query.get('n') ?? '';
  const n = /^\d{1,3}$/.test(wanted) ? Number(wanted) : DEFAULT_SEARCH_RESULTS;
  const found = results.filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(query.toLowerCase()));
  return jsonResponse(200, { num_pages: 1, num_results: found.length, page: 1, page_size: n, query, results: found.slice(0, n) });
}
