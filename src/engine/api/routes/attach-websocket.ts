/** Attaching over a WebSocket, for pages: frames of bytes both ways, both outputs in one. Upstream: wsContainersAttach. */
import { attach } from '../../daemon/containers/attach.ts';
import { upgradeToWebSocket } from '../../http/websocket.ts';
import { flag, get, pathParam, type Route } from '../router.ts';
import { writeLogs } from './container-streams.ts';

/** Before this version all three streams were carried, whatever was asked for. */
const FIRST_WITH_CHOICE = 42;

export const attachWebSocketRoutes: readonly Route[] = [
  get('/containers/{name}/attach/ws', (call) => {
    const { query, request, daemon } = call;
    const minor = Number(/^\/v1\.(\d+)\//.exec(request.path)?.[1] ?? FIRST_WITH_CHOICE);
    const wants = (stream: string): boolean => minor < FIRST_WITH_CHOICE || flag(query, stream);
    const streams = { stdin: wants('stdin'), stdout: wants('stdout'), stderr: wants('stderr'), isPlain: true };
    const attachment = attach(daemon, pathParam(call.params, 'name'), { ...streams, detachKeys: query.get('detachKeys') ?? '' });
    return upgradeToWebSocket(request, async (connection) => {
      if (flag(query, 'logs')) await writeLogs(call, async (bytes) => connection.write(bytes), { ...streams, follow: false });
      if (flag(query, 'stream')) await attachment.carry(connection);
    });
  }),
];
