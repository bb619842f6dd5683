/** What the Engine API cannot tell. Components that use it must do without it when they talk to a real engine. */
import { jsonResponse } from '../../http/responses.ts';
import type { Handler } from '../../http/types.ts';
import type { Trace } from '../trace.ts';

/** Answers what is asked under /drydock/; everything else is handed on. */
export const withTrace =
  (trace: Trace, handler: Handler): Handler =>
  async (request) =>
    request.method === 'GET' && request.path === '/drydock/requests' ? jsonResponse(200, trace.requests) : handler(request);
