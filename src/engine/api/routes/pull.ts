/** POST /images/create, which most sessions begin with: a file of its own, because the rest of /images is fetched later. */
import type { ProgressMessage } from '../../api-types/index.ts';
import { system } from '../../daemon/errors.ts';
import { pull } from '../../daemon/images/pull.ts';
import { readPlatform, readRepository, sourceFor } from '../../daemon/images/requests.ts';
import { header } from '../../http/headers.ts';
import type { HttpResponse } from '../../http/types.ts';
import { type Call, post, type Route } from '../router.ts';
import { jsonStream } from '../stream.ts';

async function create(call: Call): Promise<HttpResponse> {
  const { daemon, query } = call;
  if (query.get('fromSrc') !== null) return (await daemon.sys.stall(() => import('./image-verbs.ts'))).importOne(call);
  // Neither from a registry nor from an address: it is fetched from nowhere.
  if ((query.get('fromImage') ?? '') === '') throw system('Get "http:": http: no Host in request URL');
  const reference = readRepository(query.get('fromImage') ?? '', query.get('tag') ?? '');
  const platform = readPlatform(query.get('platform'));
  const source = sourceFor(daemon, header(call.request.headers, 'x-registry-auth'));
  return jsonStream(daemon.sys, (say) =>
    pull(daemon.sys, daemon.images, { reference, platform, source, say: (message: ProgressMessage) => say(message) }),
  );
}

export const pullRoutes: readonly Route[] = [post('/images/create', create)];
