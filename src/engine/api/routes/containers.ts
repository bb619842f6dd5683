/** /containers: one line for each verb; what the verbs do is in daemon/containers. */
import type { ContainerCreateRequest, ContainerUpdateRequest } from '../../api-types/index.ts';
import { changes } from '../../daemon/containers/changes.ts';
import { create } from '../../daemon/containers/create.ts';
import { inspect } from '../../daemon/containers/inspect.ts';
import { list } from '../../daemon/containers/list.ts';
import { pause, unpause } from '../../daemon/containers/pause.ts';
import { prune } from '../../daemon/containers/prune.ts';
import { remove } from '../../daemon/containers/remove.ts';
import { rename } from '../../daemon/containers/rename.ts';
import { resize } from '../../daemon/containers/resize.ts';
import { start } from '../../daemon/containers/start.ts';
import { kill, restart, stop, type WaitCondition, waitFor } from '../../daemon/containers/stop.ts';
import { top } from '../../daemon/containers/top.ts';
import { update } from '../../daemon/containers/update.ts';
import { invalid } from '../../daemon/errors.ts';
import { readPlatform } from '../../daemon/images/requests.ts';
import { jsonResponse } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { body, type Call, del, filtersOf, flag, get, integer, pathParam, post, type Route } from '../router.ts';
import { noContent } from '../stream.ts';

const name = ({ params }: Call): string => pathParam(params, 'name');
const encoder = new TextEncoder();

async function createContainer({ daemon, request, query }: Call): Promise<HttpResponse> {
  const asked = await body<ContainerCreateRequest>(request);
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

const stopOptions = ({ query }: Call): { timeoutSeconds: number | undefined; signal: string | undefined } => ({
  timeoutSeconds: integer(query, 't'),
  signal: query.get('signal') ?? undefined,
});

const sizeIn = (query: URLSearchParams): { rows: number; columns: number } => ({
  rows: integer(query, 'h') ?? 0,
  columns: integer(query, 'w') ?? 0,
});

/** A verb that answers nothing. */
const done =
  (verb: (call: Call) => Promise<void> | void) =>
  async (call: Call): Promise<HttpResponse> => {
    await verb(call);
    return noContent();
  };

export const containerRoutes: readonly Route[] = [
  get('/containers/json', ({ daemon, query }) =>
    jsonResponse(
      200,
      list(daemon, { all: flag(query, 'all'), limit: integer(query, 'limit') ?? 0, size: flag(query, 'size'), filters: filtersOf(query) }),
    ),
  ),
  post('/containers/create', createContainer),
  post('/containers/prune', ({ daemon, query }) => jsonResponse(200, prune(daemon, filtersOf(query)))),
  get('/containers/{name}/json', (call) => jsonResponse(200, inspect(call.daemon, name(call), { size: flag(call.query, 'size') }))),
  get('/containers/{name}/top', async (call) => jsonResponse(200, await top(call.daemon, name(call), call.query.get('ps_args') ?? ''))),
  get('/containers/{name}/changes', (call) => jsonResponse(200, changes(call.daemon, name(call)))),
  post(
    '/containers/{name}/start',
    done((call) => start(call.daemon, name(call))),
  ),
  post(
    '/containers/{name}/stop',
    done((call) => stop(call.daemon, name(call), stopOptions(call))),
  ),
  post(
    '/containers/{name}/restart',
    done((call) => restart(call.daemon, name(call), stopOptions(call))),
  ),
  post(
    '/containers/{name}/kill',
    done((call) => kill(call.daemon, name(call), call.query.get('signal') ?? '')),
  ),
  post(
    '/containers/{name}/pause',
    done((call) => pause(call.daemon, name(call))),
  ),
  post(
    '/containers/{name}/unpause',
    done((call) => unpause(call.daemon, name(call))),
  ),
  post(
    '/containers/{name}/rename',
    done((call) => rename(call.daemon, name(call), call.query.get('name') ?? '')),
  ),
  post('/containers/{name}/resize', async (call) => {
    resize(call.daemon, name(call), sizeIn(call.query));
    return { status: 200 };
  }),
  post('/containers/{name}/update', async (call) =>
    jsonResponse(200, update(call.daemon, name(call), await body<ContainerUpdateRequest>(call.request))),
  ),
  post('/containers/{name}/wait', wait),
  del(
    '/containers/{name}',
    done((call) => remove(call.daemon, name(call), { force: flag(call.query, 'force'), volumes: flag(call.query, 'v') })),
  ),
];
