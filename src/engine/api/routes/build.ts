/** Building: POST /build, its sessions, its cache and its history. */
import type { BuildSessionRequest } from '../../api-types/build-session.ts';
import { build } from '../../daemon/builder/build.ts';
import { cancelBuild, cancellation } from '../../daemon/builder/cancel.ts';
import { readCredentials } from '../../daemon/builder/credentials.ts';
import { historyAttachment, historyRecord, listHistory, removeHistory } from '../../daemon/builder/history.ts';
import { pruneCache } from '../../daemon/builder/prune.ts';
import { readRequest } from '../../daemon/builder/request.ts';
import { addCache, addContext, forgetSession, openSession, sessionNamed } from '../../daemon/builder/sessions.ts';
import { builderInfo, keptNow } from '../../daemon/builder/worker.ts';
import { invalid, notFound } from '../../daemon/errors.ts';
import { notInteger } from '../../daemon/filters.ts';
import { header } from '../../http/headers.ts';
import { jsonResponse, readAll } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { body } from '../body.ts';
import { filtersOf } from '../filters.ts';
import { type Call, del, flag, get, integer, pathParam, post, put, type Route } from '../router.ts';
import { hijack, jsonLine, noContent, RAW } from '../stream.ts';

const MAX_CONTEXT_BYTES = 512 * 1024 * 1024;
const [CLASSIC, BUILDKIT] = ['1', '2'];

async function create(call: Call): Promise<HttpResponse> {
  const { daemon, query, request } = call;
  const version = query.get('version') || CLASSIC;
  if (version !== BUILDKIT && version !== CLASSIC) throw invalid(`invalid version ${JSON.stringify(version)}`);
  if (version === CLASSIC) return (await daemon.sys.stall(() => import('./build-classic.ts'))).classic(call);
  const id = query.get('session') ?? '';
  const session = id === '' ? undefined : sessionNamed(daemon, id);
  const asked = readRequest(query, session);
  const context = await readAll(request, MAX_CONTEXT_BYTES);
  const credentials = readCredentials(header(request.headers, 'x-registry-config'), session);
  return {
    status: 200,
    headers: [['Content-Type', 'application/json']],
    body: async (write) => {
      const cancelling = cancellation(daemon, query.get('buildid') ?? '');
      let isGone = false;
      await build(daemon, {
        request: asked,
        context,
        credentials,
        onCancel: cancelling.onCancel,
        say: async (line) => {
          if (isGone) return;
          try {
            await write(jsonLine(line));
          } catch {
            // Whoever does not listen any more does not want it any more.
            isGone = true;
            cancelling.cancel();
          }
        },
      });
      cancelling.done();
    },
  };
}

const idOf = ({ params }: Call): string => pathParam(params, 'id');

async function takeContext(call: Call): Promise<HttpResponse> {
  const { daemon, params, request } = call;
  const session = sessionNamed(daemon, idOf(call));
  addContext(daemon, session, { name: pathParam(params, 'name'), bytes: await readAll(request, MAX_CONTEXT_BYTES) });
  return noContent();
}

/** Blobs of a cache in a directory of the client. */
async function takeCache(call: Call): Promise<HttpResponse> {
  const bytes = await readAll(call.request, MAX_CONTEXT_BYTES);
  addCache(sessionNamed(call.daemon, idOf(call)), { name: call.query.get('path') ?? '', bytes });
  return noContent();
}

function madeCache({ daemon, params, query }: Call): HttpResponse {
  const bytes = sessionNamed(daemon, pathParam(params, 'id')).madeCaches.get(query.get('path') ?? '');
  if (!bytes) throw notFound('the build has made no such cache');
  return { status: 200, headers: [['Content-Type', 'application/x-tar']], body: bytes };
}

/** A connection over which a step may ask the client's agent. */
function lendAgent(call: Call): HttpResponse {
  const { agents } = sessionNamed(call.daemon, idOf(call));
  const agent = pathParam(call.params, 'agent');
  agents.check(agent);
  return hijack(call.request, RAW, (connection) => agents.lend(agent, connection));
}

function output(call: Call): HttpResponse {
  const bytes = sessionNamed(call.daemon, idOf(call)).outputs.get(integer(call.query, 'index') ?? 0);
  if (!bytes) throw notFound('the build has no such output');
  return { status: 200, headers: [['Content-Type', 'application/x-tar']], body: bytes };
}

function result(call: Call): HttpResponse {
  const { result: found } = sessionNamed(call.daemon, idOf(call));
  if (!found) throw notFound('the build has no result yet');
  return jsonResponse(200, found);
}

function forget(call: Call): HttpResponse {
  forgetSession(call.daemon, idOf(call));
  return noContent();
}

function spaceOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name) ?? '';
  if (text !== '' && !/^-?\d+$/.test(text)) throw invalid(`${name} is in bytes and expects an integer, got ${text}: ${notInteger(text)}`);
  return text === '' ? undefined : Number(text);
}

function prune({ daemon, query }: Call): HttpResponse {
  const report = pruneCache(daemon, {
    all: flag(query, 'all'),
    filters: filtersOf(query),
    keepBytes: keptNow(daemon, {
      ReservedSpace: spaceOf(query, 'reserved-space') ?? spaceOf(query, 'keep-storage') ?? 0,
      MaxUsedSpace: spaceOf(query, 'max-used-space') ?? 0,
      MinFreeSpace: spaceOf(query, 'min-free-space') ?? 0,
    }),
  });
  daemon.events.emit({ type: 'builder', action: 'prune', id: '', attributes: { reclaimed: String(report.SpaceReclaimed) } });
  return jsonResponse(200, report);
}

export const buildRoutes: readonly Route[] = [
  post('/build', create),
  post('/build/prune', prune),
  post('/build/cancel', ({ daemon, query }) => {
    const id = query.get('id') ?? '';
    if (id === '') throw invalid('build ID not provided');
    cancelBuild(daemon, id);
    return noContent();
  }),
  post('/drydock/build-session', async ({ daemon, request }) =>
    jsonResponse(200, { ID: openSession(daemon, await body<BuildSessionRequest>(request, 'BuildSessionRequest')).id }),
  ),
  put('/drydock/build-session/{id}/context/{name*}', takeContext),
  put('/drydock/build-session/{id}/cache', takeCache),
  get('/drydock/build-session/{id}/cache', madeCache),
  post('/drydock/build-session/{id}/ssh/{agent}', lendAgent),
  get('/drydock/build-session/{id}/result', result),
  get('/drydock/build-session/{id}/output', output),
  del('/drydock/build-session/{id}', forget),
  get('/drydock/build-history', ({ daemon }) => jsonResponse(200, listHistory(daemon))),
  get('/drydock/build-history/{ref}', ({ daemon, params }) => jsonResponse(200, historyRecord(daemon, pathParam(params, 'ref')))),
  get('/drydock/build-history/{ref}/attachment/{digest}', ({ daemon, params }) => ({
    status: 200,
    headers: [['Content-Type', 'application/octet-stream']],
    body: historyAttachment(daemon, { ref: pathParam(params, 'ref'), digest: pathParam(params, 'digest') }),
  })),
  get('/drydock/builder', ({ daemon }) => jsonResponse(200, builderInfo(daemon))),
  del('/drydock/build-history/{ref}', ({ daemon, params }) => {
    removeHistory(daemon, pathParam(params, 'ref'));
    return noContent();
  }),
];
