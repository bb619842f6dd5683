/** What the Docker API cannot tell, under /drydock/: looks that change nothing, for components that show the inside of a machine. */

import { StatsReader } from '../../daemon/containers/stats.ts';
import { causesNow } from '../../daemon/inside/causes.ts';
import { flowOf, flowsSince, lookupsSince } from '../../daemon/inside/flows.ts';
import { contentOf, filesOf, layersOf } from '../../daemon/inside/layers.ts';
import { chainsNow, namespacesNow } from '../../daemon/inside/network.ts';
import { processesNow } from '../../daemon/inside/processes.ts';
import { jsonResponse } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { type Call, flag, get, integer, type Route } from '../router.ts';
import { jsonLine } from '../stream.ts';
import type { TracedRequest } from '../trace.ts';

/** What is known, as a list; with `follow`, line by line, and each further one as it ends its way. */
function flows({ daemon, query }: Call): HttpResponse {
  const since = integer(query, 'since') ?? 0;
  if (!flag(query, 'follow')) return jsonResponse(200, flowsSince(daemon, since));
  return {
    status: 200,
    headers: [['Content-Type', 'application/jsonl']],
    body: async (write) => {
      const pending = [...flowsSince(daemon, since)];
      const queue = daemon.sys.queue();
      const stop = daemon.flows?.watch((flow) => {
        pending.push(flowOf(daemon.sys, flow));
        queue.wake();
      });
      try {
        for (;;) {
          for (let flow = pending.shift(); flow; flow = pending.shift()) await write(jsonLine(flow));
          await queue.wait();
        }
      } finally {
        stop?.();
      }
    },
  };
}

export const drydockRoutes = (requests: readonly TracedRequest[]): readonly Route[] => [
  get('/drydock/requests', () => jsonResponse(200, requests)),
  get('/drydock/processes', ({ daemon, query }) => jsonResponse(200, processesNow(daemon, query.get('container')))),
  get('/drydock/containers/{name}/stats', ({ daemon, params }) =>
    jsonResponse(200, new StatsReader(daemon, daemon.containers.get(params.name ?? '')).read()),
  ),
  get('/drydock/layers', ({ daemon, query }) => jsonResponse(200, layersOf(daemon, query))),
  get('/drydock/layers/{key}/files', ({ daemon, params }) => jsonResponse(200, filesOf(daemon, params.key ?? ''))),
  get('/drydock/layers/{key}/content', ({ daemon, params, query }) => ({
    status: 200,
    headers: [['Content-Type', 'application/octet-stream']],
    body: contentOf(daemon, params.key ?? '', query.get('path') ?? ''),
  })),
  get('/drydock/namespaces', ({ daemon }) => jsonResponse(200, namespacesNow(daemon))),
  get('/drydock/rules', ({ daemon }) => jsonResponse(200, chainsNow(daemon))),
  get('/drydock/flows', flows),
  get('/drydock/lookups', ({ daemon, query }) => jsonResponse(200, lookupsSince(daemon, integer(query, 'since') ?? 0))),
  get('/drydock/causes', ({ daemon }) => jsonResponse(200, causesNow(daemon, requests))),
];
