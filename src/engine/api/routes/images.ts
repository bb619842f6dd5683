/** What images are here: a file of its own, because the page asks it at every event and the rest of /images is fetched later. */
import { usersByManifest } from '../../daemon/images/users.ts';
import { untilOfImages } from '../../daemon/until.ts';
import { jsonResponse } from '../../http/responses.ts';
import { filtersOf, flag, get, later, type Route } from '../router.ts';

const listAll = later(
  () => import('../../daemon/images/list.ts'),
  ({ list }, { daemon, query }) => {
    const options = {
      all: flag(query, 'all'),
      filters: filtersOf(query),
      untilNs: untilOfImages(filtersOf(query), daemon.sys.clock.nowNs()),
      manifests: flag(query, 'manifests'),
      users: usersByManifest(daemon),
    };
    return jsonResponse(200, list(daemon.images, options));
  },
);

export const imageRoutes: readonly Route[] = [get('/images/json', listAll)];
