/** What the Docker API cannot tell, under /drydock/: looks that change nothing, for components that show the inside of a machine. */

import { jsonResponse } from '../../http/responses.ts';
import { get, later, pathParam, type Route } from '../router.ts';
import type { TracedRequest } from '../trace.ts';

const FLOWS = () => import('./flows.ts');
const LAYERS = () => import('../../daemon/inside/layers.ts');
const PLACES = () => import('../../daemon/inside/places.ts');
const NETWORK = () => import('../../daemon/inside/network.ts');

export const drydockRoutes = (requests: readonly TracedRequest[]): readonly Route[] => [
  get('/drydock/requests', () => jsonResponse(200, requests)),
  get(
    '/drydock/processes',
    later(
      () => import('../../daemon/inside/processes.ts'),
      ({ processesNow }, { daemon, query }) => jsonResponse(200, processesNow(daemon, query.get('container'))),
    ),
  ),
  get(
    '/drydock/containers/{name}/stats',
    later(
      () => import('../../daemon/containers/stats.ts'),
      ({ StatsReader }, { daemon, params }) => jsonResponse(200, new StatsReader(daemon, daemon.containers.get(params.name ?? '')).read()),
    ),
  ),
  get(
    '/drydock/layers',
    later(LAYERS, ({ layersOf }, { daemon, query }) => jsonResponse(200, layersOf(daemon, query))),
  ),
  get(
    '/drydock/layers/{key}/files',
    later(LAYERS, ({ filesOf }, { daemon, params }) => jsonResponse(200, filesOf(daemon, params.key ?? ''))),
  ),
  get(
    '/drydock/layers/{key}/content',
    later(LAYERS, ({ contentOf }, { daemon, params, query }) => ({
      status: 200,
      headers: [['Content-Type', 'application/octet-stream']],
      body: contentOf(daemon, params.key ?? '', query.get('path') ?? ''),
    })),
  ),
  get(
    '/drydock/volumes/{name}/files',
    later(PLACES, ({ volumeFiles }, { daemon, params }) => jsonResponse(200, volumeFiles(daemon, pathParam(params, 'name')))),
  ),
  get(
    '/drydock/containers/{name}/files',
    later(PLACES, ({ placeFiles }, { daemon, params, query }) =>
      jsonResponse(200, placeFiles(daemon, pathParam(params, 'name'), query.get('path') ?? '')),
    ),
  ),
  get(
    '/drydock/namespaces',
    later(NETWORK, ({ namespacesNow }, { daemon }) => jsonResponse(200, namespacesNow(daemon))),
  ),
  get(
    '/drydock/rules',
    later(NETWORK, ({ chainsNow }, { daemon }) => jsonResponse(200, chainsNow(daemon))),
  ),
  get(
    '/drydock/flows',
    later(FLOWS, ({ flows }, call) => flows(call)),
  ),
  get(
    '/drydock/lookups',
    later(FLOWS, ({ lookups }, call) => lookups(call)),
  ),
  get(
    '/drydock/causes',
    later(
      () => import('../../daemon/inside/causes.ts'),
      ({ causesNow }, { daemon }) => jsonResponse(200, causesNow(daemon, requests)),
    ),
  ),
];
