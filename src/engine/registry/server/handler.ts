/** The distribution protocol as one handler: which request is whose. Upstream: distribution/registry/handlers/app.go. */
import type { Handler, HttpResponse } from '../../http/index.ts';
import { type Action, authorize, tokenResponse } from './auth.ts';
import { getBlob } from './blobs.ts';
import { type Context, loadCode, type RegistryOptions, type Uploads } from './context.ts';
import { errorResponse, ProtocolError, VERSION_HEADER } from './errors.ts';
import { getManifest } from './manifests.ts';
import { createRateLimiter } from './rate-limit.ts';
import type { RegistryStorage } from './storage.ts';

const NAME = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const MAX_NAME_LENGTH = 255;
const LISTING = () => import('./listing.ts');

/** A registry: the model's Docker Hub, the `registry` image's server, and what stands in Node for real clients. */
export function registryHandler(storage: RegistryStorage, options: RegistryOptions = {}): Handler {
  const uploads: Uploads = { open: new Map(), count: 0 };
  const now = options.now ?? (() => 0);
  const limiter = options.rateLimit && createRateLimiter(options.rateLimit, now);
  return async (request) => {
    const answer = await answered(() => route({ request, storage, options, uploads, now, limiter }));
    return { ...answer, headers: [...(answer.headers ?? []), VERSION_HEADER] };
  };
}

async function answered(act: () => Promise<HttpResponse>): Promise<HttpResponse> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ProtocolError) return errorResponse(error);
    throw error;
  }
}

async function route(context: Context): Promise<HttpResponse> {
  const { request, options } = context;
  if (options.auth?.kind === 'token' && request.path === pathOf(options.auth.realm))
    return tokenResponse(options.auth, request, context.now);
  if (request.path === '/v1/search' && options.search) return (await loadCode(context, LISTING)).search(request, await options.search());
  if (request.path === '/v2') return { status: 301, headers: [['Location', '/v2/']] };
  if (request.path === '/v2/') return base(context);
  if (request.path === '/v2/_catalog') return (await loadCode(context, LISTING)).catalog(context);
  const match = /^\/v2\/(.+?)\/(tags\/list|manifests\/[^/]+|blobs\/uploads\/?|blobs\/uploads\/[^/]+|blobs\/[^/]+)$/.exec(request.path);
  const [, repository, rest] = match ?? [];
  if (repository === undefined || rest === undefined) return NO_PAGE;
  const user = authorize(options.auth, request, { need: { repository, action: actionOf(request.method) }, now: context.now });
  if (!NAME.test(repository) || repository.length > MAX_NAME_LENGTH)
    throw new ProtocolError('NAME_INVALID', { detail: { name: repository } });
  const headers = rest.startsWith('manifests/') ? counted(context, user) : [];
  const answer = await inRepository(context, repository, rest);
  return headers.length === 0 ? answer : { ...answer, headers: [...(answer.headers ?? []), ...headers] };
}

const NO_PAGE: HttpResponse = {
  status: 404,
  headers: [['Content-Type', 'text/plain; charset=utf-8']],
  body: new TextEncoder().encode('404 page not found\n'),
};
const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** A pull is counted before it is answered. */
function counted({ request, limiter }: Context, user: string | undefined): readonly (readonly [string, string])[] {
  return (isRead(request.method) && limiter?.manifest(user, { isPull: request.method === 'GET' })) || [];
}

/** The path of a URL, without the host's own parser. */
const pathOf = (url: string): string => url.replace(/^[a-z]+:\/\/[^/]*/, '').replace(/\?.*$/, '');

function actionOf(method: string): Action {
  if (method === 'GET' || method === 'HEAD') return 'pull';
  return method === 'DELETE' ? 'delete' : 'push';
}

async function inRepository(context: Context, repository: string, rest: string): Promise<HttpResponse> {
  const { method } = context.request;
  const reads = isRead(method);
  if (rest === 'tags/list' && reads) return (await loadCode(context, LISTING)).tagList(context, repository);
  if (rest.startsWith('manifests/') && reads) return getManifest(context, repository, rest.slice('manifests/'.length));
  if (/^blobs\/[^/]+$/.test(rest) && rest !== 'blobs/uploads' && reads) return getBlob(context, repository, rest.slice('blobs/'.length));
  return (await loadCode(context, () => import('./writes.ts'))).answerWrite(context, repository, rest);
}

/** Whether one speaks the protocol here, and with whom. */
function base({ request, options, now }: Context): HttpResponse {
  authorize(options.auth, request, { need: null, now });
  return {
    status: 200,
    headers: [
      ['Content-Type', 'application/json'],
      ['Content-Length', '2'],
    ],
    body: new TextEncoder().encode('{}'),
  };
}
