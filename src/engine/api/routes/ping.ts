/** What each client asks first. */
import type { HttpResponse } from '../../http/types.ts';
import { type Answer, type Call, get, head, type Route } from '../router.ts';

const encoder = new TextEncoder();

const PING_HEADERS: readonly (readonly [string, string])[] = [
  ['Builder-Version', '2'],
  ['Cache-Control', 'no-cache, no-store, must-revalidate'],
  ['Pragma', 'no-cache'],
  ['Content-Type', 'text/plain; charset=utf-8'],
];

function swarmOf({ daemon }: Call): string {
  const { node } = daemon.swarm;
  return node === null ? 'inactive' : node.isLocked ? 'locked' : node.manager ? 'active/manager' : 'active/worker';
}

const ping: Answer = (call): HttpResponse => ({
  status: 200,
  headers: [...PING_HEADERS, ['Swarm', swarmOf(call)]],
  body: encoder.encode('OK'),
});

export const pingRoutes: readonly Route[] = [get('/_ping', ping), head('/_ping', ping)];
