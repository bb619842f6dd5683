/** The one place where what went wrong becomes a status and `{"message": …}`. Upstream: moby api/server/httpstatus. */
import type { ErrorKind } from '../daemon/errors.ts';
import { DockerError } from '../daemon/errors.ts';
import { jsonResponse } from '../http/responses.ts';
import type { HttpResponse } from '../http/types.ts';
import { isErrno } from '../kernel/errno.ts';
import { FormatError } from '../oci/manifest.ts';
import { ReferenceError } from '../oci/reference.ts';

export const STATUS: Readonly<Record<ErrorKind, number>> = {
  'not-modified': 304, invalid: 400, unauthorized: 401, forbidden: 403, 'not-found': 404, conflict: 409, system: 500, 'not-implemented': 501, unavailable: 503,
};

/** The answer to a failure. Anything that is neither Docker's, the formats' nor the kernel's is a bug, and thrown on. */
export function errorResponse(error: unknown): HttpResponse {
  if (error instanceof DockerError) return error.kind === 'not-modified' ? { status: 304 } : jsonResponse(STATUS[error.kind], { message: error.message });
  if (error instanceof ReferenceError || error instanceof FormatError) return jsonResponse(400, { message: error.message });
  if (isErrno(error)) return jsonResponse(500, { message: `${error.path === undefined ? '' : `${error.path}: `}${error.message.toLowerCase()}` });
  throw error;
}
