/** What images are here: a file of its own, because the page asks it at every event and the rest of /images is fetched later. */
import type { Daemon } from '../../daemon/daemon.ts';
import type { Passes } from '../../daemon/images/list.ts';
import { usersByManifest } from '../../daemon/images/users.ts';
import { jsonResponse } from '../../http/responses.ts';
import { flag, get, later, type Route } from '../router.ts';

const listAll = later(
  () => import('../../daemon/images/list.ts'),
  async ({ list }, { daemon, query }) => {
    const filters = query.get('filters');
    const options = {
      all: flag(query, 'all'),
      passes: filters ? await passesOf(daemon, filters) : undefined,
      manifests: flag(query, 'manifests'),
      users: usersByManifest(daemon),
    };
    return jsonResponse(200, list(daemon.images, options));
  },
);

async function passesOf(daemon: Daemon, filters: string): Promise<Passes> {
  const { listFilter } = await daemon.sys.stall(() => import('../../daemon/images/record-filter.ts'));
  return listFilter(daemon, filters);
}

export const imageRoutes: readonly Route[] = [get('/images/json', listAll)];
