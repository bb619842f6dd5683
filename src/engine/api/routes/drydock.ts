/** What the Docker API cannot tell, under /drydock/: looks that change nothing, for components that show the inside of a machine. */

import { causesNow } from '../../daemon/inside/causes.ts';
import { contentOf, filesOf, layersOf } from '../../daemon/inside/layers.ts';
import { chainsNow, namespacesNow } from '../../daemon/inside/network.ts';
import { processesNow } from '../../daemon/inside/processes.ts';
import { jsonResponse } from '../../http/responses.ts';
import { get, type Route } from '../router.ts';
import type { TracedRequest } from '../trace.ts';

export const drydockRoutes = (requests: readonly TracedRequest[]): readonly Route[] => [
  get('/drydock/requests', () => jsonResponse(200, requests)),
  get('/drydock/processes', ({ daemon, query }) => jsonResponse(200, processesNow(daemon, query.get('container')))),
  get('/drydock/layers', ({ daemon, query }) => jsonResponse(200, layersOf(daemon, query))),
  get('/drydock/layers/{key}/files', ({ daemon, params }) => jsonResponse(200, filesOf(daemon, params.key ?? ''))),
  get('/drydock/layers/{key}/content', ({ daemon, params, query }) => ({
    status: 200,
    headers: [['Content-Type', 'application/octet-stream']],
    body: contentOf(daemon, params.key ?? '', query.get('path') ?? ''),
  })),
  get('/drydock/namespaces', ({ daemon }) => jsonResponse(200, namespacesNow(daemon))),
  get('/drydock/rules', ({ daemon }) => jsonResponse(200, chainsNow(daemon))),
  get('/drydock/causes', ({ daemon }) => jsonResponse(200, causesNow(daemon, requests))),
];
