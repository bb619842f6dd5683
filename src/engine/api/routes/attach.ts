/** Attaching to a container: the connection becomes its streams. */
import { attach } from '../../daemon/containers/attach.ts';
import type { HttpResponse } from '../../http/types.ts';
import { type Call, flag, pathParam, post, type Route } from '../router.ts';
import { hijack, MULTIPLEXED, RAW } from '../stream.ts';

function attachTo(call: Call): HttpResponse {
  const { query, request, daemon } = call;
  const streams = { stdin: flag(query, 'stdin'), stdout: flag(query, 'stdout'), stderr: flag(query, 'stderr') };
  const attachment = attach(daemon, pathParam(call.params, 'name'), { ...streams, detachKeys: query.get('detachKeys') ?? '' });
  return hijack(request, attachment.isTerminal ? RAW : MULTIPLEXED, async (connection) => {
    if (flag(query, 'logs')) {
      const { writeLogs } = await daemon.sys.stall(() => import('./container-streams.ts'));
      await writeLogs(call, async (bytes) => connection.write(bytes), { ...streams, follow: false });
    }
    if (flag(query, 'stream')) await attachment.carry(connection);
  });
}

export const attachRoutes: readonly Route[] = [post('/containers/{name}/attach', attachTo)];
