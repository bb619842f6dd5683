/** What each run asks of /containers: create, attach, wait, start. */
import type { ContainerCreateRequest } from '../../api-types/index.ts';
import { attach } from '../../daemon/containers/attach.ts';
import { create } from '../../daemon/containers/create.ts';
import { start } from '../../daemon/containers/start.ts';
import { type WaitCondition, waitFor } from '../../daemon/containers/wait.ts';
import { invalid } from '../../daemon/errors.ts';
import { readPlatform } from '../../daemon/images/requests.ts';
import { jsonResponse } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { bodyThere } from '../body.ts';
import { type Call, flag, pathParam, post, type Route } from '../router.ts';
import { CONTAINER } from '../shapes.ts';
import { hijack, MULTIPLEXED, noContent, RAW } from '../stream.ts';

const name = ({ params }: Call): string => pathParam(params, 'name');
const encoder = new TextEncoder();

/** Go has a configuration where one of its fields was said. */
const hasConfig = (asked: ContainerCreateRequest): boolean => Object.keys(asked).some((key) => Object.hasOwn(CONTAINER, key));

async function createContainer({ daemon, request, query }: Call): Promise<HttpResponse> {
  const asked = await bodyThere<ContainerCreateRequest>(request, 'CreateRequest');
  if (!hasConfig(asked)) throw invalid('config cannot be empty in order to create a container');
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

/** The connection becomes the container's streams. */
function attachTo(call: Call): HttpResponse {
  const { query, request, daemon } = call;
  const streams = { stdin: flag(query, 'stdin'), stdout: flag(query, 'stdout'), stderr: flag(query, 'stderr') };
  const attachment = attach(daemon, name(call), { ...streams, detachKeys: query.get('detachKeys') ?? '' });
  return hijack(request, attachment.isTerminal ? RAW : MULTIPLEXED, async (connection) => {
    if (flag(query, 'logs')) {
      const { writeLogs } = await daemon.sys.stall(() => import('./container-streams.ts'));
      await writeLogs(call, async (bytes) => connection.write(bytes), { ...streams, follow: false });
    }
    if (flag(query, 'stream')) await attachment.carry(connection);
  });
}

async function startContainer(call: Call): Promise<HttpResponse> {
  await start(call.daemon, name(call));
  return noContent();
}

export const containerRunRoutes: readonly Route[] = [
  post('/containers/create', createContainer),
  post('/containers/{name}/attach', attachTo),
  post('/containers/{name}/wait', wait),
  post('/containers/{name}/start', startContainer),
];
