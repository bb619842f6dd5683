/** /distribution: what a registry has. */
import { inspectDistribution } from '../../daemon/images/distribution.ts';
import { clientFor, readName } from '../../daemon/images/requests.ts';
import { header } from '../../http/headers.ts';
import { jsonResponse } from '../../http/responses.ts';
import { get, pathParam, type Route } from '../router.ts';

export const distributionRoutes: readonly Route[] = [
  get('/distribution/{name*}/json', async ({ daemon, request, params }) => {
    const client = clientFor(daemon, header(request.headers, 'x-registry-auth'));
    return jsonResponse(200, await inspectDistribution(client, readName(pathParam(params, 'name'), '')));
  }),
];
