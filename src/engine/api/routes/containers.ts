/** /containers, as every run asks it and every page looks at it; all other verbs are in container-verbs.ts. */
import type { ContainerCreateRequest } from '../../api-types/index.ts';
import { settled } from '../../daemon/containers/container.ts';
import { create } from '../../daemon/containers/create.ts';
import { start } from '../../daemon/containers/start.ts';
import { type WaitCondition, waitFor } from '../../daemon/containers/wait.ts';
import { invalid } from '../../daemon/errors.ts';
import { readPlatform } from '../../daemon/images/requests.ts';
import { jsonResponse } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { body, type Call, filtersOf, flag, get, integer, later, pathParam, post, type Route } from '../router.ts';
import { noContent } from '../stream.ts';

const name = ({ params }: Call): string => pathParam(params, 'name');
const encoder = new TextEncoder();

async function createContainer({ daemon, request, query }: Call): Promise<HttpResponse> {
  const asked = await body<ContainerCreateRequest>(request, 'CreateRequest');
  return jsonResponse(201, await create(daemon, asked, { name: query.get('name') ?? '', platform: readPlatform(query.get('platform')) }));
}

const CONDITIONS: readonly WaitCondition[] = ['not-running', 'next-exit', 'removed'];

/** The head goes out at once: the client starts the container only when it knows that somebody waits. */
function wait(call: Call): HttpResponse {
  const text = call.query.get('condition') ?? '';
  const condition = CONDITIONS.find((one) => one === (text === '' ? 'not-running' : text));
  if (!condition) throw invalid(`invalid condition: "${text}"`);
  const done = waitFor(call.daemon.containers.get(name(call)), condition);
  return {
    status: 200,
    headers: [['Content-Type', 'application/json']],
    body: async (write) => {
      const status = await done();
      await write(encoder.encode(`${JSON.stringify({ StatusCode: status })}\n`));
    },
  };
}

async function startContainer(call: Call): Promise<HttpResponse> {
  await start(call.daemon, name(call));
  return noContent();
}

export const containerRoutes: readonly Route[] = [
  get(
    '/containers/json',
    later(
      () => import('../../daemon/containers/list.ts'),
      ({ list }, { daemon, query }) =>
        jsonResponse(
          200,
          list(daemon, {
            all: flag(query, 'all'),
            limit: integer(query, 'limit') ?? 0,
            size: flag(query, 'size'),
            filters: filtersOf(query),
          }),
        ),
    ),
  ),
  post('/containers/create', createContainer),
  get(
    '/containers/{name}/json',
    later(
      () => import('../../daemon/containers/inspect.ts'),
      async ({ inspect }, call) => {
        await settled(call.daemon.containers.get(name(call)));
        return jsonResponse(200, inspect(call.daemon, name(call), { size: flag(call.query, 'size') }));
      },
    ),
  ),
  post('/containers/{name}/start', startContainer),
  post('/containers/{name}/wait', wait),
];
