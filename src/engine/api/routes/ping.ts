/** What each client asks first. */
import type { HttpResponse } from '../../http/types.ts';
import { get, head, type Route } from '../router.ts';

const encoder = new TextEncoder();

const PING_HEADERS: readonly (readonly [string, string])[] = [
  ['Builder-Version', '2'],
  ['Cache-Control', 'no-cache, no-store, must-revalidate'],
  ['Pragma', 'no-cache'],
  ['Swarm', 'inactive'],
  ['Content-Type', 'text/plain; charset=utf-8'],
];

const ping = (): HttpResponse => ({ status: 200, headers: PING_HEADERS, body: encoder.encode('OK') });

export const pingRoutes: readonly Route[] = [get('/_ping', ping), head('/_ping', ping)];
