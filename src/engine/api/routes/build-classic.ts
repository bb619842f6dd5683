/** POST /build without `version=2`. */
import { notImplemented } from '../../daemon/errors.ts';
import type { HttpResponse } from '../../http/types.ts';
import type { Call } from '../router.ts';

export function classic(_call: Call): HttpResponse {
  throw notImplemented('the classic builder is not supported: build with version=2');
}
