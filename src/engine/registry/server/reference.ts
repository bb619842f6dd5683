/**
 * What the reference implementation says around the protocol itself: which paths and methods there are, and the headers of every
 * answer. Upstream: distribution registry/api/v2/descriptors.go, registry/handlers/app.go, gorilla/handlers.
 */
import type { Handler, HttpRequest, HttpResponse } from '../../http/index.ts';
import { VERSION_HEADER } from './errors.ts';

export interface ReferenceOptions {
  /** Of its version. */
  readonly major: 2 | 3;
  /** What its configuration adds to every answer (`http.headers`). */
  readonly headers: readonly (readonly [string, string])[];
}

const NAME = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*';
/** Every path of the protocol, with its methods. */
const ROUTES: readonly (readonly [path: RegExp, methods: string])[] = (
  [
    ['/v2/', ''],
    ['/v2/_catalog', 'GET'],
    [`/v2/${NAME}/tags/list`, 'GET'],
    [`/v2/${NAME}/manifests/[^/]+`, 'DELETE, GET, HEAD, PUT'],
    [`/v2/${NAME}/blobs/[A-Za-z0-9_+.-]+:[A-Za-z0-9]+`, 'DELETE, GET, HEAD'],
    [`/v2/${NAME}/blobs/uploads/`, 'DELETE, GET, HEAD, PATCH, POST, PUT'],
    [`/v2/${NAME}/blobs/uploads/[A-Za-z0-9_=.-]+`, 'DELETE, GET, HEAD, PATCH, PUT'],
  ] as const
).map(([path, methods]) => [new RegExp(`^${path}$`), methods]);

/** A registry in the ways of the reference implementation. */
export function asReference(registry: Handler, { major, headers }: ReferenceOptions): Handler {
  return async (request) => {
    // For whoever asks whether it is alive: no part of the protocol.
    if (request.path === '/') return { status: 200, headers: [['Cache-Control', 'no-cache']] };
    const own = elsewhere(request);
    const answer = own ?? (await registry(request));
    return { ...answer, headers: inOrder([...spoken(answer, major), VERSION_HEADER, ...(own ? [] : headers)]) };
  };
}

type Headers = readonly (readonly [string, string])[];

/** Its server writes them by their names. */
const inOrder = (headers: Headers): Headers => {
  const unique = new Map(headers.map((header) => [header[0], header]));
  return [...unique.values()].sort(([a], [b]) => (a < b ? -1 : 1));
};

/** Version 2 says how its JSON is written. */
const spoken = ({ headers = [] }: HttpResponse, major: 2 | 3): Headers =>
  [...headers].map(([name, value]) => [name, major === 2 && value === 'application/json' ? `${value}; charset=utf-8` : value]);

/** What is no request of the protocol. */
function elsewhere({ path, method }: HttpRequest): HttpResponse | undefined {
  if (path === '/v2') return redirect('/v2/', method);
  const [, methods] = ROUTES.find(([route]) => route.test(path)) ?? [];
  if (methods === undefined) return page(404, '404 page not found');
  if (methods === '' || methods.split(', ').includes(method)) return undefined;
  return page(405, 'Method not allowed', [['Allow', methods]]);
}

/** As Go's http.Error has it. */
const page = (status: number, text: string, headers: Headers = []): HttpResponse => ({
  status,
  headers: [...headers, ['Content-Type', 'text/plain; charset=utf-8'], ['X-Content-Type-Options', 'nosniff']],
  body: new TextEncoder().encode(`${text}\n`),
});

/** As Go's http.Redirect has it. */
const redirect = (location: string, method: string): HttpResponse => ({
  status: 301,
  headers: [
    ['Location', location],
    ['Content-Type', 'text/html; charset=utf-8'],
  ],
  ...(method === 'GET' && { body: new TextEncoder().encode(`<a href="${location}">Moved Permanently</a>.\n\n`) }),
});
