/** Ways of packets, and names that were asked for, under /drydock/. */
import { flowOf, flowsSince, lookupsSince } from '../../daemon/inside/flows.ts';
import { jsonResponse } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { type Call, flag, integer } from '../router.ts';
import { jsonLine } from '../stream.ts';

/** What is known, as a list; with `follow`, line by line, and each further one as it ends its way. */
export function flows({ daemon, query }: Call): HttpResponse {
  const since = integer(query, 'since') ?? 0;
  if (!flag(query, 'follow')) return jsonResponse(200, flowsSince(daemon, since));
  return {
    status: 200,
    headers: [['Content-Type', 'application/jsonl']],
    body: async (write) => {
      const pending = [...flowsSince(daemon, since)];
      const queue = daemon.sys.queue();
      const stop = daemon.flows?.watch((flow) => {
        pending.push(flowOf(daemon, flow));
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

export const lookups = ({ daemon, query }: Call): HttpResponse => jsonResponse(200, lookupsSince(daemon, integer(query, 'since') ?? 0));
