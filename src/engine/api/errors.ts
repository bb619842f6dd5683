/** The one place where what went wrong becomes a status and `{"message": …}`. Upstream: moby api/server/httpstatus. */
import { asDockerError, type ErrorKind } from '../daemon/errors.ts';
import { jsonResponse } from '../http/responses.ts';
import type { HttpResponse } from '../http/types.ts';

export const STATUS: Readonly<Record<ErrorKind, number>> = {
  'not-modified': 304,
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  system: 500,
  'not-implemented': 501,
  unavailable: 503,
};

/** The answer to a failure. Anything that is not Docker's is a bug, and thrown on. */
export function errorResponse(error: unknown): HttpResponse {
  const failure = asDockerError(error);
  if (!failure) throw error;
  return failure.kind === 'not-modified' ? { status: 304 } : jsonResponse(STATUS[failure.kind], { message: failure.message });
}
