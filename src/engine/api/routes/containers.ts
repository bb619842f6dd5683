/** /containers, as every page looks at it; what a run asks is in container-run.ts, all other verbs in container-verbs.ts. */
import { settled } from '../../daemon/containers/container.ts';
import { jsonResponse } from '../../http/responses.ts';
import { type Call, flag, get, integer, later, pathParam, type Route } from '../router.ts';

const name = ({ params }: Call): string => pathParam(params, 'name');

export const containerRoutes: readonly Route[] = [
  get(
    '/containers/json',
    later(
      () => import('../../daemon/containers/list.ts'),
      async ({ list }, { daemon, query }) => {
        const filters = query.get('filters');
        const chosen = filters ? await daemon.sys.stall(() => import('../../daemon/containers/selection.ts')) : undefined;
        const options = { all: flag(query, 'all'), limit: integer(query, 'limit') ?? 0, size: flag(query, 'size') };
        return jsonResponse(200, list(daemon, { ...options, selection: chosen?.selectionOf(daemon, filters ?? '') }));
      },
    ),
  ),
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
];
