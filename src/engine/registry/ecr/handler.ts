/**
 * A private registry in the shape of Amazon ECR: `docker login` takes a password that its API gives to the account's user, and a
 * repository must have been made before anything can be pushed to it.
 */
import { type Handler, type HttpRequest, header } from '../../http/index.ts';
import { errorResponse, ProtocolError } from '../server/errors.ts';
import { registryHandler } from '../server/handler.ts';
import { memoryStorage } from '../server/memory-storage.ts';
import { type ApiWorld, ecrApi, noRepository, type Region } from './api.ts';
import { apiHost, ECR_REGIONS, identityHost, registryHost } from './hosts.ts';

const LOGIN_NAME = 'AWS';

/** All of the account's hosts, each region with content of its own. */
export function ecrHandler(world: ApiWorld): Handler {
  const byHost = new Map<string, Handler>();
  for (const name of ECR_REGIONS) {
    const region: Region = { name, storage: memoryStorage(), repositories: new Map(), passwords: new Map() };
    const api: Handler = (request) => ecrApi(region, request, world);
    byHost.set(registryHost(name), regionRegistry(region, world)).set(apiHost(name), api).set(identityHost(name), api);
  }
  return async (request) => byHost.get(hostOf(request))?.(request) ?? { status: 404 };
}

const hostOf = ({ headers }: HttpRequest): string => (header(headers, 'host') ?? '').replace(/:\d+$/, '').toLowerCase();

function regionRegistry({ name, storage, repositories, passwords }: Region, { now, random, load }: ApiWorld): Handler {
  const accepts = (user: string, password: string): boolean => user === LOGIN_NAME && (passwords.get(password) ?? 0) > now();
  const registry = registryHandler(storage, {
    scheme: 'https',
    now,
    random,
    load,
    auth: { kind: 'basic', realm: `https://${registryHost(name)}/`, accounts: { accepts } },
  });
  return async (request) => {
    const answer = await registry(request);
    const repository = /^\/v2\/(.+?)\/(?:manifests|blobs|tags)\//.exec(request.path)?.[1];
    // Whether it is there is told only to those who may know.
    if (repository === undefined || answer.status === 401 || repositories.has(repository)) return answer;
    return errorResponse(new ProtocolError('NAME_UNKNOWN', { message: noRepository(repository) }));
  };
}
