/** POST /images/{name}/push. */
import type { ProgressMessage } from '../../api-types/index.ts';
import { push } from '../../daemon/images/push.ts';
import { clientFor, readPlatform, readRepository } from '../../daemon/images/requests.ts';
import { header } from '../../http/headers.ts';
import type { HttpResponse } from '../../http/types.ts';
import { type Call, pathParam, post, type Route } from '../router.ts';
import { jsonStream } from '../stream.ts';

async function pushImage({ daemon, request, params, query }: Call): Promise<HttpResponse> {
  const reference = readRepository(pathParam(params, 'name'), query.get('tag') ?? '');
  const platform = readPlatform(query.get('platform'));
  const client = clientFor(daemon, header(request.headers, 'x-registry-auth'));
  return jsonStream(daemon.sys, (say) =>
    push(daemon.sys, daemon.images, { reference, platform, client, say: (message: ProgressMessage) => say(message) }),
  );
}

export const pushRoutes: readonly Route[] = [post('/images/{name*}/push', pushImage)];
