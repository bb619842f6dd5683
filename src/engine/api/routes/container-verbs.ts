/** /containers: one line for each verb; what the verbs do is in daemon/containers. */
import type { ContainerUpdateRequest } from '../../api-types/index.ts';
import { jsonResponse } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { body } from '../body.ts';
import { filtersOf } from '../filters.ts';
import { type Answer, type Call, del, flag, get, integer, later, pathParam, post, type Route } from '../router.ts';
import { noContent } from '../stream.ts';
import { sizeIn } from '../window-size.ts';

const name = ({ params }: Call): string => pathParam(params, 'name');

const stopOptions = ({ query }: Call): { timeoutSeconds: number | undefined; signal: string | undefined } => ({
  timeoutSeconds: integer(query, 't'),
  signal: query.get('signal') ?? undefined,
});

async function commitContainer({ daemon, query }: Call): Promise<HttpResponse> {
  const text = (key: string): string => query.get(key) ?? '';
  const options = {
    repository: text('repo'),
    tag: text('tag'),
    comment: text('comment'),
    author: text('author'),
    changes: query.getAll('changes'),
    pause: flag(query, 'pause', true),
  };
  const { commit } = await daemon.sys.stall(() => import('../../daemon/containers/commit.ts'));
  return jsonResponse(201, { Id: await commit(daemon, text('container'), options) });
}

/** A verb that answers nothing, its code fetched when it is first asked for. */
const doneLater = <T>(load: () => Promise<T>, verb: (code: T, call: Call) => Promise<void> | void): Answer =>
  later(load, async (code, call) => {
    await verb(code, call);
    return noContent();
  });

const REMOVE = () => import('../../daemon/containers/remove.ts');
const STOP = () => import('../../daemon/containers/stop.ts');
const PAUSE = () => import('../../daemon/containers/pause.ts');

export const containerVerbRoutes: readonly Route[] = [
  post('/commit', commitContainer),
  post(
    '/containers/prune',
    later(
      () => import('../../daemon/containers/prune.ts'),
      ({ prune }, { daemon, query }) => jsonResponse(200, prune(daemon, filtersOf(query))),
    ),
  ),
  get(
    '/containers/{name}/top',
    later(
      () => import('../../daemon/containers/top.ts'),
      async ({ top }, call) => jsonResponse(200, await top(call.daemon, name(call), call.query.get('ps_args') ?? '')),
    ),
  ),
  get(
    '/containers/{name}/changes',
    later(
      () => import('../../daemon/containers/changes.ts'),
      ({ changes }, call) => jsonResponse(200, changes(call.daemon, name(call))),
    ),
  ),
  post(
    '/containers/{name}/stop',
    doneLater(STOP, ({ stop }, call) => stop(call.daemon, name(call), stopOptions(call))),
  ),
  post(
    '/containers/{name}/restart',
    doneLater(STOP, ({ restart }, call) => restart(call.daemon, name(call), stopOptions(call))),
  ),
  post(
    '/containers/{name}/kill',
    doneLater(STOP, ({ kill }, call) => kill(call.daemon, name(call), call.query.get('signal') ?? '')),
  ),
  post(
    '/containers/{name}/pause',
    doneLater(PAUSE, ({ pause }, call) => pause(call.daemon, name(call))),
  ),
  post(
    '/containers/{name}/unpause',
    doneLater(PAUSE, ({ unpause }, call) => unpause(call.daemon, name(call))),
  ),
  post(
    '/containers/{name}/rename',
    doneLater(
      () => import('../../daemon/containers/rename.ts'),
      ({ rename }, call) => rename(call.daemon, name(call), call.query.get('name') ?? ''),
    ),
  ),
  post(
    '/containers/{name}/resize',
    later(
      () => import('../../daemon/containers/resize.ts'),
      ({ resize }, call) => {
        resize(call.daemon, name(call), sizeIn(call.query));
        return { status: 200 };
      },
    ),
  ),
  post(
    '/containers/{name}/update',
    later(
      () => import('../../daemon/containers/update.ts'),
      async ({ update }, call) =>
        jsonResponse(200, update(call.daemon, name(call), await body<ContainerUpdateRequest>(call.request, 'UpdateConfig'))),
    ),
  ),
  del(
    '/containers/{name*}',
    doneLater(REMOVE, ({ remove, removeLink }, call) =>
      flag(call.query, 'link')
        ? removeLink(call.daemon, name(call))
        : remove(call.daemon, name(call), { force: flag(call.query, 'force'), volumes: flag(call.query, 'v') }),
    ),
  ),
];
