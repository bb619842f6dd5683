/** What images are here: a file of its own, because the page asks it at every event and the rest of /images is fetched later. */
import { usersByManifest } from '../../daemon/images/users.ts';
import { jsonResponse } from '../../http/responses.ts';
import { filtersOf, flag, get, later, type Route } from '../router.ts';

const listAll = later(
  () => import('../../daemon/images/list.ts'),
  async ({ list }, { daemon, query }) => {
    const filters = filtersOf(query);
    const until = filters.has('until') ? await daemon.sys.stall(() => import('../../daemon/until.ts')) : undefined;
    const options = {
      all: flag(query, 'all'),
      filters,
      untilNs: until?.untilOfImages(filters, daemon.sys.clock.nowNs()),
      manifests: flag(query, 'manifests'),
      users: usersByManifest(daemon),
    };
    return jsonResponse(200, list(daemon.images, options));
  },
);

export const imageRoutes: readonly Route[] = [get('/images/json', listAll)];
