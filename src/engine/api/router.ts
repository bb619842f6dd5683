/** From a request's method and path to the function that answers it. Paths may begin with a version: `/v1.55/containers/json`. */

import { API_VERSION, MIN_API_VERSION } from '../api-types/index.ts';
import type { Daemon } from '../daemon/daemon.ts';
import { invalid, notFound } from '../daemon/errors.ts';
import { cleanPath } from '../http/clean-path.ts';
import { textResponse } from '../http/responses.ts';
import type { HttpRequest, HttpResponse } from '../http/types.ts';

export interface Call {
  readonly daemon: Daemon;
  readonly request: HttpRequest;
  readonly query: URLSearchParams;
  readonly params: Readonly<Record<string, string>>;
}

export type Answer = (call: Call) => Promise<HttpResponse> | HttpResponse;

export interface Route {
  readonly method: string;
  /** `{name}` is one segment, `{name*}` takes slashes too. */
  readonly path: string;
  readonly answer: Answer;
}

const route =
  (method: string) =>
  (path: string, answer: Answer): Route => ({ method, path, answer });
export const get = route('GET');
export const head = route('HEAD');
export const post = route('POST');
export const put = route('PUT');
export const del = route('DELETE');

/** An answer whose code is fetched when it is first asked for; the machine stands still meanwhile, so that nobody can tell. */
export const later =
  <T>(load: () => Promise<T>, answer: (code: T, call: Call) => Promise<HttpResponse> | HttpResponse): Answer =>
  async (call) =>
    answer(await call.daemon.sys.stall(load), call);

/** Routes whose whole file is fetched when a path of theirs is first asked for. */
export interface LaterRoutes {
  readonly paths: RegExp;
  readonly load: () => Promise<readonly Route[]>;
}

interface Compiled extends Route {
  readonly pattern: RegExp;
}

const compile = (one: Route): Compiled => ({
  ...one,
  pattern: new RegExp(
    `^${one.path
      .replace(/[.+]/g, '\\$&')
      .replace(/\{(\w+)\*\}/g, '(?<$1>.+)')
      .replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`,
  ),
});

interface Found {
  readonly answer: Answer;
  readonly params: Readonly<Record<string, string>>;
}

function find(table: readonly Compiled[], method: string, path: string): Found | undefined {
  for (const { method: own, pattern, answer } of table) {
    const match = own === method ? pattern.exec(path) : null;
    if (match) return { answer, params: match.groups ?? {} };
  }
  return undefined;
}

/** Throws DockerError: what is asked for is not there, or in a version that is not spoken. */
export function createRouter(
  routes: readonly Route[],
  groups: readonly LaterRoutes[] = [],
): (daemon: Daemon, request: HttpRequest) => Promise<HttpResponse> {
  const table = routes.map(compile);
  const tables = new Map<LaterRoutes, readonly Compiled[]>();
  return async (daemon, request) => {
    const clean = cleanPath(request.path);
    if (clean !== request.path) return { status: 301, headers: [['Location', clean]] };
    const [, version, path = ''] = /^(?:\/v(\d+\.\d+))?(\/.*)$/.exec(request.path) ?? [];
    let found = find(table, request.method, path);
    for (const group of groups) {
      if (found || !group.paths.test(path)) continue;
      const known = tables.get(group) ?? (await daemon.sys.stall(group.load)).map(compile);
      tables.set(group, known);
      found = find(known, request.method, path);
    }
    if (!found) throw notFound('page not found');
    const refused = version === undefined ? undefined : refusedVersion(version);
    if (refused) return refused;
    return found.answer({ daemon, request, query: request.query, params: found.params });
  };
}

const order = (version: string): number => Number(version.split('.')[0]) * 1000 + Number(version.split('.')[1]);

/** Clients before that read no JSON. Upstream: moby daemon/server/server.go. */
const FIRST_JSON_VERSION = '1.24';

/** The answer to a version that is not spoken. */
function refusedVersion(version: string): HttpResponse | undefined {
  if (order(version) > order(API_VERSION))
    throw invalid(`client version ${version} is too new. Maximum supported API version is ${API_VERSION}`);
  if (order(version) >= order(MIN_API_VERSION)) return undefined;
  const words = `client version ${version} is too old. Minimum supported API version is ${MIN_API_VERSION}, please upgrade your client to a newer version`;
  if (order(version) < order(FIRST_JSON_VERSION)) return textResponse(400, `${words}\n`);
  throw invalid(words);
}

/** As Go's httputils.BoolValue: anything but these is true. */
export const flag = (query: URLSearchParams, name: string, otherwise = false): boolean => {
  const value = query.get(name)?.trim().toLowerCase();
  if (value === undefined) return otherwise;
  return !['', '0', 'no', 'false', 'none'].includes(value);
};

/** Throws DockerError if it is there and no whole number. */
export function integer(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^-?\d+$/.test(text)) throw invalid(`strconv.Atoi: parsing "${text}": invalid syntax`);
  return Number(text);
}

export const pathParam = (params: Readonly<Record<string, string>>, name: string): string => params[name] ?? '';
